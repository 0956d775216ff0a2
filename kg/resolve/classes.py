"""The namings of an entity in, its finer classes out: told by cue words of the ontology in the names or beside them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from kg.ontology import Ontology
from kg.resolve.namings import Naming
from kg.resolve.names import Tokens, tokenize
from kg.resolve.transliteration import is_han

INSIDE, BESIDE, ENOUGH, MOST_PLACES = 3, 1, 2, 12
NEAR = 24

Cues = tuple[tuple[str, Tokens], ...]
_CLAUSE = re.compile(r"[.;:!?\n。，；：！？、,]")


def finer(top: str, told: str | None, namings: Iterable[Naming], ontology: Ontology, texts: Mapping[str, str]) -> tuple[str, ...]:
    """Return the finer class that is told, or else that most cues speak for, and the classes between it and the top class."""
    best = told or _cued(top, namings, ontology, texts)
    if best in (None, top):
        return ()
    return (*(c for c in reversed(ontology.ancestors(best)) if c != top), best)


def _cued(top: str, namings: Iterable[Naming], ontology: Ontology, texts: Mapping[str, str]) -> str | None:
    cues = _cues(ontology, top)
    votes: Counter[str] = Counter()
    for naming in namings:
        votes.update({c: INSIDE * len(naming.spans) for c in _told(cues, tokenize(naming.text))})
        for span in naming.spans[:MOST_PLACES]:
            for words in _beside(texts.get(naming.document, ""), span.start, span.end):
                votes.update({c: BESIDE for c in _told(cues, words)})
    best = min(votes, key=lambda c: (-votes[c], c), default=None)
    return best if best and votes[best] >= ENOUGH else None


@lru_cache(maxsize=64)
def _cues(ontology: Ontology, top: str) -> Cues:
    below = (c for c in ontology.classes.values() if c.name != top and ontology.is_a(c.name, top))
    return tuple(sorted((c.name, tokenize(cue.text)) for c in below for cue in c.cues if tokenize(cue.text)))


def _told(cues: Cues, tokens: Tokens) -> Iterator[str]:
    joined = "".join(tokens)
    seen = set()
    for cls, cue in cues:
        word = "".join(cue)
        if is_han(word):
            found = joined.endswith(word) and len(joined) > len(word) or word in tokens
        else:
            found = any(tokens[n : n + len(cue)] == cue for n in range(len(tokens) - len(cue) + 1))
        if found and cls not in seen:
            seen.add(cls)
            yield cls


def _beside(text: str, start: int, end: int) -> Iterator[Tokens]:
    """Yield the words right before and right after a mention, within its clause."""
    before = _CLAUSE.split(text[max(0, start - NEAR) : start])[-1]
    after = _CLAUSE.split(text[end : end + NEAR])[0]
    yield tokenize(before)[-2:]
    following = tokenize(after)[:2]
    yield tuple(t[:4] for t in following[:1]) if following and is_han(following[0]) else following
