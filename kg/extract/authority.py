"""The authority file in, what it knows of a name out: whether it has it, and under which classes; and the labels of people and firms."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache

from kg.ontology import Ontology

SHORT_NAME = 5


def known(ontology: Ontology, name: str) -> bool:
    """Whether the authority file has a name: a short one in its own case ("IDC", but no "Idc"), a longer one in any with a capital."""
    return name in _labels(ontology) or (len(name) > SHORT_NAME and not name.islower() and folded(name) in tops(ontology))


def folded(name: str) -> str:
    """What two ways to write a name share: case, width and inner space do not count."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def told_of(ontology: Ontology, name: str) -> set[str]:
    """The top classes under which the authority file has a name as it is written."""
    return tops(ontology)[folded(name)] if name in _labels(ontology) else set()


@lru_cache(maxsize=8)
def sides(ontology: Ontology) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """The top classes of things, of people, and of organizations."""
    people, speakers = (frozenset(map(ontology.top, classes)) for classes in (ontology.holders(), ontology.speakers()))
    return ontology.things(), people, speakers - people


@lru_cache(maxsize=8)
def tops(ontology: Ontology) -> Mapping[str, set[str]]:
    """The top classes under which the authority file has each name."""
    tops: defaultdict[str, set[str]] = defaultdict(set)
    for concept in ontology.concepts:
        for name in concept.names:
            tops[folded(name.text)].add(ontology.top(concept.cls))
    return dict(tops)


@lru_cache(maxsize=8)
def _labels(ontology: Ontology) -> frozenset[str]:
    """The names of the authority file as they are written there."""
    return frozenset(name.text for concept in ontology.concepts for name in concept.names)


@lru_cache(maxsize=8)
def person_labels(ontology: Ontology) -> frozenset[str]:
    """The labels of those who can hold an office."""
    return frozenset(label for c in ontology.holders() for label in ontology.classes[c].model_labels)


@lru_cache(maxsize=8)
def firm_labels(ontology: Ontology) -> frozenset[str]:
    """The labels of those at which offices are held."""
    return frozenset(label for c in ontology.speakers() - ontology.holders() for label in ontology.classes[c].model_labels)
