"""Mentions in, the same out: a surname that a word before it makes a woman's goes to the woman of that name, a man's to the man."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from kg.extract.authority import sides
from kg.extract.lexicon import alternation, listed
from kg.model import Mention, Span
from kg.ontology import Ontology
from kg.parse import Parsed

LISTS = ("woman", "man")
REACH = 40  # characters before a name that say whose it is


def sexed(parsed: Parsed, mentions: Sequence[Mention], ontology: Ontology) -> tuple[Mention, ...]:
    """Move a mention like "Ms Moss" from the chain of one who is known as a man to the last one of that surname who is a woman."""
    _, people, _ = sides(ontology)
    told = {m.span: _told(parsed.document.text, m, ontology) for m in mentions if m.type in people}
    known: defaultdict[int, set[str]] = defaultdict(set)
    for mention in mentions:
        if told.get(mention.span) and (mention.nominal or len(mention.text.split()) > 1):
            known[mention.chain].add(told[mention.span])
    bearers: defaultdict[str, list[Mention]] = defaultdict(list)
    moved: dict[Span, int] = {}
    for mention in sorted((m for m in mentions if m.span in told and not m.nominal and m.text.strip()), key=lambda m: m.span):
        *given, surname = mention.text.split()
        if given:
            bearers[surname].append(mention)
        elif told[mention.span] and known[mention.chain] and told[mention.span] not in known[mention.chain]:
            fit = (b.chain for b in reversed(bearers[surname]) if known[b.chain] == {told[mention.span]})
            moved[mention.span] = next(fit, mention.chain)
    return tuple(replace(m, chain=moved[m.span]) if m.span in moved else m for m in mentions)


def _told(text: str, mention: Mention, ontology: Ontology) -> str:
    """Name the list that has a pronoun, or the word right before a name; nothing where none does."""
    before = text[max(0, mention.span.start - REACH) : mention.span.start]
    for name, (pronoun, word) in zip(LISTS, _patterns(ontology), strict=True):
        if pronoun.fullmatch(mention.text) if mention.nominal else word.search(before):
            return name
    return ""


@lru_cache(maxsize=8)
def _patterns(ontology: Ontology) -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    pronouns = set(listed(ontology, None, "pronoun"))
    found = []
    for words in (set(listed(ontology, None, name)) for name in LISTS):
        found.append((re.compile(alternation(words & pronouns), re.IGNORECASE), re.compile(rf"{alternation(words - pronouns)}\s*,?\s*$")))
    return tuple(found)
