"""Claims between entities in, Facts out: merged, bounded in time, with their sources, ends entailed by successors and conflicts."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce

from kg.model import Claim, Fact, Name, Period
from kg.ontology import Ontology, Relation
from kg.resolve.entities import language
from kg.resolve.names import tokenize
from kg.resolve.periods import bounds, finer, fit

SUREST = 0.999


@dataclass(frozen=True, slots=True)
class Stated:
    """A claim with the identifiers of its entities."""

    claim: Claim
    subject: str
    object: str
    speaker: str | None
    language: str


Key = tuple[str, str, str]


def facts(stated: Iterable[Stated], types: dict[str, str], ontology: Ontology) -> tuple[Fact, ...]:
    """Merge claims into facts, sorted by identifier. Claims whose ends are one, or of types their relation does not have, are dropped."""
    groups: dict[Key, list[Stated]] = defaultdict(list)
    for s in sorted(stated, key=_order):
        turned = _turned(s, types, ontology)
        if turned:
            groups[turned.subject, turned.claim.predicate, turned.object].append(turned)
    made = [f for key, members in sorted(groups.items()) for f in _merged(key, members, ontology.relations[key[1]])]
    return tuple(sorted(made, key=lambda f: f.identifier))


def _order(s: Stated) -> tuple[object, ...]:
    c = s.claim
    return s.subject, c.predicate, s.object, c.evidence, c.status, c.title or "", c.period.start or "", c.period.end or "", c.confidence, c.method


def _turned(s: Stated, types: dict[str, str], ontology: Ontology) -> Stated | None:
    """Put a symmetric relation into its one direction; drop what cannot be."""
    relation = ontology.relations.get(s.claim.predicate)
    if relation is None or s.subject == s.object:
        return None
    if not _typed(types[s.subject], relation.domain, ontology) or not _typed(types[s.object], relation.range, ontology):
        return None
    if relation.symmetric and s.object < s.subject:
        return replace(s, subject=s.object, object=s.subject)
    return s


def _typed(cls: str, allowed: Sequence[str], ontology: Ontology) -> bool:
    return any(ontology.is_a(cls, a) or ontology.is_a(a, cls) for a in allowed)


# Merging


def _merged(key: Key, members: list[Stated], relation: Relation) -> Iterator[Fact]:
    for _, titled in _by_title(members, relation):
        statuses = _by_status(titled)
        for status, group in sorted(statuses.items()):
            parts = list(_by_period(group))
            for part in parts:
                yield _fact(key, status, part, relation, several=len(parts) > 1)


def _by_title(members: list[Stated], relation: Relation) -> Iterator[tuple[str, list[Stated]]]:
    """Group by title where titles tell posts apart; claims without a title join the title with the most claims."""
    if not relation.membership or relation.roles:
        yield "", members
        return
    groups: dict[str, list[Stated]] = defaultdict(list)
    for s in members:
        groups[title_key(s.claim.title)].append(s)
    untitled = groups.pop("", [])
    if not groups:
        yield "", untitled
        return
    best = min(groups, key=lambda k: (-len(groups[k]), k))
    groups[best] += untitled
    yield from sorted(groups.items())


def title_key(title: str | None) -> str:
    """Reduce a title to what tells it from others."""
    return " ".join(tokenize(title)) if title else ""


def _by_status(members: list[Stated]) -> dict[str, list[Stated]]:
    """Group by status; of the statuses that one document gives to one thing, the best supported takes all."""
    documents: dict[tuple[str, str | None], list[Stated]] = defaultdict(list)
    for s in members:
        documents[s.claim.evidence.document, s.speaker if _disputed(members) else None].append(s)
    groups: dict[str, list[Stated]] = defaultdict(list)
    for _, claims in sorted(documents.items(), key=lambda pair: (pair[0][0], pair[0][1] or "")):
        support: Counter[str] = Counter()
        for s in claims:
            support[s.claim.status] += s.claim.confidence
        usual = Claim.__dataclass_fields__["status"].default
        best = min(support, key=lambda status: (-round(support[status], 6), status == usual, status))
        groups[best] += claims
    return groups


def _disputed(members: list[Stated]) -> bool:
    """Whether different persons say different things."""
    return len({s.speaker for s in members if s.speaker}) > 1


def _by_period(members: list[Stated]) -> Iterator[list[Stated]]:
    """Cut claims whose dates contradict each other; those without dates join the part with the most claims."""
    parts: list[tuple[Period, list[Stated]]] = []
    dated = [s for s in members if s.claim.period != Period()]
    support = Counter(s.claim.period for s in dated)
    for s in sorted(dated, key=lambda s: (-support[s.claim.period], s.claim.period.start or "", s.claim.period.end or "")):
        n = next((n for n, (p, _) in enumerate(parts) if fit(p, s.claim.period)), None)
        if n is None:
            parts.append((s.claim.period, [s]))
        else:
            parts[n] = (finer(parts[n][0], s.claim.period), [*parts[n][1], s])
    undated = [s for s in members if s.claim.period == Period()]
    if not parts:
        yield undated
        return
    best = max(range(len(parts)), key=lambda n: (len(parts[n][1]), -n))
    for n, (_, part) in enumerate(parts):
        yield part + undated * (n == best)


def _fact(key: Key, status: str, members: list[Stated], relation: Relation, *, several: bool) -> Fact:
    subject, predicate, object_ = key
    period = reduce(finer, (s.claim.period for s in members))
    title = _title(members)
    telling = title_key(title.text) if title and relation.membership and not relation.roles else ""
    content = (subject, predicate, object_, status, telling, *((period.start or "", period.end or "") if several else ()))
    return Fact(
        identifier=f"fact/{hashlib.sha256(chr(10).join(content).encode()).hexdigest()[:16]}",
        subject=subject,
        predicate=predicate,
        object=object_,
        status=status,
        evidence=tuple(sorted({s.claim.evidence for s in members})),
        title=title,
        period=period,
        start_bounds=bounds(period.start),
        end_bounds=bounds(period.end),
        confidence=_confidence(members),
        asserted_by=tuple(sorted({s.speaker for s in members if s.speaker})),
        quantities=tuple(sorted({q for s in members for q in s.claim.quantities}, key=lambda q: (q.kind, q.value, q.unit, q.span, q.date or ""))),
    )


def _title(members: list[Stated]) -> Name | None:
    titles = Counter((s.claim.title, s.language) for s in members if s.claim.title)
    if not titles:
        return None
    text, surrounding = min(titles, key=lambda t: (-titles[t], t))
    return Name(text or "", language(text or "", surrounding))


def _confidence(members: Iterable[Stated]) -> float:
    """Combine documents as independent witnesses (noisy or), each as sure as its surest passage."""
    best: dict[str, float] = {}
    for s in members:
        document = s.claim.evidence.document
        best[document] = max(best.get(document, 0.0), min(s.claim.confidence, SUREST))
    doubt = reduce(lambda product, c: product * (1 - c), (c for _, c in sorted(best.items())), 1.0)
    return 1.0 if all(s.claim.confidence >= 1 for s in members) else round(min(SUREST, 1 - doubt), 4)
