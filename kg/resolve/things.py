"""One extraction in, a Reading out: what the document alone takes for one thing, and its claims between such things."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.model import Claim, Document, Extraction, Quantity, Span, Utterance
from kg.resolve.clusters import cluster
from kg.resolve.evidence import Link
from kg.resolve.likeness import Likeness, likeness
from kg.resolve.names import Form, Kind, Words
from kg.resolve.namings import Naming, namings
from kg.resolve.within import links


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing in one document: `members` number its namings, `forms` are its distinct names, commonest first."""

    type: str
    members: tuple[int, ...]
    forms: tuple[Form, ...]

    @property
    def full(self) -> tuple[Form, ...]:
        """Its names that are no mere surnames or given names."""
        return tuple(f for f in self.forms if not f.bare)

    @property
    def telling(self) -> tuple[Form, ...]:
        """Its full names but for short forms of others of them."""
        return telling(self.full)


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim between two things of a document, given by number; `speaker` is the one who says so."""

    claim: Claim
    subject: int
    object: int
    speaker: int | None


@dataclass(frozen=True, slots=True)
class Reading:
    """A document as resolved by itself."""

    document: Document
    namings: tuple[Naming, ...]
    links: tuple[Link, ...]
    things: tuple[Thing, ...]
    statements: tuple[Statement, ...]
    utterances: tuple[tuple[int, Utterance], ...]
    quantities: tuple[tuple[int, Quantity], ...]


def telling(forms: Sequence[Form]) -> tuple[Form, ...]:
    """Give the names that are short forms of no others of them, neither acronyms nor what a firm's name begins with: they tell more."""
    spelled = tuple(f for f in forms if not any(len(g.key) > len(f.key) and likeness(f, g) is Likeness.ACRONYM for g in forms))
    return tuple(f for f in spelled if not any(_short(f, g) for g in spelled))


def _short(form: Form, other: Form) -> bool:
    """Whether a firm's name without a legal form begins another, or is another without it."""
    if form.kind is not Kind.ORGANIZATION or form.legal:
        return False
    how = likeness(form, other)
    return (how is Likeness.BEGINNING and len(form.key) < len(other.key)) or (how is Likeness.LEGAL and other.legal)


def distinct(extractions: Iterable[Extraction]) -> Iterator[Extraction]:
    """Yield one extraction for each document, in order of their identifiers."""
    documents = {e.document.identifier: e for e in sorted(extractions, key=lambda e: (e.document.identifier, e.document.sha256))}
    yield from documents.values()


def read(extraction: Extraction, words: Words, different: Iterable[tuple[Span, Span]] = ()) -> Reading:
    """Resolve a document by itself. Claims of chains that nothing names are left out; pairs of places may part a chain."""
    named = namings(extraction, words, different)
    linked = links(named, extraction, words)
    things = tuple(_thing(members, named) for members in cluster(len(named), linked))
    finder = _Finder(extraction.document.text, named, things)
    statements = (finder.statement(c) for c in sorted(extraction.claims, key=_claim_order))
    utterances = ((finder.thing(u.speaker, u.span), u) for u in sorted(extraction.utterances, key=lambda u: (u.span, u.speaker, u.text)))
    quantities = ((finder.thing(chain, q.span), q) for chain, q in sorted(extraction.quantities, key=lambda pair: (pair[0], pair[1].span)))
    return Reading(
        document=extraction.document,
        namings=named,
        links=linked,
        things=things,
        statements=tuple(s for s in statements if s),
        utterances=tuple((t, u) for t, u in utterances if t is not None),
        quantities=tuple((t, q) for t, q in quantities if t is not None),
    )


def _claim_order(claim: Claim) -> tuple[object, ...]:
    return claim.evidence, claim.predicate, claim.subject, claim.object, claim.status, claim.title or "", claim.confidence, claim.method


def _thing(members: tuple[int, ...], named: tuple[Naming, ...]) -> Thing:
    mentions: Counter[Form] = Counter()
    for n in members:
        mentions[named[n].form] += len(named[n].spans)
    forms = sorted(mentions, key=lambda f: (-mentions[f], f.text, f.kind))
    return Thing(typed(named[n] for n in members), members, tuple(forms))


def typed(namings: Iterable[Naming]) -> str:
    """Return the type of most mentions."""
    votes: Counter[str] = Counter()
    for naming in namings:
        votes[naming.type] += len(naming.spans)
    return max(sorted(votes), key=lambda t: votes[t])


class _Finder:
    """Finds the thing that a chain is at a place: chains may have been cut in two."""

    def __init__(self, text: str, named: tuple[Naming, ...], things: Iterable[Thing]) -> None:
        self._text = text
        self._things: dict[int, dict[int, tuple[Span, ...]]] = defaultdict(dict)
        for number, thing in enumerate(things):
            for n in thing.members:
                chain = self._things[named[n].chain]
                chain[number] = chain.get(number, ()) + named[n].spans

    def thing(self, chain: int | None, place: Span, near: int = 0) -> int | None:
        """Return the thing whose mention lies in a place, of several there that nearest to a character; else nearest to the place."""
        found = self._things.get(chain, {}) if chain is not None else {}
        if len(found) < 2:
            return next(iter(found), None)
        return min(sorted(found), key=lambda n: min((_distance(s, place), abs(s.start - near)) for s in found[n]))

    def statement(self, claim: Claim) -> Statement | None:
        """Put a claim between things."""
        titled = self._text.find(claim.title, claim.evidence.start, claim.evidence.end) if claim.title else -1
        subject = self.thing(claim.subject, claim.evidence, max(titled, claim.evidence.start))
        object_ = self.thing(claim.object, claim.evidence)
        if subject is None or object_ is None:
            return None
        return Statement(claim, subject, object_, self.thing(claim.asserted_by, claim.evidence))


def _distance(span: Span, place: Span) -> int:
    return max(place.start - span.start, span.end - place.end, 0)
