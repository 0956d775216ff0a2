"""One file per output, all with the same signature: a graph in, one file (or one folder) of another format out."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

# Format → module; each has write(graph, ontology, path, base).
FORMATS: Mapping[str, str] = {
    "turtle": "kg.outputs.turtle",
    "html": "kg.outputs.page",
    "json": "kg.outputs.nodelink",
    "report": "kg.outputs.report",
    "ntriples": "kg.outputs.ntriples",
    "nquads": "kg.outputs.nquads",
    "trig": "kg.outputs.trig",
    "jsonld": "kg.outputs.jsonld",
    "rdf12": "kg.outputs.rdf12",
    "inferences": "kg.outputs.inferences",
    "graphml": "kg.outputs.graphml",
    "gexf": "kg.outputs.gexf",
    "csv": "kg.outputs.tables",
    "cypher": "kg.outputs.cypher",
}

# Format → the usual name of its file in a folder of outputs; "csv" is a folder of two files.
FILES: Mapping[str, str] = {
    "turtle": "graph.ttl",
    "html": "graph.html",
    "json": "graph.json",
    "report": "report.md",
    "ntriples": "graph.nt",
    "nquads": "graph.nq",
    "trig": "graph.trig",
    "jsonld": "graph.jsonld",
    "rdf12": "graph.rdf12.ttl",
    "inferences": "inferred.ttl",
    "graphml": "graph.graphml",
    "gexf": "graph.gexf",
    "csv": "tables",
    "cypher": "graph.cypher",
}


@contextmanager
def writing(path: Path) -> Iterator[Path]:
    """Yield a temporary sibling of `path` that takes its place when all went well and vanishes when not."""
    path.parent.mkdir(parents=True, exist_ok=True)
    sibling = path.with_name(f".{path.name}.{os.getpid()}.part")
    _remove(sibling)
    try:
        yield sibling
        if path.is_dir() and not path.is_symlink():
            _remove(path)
        sibling.replace(path)
    finally:
        _remove(sibling)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
