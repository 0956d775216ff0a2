"""A JSON Lines file in; a document for each line with the fields id, text, title, date, language, source out."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO

from kg.model import Document, Issue
from kg.readers.html import bare
from kg.readers.text import dated, undated
from kg.readers.wrapping import unwrapped

LONGEST = 16 * 1024 * 1024
MARKUP = re.compile(r"</(?:p|div|li|h[1-6])>|<br\s*/?>", re.IGNORECASE)
FIELDS = ("id", "title", "date", "language", "source")
UNSAFE = re.compile(r"[^\w.@+-]+|^\.+")


def read(path: Path, identifier: str) -> Iterator[Document | Issue]:
    """Yield a document a line, named `<file>/<id>` (the line number where there is no id); only `text` is required, which may be HTML."""
    with path.open("rb") as file:
        for number, line in enumerate(_lines(file), 1):
            if line is None:
                yield Issue(f"{identifier}/{number}", f"line {number} is over the limit of {LONGEST:,} bytes")
            elif line.strip():
                yield from _document(line, identifier, number)


def _lines(file: BinaryIO) -> Iterator[bytes | None]:
    """Yield the lines of a file, None for one that is too long to be held in memory."""
    while line := file.readline(LONGEST):
        yield line if len(line) < LONGEST or line.endswith(b"\n") else None
        while len(line) == LONGEST and not line.endswith(b"\n"):
            line = file.readline(LONGEST)


def _document(line: bytes, identifier: str, number: int) -> Iterator[Document | Issue]:
    where = f"{identifier}/{number}"
    try:
        record = json.loads(line.decode("utf-8-sig"), parse_int=Decimal)
    except (ValueError, RecursionError) as error:
        yield Issue(where, f"line {number} is no JSON: {error}")
        return
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        yield Issue(where, f'line {number} has no field "text" with a text')
        return
    text, name, date = record["text"], f"{identifier}/{_safe(_word(record, 'id') or str(number))}", _word(record, "date")
    odd = (field for field in FIELDS if not isinstance(record.get(field), str | Decimal | None))
    yield from (Issue(name, f'field "{field}" is left out: neither a text nor a whole number') for field in odd)
    yield from undated(date, name)
    yield Document(
        identifier=name,
        text=unwrapped((bare(text) if MARKUP.search(text) else "") or text),
        language=(_word(record, "language") or "").lower() or None,
        title=_word(record, "title"),
        issued=dated(date),
        source=_word(record, "source"),
    )


def _safe(name: str) -> str:
    """A name that can be one of a file: a name that has to be changed for it ends with a hash, lest two become the same."""
    safe = UNSAFE.sub("_", name)
    return safe if safe == name else f"{safe}-{hashlib.sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


def _word(record: dict[str, Any], field: str) -> str | None:
    """A field as one line of text; whole numbers count (ids, years)."""
    value = record.get(field)
    return " ".join(str(value).split()) or None if isinstance(value, str | Decimal) else None
