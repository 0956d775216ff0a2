"""Two entities and the texts that name them in, whether one lies in the other out: "Leeds, England", "Greater Leeds"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from kg.extract.lexicon import alternation, listed
from kg.han import has_han
from kg.model import Entity
from kg.ontology import Ontology
from kg.resolve.names import tokenize


def within(one: Entity, other: Entity, texts: Mapping[str, str], ontology: Ontology) -> bool:
    """Whether the texts show that one of two places lies in the other: by a name that holds the other's, or side by side somewhere."""
    return _named(one, other) or _side_by_side(one, other, texts, ontology)


def _named(one: Entity, other: Entity) -> bool:
    """Whether a name of one holds a whole name of the other."""
    names = [[tuple(tokenize(n.text)) for n in e.names] for e in (one, other)]
    hans = [[n.text for n in e.names if has_han(n.text)] for e in (one, other)]
    worded = any(_inside(a, b) or _inside(b, a) for a in names[0] for b in names[1])
    return worded or any(a in b or b in a for a in hans[0] for b in hans[1])


def _inside(name: tuple[str, ...], longer: tuple[str, ...]) -> bool:
    return bool(name) and any(longer[n : n + len(name)] == name for n in range(len(longer) - len(name) + 1))


def _side_by_side(one: Entity, other: Entity, texts: Mapping[str, str], ontology: Ontology) -> bool:
    """Whether a text names one right behind the other: next to it in Chinese, else after a comma or a word for where it lies."""
    for first, second in ((one, other), (other, one)):
        behind = re.compile(rf"{_lies(ontology)}{alternation(n.text for n in second.names)}", re.IGNORECASE)
        if any(behind.match(texts[span.document], span.end) for span in first.mentions):
            return True
    return False


@lru_cache(maxsize=8)
def _lies(ontology: Ontology) -> str:
    """A pattern of what may stand between the name of a place and of what it lies in."""
    return rf"\s{{0,3}}(?:[,，(（]\s?)?(?:{alternation(listed(ontology, None, 'placeLink'))}\s+(?:\w+\s+)?)?"
