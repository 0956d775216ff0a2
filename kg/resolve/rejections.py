"""Judgements in, what they call wrong out: facts that shall not have been stated, and things that are none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.model import Issue
from kg.ontology import Ontology
from kg.resolve.judgements import FILE, WRONG, Spoken
from kg.resolve.statuses import Stated

ANY = ""  # whatever the relation
Triple = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Rejections:
    """The judgements that call something wrong, with the facts (subject, relation or ANY, object) or entities that each means."""

    facts: Mapping[Spoken, frozenset[Triple]]
    things: Mapping[Spoken, frozenset[str]]

    def entities(self) -> frozenset[str]:
        """Give the identifiers of what is no thing."""
        return frozenset[str]().union(*self.things.values())

    def accepted(self, stated: Iterable[Stated]) -> Iterator[Stated]:
        """Yield the claims that nobody called wrong, neither themselves nor what they are about; who is no thing states nothing."""
        entities, facts = self.entities(), frozenset[Triple]().union(*self.facts.values())
        for s in stated:
            if facts.isdisjoint(_triples(s)) and entities.isdisjoint((s.subject, s.object)):
                yield replace(s, speaker=None) if s.speaker in entities else s

    def unheeded(self, stated: Sequence[Stated]) -> Iterator[Issue]:
        """Yield an issue for each judgement on what no document names or states."""
        said = frozenset(t for s in stated for t in _triples(s)) if self.facts else frozenset[Triple]()
        for spoken, meant in (*self.facts.items(), *self.things.items()):
            j = spoken.judgement
            unknown = [told for told, found in ((j.first, spoken.first), (j.second, spoken.second)) if told and not found]
            if unknown:
                yield Issue(FILE, f"{j.told()}: had no effect: no document names {' or '.join(unknown)}")
            elif j.second and said.isdisjoint(meant):
                yield Issue(FILE, f"{j.told()}: had no effect: no document says so")


def rejections(judgements: Iterable[Spoken], owners: Mapping[int, str], ontology: Ontology) -> Rejections:
    """Find what judgements call wrong; `owners` maps each naming to its entity."""
    facts: dict[Spoken, frozenset[Triple]] = {}
    things: dict[Spoken, frozenset[str]] = {}
    for spoken in judgements:
        j = spoken.judgement
        first, second = (frozenset(owners[n] for n in side) for side in (spoken.first, spoken.second))
        if j.kind == WRONG and j.second:
            known = ontology.relations.get(j.relation)
            both = not j.relation or (known is not None and known.symmetric)
            pairs = {(s, o) for s in first for o in second} | {(o, s) for s in first for o in second if both}
            facts[spoken] = frozenset((s, j.relation, o) for s, o in pairs)
        elif j.kind == WRONG:
            things[spoken] = first
    return Rejections(facts, things)


def _triples(stated: Stated) -> tuple[Triple, Triple]:
    return (stated.subject, stated.claim.predicate, stated.object), (stated.subject, ANY, stated.object)
