"""The value that every decision rests on: one piece of evidence for or against two names being one, and links made of such pieces."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.model import Span
from kg.resolve.likeness import Likeness
from kg.resolve.names import Kind

ENOUGH = 1.0
AGAINST = -1.5
JUDGED = 20.0  # what a judgement by hand weighs: more than all that speaks against it


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


Weights = Mapping[Kind, Mapping[Likeness, float]]


def _weights(**scores: float) -> dict[Likeness, float]:
    return {Likeness[name.upper()]: score for name, score in scores.items()}


# Measured on annotated news, in which every string of an entity was taken for a chain of its own: about the logarithm of the odds.
WITHIN: Weights = {
    Kind.PERSON: _weights(
        **{"same": 4.0, "reordered": 3.5, "fuller": 3.0, "initials": 2.5, "spelling": 1.6, "pinyin": 3.0, "surname": 0.6},
        **{"sound": 2.5, "bare": 2.5, "nickname": 1.2, "given": -2.0, "unlike": -1.0},
    ),
    Kind.ORGANIZATION: _weights(
        **{"same": 4.0, "legal": 3.5, "acronym": 2.5, "blend": 1.8, "pinyin": 2.5, "sound": 0.5, "spelling": 1.2, "year": -2.0},
        **{"beginning": -1.0, "ending": 1.0, "inside": -0.5, "shared": -1.0, "version": -2.5, "unlike": -1.0},
    ),
    Kind.OTHER: _weights(
        **{"same": 4.0, "legal": 3.0, "acronym": 2.0, "blend": 0.5, "pinyin": 2.5, "sound": 0.5, "spelling": 0.0, "year": 2.0},
        **{"beginning": -1.5, "ending": 0.4, "inside": -1.5, "shared": -2.0, "version": -3.0, "unlike": -1.0},
    ),
}

# Between documents names alone say less: many bear one name, and nothing introduces a short one.
ACROSS: Weights = {
    Kind.PERSON: _weights(
        **{"same": 3.0, "reordered": 3.0, "fuller": 2.0, "initials": 0.5, "spelling": 0.5, "pinyin": 2.0, "surname": 0.0},
        **{"sound": 0.7, "bare": -1.0, "nickname": -1.5, "given": -3.0, "unlike": -3.0},
    ),
    Kind.ORGANIZATION: _weights(
        **{"same": 3.5, "legal": 3.2, "acronym": 0.2, "blend": -0.5, "pinyin": 2.0, "sound": 0.0, "spelling": 0.0, "year": -2.0},
        **{"beginning": -0.8, "ending": -0.8, "inside": -1.5, "shared": -1.5, "version": -4.0, "unlike": -4.0},
    ),
    Kind.OTHER: _weights(
        **{"same": 3.5, "legal": 1.5, "acronym": 0.0, "blend": -1.0, "pinyin": 2.0, "sound": 0.0, "spelling": 0.0, "year": -0.5},
        **{"beginning": -2.0, "ending": -0.8, "inside": -2.0, "shared": -1.0, "version": -4.0, "unlike": -4.0},
    ),
}
