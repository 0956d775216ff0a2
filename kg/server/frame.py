"""Words and pieces of HTML in, a page with its navigation out; names are text and hide nothing."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from urllib.parse import quote as percent

from kg.phrases import visible


def framed(title: str, body: Iterable[str]) -> str:
    """Return the page of a title and pieces of HTML."""
    return _PAGE.format(title=text(title), body="".join(body))


def missing(what: str) -> str:
    """Return the page that says what is not there."""
    return framed("Not found", [f'<h1>Not found</h1><p>{text(what)}</p><p><a href="/">What is in the graph</a></p>'])


def text(words: str) -> str:
    """Write words as text of HTML; signs that turn or hide text show their number."""
    return escape(visible(words))


def isolated(words: str, language: str | None = None) -> str:
    """Write words so that their direction does not touch what stands around them."""
    spoken = f' lang="{escape(language)}"' if language else ""
    return f"<bdi{spoken}>{text(words)}</bdi>"


def address(path: str, fragment: str = "") -> str:
    """Return the address of a thing's page, written as an attribute needs it."""
    return escape(f"/entity/{percent(path)}{fragment}")


def linked(path: str, words: str, fragment: str = "") -> str:
    """Return a link to a thing's page."""
    return f'<a href="{address(path, fragment)}">{isolated(words)}</a>'


def section(heading: str, items: Iterable[str]) -> str:
    """Return a heading that counts items, and their list; nothing where there are none."""
    listed = list(items)
    return f"<h2>{text(heading)}: {len(listed)}</h2><ul>{''.join(f'<li>{i}</li>' for i in listed)}</ul>" if listed else ""


def table(rows: Iterable[tuple[str, str]]) -> str:
    """Return names and values, pieces of HTML, as a list of both; those without a value are left out."""
    return f"<dl>{''.join(f'<dt>{name}</dt><dd>{value}</dd>' for name, value in rows if value)}</dl>"


_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>
<link rel="stylesheet" href="/assets/style.css"></head>
<body><nav><a href="/">Contents</a> <a href="/graph">Graph</a> <a href="/query">Query</a> <a href="/ontology">Ontology</a></nav>
<main>{body}</main></body></html>
"""
