"""A sentence in, its words that tell whether what it states holds ("former", "reportedly") out, each with the status that it tells."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kg.extract.datewords import written
from kg.extract.lexicon import alternation, folded, listed
from kg.han import HAN
from kg.languages.encoder.lexicon import Lexicon
from kg.ontology import Ontology

LINK = re.compile(r"\s*(?:[^\W\d_]+\s+)?")


@dataclass(frozen=True, slots=True, order=True)
class Cue:
    """Words of a sentence, and the status that they tell.

    A `modifier` ("former") tells it of the noun right behind it; an `inner` one ("may") only within what is stated, not before it.
    """

    start: int
    end: int
    status: str
    modifier: bool = False
    inner: bool = False


def cues(text: str, language: str, edges: Container[int], ontology: Ontology) -> tuple[Cue, ...]:
    """Find the cues of a sentence, those of statuses that assert nothing first; a Chinese one ends where words do, at the `edges` given.

    Words of a date ("last May", 三年前) tell when, not whether; one behind a cue that asserts nothing is its own ("denied on Monday").
    """
    leads = _words(ontology, language, "preposition") | _words(ontology, language, "officeVerb")
    found = [c for c in _found(Lexicon().simplified(text), language, ontology) if _whole(c, text, edges, leads)]
    days = [(d.start, d.end) for d in written(text, language, ontology)] if found else []
    told = (c for c in found if not any(c.start < end and start < c.end for start, end in days))
    return tuple(_with_day(c, text, days) if unasserted(c.status, ontology) else c for c in told)


def _with_day(cue: Cue, text: str, days: Sequence[tuple[int, int]]) -> Cue:
    """A cue with the date that follows it, a word ("on") between them at most."""
    ends = (end for start, end in days if start > cue.end and LINK.fullmatch(text, cue.end, start))
    return replace(cue, end=next(ends, cue.end))


def _found(text: str, language: str, ontology: Ontology) -> Iterator[Cue]:
    modifiers, inner = (_words(ontology, language, name) for name in ("statusModifier", "innerCue"))
    for status, pattern in _patterns(ontology, language):
        for found in pattern.finditer(text):
            cue = folded(found.group())
            yield Cue(found.start(), found.end(), status, cue in modifiers, cue in inner)


def _whole(cue: Cue, text: str, edges: Container[int], leads: frozenset[str]) -> bool:
    """Whether a cue is a word or several, and no part of one: 前 is none in 目前. A word may lead a modifier, and be one with it: 由原."""
    led = cue.modifier and cue.start - 1 in edges and text[cue.start - 1 : cue.start] in leads
    places = ((cue.start, text[cue.start]), (cue.end, text[cue.end - 1]))
    return all(place in edges or (led and place == cue.start) for place, sign in places if HAN.match(sign))


def unasserted(status: str, ontology: Ontology) -> bool:
    """Whether what has a status is not said to hold at any time: it is denied or only heard."""
    return ontology.statuses[status].tense is None


@lru_cache(maxsize=32)
def status_words(ontology: Ontology, language: str) -> frozenset[str]:
    """Every word of a cue."""
    told = (c.text for s in ontology.statuses.values() for c in s.cues if c.language == language)
    return frozenset(word for text in told for word in folded(text).split())


@lru_cache(maxsize=32)
def _words(ontology: Ontology, language: str, name: str) -> frozenset[str]:
    return frozenset(map(folded, listed(ontology, language, name)))


@lru_cache(maxsize=32)
def _patterns(ontology: Ontology, language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The cues of each status but the usual one, in the order in which they prevail."""
    statuses = sorted(ontology.statuses.values(), key=lambda s: (s.tense is not None, s.plain, s.name))
    told = ((s.name, {w for c in s.cues if c.language == language for w in (c.text, folded(c.text))}) for s in statuses)
    return tuple((name, re.compile(alternation(texts), re.IGNORECASE)) for name, texts in told if texts and name != ontology.usual())
