"""A PDF file in; the text of its pages with the title of its metadata out."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from pathlib import Path

from kg.model import Document, Issue
from kg.readers.wrapping import unwrapped

LIGATURES = str.maketrans(
    {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st"}
)
# What browsers print above and below a page: its address with its number, and the minute of printing, alone or before the page's title.
_ADDRESS = re.compile(r"(?:https?|file)://\S+\s+\d+/\d+")
_PRINTED = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4},? \d{1,2}[:.]\d\d(?:\s?[AP]M)?(?:\s.*)?")
_FILE = re.compile(r"(?:Microsoft \w+ - .*|\S+\.\w{2,5})")  # a title that names the file from which the PDF was made


def read(path: Path, identifier: str) -> Iterator[Document | Issue]:
    """Yield the text of all pages, a blank line between them; pages that are pictures have none.

    The date of a PDF says when the file was made, not when its text was published, so `issued` stays empty.
    """
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)

    with path.open("rb") as file:
        try:
            reader = PdfReader(file)
            if reader.is_encrypted and not reader.decrypt(""):
                yield Issue(identifier, "encrypted PDF: needs a password")
                return
            text = "\n\n".join(_page(page.extract_text()) for page in reader.pages)
            title = reader.metadata.title if reader.metadata else None
        except OSError:
            raise
        except Exception as error:  # a parser of foreign files may raise anything on a damaged one
            yield Issue(identifier, f"damaged PDF: {type(error).__name__}: {error}")
            return
    if not text.strip():
        yield Issue(identifier, "no text in the PDF (scanned pages?)")
        return
    title = (title or "").strip()
    yield Document(identifier, unwrapped(text), title=title if title and not _FILE.fullmatch(title) else None)


def _page(text: str) -> str:
    """Give the text of a page, letters for ligatures, without what a browser printed around it."""
    lines = text.translate(LIGATURES).strip("\n").split("\n")
    if not any(_ADDRESS.fullmatch(line.strip()) for line in lines):
        return "\n".join(lines)
    return "\n".join(line for line in lines if not _ADDRESS.fullmatch(line.strip()) and not _PRINTED.fullmatch(line.strip()))
