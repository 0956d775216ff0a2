"""Words in, what compares them and a pattern that finds any of them out; and the words of the ontology's lists."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from kg.han import HAN
from kg.languages.encoder.lexicon import Lexicon
from kg.ontology import Ontology


@lru_cache(maxsize=1 << 16)
def folded(word: str) -> str:
    """What two ways to write a word share: case does not count, nor whether a Chinese character is traditional or simplified."""
    return Lexicon().simplified(word).casefold()


def alternation(words: Iterable[str]) -> str:
    """A pattern of any of the words, longest first. Latin words stand whole, white space is all alike; Chinese ones stand anywhere.

    A hyphen at the end of a word joins it to another ("ex-"). What bounds a word is asked once for all words bounded alike: in a long text
    that is several times as fast as asking for each.
    """
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for word in sorted(set(words), key=lambda w: (-len(w), w)):
        bounds = ("" if _open(word[0]) else r"(?<![^\W_])", "" if _open(word[-1]) else r"(?![^\W_])")
        groups[bounds].append(re.escape(word).replace(r"\ ", r"\s+"))
    found = [f"{before}(?:{'|'.join(group)}){after}" for (before, after), group in groups.items()]
    return f"(?:{'|'.join(found)})" if found else r"(?!)"


def _open(sign: str) -> bool:
    """Whether a word that begins or ends so need not begin or end there."""
    return sign == "-" or bool(HAN.match(sign))


def until(pattern: re.Pattern[str], text: str, start: int, end: int | None = None) -> int:
    """Return where a pattern is found first in a stretch of a text, else where the stretch ends."""
    last = len(text) if end is None else end
    found = pattern.search(text, start, last)
    return found.start() if found else last


def possessive(ontology: Ontology) -> str:
    """A pattern of the marks of a possessor in all languages: unlike words, they stand right behind a name."""
    marks = sorted(set(listed(ontology, None, "possessive")), key=lambda m: (-len(m), m))
    return f"(?:{'|'.join(map(re.escape, marks))})" if marks else r"(?:(?!))"


def listed(ontology: Ontology, language: str | None, *names: str) -> tuple[str, ...]:
    """Return the words of some lists of the ontology, in one language or, where that is None, in all."""
    return tuple(w.text for name in names for w in ontology.words.get(name, ()) if language in (None, w.language))
