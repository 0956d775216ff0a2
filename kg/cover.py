"""Stretches of a text in, how far those reach that begin by a place out: what holds or meets another is looked up."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate


class Cover:
    """Where stretches `(start, end)` begin, sorted, and the furthest end of all up to each."""

    def __init__(self, stretches: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(stretches)
        self._starts = [start for start, _ in ordered]
        self._reach = list(accumulate((end for _, end in ordered), max))

    def reach(self, place: int) -> int:
        """Give the furthest end of the stretches that begin no later than a place, -1 where none does."""
        n = bisect_right(self._starts, place)
        return self._reach[n - 1] if n else -1
