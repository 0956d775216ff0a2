"""Scores of BIO labels per word in, the best spans out: first where a name stands, whatever its type, then what type it has."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

OUTSIDE, BEGIN, INSIDE = range(3)


class Tagged(NamedTuple):
    """A span of words: numbers of its first and last word, the mean probability that they are one, and how likely each type is (types,)."""

    first: int
    last: int
    score: float
    types: np.ndarray

    @property
    def kind(self) -> int:
        """The likeliest type."""
        return int(self.types.argmax())


def decode(scores: np.ndarray, fresh: np.ndarray) -> list[Tagged]:
    """Find the most probable spans (Viterbi); `scores` is (words, 1 + 2 * types) log-probabilities.

    Label 0 is outside, 1 + 2t begins type t, 2 + 2t continues it. A span is found by the probabilities of all types together, so that a
    name of which only the type is in doubt is not lost. `fresh[n]` forbids word n to continue the one before; elsewhere no span follows
    another of its type without a word or sign between, for texts never name two such things in one breath.
    """
    if not len(scores):
        return []
    begins, insides = scores[:, 1::2], scores[:, 2::2]
    any_type = np.stack([scores[:, 0], np.logaddexp.reduce(begins, 1), np.logaddexp.reduce(insides, 1)], 1)
    likeliest = np.logaddexp(begins, insides).argmax(1)
    path = _viterbi(any_type, fresh, np.diff(likeliest, prepend=-1) != 0)
    chosen = np.exp(any_type[np.arange(len(path)), path])
    spans, start = [], -1
    for n, label in enumerate([*path.tolist(), OUTSIDE]):
        if start >= 0 and label != INSIDE:
            spans.append(Tagged(start, n - 1, float(chosen[start:n].mean()), _types(begins[start], insides[start + 1 : n])))
            start = -1
        if label == BEGIN:
            start = n
    return spans


def divided(span: Tagged, word: int, scores: np.ndarray) -> tuple[Tagged, Tagged]:
    """Make two of a span, the second from a word on: as probable as the whole, each of the type that its own words tell."""
    either = np.logaddexp(scores[:, 1::2], scores[:, 2::2])
    parts = ((span.first, word - 1), (word, span.last))
    one, other = (span._replace(first=a, last=b, types=_types(either[a], either[a + 1 : b + 1])) for a, b in parts)
    return one, other


def _types(begin: np.ndarray, insides: np.ndarray) -> np.ndarray:
    """How likely each type is for a span: the geometric mean over its words, summing to one."""
    mean = (begin + insides.sum(0)) / (1 + len(insides))
    odds = np.exp(mean - mean.max())
    likely: np.ndarray = odds / odds.sum()
    return likely


def _viterbi(scores: np.ndarray, fresh: np.ndarray, other: np.ndarray) -> np.ndarray:
    """The best path through OUTSIDE, BEGIN and INSIDE; `other[n]` says that word n looks like another type than the one before."""
    allowed = np.zeros((3, 3))  # [before, after]
    allowed[OUTSIDE, INSIDE] = -np.inf
    close = allowed.copy()
    close[[BEGIN, INSIDE], BEGIN] = -np.inf
    parted = allowed.copy()
    parted[:, INSIDE] = -np.inf
    best = np.where(np.arange(3) == INSIDE, -np.inf, scores[0])
    back = np.zeros(scores.shape, dtype=np.int64)
    for n in range(1, len(scores)):
        step = best[:, None] + (parted if fresh[n] else allowed if other[n] else close)
        back[n] = step.argmax(0)
        best = step.max(0) + scores[n]
    path = np.zeros(len(scores), dtype=np.int64)
    path[-1] = best.argmax()
    for n in range(len(scores) - 1, 0, -1):
        path[n - 1] = back[n, path[n]]
    return path
