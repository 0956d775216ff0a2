"""Claims in, the same out, but what a text calls a mistake ("wrongly said that …") and an office that was turned down are denied."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kg.extract.clauses import END
from kg.extract.lexicon import alternation, listed, until
from kg.model import Claim, Mention
from kg.ontology import Ontology
from kg.parse import Parsed

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Words:
    """Patterns of a language: words that call a statement a mistake, of leaving, of offers, and of their refusal."""

    mistake: re.Pattern[str]
    departure: re.Pattern[str]
    offer: re.Pattern[str]
    refusal: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Passage:
    """The text of some evidence, and in order where each chain is named in it, with its type."""

    text: str
    names: Sequence[tuple[Place, int, str]]

    def of(self, chain: int) -> list[Place]:
        """Where a chain is named."""
        return [place for place, other, _ in self.names if other == chain]


def refuted(claims: Iterable[Claim], parsed: Parsed, mentions: Sequence[Mention], ontology: Ontology) -> Iterator[Claim]:
    """Deny claims that their evidence states only by mistake, and offices that were offered and refused."""
    denied = next((name for name, s in ontology.statuses.items() if s.denies), None)
    for claim in claims:
        if denied and _refuted(claim, parsed, mentions, ontology):
            yield replace(claim, status=denied, certainty=1.0)
        else:
            yield claim


def _refuted(claim: Claim, parsed: Parsed, mentions: Sequence[Mention], ontology: Ontology) -> bool:
    start, end = claim.evidence.start, claim.evidence.end
    text, words = parsed.document.text[start:end], _words(ontology, parsed.language(start))
    if not (words.mistake.search(text) or words.refusal.search(text)):
        return False
    here = sorted(((m.span.start - start, m.span.end - start), m.chain, m.type) for m in mentions if claim.evidence.holds(m.span))
    passage = _Passage(text, here)
    office = ontology.relations[claim.predicate].membership
    if any(_mistaken(claim, passage, clause, office) for clause in _clauses(words, text)):
        return True
    return office and any(_declined(claim, passage, stretch, ontology) for stretch in _offers(words, text))


def _clauses(words: _Words, text: str) -> Iterator[Place]:
    """Where the clauses lie that are called a mistake, from the verb to the next comma or stop, but those that tell who left."""
    for found in words.mistake.finditer(text):
        stop = until(END, text, found.end())
        if not words.departure.search(text, found.end(), stop):
            yield found.end(), stop


def _mistaken(claim: Claim, passage: _Passage, clause: Place, office: bool) -> bool:
    """Whether a clause is all that states a claim, and does not only name somebody by his post; of an office, its holder may stand before.

    "wrongly said that Ada Okafor was chair of Tern", "Ada Okafor, wrongly called chair of Tern", not "wrongly said that Tern's chair
    Ada Okafor had resigned".
    """
    told = _told(claim, passage)
    holders = [p for p in passage.of(claim.subject) if told and p[0] < told[0][0]]
    if not holders or not all(_within(place, clause) for place in told):
        return False
    gap = (holders[-1][1], told[0][0])
    kind = {k for _, chain, k in passage.names if chain == claim.subject}
    if any(_within(place, gap) and k in kind and chain != claim.object for place, chain, k in passage.names):
        return False
    between = passage.text[max(gap[0], clause[0]) : gap[1]]
    return office if gap[0] < clause[0] else "," not in between and any(map(str.isalnum, between))


def _told(claim: Claim, passage: _Passage) -> list[Place]:
    """Where a passage states what a claim says of its subject: its title, where it has none the other thing."""
    if claim.title:
        words = re.escape(claim.title).replace(r"\ ", r"\s+")
        return [m.span() for m in re.finditer(words, passage.text, re.IGNORECASE)]
    return passage.of(claim.object)


def _offers(words: _Words, text: str) -> Iterator[Place]:
    """Where what was offered stands: from an offer to the next refusal."""
    for found in words.offer.finditer(text):
        refusal = words.refusal.search(text, found.end())
        if refusal:
            yield found.end(), refusal.start()


def _declined(claim: Claim, passage: _Passage, stretch: Place, ontology: Ontology) -> bool:
    """Whether a post is the one that its subject was offered: the passage names it, or where it is, there alone."""
    people = [(place, chain) for place, chain, kind in passage.names if kind in ontology.holders()]
    before = [chain for place, chain in people if place[1] <= stretch[0]]
    inside = {chain for place, chain in people if _within(place, stretch)}
    if claim.subject not in (inside or before[-1:]) or len(inside) > 1:
        return False
    ends = (passage.of(claim.object), _told(claim, passage) if claim.title else [])
    named = ([place for place in places if place[0] < stretch[1]] for places in ends)
    return any(places and all(_within(place, stretch) for place in places) for places in named)


def _within(place: Place, stretch: Place) -> bool:
    return stretch[0] <= place[0] and place[1] <= stretch[1]


@lru_cache(maxsize=32)
def _words(ontology: Ontology, language: str) -> _Words:
    error, verb, alone, departure, offer, contrast, linked, refusal, other = (
        alternation(listed(ontology, language, *names))
        for names in (
            ("mistaken",), ("speechVerb", "naming"), ("misnaming",), ("departure",),
            ("offering",), ("contrast",), ("auxiliary", "pronoun"), ("refusal",), ("notRefused",),
        )
    )  # fmt: skip
    perfect = alternation(listed(ontology, language, "auxiliary", "copula"))
    mistake = rf"(?:{error}(?:\s+{perfect}){{0,2}}\s*{verb}|{alone})"
    refused = rf"{contrast}(?:\s*{linked}){{0,2}}\s*{refusal}(?!\s*{other})"
    return _Words(*(re.compile(w, re.IGNORECASE) for w in (mistake, departure, offer, refused)))
