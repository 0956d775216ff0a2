"""A graph and its ontology in, one HTML file out that needs no network: the picture, the facts and the sentences that state them."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import networkx as nx

from kg.ontology import Ontology
from kg.outputs import writing
from kg.outputs.page.content import content
from kg.outputs.page.layout import place
from kg.outputs.page.picture import library, picture

_HERE = Path(__file__).parent
# In order: a constant must stand before what uses it at once.
_SCRIPTS = (
    *("words", "model", "elements", "state", "view", "choices", "labels", "canvas", "glide"),
    *("filters", "facts", "panel", "search", "timeline", "export", "keys", "start"),
)


def write(graph: nx.MultiDiGraph, ontology: Ontology, path: Path) -> None:
    """Write the page of a graph; the file is the same for the same graph."""
    with writing(path) as part:
        part.write_text(render(graph, ontology), encoding="utf-8", newline="\n")


def render(graph: nx.MultiDiGraph, ontology: Ontology) -> str:
    """Return the page as text."""
    page = content(graph, ontology, place(graph))
    page |= {"network": picture(page), "words": json.loads(_read("words.json"))}
    return _fill(_read("template.html"), {"style": _read("style.css"), "library": library(), "script": _script(), "data": embed(page)})


def _read(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def _script() -> str:
    parts = "\n".join(_read(f"script/{name}.js") for name in _SCRIPTS)
    return f'(function () {{\n"use strict";\n{parts}}})();\n'


def _fill(template: str, parts: Mapping[str, str]) -> str:
    policy = {f"{name}-hash": _digest(text) for name, text in parts.items()}
    # One pass over the template alone: what stands in the parts is never taken for a slot.
    return re.sub(r"\{\{([a-z-]+)\}\}", lambda m: {**parts, **policy}[m[1]], template)


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def embed(value: Any) -> str:
    """Return JSON that may stand in an HTML script element: no tag, comment or line separator in it can end the element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    escapes = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
    text = re.sub("[<>&\u2028\u2029]", lambda m: escapes[m[0]], text)
    # A lone surrogate cannot be written as UTF-8, but JSON can spell it.
    return re.sub("[\ud800-\udfff]", lambda m: f"\\u{ord(m[0]):04x}", text)
