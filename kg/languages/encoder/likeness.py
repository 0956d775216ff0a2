"""The pieces of mentions in, how alike each two are in writing out: what a network of vectors sees badly."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

APART, EQUAL, INSIDE, SHARING = range(4)
Word = tuple[int, ...]


def likeness(mentions: Sequence[Word]) -> np.ndarray:
    """Compare all pairs: EQUAL pieces, one INSIDE the other, SHARING a piece, or APART; (n, n) int64.

    An empty mention is apart from all.
    """
    size = len(mentions)
    table = np.zeros((size, size), dtype=np.int64)
    sets = [frozenset(m) for m in mentions]
    for a in range(size):
        for b in range(a + 1, size):
            if sets[a] & sets[b]:
                table[a, b] = table[b, a] = _alike(mentions[a], mentions[b])
    return table


def _alike(one: Word, other: Word) -> int:
    if one == other:
        return EQUAL
    short, long = sorted((one, other), key=len)
    within = any(long[n : n + len(short)] == short for n in range(len(long) - len(short) + 1))
    return INSIDE if within else SHARING
