"""The value that every decision rests on: one piece of evidence for or against two names being one, and links made of such pieces."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.model import Span
from kg.resolve.likeness import Likeness as L
from kg.resolve.names import Kind

ENOUGH = 1.0
AGAINST = -1.5


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """A reason in words, what it weighs (positive: one thing; negative: two), and where it is read."""

    reason: str
    score: float
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """What speaks for and against two nodes (numbers of namings, or of groups of them) being one."""

    first: int
    second: int
    evidence: tuple[Evidence, ...]

    @property
    def score(self) -> float:
        """The sum of the evidence; ENOUGH of it makes one of two."""
        return round(sum(e.score for e in self.evidence), 3)


Weights = Mapping[Kind, Mapping[L, float]]

# Measured on annotated news, in which every string of an entity was taken for a chain of its own: about the logarithm of the odds.
WITHIN: Weights = {
    Kind.PERSON: {
        **{L.SAME: 4.0, L.REORDERED: 3.5, L.FULLER: 3.0, L.INITIALS: 2.5, L.SPELLING: 1.6, L.PINYIN: 3.0, L.SURNAME: 0.6, L.SOUND: 2.5},
        **{L.BARE: 2.5, L.NICKNAME: 1.2, L.GIVEN: -2.0, L.UNLIKE: -1.0},
    },
    Kind.ORGANIZATION: {
        **{L.SAME: 4.0, L.LEGAL: 3.5, L.ACRONYM: 2.5, L.BLEND: 1.8, L.PINYIN: 2.5, L.SOUND: 0.5, L.SPELLING: 1.2, L.YEAR: -2.0},
        **{L.BEGINNING: -1.0, L.ENDING: 1.0, L.INSIDE: -0.5, L.SHARED: -1.0, L.VERSION: -2.5, L.UNLIKE: -1.0},
    },
    Kind.OTHER: {
        **{L.SAME: 4.0, L.LEGAL: 3.0, L.ACRONYM: 2.0, L.BLEND: 0.5, L.PINYIN: 2.5, L.SOUND: 0.5, L.SPELLING: 0.0, L.YEAR: 2.0},
        **{L.BEGINNING: -1.5, L.ENDING: 0.4, L.INSIDE: -1.5, L.SHARED: -2.0, L.VERSION: -3.0, L.UNLIKE: -1.0},
    },
}

ACROSS: Weights = {
    Kind.PERSON: {
        **{L.SAME: 3.0, L.REORDERED: 3.0, L.FULLER: 2.0, L.INITIALS: 0.5, L.SPELLING: 0.5, L.PINYIN: 2.0, L.SURNAME: 0.0, L.SOUND: 0.7},
        **{L.BARE: -1.0, L.NICKNAME: -1.5, L.GIVEN: -3.0, L.UNLIKE: -3.0},
    },
    Kind.ORGANIZATION: {
        **{L.SAME: 3.5, L.LEGAL: 3.2, L.ACRONYM: 0.2, L.BLEND: -0.5, L.PINYIN: 2.0, L.SOUND: 0.0, L.SPELLING: 0.0, L.YEAR: -2.0},
        **{L.BEGINNING: -0.8, L.ENDING: -0.8, L.INSIDE: -1.5, L.SHARED: -1.5, L.VERSION: -4.0, L.UNLIKE: -4.0},
    },
    Kind.OTHER: {
        **{L.SAME: 3.5, L.LEGAL: 1.5, L.ACRONYM: 0.0, L.BLEND: -1.0, L.PINYIN: 2.0, L.SOUND: 0.0, L.SPELLING: 0.0, L.YEAR: -0.5},
        **{L.BEGINNING: -2.0, L.ENDING: -0.8, L.INSIDE: -2.0, L.SHARED: -1.0, L.VERSION: -4.0, L.UNLIKE: -4.0},
    },
}
