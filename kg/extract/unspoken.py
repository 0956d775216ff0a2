"""A scene and one of its quotations in, whether those words are nobody's who is named there out: a rumour, a question, a title."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kg.extract.attribution import CLOSE, OPEN, SENTENCE, Scene, governed
from kg.extract.lexicon import alternation, listed, possessive
from kg.ontology import Ontology

REACH, NEAR = 40, 12
CLAUSE = re.compile(r"[,，;；:：.。!?！？\n\"”」』]\s*$")
OPENS = rf"[\s:：]*[{re.escape(OPEN)}]*$"


@dataclass(frozen=True, slots=True)
class Marks:
    """Patterns of what tells that a quotation is not said by those named beside it.

    `before` stands right before it, `charge` too where it is a noun; `active` is what one who asks does; `behind` follows it, unless a name
    and `owned` stand before it.
    """

    before: re.Pattern[str]
    charge: re.Pattern[str]
    active: re.Pattern[str]
    reply: re.Pattern[str]
    behind: re.Pattern[str]
    owned: re.Pattern[str]


def unspoken(scene: Scene, n: int, marks: Marks) -> bool:
    """Whether the words of quotation `n` are reported as a rumour, charge or question of others, or are a title."""
    start, end = scene.quotes[n]
    floor = max(start - REACH, scene.quotes[n - 1][1] if n else 0)
    floor = max([floor, *(m.end() for m in SENTENCE.finditer(scene.text, floor, start))])
    found = marks.before.search(scene.text, floor, start)
    if found:
        return not _asks(scene, found, marks)
    noun = marks.charge.search(scene.text, floor, start)
    if noun and (governed(noun.start(), scene) or (noun["that"] and _opens(scene.text, noun.start()))):
        return True
    return bool(marks.behind.match(scene.text, end)) and not _owned(scene, start, marks)


def hearsay(scene: Scene, ontology: Ontology) -> tuple[tuple[int, int], ...]:
    """Find the quotations of a text that are nobody's who is named there."""
    marks = cues(ontology)
    return tuple(span for n, span in enumerate(scene.quotes) if unspoken(scene, n, marks))


def _opens(text: str, start: int) -> bool:
    """Whether a clause opens at a place."""
    return not text[max(0, start - NEAR) : start].strip() or bool(CLAUSE.search(text, max(0, start - NEAR), start))


def _asks(scene: Scene, found: re.Match[str], marks: Marks) -> bool:
    """Whether words are the verb of one who asks or replies: "Obi asked whether “…”", but not "asked whether “…”, Obi said"."""
    asked = marks.active.match(scene.text, found.start())
    if re.search("[:：]", found[0]) and marks.reply.match(scene.text, found.start()):
        return any(True for _ in scene.between(found.start() - REACH, found.start()))
    if not asked or _opens(scene.text, found.start()):
        return False
    named = any(not scene.text[m.span.end : found.start()].strip() for m in scene.between(found.start() - REACH, found.start()))
    return named or any(not scene.text[p.end() : found.start()].strip() for p in _pronouns(scene, found.start()))


def _pronouns(scene: Scene, end: int) -> list[re.Match[str]]:
    return list(scene.words.pronoun.finditer(scene.text, max(0, end - NEAR), end))


def _owned(scene: Scene, start: int, marks: Marks) -> bool:
    """Whether somebody named stands right before a quotation: 林晓云关于“…”的说法."""
    return any(marks.owned.fullmatch(scene.text, m.span.end, start) for m in scene.between(start - REACH, start))


@lru_cache(maxsize=8)
def cues(ontology: Ontology) -> Marks:
    """Make the patterns of the ontology's words."""
    words = {name: alternation(listed(ontology, None, name)) for name in ("rumour", "charge", "reply", "titleMarker", "complementizer")}
    that = rf"(?:\s*{words['complementizer']})?"
    asking = alternation(w for w in listed(ontology, None, "reply") if w.split()[0] in listed(ontology, None, "speechVerb"))
    noun = alternation(listed(ontology, None, "rumour", "charge"))
    leading = rf"(?:{possessive(ontology)}|{alternation(listed(ontology, None, 'determiner'))})"
    return Marks(
        _pattern(rf"(?:{words['rumour']}{that}|{words['reply']}|{words['titleMarker']}){OPENS}"),
        _pattern(rf"{words['charge']}(?P<that>\s*{words['complementizer']})?{OPENS}"),
        _pattern(asking),
        _pattern(words["reply"]),
        _pattern(rf"[{re.escape(CLOSE)}\s]*{leading}\w{{0,4}}?{noun}"),
        _pattern(rf"\s*(?:{possessive(ontology)}|{alternation(listed(ontology, None, 'preposition'))})?{OPENS}"),
    )


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(words, re.IGNORECASE)
