"""Claims and what a network says of their things and of dates in, how likely it finds each date to be a start or an end out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from kg.extract.chains import chains
from kg.extract.dates import Date
from kg.languages.encoder import Links, Reading
from kg.model import Claim, Mention

SIDES = ("start", "end")
LEAST = 1e-9
Odds = tuple[float, ...]  # log-odds of each side


def told(
    claims: Sequence[Claim], mentions: Sequence[Mention], reading: Reading, dates: Sequence[Date], relations: Sequence[str]
) -> list[dict[str, Odds]]:
    """Give for each claim the values of the dates that a window holds together with its subject and its object, with their log-odds.

    Odds are pooled over mentions, as in training, and added up: what the network says of the subject and of the object. A relation that it
    never learnt is dated as any. Where several windows hold all, the surest counts.
    """
    found: list[dict[str, Odds]] = [{} for _ in claims]
    values = [dates[n].value for n in reading.dates]
    of: defaultdict[int, list[int]] = defaultdict(list)
    for n, claim in enumerate(claims):
        of[claim.subject].append(n)
    for link in reading.links:
        days = _days(link, len(mentions) + len(reading.quotations), values)
        if days:
            known = {chain: _pooled(link.dates[members], days) for chain, members in chains(link, mentions).items()}
            for n in (n for chain in known for n in of[chain]):
                for value, new in _both(claims[n], known, days, relations):
                    found[n][value] = tuple(map(max, new, found[n].get(value, new)))
    return found


def _days(link: Links, first: int, values: Sequence[str]) -> dict[str, list[int]]:
    """The values of the dates of a window, whose members they are from number `first` on, each with their places."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for place, member in enumerate(link.members):
        if member >= first:
            found[values[member - first]].append(place)
    return found


def _pooled(odds: np.ndarray, days: dict[str, list[int]]) -> np.ndarray:
    """Pool the log-odds of a chain's mentions over the mentions of each value: (values, relations + 1, 4)."""
    raised = np.exp(np.clip(odds, -20, 20)).sum(0)
    return np.log(np.stack([raised[places].sum(0) for places in days.values()]) + LEAST)


def _both(
    claim: Claim, known: dict[int, np.ndarray], days: dict[str, list[int]], relations: Sequence[str]
) -> Iterator[tuple[str, tuple[float, ...]]]:
    if claim.object in known:
        relation = relations.index(claim.predicate) if claim.predicate in relations else len(relations)
        subject, other = known[claim.subject][:, relation], known[claim.object][:, relation]
        sums = subject[:, : len(SIDES)] + other[:, len(SIDES) :]
        yield from zip(days, map(tuple, sums.tolist()), strict=True)
