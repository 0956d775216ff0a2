"""One file per output, all with the same signature: a graph in, one file (or one folder) of another format out."""

from __future__ import annotations

import errno
import io
import json
import os
import shutil
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any, BinaryIO, cast

from pyoxigraph import Quad, RdfFormat, Triple, serialize

from kg.graph import Graph
from kg.literals import for_xml
from kg.store import INFERRED_FILE, STATED_FILE

# Format → module; each has write(graph, ontology, path).
FORMATS: Mapping[str, str] = {
    "turtle": "kg.outputs.turtle",
    "html": "kg.outputs.page",
    "json": "kg.outputs.nodelink",
    "report": "kg.outputs.report",
    "ntriples": "kg.outputs.ntriples",
    "nquads": "kg.outputs.quads",
    "trig": "kg.outputs.trig",
    "jsonld": "kg.outputs.jsonld",
    "rdf12": "kg.outputs.rdf12",
    "inferences": "kg.outputs.inferences",
    "graphml": "kg.outputs.graphml",
    "gexf": "kg.outputs.gexf",
    "csv": "kg.outputs.tables",
    "cypher": "kg.outputs.cypher",
    "vocabulary": "kg.outputs.vocabulary",
}

# Format → the usual name of its file in a folder of outputs; "csv" is a folder of two files.
FILES: Mapping[str, str] = {
    "turtle": STATED_FILE,
    "html": "graph.html",
    "json": "graph.json",
    "report": "report.md",
    "ntriples": "graph.nt",
    "nquads": "graph.nq",
    "trig": "graph.trig",
    "jsonld": "graph.jsonld",
    "rdf12": "graph.rdf12.ttl",
    "inferences": INFERRED_FILE,
    "graphml": "graph.graphml",
    "gexf": "graph.gexf",
    "csv": "tables",
    "cypher": "graph.cypher",
    "vocabulary": "ontology.html",
}


@contextmanager
def writing(path: Path) -> Iterator[Path]:
    """Yield a temporary file that takes the place of `path` when all went well and vanishes when not.

    Links are followed and folders refused; standard output (see `standard`), pipes and devices are given what was written.
    """
    if standard(path) or (path.exists() and not path.is_file() and not path.is_dir()):
        with TemporaryDirectory(prefix="kg-") as folder:
            yield (part := Path(folder) / "part")
            _pour(part, path)
        return
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    path = Path(os.path.realpath(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    sibling = path.with_name(f".{path.name}.{threading.get_native_id()}.part")
    sibling.unlink(missing_ok=True)
    try:
        yield sibling
        sibling.replace(path)
    except OSError as error:  # that of a full disk names no file
        error.filename = error.filename or str(path)
        raise
    finally:
        sibling.unlink(missing_ok=True)


def standard(path: Path) -> bool:
    """Whether a path is "-" or leads to what standard output goes to already, be it by /dev/stdout."""
    if str(path) == "-":
        return True
    with suppress(OSError):  # the path leads nowhere, or output is kept by this process
        return os.path.samestat(path.stat(), os.fstat(sys.stdout.fileno()))
    return False


def _pour(part: Path, path: Path) -> None:
    with part.open("rb") as written, nullcontext(sys.stdout.buffer) if standard(path) else path.open("wb") as target:
        shutil.copyfileobj(written, target)
        target.flush()


def serialized(stream: Iterable[Triple] | Iterable[Quad], path: Path, form: RdfFormat, known: Mapping[str, str]) -> None:
    """Write a stream as Turtle or TriG by the library's writer, but with its prefixes sorted: it would shuffle them every time."""
    with path.open("wb") as file:
        file.writelines(f"@prefix {prefix}: <{namespace}> .\n".encode() for prefix, namespace in sorted(known.items()))
        serialize(stream, cast("IO[bytes]", _Headless(file, len(known))), form, prefixes=dict(known))


def flat(graph: Graph) -> Graph:
    """Return a graph in sorted order whose attributes are strings and numbers only, for formats that hold no others.

    Nodes keep id, label, language, type, concept, classes and names; edges what a fact says and the words that state it. Lists are JSON.
    """
    documents = graph.graph.get("documents", {})
    plain = Graph()
    for node in sorted(graph):
        plain.add_node(node, **_node(graph.nodes[node]))
    for subject, object_, key, a in sorted(graph.edges(keys=True, data=True), key=lambda e: str(e[2])):
        plain.add_edge(subject, object_, key=key, **_edge(a, documents))
    return plain


def without_forbidden(plain: Graph) -> Graph:
    """Replace what XML 1.0 cannot hold in a flat graph by U+FFFD; where it matters, JSON lists hold it as an escape."""
    for a in [*plain.nodes.values(), *plain.edges.values()]:
        a.update({k: for_xml(v) for k, v in a.items() if isinstance(v, str)})
    return plain


def quote(span: Mapping[str, Any], documents: Mapping[str, Any]) -> str:
    """Return the words of a span."""
    return str(documents[span["document"]]["text"][span["start"] : span["end"]])


def dates(a: Mapping[str, Any]) -> dict[str, str]:
    """Return the start and end of a fact as stated, and the earliest and latest day of each, as far as they are known."""
    stated = {end: str(a[end]) for end in ("start", "end") if a[end]}
    sides = ((end, a[f"{end}_bounds"] or ()) for end in ("start", "end"))
    return stated | {f"{end}_{side}": day for end, days in sides for side, day in zip(("earliest", "latest"), days, strict=False)}


class _Headless(io.RawIOBase):
    """Writes all but the first lines to a file."""

    def __init__(self, file: BinaryIO, lines: int) -> None:
        self.file, self.lines = file, lines

    def write(self, data: Any) -> int:
        rest = bytes(data)
        while self.lines and rest:
            _, newline, rest = rest.partition(b"\n")
            self.lines -= len(newline)
        self.file.write(rest)
        return len(data)


def _node(a: Mapping[str, Any]) -> dict[str, Any]:
    listed = {"classes": _json(a["classes"]), "names": _json(a["names"]), "quantities": _json(a["quantities"])}
    known = {"concept": a["concept"]} if a.get("concept") else {}
    return {"label": a["label"], "language": a["language"], "type": a["type"], **known, **listed}


def _edge(a: Mapping[str, Any], documents: Mapping[str, Any]) -> dict[str, Any]:
    evidence = [{**s, "quote": quote(s, documents), "asserted_by": _speakers(a, s)} for s in a["evidence"]]
    kept = {"predicate": a["predicate"], "status": a["status"], "confidence": float(a["confidence"])}
    title = {"title": a["title"]["text"], "title_language": a["title"]["language"]} if a["title"] else {}
    lists = {k: _json(a[k]) for k in ("inferred", "conflicts", "quantities")}
    return {**kept, **title, **dates(a), "evidence": _json(evidence), "asserted_by": _json(sorted(a["asserted_by"])), **lists}


def _speakers(a: Mapping[str, Any], span: Mapping[str, Any]) -> list[str]:
    return sorted(speaker for speaker, spans in a["asserted_by"].items() if span in spans)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
