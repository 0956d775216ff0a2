"""A graph in, a folder with nodes.csv and edges.csv out, for spreadsheets, pandas and database imports."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.graph import Graph
from kg.ontology import Ontology
from kg.outputs import flat, standard, writing

NAMES = ("nodes.csv", "edges.csv")
NODES = ("id", "label", "language", "type", "concept", "classes", "names", "quantities")
_TIMES = ("start", "start_earliest", "start_latest", "end", "end_earliest", "end_latest")
_LISTS = ("asserted_by", "inferred", "conflicts", "quantities", "evidence")
EDGES = ("id", "source", "target", "predicate", "status", "title", "title_language", *_TIMES, "confidence", *_LISTS)


def write(graph: Graph, ontology: Ontology, path: Path) -> None:
    """Write the folder: UTF-8, lists as JSON, lines that end in CR LF (RFC 4180). Raise InputError for what is no folder of ours."""
    _check(path)
    plain = flat(graph)
    with writing(path / NAMES[0]) as nodes, writing(path / NAMES[1]) as edges:
        _table(nodes, NODES, ({"id": n, **a} for n, a in plain.nodes(data=True)))
        links = sorted(plain.edges(keys=True, data=True), key=lambda e: str(e[2]))
        _table(edges, EDGES, ({"id": k, "source": s, "target": o, **a} for s, o, k, a in links))


def _check(path: Path) -> None:
    if standard(path) or (path.exists() and not path.is_dir()):
        raise InputError(f"{path}: csv is two files: name a folder for them")
    if path.is_dir() and any(p.name not in NAMES for p in path.iterdir()):
        raise InputError(f"{path}: holds other things than {' and '.join(NAMES)}; name a new or empty folder")


def _table(path: Path, columns: tuple[str, ...], rows: Iterable[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows({k: _safe(v) for k, v in row.items()} for row in rows)


def _safe(value: Any) -> Any:
    """Put an apostrophe before what a spreadsheet would run as a formula, and before an apostrophe, so that it can be taken off again."""
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "'")) else value
