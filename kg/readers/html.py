"""A saved web page in; its article without navigation, with the title and date that its metadata state, out."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.model import Document, Issue
from kg.readers.text import below

HIDDEN = ("script", "style", "noscript", "template")
LINES = ("p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "figcaption", "section", "article")
RULE = re.compile(r"^\|(?:---\|)+\n", re.MULTILINE)
ROW = re.compile(r"^\| (.*?) ?\| ?$", re.MULTILINE)
BAR = re.compile(r" ?(?<!\\)\| ?")
WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "iso8859-1": "cp1252"}
WHOLE = re.compile(r"<(?:html|body)\b", re.IGNORECASE)
DECLARED = re.compile(rb"""<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)


def read(path: Path, identifier: str) -> Iterator[Document | Issue]:
    """Yield the article of a page, decoded as its byte order mark or its own declaration says, else as UTF-8."""
    data = path.read_bytes()
    encoding = _encoding(data)
    try:
        page = data.decode(encoding)
    except (LookupError, UnicodeError) as error:
        yield Issue(identifier, f"not valid {encoding}: {error}")
        return
    if "\0" in page:
        yield Issue(identifier, "binary data (NUL bytes)")
        return
    yield article(page, identifier)


def article(page: str, identifier: str) -> Document | Issue:
    """Give the article of a page of HTML, or of a piece of one, below its title."""
    try:
        found, text = _extracted(page)
        if not text.strip() and not WHOLE.search(page):  # the extractor refuses many a piece
            found, text = _extracted(f"<html><body>{page}</body></html>")
    except Exception as error:  # a parser of foreign files may raise anything on a damaged one
        return Issue(identifier, f"damaged HTML: {type(error).__name__}: {error}")
    if not found:
        return Document(identifier, text)
    title = " ".join((found.title or "").split()) or None
    return Document(identifier, below(title, text), title=title, issued=found.date or None, source=found.url or None)


def widest(encoding: str) -> str:
    """Give the encoding that holds all that is commonly written under the name of one; raises LookupError for one that is not known."""
    name = codecs.lookup(encoding).name
    return WIDER.get(name, name)


def _extracted(page: str) -> tuple[Any, str]:
    """The metadata that the extractor finds in a page, if any, and the text."""
    import trafilatura

    dates = {"original_date": True, "extensive_search": False, "max_date": "2999-12-31"}
    found: Any = trafilatura.bare_extraction(page, with_metadata=True, include_comments=False, date_extraction_params=dates)
    return found, (_tabbed(found.text) if found and found.text else None) or trafilatura.html2txt(page)


def _tabbed(text: str) -> str:
    """A text with tabs between the cells of its tables, where the extractor has the signs of Markdown."""
    return ROW.sub(lambda row: "\t".join(BAR.split(row[1])).replace(r"\|", "|"), RULE.sub("", text))


def bare(markup: str) -> str:
    """Give the words of a piece of HTML, a line for each of its paragraphs."""
    from lxml.html import fragment_fromstring

    page = fragment_fromstring(markup, create_parent="div")
    for part in list(page.iter(*HIDDEN)):
        part.drop_tree()
    for part in page.iter(*LINES):
        part.text, part.tail = ("\n" if part.tag != "br" else "") + (part.text or ""), "\n" + (part.tail or "")
    return str(page.text_content()).strip()


def _encoding(data: bytes) -> str:
    for mark, name in ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if data.startswith(mark):
            return name
    declared = DECLARED.search(data[:4096])
    if not declared:
        return "utf-8"
    try:
        return widest(declared[1].decode("ascii", "replace"))
    except LookupError:
        return "utf-8"
