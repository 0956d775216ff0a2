"""Quotations, mentions and words of speech in, the speaker's chain out: what stands around a quotation says who spoke."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.extract.lexicon import HAN, alternation
from kg.model import Mention
from kg.ontology import Ontology

CLOSE = "\"＂”’」』»›'`"
ABBREVIATED = r"(?<!\b\w\w[.])(?<!\b[A-Z]\w\w[.])(?<!\b[A-Z]\w{3}[.])"  # "dr.", "Inc.", "Prof."
SENTENCE = re.compile(rf"(?<=[^\WA-Z\d_][^\WA-Z\d_][.!?]){ABBREVIATED}\s+(?=[^\Wa-z])|[。！？]|(?<=[)”\"’][.!?])\s+")
STOPS = ".,!?…—。，！？"
PARAGRAPH = re.compile(r"\n\s*")
TAIL = re.compile(r"[\s\"＂”’」』»›'`,，.。、]*")
OPEN = "“\"＂„「『‘«'` "
WINDOW, NEAR, SHORT, REACH = 260, 60, 25, 600


@dataclass(frozen=True, slots=True)
class Scene:
    """A text with its quotations and the mentions outside them, all in order; and the words that introduce speech."""

    text: str
    quotes: tuple[tuple[int, int], ...]
    mentions: tuple[Mention, ...]
    people: frozenset[str]
    verb: re.Pattern[str]
    source: re.Pattern[str]

    def between(self, start: int, end: int) -> tuple[Mention, ...]:
        """Return the mentions that begin between two places of the text."""
        first = bisect_left(self.mentions, start, key=lambda m: m.span.start)
        return self.mentions[first : bisect_left(self.mentions, end, key=lambda m: m.span.start)]


def scene(text: str, quotes: tuple[tuple[int, int], ...], mentions: Iterable[Mention], ontology: Ontology) -> Scene:
    """Gather what tells speakers: those who can hold an office (people), else what they hold it at (their organizations)."""
    people, speaking = ontology.holders(), ontology.speakers()
    outside = (m for m in mentions if m.type in speaking and not any(a <= m.span.start < b for a, b in quotes))
    verb, source = _patterns(ontology)
    return Scene(text, quotes, tuple(sorted(outside, key=lambda m: m.span)), people, verb, source)


def speaker(scene: Scene, n: int) -> int | None:
    """Return the chain of the one who speaks quotation `n` where the text around it says so."""
    after = _after(scene, n)
    before = None if _comma_inside(scene, n) else _before(scene, n)
    return _first(before, after, _understood(scene, n))


def continues(scene: Scene, n: int) -> bool:
    """Whether quotation `n` goes on from the one before: nothing but its attribution, or only a paragraph break left open, between."""
    if n == 0:
        return False
    between = scene.text[scene.quotes[n - 1][1] : scene.quotes[n][0]]
    if not all(_stops(scene.text, end) for _, end in scene.quotes[n - 1 : n + 1]):
        return False
    if "\n" in between:
        return not any(c in CLOSE for c in between[:2]) and not between.strip('\n\r\t “"„「『‘«')
    return not any(scene.quotes[n - 1][1] < m.span.start < scene.quotes[n][0] for m in scene.mentions) or bool(scene.verb.search(between))


def _stops(text: str, end: int) -> bool:
    """Whether quoted words end as a sentence or clause does."""
    return text[end - 1] in STOPS or text[end : end + 2].lstrip(CLOSE)[:1] in (",", "，", ".", "。")


def _first(*found: int | None) -> int | None:
    return next((f for f in found if f is not None), None)


def _comma_inside(scene: Scene, n: int) -> bool:
    """Whether a quotation ends in a comma or is followed by one: its attribution comes after it."""
    end = scene.quotes[n][1]
    return scene.text[end - 1] in ",，" or scene.text[end : end + 2].lstrip(CLOSE)[:1] in (",", "，")


def _before(scene: Scene, n: int) -> int | None:
    """The subject of the verb of speech, the source or the label that leads up to a quotation in its sentence."""
    start = scene.quotes[n][0]
    floor = _sentence_start(scene, n)
    lead = scene.text[floor:start]
    people = _people(scene, floor, start)
    if not people:
        return None
    return _first(_sourced(scene, lead, floor, people), _said(scene, lead, floor, people), _labelled(scene, people[-1], start))


def _sentence_start(scene: Scene, n: int) -> int:
    start = scene.quotes[n][0]
    floor = max(start - WINDOW, scene.quotes[n - 1][1] if n and not _inline(scene, n - 1) else 0, scene.text.rfind("\n", 0, start) + 1)
    breaks = [m.end() for m in SENTENCE.finditer(scene.text[floor:start].rstrip(OPEN) + " A")]
    return min(start, floor + (breaks[-1] if breaks else 0))


def _understood(scene: Scene, n: int) -> int | None:
    """Where speech is introduced but nobody named ("…," she said): the first person of the nearest sentence before that has one."""
    start = scene.quotes[n][0]
    follow = _following(scene, n)
    verb = scene.verb.search(follow)
    lead = scene.text[_sentence_start(scene, n) : start].rstrip(OPEN)
    if not (verb and verb.start() < SHORT) and not (lead[-1:] in (":", "：") or (lead and scene.verb.search(lead[-SHORT:]))):
        return None
    text = scene.text[max(0, start - REACH) : start]
    end = start
    for at in [*reversed([m.end() + start - len(text) for m in SENTENCE.finditer(text)]), start - len(text)]:
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
    match = scene.source.search(lead)
    after = [m for m in people if match and 0 <= m.span.start - floor - match.end() < NEAR]
    return after[0].chain if after else None


def _said(scene: Scene, lead: str, floor: int, people: Sequence[Mention]) -> int | None:
    """The subject before the last verb of speech; behind a comma it is the first name of its clause ("X, who …, said")."""
    for match in reversed(list(scene.verb.finditer(lead))):
        before = [m for m in people if m.span.end <= floor + match.start()]
        if before:
            apposition = lead[: match.start()].rstrip()[-1:] in (",", "，", ")", "）")
            return (before[0] if apposition else before[-1]).chain
        after = [m for m in people if m.span.start >= floor + match.end()]
        if after and after[0].span.start - floor - match.end() < NEAR:
            return after[0].chain
    return None


def _labelled(scene: Scene, last: Mention, start: int) -> int | None:
    """A name, a colon and the quotation."""
    between = scene.text[last.span.end : start].rstrip(OPEN)
    return last.chain if between[-1:] in (":", "：") else None


def _after(scene: Scene, n: int) -> int | None:
    """The one named with the verb of speech that follows a quotation: "…," said X; "…," X of Y said."""
    follow = _following(scene, n)
    begin = scene.quotes[n][1] + _tail(scene, n)
    people = _people(scene, begin, begin + len(follow))
    verb = scene.source.match(follow) or scene.verb.search(follow)
    if not people:
        return None
    if not verb:
        return people[0].chain if _comma_inside(scene, n) and people[0].span.start - begin < NEAR else None
    ahead = [m for m in people if m.span.start < begin + verb.start()]
    chosen = ahead or people
    near = chosen[0].span.start - begin < 2 * NEAR and verb.start() < WINDOW // 2
    return chosen[0].chain if near and (ahead or verb.start() < NEAR) else None


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
    return follow[: min((m.start() for p in (SENTENCE, PARAGRAPH) for m in p.finditer(follow)), default=len(follow))]


def _people(scene: Scene, start: int, end: int) -> list[Mention]:
    """Those named between two places who may speak: people; organizations only where there are none."""
    found = scene.between(start, end)
    return [m for m in found if m.type in scene.people] or list(found)


@lru_cache(maxsize=8)
def _patterns(ontology: Ontology) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Verbs of speech and words that name a source, of all languages; a verb of one Chinese character needs its colon, comma or stop."""
    verbs = {n.text for n in ontology.words.get("speechVerb", ())}
    short = {v for v in verbs if HAN.fullmatch(v)}
    spoken = rf"{alternation(verbs - short)}|{alternation(short)}(?=[，：,:。“「『\"‘\s]|$)"
    sources = alternation(n.text for n in ontology.words.get("attribution", ()))
    return re.compile(spoken, re.IGNORECASE), re.compile(sources, re.IGNORECASE)
