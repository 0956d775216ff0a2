"""A parsed document in, its dates out: ISO 8601 in the precision stated, relative ones only where the document fixes them."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from kg.extract.datewords import Written, written
from kg.model import Span
from kg.ontology import Ontology
from kg.parse import Parsed

FIRST_LINES = 8
LAST_LINES = 3
LEAD = 600
DATELINE_REACH = 110
SHORT_LINE = 70
AFTER_DATELINE = re.compile(r"\s*[)）\]】]?\s*(?:[(（][^()（）\n]{1,40}[)）])?\s*[/,.|]?\s*(?:[-–—―:：/|]|电|電|讯|訊|$)")
SENTENCE_BREAK = re.compile(r"[.!?;。！？；\n]\s*")


@dataclass(frozen=True, slots=True, order=True)
class Date:
    """A date that the text gives, "2023", "2023-09" or "2023-09-10", and where."""

    span: Span
    value: str


def no_later(one: str, other: str) -> bool:
    """Whether a date may be no later than another, as far as both are precise."""
    shared = min(len(one), len(other))
    return one[:shared] <= other[:shared]


@dataclass(frozen=True, slots=True)
class _Known:
    """What the document says of its own date: the day it carries, else a dated day of its lead (good for years and months only)."""

    issued: str | None
    lead: str | None
    year: int | None


def dates(parsed: Parsed, ontology: Ontology) -> tuple[Date, ...]:
    """Find every date of a document that the document itself fixes, in order."""
    found = _written(parsed, ontology)
    known = _known(parsed, found)
    text = parsed.document.text
    resolved: list[tuple[Written, str]] = []
    for date in found:
        value = _value(date, known, _before(date, resolved, text))
        if value:
            resolved.append((date, value))
    return tuple(Date(Span(parsed.document.identifier, d.start, d.end), v) for d, v in resolved)


def dateline(parsed: Parsed, ontology: Ontology) -> str | None:
    """Return the full date that the first or last lines give as the document's own."""
    return _dateline(parsed.document.text, _written(parsed, ontology))


def _written(parsed: Parsed, ontology: Ontology) -> list[Written]:
    return [
        Written(w.start + part.start, w.end + part.start, w.year, w.month, w.day, w.weekday, w.shift)
        for part in parsed.parts
        for w in written(part.text, part.language, ontology)
    ]


def _known(parsed: Parsed, found: list[Written]) -> _Known:
    issued = _dateline(parsed.document.text, found) or parsed.document.issued
    lead = next((_iso(w) for w in found if w.start < LEAD and w.weekday and w.day and w.year), None)
    return _Known(issued, issued or lead, _only_year(found))


def _only_year(found: list[Written]) -> int | None:
    """The year of all full dates, where no other date is near it or after it."""
    full = {w.year for w in found if w.year and w.month and w.day}
    years = {w.year for w in found if w.year}
    year = max(full or years, default=None)
    return year if year and len(full) <= 1 and not {y for y in years if y == year - 1 or y > year} else None


def _dateline(text: str, found: list[Written]) -> str | None:
    lines = [(m.start(), m.end()) for m in re.finditer(r"[^\n]*\S[^\n]*", text)]
    edge = [*lines[:FIRST_LINES], *lines[FIRST_LINES:][-LAST_LINES:]]
    for start, end in edge:
        for date in found:
            if start <= date.start < end and date.year and date.month and date.day and _heads(text, (start, end), date):
                return _iso(date)
    return None


def _heads(text: str, line: tuple[int, int], date: Written) -> bool:
    """Whether a date stands as a dateline: in a short line that is no sentence, or at the head of a line before a dash or "电"."""
    start, end = line
    if end - start <= SHORT_LINE and text[start:end].rstrip()[-1] not in ".。!?！？…":
        return len(text[start : date.start].split()) <= 8
    return (
        date.start - start <= DATELINE_REACH and bool(AFTER_DATELINE.match(text, date.end, end)) and not _sentence(text[start : date.start])
    )


def _sentence(before: str) -> bool:
    """Whether what stands before a date is too much of a sentence for a dateline."""
    return bool(re.search(r"[a-z]{2}[.!?] |[。！？]", before)) or len(before.split()) > 12


def _before(date: Written, resolved: list[tuple[Written, str]], text: str) -> tuple[str | None, bool]:
    """The last date named before in the same paragraph, and whether in the same sentence."""
    if not resolved or "\n\n" in text[resolved[-1][0].end : date.start]:
        return None, False
    last, value = resolved[-1]
    return value, not SENTENCE_BREAK.search(text, last.end, date.start)


def _value(date: Written, known: _Known, before: tuple[str | None, bool]) -> str | None:
    if date.year:
        return _iso(date)
    if date.shift and date.shift[0] == "named":
        return _iso(date, int(before[0][:4]) + date.shift[1]) if before[0] else None
    if date.shift and date.shift[0] != "side":
        return _shifted(date, known)
    if date.weekday and not date.day:
        return _weekday(date, known.issued)
    return _completed(date, known, before)


def _iso(date: Written, year: int | None = None) -> str | None:
    """Write a date in its own precision; `None` for a day that no calendar has."""
    year = year or date.year
    if not year:
        return None
    if not date.month:
        return f"{year:04}"
    if not date.day:
        return f"{year:04}-{date.month:02}"
    try:
        return datetime.date(year, date.month, date.day).isoformat()
    except ValueError:
        return None


def _shifted(date: Written, known: _Known) -> str | None:
    """Count from the document's own date: "last year", "March this year", "yesterday"."""
    unit, step = date.shift or ("", 0)
    base = known.issued if unit == "day" else known.lead
    if not base or len(base) < {"year": 4, "month": 7, "day": 10}[unit]:
        return None
    if unit == "year":
        return _iso(date, int(base[:4]) + step)
    if unit == "month":
        months = int(base[:4]) * 12 + int(base[5:7]) - 1 + step
        return f"{months // 12:04}-{months % 12 + 1:02}"
    return (datetime.date.fromisoformat(base) + datetime.timedelta(days=step)).isoformat()


def _weekday(date: Written, issued: str | None) -> str | None:
    """The last such day up to the document's date; the first after it where the text says "next"."""
    if not issued or len(issued) < 10 or not date.weekday:
        return None
    day = datetime.date.fromisoformat(issued)
    back = (day.isoweekday() - date.weekday) % 7
    ahead = date.shift == ("side", 1)
    return (day + datetime.timedelta(days=7 - back if ahead else -back)).isoformat()


def _completed(date: Written, known: _Known, before: tuple[str | None, bool]) -> str | None:
    """Give a month (and day) its year: from the same sentence, the document's date, or the only year of the document's dates."""
    value, same_sentence = before
    side = date.shift[1] if date.shift else None
    if value and (side == 0 or (same_sentence and side is None)):
        return _iso(date, int(value[:4]))
    if known.lead:
        return _iso(date, _nearest_year(date, known.lead, side))
    return _iso(date, known.year) if known.year and not side else None


def _nearest_year(date: Written, base: str, side: int | None) -> int:
    """The year that puts a month where news would mean it: before or after the base as said, else less than half a year ahead."""
    year, month = int(base[:4]), int(base[5:7] or 12) if len(base) >= 7 else 12
    ahead = (date.month or month) - month
    if side == -1:
        return year - 1 if ahead >= 0 and (ahead or not date.day) else year
    if side == 1:
        return year + 1 if ahead <= 0 else year
    return year - 1 if ahead > 6 else year + 1 if ahead < -9 else year
