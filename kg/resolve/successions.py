"""Facts in, facts out with the ends that are entailed: who takes over a post ends the term of the one before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product

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


def settled(stated: Iterable[Stated], facts: Iterable[Fact], issued: Issued, ontology: Ontology) -> tuple[Stated, ...]:
    """Give claims the status that a later document leaves them which says that a successor holds or held the post.

    The succession, if it was ahead, has come; and the predecessor's post there is over, unless a document as late says that it is held.
    """
    over, usual, told = ontology.over(), ontology.usual(), dict[tuple[str, str, str, Span], str]()
    for succession, earlier, later in _handed(facts, issued, ontology):
        if not _holds(succession, ontology):
            told |= {(succession.subject, succession.predicate, succession.object, e): usual for e in succession.evidence}
        if over and (_last(earlier.evidence, issued) or "") < (_last(later.evidence, issued) or ""):
            told |= {(earlier.subject, earlier.predicate, earlier.object, e): over for e in earlier.evidence}
    return tuple(_told(s, told, ontology) for s in stated)


def _told(stated: Stated, told: Mapping[tuple[str, str, str, Span], str], ontology: Ontology) -> Stated:
    claim = stated.claim
    status = told.get((stated.subject, claim.predicate, stated.object, claim.evidence))
    open_ended = ontology.statuses[claim.status].tense in ("present", "future")
    return replace(stated, claim=replace(claim, status=status)) if status and open_ended else stated


def _handed(facts: Iterable[Fact], issued: Issued, ontology: Ontology) -> Iterator[tuple[Fact, Fact, Fact]]:
    """Yield successions with the posts of both at one place, where a later document says that the successor's has begun."""
    facts, handing = tuple(facts), ontology.successions()
    posts = _posts(facts, ontology)
    for s in (f for f in facts if f.predicate in handing and ontology.statuses[f.status].tense in ("present", "future")):
        for later, earlier in product(posts[s.subject], posts[s.object]):
            begun = ontology.statuses[later.status].tense != "future" and later.confidence * s.confidence > LIKELY
            after = (_last(s.evidence, issued) or "") < (_last(later.evidence, issued) or "")
            if begun and after and (later.predicate, later.object) == (earlier.predicate, earlier.object):
                yield s, earlier, later


def _posts(facts: Iterable[Fact], ontology: Ontology) -> Mapping[str, Sequence[Fact]]:
    """Map people to the offices that they have, had or will have, of relations of their own."""
    found: defaultdict[str, list[Fact]] = defaultdict(list)
    for f in facts:
        relation = ontology.relations.get(f.predicate)
        if relation and relation.membership and not relation.titled and ontology.statuses[f.status].tense:
            found[f.subject].append(f)
    return found


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
