"""Text in, dates as written out: years, months, days and words like "last year", before anything tells what they mean."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from kg.extract.lexicon import alternation, listed
from kg.han import HAN
from kg.ontology import Ontology

MONTHS = tuple(f"month{n}" for n in range(1, 13))
WEEKDAYS = tuple(f"weekday{n}" for n in range(1, 8))
SHIFTS = {"yesterday": ("day", -1), "today": ("day", 0), "tomorrow": ("day", 1)}
SHIFTS |= {"lastMonth": ("month", -1), "thisMonth": ("month", 0), "nextMonth": ("month", 1)}
SHIFTS |= {"lastYear": ("year", -1), "thisYear": ("year", 0), "nextYear": ("year", 1)}
SHIFTS |= {"yearBeforeLast": ("year", -2), "yearAfterNext": ("year", 2), "sameYear": ("named", 0), "followingYear": ("named", 1)}
SHIFTS |= {"lastWeek": ("week", -1), "thisWeek": ("week", 0), "nextWeek": ("week", 1)}
COUNTED = {
    "yearsLater": ("named", 1),
    "yearsEarlier": ("named", -1),
    "yearsAgo": ("year", -1),
    "monthsAgo": ("month", -1),
    "daysAgo": ("day", -1),
}
TENS = tuple(f"number{n}" for n in range(20, 100, 10))
NUMBERS = (*(f"number{n}" for n in range(1, 20)), *TENS)
SIDES = {"lastOf": ("side", -1), "nextOf": ("side", 1), "sameOf": ("side", 0)}
SIDES |= {"lastWeekOf": ("week", -1), "thisWeekOf": ("week", 0), "nextWeekOf": ("week", 1)}
VAGUE = ("vague", 0)

NEAR = 40
OPENING = re.compile(r"(?:^|[.!?:\n])[\s\"“”'‘’(]*$")
YEAR = r"(?P<y>1[5-9]\d\d|20\d\d)"
BARE_YEAR = r"(?:(?<![\w.,/$€£¥#%-])|(?<=\b\d{4}-))(?P<y>1[89]\d\d|20\d\d)(?![\w%$€£¥]|[.,/]\d|-(?!\d{4}\b)\d\d\d)"
DAY = r"(?P<d>0?[1-9]|[12]\d|3[01])"
NUMBER = r"(?P<m>0?[1-9]|1[0-2])"
# Chinese dates are a notation, like the slashes: their signs mark year, month and day in any text. 民國 counts years from 1912.
HAN_DIGITS = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "两": 2, "兩": 2}
HAN_COUNT = r"(?<![一二三四五六七八九十百千万萬几幾数數多])[一二三四五六七八九十两兩]{1,3}"
HAN_YEAR = r"(?:(?P<roc>民[国國]\s?\d{2,3})|(?P<y>\d{4}|[〇零○一二三四五六七八九]{4}))\s?年"
HAN_MONTH = r"(?P<m>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])\s?月(?![内內来來])份?"
HAN_DAY = r"(?P<d>3[01]|[12]\d|0?[1-9]|[一二三]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|[一二三四五六七八九])\s?[日号號](?![线線])"
NOTATIONS = (
    rf"{HAN_YEAR}\s?{HAN_MONTH}\s?{HAN_DAY}",
    rf"{HAN_YEAR}\s?{HAN_MONTH}",
    rf"(?<![\d一二三四五六七八九十]){HAN_MONTH}\s?{HAN_DAY}",
    rf"(?<![\d一二三四五六七八九十]){HAN_YEAR}(?![\d])",
    rf"(?<![\d一二三四五六七八九十个個]){HAN_MONTH}",
    rf"(?<![\d./-]){YEAR}(?P<sep>[-/.]){NUMBER}(?P=sep){DAY}(?![\d/-])",
    r"(?<!\d)(?P<y>\d{4})(?=\s?[-—–~～至到]\s?\d{4}\s?年)",
)


@dataclass(frozen=True, slots=True, order=True)
class Written:
    """A date as it stands: what it says of year, month and day (`None` where silent), and how it leans on another date.

    `shift` is what it counts from and how far: "day", "week", "month", "year" from the document's own date, "named" from the year named
    before, "side" (-1 last, 0 same, 1 next) with a month or weekday, "vague" where nobody can tell ("several years ago").
    """

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    shift: tuple[str, int] | None = None


def iso(date: Written, year: int | None = None) -> str | None:
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


@lru_cache(maxsize=8)
def written(text: str, language: str, ontology: Ontology) -> tuple[Written, ...]:
    """Find the dates in a text of one language, in order, disjoint; parts that belong together are joined. What was last asked is kept."""
    found: list[Written] = []
    taken = bytearray(len(text) + 1)
    for pattern, shift in _patterns(ontology, language):
        for match in pattern.finditer(text):
            if not any(taken[match.start() : match.end()]) and (date := _read(match, language, ontology, shift)):
                found.extend(_days(date, match))
                taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    return tuple(_joined(sorted(found, key=lambda w: w.start), text, language, ontology))


@lru_cache(maxsize=64)
def _patterns(ontology: Ontology, language: str) -> tuple[tuple[re.Pattern[str], tuple[str, int] | None], ...]:
    """All ways to write a date in a language, the fullest first."""
    plain = (*NOTATIONS, *_named_months(ontology, language), *_numbers(ontology, language))
    patterns = [(re.compile(p, re.IGNORECASE), None) for p in plain]
    counts = [(re.compile(_vague(ontology, language), re.IGNORECASE), VAGUE)]
    counts += [(re.compile(_counted(ontology, n, language), re.IGNORECASE), s) for n, s in COUNTED.items()]
    shifts = [(re.compile(alternation(listed(ontology, language, n)), re.IGNORECASE), s) for n, s in SHIFTS.items()]
    rest = [f"(?P<w>{alternation(listed(ontology, language, *WEEKDAYS))})", BARE_YEAR]
    return (*patterns, *counts, *shifts, *((re.compile(p, re.IGNORECASE), None) for p in rest))


def _counted(ontology: Ontology, name: str, language: str) -> str:
    """A pattern of a number of years, months or days counted from another date: "two years later"."""
    count = rf"(?<![\d.,])\d\d?|{HAN_COUNT}|{_named_number(ontology, language)}"
    return rf"(?P<c>{count})\s*{alternation(listed(ontology, language, name))}"


def _named_number(ontology: Ontology, language: str) -> str:
    """A pattern of the numbers below 100 in words: "three", "dua puluh lima"."""
    tens, any_number = (alternation(listed(ontology, language, *numbers)) for numbers in (TENS, NUMBERS))
    return rf"(?:{tens}[\s-]+)?{any_number}"


def _vague(ontology: Ontology, language: str) -> str:
    """A pattern of what only seems a date: a number of years that cannot be told ("beberapa tahun lalu"), and words with parts of dates."""
    number = rf"(?:\d+|[一二三四五六七八九十百千]+|{_named_number(ontology, language)})"
    counted = alternation(listed(ontology, language, *COUNTED))
    vague, none = (alternation(listed(ontology, language, name)) for name in ("vagueNumber", "noDate"))
    return rf"{vague}\s*{number}?\s*{counted}|{none}"


def _named_months(ontology: Ontology, language: str) -> Iterator[str]:
    names = listed(ontology, language, *MONTHS)
    if not names:
        return
    month = f"(?P<n>{alternation(names)})"
    marks = f"(?:{'|'.join(map(re.escape, listed(ontology, language, 'ordinalMark')))})"
    particle = rf"(?:\s+{alternation(listed(ontology, language, 'dateParticle'))})?"
    day = rf"(?<![\d.,/]){DAY}{marks}?(?!\d)"
    span = rf"(?:\s?[-–—&/]\s?(?P<until>3[01]|[12]\d|0?[1-9]){marks}?(?!\d))?"
    yield rf"{day}{span}{particle}[\s-]+{month}\.?{particle},?[\s-]+{YEAR}(?!\d)"
    yield rf"{month}\.?\s+{DAY}{marks}?(?!\d){span},?\s+{YEAR}(?!\d)"
    yield rf"{month}\.?{particle},?\s+{YEAR}(?!\d)"
    yield rf"{day}{span}{particle}\s+{month}"
    yield rf"{month}\.?\s+{DAY}{marks}?(?!\d|[,.]\d|%){span}"
    yield month


def _numbers(ontology: Ontology, language: str) -> Iterator[str]:
    """Numbers between slashes: in the language's own order; elsewhere only where one alone can be the day."""
    if any(w == "day/month/year" for w in listed(ontology, language, "dateNotation")):
        yield rf"(?<![\d/]){DAY}(?P<sep>[/.-]){NUMBER}(?P=sep)(?P<y>19\d\d|20\d\d|\d\d)(?![\d/])"
        yield rf"(?<=\(){DAY}/{NUMBER}(?=\))"
    yield rf"(?<![\d/])(?P<d>1[3-9]|2\d|3[01])(?P<sep>[/.-]){NUMBER}(?P=sep){YEAR}(?![\d/])"
    yield rf"(?<![\d/]){NUMBER}(?P<sep>[/.-])(?P<d>1[3-9]|2\d|3[01])(?P=sep){YEAR}(?![\d/])"
    yield rf"(?<![\d/])(?P<d>0?[1-9]|1[0-2])(?P<sep>[/.-])(?P<m>(?P=d))(?P=sep){YEAR}(?![\d/])"


