"""Facts in, the same facts out, each with those that cannot hold together with it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from itertools import combinations

from kg.extract.lexicon import alternation, listed
from kg.model import Fact
from kg.ontology import Ontology
from kg.resolve.facts import office
from kg.resolve.periods import fit, overlap

MOST = 100


def marked(
    facts: Iterable[Fact], ontology: Ontology, issued: Mapping[str, str | None], within: Callable[[str, str], bool]
) -> tuple[Fact, ...]:
    """Name in every fact the facts that contradict it: two holders of one post, two values where there can be one, two dates, a denial.

    `issued` gives the dates of the documents: a denial or another date of another year does not contradict by that alone, while two who
    hold one post now do, whenever it was said. `within` tells whether the texts show that one of two things lies in the other.
    """
    facts = tuple(facts)
    found: dict[str, set[str]] = defaultdict(set)
    for one, other in _pairs(facts, ontology):
        same = (one.subject, one.object) == (other.subject, other.object)
        if _said_apart(one, other, issued) if same else one.subject == other.subject and within(one.object, other.object):
            continue
        found[one.identifier].add(other.identifier)
        found[other.identifier].add(one.identifier)
    return tuple(replace(f, conflicts=tuple(sorted(found[f.identifier]))) if f.identifier in found else f for f in facts)


def _pairs(facts: tuple[Fact, ...], ontology: Ontology) -> Iterator[tuple[Fact, Fact]]:
    groups: dict[tuple[str, ...], list[Fact]] = defaultdict(list)
    for f in facts:
        relation = ontology.relations[f.predicate]
        title = office(f.title.text, ontology) if f.title and relation.titled else ""
        groups["same", f.subject, f.predicate, f.object, title].append(f)
        if relation.exclusive:
            groups["exclusive", f.predicate, f.object].append(f)
        if relation.functional:
            groups["functional", f.predicate, f.subject].append(f)
    for key, members in groups.items():
        check = _contradict if key[0] == "same" else _exclude
        ordered = sorted(members, key=lambda f: f.identifier)[:MOST]
        yield from ((a, b) for a, b in combinations(ordered, 2) if check(a, b, ontology))


def _said_apart(one: Fact, other: Fact, issued: Mapping[str, str | None]) -> bool:
    """Whether all documents that state one fact are of earlier years than all that state the other."""
    years = [{(issued.get(s.document) or "")[:4] for s in f.evidence} for f in (one, other)]
    if "" in years[0] | years[1]:
        return False
    return max(years[0]) < min(years[1]) or max(years[1]) < min(years[0])


def _contradict(one: Fact, other: Fact, ontology: Ontology) -> bool:
    """Whether two facts of the same things in the same relation give it other dates, or one denies the other."""
    if one.status == other.status:
        return not fit(one.period, other.period) and overlap(one.period, other.period)
    denials = [f for f in (one, other) if ontology.statuses[f.status].denies]
    return len(denials) == 1 and (_plain(one, ontology) or _plain(other, ontology))


def _exclude(one: Fact, other: Fact, ontology: Ontology) -> bool:
    """Whether two facts fill the one place there is at one time; no sentence states both, and no title says that it is shared."""
    if (one.subject, one.object) == (other.subject, other.object):
        return False
    if not (_plain(one, ontology) and _plain(other, ontology)) or set(one.evidence) & set(other.evidence):
        return False
    return one.status == other.status and overlap(one.period, other.period) and not (_shared(one, ontology) or _shared(other, ontology))


def _shared(fact: Fact, ontology: Ontology) -> bool:
    return bool(fact.title and _sharing(ontology).search(fact.title.text))


@lru_cache(maxsize=8)
def _sharing(ontology: Ontology) -> re.Pattern[str]:
    """What says of an office that several hold it at once."""
    return re.compile(alternation(listed(ontology, None, "sharedOffice")), re.IGNORECASE)


def _plain(fact: Fact, ontology: Ontology) -> bool:
    status = ontology.statuses.get(fact.status)
    return bool(status and status.plain)
