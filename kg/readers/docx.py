"""A Word file in; the text of its paragraphs, tables, text boxes and notes with the title of its properties out."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.model import Document, Issue

if TYPE_CHECKING:
    from docx.document import Document as File
    from docx.table import Table, _Row
    from docx.text.paragraph import Paragraph

LARGEST = 256 * 1024 * 1024
WRAPPERS = ("ins", "moveTo", "sdt", "sdtContent", "smartTag", "customXml", "fldSimple", "dir", "bdo")  # text stands in them as without
GONE = ("del", "moveFrom")  # what the last version shows no more
COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


def read(path: Path, identifier: str) -> Iterator[Document | Issue]:
    """Yield paragraphs a line each and table rows a line each, cells parted by tabs; footnotes and endnotes stand at the end.

    The dates of a Word file say when the file was made, not when its text was published, so `issued` stays empty.
    """
    import docx

    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(part.file_size for part in archive.infolist())
        if size > LARGEST:
            yield Issue(identifier, f"unpacks to {size:,} bytes: over the limit of {LARGEST:,}")
            return
        file = docx.Document(str(path))
        _flatten(file.element)
        file.element.body.extend([*_notes(file)])
        text = "\n".join(_lines(file.iter_inner_content()))
        title = file.core_properties.title
    except OSError:
        raise
    except Exception as error:  # a parser of foreign files may raise anything on a damaged one
        yield Issue(identifier, f"damaged or encrypted Word file: {type(error).__name__}: {error}")
        return
    yield Document(identifier, text, title=title.strip() or None)


def _flatten(root: Any) -> None:
    """Leave what the last version shows, in paragraphs and tables alone; what a text box says follows the paragraph that it hangs on."""
    from docx.oxml.ns import qn
    from lxml.etree import strip_elements, strip_tags

    strip_elements(root, *(qn(f"w:{name}") for name in GONE), with_tail=False)
    for choice in [*root.iter(f"{COMPATIBILITY}AlternateContent")]:  # one content in several forms, for newer and older programs
        worded = [form for form in choice if form.find(f".//{qn('w:t')}") is not None]
        for form in [*choice]:
            if form not in worded[:1]:
                choice.remove(form)
    strip_tags(root, *(qn(f"w:{name}") for name in WRAPPERS), *(f"{COMPATIBILITY}{n}" for n in ("AlternateContent", "Choice", "Fallback")))
    for box in reversed([*root.iter(qn("w:txbxContent"))]):
        host = next(box.iterancestors(qn("w:p")))
        for block in reversed([*box]):
            host.addnext(block)


def _notes(file: File) -> Iterator[Any]:
    """Yield the blocks of the footnotes and then of the endnotes, in the order in which the text refers to them."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import parse_xml
    from docx.oxml.ns import qn

    for kind, relation in (("footnote", RELATIONSHIP_TYPE.FOOTNOTES), ("endnote", RELATIONSHIP_TYPE.ENDNOTES)):
        roots = [parse_xml(r.target_part.blob) for r in file.part.rels.values() if r.reltype == relation]
        for root in roots:
            _flatten(root)
        notes = {note.get(qn("w:id")): [*note] for root in roots for note in root}
        for reference in file.element.iter(qn(f"w:{kind}Reference")):
            yield from notes.pop(reference.get(qn("w:id")), ())


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
