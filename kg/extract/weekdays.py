"""A weekday in a text and the day on which that was written in, the day meant out: the last such day, or the next where it is ahead."""

from __future__ import annotations

import datetime
import re
from functools import lru_cache

from kg.extract.datewords import Written
from kg.extract.lexicon import alternation, listed
from kg.han import HAN, IDEOGRAPHS
from kg.ontology import Ontology

REACH = 90
CLAUSE = re.compile(r"[.,;:!?()（）。，；：！？、\n]")
WORD = re.compile(rf"[^\W\d_{IDEOGRAPHS}]+")
COMMAS = (",", "，")
FEW = 3


def day(date: Written, issued: str, text: str, ontology: Ontology) -> str:
    """Count from the day written on: in the week said, strictly before or after it as said, else by the clause."""
    base = datetime.date.fromisoformat(issued)
    weekday, (unit, step) = date.weekday or 0, date.shift or ("", 0)
    back = (base.isoweekday() - weekday) % 7
    if unit == "week":
        days = weekday - base.isoweekday() + 7 * step
    elif step:
        days = 7 - back if step > 0 else -(back or 7)
    else:
        days = -back % 7 if not unit and ahead(date, text, ontology) else -back
    return (base + datetime.timedelta(days=days)).isoformat()


def ahead(date: Written, text: str, ontology: Ontology) -> bool:
    """Whether the clause of a date speaks of what is still to come: "will meet on Thursday", "on Thursday the board will meet"."""
    low, high = max(0, date.start - REACH), min(len(text), date.end + REACH)
    low = max((m.end() for m in CLAUSE.finditer(text, low, date.start)), default=low)
    opens = len(WORD.findall(text, low, date.start)) <= 1
    behind = date.end + (text[date.end : date.end + 1] in COMMAS and (opens or bool(HAN.match(text, date.start))))
    high = min((m.start() for m in CLAUSE.finditer(text, behind, high)), default=high)
    cue, said, pronoun = _cues(ontology)
    if before := list(cue.finditer(text, low, date.start)):
        return not any(WORD.findall(text, before[-1].end(), m.start())[1:] for m in said.finditer(text, before[-1].end(), date.start))
    after = cue.search(text, behind, high)
    if not after or said.search(text, behind, after.start()):
        return False
    between = text[behind : after.start()].strip()
    if HAN.match(text, after.start()):
        return True
    words = WORD.findall(between)
    return not words or (opens and len(words) <= FEW and not any(map(pronoun.fullmatch, words[1:])))


@lru_cache(maxsize=8)
def _cues(ontology: Ontology) -> tuple[re.Pattern[str], ...]:
    """The words of what is ahead, of speech, and pronouns, in all languages."""
    lists = ("aheadCue", "speechVerb", "pronoun")
    return tuple(re.compile(alternation(listed(ontology, None, name)), re.IGNORECASE) for name in lists)
