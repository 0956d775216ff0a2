"""Scores of BIO labels per word in, the best spans out."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np


class Tagged(NamedTuple):
    """A span of words: numbers of its first and last word, its type and the mean probability of its labels."""

    first: int
    last: int
    kind: int
    score: float


def decode(scores: np.ndarray, fresh: np.ndarray) -> list[Tagged]:
    """Find the most probable valid sequence (Viterbi); `scores` is (words, 1 + 2 * types) log-probabilities.

    Label 0 is outside, 1 + 2t begins type t, 2 + 2t continues it. `fresh[n]` forbids word n to continue the one before; elsewhere no
    span follows another of its type without a word or sign between, for texts never name two such things in one breath.
    """
    if not len(scores):
        return []
    path = _viterbi(scores, fresh)
    chosen = np.exp(scores[np.arange(len(path)), path])
    spans, start = [], -1
    for n, label in enumerate([*path.tolist(), 0]):
        if start >= 0 and (label == 0 or label % 2 == 1):
            spans.append(Tagged(start, n - 1, (int(path[start]) - 1) // 2, float(chosen[start:n].mean())))
            start = -1
        if label % 2 == 1:
            start = n
    return spans


def _viterbi(scores: np.ndarray, fresh: np.ndarray) -> np.ndarray:
    labels = scores.shape[1]
    allowed = np.ones((labels, labels), dtype=bool)  # allowed[before, after]
    for after in range(2, labels, 2):
        allowed[:, after] = False
        allowed[[after - 1, after], after] = True
    apart = allowed.copy()
    for begin in range(1, labels, 2):
        allowed[[begin, begin + 1], begin] = False
    penalty, parted = (np.where(table, 0.0, -np.inf) for table in (allowed, apart))
    inside = np.arange(labels) % 2 == 0
    inside[0] = False
    best = np.where(inside, -np.inf, scores[0])
    back = np.zeros(scores.shape, dtype=np.int64)
    for n in range(1, len(scores)):
        step = best[:, None] + (parted if fresh[n] else penalty)
        if fresh[n]:
            step[:, inside] = -np.inf
        back[n] = step.argmax(0)
        best = step.max(0) + scores[n]
    path = np.zeros(len(scores), dtype=np.int64)
    path[-1] = best.argmax()
    for n in range(len(scores) - 1, 0, -1):
        path[n - 1] = back[n, path[n]]
    return path
