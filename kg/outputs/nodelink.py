"""A graph in, NetworkX node-link JSON out: everything the graph holds, one node or edge a line."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TextIO

from kg.graph import Graph
from kg.ontology import Ontology
from kg.outputs import writing


def write(graph: Graph, ontology: Ontology, path: Path) -> None:
    """Write graph.json; read it back with `networkx.node_link_graph(json.load(file), edges="edges")`."""
    nodes = ({"id": n, **graph.nodes[n]} for n in sorted(graph))
    edges = sorted(graph.edges(keys=True, data=True), key=lambda e: str(e[2]))
    links = ({"key": k, "source": s, "target": o, **a} for s, o, k, a in edges)
    with writing(path) as part, part.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f'{{"directed": true, "multigraph": true, "graph": {_json(graph.graph)}, "nodes": [')
        _lines(file, nodes)
        file.write('], "edges": [')
        _lines(file, links)
        file.write("]}\n")


def _lines(file: TextIO, items: Iterable[dict[str, Any]]) -> None:
    for n, item in enumerate(items):
        file.write(f"{',' if n else ''}\n{_json(item)}")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
