"""A Word file in; the text of its paragraphs and tables with the title of its properties out."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kg.model import Document, Issue

if TYPE_CHECKING:
    from docx.table import Table, _Row
    from docx.text.paragraph import Paragraph

LARGEST = 256 * 1024 * 1024
WRAPPERS = ("ins", "moveTo", "sdt", "sdtContent", "smartTag", "customXml", "fldSimple", "dir", "bdo")  # text stands in them as without


def read(path: Path, identifier: str) -> Iterator[Document | Issue]:
    """Yield paragraphs a line each and table rows a line each, cells parted by tabs.

    The dates of a Word file say when the file was made, not when its text was published, so `issued` stays empty.
    """
    import docx
    from docx.oxml.ns import qn
    from lxml.etree import strip_tags

    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(part.file_size for part in archive.infolist())
        if size > LARGEST:
            yield Issue(identifier, f"unpacks to {size:,} bytes: over the limit of {LARGEST:,}")
            return
        file = docx.Document(str(path))
        strip_tags(file.element, *(qn(f"w:{name}") for name in WRAPPERS))
        text = "\n".join(_lines(file.iter_inner_content()))
        title = file.core_properties.title
    except OSError:
        raise
    except Exception as error:  # a parser of foreign files may raise anything on a damaged one
        yield Issue(identifier, f"damaged or encrypted Word file: {type(error).__name__}: {error}")
        return
    yield Document(identifier, text, title=title.strip() or None)


def _lines(blocks: Iterable[Paragraph | Table]) -> Iterator[str]:
    for block in blocks:
        if hasattr(block, "rows"):
            yield from map(_line, block.rows)
        else:
            yield block.text


def _line(row: _Row) -> str:
    """The cells of a row, each once though it may reach over several columns."""
    cells = {cell._tc: cell for cell in row.cells}
    return "\t".join("\n".join(_lines(cell.iter_inner_content())).rstrip("\n") for cell in cells.values())