def _read(match: re.Match[str], language: str, ontology: Ontology, shift: tuple[str, int] | None) -> Written | None:
    said = {k: v for k, v in match.groupdict().items() if v}
    month = _number(said.get("m"))
    if name := said.get("n"):
        if not name[0].isupper() and "y" not in said:
            return None  # "may", "march"
        month = _index(ontology, MONTHS, name, language)
    weekday = _index(ontology, WEEKDAYS, said["w"], language) if "w" in said else None
    capital = match.group()[0].isupper()
    if (weekday and match.group().isascii() and not capital) or (shift and shift[0] == "week" and capital and not _opening(match)):
        return None  # "minggu" is a week, "Minggu" a Sunday where it opens no sentence
    if match.re.pattern == BARE_YEAR and not _is_year(match, language, ontology):
        return None
    if shift and "c" in said:
        shift = (shift[0], shift[1] * _count(said["c"], language, ontology))
    return Written(match.start(), match.end(), _year(said), month, _number(said.get("d")), weekday, shift)


def _days(date: Written, match: re.Match[str]) -> Iterator[Written]:
    """Split "14–15 November 2024" into its two days."""
    until = match.groupdict().get("until")
    if not until:
        yield date
        return
    yield replace(date, end=match.start("until") - 1)
    yield replace(date, start=match.start("until"), day=int(until))


