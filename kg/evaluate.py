"""A graph and folders of gold annotation in, all that is right, extra and missed out, with the figures that follow."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.comparison import DUPLICATE, NOTHING, Finding, Said, compare, normal, said
from kg.errors import InputError
from kg.graph import Graph
from kg.model import Issue
from kg.ontology import Ontology

KINDS = ("entities", "relations", "quotes")
DETAILS = ("titles", "dates")  # of right relations
LABELLED = ("entities", "relations")  # of which each label has figures of its own


@dataclass(frozen=True, slots=True)
class Score:
    """How many are right, extra and missed, and the figures made of them (0 where there is nothing to divide by)."""

    right: int
    extra: int
    missed: int

    @property
    def precision(self) -> float:
        """Share of the graph's that are right."""
        return self.right / (self.right + self.extra) if self.right + self.extra else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold's that are found."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.right / (2 * self.right + self.extra + self.missed) if self.right else 0.0


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All findings, sorted, and the text of each document as annotated; `issues` name the documents that the graph lacks."""

    findings: tuple[Finding, ...]
    texts: Mapping[str, str]
    issues: tuple[Issue, ...] = ()

    def score(self, kind: str, label: str | None = None) -> Score:
        """Count the findings of a kind, of one label where given."""
        return _score(self.findings, kind, label)

    def by_document(self) -> Mapping[str, Sequence[Finding]]:
        """Sort the findings by document; those without any are left out."""
        found: defaultdict[str, list[Finding]] = defaultdict(list)
        for finding in self.findings:
            found[finding.document].append(finding)
        return found

    def labels(self, kind: str) -> list[str]:
        """List the labels that occur in a kind."""
        return sorted({f.label for f in self.findings if f.kind == kind})

    def rows(self) -> Iterator[tuple[str, str | None]]:
        """Yield what a table of the figures has, in order: every kind as a whole (label None), and the labels of some."""
        for kind in (*KINDS, *DETAILS):
            yield kind, None
            yield from ((kind, label) for label in (self.labels(kind) if kind in LABELLED else ()))

    @property
    def status_accuracy(self) -> float:
        """Share of the right relations whose status is right too."""
        return self.score("status").recall

    def figures(self) -> dict[str, Any]:
        """Return all figures as plain JSON."""
        scores = {
            kind: {"all": _figures(self.score(kind)), **{x: _figures(self.score(kind, x)) for x in self.labels(kind)}} for kind in KINDS
        }
        lacking = {"missing": [i.path for i in self.issues]}
        details = {kind: _figures(self.score(kind)) for kind in DETAILS}
        return {"documents": len(self.texts), **lacking, **scores, **details, "status_accuracy": round(self.status_accuracy, 4)}

    def confusions(self) -> list[tuple[str, str, str, int]]:
        """List (kind, what gold says, what the graph says, how often), most frequent first; titles and dates are left out."""
        counts: Counter[tuple[str, str, str]] = Counter()
        for f in self.findings:
            if f.kind in DETAILS:
                continue
            if f.outcome == "missed":
                counts[f.kind, f.label, f.instead] += 1
            elif f.outcome == "extra" and f.instead in (NOTHING, DUPLICATE):
                counts[f.kind, f.instead, f.label] += 1
        return [(*k, n) for k, n in sorted(counts.items(), key=lambda c: (-c[1], c[0]))]

    def worst(self, most: int = 10) -> list[tuple[str, int, float, float]]:
        """List (document, errors, F1 of entities, F1 of relations), those with the most errors first."""
        errors = Counter(f.document for f in self.findings if f.outcome != "right" and f.kind in KINDS)
        ranked = sorted(errors.items(), key=lambda e: (-e[1], e[0]))[:most]
        found = self.by_document()
        return [(d, n, _score(found[d], "entities").f1, _score(found[d], "relations").f1) for d, n in ranked]


def _score(findings: Iterable[Finding], kind: str, label: str | None = None) -> Score:
    counts = Counter(f.outcome for f in findings if f.kind == kind and label in (None, f.label))
    return Score(counts["right"], counts["extra"], counts["missed"])


def evaluate(graph: Graph, ontology: Ontology, folders: Iterable[Path]) -> Evaluation:
    """Compare a graph with every annotated document (`x.json` beside `x.txt`) of the folders.

    An entity is right when a name of it equals a gold mention, its type agrees and no other entity took that place; entities of a
    type that relations only lead to (a place is named everywhere) are never extra. A relation is right when both ends and the
    predicate are; then its titles and dates are compared, as the whole graph has them. Optional annotation is neither asked for nor counted
    against the graph. All of a document that the graph lacks is missed.
    A document goes by the name of its file, and by its path where folders share that name.
    """
    documents, pairs = said(graph), [pair for f in folders for pair in _annotated(f)]
    times = Counter(path.name for path, _ in pairs)
    counterparts = _Counterparts(graph)
    findings: list[Finding] = []
    issues: list[Issue] = []
    texts: dict[str, str] = {}
    for path, annotation in pairs:
        source = path.with_suffix(".txt")
        name = source.name if times[path.name] == 1 else source.as_posix()
        texts[name] = _text(source) if source.is_file() else ""
        own, lack = counterparts.of(source.name, texts[name])
        issues += [Issue(name, f"{lack}: all of it counts as missed")] if lack else []
        try:
            findings += compare((name, texts[name]), annotation, documents.get(own, Said()), graph, ontology)
        except (KeyError, TypeError) as error:
            raise InputError(f"{path}: is no annotation of the guide's format: {error!r}") from error
    return Evaluation(tuple(sorted(findings)), texts, tuple(sorted(issues)))


class _Counterparts:
    """The documents of a graph by the names of their files, and those that share a name by their texts as well."""

    def __init__(self, graph: Graph) -> None:
        self._named: defaultdict[str, list[str]] = defaultdict(list)
        self._alike: dict[tuple[str, str], str] = {}
        documents = graph.graph["documents"]
        for identifier in sorted(documents):
            self._named[identifier.rpartition("/")[2]].append(identifier)
        for name, identifiers in self._named.items():
            for identifier in identifiers if len(identifiers) > 1 else ():
                self._alike.setdefault((name, normal(documents[identifier]["text"])), identifier)

    def of(self, name: str, text: str) -> tuple[str, str]:
        """Find the document that is named as a file, where several are, that with its text; or say why there is none."""
        named = self._named.get(name, [])
        if len(named) == 1:
            return named[0], ""
        lack = f"none of the graph's {len(named)} documents of this name has this text" if named else "the graph has no such document"
        alike = self._alike.get((name, normal(text)), "")
        return alike, "" if alike else lack


def _figures(score: Score) -> dict[str, float]:
    figures = {"precision": score.precision, "recall": score.recall, "f1": score.f1}
    return {**{name: round(x, 4) for name, x in figures.items()}, "gold": score.right + score.missed}


def _annotated(folder: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    if not folder.is_dir():
        raise InputError(f"{folder}: no such folder of gold documents")
    found = [(path, _read(path)) for path in sorted(folder.glob("*.json"))]
    annotated = [(path, content) for path, content in found if isinstance(content, dict) and "entities" in content]
    if not annotated:
        raise InputError(f"{folder}: holds no gold document (x.json beside x.txt)")
    yield from annotated


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not valid UTF-8 (byte {error.start})") from error


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_bytes())
    except ValueError as error:
        raise InputError(f"{path}: is no JSON: {error}") from error
