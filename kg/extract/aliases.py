"""A parsed document and its mentions in, pairs of mentions that the text itself calls one, or not one, out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from kg.extract.lexicon import alternation
from kg.model import Alias, Mention
from kg.ontology import Ontology
from kg.parse import Parsed

LONGEST_GAP, SHORT = 60, 5
OPENING = re.compile(r"\s?[\"'”’」』》]?\s?[(（]\s?[\"'“‘「『《]?\s?")
CLOSING = re.compile(r"\s?[\"'”’」』》]?\s?[)）]")
END = re.compile(r"[.!?]\s|[。！？\n]")
QUOTES = r"[\s,，:：为為是\"'“”‘’「」『』《》（）()]*"


def aliases(parsed: Parsed, mentions: Sequence[Mention], ontology: Ontology) -> tuple[Alias, ...]:
    """Find names in brackets right behind a name of the same type, names joined by an alias marker, and namesakes kept apart."""
    text = parsed.document.text
    names = sorted((m for m in mentions if not m.nominal), key=lambda m: m.span)
    found = (a for n, first in enumerate(names) for second in names[n + 1 : n + 3] if (a := _alias(first, second, text, ontology)))
    return tuple(sorted(set(found)))


def joined(mentions: Sequence[Mention], told: Sequence[Alias]) -> tuple[Mention, ...]:
    """Make one chain of the chains whose mentions the text calls one; the first keeps its number."""
    chains = {m.span: m.chain for m in mentions}
    apart = {frozenset((chains[a.first], chains[a.second])) for a in told if not a.same}
    numbers = {chain: chain for chain in chains.values()}
    for alias in told:
        pair = (numbers[chains[alias.first]], numbers[chains[alias.second]])
        if alias.same and frozenset(pair) not in apart:
            numbers = {chain: min(pair) if number in pair else number for chain, number in numbers.items()}
    return tuple(m if numbers[m.chain] == m.chain else replace(m, chain=numbers[m.chain]) for m in mentions)


def _alias(first: Mention, second: Mention, text: str, ontology: Ontology) -> Alias | None:
    between = text[first.span.end : second.span.start]
    distant = second.span.start < first.span.end or len(between) > LONGEST_GAP or END.search(between)
    if first.type != second.type or distant:
        return None
    marked, apart = _markers(ontology)
    if words := apart.search(between) or apart.match(text, second.span.end):
        return Alias(first.span, second.span, words.group("marker").casefold(), same=False)
    marker = marked.fullmatch(between)
    if marker and (len(marker.group("marker")) > SHORT or not between.isascii() or "(" in between):  # "or" joins two things far more often
        return Alias(first.span, second.span, marker.group("marker").casefold())
    if OPENING.fullmatch(between) and CLOSING.match(text, second.span.end):
        return Alias(first.span, second.span, "bracket")
    return None


@lru_cache(maxsize=8)
def _markers(ontology: Ontology) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What may stand between two names of one thing; and what says that two names are not one thing."""
    same = alternation(n.text for n in ontology.words.get("aliasMarker", ()) if len(n.text) > 1)
    apart = alternation(n.text for n in ontology.words.get("distinctMarker", ()) if " " in n.text or not n.text.isascii())
    lead = r"(?:\w+\s){0,2}?"
    return (
        re.compile(rf"{QUOTES}{lead}(?P<marker>{same}){QUOTES}(?:the\s)?", re.IGNORECASE),
        re.compile(rf"[\s,，(（]*(?P<marker>{apart})", re.IGNORECASE),
    )
