"""Dates in the precision stated in, their bounds and how they fit together out."""

from __future__ import annotations

import re
from calendar import monthrange

from kg.errors import QueryError
from kg.model import Period

WRITTEN = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")


def asked(date: str, name: str | None = None) -> tuple[str, str]:
    """Return the first and the last day of a date that somebody asks about, perhaps by a name; raise QueryError for what is none."""
    found = bounds(date) if WRITTEN.fullmatch(date) else None
    if found is None:
        raise QueryError(f"{date} is no date{f' for {name}' if name else ''}; write 2023-09-10, 2023-09 or 2023")
    return found


def bounds(date: str | None) -> tuple[str, str] | None:
    """Return the first and the last day that a date in ISO 8601 may mean; None where it is none."""
    if not date:
        return None
    parts = date.split("-")
    try:
        year, month = int(parts[0]), int(parts[1]) if len(parts) > 1 else None
        last = monthrange(year, month or 12)[1]
    except (ValueError, IndexError):
        return None
    if len(parts) > 2:
        return (date, date) if parts[2].isdecimal() and 0 < int(parts[2]) <= last else None
    return f"{parts[0]}-{month or 1:02}-01", f"{parts[0]}-{month or 12:02}-{last:02}"


def fit(one: Period, other: Period) -> bool:
    """Whether two periods may be one: no start and no end that contradict each other."""
    return _fit(one.start, other.start) and _fit(one.end, other.end)


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
