"""A graph and a folder in, all its files written at once out; the graph of such a folder back, and judgements for its next build."""

from __future__ import annotations

import importlib
import json
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

import networkx as nx

from kg import cache
from kg.errors import GraphError, InputError
from kg.graph import Graph, disassemble
from kg.model import Extraction
from kg.ontology import Ontology
from kg.outputs import FILES, FORMATS
from kg.resolve.judgements import Judgement, read_judgements, write_judgements

KEPT = ("turtle", "html", "json", "report")
INFERRED = "inferences"
CACHE = ".cache"
JUDGEMENTS = "resolution.csv"
TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# Extractions kept by kg, so that a rebuild reads only what changed. Safe to delete.\n"


def check(out: Path, inputs: Sequence[Path]) -> None:
    """Make sure that `out` is ours to write and lies apart from what is to be read."""
    if out.exists() and not out.is_dir():
        raise GraphError(f"{out}: is a file; name a folder for the graph")
    if out.is_dir() and any(out.iterdir()) and not ours(out):
        raise GraphError(f"{out}: holds other things than a graph; name a new or empty folder")
    for path in inputs:
        given, written = path.resolve(), out.resolve()
        if path.is_dir() and (given.is_relative_to(written) or written.is_relative_to(given)):
            raise InputError(f"{path}: the documents and the graph must lie in folders apart, neither inside the other")


def begin(out: Path) -> Path:
    """Make `out` where it is not there, and return the folder in it that keeps extractions."""
    kept = out / CACHE
    try:
        kept.mkdir(parents=True, exist_ok=True)
        (kept / "CACHEDIR.TAG").write_text(TAG, encoding="ascii")
    except OSError as error:
        raise GraphError(f"{out}: cannot be written: {error.strerror}") from error
    return kept


def ours(out: Path) -> bool:
    """Whether a folder was written by `kg build`, be it only begun."""
    return (out / CACHE / "CACHEDIR.TAG").is_file() or all((out / FILES[form]).is_file() for form in KEPT)


def publish(graph: Graph, ontology: Ontology, out: Path, base: str, infer: bool = False) -> None:
    """Write every output beside `out`, then move each into place, so that whoever looks sees whole files only.

    With `infer`, what the ontology entails is written too, to a file of its own; without, an earlier one is taken away.
    """
    partial = out.parent / f".{out.name}.partial-{os.getpid()}"
    _sweep(out)
    try:
        for identifier, document in graph.graph["documents"].items():
            path = partial / source(identifier)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(document["text"].encode())
        for form in (*KEPT, INFERRED) if infer else KEPT:
            importlib.import_module(FORMATS[form]).write(graph, ontology, partial / FILES[form], base)
        _move(partial, out)
    except OSError as error:
        raise GraphError(f"{out}: cannot be written: {error.strerror}") from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def source(identifier: str) -> Path:
    """Return where the text of a document is kept, relative to the folder."""
    return Path("sources") / (identifier if identifier.endswith(".txt") else f"{identifier}.txt")


def load(out: Path) -> Graph:
    """Read the graph that `kg build` wrote to a folder."""
    path = out / FILES["json"]
    try:
        content = json.loads(path.read_bytes())
        documents = content["graph"]["documents"]
        graph = nx.node_link_graph(content, edges="edges")
    except FileNotFoundError as error:
        raise GraphError(f"{out}: is no graph folder ({path.name} is not in it)") from error
    except (OSError, ValueError, KeyError, TypeError, nx.NetworkXError) as error:
        raise GraphError(f"{path}: is no graph of ours: {error!r}") from error
    if not isinstance(documents, dict):
        raise GraphError(f"{path}: is no graph of ours: documents are missing")
    return graph


def export(out: Path, form: str, path: Path | None, ontology: Ontology, base: str) -> Path:
    """Write the graph of a folder in another format, and return where."""
    if form not in FORMATS:
        raise GraphError(f"no format is named {form}; there are {', '.join(FORMATS)}")
    target = path or Path(FILES[form])
    try:
        importlib.import_module(FORMATS[form]).write(load(out), ontology, target, base)
    except OSError as error:
        raise GraphError(f"{target}: cannot be written: {error.strerror}") from error
    return target


def judge(out: Path, kind: str, first: str, second: str) -> Path:
    """Keep a judgement made by hand for the next build; it takes the place of an earlier one on the same two."""
    if not ours(out):
        raise GraphError(f"{out}: is no graph folder")
    others = (j for j in judgements(out) if {j.first, j.second} != {first, second})
    write_judgements(out / JUDGEMENTS, (*others, Judgement(kind, first, second)))
    return out / JUDGEMENTS


def judgements(out: Path) -> tuple[Judgement, ...]:
    """Read the judgements kept in a folder, none where there is no file of them."""
    path = out / JUDGEMENTS
    return read_judgements(path) if path.is_file() else ()


def extractions(out: Path, graph: Graph) -> tuple[Extraction, ...]:
    """Read what was kept of the documents of a graph."""
    return tuple(cache.everything(out / CACHE, disassemble(graph)[1]))


def _move(partial: Path, out: Path) -> None:
    """Put the new files in place of the old, sources first, and take away sources that no longer belong."""
    fresh = sorted(p.relative_to(partial) for p in partial.rglob("*") if p.is_file())
    for path in sorted(fresh, key=lambda p: p.parts[0] != "sources"):
        target = out / path
        if target.is_dir():
            shutil.rmtree(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        (partial / path).replace(target)
    wanted = set(fresh)
    if Path(FILES[INFERRED]) not in wanted:
        (out / FILES[INFERRED]).unlink(missing_ok=True)
    for path in sorted((out / "sources").rglob("*"), reverse=True):
        if path.is_file() and path.relative_to(out) not in wanted:
            path.unlink()
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()


def _sweep(out: Path) -> None:
    """Take away what a killed run left beside `out`."""
    for path in out.parent.glob(f".{out.name}.partial-*"):
        if not _alive(path.name.rpartition("-")[2]):
            shutil.rmtree(path, ignore_errors=True)


def _alive(process: str) -> bool:
    try:
        os.kill(int(process), 0)
    except (ProcessLookupError, ValueError):
        return False
    except PermissionError:
        return True
    return True
