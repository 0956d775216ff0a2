"""Claims and the dates of their document in, the same claims with the periods that the text states out."""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from kg.errors import ModelError
from kg.extract.clues import Scene
from kg.extract.dates import Date, no_later
from kg.languages.encoder import WEIGHTS as NETWORKS
from kg.model import Claim, Period

Likely = tuple[tuple[float, float], Date]  # how probably a date is a start and an end
WEIGHTS = NETWORKS.parent / "periods" / "weights.json"
SIDES = ("start", "end")


@dataclass(frozen=True)
class Timing:
    """A logistic model of what a date is to a claim: its start, its end or neither; `weights` and `bias` are log-odds against neither.

    A date is believed to be what the model gives a probability above `threshold`.
    """

    weights: Mapping[str, tuple[float, float]]
    bias: tuple[float, float]
    threshold: float

    def probabilities(self, clues: Iterable[str]) -> tuple[float, float]:
        """How probably a date is the start and the end of the claim that it was compared with."""
        start, end = self.bias
        for clue in clues:
            more = self.weights.get(clue)
            if more:
                start, end = start + more[0], end + more[1]
        most = max(start, end, 0.0)
        odds = math.exp(start - most), math.exp(end - most)
        total = sum(odds) + math.exp(-most)
        return odds[0] / total, odds[1] / total

    def write(self, path: Path) -> None:
        """Keep as JSON."""
        kept = {"bias": self.bias, "threshold": self.threshold, "weights": dict(sorted(self.weights.items()))}
        path.write_text(json.dumps(kept, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


@cache
def load(path: Path = WEIGHTS) -> Timing:
    """Read what `Timing.write` kept; `ModelError` where that cannot be."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        weights = {clue: (float(start), float(end)) for clue, (start, end) in kept["weights"].items()}
        return Timing(weights, (float(kept["bias"][0]), float(kept["bias"][1])), float(kept["threshold"]))
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        raise ModelError(f"{path}: the trained weights cannot be loaded: {error}") from error


def periods(scene: Scene, timing: Timing) -> tuple[Claim, ...]:
    """Give each claim of a scene its likeliest start and end; a claim that has a period keeps it.

    A date that stands outside the evidence makes the claim once more, with the sentences that give the date for evidence.
    """
    likely: dict[int, list[Likely]] = defaultdict(list)
    for claim, date, clues in scene.candidates():
        likely[claim].append((timing.probabilities(clues), scene.dates[date]))
    return tuple(found for n, claim in enumerate(scene.claims) for found in _dated(claim, _believed(likely[n], timing.threshold), scene))


def _believed(likely: Sequence[Likely], threshold: float) -> dict[str, Date]:
    """The likeliest date of each side where it is likely enough; of a start that is no earlier than its end, the likelier one."""
    found: dict[str, tuple[float, Date]] = {}
    for n, side in enumerate(SIDES):
        probability, date = max(((odds[n], d) for odds, d in likely), default=(0.0, None))
        if date is not None and probability > threshold:
            found[side] = (probability, date)
    if len(found) == len(SIDES) and not _stretch(found["start"][1], found["end"][1]):
        del found[min(found, key=lambda side: found[side][0])]
    return {side: date for side, (_, date) in found.items()}


def _stretch(start: Date, end: Date) -> bool:
    """Whether a stretch may reach from one date to another: it is no later, and not the same mention."""
    return start.span != end.span and no_later(start.value, end.value)


def _dated(claim: Claim, believed: Mapping[str, Date], scene: Scene) -> Iterator[Claim]:
    if claim.period != Period():
        yield claim
        return
    inside = {side: d.value for side, d in believed.items() if claim.evidence.start <= d.span.start < claim.evidence.end}
    yield replace(claim, period=Period(**inside))
    for side, date in believed.items():
        if side not in inside:
            yield replace(claim, evidence=scene.passage(claim, date), period=Period(**{side: date.value}))
