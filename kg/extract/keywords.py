"""A relation in, a pattern of the words that tell it from others out: those that few relations are worded with."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.extract.lexicon import alternation
from kg.han import IDEOGRAPHS
from kg.ontology import Ontology

FEW = 2


@lru_cache(maxsize=512)
def keywords(ontology: Ontology, predicate: str) -> str:
    """A pattern of the words that few relations but this one are worded with, and of its roles."""
    words = _worded(ontology)
    own = {w for w, relations in words.items() if predicate in relations and len(relations) <= FEW}
    return alternation(own | {r.text for r in ontology.relations[predicate].roles})


@lru_cache(maxsize=8)
def _worded(ontology: Ontology) -> dict[str, frozenset[str]]:
    """Every word (run of Chinese characters) of the wordings, with the relations whose wordings hold it."""
    found: dict[str, set[str]] = {}
    for relation in ontology.relations.values():
        for wording in relation.wordings:
            for word in re.findall(rf"[^\W\d_{IDEOGRAPHS}]{{4,}}|[{IDEOGRAPHS}]{{2,}}", re.sub(r"\[\w+\]", " ", wording.text)):
                found.setdefault(word.casefold(), set()).add(relation.name)
    return {w: frozenset(r) for w, r in found.items()}
