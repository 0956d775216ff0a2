"""Mentions and what the network thinks of pairs of them in, a chain number for each mention out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kg.languages.encoder import Reading
from kg.languages.encoder.calibration import Calibration


@dataclass(frozen=True, slots=True)
class Same:
    """Mean log-odds (mentions, mentions) that two mentions are one thing; NaN where no window holds both."""

    odds: np.ndarray

    @classmethod
    def of(cls, reading: Reading) -> Same:
        """Average over the windows of a reading."""
        size = len(reading.mentions)
        total, count = np.zeros((size, size)), np.zeros((size, size))
        for link in reading.links:
            here = link.members < size
            block = np.ix_(link.members[here], link.members[here])
            total[block] += link.same[np.ix_(here, here)]
            count[block] += 1
        with np.errstate(invalid="ignore"):
            return cls(total / count)


def chains(types: Sequence[str], names: Sequence[str | None], same: Same, least: Calibration) -> list[int]:
    """Number the things that mentions refer to, in order of first mention; `names[n]` is None for a nominal.

    Equal names are one thing. Then clusters of one type join, the surest pair first, while the mean of all their pairs is in favour;
    at last each nominal joins the cluster whose surest mention speaks for it.
    """
    clusters: dict[tuple[str, str], list[int]] = defaultdict(list)
    for n, name in enumerate(names):
        if name is not None:
            clusters[types[n], name].append(n)
    joined = _join(list(clusters.values()), types, same, least.names)
    for n, name in enumerate(names):
        if name is None:
            _attach(n, joined, types, same, least.nominals)
    joined.sort(key=min)
    numbers = {n: chain for chain, members in enumerate(joined) for n in members}
    return [numbers[n] for n in range(len(types))]


def _join(clusters: list[list[int]], types: Sequence[str], same: Same, least: float) -> list[list[int]]:
    while True:
        best, pair = least, None
        for a in range(len(clusters)):
            for b in range(a + 1, len(clusters)):
                odds = _between(clusters[a], clusters[b], types, same)
                if odds > best:
                    best, pair = odds, (a, b)
        if pair is None:
            return clusters
        clusters[pair[0]] += clusters.pop(pair[1])


def _between(one: list[int], other: list[int], types: Sequence[str], same: Same) -> float:
    if types[one[0]] != types[other[0]]:
        return -np.inf
    known = same.odds[np.ix_(one, other)]
    known = known[~np.isnan(known)]
    return float(known.mean()) if len(known) else -np.inf


def _attach(nominal: int, clusters: list[list[int]], types: Sequence[str], same: Same, least: float) -> None:
    best, home = least, None
    for cluster in clusters:
        if types[cluster[0]] == types[nominal]:
            odds = same.odds[nominal, cluster]
            odds = odds[~np.isnan(odds)]
            if len(odds) and odds.max() > best:
                best, home = float(odds.max()), cluster
    if home is None:
        clusters.append([nominal])
    else:
        home.append(nominal)
