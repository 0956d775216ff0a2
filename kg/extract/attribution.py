"""Quotations, mentions and words of speech in, the speaker's chain out: what stands around a quotation says who spoke."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.cover import Cover
from kg.extract.lexicon import alternation, listed, possessive
from kg.han import HAN
from kg.model import Mention
from kg.ontology import Ontology

CLOSE = "\"＂”’」』»›'`"
ABBREVIATED = r"(?<!\b\w\w[.])(?<!\b[A-Z]\w\w[.])(?<!\b[A-Z]\w{3}[.])"  # "dr.", "Inc.", "Prof."
SENTENCE = re.compile(rf"(?:(?<=[^\WA-Z\d_][^\WA-Z\d_][.!?]){ABBREVIATED}|(?<=\d\d[.!?]))\s+(?=[^\Wa-z])|[。！？]|(?<=[)”\"’][.!?])\s+")
ENDED = re.compile(r"[.!?]\s+(?=[“\"'‘«„]*[^\W\d_a-z])")  # behind a name, which would hold the stop of an abbreviation ("Mas.", "Inc.")
STOPS = ".,!?…—。，！？"
COMMA = re.compile(r"[,;:，；：、]")
PARAGRAPH = re.compile(r"\n\s*")
TAIL = re.compile(r"[\s\"＂”’」』»›'`,，.。、]*")
OPEN = "“\"＂„「『‘«'` "
WINDOW, NEAR, SHORT, REACH = 260, 60, 25, 600
DASH = re.compile(r"[\"＂”’」』»›'`.]*[^\S\n]*(?:\n\s*)?(?:[–—―⸺~]+|--?(?=[^\S\n]))[^\S\n]*")
SIGNED = re.compile(r"\s*(?:[,，(（/|\n]|[.。!！]?\s*$)", re.MULTILINE)  # what may follow the name of one who signs
UNNAMED = -1  # said by somebody whom the text does not name


@dataclass(frozen=True, slots=True)
class Words:
    """Patterns of verbs of speech, of what names a source or opens a phrase for somebody not named, of pronouns and prepositions.

    `owning` is what stands between a possessor and such a phrase, `shortened` a name's last word where it is short for another; `called`
    and `calling` have a single `name` beside a verb of speech, before and behind a quotation.
    """

    verb: re.Pattern[str]
    source: re.Pattern[str]
    indefinite: re.Pattern[str]
    pronoun: re.Pattern[str]
    owning: re.Pattern[str]
    preposition: re.Pattern[str]
    shortened: re.Pattern[str]
    called: re.Pattern[str]
    calling: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Scene:
    """A text with its quotations and the mentions outside them, all in order; and the words that introduce speech."""

    text: str
    quotes: tuple[tuple[int, int], ...]
    mentions: tuple[Mention, ...]
    people: frozenset[str]
    words: Words

    def between(self, start: int, end: int) -> tuple[Mention, ...]:
        """Return the mentions that begin between two places of the text."""
        first = bisect_left(self.mentions, start, key=lambda m: m.span.start)
        return self.mentions[first : bisect_left(self.mentions, end, key=lambda m: m.span.start)]


def scene(text: str, quotes: tuple[tuple[int, int], ...], mentions: Iterable[Mention], ontology: Ontology) -> Scene:
    """Gather what tells speakers: those who can hold an office (people), else what they hold it at (their organizations)."""
    people, speaking = ontology.holders(), ontology.speakers()
    quoted = Cover(quotes)
    outside = (m for m in mentions if m.type in speaking and quoted.reach(m.span.start) <= m.span.start)
    return Scene(text, quotes, tuple(sorted(outside, key=lambda m: m.span)), people, _words(ontology))


def speaker(scene: Scene, n: int) -> int | None:
    """Return the chain of the one who speaks quotation `n` where the text around it says so, UNNAMED where it gives no name."""
    before = None if _comma_inside(scene, n) and not _leads_up(scene, n) else _before(scene, n)
    return _first(before, _after(scene, n), _understood(scene, n))


def signed(scene: Scene, n: int) -> int | None:
    """Return the chain of the one whose name alone, with an office at most, follows a quotation and a dash: “…” – X, chair of Y."""
    start, end = scene.quotes[n]
    lead = scene.text[scene.text.rfind("\n", 0, start) + 1 : start].rstrip(OPEN)
    dash = DASH.match(scene.text, end)
    if not dash or lead[-1:] not in ("", ":", "：", *".!?。！？*>"):
        return None
    newline = scene.text.find("\n", dash.end())
    line = newline if newline >= 0 else len(scene.text)
    stop = min(line, scene.quotes[n + 1][0] if n + 1 < len(scene.quotes) else line)
    named = scene.between(dash.end(), stop)
    if not named or scene.words.verb.search(scene.text, dash.end(), stop):
        return None
    last = next((m for m in named if m.type in scene.people), named[0])
    ahead, behind = scene.text[dash.end() : last.span.start], scene.text[last.span.end : stop]
    return last.chain if not COMMA.search(ahead) and SIGNED.match(behind) else None


def familiar(scene: Scene, n: int) -> int | None:
    """Return the chain of the one whose given name alone stands beside a verb of speech and the quotation: Dame Ada replied: “…”.

    So it is where one person of the text has it, and no mention is there by which that person could be found otherwise.
    """
    start, lead = scene.quotes[n][0], _sentence_start(scene, n)
    found = scene.words.called.search(scene.text, lead, start) or scene.words.calling.match(scene.text, *attributed(scene, n))
    if not found or any(m.span.end > found.start("name") for m in scene.between(found.start() - NEAR, found.end())):
        return None
    bearers = {m.chain for m in scene.mentions if m.type in scene.people and m.text.split()[0] == found["name"] != m.text}
    return bearers.pop() if len(bearers) == 1 else None


def attributed(scene: Scene, n: int) -> tuple[int, int]:
    """Return where what follows quotation `n` in its sentence begins and ends."""
    begin = scene.quotes[n][1] + _tail(scene, n)
    return begin, begin + len(_following(scene, n))


def continues(scene: Scene, n: int) -> bool:
    """Whether quotation `n` goes on from the one before: nothing but its attribution, or only a paragraph break left open, between."""
    if n == 0:
        return False
    between = scene.text[scene.quotes[n - 1][1] : scene.quotes[n][0]]
    if not all(_stops(scene.text, end) for _, end in scene.quotes[n - 1 : n + 1]):
        return False
    if "\n" in between:
        return not any(c in CLOSE for c in between[:2]) and not between.strip('\n\r\t “"„「『‘«')
    named = scene.between(scene.quotes[n - 1][1] + 1, scene.quotes[n][0])
    return not named or bool(scene.words.verb.search(between))


def _stops(text: str, end: int) -> bool:
    """Whether quoted words end as a sentence or clause does."""
    return text[end - 1] in STOPS or text[end : end + 2].lstrip(CLOSE)[:1] in (",", "，", ".", "。")


def _first(*found: int | None) -> int | None:
    return next((f for f in found if f is not None), None)


def _comma_inside(scene: Scene, n: int) -> bool:
    """Whether a quotation ends in a comma or is followed by one: its attribution comes after it."""
    end = scene.quotes[n][1]
    return scene.text[end - 1] in ",，" or scene.text[end : end + 2].lstrip(CLOSE)[:1] in (",", "，")


def _leads_up(scene: Scene, n: int) -> bool:
    """Whether nothing but a word or two stands between a verb of speech and the quotation behind it: "X said “…”, while Y …"."""
    start = scene.quotes[n][0]
    floor = _sentence_start(scene, n)
    ends = [v.end() + floor for v in scene.words.verb.finditer(scene.text[floor:start])]
    return bool(ends) and start - ends[-1] < SHORT and not scene.between(ends[-1], start)


def _before(scene: Scene, n: int) -> int | None:
    """The subject of the verb of speech, the source or the label that leads up to a quotation in its sentence."""
    start = scene.quotes[n][0]
    floor = _sentence_start(scene, n)
    lead = scene.text[floor:start]
    people = _people(scene, floor, start)
    label = _labelled(scene, people[-1], start) if people else None
    return _first(_sourced(scene, lead, floor, people), _said(scene, floor, start), label)


def _sentence_start(scene: Scene, n: int) -> int:
    start = scene.quotes[n][0]
    floor = max(start - WINDOW, scene.quotes[n - 1][1] if n and not _inline(scene, n - 1) else 0, scene.text.rfind("\n", 0, start) + 1)
    breaks = [m.end() + floor for m in SENTENCE.finditer(scene.text[floor:start].rstrip(OPEN) + " A")]
    return min(start, max([floor, *breaks, *_ended(scene, floor, start)]))


def _ended(scene: Scene, start: int, end: int) -> list[int]:
    """Where the sentences begin, between two places, before which one ends in a name."""
    stops = (ENDED.match(scene.text, m.span.end) for m in scene.between(start, end) if not scene.words.shortened.search(m.text))
    return [stop.end() for stop in stops if stop and stop.end() <= end]


def _understood(scene: Scene, n: int) -> int | None:
    """Where speech is introduced but nobody named ("…," she said): the first person of the nearest sentence before that has one."""
    start = scene.quotes[n][0]
    follow = _following(scene, n)
    verb = scene.words.verb.search(follow)
    lead = scene.text[_sentence_start(scene, n) : start].rstrip(OPEN)
    if not (verb and verb.start() < SHORT) and not (lead[-1:] in (":", "：") or (lead and scene.words.verb.search(lead[-SHORT:]))):
        return None
    text = scene.text[max(0, start - REACH) : start]
    end = start
    breaks = {*(m.end() + start - len(text) for m in SENTENCE.finditer(text)), *_ended(scene, start - len(text), start), start - len(text)}
    for at in sorted(breaks, reverse=True):
        people = [m for m in _people(scene, at, end) if m.type in scene.people]
        if people:
            return people[0].chain
        end = at
    return None


def _inline(scene: Scene, n: int) -> bool:
    """Whether a quotation is a short fragment within a sentence."""
    start, end = scene.quotes[n]
    return end - start < NEAR and scene.text[end - 1] not in ".,!?。，！？"


def _sourced(scene: Scene, lead: str, floor: int, people: Sequence[Mention]) -> int | None:
    match = scene.words.source.search(lead)
    after = [m for m in people if match and 0 <= m.span.start - floor - match.end() < NEAR]
    return after[0].chain if after else None


def _said(scene: Scene, floor: int, start: int) -> int | None:
    """The subject of the last verb of speech that has one between the start of a sentence and a quotation."""
    verbs = reversed(list(scene.words.verb.finditer(scene.text, floor, start)))
    return _first(*(_subject(scene, floor, verb, min(start, verb.end() + NEAR), -1) for verb in verbs))


def _subject(scene: Scene, start: int, verb: re.Match[str], end: int, nearest: int) -> int | None:
    """The subject of a verb between two places: a person ahead of it, who or what stands right beside it, anybody ahead, then behind.

    Of people ahead it is the `nearest` (0 is the first, -1 the last), but behind a comma the first ("X, who …, said").
    """
    clause = scene.text[start : verb.start()]
    apposition = clause.rstrip()[-1:] in (",", "，", ")", "）")
    comma = max((m.end() for m in COMMA.finditer(clause)), default=0)
    if _nameless(scene, start if apposition else start + comma, verb.start()):
        return UNNAMED
    ahead = scene.between(start, verb.start())
    people = [m for m in ahead if m.type in scene.people]
    if people:
        return people[0 if apposition else nearest].chain
    if ahead and not governed(ahead[-1].span.start, scene) and start + comma <= ahead[-1].span.start:
        return ahead[-1].chain
    if _opened(scene, verb.end(), end):
        return UNNAMED
    behind = [m for m in scene.between(verb.end(), end) if not governed(m.span.start, scene)]
    people = [m for m in behind if m.type in scene.people]
    return next((m.chain for m in (*people, *(ahead[:1] if apposition else ahead[::-1]), *behind)), None)


def _opened(scene: Scene, start: int, end: int) -> bool:
    """Whether a subject that follows its verb ("said a spokesman") is a phrase for somebody not named."""
    start += len(scene.text[start:end]) - len(scene.text[start:end].lstrip())
    return bool(scene.words.indefinite.match(scene.text, start, end)) and _nameless(scene, start, end)


def _nameless(scene: Scene, start: int, end: int) -> bool:
    """Whether a subject is a phrase for somebody not named ("a spokesman for X", "seorang juru bicara X", "X的一位员工")."""
    openings = [m for m in scene.words.indefinite.finditer(scene.text, start, end) if not governed(m.start(), scene)]
    if not openings:
        return False
    at = openings[-1].end()
    opening = openings[-1].start()
    before = [m for m in scene.between(start, opening) if not scene.words.owning.fullmatch(scene.text, m.span.end, opening)]
    people = [(m.span.start, m.span.end) for m in scene.between(at, end) if m.type in scene.people]
    people += [m.span() for m in scene.words.pronoun.finditer(scene.text, at, end)]
    return not before and not any(_apposed(a, b, end, scene) for a, b in people)


def _apposed(start: int, end: int, until: int, scene: Scene) -> bool:
    """Whether a name stands in apposition: behind a comma or bracket, or last in its phrase without a preposition."""
    if scene.text[:start].rstrip()[-1:] in (",", "，", "(", "（"):
        return True
    return not governed(start, scene) and scene.text[end:until].strip()[:1] in ("", ",", "，", "(", "（", ".", "。")


def governed(start: int, scene: Scene) -> bool:
    """Whether a preposition stands right before a place of the text."""
    return bool(scene.words.preposition.search(scene.text, max(0, start - SHORT), start))


def _labelled(scene: Scene, last: Mention, start: int) -> int | None:
    """A name, a colon and the quotation."""
    between = scene.text[last.span.end : start].rstrip(OPEN)
    return last.chain if between[-1:] in (":", "：") else None


def _after(scene: Scene, n: int) -> int | None:
    """The one named with the verb of speech that follows a quotation: "…," said X; "…," X of Y said."""
    begin, end = attributed(scene, n)
    follow = scene.text[begin:end]
    source, verb = scene.words.source.match(follow), scene.words.verb.search(scene.text, begin, end)
    if source and _opened(scene, begin + source.end(), end):
        return UNNAMED
    if source or not verb:
        reach = 2 * NEAR if source else NEAR if _comma_inside(scene, n) else 0
        return next((m.chain for m in _people(scene, begin, end) if m.span.start < begin + reach), None)
    near = begin + 2 * NEAR if verb.start() < begin + NEAR else verb.end()
    return _subject(scene, begin, verb, min(near, end), 0) if verb.start() < begin + WINDOW // 2 else None


def _tail(scene: Scene, n: int) -> int:
    match = TAIL.match(scene.text, scene.quotes[n][1])
    return len(match.group()) if match else 0


def _following(scene: Scene, n: int) -> str:
    """What follows a quotation up to the end of its sentence or the next quotation."""
    begin = scene.quotes[n][1] + _tail(scene, n)
    if "\n" in scene.text[scene.quotes[n][1] : begin]:
        return ""
    ceiling = min(begin + WINDOW, scene.quotes[n + 1][0] if n + 1 < len(scene.quotes) else len(scene.text))
    follow = scene.text[begin:ceiling]
    stops = [m.start() for p in (SENTENCE, PARAGRAPH) for m in p.finditer(follow)]
    return follow[: min((*stops, *(at - begin for at in _ended(scene, begin, ceiling))), default=len(follow))]


def _people(scene: Scene, start: int, end: int) -> list[Mention]:
    """Those named between two places who may speak: people; organizations only where there are none."""
    found = scene.between(start, end)
    return [m for m in found if m.type in scene.people] or list(found)


@lru_cache(maxsize=8)
def _words(ontology: Ontology) -> Words:
    """Patterns of the ontology's words; a Chinese verb of one character needs its colon, comma or stop, and none is part of an office."""
    verbs = {*listed(ontology, None, "speechVerb")}
    short = {v for v in verbs if HAN.fullmatch(v)}
    nouns = {n for n in listed(ontology, None, "roleNoun") if HAN.match(n) and any(n.startswith(v) for v in verbs)}
    name = rf"(?:{alternation(listed(ontology, None, 'honorific'))}\.?\s+)*(?P<name>(?-i:[^\W\d_a-z])[^\W\d_]+)"
    latin = alternation(verbs - short)
    return Words(
        _pattern(rf"(?!{alternation(nouns)})(?:{latin}|{alternation(short)}(?=[，：,:。“「『\"‘\s]|$))"),
        _pattern(alternation(listed(ontology, None, "attribution"))),
        _pattern(alternation(listed(ontology, None, "indefinite"))),
        _pattern(alternation(listed(ontology, None, "personPronoun"))),
        _pattern(rf"{possessive(ontology)}?"),
        _pattern(rf"{alternation(listed(ontology, None, 'preposition'))}\s*(?:{alternation(listed(ontology, None, 'article'))}\s*)?$"),
        _pattern(rf"{alternation(w.rstrip('.') for w in listed(ontology, None, 'legalForm') if w.endswith('.'))}$"),
        _pattern(rf"(?<![^\W_]\s){name}\s+{latin}[\s:,{re.escape(OPEN)}]*$"),
        _pattern(rf"(?P<verb>{latin}\s+)?{name}(?(verb)\s*(?:[,.;]|$)|\s+{latin})"),
    )


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(words, re.IGNORECASE)
