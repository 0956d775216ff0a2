"""Readings in, an Identity out: which things of all documents are one, and the links that say so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kg.resolve.across import link, unlike
from kg.resolve.candidates import pairs
from kg.resolve.clusters import Forest, cluster
from kg.resolve.evidence import ACROSS, Evidence, Link
from kg.resolve.judgements import Groups, Judgement, Spoken, judged, spoken
from kg.resolve.likeness import likeness
from kg.resolve.names import Kind, Words
from kg.resolve.profiles import Corpus, Profile, corpus, resolved
from kg.resolve.things import Reading
from kg.resolve.types import agreed

ORDER = (Kind.OTHER, Kind.ORGANIZATION, Kind.PERSON)
MOST_PARTS = 40


@dataclass(frozen=True, slots=True)
class Identity:
    """Groups of namings that name one thing, by their numbers in the corpus; `across` links things of different documents.

    `judgements` are those made by hand, which the groups obey.
    """

    corpus: Corpus
    groups: Groups
    across: tuple[Link, ...]
    judgements: tuple[Spoken, ...] = ()

    def owners(self) -> dict[int, int]:
        """Map each naming to the number of its group."""
        return {n: g for g, group in enumerate(self.groups) for n in group}

    def links(self) -> Iterator[Link]:
        """Yield all links as links between namings."""
        for first, reading in zip(self.corpus.first_naming, self.corpus.readings, strict=True):
            yield from (Link(first + k.first, first + k.second, k.evidence) for k in reading.links)
        for k in self.across:
            one, other = self._most_alike(k.first, k.second)
            yield Link(min(one, other), max(one, other), k.evidence)

    def _most_alike(self, one: int, other: int) -> tuple[int, int]:
        namings, kind = self.corpus.namings, self.corpus.words.kind(self.corpus.thing(one).type)
        pairs = ((a, b) for a in self.corpus.members(one) for b in self.corpus.members(other))
        return max(pairs, key=lambda p: (ACROSS[kind].get(likeness(namings[p[0]].form, namings[p[1]].form), -9.0), -p[0], -p[1]))


def identify(readings: Sequence[Reading], words: Words, judgements: Sequence[Judgement] = ()) -> Identity:
    """Group the namings of all readings: persons last, so that their posts are at organizations already resolved."""
    made = corpus(agreed(readings, words), words)
    by_type: dict[str, list[int]] = defaultdict(list)
    for number in range(len(made.things)):
        by_type[made.thing(number).type].append(number)
    groups: list[tuple[int, ...]] = []
    links: list[Link] = []
    for _, cls in sorted((ORDER.index(words.kind(t)), t) for t in by_type):
        found, why = _resolve(made, cls, by_type[cls])
        groups += found
        links += why
        for group in found:
            for number in group:
                made.names[number] = f"{cls} {group[0]}"
    namings = tuple(sorted(tuple(sorted(m for n in group for m in made.members(n))) for group in groups))
    identity = Identity(made, namings, tuple(sorted(links)))
    if not judgements:
        return identity
    told = spoken(made.namings, judgements)
    return replace(identity, groups=judged(identity.groups, tuple(identity.links()), told), judgements=told)


def _resolve(made: Corpus, cls: str, things: list[int]) -> tuple[list[tuple[int, ...]], list[Link]]:
    """Group the things of one class: first those of one name, then those of names alike."""
    kind = made.words.kind(cls)
    forest = Forest(len(made.things))
    links: list[Link] = []
    for members in _namesakes(made, things):
        for part, why in _parts(made, cls, members):
            links += why
            for other in part[1:]:
                forest.join(part[0], other)
    parts: dict[int, list[int]] = defaultdict(list)
    for number in things:
        parts[forest.find(number)].append(number)
    profiles = [Profile(n, cls, kind, tuple(p), made) for n, (_, p) in enumerate(sorted(parts.items()))]
    scored = [link(one, other) for one, other in pairs(profiles)]
    links += [Link(profiles[s.first].things[0], profiles[s.second].things[0], s.evidence) for s in scored]
    clusters = cluster(len(profiles), scored)
    return [tuple(sorted(t for n in c for t in profiles[n].things)) for c in clusters], links


def _namesakes(made: Corpus, things: Iterable[int]) -> Iterator[list[int]]:
    """Yield the things that bear one full name."""
    named: dict[str, list[int]] = defaultdict(list)
    for number in things:
        for key in sorted({f.key for f in made.thing(number).telling}):
            named[key].append(number)
    yield from (members for _, members in sorted(named.items()) if len(members) > 1)


def _parts(made: Corpus, cls: str, members: list[int]) -> Iterator[tuple[list[int], list[Link]]]:
    """Cut namesakes into those that are one; without evidence against, all are."""
    ties = _tied(made, members)
    spelled_out = _spelled_out_apart(made, members)
    if len(ties) < 2 and len({made.reading(n) for n in members}) == len(members) and not spelled_out:
        yield members, [_same_name(made, members[0], n) for n in members[1:]]
        return
    parts = [[n] for n in members] if spelled_out else _with_neutral(made, members, ties)
    profiles = [Profile(n, cls, made.words.kind(cls), tuple(p), made) for n, p in enumerate(parts)]
    scored = [link(a, b) for n, a in enumerate(profiles) for b in profiles[n + 1 : n + 1 + MOST_PARTS]]
    for group in cluster(len(profiles), scored):
        part = sorted(t for n in group for t in profiles[n].things)
        yield part, [_same_name(made, part[0], n) for n in part[1:]]
    apart = [s for s in scored if s.score < 1]
    yield [], [Link(profiles[s.first].things[0], profiles[s.second].things[0], s.evidence) for s in apart]


def _spelled_out_apart(made: Corpus, members: list[int]) -> bool:
    """Whether some of the namesakes share an acronym only: what it is short for differs."""
    told = [made.thing(n).telling for n in members]
    return any(unlike(a, b) for n, a in enumerate(told[:MOST_PARTS]) for b in told[n + 1 : MOST_PARTS])


def _tied(made: Corpus, members: list[int]) -> list[list[int]]:
    """Group the namesakes that are tied to anything by what they are tied to."""
    forest = Forest(len(members))
    holders: dict[str, int] = {}
    tied = []
    for n, number in enumerate(members):
        targets = sorted({a.target for a in resolved(made, (number,))} | {made.names[m.thing] for m in made.marks.get(number, ())})
        tied += [n] * bool(targets)
        for target in targets:
            forest.join(n, holders.setdefault(target, n))
    groups: dict[int, list[int]] = defaultdict(list)
    for n in tied:
        groups[forest.find(n)].append(members[n])
    return [g for _, g in sorted(groups.items())]


def _with_neutral(made: Corpus, members: list[int], ties: list[list[int]]) -> list[list[int]]:
    """Add the namesakes that are tied to nothing to the part whose documents resemble theirs most."""
    held = {n for part in ties for n in part}
    parts = sorted((list(p) for p in ties), key=lambda p: (-len(p), p[0]))
    readings = [{made.reading(n) for n in p} for p in parts]
    around = [frozenset[str]().union(*(made.around[r] for r in found)) for found in readings[:MOST_PARTS]]
    for number in sorted(set(members) - held):
        mine = made.reading(number)
        shared = ((sum(sorted(made.rarity(k) for k in made.around[mine] & names)), n) for n, names in enumerate(around))
        _, best = min(((-weight, n) for weight, n in shared if mine not in readings[n]), default=(0, None))
        if best is None:
            parts.append([number])
        else:
            parts[best].append(number)
            readings[best].add(mine)
    return [sorted(p) for p in parts]


def _same_name(made: Corpus, one: int, other: int) -> Link:
    name = made.thing(other).forms[0].text
    return Link(one, other, (Evidence(f"the same full name: {name}", 3.0, (made.span(one), made.span(other))),))