def _is_year(match: re.Match[str], language: str, ontology: Ontology) -> bool:
    """Whether four digits are a year: not a count of what follows, a time of day or the number of a standard."""
    cue, numbered, has, clock, counted, later = _beside_year(ontology, language)
    before, after = match.string[max(0, match.start() - NEAR) : match.start()], match.string[match.end() : match.end() + NEAR]
    if cue.search(before):
        return True
    return not (numbered.search(before) or clock.match(after) or counted.match(after) or (has.search(before) and later.match(after)))


@lru_cache(maxsize=64)
def _beside_year(ontology: Ontology, language: str) -> tuple[re.Pattern[str], ...]:
    """What makes four digits a year before them, what they number, a word of having; behind them a clock, a noun, one further off."""
    cue, numbered, has, clock = (
        alternation(listed(ontology, language, name)) for name in ("yearCue", "numberedName", "having", "clockMark")
    )
    noun = alternation(listed(ontology, language, "countedNoun", "unitNoun"))
    behind = (rf"\s+{clock}", rf"\s+(?:\w+-\w+\s+)?{noun}", rf"\s+(?:[\w-]+\s+){{1,2}}{noun}")
    return tuple(re.compile(p) for p in (rf"{cue}\s+$", rf"{numbered}\s+$", rf"{has}\s+(?:\w+\s+){{0,3}}$", *behind))


def _opening(match: re.Match[str]) -> bool:
    return bool(OPENING.search(match.string, max(0, match.start() - NEAR), match.start()))


