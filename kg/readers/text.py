"""A plain text file in UTF-8, or in UTF-16 or UTF-32 with a byte order mark, in; its one document out."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from kg.dates import bounds
from kg.model import Document, Issue
from kg.readers.wrapping import unwrapped

# The marks of UTF-32 first: that of UTF-16-LE is the beginning of one of them.
MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
ENDS = tuple(".。,，;；:：、")


def read(path: Path, identifier: str) -> Iterator[Document | Issue]:
    """Yield the text of a file, its first line as title where that looks like a headline."""
    text = decoded(path.read_bytes(), identifier)
    if isinstance(text, Issue):
        yield text
        return
    text = unwrapped(text)
    yield Document(identifier, text, title=headline(text))


def decoded(data: bytes, identifier: str) -> str | Issue:
    """Give the text of a file's bytes.

    Other encodings are not guessed: a wrong guess would put unreadable evidence into the graph.
    """
    encoding = next((name for mark, name in MARKS if data.startswith(mark)), "utf-8")
    if encoding.startswith("utf-8") and b"\0" in data:
        return Issue(identifier, "binary data (NUL bytes)")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        name = encoding.removesuffix("-sig").upper()
        return Issue(identifier, f"not valid {name} (byte {error.start}); convert it to UTF-8")


def dated(words: str | None) -> str | None:
    """Give the date at the start of what metadata say, where it is one of ISO 8601 and of the calendar."""
    written = re.split(r"[T\s]", words or "", maxsplit=1)[0]
    return written if bounds(written) else None


def undated(words: str | None, identifier: str) -> Iterator[Issue]:
    """Yield an issue where metadata say a date that is none of ISO 8601 or of the calendar: other forms are not guessed."""
    if words and not dated(words):
        yield Issue(identifier, f"date {words[:40]!r} is left out: write 2023-09-10, 2023-09 or 2023")


def below(title: str | None, text: str) -> str:
    """Give a text with its title above it, where there is a text and it does not say that anyway."""
    return f"{title}\n\n{text}" if title and text.strip() and title not in text else text


def headline(text: str) -> str | None:
    """Give the first of the leading lines that reads like a headline, if more text follows it."""
    lines = (line.strip().lstrip("#").strip() for line in text.splitlines())
    leading = [line for line, _ in zip((line for line in lines if line), range(4), strict=False)]
    return next((line for line in leading[:-1] if _is_headline(line)), None)


def _is_headline(line: str) -> bool:
    """Whether a line is short, has some words (a date or a section's name has not) and does not end like a sentence."""
    han = sum("\u3400" <= c <= "\u9fff" for c in line)
    words = sum(any(c.isalpha() for c in word) for word in line.split())
    return len(line) <= 160 and (han >= 5 or words >= 3) and not line.endswith(ENDS)
