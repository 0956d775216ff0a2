"""Readings in, readings out in which one name has one type, that which most documents give it, unless a claim would be lost by it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from kg.resolve.names import Form, Kind, Words
from kg.resolve.namings import Naming
from kg.resolve.things import Reading, Thing

DOCUMENT = 1000  # what a document weighs against a mention
CLEAR = 2  # how many times as many documents outweigh a document that takes a person for a thing, or a thing for a person

Votes = Mapping[str, Counter[str]]


def agreed(readings: Sequence[Reading], words: Words) -> tuple[Reading, ...]:
    """Give a thing the type that the documents which use its names give them; the authority file counts as one more document."""
    votes = _votes(readings, words)
    return tuple(_agreed(r, votes, words) for r in readings)


def _votes(readings: Iterable[Reading], words: Words) -> Votes:
    """Count the documents, and little more than nothing for each mention, that give names a type; names of one type are left out."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    texts: dict[str, str] = {}
    for reading in readings:
        for key, cls in sorted({(_key(f), t.type) for t in reading.things for f in t.forms}):
            found[key][cls] += DOCUMENT
        for naming in reading.namings:
            found[_key(naming.form)][naming.type] += len(naming.spans)
        texts |= {_key(f): f.text for t in reading.things for f in t.forms}
    disputed = {key: votes for key, votes in found.items() if len(votes) > 1}
    for key, votes in disputed.items():
        if told := words.told(texts[key]):
            votes[told] += DOCUMENT
    return disputed


def _key(form: Form) -> str:
    """What one name has in common however names of its kind are cut."""
    return "".join(form.whole)


def _agreed(reading: Reading, votes: Votes, words: Words) -> Reading:
    needed = _needed(reading, words)
    types = [_type(t, votes, words, needed[n]) for n, t in enumerate(reading.things)]
    if all(t.type == cls for t, cls in zip(reading.things, types, strict=True)):
        return reading
    namings, things = list(reading.namings), list(reading.things)
    for n, (thing, cls) in enumerate(zip(reading.things, types, strict=True)):
        if cls != thing.type:
            for m in thing.members:
                namings[m] = _typed(namings[m], cls, words)
            forms = tuple(words.form(f.text, words.kind(cls)) for f in thing.forms)
            things[n] = Thing(cls, thing.members, forms)
    return replace(reading, namings=tuple(namings), things=tuple(things))


def _needed(reading: Reading, words: Words) -> Mapping[int, list[tuple[str, ...]]]:
    """The classes that each claim of a thing allows it, where its type fits: another type could lose the claim."""
    needed: dict[int, list[tuple[str, ...]]] = defaultdict(list)
    for s in reading.statements:
        relation = words.ontology.relations.get(s.claim.predicate)
        for thing, allowed in ((s.subject, relation.domain), (s.object, relation.range)) if relation else ():
            if words.ontology.allows(allowed, reading.things[thing].type):
                needed[thing].append(allowed)
    return needed


def _typed(naming: Naming, cls: str, words: Words) -> Naming:
    return replace(naming, type=cls, form=words.form(naming.text, words.kind(cls)))


def _type(thing: Thing, votes: Votes, words: Words, needed: Iterable[tuple[str, ...]]) -> str:
    """The type that a thing's names have in most documents; its own where its claims need it, or where it is near."""
    counted: Counter[str] = Counter()
    for key in sorted({_key(f) for f in thing.forms}):
        counted.update(votes.get(key, {}))
    if not counted:
        return thing.type
    best = max(sorted(counted), key=lambda cls: counted[cls])
    across = (words.kind(best) is Kind.PERSON) != (words.kind(thing.type) is Kind.PERSON)
    full = across and any(not f.bare and len(f.tokens) > 1 for f in thing.forms)
    more = counted[best] >= CLEAR * counted[thing.type] if across else counted[best] > counted[thing.type]
    return best if more and not full and all(words.ontology.allows(allowed, best) for allowed in needed) else thing.type
