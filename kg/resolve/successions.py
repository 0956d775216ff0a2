"""Facts in, facts out with the ends that are entailed: who takes over a post ends the term of the one before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from kg.dates import bounds
from kg.model import Fact, Period, Span
from kg.ontology import Ontology
from kg.resolve.statuses import Stated

INFERRED, LIKELY = "end", 0.5

Starting = Mapping[tuple[str, str, str, str], frozenset[Span]]
Issued = Mapping[str, str | None]


def ended(facts: Iterable[Fact], starting: Starting, issued: Issued, ontology: Ontology) -> tuple[Fact, ...]:
    """Give a predecessor's post the day on which the successor's begins, marked as inferred.

    Only a post held by one at a time ends so, and only where the text gives no end of its own, no document says later that it is held, and
    the succession and the successor's post are together more likely than not. Such an end is as sure as both together; it rests on the
    passages that state the succession and those of `starting` that state the successor's start. `issued` gives the dates of the documents.
    """
    facts = tuple(facts)
    starts = _starts(facts, ontology)
    held = {f: _last(f.evidence, issued) if _holds(f, ontology) else None for f in facts}
    return tuple(_ended(f, held[f], starts.get((f.subject, f.predicate, f.object), ()), starting) for f in facts)


def left(stated: Iterable[Stated], ended: Iterable[Fact], issued: Issued, ontology: Ontology) -> tuple[Stated, ...]:
    """Give claims the status of what has ended where they state a post whose inferred end is no later than the documents that tell it."""
    over, gone = ontology.over(), dict[tuple[str, str, str], set[Span]]()
    for f in ended:
        told = _last(f.end_evidence, issued)
        if over and f.inferred and _holds(f, ontology) and told and f.end_bounds and f.end_bounds[0] <= told:
            gone.setdefault((f.subject, f.predicate, f.object), set()).update(f.evidence)
    return tuple(
        replace(s, claim=replace(s.claim, status=over))
        if over and ontology.statuses[s.claim.status].plain and s.claim.evidence in gone.get((s.subject, s.claim.predicate, s.object), ())
        else s
        for s in stated
    )


def _last(evidence: Iterable[Span], issued: Issued) -> str | None:
    """The last day that a document of some passages may be of."""
    return max((days[1] for s in evidence if (days := bounds(issued.get(s.document)))), default=None)


def _starts(facts: tuple[Fact, ...], ontology: Ontology) -> dict[tuple[str, str, str], tuple[tuple[Fact, Fact], ...]]:
    """Map every post that someone took over, by its former holder, to the successors' posts and successions."""
    held: dict[str, list[Fact]] = defaultdict(list)
    for f in facts:
        relation = ontology.relations.get(f.predicate)
        if relation and relation.exclusive and _holds(f, ontology):
            held[f.subject].append(f)
    found: dict[tuple[str, str, str], list[tuple[Fact, Fact]]] = defaultdict(list)
    handing = ontology.successions()
    for succession in (f for f in facts if f.predicate in handing and _holds(f, ontology)):
        for f in held[succession.subject]:
            if f.period.start and f.confidence * succession.confidence > LIKELY:
                found[succession.object, f.predicate, f.object].append((f, succession))
    return {k: tuple(sorted(v, key=lambda p: (p[0].period.start or "", p[0].identifier, p[1].identifier))) for k, v in found.items()}


def _holds(fact: Fact, ontology: Ontology) -> bool:
    status = ontology.statuses.get(fact.status)
    return bool(status and status.plain)


def _ended(fact: Fact, held: str | None, successors: tuple[tuple[Fact, Fact], ...], starting: Starting) -> Fact:
    if fact.period.end:
        return fact
    later = [(s, t) for s, t in successors if not fact.period.start or (s.period.start or "") >= fact.period.start]
    later = [(s, t) for s, t in later if not (held and s.start_bounds and s.start_bounds[1] < held)]
    if not later:
        return fact
    post, succession = later[0]
    end = post.period.start or ""
    started = starting.get((post.subject, post.predicate, post.object, end), post.evidence)
    return replace(
        fact,
        period=Period(fact.period.start, end),
        end_bounds=bounds(end),
        inferred=(INFERRED,),
        end_confidence=round(post.confidence * succession.confidence, 4),
        end_evidence=tuple(sorted({*started, *succession.evidence})),
    )