def _count(text: str, language: str, ontology: Ontology) -> int:
    if text.isdecimal() or all(c in HAN_DIGITS or c == "十" for c in text):
        return _number(text) or 0
    found = re.findall(alternation(listed(ontology, language, *NUMBERS)), text, re.IGNORECASE)
    return sum(int(NUMBERS[_index(ontology, NUMBERS, " ".join(w.split()), language) - 1].removeprefix("number")) for w in found)


def _index(ontology: Ontology, lists: tuple[str, ...], word: str, language: str) -> int:
    return next(n for n, name in enumerate(lists, 1) if word.casefold() in {w.casefold() for w in listed(ontology, language, name)})


def _year(said: dict[str, str]) -> int | None:
    if "roc" in said:
        return 1911 + int(re.sub(r"\D", "", said["roc"]))
    digits = "".join(str(HAN_DIGITS.get(c, c)) for c in said.get("y", ""))
    return int(digits) + (2000 if len(digits) == 2 else 0) if digits else None


def _number(text: str | None) -> int | None:
    """Read a number below 100 in European or Chinese digits."""
    if not text or text.isdecimal():
        return int(text) if text else None
    tens, _, ones = text.replace("廿", "二十").rpartition("十")
    if "十" not in text.replace("廿", "二十"):
        return HAN_DIGITS[ones]
    return 10 * (HAN_DIGITS[tens] if tens else 1) + (HAN_DIGITS[ones] if ones else 0)


def _joined(found: list[Written], text: str, language: str, ontology: Ontology) -> Iterator[Written]:
    """Join what stands together: "March this year", "去年3月", "last October", a weekday and its date."""
    particle = _particle(ontology, language)
    held: Written | None = None
    for date in found:
        together = held and date.start - held.end < 8 and particle.fullmatch(text[held.end : date.start])
        joined = _join(held, date) if held and together else None
        if held and not joined:
            yield _sided(held, text, language, ontology)
        held = joined or date
    if held:
        yield _sided(held, text, language, ontology)


def _join(first: Written, second: Written) -> Written | None:
    for part, whole in ((first, second), (second, first)):
        if whole.shift and whole.shift[0] in ("year", "named") and part.month and not part.year and not part.shift:
            return replace(part, start=first.start, end=second.end, shift=whole.shift)
        if whole.shift and whole.shift[0] == "week" and not whole.weekday and part.weekday and not part.day:
            return replace(part, start=first.start, end=second.end, shift=whole.shift)
        if part.weekday and not part.day and whole.day:
            return replace(whole, start=first.start, end=second.end, weekday=part.weekday)
    return None


@lru_cache(maxsize=64)
def _particle(ontology: Ontology, language: str) -> re.Pattern[str]:
    """What may stand between two parts of one date."""
    return re.compile(rf"[\s,(（]*{alternation(listed(ontology, language, 'dateParticle'))}?\s*", re.IGNORECASE)


@lru_cache(maxsize=64)
def _sides(ontology: Ontology, language: str) -> tuple[tuple[re.Pattern[str], re.Pattern[str], tuple[str, int]], ...]:
    """The words for "last", "next", "this" and "that" before a date and after it, with what each means."""
    patterns = []
    for name, shift in SIDES.items():
        told = listed(ontology, language, name)
        before, after = alternation(told), alternation(w for w in told if not HAN.match(w))
        patterns.append((re.compile(rf"{before}\s*$", re.IGNORECASE), re.compile(rf"\s*{after}", re.IGNORECASE), shift))
    return tuple(patterns)


def _sided(date: Written, text: str, language: str, ontology: Ontology) -> Written:
    """Take in "last", "next", "this" or "that" beside a bare month or weekday."""
    if date.year or date.shift or not (date.month or date.weekday):
        return date
    for leading, trailing, shift in _sides(ontology, language):
        if shift[0] == "week" and (date.month or not date.weekday):
            continue
        before = leading.search(text[max(0, date.start - 12) : date.start])
        after = trailing.match(text[date.end : date.end + 12])
        if before or after:
            start = date.start - len(before.group()) if before else date.start
            return replace(date, start=start, end=date.end + (len(after.group()) if after else 0), shift=shift)
    return date
