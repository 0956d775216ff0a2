"""Readings in, Profiles out: what all documents say of things taken to be one, in the shape in which they are compared."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import log2

from kg.model import Span
from kg.ontology import Relation
from kg.resolve.names import Form, Kind, Words
from kg.resolve.namings import Naming
from kg.resolve.things import Reading, Thing, telling

MOST_FORMS = 6


@dataclass(frozen=True, slots=True)
class Anchor:
    """A relation that tells things apart: which, to what, in which status, said when and where."""

    predicate: str
    target: str
    status: str
    issued: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Mark:
    """What tells an organization from its namesakes: in which relation to which thing, by its number, said where."""

    predicate: str
    thing: int
    span: Span


@dataclass(slots=True)
class Corpus:
    """All readings with their things numbered through; `names` gives what a thing is called or, once resolved, its number.

    `marks` tell of organizations who began them and where they have their seat, where a document says so.
    """

    readings: tuple[Reading, ...]
    words: Words
    things: list[tuple[int, int]] = field(default_factory=list)
    first: list[int] = field(default_factory=list)
    namings: list[Naming] = field(default_factory=list)
    first_naming: list[int] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    anchors: dict[int, list[Anchor]] = field(default_factory=lambda: defaultdict(list))
    marks: dict[int, list[Mark]] = field(default_factory=lambda: defaultdict(list))
    related: set[tuple[int, int]] = field(default_factory=set)
    around: list[frozenset[str]] = field(default_factory=list)
    frequency: Counter[str] = field(default_factory=Counter)

    def thing(self, number: int) -> Thing:
        """Return a thing by its number."""
        reading, local = self.things[number]
        return self.readings[reading].things[local]

    def members(self, number: int) -> tuple[int, ...]:
        """Return the numbers of a thing's namings, as numbered through all documents."""
        reading, local = self.things[number]
        return tuple(self.first_naming[reading] + m for m in self.readings[reading].things[local].members)

    def reading(self, number: int) -> int:
        """Return the number of the reading a thing is in."""
        return self.things[number][0]

    def span(self, number: int) -> Span:
        """Return where a thing is first named."""
        return self.namings[self.members(number)[0]].spans[0]

    def rarity(self, name: str) -> float:
        """Weigh a neighbour: one that few documents name says more."""
        return 1 / (1 + log2(max(1, self.frequency[name])))


def corpus(readings: Sequence[Reading], words: Words) -> Corpus:
    """Number the things of all readings through and gather what each document says of them."""
    made = Corpus(tuple(readings), words)
    for r, reading in enumerate(readings):
        made.first.append(len(made.things))
        made.first_naming.append(len(made.namings))
        made.namings += reading.namings
        made.things += [(r, n) for n in range(len(reading.things))]
        made.names += [(t.full or t.forms)[0].key for t in reading.things]
        made.around.append(frozenset(f.key for t in reading.things for f in t.full))
        made.frequency.update(made.around[-1])
    for r, reading in enumerate(readings):
        _relate(made, made.first[r], reading)
    return made


def begins(relation: Relation, words: Words) -> bool:
    """Whether a relation is a role of people in organizations that nobody gives up: who began them."""
    return _between(relation, words, Kind.PERSON, Kind.ORGANIZATION) and bool(relation.roles) and not relation.membership


def seats(relation: Relation, words: Words) -> bool:
    """Whether a relation is of organizations to what neither acts nor is an organization: where they have their seat."""
    return _between(relation, words, Kind.ORGANIZATION, Kind.OTHER)


def _between(relation: Relation, words: Words, subject: Kind, other: Kind) -> bool:
    sides = ((relation.domain, subject), (relation.range, other))
    return all(words.kind(words.ontology.top(c)) is kind for classes, kind in sides for c in classes)


def _relate(made: Corpus, first: int, reading: Reading) -> None:
    for s in reading.statements:
        relation = made.words.ontology.relations.get(s.claim.predicate)
        if relation is None or s.subject == s.object:
            continue
        subject, object_ = first + s.subject, first + s.object
        made.related |= {(subject, object_), (object_, subject)}
        begun, seated = begins(relation, made.words), seats(relation, made.words)
        if begun:
            made.marks[object_].append(Mark(relation.name, subject, s.claim.evidence))
        if seated:
            made.marks[subject].append(Mark(relation.name, object_, s.claim.evidence))
        elif relation.functional or relation.membership or begun:
            made.anchors[subject].append(Anchor(relation.name, str(object_), s.claim.status, reading.document.issued, s.claim.evidence))


@dataclass(frozen=True)
class Profile:
    """Things of several documents that are taken to be one, as they are compared with others."""

    number: int
    type: str
    kind: Kind
    things: tuple[int, ...]
    corpus: Corpus

    @cached_property
    def forms(self) -> tuple[Form, ...]:
        """The names most documents use, full ones before mere surnames."""
        count: Counter[Form] = Counter()
        for n in self.things:
            count.update(self.corpus.thing(n).forms)
        return tuple(sorted(count, key=lambda f: (f.bare, -count[f], f.text))[:MOST_FORMS])

    @cached_property
    def full(self) -> tuple[Form, ...]:
        """The names that are no mere surnames or given names; any names where there are no others."""
        return tuple(f for f in self.forms if not f.bare) or self.forms

    @cached_property
    def telling(self) -> tuple[Form, ...]:
        """The full names that are short forms of no others of them."""
        return telling(self.full)

    @cached_property
    def marks(self) -> tuple[Mark, ...]:
        """What tells it from its namesakes."""
        return tuple(m for n in self.things for m in self.corpus.marks.get(n, ()))

    @cached_property
    def readings(self) -> frozenset[int]:
        """The readings that name it."""
        return frozenset(self.corpus.reading(n) for n in self.things)

    @cached_property
    def neighbours(self) -> frozenset[str]:
        """What else these documents name."""
        found = frozenset[str]().union(*(self.corpus.around[r] for r in self.readings))
        return found - {f.key for f in self.forms}

    @cached_property
    def concepts(self) -> frozenset[str]:
        """The things of the authority file that bear one of its names."""
        return frozenset[str]().union(*(self.corpus.words.concepts(f, self.type) for f in self.full))

    @cached_property
    def anchors(self) -> tuple[Anchor, ...]:
        """What ties it to others, targets by name."""
        return tuple(resolved(self.corpus, self.things))

    @cached_property
    def ties(self) -> frozenset[str]:
        """The names of what it is tied to."""
        tied = (self.corpus.thing(int(a.target)) for n in self.things for a in self.corpus.anchors.get(n, ()))
        return frozenset(f.key for thing in tied for f in thing.forms)

    @cached_property
    def targets(self) -> frozenset[str]:
        """To what it is tied."""
        return frozenset(a.target for a in self.anchors)


def resolved(corpus: Corpus, things: Iterable[int]) -> Iterator[Anchor]:
    """Yield the anchors of things with their targets by name."""
    for n in things:
        for a in corpus.anchors.get(n, ()):
            yield Anchor(a.predicate, corpus.names[int(a.target)], a.status, a.issued, a.span)
