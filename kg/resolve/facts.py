"""Claims between entities in, Facts out: merged by what they state, with bounds in time, sources and combined confidence."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache, reduce

import networkx as nx

from kg.dates import bounds
from kg.model import Assertion, Fact, Name, Period, Span
from kg.ontology import Ontology, Relation
from kg.resolve.entities import language
from kg.resolve.names import tokenize
from kg.resolve.periods import finer, fit
from kg.resolve.statuses import Stated, by_status, left_between, meant, over_by, surest, told_of

SUREST = 0.999
SAME_OFFICE = "sameOffice"  # what the lists of names of one office are called


def facts(stated: Iterable[Stated], types: Mapping[str, str], ontology: Ontology) -> tuple[Fact, ...]:
    """Merge claims into facts, sorted by identifier.

    Dropped are claims of unknown relations, of an entity with itself, and of types that their relation does not have.
    """
    groups: dict[tuple[str, str, str], list[Stated]] = defaultdict(list)
    for s in sorted(stated, key=_order):
        turned = _turned(s, types, ontology)
        if turned:
            groups[turned.subject, turned.claim.predicate, turned.object].append(turned)
    told = told_of(s for members in groups.values() for s in members)
    made = (f for key, members in sorted(groups.items()) for f in _merged(members, ontology.relations[key[1]], told, ontology))
    return tuple(sorted(made, key=lambda f: f.identifier))


def starting(stated: Iterable[Stated]) -> Mapping[tuple[str, str, str, str], frozenset[Span]]:
    """Map subject, predicate, object and a start to the passages that state that start."""
    found: dict[tuple[str, str, str, str], set[Span]] = defaultdict(set)
    for s in stated:
        if s.claim.period.start:
            found[s.subject, s.claim.predicate, s.object, s.claim.period.start].add(s.claim.evidence)
    return {key: frozenset(spans) for key, spans in found.items()}


def _order(s: Stated) -> tuple[object, ...]:
    c = s.claim
    words = (c.status, c.title or "", c.period.start or "", c.period.end or "", c.method, s.speaker or "")
    return s.subject, c.predicate, s.object, c.evidence, words, c.confidence


def _turned(s: Stated, types: Mapping[str, str], ontology: Ontology) -> Stated | None:
    """Put a symmetric relation into its one direction; drop what cannot be."""
    relation = ontology.relations.get(s.claim.predicate)
    if relation is None or s.subject == s.object:
        return None
    if not ontology.links(relation, types[s.subject], types[s.object]):
        return None
    if relation.symmetric and s.object < s.subject:
        return replace(s, subject=s.object, object=s.subject)
    return s


# Merging


def _merged(members: list[Stated], relation: Relation, told: Mapping[str, str], ontology: Ontology) -> Iterator[Fact]:
    for named in _by_title(members, relation, ontology):
        parts = list(_by_period(named, ontology))
        for part in parts:
            groups = sorted(over_by(by_status(part, ontology), told, ontology).items())
            for status, group in groups:
                fact = _fact(group, relation, status, ontology, several=len(parts) > 1)
                between = left_between(group, ontology) if status == ontology.over() and not fact.period.end else None
                yield replace(fact, end_bounds=between or fact.end_bounds)


def _by_title(members: list[Stated], relation: Relation, ontology: Ontology) -> Iterator[list[Stated]]:
    """Group by office where titles tell posts apart; claims without a title join the title with the most claims."""
    groups: dict[str, list[Stated]] = defaultdict(list)
    for s in members:
        groups[office(s.claim.title, ontology) if relation.titled else ""].append(s)
    untitled = groups.pop("", [])
    if groups:
        groups[min(groups, key=lambda k: (-len(groups[k]), k))] += untitled
        yield from (g for _, g in sorted(groups.items()))
    else:
        yield untitled


def title_key(title: str | None) -> str:
    """Reduce a title to what tells it from others."""
    return " ".join(tokenize(title)) if title else ""


def office(title: str | None, ontology: Ontology) -> str:
    """Reduce a title to what tells its office from others: one may have several names ("CFO", "finance chief")."""
    key = title_key(title)
    return _offices(ontology).get(key, key)


@lru_cache(maxsize=8)
def _offices(ontology: Ontology) -> Mapping[str, str]:
    """Map what tells a title from others to the list of the names of its office."""
    lists = ((name, words) for name, words in ontology.words.items() if name.startswith(SAME_OFFICE))
    return {title_key(w.text): name for name, words in lists for w in words}


def _by_period(members: list[Stated], ontology: Ontology) -> Iterator[list[Stated]]:
    """Cut claims whose dates contradict each other; those without dates join a part that their document may mean.

    Of several it is the one that has most claims of their status, or most; those that can mean none are a part of their own.
    """
    parts: list[tuple[Period, list[Stated]]] = []
    support = Counter(s.claim.period for s in members if s.claim.period != Period())
    for s in sorted((s for s in members if s.claim.period in support), key=lambda s: (-support[s.claim.period], _dates(s.claim.period))):
        n = next((n for n, (p, _) in enumerate(parts) if fit(p, s.claim.period)), len(parts))
        before = parts[n] if n < len(parts) else (s.claim.period, [])
        parts[n : n + 1] = [(finer(before[0], s.claim.period), [*before[1], s])]
    joined, apart = [list(part) for _, part in parts], list[Stated]()
    for s in (s for s in members if s.claim.period == Period()):
        like = [
            (sum(x.claim.status == s.claim.status for x in part), len(part), -n)
            for n, (p, part) in enumerate(parts)
            if meant(s, p, ontology)
        ]
        (joined[-max(like)[2]] if like else apart).append(s)
    yield from (part for part in (*joined, apart) if part)


def _dates(period: Period) -> tuple[str, str]:
    return period.start or "", period.end or ""


def _fact(members: list[Stated], relation: Relation, status: str, ontology: Ontology, *, several: bool) -> Fact:
    """Make one fact of claims that state it, of a status; its identifier holds the dates only where other dates make another fact."""
    first = members[0]
    period = reduce(finer, (s.claim.period for s in members))
    title = _title(members)
    telling = office(title.text, ontology) if title and relation.titled else ""
    content = (first.subject, relation.name, first.object, status, telling, *(_dates(period) if several else ()))
    quantities = {q for s in members for q in s.claim.quantities}
    return Fact(
        identifier=f"fact/{hashlib.sha256(chr(10).join(content).encode()).hexdigest()[:16]}",
        subject=first.subject,
        predicate=relation.name,
        object=first.object,
        status=status,
        evidence=tuple(sorted({s.claim.evidence for s in members})),
        title=title,
        period=period,
        start_bounds=bounds(period.start),
        end_bounds=bounds(period.end),
        confidence=_confidence(members),
        asserted_by=_assertions(members),
        quantities=tuple(sorted(quantities, key=lambda q: (q.kind, q.value, q.unit, q.span, q.date or ""))),
    )


def _assertions(members: list[Stated]) -> tuple[Assertion, ...]:
    said: dict[str, set[Span]] = defaultdict(set)
    for s in members:
        if s.speaker:
            said[s.speaker].add(s.claim.evidence)
    return tuple(Assertion(speaker, tuple(sorted(spans))) for speaker, spans in sorted(said.items()))


def _title(members: list[Stated]) -> Name | None:
    titles = Counter((s.claim.title or "", s.language) for s in members if s.claim.title)
    if not titles:
        return None
    text, surrounding = min(titles, key=lambda t: (-titles[t], t))
    return Name(text, language(text, surrounding))


def _confidence(members: Sequence[Stated]) -> float:
    """Combine independent witnesses (noisy or), each as sure as its surest passage.

    A document is one witness, and so are all that print the same passage: they copied it.
    """
    copied = nx.Graph(((s.claim.evidence.document,), s.words) for s in members)
    sure = surest(members, lambda c: (c.evidence.document,))
    witnesses = (max(sure[d] for d in together if d in sure) for together in nx.connected_components(copied))
    doubt = reduce(lambda product, c: product * (1 - c), sorted(witnesses), 1.0)
    return min(SUREST, round(1 - doubt, 4))
