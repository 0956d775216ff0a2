"""Extractions of all documents in, one Resolution out: mentions become entities, claims become facts, utterances become quotations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg.model import Extraction, Fact, Quantity, Resolution, Span, Utterance
from kg.ontology import Ontology
from kg.resolve.conflicts import marked
from kg.resolve.entities import Group, entities
from kg.resolve.facts import facts, starting
from kg.resolve.identity import Identity, identify
from kg.resolve.judgements import Judgement, parting, unheeded
from kg.resolve.names import Words
from kg.resolve.places import within
from kg.resolve.quotations import quotations
from kg.resolve.rejections import rejections
from kg.resolve.statuses import Stated
from kg.resolve.successions import ended, left, settled
from kg.resolve.things import distinct, read, typed

__all__ = ["Judgement", "resolve"]


def resolve(extractions: Iterable[Extraction], ontology: Ontology, judgements: Sequence[Judgement] = ()) -> Resolution:
    """Resolve a set of extractions: their order and repetitions make no difference. Judgements made by hand come before evidence."""
    words, apart = Words(ontology), parting(judgements)
    readings = tuple(read(e, words, apart.get(e.document.identifier, ())) for e in distinct(extractions))
    identity = identify(readings, words, judgements)
    documents = {r.document.identifier: r.document for r in identity.corpus.readings}
    groups = tuple(_groups(identity))
    texts = {i: d.text for i, d in documents.items()}
    found = entities(groups, words, texts)
    types = {e.identifier: e.classes[0] for e in found}
    owners = _Owners(identity, tuple(e.identifier for e in found), frozenset(i for i, t in types.items() if words.speaks(t)))
    issued = {i: d.issued for i, d in documents.items()}
    stated, wrong = tuple(owners.stated()), rejections(identity.judgements, owners.entities, ontology)
    merged = _facts(tuple(wrong.accepted(stated)), types, issued, ontology)
    none = wrong.entities()
    places = {e.identifier: e for e in found}
    return Resolution(
        entities=tuple(sorted((e for e in found if e.identifier not in none), key=lambda e: e.identifier)),
        facts=marked(merged, ontology, issued, lambda one, other: within(places[one], places[other], texts, ontology)),
        quotations=quotations((who, words) for who, words in owners.spoken() if who not in none),
        issues=(*unheeded(identity.groups, identity.judgements), *wrong.unheeded(stated)),
    )


def _facts(stated: tuple[Stated, ...], types: Mapping[str, str], issued: Mapping[str, str | None], ontology: Ontology) -> tuple[Fact, ...]:
    """Make facts of claims, once more where a succession tells that it has come, or that what they say is over."""
    starts, merged = starting(stated), facts(stated, types, ontology)
    for told in (settled, left):
        known = told(stated, merged, issued, ontology)
        merged = merged if known == stated else facts(known, types, ontology)
        merged, stated = ended(merged, starts, issued, ontology), known
    return merged


class _Owners:
    """Tells which entity a thing of a document is: at a place, for judgements may have cut it in two.

    `entities` maps the number of each naming to an identifier.
    """

    def __init__(self, identity: Identity, identifiers: Sequence[str], speaking: frozenset[str]) -> None:
        self._corpus = identity.corpus
        self._speaking = speaking
        self.entities = {n: identifiers[g] for n, g in identity.owners().items()}

    def at(self, reading: int, thing: int, place: Span) -> str:
        """Return the entity whose mention is nearest to a place."""
        members = self._corpus.members(self._corpus.first[reading] + thing)
        if len({self.entities[m] for m in members}) == 1:
            return self.entities[members[0]]
        return self.entities[min(members, key=lambda m: min(abs(s.start - place.start) for s in self._corpus.namings[m].spans))]

    def stated(self) -> Iterator[Stated]:
        """Yield the claims of all documents between entities."""
        for n, reading in enumerate(self._corpus.readings):
            for s in reading.statements:
                place = s.claim.evidence
                who = None if s.speaker is None else self.at(n, s.speaker, place)
                speaker = who if who in self._speaking else None
                subject, other = self.at(n, s.subject, place), self.at(n, s.object, place)
                words = " ".join(reading.document.text[place.start : place.end].casefold().split())
                yield Stated(s.claim, subject, other, speaker, reading.document.language or "und", words, reading.document.issued)

    def spoken(self) -> Iterator[tuple[str, Utterance]]:
        """Yield the utterances of all documents with the entities that speak them; things that cannot speak say nothing."""
        for n, reading in enumerate(self._corpus.readings):
            for thing, utterance in reading.utterances:
                who = self.at(n, thing, utterance.span)
                if who in self._speaking:
                    yield who, utterance


def _groups(identity: Identity) -> Iterator[Group]:
    corpus, owners = identity.corpus, identity.owners()
    quantities: dict[int, list[Quantity]] = defaultdict(list)
    for r, reading in enumerate(corpus.readings):
        for thing, quantity in reading.quantities:
            quantities[owners[corpus.members(corpus.first[r] + thing)[0]]].append(quantity)
    for g, group in enumerate(identity.groups):
        namings = tuple(corpus.namings[n] for n in group)
        yield Group(typed(namings), namings, tuple(quantities[g]))
