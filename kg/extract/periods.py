"""Claims, the dates of their document and what the network says of both in, the claims with the periods that the text states out.

Two judge whether a date is a claim's start or end: a regression over what stands around the two, and the network, which reads them. Either
errs where the other need not; their log-odds are added.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np

from kg.errors import ModelError
from kg.extract.clock import SIDES, Odds
from kg.extract.clues import Scene
from kg.extract.dates import Date, no_later
from kg.languages.encoder import WEIGHTS as NETWORK
from kg.model import Claim, Period

Likely = tuple[Odds, Date]  # the log-odds that a date is a start and an end
WEIGHTS = NETWORK.parent / "periods" / "weights.json"
SILENT = (-20.0, -20.0)


@dataclass(frozen=True)
class Timing:
    """A logistic model of what a date is to a claim: its start, its end or neither; `weights` and `bias` are log-odds against neither."""

    weights: Mapping[str, tuple[float, float]]
    bias: tuple[float, float]

    def odds(self, clues: Iterable[str]) -> tuple[float, float]:
        """Give the log-odds that a date is the start, and the end, of the claim that it was compared with."""
        start, end = self.bias
        for clue in clues:
            more = self.weights.get(clue)
            if more:
                start, end = start + more[0], end + more[1]
        return start - float(np.logaddexp(end, 0.0)), end - float(np.logaddexp(start, 0.0))

    def write(self, path: Path) -> None:
        """Keep as JSON."""
        kept = {"bias": self.bias, "weights": dict(sorted(self.weights.items()))}
        path.write_text(json.dumps(kept, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


@cache
def load(path: Path = WEIGHTS) -> Timing:
    """Read what `Timing.write` kept; `ModelError` where that cannot be."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        weights = {clue: (float(start), float(end)) for clue, (start, end) in kept["weights"].items()}
        return Timing(weights, (float(kept["bias"][0]), float(kept["bias"][1])))
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        raise ModelError(f"{path}: the trained weights cannot be loaded: {error}") from error


def periods(scene: Scene, timing: Timing, told: Sequence[Mapping[str, Odds]], threshold: float) -> tuple[Claim, ...]:
    """Give each claim of a scene the likeliest start and end above a threshold of log-odds; a claim that has a period keeps it.

    `told` is what the network says of each claim. A date that stands outside the evidence makes the claim once more, with the sentences
    that give the date for evidence.
    """
    weighed = likely(scene, timing, told)
    believed = (_stretched(_believed(w, threshold), scene) for w in weighed)
    return tuple(found for claim, days in zip(scene.claims, believed, strict=True) for found in _dated(claim, days, scene))


def likely(scene: Scene, timing: Timing, told: Sequence[Mapping[str, Odds]]) -> list[dict[str, tuple[float, Date]]]:
    """Give the likeliest start and end of each claim of a scene beside which there are dates, with their log-odds."""
    weighed: list[list[Likely]] = [[] for _ in scene.claims]
    for claim, date, clues in scene.candidates():
        day = scene.dates[date]
        heard = told[claim].get(day.value, SILENT)
        weighed[claim].append((tuple(one + other for one, other in zip(timing.odds(clues), heard, strict=True)), day))
    return [{side: max((odds[n], day) for odds, day in days) for n, side in enumerate(SIDES)} if days else {} for days in weighed]


def _believed(weighed: Mapping[str, tuple[float, Date]], threshold: float) -> dict[str, Date]:
    """The dates that are likely enough; of a start that is no earlier than its end, the likelier one."""
    found = {side: (odds, date) for side, (odds, date) in weighed.items() if odds > threshold}
    if len(found) == len(SIDES) and not _stretch(found["start"][1], found["end"][1]):
        del found[min(found, key=lambda side: found[side][0])]
    return {side: date for side, (_, date) in found.items()}


def _stretched(believed: dict[str, Date], scene: Scene) -> dict[str, Date]:
    """With one end of a stretch that the text gives ("from 2011 to 2020"), the other too."""
    first, last = SIDES
    if len(believed) == 1:
        ((side, date),) = believed.items()
        n = scene.dates.index(date)
        if side == first and scene.stretches(n):
            return {first: date, last: scene.dates[n + 1]}
        if side == last and scene.stretches(n - 1):
            return {first: scene.dates[n - 1], last: date}
    return believed


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
