"""A network's readings in, out the names found as one in which an organization stands between an office and who holds it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kg.extract.authority import firm_labels, person_labels, sides, told_of
from kg.languages.encoder import Reading
from kg.ontology import Ontology

PERSON = 0.8  # how sure the network must be that what is left names a person
_WORD = re.compile(r"\S+")


def candidates(text: str, reading: Reading, ontology: Ontology) -> Mapping[str, int]:
    """Give organizations right behind an office whose first words name one, known or named alone, with where two words or more follow.

    "Ketua Umum Kadin Rina Lubis" is one such, and so is "Ketua Umum Kadin Jawa Barat": `held` tells which of them name a person too.
    """
    firms, organizations = firm_labels(ontology), sides(ontology)[2]
    offices = {title.end for title in reading.titles}
    named = [f for f in reading.mentions if not f.nominal and f.kind in firms]
    alone = {text[f.start : f.end] for f in named}
    found: dict[str, int] = {}
    for f in named:
        name, before = text[f.start : f.end], len(text[: f.start].rstrip())
        for second in _seconds(name) if before in offices else ():
            first = name[:second].rstrip()
            told = told_of(ontology, first)
            if first in alone or (told and told <= organizations):
                found[name] = second
    return {name: second for name, second in found.items() if not told_of(ontology, name)}


def held(text: str, tried: Mapping[str, int], reading: Reading, ontology: Ontology) -> Mapping[str, int]:
    """Of the candidates those whose second half a reading of the two by themselves takes for a person."""
    people = person_labels(ontology)
    sure = {(f.start, f.end) for f in reading.mentions if not f.nominal and f.kind in people and f.score >= PERSON}
    places = {name: [m.start() for m in re.finditer(re.escape(name), text)] for name in tried}
    return {n: second for n, second in tried.items() if any((at + second, at + len(n)) in sure for at in places[n])}


def _seconds(name: str) -> Iterator[int]:
    """Yield where two capitalised words or more may follow the first of a name."""
    words = list(_WORD.finditer(name))
    for n in range(1, len(words) - 1):
        if all(word[0][0].isupper() for word in words[n:]):
            yield words[n].start()
