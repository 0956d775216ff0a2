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

from kg.dates import bounds
from kg.errors import ModelError
from kg.extract.clock import SIDES, Odds
from kg.extract.clues import Scene
from kg.extract.dates import Date, no_later
from kg.languages.encoder import WEIGHTS as NETWORK
from kg.model import Claim, Period

Likely = tuple[Odds, Date]  # the log-odds that a date is a start and an end
WEIGHTS = NETWORK.parent / "periods" / "weights.json"
SILENT = (-20.0, -20.0)
MOST_TERMS = 4  # of one office that one holder is believed to have held


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

    One that states an office, and with it dates before that period or behind it, comes once for each term.
    `told` is what the network says of each claim. A date that stands outside the evidence makes the claim once more, with the sentences
    that give the date for evidence.
    """
    weighed = _weighed(scene, timing, told)
    return tuple(c for claim, days in zip(scene.claims, weighed, strict=True) for c in _claims(claim, days, threshold, scene))


def likely(scene: Scene, timing: Timing, told: Sequence[Mapping[str, Odds]]) -> list[dict[str, tuple[float, Date]]]:
    """Give the likeliest start and end of each claim of a scene beside which there are dates, with their log-odds."""
    weighed = _weighed(scene, timing, told)
    return [{side: max((odds[n], day) for odds, day in days) for n, side in enumerate(SIDES)} if days else {} for days in weighed]


def _weighed(scene: Scene, timing: Timing, told: Sequence[Mapping[str, Odds]]) -> list[list[Likely]]:
    """Give the dates beside each claim of a scene, with their log-odds."""
    weighed: list[list[Likely]] = [[] for _ in scene.claims]
    for claim, date, clues in scene.candidates():
        day = scene.dates[date]
        heard = told[claim].get(day.value, SILENT)
        start, end = (one + other for one, other in zip(timing.odds(clues), heard, strict=True))
        weighed[claim].append(((max(start, end), SILENT[1]) if scene.begins(scene.claims[claim], day) else (start, end), day))
    return weighed


def _terms(days: Sequence[Likely], threshold: float, scene: Scene) -> list[dict[str, Date]]:
    """Give the likeliest period among some dates between those before and after it: who is back in office held it twice."""
    start, end = SIDES
    terms = [_believed(days, threshold, scene)]
    while len(terms) < MOST_TERMS and end in terms[-1]:
        later = _believed([(odds, d) for odds, d in days if _apart(terms[-1][end], d)], threshold, scene)
        if start not in later:
            break
        terms.append(later)
    while len(terms) < MOST_TERMS and start in terms[0]:
        earlier = _believed([(odds, d) for odds, d in days if _apart(d, terms[0][start])], threshold, scene)
        if end not in earlier:
            break
        terms.insert(0, earlier)
    return terms


def _apart(one: Date, other: Date) -> bool:
    """Whether a date is earlier than another, beyond doubt."""
    return no_later(one.value, other.value) and not (one.value.startswith(other.value) or other.value.startswith(one.value))


def _believed(days: Sequence[Likely], threshold: float, scene: Scene) -> dict[str, Date]:
    """The dates that are likely enough: the likelier of the two sides, and the likeliest other that fits it.

    With one end of a stretch that the text gives ("from 2011 to 2020") comes the other.
    """
    sides = sorted((-odds[n], n, day) for odds, day in days for n in range(len(SIDES)) if odds[n] > threshold)
    found, given = dict[str, Date](), {day.span for _, day in days}
    for _, n, day in sides:
        side, other = SIDES[n], found.get(SIDES[1 - n])
        if not found and (stretch := _stretched(day, n, scene)) and {d.span for d in stretch.values()} <= given:
            return stretch
        if side not in found and (other is None or _stretch(*((day, other) if n == 0 else (other, day)))):
            found[side] = day
    return found


def _stretched(date: Date, side: int, scene: Scene) -> dict[str, Date] | None:
    """The stretch of which a date is the start (side 0) or the end (1), if it is that."""
    first = scene.dates.index(date) - side
    return dict(zip(SIDES, scene.dates[first : first + 2], strict=True)) if scene.stretches(first) else None


def _stretch(start: Date, end: Date) -> bool:
    """Whether a stretch may reach from one date to another: it is no later, and not the same mention."""
    return start.span != end.span and no_later(start.value, end.value)


def _claims(claim: Claim, days: Sequence[Likely], threshold: float, scene: Scene) -> Iterator[Claim]:
    """Give a claim its period, one of an office all its terms: those before the last, and what ended before the text, are over."""
    if claim.period != Period():
        yield claim
        return
    if scene.ontology.statuses[claim.status].denies:  # dates elsewhere are of what is so
        days = [(odds, day) for odds, day in days if claim.evidence.holds(day.span)]
    several = scene.ontology.relations[claim.predicate].membership
    *former, last = _terms(days, threshold, scene) if several else [_believed(days, threshold, scene)]
    over, usual = scene.ontology.over(), scene.ontology.usual()
    before = replace(claim, status=over) if over and scene.ontology.statuses[claim.status].plain else claim
    back = former and claim.status == over and SIDES[1] not in last and not scene.succeeded(claim)
    ended = before is not claim and _ended(last, scene)
    yield from (c for term in (*former, *([last] if ended else ())) for c in _dated(before, term, scene) if c.period != Period())
    if not ended:
        yield from _dated(replace(claim, status=usual) if back else claim, last, scene)
    elif not any(claim.evidence.holds(d.span) for d in last.values()):
        yield claim  # what the words that state it do not date holds again


def _ended(term: Mapping[str, Date], scene: Scene) -> bool:
    """Whether a term was over on the day of the document."""
    end = bounds(term[SIDES[1]].value) if SIDES[1] in term else None
    issued = bounds(scene.issued)
    return end is not None and issued is not None and end[1] < issued[0]


def _dated(claim: Claim, believed: Mapping[str, Date], scene: Scene) -> Iterator[Claim]:
    """Give a claim the dates in its evidence; those elsewhere make it once more, with the sentences that give them for evidence."""
    inside = {side: d.value for side, d in believed.items() if claim.evidence.holds(d.span)}
    yield replace(claim, period=Period(**inside))
    outside = {side: date for side, date in believed.items() if side not in inside}
    while outside:
        first, *_ = outside
        place = scene.passage(claim, outside[first])
        here = {side: d.value for side, d in outside.items() if side == first or place.holds(d.span)}
        yield replace(claim, evidence=place, period=Period(**here))
        outside = {side: d for side, d in outside.items() if side not in here}
