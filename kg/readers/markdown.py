"""A Markdown file in; what a reader of the rendered page would read, with the title and date of its front matter, out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kg.model import Document, Issue
from kg.readers.html import bare
from kg.readers.text import dated, decoded, headline, undated
from kg.readers.wrapping import unwrapped

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT = re.compile(r"\A(---|\+\+\+)[ \t]*\r?\n(.*?)\r?\n(?:\1|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)  # of YAML or of TOML
_FIELD = re.compile(r"""^(title|date|lang|language)[ \t]*[:=][ \t]*(['"]?)(.+?)\2[ \t]*\r?$""", re.MULTILINE | re.IGNORECASE)
_GAP = re.compile(r"\n\s*\n")
_EDGE = re.compile(r"^[ \t]+|[ \t]+$", re.MULTILINE)
_BLOCKS = ("heading_close", "paragraph_close", "table_close", "bullet_list_close", "ordered_list_close")


def read(path: Path, identifier: str) -> Iterator[Document | Issue]:
    """Yield the text of a file without its markup: links by their words, pictures by their captions, table rows a line each."""
    text = decoded(path.read_bytes(), identifier)
    if isinstance(text, Issue):
        yield text
        return
    from markdown_it import MarkdownIt

    front = _FRONT.match(text)
    told = {name.lower(): _unquoted(value, quote) for name, quote, value in _FIELD.findall(front[2])} if front else {}
    lines = "".join(_lines(MarkdownIt("commonmark").enable("table").parse(text[front.end() if front else 0 :])))
    written = unwrapped(_GAP.sub("\n\n", _EDGE.sub("", lines)).strip())
    language = told.get("lang", told.get("language", "")).lower() or None
    yield from undated(told.get("date"), identifier)
    yield Document(identifier, written, language, told.get("title") or headline(written), dated(told.get("date")))


def _unquoted(value: str, quote: str) -> str:
    return value.replace("''", "'") if quote == "'" else value


def _lines(tokens: Iterable[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type == "inline":
            yield "".join(map(_words, token.children or ()))
        elif token.type in ("fence", "code_block"):
            yield token.content + "\n"
        elif token.type == "html_block":
            yield bare(token.content) + "\n\n"
        elif token.type in ("th_open", "td_open"):
            yield "\t"
        elif token.type == "tr_close" or (token.type == "paragraph_close" and token.hidden):
            yield "\n"
        elif token.type in _BLOCKS:
            yield "\n\n"


def _words(token: Token) -> str:
    """The words of a part of a line; of a picture, its caption."""
    if token.type in ("softbreak", "hardbreak") or token.content.startswith("<br"):
        return "\n"
    return "" if token.type == "html_inline" else token.content
