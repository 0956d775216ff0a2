"""A sentence in, its clauses that are denied or only heard ("denied that …") out, with the status that what they state has so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kg.extract.lexicon import alternation, listed, until
from kg.han import has_han
from kg.ontology import Ontology

NEAR = 40  # characters from the words that govern a clause to what it states
GAP, WORDS = r"\s+…\s+", r"(?:\s+[^\s.,;:!?]+){0,5}?\s+"  # a cue's "…" stands for some words of its clause
END = re.compile(r"[.!?](?=\s|$)|[,;:，；：。！？\n]")


def governed(sentence: str, start: int, end: int, ontology: Ontology) -> str | None:
    """Give the status of the clause in which a statement stands, where words right before it tell one."""
    return next((status for a, b, status in clauses(sentence, ontology) if a <= start <= a + NEAR and end <= b), None)


@lru_cache(maxsize=512)
def clauses(sentence: str, ontology: Ontology) -> tuple[tuple[int, int, str], ...]:
    """Give where the clauses start and end before which, in Chinese also behind which, words tell a status, and that status."""
    return tuple(_found(sentence, ontology))


def _found(sentence: str, ontology: Ontology) -> Iterator[tuple[int, int, str]]:
    for status, words in _words(ontology):
        for found in words.finditer(sentence):
            yield found.end(), until(END, sentence, found.end()), status
    for heard in _heard(ontology).finditer(sentence):
        start = max((m.end() for m in END.finditer(sentence, 0, heard.start())), default=0)
        yield from ((start, heard.start(), name) for name, s in sorted(ontology.statuses.items()) if not (s.tense or s.denies))


@lru_cache(maxsize=8)
def _heard(ontology: Ontology) -> re.Pattern[str]:
    """A Chinese word for a rumour behind the clause that tells it: …的传言."""
    owning, rumours = (alternation(filter(has_han, listed(ontology, "zh", name))) for name in ("possessive", "rumour"))
    return re.compile(rf"{owning}{rumours}")


@lru_cache(maxsize=8)
def _words(ontology: Ontology) -> tuple[tuple[str, re.Pattern[str]], ...]:
    told = ((s.name, {c.text for c in s.clause_cues}) for _, s in sorted(ontology.statuses.items()))
    patterns = ((name, alternation(cues).replace(GAP, WORDS)) for name, cues in told if cues)
    return tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in patterns)
