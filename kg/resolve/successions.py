"""Facts in, facts out with the ends that are entailed: who takes over a post ends the term of the one before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.model import Fact, Period, Span
from kg.ontology import Ontology, Relation
from kg.resolve.periods import bounds

INFERRED = "end"


def ended(facts: Iterable[Fact], ontology: Ontology) -> tuple[Fact, ...]:
    """Give a predecessor's post the day on which the successor's begins, marked as inferred.

    Only a post held by one at a time ends so, and only where the text gives no end of its own. The successor's passages that lie in
    the same documents become evidence too.
    """
    facts = tuple(facts)
    starts = _starts(facts, ontology)
    return tuple(_ended(f, starts.get((f.subject, f.predicate, f.object), ())) for f in facts)


def _starts(facts: tuple[Fact, ...], ontology: Ontology) -> dict[tuple[str, str, str], tuple[Fact, ...]]:
    """Map every post that someone took over, by its former holder, to the successors' facts."""
    held: dict[str, list[Fact]] = defaultdict(list)
    for f in facts:
        relation = ontology.relations.get(f.predicate)
        if relation and relation.exclusive and _holds(f, ontology):
            held[f.subject].append(f)
    found: dict[tuple[str, str, str], list[Fact]] = defaultdict(list)
    for predecessor, successor in _successions(facts, ontology):
        for f in held[successor]:
            if f.period.start:
                found[predecessor, f.predicate, f.object].append(f)
    return {k: tuple(sorted(v, key=lambda f: (f.period.start or "", f.identifier))) for k, v in found.items()}


def _holds(fact: Fact, ontology: Ontology) -> bool:
    status = ontology.statuses.get(fact.status)
    return bool(status and status.plain)


def _successions(facts: tuple[Fact, ...], ontology: Ontology) -> Iterator[tuple[str, str]]:
    for f in facts:
        relation = ontology.relations.get(f.predicate)
        if relation and _succession(relation, ontology) and _holds(f, ontology):
            yield f.object, f.subject


def _succession(relation: Relation, ontology: Ontology) -> bool:
    """Whether a relation links a holder of posts to another: from members to members, with a slot for the post in its wordings."""
    members = {c for r in ontology.relations.values() if r.membership for c in r.domain}
    between = {*relation.domain, *relation.range} <= members
    return between and not relation.symmetric and any("[title]" in w.text for w in relation.wordings)


def _ended(fact: Fact, successors: tuple[Fact, ...]) -> Fact:
    if fact.period.end or not successors:
        return fact
    later = [s for s in successors if not fact.period.start or (s.period.start or "") >= fact.period.start]
    if not later:
        return fact
    end = later[0].period.start
    documents = {s.document for s in fact.evidence}
    added = {s for s in later[0].evidence if s.document in documents}
    return replace(
        fact,
        period=Period(fact.period.start, end),
        end_bounds=bounds(end),
        evidence=_spans(fact.evidence, added),
        inferred=(INFERRED,),
    )


def _spans(evidence: tuple[Span, ...], added: set[Span]) -> tuple[Span, ...]:
    return tuple(sorted({*evidence, *added}))
