"""A parsed document in, its dates out: ISO 8601 in the precision stated, relative ones only where the document fixes them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.extract import datelines, weekdays
from kg.extract.datewords import Written, iso, written
from kg.extract.lexicon import alternation, listed, until
from kg.model import Span
from kg.ontology import Ontology
from kg.parse import Parsed

LEAD = 600
CLAUSE = 80  # characters before and behind a date in which its clause is sought
PRECISION = {"year": 4, "month": 7, "day": 10}
CLAUSE_BREAK = re.compile(r"[,;，；。、（）()\n]|[.!?！？](?=\s|$)")
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
    found, text = _written(parsed, ontology), parsed.document.text
    own = datelines.dateline(text, found, ontology)
    known = _known(parsed, found, own, ontology)
    resolved: list[tuple[Written, str]] = []
    before: tuple[Written, str] | None = None  # the dateline dates the text, not what its sentence tells
    for date in found:
        if date.weekday and not date.day:
            value = weekdays.day(date, known.issued, text, ontology) if known.issued and len(known.issued) >= 10 else None
        else:
            value = _value(date, known, _before(date, before, text))
        if value:
            resolved.append((date, value))
            before = before if date is own else (date, value)
    return tuple(Date(Span(parsed.document.identifier, d.start, d.end), v) for d, v in resolved)


def dateline(parsed: Parsed, ontology: Ontology) -> str | None:
    """Return the full date that the first or last lines give as the document's own."""
    own = datelines.dateline(parsed.document.text, _written(parsed, ontology), ontology)
    return iso(own) if own else None


def happening(days: Sequence[Date], parsed: Parsed, ontology: Ontology) -> tuple[Date, ...]:
    """Leave out of the dates of a document the day with which it begins if that only tells when it was said."""
    said = datelines.opening(parsed.document.text, _written(parsed, ontology), ontology)
    return tuple(d for d in days if not said or d.span.start != said.start)


def _written(parsed: Parsed, ontology: Ontology) -> list[Written]:
    return [
        Written(w.start + part.start, w.end + part.start, w.year, w.month, w.day, w.weekday, w.shift)
        for part in parsed.parts
        for w in written(part.text, part.language, ontology)
    ]


def _known(parsed: Parsed, found: list[Written], own: Written | None, ontology: Ontology) -> _Known:
    issued = (iso(own) if own else None) or parsed.document.issued
    lead = next((iso(w) for w in found if w.start < LEAD and w.weekday and w.day and w.year), None)
    return _Known(issued, issued or lead, _only_year(found, parsed.document.text, ontology))


def _only_year(found: list[Written], text: str, ontology: Ontology) -> int | None:
    """The year of all full dates, where no other date is near it or after it; a year alone may be any, a day of birth tells none."""
    full = {w.year for w in found if w.year and w.month and w.day and not _first(w, text, ontology)}
    year = max(full, default=None)
    return year if year and len(full) == 1 and not any(w.year and (w.year == year - 1 or w.year > year) for w in found) else None


def _first(date: Written, text: str, ontology: Ontology) -> bool:
    """Whether a date tells when somebody was born or something founded, by the words of its clause."""
    start = max(
        (m.end() for m in CLAUSE_BREAK.finditer(text, max(0, date.start - CLAUSE), date.start)), default=max(0, date.start - CLAUSE)
    )
    end = until(CLAUSE_BREAK, text, date.end, min(len(text), date.end + CLAUSE))
    return bool(_births(ontology).search(text, start, end))


@lru_cache(maxsize=8)
def _births(ontology: Ontology) -> re.Pattern[str]:
    return re.compile(alternation(listed(ontology, None, "birth")), re.IGNORECASE)


def _before(date: Written, last: tuple[Written, str] | None, text: str) -> tuple[str | None, bool]:
    """The last date named before in the same paragraph, and whether in the same sentence."""
    if not last or "\n\n" in text[last[0].end : date.start]:
        return None, False
    return last[1], not SENTENCE_BREAK.search(text, last[0].end, date.start)


def _value(date: Written, known: _Known, before: tuple[str | None, bool]) -> str | None:
    if date.year:
        return iso(date)
    if date.shift and date.shift[0] == "named":
        return iso(date, int(before[0][:4]) + date.shift[1]) if before[0] else None
    if date.shift and date.shift[0] != "side":
        return _shifted(date, known)
    return _completed(date, known, before)


def _shifted(date: Written, known: _Known) -> str | None:
    """Count from the document's own date: "last year", "March this year", "yesterday"."""
    unit, step = date.shift or ("", 0)
    base = known.issued if unit == "day" else known.lead
    if unit not in PRECISION or not base or len(base) < PRECISION[unit]:
        return None
    if unit == "year":
        return iso(date, int(base[:4]) + step)
    if unit == "month":
        months = int(base[:4]) * 12 + int(base[5:7]) - 1 + step
        return f"{months // 12:04}-{months % 12 + 1:02}"
    return (datetime.date.fromisoformat(base) + datetime.timedelta(days=step)).isoformat()


def _completed(date: Written, known: _Known, before: tuple[str | None, bool]) -> str | None:
    """Give a month (and day) its year: from the same sentence, the document's date, or the only year of the document's dates."""
    value, same_sentence = before
    side = date.shift[1] if date.shift else None
    if value and (side == 0 or (same_sentence and side is None)):
        return iso(date, int(value[:4]))
    if known.lead:
        return iso(date, _nearest_year(date, known.lead, side))
    return iso(date, known.year) if known.year and not side else None


def _nearest_year(date: Written, base: str, side: int | None) -> int:
    """The year that puts a month where news would mean it: before or after the base as said, else less than half a year ahead."""
    year, month = int(base[:4]), int(base[5:7] or 12) if len(base) >= 7 else 12
    ahead = (date.month or month) - month
    if side == -1:
        return year - 1 if ahead >= 0 and (ahead or not date.day) else year
    if side == 1:
        return year + 1 if ahead <= 0 else year
    return year - 1 if ahead > 6 else year + 1 if ahead < -9 else year
