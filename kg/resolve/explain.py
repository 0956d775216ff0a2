"""Extractions and one or two names in, the evidence for and against their being one thing out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import combinations

from kg.model import Extraction
from kg.ontology import Ontology
from kg.resolve.across import link
from kg.resolve.evidence import ENOUGH, Evidence, Link
from kg.resolve.identity import Identity, identify
from kg.resolve.judgements import Judgement, Spoken, parting, spoken_of
from kg.resolve.names import Words
from kg.resolve.profiles import Profile
from kg.resolve.things import distinct, read

MOST_APART = 2
MOST_NAMESAKES = 4


@dataclass(frozen=True, slots=True)
class Step:
    """Two names of the texts and what speaks for and against their being one."""

    first: str
    second: str
    score: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Whether two names are one thing (None: a name that no document uses), and the steps from one to the other.

    For one name alone the steps are those that hold its entity together, or keep namesakes apart. `judgements` are those made by hand on
    either name, `documents` those whose extractions were asked.
    """

    first: str
    second: str | None
    same: bool | None
    steps: tuple[Step, ...]
    judgements: tuple[Judgement, ...] = ()
    documents: frozenset[str] = frozenset()


def why(extractions: Iterable[Extraction], ontology: Ontology, names: Sequence[str], judgements: Sequence[Judgement] = ()) -> Explanation:
    """Explain why one or two names (or places, `document#char=0,5`) are, or are not, one entity."""
    words, apart = Words(ontology), parting(judgements)
    readings = tuple(read(e, words, apart.get(e.document.identifier, ())) for e in distinct(extractions))
    identity = identify(readings, words, judgements)
    first, second = names[0], names[1] if len(names) > 1 else None
    documents = frozenset(r.document.identifier for r in identity.corpus.readings)
    mine, theirs = (spoken_of(identity.corpus.namings, name) for name in (first, second or first))
    told = tuple(s.judgement for s in identity.judgements if _concerns(s, names, mine | theirs))
    if second is None:
        found = (*_together(identity, mine), *_namesakes(identity, mine))
        return Explanation(first, None, None if not mine else True, found, told, documents)
    if not mine or not theirs:
        return Explanation(first, second, None, (), told, documents)
    owners = identity.owners()
    same = bool({owners[n] for n in mine} & {owners[n] for n in theirs})
    steps = _path(identity, mine, theirs) if same else _apart(identity, mine, theirs)
    return Explanation(first, second, same, tuple(steps), told, documents)


def _concerns(spoken: Spoken, names: Sequence[str], namings: frozenset[int]) -> bool:
    """Whether a judgement is on one of the names, or on some of the namings, be it by another spelling or a place."""
    said = (spoken.judgement.first, spoken.judgement.second)
    return not {*said}.isdisjoint(names) or not namings.isdisjoint(spoken.first | spoken.second)


def _step(identity: Identity, found: Link) -> Step:
    namings = identity.corpus.namings
    return Step(namings[found.first].text, namings[found.second].text, found.score, found.evidence)


def _together(identity: Identity, mine: frozenset[int]) -> Iterator[Step]:
    """Yield the links that hold the entities of a name together, strongest first, one for each pair of names."""
    owners = identity.owners()
    groups = {owners[n] for n in mine}
    inside = (k for k in identity.links() if owners[k.first] in groups and owners[k.first] == owners[k.second] and k.score >= ENOUGH)
    steps = (_step(identity, k) for k in sorted(inside, key=lambda k: (-k.score, k.first, k.second)))
    seen = set()
    for step in steps:
        pair = frozenset((step.first, step.second))
        if len(pair) > 1 and pair not in seen:
            seen.add(pair)
            yield step


def _namesakes(identity: Identity, mine: frozenset[int]) -> Iterator[Step]:
    """Yield what keeps apart those who bear one name."""
    owners = identity.owners()
    parts = [frozenset(n for n in mine if owners[n] == group) for group in sorted({owners[n] for n in mine})][:MOST_NAMESAKES]
    yield from dict.fromkeys(step for one, other in combinations(parts, 2) for step in _apart(identity, one, other))


def _path(identity: Identity, mine: frozenset[int], theirs: frozenset[int]) -> Iterator[Step]:
    """Yield the steps of the shortest way from one name to the other over links that join."""
    joined: dict[int, list[Link]] = {}
    for k in identity.links():
        if k.score >= ENOUGH:
            joined.setdefault(k.first, []).append(k)
            joined.setdefault(k.second, []).append(k)
    came: dict[int, Link | None] = {}
    queue: list[tuple[float, int, int]] = [(0.0, n, -1) for n in sorted(mine)]
    taken: list[Link] = []
    while queue:
        cost, node, number = heappop(queue)
        if node in came:
            continue
        came[node] = taken[number] if number >= 0 else None
        if node in theirs:
            yield from reversed([_step(identity, k) for k in _back(came, node)])
            return
        for k in joined.get(node, ()):
            other = k.second if k.first == node else k.first
            if other not in came:
                taken.append(k)
                heappush(queue, (cost + 1 / k.score, other, len(taken) - 1))


def _back(came: dict[int, Link | None], node: int) -> Iterator[Link]:
    while taken := came[node]:
        yield taken
        node = taken.first if taken.second == node else taken.second


def _apart(identity: Identity, mine: frozenset[int], theirs: frozenset[int]) -> Iterator[Step]:
    """Yield what keeps two names apart: the links that were weighed, or else the evidence of their entities as a whole."""
    owners = identity.owners()
    ours, others = {owners[n] for n in mine}, {owners[n] for n in theirs}
    weighed = [k for k in identity.links() if {owners[k.first], owners[k.second]} <= ours | others and owners[k.first] != owners[k.second]]
    between = [k for k in weighed if (owners[k.first] in ours) != (owners[k.second] in ours)]
    if between:
        ordered = sorted(between, key=lambda k: (-k.score, k.first, k.second))
        against = ordered[-1:] if ordered[0].score >= ENOUGH else ordered[1:]  # what outweighs one that would join them
        yield from tuple(dict.fromkeys(_step(identity, k) for k in (ordered[0], *against)))[:MOST_APART]
        return
    one, other = (_profile(identity, min(side)) for side in (mine, theirs))
    if one.type == other.type:
        found = link(one, other)
        yield Step(one.forms[0].text, other.forms[0].text, found.score, found.evidence)
    else:
        yield Step(one.forms[0].text, other.forms[0].text, -1.0, (Evidence(f"{one.type} and {other.type}", -1.0),))


def _profile(identity: Identity, naming: int) -> Profile:
    corpus = identity.corpus
    group = set(identity.groups[identity.owners()[naming]])
    things = tuple(n for n in range(len(corpus.things)) if group.issuperset(corpus.members(n)))
    things = things or tuple(n for n in range(len(corpus.things)) if naming in corpus.members(n))
    cls = corpus.thing(things[0]).type
    return Profile(naming, cls, corpus.words.kind(cls), things, corpus)
