"""Paths in, a folder with the knowledge graph out: the whole program on one screen."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path

from kg import cache, folder, history
from kg.dates import bounds, no_date
from kg.engines import Engine, local
from kg.errors import InputError
from kg.extract import extract
from kg.graph import assemble
from kg.iris import usable
from kg.model import LIKELY, Document, Extraction, Issue, Resolution
from kg.moment import held
from kg.ontology import Ontology, load
from kg.parse import parse
from kg.readers import read
from kg.resolve import resolve
from kg.resolve.judgements import FILE as JUDGEMENTS

TOLD = 3  # issues that an error names

StrPath = str | os.PathLike[str]
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Options:
    """How to build: whose ontology, how many processes (0: as many as pay), the least confidence of a fact.

    `cache` says whether extractions kept from an earlier build are used; `judgements` is the file of what was decided by hand about
    names, OUT/resolution.csv where nothing is said; `base` is what IRIs begin with, `infer` whether what the ontology entails is written
    too, to OUT/inferred.ttl: where nothing is said of these, OUT stays as it was built; `as_of` is a date: only what held then is kept.
    `history` says to keep a log, OUT/history.csv, of when the graph said what; once begun it is kept by every build. `engine` runs the work
    on the documents: on this machine, unless another of `kg.engines` is given.
    """

    ontology: StrPath | None = None
    base: str | None = None
    workers: int = 1
    min_confidence: float = LIKELY
    cache: bool = True
    judgements: StrPath | None = None
    infer: bool | None = None
    as_of: str | None = None
    history: bool = False
    engine: Engine = local.run

    def __post_init__(self) -> None:
        """Raise InputError for a number out of range, a base that is none of IRIs, and what is no date."""
        if not 0 <= self.min_confidence <= 1:
            raise InputError(f"{self.min_confidence:g} is no confidence: those are from 0 to 1")
        if self.workers < 0:
            raise InputError(f"{self.workers} is no number of processes")
        if self.as_of is not None and not bounds(self.as_of):
            raise InputError(no_date(self.as_of))
        if self.base is not None:
            usable(self.base)


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build came to."""

    documents: int
    entities: int
    facts: int
    quotations: int
    issues: tuple[Issue, ...]
    seconds: float


def build(inputs: StrPath | Iterable[StrPath], out: StrPath, options: Options = Options(), progress: Progress | None = None) -> Summary:
    """Read documents, find what they state, and write graph.ttl, graph.html, graph.json, report.md and sources/ to `out`.

    The result depends on nothing but documents, ontology and options; `progress(stage, done, total)` is told how far it is.
    Raise `InputError` for paths that are not there, inputs that hold nothing to read and an ontology that changes meanwhile, `GraphError`
    where `out` is not ours to write, `OntologyError` and `ModelError` where the ontology or a language's weights are wrong. Whoever builds
    to the same `out` meanwhile, in a thread or a process, waits.
    """
    began, tell = time.perf_counter(), progress or _silent
    paths, out = tuple(map(Path, [inputs] if isinstance(inputs, str | os.PathLike) else inputs)), Path(out)
    ontology, judged = load(options.ontology), Path(options.judgements) if options.judgements else None
    folder.check(out, paths)
    judgements = folder.judgements(out, judged)
    tell("reading", 0, len(paths))
    documents, issues = read(paths)
    if not documents:
        raise InputError(_unread(issues))
    with folder.begun(out) as kept:
        past = history.read(out)
        logged = past is not None or options.history
        if logged:
            history.clock()  # one that cannot be read stops the build before it writes
        extractions = sorted(_extractions(documents, kept, options, ontology, tell), key=lambda e: e.document.identifier)
        tell("resolving", 0, 1)
        resolution = _confident(resolve(extractions, ontology, judgements), options.min_confidence)
        graph = assemble(resolution, [e.document for e in extractions])
        issues = tuple(sorted({*issues, *_overlooked(out, judged), *resolution.issues, *(i for e in extractions for i in e.issues)}))
        graph.graph["issues"] = [{"path": i.path, "reason": i.reason} for i in issues]
        base, infer = folder.built(out)
        graph.graph |= {"base": base if options.base is None else options.base, "conforms_to": list(ontology.versions)}
        graph = held(graph, ontology, options.as_of) if options.as_of else graph
        tell("writing", 0, 1)
        folder.publish(graph, ontology, out, infer if options.infer is None else options.infer)
        if logged:
            history.record(out, past, graph, ontology)
        sizes = (len(documents), len(graph), graph.number_of_edges(), len(resolution.quotations))
        return Summary(*sizes, issues, time.perf_counter() - began)


def _unread(issues: Sequence[Issue]) -> str:
    """Say why there is no document, by the first issues."""
    told = "; ".join(f"{i.path}: {i.reason}" for i in issues[:TOLD])
    more = f"; and {len(issues) - TOLD:,} more" if len(issues) > TOLD else ""
    return f"there is no document to build from{': ' + told if told else ''}{more}"


def _extractions(documents: Sequence[Document], kept: Path, options: Options, ontology: Ontology, tell: Progress) -> Iterator[Extraction]:
    """Yield what was kept of each document, and work on those of which nothing was."""
    rest = _rest(ontology)
    names = {d.identifier: cache.key(d, rest) for d in documents}
    known = (cache.kept(kept, names[d.identifier], d) for d in documents) if options.cache else iter(())
    found = {e.document.identifier: e for e in known if e}
    yield from found.values()
    unread = [d for d in documents if d.identifier not in found]
    for done, extraction in enumerate(options.engine(partial(_extract, ontology.folder, kept, rest), unread, options.workers)):
        yield extraction
        tell("extracting", done + 1, len(unread))
    cache.forget(kept, names.values())


def _extract(ontology: Path, kept: Path, rest: str, document: Document) -> Extraction:
    """Find what one document states, and keep it; pickled by name for the workers."""
    extraction = extract(parse(document), _unchanged(ontology, rest))
    cache.keep(kept, cache.key(document, rest), extraction)
    return extraction


@lru_cache(maxsize=8)
def _unchanged(folder: Path, rest: str) -> Ontology:
    """Load an ontology for all documents of a build; raise InputError where it, or the program, is no longer what the build began with."""
    ontology = load(folder)
    if _rest(ontology) != rest:
        raise InputError(f"{folder}: the ontology or the program was changed while documents were read; build again")
    return ontology


def _rest(ontology: Ontology) -> str:
    """Name all that an extraction rests on besides its document."""
    return f"{_program()} {ontology.digest}"


@lru_cache(maxsize=1)
def _program() -> str:
    """Hash the program once, as this process runs it: what is changed on disk afterwards works in later ones."""
    return cache.fingerprint(Path(__file__).parent)


def _overlooked(out: Path, judgements: Path | None) -> Iterator[Issue]:
    """Note judgements kept in `out` that are not read because others are."""
    kept = out / JUDGEMENTS
    if judgements and kept.exists() and not kept.samefile(judgements):
        yield Issue(kept.name, f"not read: judgements are taken from another file, {judgements.name}")


def _confident(resolution: Resolution, least: float) -> Resolution:
    """Leave out facts of too little confidence, and every mention of them in others."""
    names = {f.identifier for f in resolution.facts if f.confidence >= least}
    facts = (f for f in resolution.facts if f.identifier in names)
    return replace(resolution, facts=tuple(replace(f, conflicts=tuple(c for c in f.conflicts if c in names)) for f in facts))


def _silent(stage: str, done: int, total: int) -> None:
    pass
