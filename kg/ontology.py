"""A folder of Turtle files and SPARQL queries in, one immutable Ontology out: every class, relation and word that the program knows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox

from kg.errors import OntologyError
from kg.model import Name

NAMESPACE = "https://w3id.org/kg/ontology#"
SLOTS = ("subject", "object", "title", "date")

_RDF, _RDFS = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://www.w3.org/2000/01/rdf-schema#"
_OWL, _SKOS = "http://www.w3.org/2002/07/owl#", "http://www.w3.org/2004/02/skos/core#"
_PREFERRED_NAMESPACE = "http://purl.org/vocab/vann/preferredNamespaceUri"
_TERMS = {"assertsPlainTriple", "colour", "denotes", "exclusive", "functional", "membership", "modelLabel", "nameCue", "roleWord"}
_TERMS |= {"statedWording", "status", "statusCue", "text", "word", "wording"}
_SLOT = re.compile(r"\[([^\]\s]*)\]")

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Class:
    """A kind of entity. `parents` are classes of the ontology; a top class has none. `cues` tell it where they stand in a name."""

    name: str
    parents: tuple[str, ...]
    labels: Texts
    comments: Texts
    colour: str | None
    model_labels: tuple[str, ...]
    cues: tuple[Name, ...]


@dataclass(frozen=True, slots=True, order=True)
class Wording:
    """A readable sentence or phrase with the slots `[subject]` and `[object]` (`[title]`, `[date]`) that states a relation."""

    relation: str
    text: str
    language: str
    status: str = "Current"


@dataclass(frozen=True, slots=True)
class Relation:
    """A typed link between entities.

    `functional`: one object per subject at a time; `exclusive`: one subject per object at a time; `membership`: also an org:Membership.
    """

    name: str
    domain: tuple[str, ...]
    range: tuple[str, ...]
    labels: Texts
    comments: Texts
    inverse: str | None
    symmetric: bool
    functional: bool
    exclusive: bool
    membership: bool
    wordings: tuple[Wording, ...]
    roles: tuple[Name, ...]
    inverse_labels: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Status:
    """Whether a fact holds; `plain` facts are also asserted as a plain triple."""

    name: str
    labels: Texts
    plain: bool
    cues: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing of the authority file with the names that no text explains."""

    identifier: str
    cls: str
    names: tuple[Name, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Ontology:
    """All that the program knows of its domain; compared and hashed by identity, so that results may be cached per ontology."""

    namespace: str
    classes: Mapping[str, Class]
    relations: Mapping[str, Relation]
    statuses: Mapping[str, Status]
    concepts: tuple[Concept, ...]
    words: Mapping[str, tuple[Name, ...]]
    queries: Mapping[str, str]
    folder: Path

    def top(self, cls: str) -> str:
        """Return the top class of a class (itself where it is one)."""
        ancestors = self.ancestors(cls)
        return ancestors[-1] if ancestors else cls

    def ancestors(self, cls: str) -> tuple[str, ...]:
        """Return the classes above a class, nearest first, the top class last."""
        found: list[str] = []
        level = list(self.classes[cls].parents)
        while level:
            found += [c for c in level if c not in found]
            level = [p for c in level for p in self.classes[c].parents if p not in found]
        return tuple(found)

    def is_a(self, cls: str, ancestor: str) -> bool:
        """Whether a class is another or lies below it."""
        return cls == ancestor or ancestor in self.ancestors(cls)


def load(folder: Path | None = None) -> Ontology:
    """Read an ontology folder (ours by default), once per process; raise OntologyError listing all that is wrong with it."""
    return _load((folder or _own()).resolve())


def _own() -> Path:
    packaged = Path(__file__).parent / "data" / "ontology"
    return packaged if packaged.is_dir() else Path(__file__).parent.parent / "ontology"


@lru_cache(maxsize=8)
def _load(folder: Path) -> Ontology:
    source = _read(folder)
    classes = {c.name: c for c in _classes(source)}
    statuses = {s.name: s for s in _statuses(source)}
    ontology = Ontology(
        namespace=source.namespace,
        classes=classes,
        relations={r.name: r for r in _relations(source, classes, statuses)},
        statuses=statuses,
        concepts=tuple(_concepts(source, classes)),
        words={source.local(w): source.words(w, "word") for w in source.typed(NAMESPACE + "WordList")},
        queries=_queries(folder, source),
        folder=folder,
    )
    _check_terms(source)
    if source.errors:
        raise OntologyError(f"{folder}: " + "; ".join(sorted(set(source.errors))))
    return ontology


_Term = ox.NamedNode | ox.BlankNode | ox.Literal


@dataclass(slots=True)
class _Source:
    """The triples of all files by subject and predicate, the file that first describes each subject, and what is wrong so far."""

    namespace: str = NAMESPACE
    triples: dict[str, dict[str, list[_Term]]] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    def add(self, triple: ox.Triple, file: str) -> None:
        if isinstance(triple.subject, ox.Triple) or isinstance(triple.object, ox.Triple):
            self.errors.append(f"{file}: triple terms are not used in an ontology")
            return
        subject = triple.subject.value
        self.files.setdefault(subject, file)
        self.triples.setdefault(subject, {}).setdefault(triple.predicate.value, []).append(triple.object)

    def error(self, term: str, reason: str) -> None:
        self.errors.append(f"{self.files.get(term, 'ontology')}: {self.local(term)}: {reason}")

    def local(self, iri: str) -> str:
        """Return the part of an IRI after its namespace."""
        if self.is_own(iri):
            return iri.removeprefix(self.namespace).removeprefix(NAMESPACE)
        return re.split(r"[#/]", iri)[-1]

    def is_own(self, iri: str) -> bool:
        return iri.startswith((self.namespace, NAMESPACE))

    def objects(self, subject: str, predicate: str) -> list[_Term]:
        return self.triples.get(subject, {}).get(predicate, [])

    def iris(self, subject: str, predicate: str) -> list[str]:
        return sorted(o.value for o in self.objects(subject, predicate) if isinstance(o, ox.NamedNode))

    def value(self, subject: str, predicate: str) -> str | None:
        return min((o.value for o in self.objects(subject, predicate)), default=None)

    def flag(self, subject: str, term: str) -> bool:
        return self.value(subject, NAMESPACE + term) in ("true", "1")

    def typed(self, cls: str) -> list[str]:
        """Return the IRIs of a type, sorted."""
        return sorted(s for s in self.triples if cls in self.iris(s, _RDF + "type"))

    def tagged(self, subject: str, predicate: str) -> list[Name]:
        """Return language-tagged literals, sorted; one without a language is an error."""
        literals = [o for o in self.objects(subject, predicate) if isinstance(o, ox.Literal)]
        for literal in literals:
            if not literal.language:
                self.error(subject, f'"{literal.value}" has no language tag')
        return sorted({Name(o.value, o.language.lower()) for o in literals if o.language}, key=lambda n: (n.language, n.text))

    def words(self, subject: str, term: str) -> tuple[Name, ...]:
        return tuple(self.tagged(subject, NAMESPACE + term))

    def texts(self, subject: str, predicate: str) -> dict[str, str]:
        return {n.language: n.text for n in reversed(self.tagged(subject, predicate))}

    def labels(self, subject: str) -> dict[str, str]:
        labels = self.texts(subject, _RDFS + "label")
        if not labels:
            self.error(subject, "has no label")
        return labels

    def members(self, node: _Term) -> list[str]:
        """Return the IRIs that a class expression names: one, or an owl:unionOf list."""
        if isinstance(node, ox.NamedNode):
            return [node.value]
        found, rest = [], self.value(node.value, _OWL + "unionOf")
        while rest and rest != _RDF + "nil":
            found += self.iris(rest, _RDF + "first")
            rest = self.value(rest, _RDF + "rest")
        return found


def _read(folder: Path) -> _Source:
    source = _Source()
    files = sorted(folder.glob("*.ttl"))
    if not files:
        raise OntologyError(f"{folder}: no ontology here: there are no .ttl files")
    for file in files:
        try:
            for triple in ox.parse(path=file, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True):
                source.add(ox.Triple(triple.subject, triple.predicate, triple.object), file.name)
        except SyntaxError as error:
            source.errors.append(f"{file.name}, line {error.lineno}: {error.msg}")
        except (OSError, ValueError) as error:
            source.errors.append(f"{file.name}: {error}")
    source.namespace = min((v for s in source.triples if (v := source.value(s, _PREFERRED_NAMESPACE))), default=NAMESPACE)
    return source


def _classes(source: _Source) -> Iterator[Class]:
    below = _below(source, NAMESPACE + "Entity", _RDFS + "subClassOf")
    for iri in below:
        parents = [p for p in source.iris(iri, _RDFS + "subClassOf") if source.is_own(p)]
        for parent in parents:
            if parent != NAMESPACE + "Entity" and parent not in below:
                source.error(iri, f"unknown parent class {source.local(parent)}")
        yield Class(
            name=source.local(iri),
            parents=tuple(source.local(p) for p in parents if p in below),
            labels=source.labels(iri),
            comments=source.texts(iri, _RDFS + "comment"),
            colour=source.value(iri, NAMESPACE + "colour"),
            model_labels=tuple(sorted(o.value for o in source.objects(iri, NAMESPACE + "modelLabel"))),
            cues=source.words(iri, "nameCue"),
        )


def _below(source: _Source, top: str, predicate: str) -> list[str]:
    """Return the IRIs that reach `top` over `predicate`, sorted; report those that run in a circle."""
    found: list[str] = []
    for iri in sorted(source.triples):
        seen, level = {iri}, source.iris(iri, predicate)
        while level and top not in level:
            seen.update(level)
            level = [p for c in level for p in source.iris(c, predicate) if p not in seen]
        if level:
            found.append(iri)
    for iri in found:
        if iri in [p for c in source.iris(iri, predicate) for p in source.iris(c, predicate)] or iri in source.iris(iri, predicate):
            source.error(iri, "lies below itself")
    return [iri for iri in found if iri != top]


def _statuses(source: _Source) -> Iterator[Status]:
    for iri in source.typed(NAMESPACE + "Status"):
        yield Status(source.local(iri), source.labels(iri), source.flag(iri, "assertsPlainTriple"), source.words(iri, "statusCue"))


def _relations(source: _Source, classes: Mapping[str, Class], statuses: Mapping[str, Status]) -> Iterator[Relation]:
    below = _below(source, NAMESPACE + "relatedTo", _RDFS + "subPropertyOf")
    inverses = _inverses(source, below)
    for iri in below:
        inverse = inverses.get(iri)
        yield Relation(
            name=source.local(iri),
            domain=_arguments(source, iri, "domain", classes),
            range=_arguments(source, iri, "range", classes),
            labels=source.labels(iri),
            comments=source.texts(iri, _RDFS + "comment"),
            inverse=source.local(inverse) if inverse else None,
            symmetric=_OWL + "SymmetricProperty" in source.iris(iri, _RDF + "type"),
            functional=source.flag(iri, "functional"),
            exclusive=source.flag(iri, "exclusive"),
            membership=source.flag(iri, "membership"),
            wordings=tuple(sorted(_wordings(source, iri, statuses), key=lambda w: (w.language, w.status, w.text))),
            roles=source.words(iri, "roleWord"),
            inverse_labels=source.labels(inverse) if inverse else {},
        )


def _inverses(source: _Source, relations: list[str]) -> dict[str, str]:
    pairs = [(i, r) for i in sorted(source.triples) if source.is_own(i) for r in source.iris(i, _OWL + "inverseOf")]
    for inverse, relation in pairs:
        if relation not in relations:
            source.error(inverse, f"is the inverse of an unknown relation {source.local(relation)}")
    return {relation: inverse for inverse, relation in pairs}


def _arguments(source: _Source, iri: str, side: str, classes: Mapping[str, Class]) -> tuple[str, ...]:
    names = [source.local(c) for node in source.objects(iri, _RDFS + side) for c in source.members(node)]
    if not names:
        source.error(iri, f"has no {side}")
    for name in names:
        if name not in classes:
            source.error(iri, f"unknown {side} class {name}")
    return tuple(names)


def _wordings(source: _Source, iri: str, statuses: Mapping[str, Status]) -> Iterator[Wording]:
    relation = source.local(iri)
    for name in source.words(iri, "wording"):
        _check_slots(source, iri, name.text)
        yield Wording(relation, name.text, name.language)
    for node in source.objects(iri, NAMESPACE + "statedWording"):
        source.files[node.value] = source.files[iri]
        status = source.local(source.value(node.value, NAMESPACE + "status") or "")
        if status not in statuses:
            source.error(iri, f"a stated wording has the unknown status {status or '(none)'}")
        for name in source.words(node.value, "text"):
            _check_slots(source, iri, name.text)
            yield Wording(relation, name.text, name.language, status)


def _check_slots(source: _Source, iri: str, text: str) -> None:
    slots = _SLOT.findall(text)
    for slot in SLOTS[:2]:
        if slots.count(slot) != 1:
            source.error(iri, f'wording "{text}" needs [{slot}] once')
    for slot in sorted(set(slots) - set(SLOTS)):
        source.error(iri, f'wording "{text}" has the unknown slot [{slot}]')


def _concepts(source: _Source, classes: Mapping[str, Class]) -> Iterator[Concept]:
    for iri in source.typed(_SKOS + "Concept"):
        names = [*source.tagged(iri, _SKOS + "prefLabel"), *source.tagged(iri, _SKOS + "altLabel")]
        cls = source.local(source.value(iri, NAMESPACE + "denotes") or "")
        if not names:
            source.error(iri, "has no skos:prefLabel")
        if cls not in classes:
            source.error(iri, f"denotes the unknown class {cls or '(none)'}")
        yield Concept(source.local(iri), cls, tuple(dict.fromkeys(names)))


def _queries(folder: Path, source: _Source) -> dict[str, str]:
    queries: dict[str, str] = {}
    for file in sorted((folder / "queries").glob("*.rq")):
        try:
            queries[file.stem] = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            source.errors.append(f"queries/{file.name}: {error}")
    return queries


def _check_terms(source: _Source) -> None:
    """Report predicates of our namespaces that no file declares: mistyped ones."""
    for subject, predicates in source.triples.items():
        for predicate in predicates:
            if source.is_own(predicate) and predicate not in source.triples and source.local(predicate) not in _TERMS:
                source.error(subject, f"uses the undeclared property {source.local(predicate)}")
