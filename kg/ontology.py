"""A folder of Turtle files and SPARQL queries in, one immutable Ontology out: every class, relation and word that the program knows."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from kg.errors import OntologyError
from kg.model import Name
from kg.terms import NAMESPACE, ORG, OWL, RDF, RDFS, SKOS, File, Terms, absolute, files, read

__all__ = ["NAMESPACE", "SLOTS", "Class", "Concept", "Ontology", "Relation", "Status", "Wording", "load"]

SLOTS = ("subject", "object", "title", "date")
_TERMS = {"assertsPlainTriple", "carries", "clauseCue", "colour", "denotes", "exclusive", "functional", "membership", "modelLabel"}
_TERMS |= {"nameCue", "roleWord", "statedWording", "status", "statusCue", "tense", "text", "usual", "word", "wording"}
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
    status: str


@dataclass(frozen=True, slots=True)
class Relation:
    """A typed link between entities.

    `functional`: one object per subject at a time; `exclusive`: one subject per object at a time; `membership`: what holds or held is also
    an org:Membership, `role` the IRI of the org:Role that it is; `carries`: the kinds of figures that its facts may state.
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
    carries: tuple[str, ...] = ()
    role: str | None = None

    @property
    def titled(self) -> bool:
        """Whether the title tells posts of the relation apart: its wordings have a slot for it and it is no post by itself."""
        return self.membership and any("[title]" in w.text for w in self.wordings)


