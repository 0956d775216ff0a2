"""Extractions of all documents in, one Resolution out: mentions become entities, claims become facts, utterances become quotations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kg.model import Extraction, Resolution
from kg.ontology import Ontology
from kg.resolve.entities import Group, entities
from kg.resolve.facts import Stated, facts
from kg.resolve.identity import Identity, identify
from kg.resolve.names import Words
from kg.resolve.quotations import quotations
from kg.resolve.things import Reading, read

__all__ = ["resolve"]


def resolve(extractions: Iterable[Extraction], ontology: Ontology) -> Resolution:
    """Resolve a set of extractions: their order and repetitions make no difference."""
    words = Words(ontology)
    identity = identify(readings(extractions, words), words)
    found = entities(tuple(_groups(identity)), words, {r.document.identifier: r.document.text for r in identity.corpus.readings})
    names = {n: e.identifier for e, group in zip(found, identity.groups, strict=True) for n in group}
    types = {e.identifier: e.classes[0] for e in found}
    stated = (s for n, r in enumerate(identity.corpus.readings) for s in _stated(r, identity.corpus.first[n], names))
    spoken = ((names[first + t], u) for first, r in zip(identity.corpus.first, identity.corpus.readings, strict=True) for t, u in r.utterances)
    return Resolution(tuple(sorted(found, key=lambda e: e.identifier)), facts(stated, types, ontology), quotations(spoken))


def readings(extractions: Iterable[Extraction], words: Words) -> Sequence[Reading]:
    """Resolve each document by itself, in order of their identifiers."""
    documents = {e.document.identifier: e for e in sorted(extractions, key=lambda e: (e.document.identifier, e.document.sha256))}
    return tuple(read(e, words) for _, e in sorted(documents.items()))


def _groups(identity: Identity) -> Iterator[Group]:
    corpus = identity.corpus
    quantities = {}
    for r, reading in enumerate(corpus.readings):
        for thing, quantity in reading.quantities:
            quantities.setdefault(corpus.first[r] + thing, []).append(quantity)
    for group in identity.groups:
        namings = [corpus.readings[corpus.reading(n)].namings[m] for n in group for m in corpus.thing(n).members]
        yield Group(corpus.thing(group[0]).type, tuple(namings), tuple(q for n in group for q in quantities.get(n, ())))


def _stated(reading: Reading, first: int, names: dict[int, str]) -> Iterator[Stated]:
    for s in reading.statements:
        speaker = None if s.speaker is None else names[first + s.speaker]
        yield Stated(s.claim, names[first + s.subject], names[first + s.object], speaker, reading.document.language or "und")
