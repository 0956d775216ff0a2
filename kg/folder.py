"""A graph and a folder in, all its files written at once out; the graph of such a folder back, and judgements for its next build."""

from __future__ import annotations

import importlib
import json
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import networkx as nx

from kg import cache, store
from kg.errors import GraphError, InputError
from kg.graph import Graph, disassemble, lacking, source
from kg.iris import BASE, usable
from kg.lock import alone
from kg.model import Extraction
from kg.ontology import Ontology
from kg.outputs import FILES, FORMATS, writing
from kg.resolve.judgements import FILE as JUDGEMENTS
from kg.resolve.judgements import WRONG, Judgement, add_judgement, read_judgements

KEPT = ("turtle", "html", "json", "report")
INFERRED = "inferences"
CACHE = ".cache"
LOCK = "build.lock"
PARTIAL = ".partial"
SOURCES = "sources"
TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# Extractions kept by kg, so that a rebuild reads only what changed. Safe to delete.\n"


def check(out: Path, inputs: Sequence[Path]) -> None:
    """Make sure that `out` is ours to write and lies apart from what is to be read."""
    if out.exists() and not out.is_dir():
        raise GraphError(f"{out}: is a file; name a folder for the graph")
    try:
        foreign = out.is_dir() and not _new(out) and not ours(out)
    except OSError as error:
        raise GraphError(f"{out}: cannot be read: {error.strerror}") from error
    if foreign:
        raise GraphError(f"{out}: holds other things than a graph; name a new or empty folder")
    for path in inputs:
        given, written = (Path(os.path.realpath(p)) for p in (path, out))  # resolve() would fail on loops of links
        if path.is_dir() and (given.is_relative_to(written) or written.is_relative_to(given)):
            raise InputError(f"{path}: the documents and the graph must lie in folders apart, neither inside the other")


@contextmanager
def begun(out: Path) -> Iterator[Path]:
    """Make `out` where it is not there, and give the folder in it that keeps extractions; one build at a time has it, others wait."""
    kept = out / CACHE
    with ExitStack() as stack:
        try:
            kept.mkdir(parents=True, exist_ok=True)
            stack.enter_context(alone(kept / LOCK))
            if not _tagged(out):
                with writing(kept / "CACHEDIR.TAG") as part:
                    part.write_text(TAG, encoding="ascii")
        except OSError as error:
            raise _unwritable(out, error) from error
        yield kept


def ours(out: Path) -> bool:
    """Whether a folder was written by `kg build`, be it only begun."""
    return _tagged(out) or all((out / FILES[form]).is_file() for form in KEPT)


def _tagged(out: Path) -> bool:
    """Whether a folder keeps extractions of ours; other programs keep a .cache with a tag, too."""
    tag = out / CACHE / "CACHEDIR.TAG"
    return tag.is_file() and tag.read_bytes() == TAG.encode()


def _new(out: Path) -> bool:
    """Whether a folder holds nothing, or no more than what each build begins with: another may just do so."""
    began = (p.name for p in (out / CACHE).glob("*"))
    return {p.name for p in out.iterdir()} <= {CACHE} and all(name == LOCK or "CACHEDIR.TAG" in name for name in began)


def publish(graph: Graph, ontology: Ontology, out: Path, infer: bool = False) -> None:
    """Write every output aside in `out`, then move each into place, so that whoever looks sees whole files only.

    With `infer`, what the ontology entails is written too, to a file of its own; without, an earlier one is taken away. Nobody else may
    publish there meanwhile.
    """
    partial = out / PARTIAL
    shutil.rmtree(partial, ignore_errors=True)  # what a killed run left
    try:
        (partial / SOURCES).mkdir(parents=True)
        for identifier, document in graph.graph["documents"].items():
            path = partial / SOURCES / source(identifier)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(document["text"].encode())
        for form in (*KEPT, INFERRED) if infer else KEPT:
            importlib.import_module(FORMATS[form]).write(graph, ontology, partial / FILES[form])
        _move(partial, out)
    except OSError as error:
        raise _unwritable(out, error) from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def built(out: Path) -> tuple[str, bool]:
    """Return the base of IRIs with which a folder was last built, and whether what follows was written too; (BASE, False) for a new one."""
    graph = out / FILES["turtle"]
    documents = store.declared(graph).get("doc") if graph.is_file() else None
    return documents.removesuffix("doc/") if documents else BASE, store.holds_inferred(graph)


def load(out: str | os.PathLike[str]) -> Graph:
    """Read the graph that `kg build` wrote to a folder."""
    out = Path(out)
    path = out / FILES["json"]
    try:
        content = json.loads(path.read_bytes())
        documents = content["graph"]["documents"]
        graph = nx.node_link_graph(content, edges="edges")
        missing = lacking(graph) if isinstance(documents, dict) else {"documents"}
    except FileNotFoundError as error:
        raise GraphError(f"{out}: is no graph folder ({path.name} is not in it)") from error
    except OSError as error:
        raise GraphError(f"{path}: cannot be read: {error.strerror}") from error
    except (ValueError, KeyError, TypeError, nx.NetworkXError) as error:
        raise GraphError(f"{path}: is no graph of ours: {error!r}") from error
    if missing:
        raise GraphError(f"{path}: is no graph of ours: it lacks {min(missing)}")
    return graph


def export(out: Path, form: str, path: Path | None, ontology: Ontology, base: str | None = None) -> Path:
    """Write the graph of a folder in another format, under the base that it was built with if no other is given; return where."""
    if form not in FORMATS:
        raise GraphError(f"no format is named {form}; there are {', '.join(FORMATS)}")
    target = path or Path(FILES[form])
    try:
        graph = load(out)
        if base is not None:
            graph.graph["base"] = usable(base)
        importlib.import_module(FORMATS[form]).write(graph, ontology, target)
    except BrokenPipeError:  # who reads has had enough
        raise
    except OSError as error:
        raise _unwritable(target, error) from error
    return target


def judge(out: Path, made: Judgement) -> Path:
    """Keep a judgement made by hand for the next build; it takes the place of an earlier one on the same two, or on the same fact."""
    if not ours(out):
        raise GraphError(f"{out}: is no graph folder")
    if made.first == made.second or not (made.first and (made.second or made.kind == WRONG)):
        raise InputError(f"“{made.first}” and “{made.second}”: a judgement is about two names or places")
    path = out / JUDGEMENTS
    try:
        with writing(path) as part:
            add_judgement(path, made, part)
    except OSError as error:
        raise _unwritable(path, error) from error
    return path


def judgements(out: Path, given: Path | None = None) -> tuple[Judgement, ...]:
    """Read the judgements of a file or else those kept in a folder, none where there is no file of them."""
    path = given or out / JUDGEMENTS
    return read_judgements(path) if given or os.path.lexists(path) else ()


def extractions(out: Path, graph: Graph) -> tuple[Extraction, ...]:
    """Read what was kept of the documents of a graph."""
    return tuple(cache.everything(out / CACHE, disassemble(graph)[1]))


def _unwritable(path: Path, error: OSError) -> GraphError:
    return GraphError(f"{path}: cannot be written: {error.strerror or error}")


def _move(partial: Path, out: Path) -> None:
    """Put the new files in place of the old, the sources first."""
    if os.path.lexists(out / SOURCES):
        (out / SOURCES).replace(partial / "former")
    (partial / SOURCES).replace(out / SOURCES)
    for name in (FILES[form] for form in (*KEPT, INFERRED)):
        if (partial / name).exists():
            (partial / name).replace(out / name)
        else:
            (out / name).unlink(missing_ok=True)