@dataclass(frozen=True, slots=True)
class Status:
    """Whether a fact holds; `plain` facts are also asserted as a plain triple.

    `cues` are words beside a claim that tell the status, `clause_cues` words that give it to all that the clause after them states.
    `tense` tells when it held, seen from its document: "past", "present" or "future"; None where it is not said to hold at all.
    The `usual` one is that of claims of which nothing else is said; a status `denies` if it is not said to hold and its cues negate.
    """

    name: str
    labels: Texts
    plain: bool
    cues: tuple[Name, ...]
    tense: str | None = None
    clause_cues: tuple[Name, ...] = ()
    usual: bool = False
    denies: bool = False


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing of the authority file with the names that no text explains, and its IRI if it has one."""

    identifier: str
    cls: str
    names: tuple[Name, ...]
    iri: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Ontology:
    """All that the program knows of its domain; compared and hashed by identity, so that results may be cached per ontology.

    `digest` is that of the Turtle files it was read from, `versions` are the IRIs of what they say to be.
    """

    namespace: str
    classes: Mapping[str, Class]
    relations: Mapping[str, Relation]
    statuses: Mapping[str, Status]
    concepts: tuple[Concept, ...]
    words: Mapping[str, tuple[Name, ...]]
    queries: Mapping[str, str]
    folder: Path
    digest: str = ""
    versions: tuple[str, ...] = ()

    def top(self, cls: str) -> str:
        """Return the top class of a class (itself where it is one)."""
        return (cls, *self.ancestors(cls))[-1]

    def ancestors(self, cls: str) -> tuple[str, ...]:
        """Return the classes above a class, nearest first, the top class last."""
        found: list[str] = []
        level = list(self.classes[cls].parents)
        while level:
            found += [c for c in level if c not in found]
            level = [p for c in level for p in self.classes[c].parents if p not in found]
        return tuple(found)

    def allows(self, classes: Iterable[str], cls: str) -> bool:
        """Whether a thing may stand where some classes are allowed: of one of them, or of their top class, for the finer may be unseen."""
        return any(self.is_a(cls, c) or cls == self.top(c) for c in classes)

    def links(self, relation: Relation, subject: str, other: str) -> bool:
        """Whether a relation can hold between things of two classes."""
        return self.allows(relation.domain, subject) and self.allows(relation.range, other)

    def holders(self) -> frozenset[str]:
        """Return the classes whose members hold offices: people."""
        return frozenset(c for r in self.relations.values() if r.membership for c in r.domain)

    def acting(self) -> frozenset[str]:
        """Return the top classes whose members something is stated of, as the subject of a relation."""
        return frozenset(self.top(c) for r in self.relations.values() for c in r.domain)

    def speakers(self) -> frozenset[str]:
        """Return the classes whose members can speak: those who hold offices, and those at which offices are held."""
        return self.holders() | {c for r in self.relations.values() if r.membership for c in r.range}

    def things(self) -> frozenset[str]:
        """Return the top classes whose members something is stated of, but which do not speak."""
        return self.acting() - set(map(self.top, self.speakers()))

    def prevails(self, told: str, read: str) -> bool:
        """Whether the top class under which the authority file has a name is surer than the one it was read as.

        In annotated news, names that the file has for people, organizations and places were 775 times what it says and 7 times something
        else; but of 24 names of products, 9 meant the organization behind.
        """
        if told == read:
            return False
        return told not in self.things() or read in map(self.top, self.holders())

    def model_labels(self) -> Mapping[str, str]:
        """Return the class that each label of a trained model means."""
        return {label: name for name, c in sorted(self.classes.items()) for label in c.model_labels}

    def successions(self) -> frozenset[str]:
        """Return the relations by which one takes over an office from another: between holders, with a slot for it in their wordings."""
        members = self.holders()
        between = (r for r in self.relations.values() if {*r.domain, *r.range} <= members and not r.symmetric)
        return frozenset(r.name for r in between if any("[title]" in w.text for w in r.wordings))

    def usual(self) -> str:
        """Return the status that a claim has unless something says otherwise."""
        return next(name for name, s in self.statuses.items() if s.usual)

    def over(self) -> str | None:
        """Return the status of what has ended, if there is one."""
        return next((name for name, s in sorted(self.statuses.items()) if s.tense == "past"), None)

    def is_a(self, cls: str, ancestor: str) -> bool:
        """Whether a class is another or lies below it."""
        return cls == ancestor or ancestor in self.ancestors(cls)


def load(folder: str | os.PathLike[str] | None = None) -> Ontology:
    """Read an ontology folder (ours by default), anew where its files changed; raise OntologyError listing all that is wrong with it."""
    place = Path(folder or _own()).resolve()
    turtle = files(place, "*.ttl")
    if not turtle:
        raise OntologyError(f"{place}: no ontology here: there are no .ttl files")
    return _load(place, turtle, files(place, "queries/*.rq"))


def _own() -> Path:
    packaged = Path(__file__).parent / "data" / "ontology"
    return packaged if packaged.is_dir() else Path(__file__).parent.parent / "ontology"


@lru_cache(maxsize=8)
def _load(folder: Path, turtle: tuple[File, ...], queries: tuple[File, ...]) -> Ontology:
    source = read(folder, turtle)
    classes = {c.name: c for c in _classes(source)}
    statuses = {s.name: s for s in _statuses(source)}
    ontology = Ontology(
        namespace=source.namespace,
        classes=classes,
        relations={r.name: r for r in _relations(source, classes, statuses)},
        statuses=statuses,
        concepts=tuple(_concepts(source, classes)),
        words={source.local(w): source.words(w, "word") for w in source.typed(NAMESPACE + "WordList")},
        queries=source.decoded(queries),
        folder=folder,
        digest=hashlib.sha256(repr(turtle).encode()).hexdigest(),
        versions=source.versions(),
    )
    source.check(_TERMS)
    _check_usual(source, statuses)
    if source.errors:
        raise OntologyError(f"{folder}: " + "; ".join(sorted(set(source.errors))))
    return ontology


def _classes(source: Terms) -> Iterator[Class]:
    below = _below(source, NAMESPACE + "Entity", RDFS + "subClassOf", "modelLabel")
    for iri in below:
        parents = [p for p in source.iris(iri, RDFS + "subClassOf") if source.is_own(p)]
        for parent in {*parents} - {NAMESPACE + "Entity", *below}:
            source.error(iri, f"unknown parent class {source.local(parent)}")
        yield Class(
            name=source.local(iri),
            parents=tuple(source.local(p) for p in parents if p in below),
            labels=source.labels(iri),
            comments=source.texts(iri, RDFS + "comment"),
            colour=source.value(iri, NAMESPACE + "colour"),
            model_labels=tuple(sorted(o.value for o in source.objects(iri, NAMESPACE + "modelLabel"))),
            cues=source.words(iri, "nameCue"),
        )


def _below(source: Terms, top: str, predicate: str, mark: str) -> list[str]:
    """Return the IRIs that reach `top` over `predicate`, sorted; report those that reach themselves, or are marked but do not reach it."""
    above = {iri: source.above(iri, predicate) for iri in sorted(source.triples)}
    for iri, reached in above.items():
        if iri in reached and source.is_own(iri):
            source.error(iri, "lies below itself")
        elif top not in reached and source.objects(iri, NAMESPACE + mark):
            source.error(iri, f"has a kgo:{mark}, but is not below kgo:{source.local(top)}: what it says would never be read")
    return [iri for iri, reached in above.items() if top in reached and iri != top]


def _statuses(source: Terms) -> Iterator[Status]:
    lists = (source.words(w, "word") for w in source.typed(NAMESPACE + "WordList") if source.local(w) == "negation")
    negations = {n.text.casefold() for names in lists for n in names}
    for iri in source.typed(NAMESPACE + "Status"):
        plain, cues, governing = source.flag(iri, "assertsPlainTriple"), source.words(iri, "statusCue"), source.words(iri, "clauseCue")
        tense, usual = source.value(iri, NAMESPACE + "tense"), source.flag(iri, "usual")
        denies = tense is None and any(c.text.casefold() in negations for c in cues)
        yield Status(source.local(iri), source.labels(iri), plain, cues, tense, governing, usual, denies)


def _relations(source: Terms, classes: Mapping[str, Class], statuses: Mapping[str, Status]) -> Iterator[Relation]:
    below = _below(source, NAMESPACE + "relatedTo", RDFS + "subPropertyOf", "wording")
    inverses = _inverses(source, below)
    for iri in below:
        inverse = inverses.get(iri)
        yield Relation(
            name=source.local(iri),
            domain=_arguments(source, iri, "domain", classes),
            range=_arguments(source, iri, "range", classes),
            labels=source.labels(iri),
            comments=source.texts(iri, RDFS + "comment"),
            inverse=source.local(inverse) if inverse else None,
            symmetric=OWL + "SymmetricProperty" in source.iris(iri, RDF + "type"),
            functional=source.flag(iri, "functional"),
            exclusive=source.flag(iri, "exclusive"),
            membership=source.flag(iri, "membership"),
            wordings=tuple(sorted(_wordings(source, iri, statuses), key=lambda w: (w.language, w.status, w.text))),
            roles=source.words(iri, "roleWord"),
            inverse_labels=source.labels(inverse) if inverse else {},
            carries=tuple(source.local(q) for q in source.iris(iri, NAMESPACE + "carries")),
            role=next((r for r in filter(absolute, source.typed(ORG + "Role")) if iri in source.iris(r, ORG + "roleProperty")), None),
        )


def _inverses(source: Terms, relations: list[str]) -> dict[str, str]:
    pairs = [(i, r) for i in sorted(source.triples) if source.is_own(i) for r in source.iris(i, OWL + "inverseOf")]
    for inverse, relation in pairs:
        if relation not in relations:
            source.error(inverse, f"is the inverse of an unknown relation {source.local(relation)}")
    return {relation: inverse for inverse, relation in pairs}


def _arguments(source: Terms, iri: str, side: str, classes: Mapping[str, Class]) -> tuple[str, ...]:
    names = [source.local(c) for node in source.objects(iri, RDFS + side) for c in source.members(node)]
    if not names:
        source.error(iri, f"has no {side}")
    for name in {*names} - classes.keys():
        source.error(iri, f"unknown {side} class {name}")
    return tuple(names)


def _wordings(source: Terms, iri: str, statuses: Mapping[str, Status]) -> Iterator[Wording]:
    stated = [(next((s.name for s in statuses.values() if s.usual), ""), source.words(iri, "wording"))]
    for node in source.objects(iri, NAMESPACE + "statedWording"):
        source.files[node.value] = source.files[iri]
        status = source.local(source.value(node.value, NAMESPACE + "status") or "")
        if status not in statuses:
            source.error(iri, f"a stated wording has the unknown status {status or '(none)'}")
        stated.append((status, source.words(node.value, "text")))
    for status, name in ((s, n) for s, names in stated for n in names):
        _check_slots(source, iri, name.text)
        yield Wording(source.local(iri), name.text, name.language, status)


def _check_slots(source: Terms, iri: str, text: str) -> None:
    slots = _SLOT.findall(text)
    for slot in (s for s in SLOTS[:2] if slots.count(s) != 1):
        source.error(iri, f'wording "{text}" needs [{slot}] once')
    for slot in sorted(set(slots) - set(SLOTS)):
        source.error(iri, f'wording "{text}" has the unknown slot [{slot}]')


def _concepts(source: Terms, classes: Mapping[str, Class]) -> Iterator[Concept]:
    for iri in source.typed(SKOS + "Concept"):
        names = [*source.tagged(iri, SKOS + "prefLabel"), *source.tagged(iri, SKOS + "altLabel")]
        cls = source.local(source.value(iri, NAMESPACE + "denotes") or "")
        if not names:
            source.error(iri, "has no skos:prefLabel")
        if cls not in classes:
            source.error(iri, f"denotes the unknown class {cls or '(none)'}")
        yield Concept(source.local(iri), cls, tuple(dict.fromkeys(names)), absolute(iri))


def _check_usual(source: Terms, statuses: Mapping[str, Status]) -> None:
    """Report an ontology in which not exactly one status is marked as the usual one."""
    marked = sorted(s.name for s in statuses.values() if s.usual)
    if len(marked) != 1:
        source.errors.append(f"exactly one status must be marked with kgo:usual true: {', '.join(marked) or 'none'} is")
