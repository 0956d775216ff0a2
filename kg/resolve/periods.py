"""Periods with dates in the precision stated in, how they fit together out."""

from __future__ import annotations

from kg.dates import bounds
from kg.model import Period


def fit(one: Period, other: Period) -> bool:
    """Whether two periods may be one: no start and no end that contradict each other, and the end is no earlier than the start."""
    both = finer(one, other)
    start, end = bounds(both.start), bounds(both.end)
    backwards = start is not None and end is not None and end[1] < start[0]
    return _fit(one.start, other.start) and _fit(one.end, other.end) and not backwards


def finer(one: Period, other: Period) -> Period:
    """Take the more precise start and end of two periods that fit."""
    return Period(_finer(one.start, other.start), _finer(one.end, other.end))


def overlap(one: Period, other: Period) -> bool:
    """Whether two periods may share a day; an open side reaches any day."""
    return not (_ends_before(one, other) or _ends_before(other, one))


def _ends_before(one: Period, other: Period) -> bool:
    """Whether a period is over when another starts; a handover on one day is no overlap."""
    end, start = bounds(one.end), bounds(other.start)
    return bool(end and start and end[0] <= start[1] and end[1] <= start[1])


def _fit(one: str | None, other: str | None) -> bool:
    return not one or not other or one.startswith(other) or other.startswith(one)


def _finer(one: str | None, other: str | None) -> str | None:
    return max((one or "", other or ""), key=lambda d: (len(d), d)) or None
