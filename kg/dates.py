"""A date in ISO 8601, in the precision stated, in; the days that it may mean out."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

WRITTEN = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")


def bounds(written: str | None) -> tuple[str, str] | None:
    """Return the first and the last day that a date (2023, 2023-09 or 2023-09-10) may mean; None where it is none of the calendar."""
    if not written or not WRITTEN.fullmatch(written):
        return None
    try:
        first = date.fromisoformat(f"{written}-01-01"[:10])
    except ValueError:
        return None
    month = first.month if len(written) > 4 else 12
    last = first.day if len(written) > 7 else monthrange(first.year, month)[1]
    return first.isoformat(), first.replace(month=month, day=last).isoformat()


def no_date(written: str, name: str | None = None) -> str:
    """Say that what somebody gave as a date, perhaps by a name, is none."""
    return f"{written or 'nothing'} is no date{f' for {name}' if name else ''}; write 2023-09-10, 2023-09 or 2023"
