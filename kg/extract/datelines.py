"""A text and its dates as written in, the one that it carries as its own out: of a dateline, a byline or a line "Published: …"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache

from kg.extract.datewords import Written, iso
from kg.extract.lexicon import alternation, listed, until
from kg.han import HAN
from kg.ontology import Ontology

FIRST_LINES, LAST_LINES = 8, 3
REACH, SHORT_LINE = 110, 70
MOST_WORDS, MOST_SIGNS = 12, 8  # of a place or an agency before a date, in words and in Chinese characters
STOPS = ".。!?！？…"
APART = ",，、/|｜·•;；(（[【–—-"
HARD = re.compile(r"[|｜·•–—]")
SENTENCE = re.compile(r"[a-z]{2}[.!?] |[。！？]")
BULLET = re.compile(r"\s*[-–—*•·]\s")
PROSE = re.compile(r"(?<![\w.@/-])[a-z][\w-]{3,}(?![\w.@/])")  # a word in small letters, but for those of names ("de")
HEAD = r"\s*[)）\]】]?\s*(?:[(（][^()（）\n]{1,40}[)）])?\s*[/,.|]?\s*(?:(?P<wire>%s)|(?P<colon>[:：])|[-–—―/|])"
SENTENCE_END = re.compile(r"[。！？\n]")
HAN_STOP = re.compile("[。！？]")
COMMA, CLAUSE = re.compile(r"\s*[,，]\s*"), re.compile(r"[,，;；。！？!?\n]")
DEICTIC = frozenset({"day", "week", "month", "year"})  # what a date may count from the document's own
Line = tuple[int, int]


def dateline(text: str, found: Sequence[Written], ontology: Ontology) -> Written | None:
    """Return the full date that one of the first or last lines gives as the text's own; one beside other names only where none is surer."""
    full = [w for w in found if w.year and w.month and w.day and iso(w)]
    dated = _by_line(text, full)
    lines = [*dated]
    entries = sum(any(_entry(text, line, w, ontology) for w in own) for line, own in dated.items())
    bare: Written | None = None
    for line in (*lines[:FIRST_LINES], *lines[FIRST_LINES:][-LAST_LINES:]):
        for date in dated[line]:
            if _entry(text, line, date, ontology) and entries > 1:
                continue  # a chronology
            if _heads(text, line, date, ontology) or _labelled(text, line, date, ontology):
                return date
            bare = bare or (date if _alone(text, line, date, ontology) else None)
    return bare or _said_then(text, found, ontology)


def opening(text: str, found: Sequence[Written], ontology: Ontology) -> Written | None:
    """Return the day with which the first sentence of a Chinese text begins if it dates no event but when the text says what it says.

    Behind it, then, comes a verb of saying ("3月12日，…表示，"), a date that counts from the document's own ("2024年3月12日，…去年…"), or
    a verb that announces and, later in the sentence, the day of what it announces ("3月12日，…宣布，…4月1日起…").
    """
    first = _first_day(text, found)
    if not first:
        return None
    start, end = _clause(text, first)
    counted = any(w.shift and w.shift[0] in DEICTIC and start <= w.start < end for w in found)
    stop = until(SENTENCE_END, text, start)
    dated = any(w.month and start <= w.start < stop for w in found)
    cues = _cues(ontology)
    said = cues["said"].search(text, start, end + 1) or (dated and cues["announced"].search(text, start, end))
    return first if counted or said else None


def _said_then(text: str, found: Sequence[Written], ontology: Ontology) -> Written | None:
    """Return the full date of such an opening, or of one that announces; none where a later year is named: it begins a story."""
    date = _first_day(text, found)
    if not date or not date.year or not iso(date) or any(w.year and w.year > date.year for w in found):
        return None
    return date if opening(text, found, ontology) or _cues(ontology)["announced"].search(text, *_clause(text, date)) else None


def _first_day(text: str, found: Sequence[Written]) -> Written | None:
    """The day with which the first sentence of a Chinese text begins, before a comma."""
    stop = HAN_STOP.search(text)
    start = text.rfind("\n", 0, stop.start()) + 1 if stop else len(text)
    first = next((w for w in found if start <= w.start and w.month and w.day), None)
    if not first or text[start : first.start].strip():
        return None
    comma = COMMA.match(text, first.end)
    return first if comma and HAN.match(text, comma.end()) else None


def _clause(text: str, date: Written) -> tuple[int, int]:
    """Where the clause behind a date and its comma starts and ends."""
    comma = COMMA.match(text, date.end)
    start = comma.end() if comma else date.end
    return start, until(CLAUSE, text, start)


