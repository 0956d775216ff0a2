"""A PDF file in; the text of its pages with the title of its metadata out."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

from kg.model import Document, Issue
from kg.readers.wrapping import unwrapped


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
            text = "\n\n".join(page.extract_text().strip("\n") for page in reader.pages)
            title = reader.metadata.title if reader.metadata else None
        except OSError:
            raise
        except Exception as error:  # a parser of foreign files may raise anything on a damaged one
            yield Issue(identifier, f"damaged PDF: {type(error).__name__}: {error}")
            return
    if not text.strip():
        yield Issue(identifier, "no text in the PDF (scanned pages?)")
        return
    yield Document(identifier, unwrapped(text), title=(title or "").strip() or None)
