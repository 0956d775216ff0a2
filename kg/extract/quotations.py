"""Text in, spans inside quotation marks out; with mentions and speakers, `Utterance` values out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.extract.attribution import UNNAMED, Scene, continues, familiar, scene, signed, speaker
from kg.extract.dates import Date
from kg.extract.unspoken import Marks, cues, unspoken
from kg.han import HAN
from kg.languages.encoder import Marked
from kg.model import Mention, Span, Utterance
from kg.ontology import Ontology
from kg.parse import Parsed

OPENING = {"“": "double", "„": "double", "‟": "double", "``": "double", ",,": "double", "‘": "single", "‚": "single"}
OPENING |= {"「": "corner", "『": "white corner", "«": "guillemet", "‹": "small guillemet", "﹁": "corner", "﹃": "white corner"}
CLOSING = {"”": "double", "''": "double", "’": "single"}
CLOSING |= {"」": "corner", "』": "white corner", "»": "guillemet", "›": "small guillemet", "﹂": "corner", "﹄": "white corner"}
EITHER = {'"': "double", "＂": "double", "'": "single"}
FAMILIES = OPENING | CLOSING | EITHER
MARK = re.compile("|".join(sorted(map(re.escape, FAMILIES), key=lambda m: (-len(m), m))))
BEFORE_OPENING = frozenset("([{<（【〔《—–―") | frozenset(OPENING) | {'"', "＂"}
AFTER_CLOSING = frozenset(".,;:!?)]}>）】〕》，。；：！？、…—–―") | frozenset(CLOSING) | {'"', "＂"}
SENTENCE_END = '.!?。！？…:："”」』'
BREAK = re.compile(r"[^\S\n]*\n\s*")
PLURAL = re.compile(r"s['’]\s[a-z]")
REACH = 60
LONGEST = 3000
CHARACTERS = 8
LATIN_WORD = re.compile(r"[^\W\d_\u2e80-\uffff][\w'’-]*|\d[\d.,]*")
PARAGRAPHS = 3


@dataclass(frozen=True, slots=True)
class _Mark:
    """A quotation mark: `turn` is 1 where it can only open, -1 where it can only close, 0 where it may do either."""

    start: int
    end: int
    family: str
    turn: int
    paragraph: int


def marked(text: str, dates: Sequence[Date] = ()) -> Marked:
    """Give what a network is told of a text before it reads it: where its quotations stand, and its dates."""
    return Marked(quoted(text), [(d.span.start, d.span.end) for d in dates])


def quoted(text: str) -> tuple[tuple[int, int], ...]:
    """Find the outermost spans of words in quotation marks, without the marks: sorted, disjoint, never blank.

    A quotation that runs over paragraphs, each opening anew, gives one span per paragraph.
    """
    breaks = _breaks(text)
    marks = tuple(_marks(text, breaks))
    spans = []
    n = 0
    while n < len(marks):
        found = _close(text, marks, n, breaks) if marks[n].turn >= 0 else None
        if found is None:
            n += 1
            continue
        end, following = found
        words = text[marks[n].end : end]
        start = marks[n].end + len(words) - len(words.lstrip())
        if words.strip():
            spans.append((start, start + len(words.strip())))
        n = next((k for k in range(following, len(marks)) if marks[k].start >= end), len(marks))
    return tuple(spans)


def quotations(
    parsed: Parsed, mentions: Sequence[Mention], speakers: Mapping[tuple[int, int], int], ontology: Ontology
) -> tuple[Utterance, ...]:
    """Find who says what: quotations of four words (eight Chinese characters) or more with a speaker, known beforehand or told nearby."""
    text = parsed.document.text
    spans = quoted(text)
    here = scene(text, spans, mentions, ontology)
    names = {(m.span.start, m.span.end) for m in mentions}
    return tuple(
        Utterance(who, text[a:b], Span(parsed.document.identifier, a, b), parsed.language(a))
        for (a, b), who in zip(spans, _speakers(here, speakers, cues(ontology)), strict=True)
        if who is not None and who != UNNAMED and _long(text[a:b]) and (a, b) not in names
    )


def _speakers(here: Scene, known: Mapping[tuple[int, int], int], marks: Marks) -> list[int | None]:
    """The speaker of each quotation: told or known, or that of the one it goes on from or leads on to."""
    found: list[int | None] = []
    for n, span in enumerate(here.quotes):
        who = _who(here, n, known.get(span), marks)
        if who is None and continues(here, n):
            who = found[n - 1]
        found.append(who)
        if who is not None and n and found[n - 1] is None and continues(here, n):
            found[n - 1] = who
    return found


def _who(here: Scene, n: int, known: int | None, marks: Marks) -> int | None:
    """The speaker of a quotation: none of those named, the one who signs it or is familiar, the one known, or the one told around it."""
    if unspoken(here, n, marks):
        return UNNAMED
    sure, told = (signed(here, n), familiar(here, n)), speaker(here, n)
    return next((who for who in (*sure, UNNAMED if told == UNNAMED else known, told) if who is not None), None)


def _long(words: str) -> bool:
    return 2 * len(LATIN_WORD.findall(words)) + len(HAN.findall(words)) >= CHARACTERS


def _breaks(text: str) -> list[int]:
    """Where paragraphs end: blank lines, and newlines after the end of a sentence or before anything but a small letter."""
    return [m.start() for m in BREAK.finditer(text) if m.group().count("\n") > 1 or _hard(text, m.start(), m.end())]


def _hard(text: str, before: int, after: int) -> bool:
    return text[before - 1 : before] in SENTENCE_END or not text[after : after + 1].islower()


def _marks(text: str, breaks: list[int]) -> Iterator[_Mark]:
    for match in MARK.finditer(text):
        glyph, start, end = match.group(), match.start(), match.end()
        before, after = text[start - 1 : start] if start else "", text[end : end + 1]
        family = FAMILIES[glyph]
        turn = _turn(glyph, before, after)
        plain = family == "single" and _apostrophe(glyph, before, text[end : end + 3])
        if not plain and (glyph != ",," or turn > 0):
            yield _Mark(start, end, family, turn, bisect_right(breaks, start))


def _apostrophe(glyph: str, before: str, after: str) -> bool:
    """Whether a single mark joins or shortens a word: "don't", "’90s", "6'"."""
    inside = glyph != "‘" and _latin(before) and _latin(after[:1])
    return inside or before.isdigit() or bool(re.match(r"\d\ds", after))


def _latin(character: str) -> bool:
    return character.isalnum() and ord(character) < 0x2E80


def _turn(glyph: str, before: str, after: str) -> int:
    """Which way a mark faces, by its glyph unless what stands around it says the other (“word“ and ”word” occur)."""
    opens = (not before or before.isspace() or before in BEFORE_OPENING) and bool(after.strip())
    closes = bool(before.strip()) and (not after.strip() or after in AFTER_CLOSING)
    around = opens - closes
    own = (glyph in OPENING) - (glyph in CLOSING)
    if FAMILIES[glyph] not in {"double", "single"}:
        return own
    return around if not own else own if around * own >= 0 else 0


def _close(text: str, marks: tuple[_Mark, ...], n: int, breaks: list[int]) -> tuple[int, int] | None:
    """Where the words that mark `n` opens end, and the first mark after them; `None` where it opens nothing."""
    opening = marks[n]
    same = [k for k in range(n + 1, min(len(marks), n + REACH)) if marks[k].family == opening.family]
    within = [k for k in same if marks[k].paragraph == opening.paragraph]
    k = _possible(text, marks, n, within) if opening.family == "single" else _balanced(marks, within)
    if k is not None:
        return marks[k].start, k + 1
    anew = bool(same) and marks[same[0]].turn > 0 and not text[_paragraph_end(text, opening, breaks) : marks[same[0]].start].strip()
    if within or opening.family == "single" or not (anew or _starts_speech(text, opening.start)):
        return None
    return _beyond(text, marks, n, same[0] if same else None, breaks)


def _balanced(marks: tuple[_Mark, ...], within: list[int]) -> int | None:
    """The mark that closes what is open, where those between nest."""
    depth = 1
    for k in within:
        depth += 1 if marks[k].turn > 0 else -1
        if not depth:
            return k
    return None


def _possible(text: str, marks: tuple[_Mark, ...], n: int, within: list[int]) -> int | None:
    """The closing single mark: rather not a plural's ("workers' rights"), and never between a pair of double marks."""
    reopened = next((k for k in within if marks[k].turn > 0), len(marks))
    closing = [k for k in within if k < reopened and marks[k].turn <= 0 and not sum(m.family == "double" for m in marks[n:k]) % 2]
    clear = (k for k in closing if not PLURAL.match(text[marks[k].start - 1 : marks[k].end + 2]))
    return next(clear, closing[0] if closing else None)


def _paragraph_end(text: str, mark: _Mark, breaks: list[int]) -> int:
    return breaks[mark.paragraph] if mark.paragraph < len(breaks) else len(text)


def _starts_speech(text: str, start: int) -> bool:
    """Whether a mark stands at the start of a line or after a colon or comma."""
    before = text[max(0, start - 20) : start].rstrip(" \t")
    return not before or before[-1] in "\n:：,，"


def _beyond(text: str, marks: tuple[_Mark, ...], n: int, k: int | None, breaks: list[int]) -> tuple[int, int] | None:
    """Close what mark `n` leaves open at its paragraph's end: at mark `k` some paragraphs on, or right there."""
    opening = marks[n]
    here = _paragraph_end(text, opening, breaks)
    if k is not None and marks[k].turn < 0 and marks[k].paragraph - opening.paragraph <= PARAGRAPHS:
        return (marks[k].start, k + 1) if marks[k].start - opening.end <= LONGEST else None
    ended = text[opening.end : here].rstrip()[-1:] in SENTENCE_END
    return (here, n + 1) if ended and here - opening.end <= LONGEST else None