def _by_line(text: str, found: Iterable[Written]) -> dict[Line, list[Written]]:
    """The lines of a text that are not blank, in order, each with the dates that begin in it."""
    dated: dict[Line, list[Written]] = {m.span(): [] for m in re.finditer(r"[^\n]*\S[^\n]*", text)}
    lines = [*dated]
    for date in found:
        n = bisect_right(lines, date.start, key=lambda line: line[0]) - 1
        if n >= 0 and date.start < lines[n][1]:
            dated[lines[n]].append(date)
    return dated


def _entry(text: str, line: Line, date: Written, ontology: Ontology) -> bool:
    """Whether a date opens its line, and text follows it there."""
    head = _cues(ontology)["head"].match(text, date.end, line[1])
    return bool(head) and not text[line[0] : date.start].strip(" \t#*-–—•·")


def _heads(text: str, line: Line, date: Written, ontology: Ontology) -> bool:
    """Whether a date stands at the head of a line behind nothing but places and agencies, before a dash or "电"."""
    before, head = text[line[0] : date.start], _cues(ontology)["head"].match(text, date.end, line[1])
    if not head or len(before) > REACH or SENTENCE.search(before) or len(before.split()) > MOST_WORDS:
        return False
    return bool(head["wire"]) or (_apart(before, ontology) and not BULLET.match(before) and not (head["colon"] and not before.strip()))


def _apart(before: str, ontology: Ontology) -> bool:
    """Whether what stands before a date is not prose: nothing, or names that a sign keeps apart from it."""
    cues, names = _cues(ontology), before.strip()
    if not names:
        return True
    if PROSE.search(names) or cues["lead"].search(names) or cues["caption"].match(names):
        return False
    if names[-1] in APART:
        return True
    tail = re.split(r"[\s,，、/|·]", names)[-1]
    return len(tail) <= MOST_SIGNS if HAN.match(tail[-1]) else tail.isupper() and len(tail) > 1


def _labelled(text: str, line: Line, date: Written, ontology: Ontology) -> bool:
    """Whether a short line says that it was published then, or names its author beside the date."""
    before, after, cues = text[line[0] : date.start], text[date.end : line[1]], _cues(ontology)
    if not _short(text, line):
        return False
    if cues["label"].search(HARD.split(before)[-1]):
        return True
    return bool(cues["byline"].match(before) or cues["byline"].match(after.lstrip(APART + " \t"))) and not _prose((before, after), ontology)


def _alone(text: str, line: Line, date: Written, ontology: Ontology) -> bool:
    """Whether a short line holds only a date, places, names and times of day."""
    before, after = text[line[0] : date.start], text[date.end : line[1]]
    if (
        not _short(text, line)
        or _prose((after,), ontology)
        or not _apart(before, ontology)
        or HAN.match(after)
        or after[:1] in tuple(",，:：")
    ):
        return False
    return all(len(HAN.findall(piece)) <= MOST_SIGNS for piece in after.split())


def _short(text: str, line: Line) -> bool:
    start, end = line
    return end - start <= SHORT_LINE and text[start:end].rstrip()[-1] not in STOPS and not BULLET.match(text, start, end)


def _prose(pieces: Iterable[str], ontology: Ontology) -> bool:
    known = _cues(ontology)["known"]
    return any(PROSE.search(known.sub(" ", piece)) for piece in pieces)


@lru_cache(maxsize=8)
def _cues(ontology: Ontology) -> dict[str, re.Pattern[str]]:
    """Patterns of what stands beside a document's date, in all languages."""
    lists = (("dateStart", "dateEnd"), ("publicationLabel",), ("byline",))
    lead, label, byline = (alternation(listed(ontology, None, *names)) for names in lists)
    caption = alternation(w for w in listed(ontology, None, "newsCredit") if not re.fullmatch(byline, w, re.IGNORECASE))
    performing = [w for w in listed(ontology, None, "performative") if HAN.match(w)]
    speech = [w for w in listed(ontology, None, "speechVerb") if HAN.match(w) and w not in performing]
    patterns = {
        "said": rf"{alternation(speech)}[:：,，“「]",
        "announced": alternation(performing),
        "head": HEAD % alternation(listed(ontology, None, "wireMark")),
        "lead": rf"{lead}$",
        "label": rf"^\W*{label}(?:\s+{byline}\s.*|\s*[:：]?\s*(?:{lead}\s*)?)$",
        "byline": rf"\W*{byline}\s*[:：]?\s*\S",
        "caption": rf"\W*{caption}",
        "known": alternation(listed(ontology, None, "publicationLabel", "byline", "clockWord")),
    }
    return {name: re.compile(pattern, re.IGNORECASE) for name, pattern in patterns.items()}
