"""Mentions and what the network thinks of pairs of them in, a chain number for each mention out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from itertools import count

import numpy as np

from kg.languages.encoder import Reading
from kg.languages.encoder.calibration import Calibration

Told = tuple[float, int]  # the sum of some odds and how many they are


@dataclass(frozen=True, slots=True)
class Same:
    """Mean log-odds that two mentions are one thing, for each pair that a window holds: `first` < `second`, sorted; arrays (pairs,)."""

    first: np.ndarray
    second: np.ndarray
    odds: np.ndarray

    @classmethod
    def of(cls, reading: Reading) -> Same:
        """Average over the windows of a reading."""
        size = max(1, len(reading.mentions))
        pairs, told = [np.zeros(0, dtype=np.int64)], [np.zeros(0)]
        for link in reading.links:
            here = np.flatnonzero(link.members < size)
            one, other = (here[corner] for corner in np.triu_indices(len(here), 1))
            pairs.append(link.members[one] * size + link.members[other])
            told.append(link.same[one, other])
        unique, places = np.unique(np.concatenate(pairs), return_inverse=True)
        total = np.bincount(places, np.concatenate(told), len(unique))
        return cls(unique // size, unique % size, total / np.bincount(places, minlength=len(unique)))

    def where(self, chosen: np.ndarray) -> Same:
        """Keep some of the pairs."""
        return Same(self.first[chosen], self.second[chosen], self.odds[chosen])

    def between(self, groups: np.ndarray) -> Mapping[tuple[int, int], Told]:
        """Tell what a window holds between each two groups of mentions, the lesser first; mentions of group -1 are left out."""
        one, other = groups[self.first], groups[self.second]
        apart = (one != other) & (one >= 0) & (other >= 0)
        size = int(groups.max(initial=0)) + 1
        pairs, places = np.unique((np.minimum(one, other) * size + np.maximum(one, other))[apart], return_inverse=True)
        sums, counts = np.bincount(places, self.odds[apart], len(pairs)), np.bincount(places, minlength=len(pairs))
        return {divmod(p, size): told for p, told in zip(pairs.tolist(), zip(sums.tolist(), counts.tolist(), strict=True), strict=True)}

    def partners(self) -> Mapping[int, Sequence[tuple[int, float]]]:
        """Give for each mention those that a window holds with it, in order, and their odds."""
        found: defaultdict[int, list[tuple[int, float]]] = defaultdict(list)
        for first, second, odds in zip(self.first.tolist(), self.second.tolist(), self.odds.tolist(), strict=True):
            found[first].append((second, odds))
            found[second].append((first, odds))
        return found


def chains(types: Sequence[str], names: Sequence[str | None], same: Same, least: Calibration) -> list[int]:
    """Number the things that mentions refer to, in order of first mention; `names[n]` is None for a nominal.

    Equal names are one thing. Then clusters of one type join, the surest pair first, while the mean of all their pairs is in favour;
    at last each nominal joins the cluster whose surest mention speaks for it. Of equals the earlier prevail.
    """
    kinds, nominal = np.array(types), np.array([name is None for name in names], dtype=bool)
    alike = same.where(kinds[same.first] == kinds[same.second])
    clusters: dict[tuple[str, str], int] = {}
    homes = [-1 if name is None else clusters.setdefault((types[n], name), len(clusters)) for n, name in enumerate(names)]
    joined = _joined(alike.between(np.array(homes, dtype=np.int64)), least.names)
    homes = [joined.get(home, home) for home in homes]
    partners = alike.where(nominal[alike.first] | nominal[alike.second]).partners()
    fresh = count(len(clusters))
    for n in np.flatnonzero(nominal).tolist():
        known = ((-odds, homes[m]) for m, odds in partners.get(n, ()) if odds > least.nominals and homes[m] >= 0)
        best = min(known, default=None)
        homes[n] = best[1] if best else next(fresh)
    numbers = {home: number for number, home in enumerate(dict.fromkeys(homes))}
    return [numbers[home] for home in homes]


def _joined(told: Mapping[tuple[int, int], Told], least: float) -> Mapping[int, int]:
    """Join clusters, the later to the earlier, and say which each is part of then, unless it is itself still.

    A heap has every pair in favour. A cluster that grows takes over the sums of what it swallows, and what those made of its pairs is
    passed over when it comes up.
    """
    near: defaultdict[int, dict[int, Told]] = defaultdict(dict)
    for (one, other), odds in told.items():
        near[one][other] = near[other][one] = odds
    heap = [(-mean, *pair) for pair, odds in told.items() if (mean := _mean(odds)) > least]
    heapify(heap)
    into: dict[int, int] = {}
    while heap:
        against, one, other = heappop(heap)
        if other not in near[one] or _mean(near[one][other]) != -against:
            continue
        into[other] = one
        del near[one][other], near[other][one]
        for third, (total, number) in near.pop(other).items():
            del near[third][other]
            more, further = near[one].get(third, (0.0, 0))
            odds = near[one][third] = near[third][one] = (more + total, further + number)
            if _mean(odds) > least:
                heappush(heap, (-_mean(odds), min(one, third), max(one, third)))
    for cluster in sorted(into):
        into[cluster] = into.get(into[cluster], into[cluster])
    return into


def _mean(told: Told) -> float:
    return told[0] / told[1]
