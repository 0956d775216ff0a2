"""A document's claims in, the posts that the one person of a sentence about one firm comes to hold there out: "…, its CFO, becomes CEO"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from kg.extract.cues import cues
from kg.extract.lexicon import alternation, listed, possessive
from kg.extract.sentences import Sentences
from kg.extract.titles import TOKEN, Offices, bare, offices, roles, split
from kg.languages.encoder import Found
from kg.model import Claim, Mention, Span
from kg.ontology import Ontology
from kg.parse import Parsed, Part

LIKELY, STATED = 0.8, 0.9
NARROWING, REACH = 4, 160  # words that may narrow an office down; characters behind a verb in which its office is sought
OWNER = 40  # characters of a name with a possessive mark
CLAUSE = re.compile(r"[,;:()，；：。（）\n]")


def promotions(
    parsed: Parsed, claims: Sequence[Claim], mentions: Sequence[Mention], titles: Sequence[Found], ontology: Ontology
) -> Iterator[Claim]:
    """Yield the posts that a verb of becoming gives, without saying where, to one of whom its sentence claims a post at its only firm.

    `titles` are what a network takes for titles: they tell how far an office reaches ("head of research").
    """
    sentences, told = Sentences.of(parsed.document.identifier, parsed.document.text), set[tuple[int, int, Span, str | None]]()
    for claim in sorted((c for c in claims if _held(c, ontology)), key=lambda c: (c.evidence, c.subject, c.object)):
        first, last = sentences.of_span(claim.evidence)
        key = claim.subject, claim.object, claim.evidence, claim.title
        part = next((p for p in parsed.parts if p.start <= claim.evidence.start < p.end), None)
        if part and first == last and key not in told and _alone(claim, mentions):
            told.add(key)
            yield from _posts(claim, part, mentions, titles, ontology)


def _held(claim: Claim, ontology: Ontology) -> bool:
    """Whether a claim is of a post by its title that has not ended: who left a firm becomes something elsewhere."""
    return ontology.relations[claim.predicate].membership and claim.title is not None and claim.status != ontology.over()


def _alone(claim: Claim, mentions: Sequence[Mention]) -> bool:
    """Whether the sentence of a claim names nobody and no firm but its two, all by name."""
    here = [m for m in mentions if claim.evidence.holds(m.span)]
    kinds = {m.type for m in here if m.chain in (claim.subject, claim.object)}
    return len(kinds) > 1 and {m.chain for m in here if m.type in kinds} == {claim.subject, claim.object}


def _posts(claim: Claim, part: Part, mentions: Sequence[Mention], titles: Sequence[Found], ontology: Ontology) -> Iterator[Claim]:
    """The posts that the verbs of a sentence give to the subject of a claim, which stands before them."""
    known, words = offices(ontology, part.language), _words(ontology, part.language)
    text, start = part.text[: claim.evidence.end - part.start], claim.evidence.start - part.start
    named = [(m.span.start - part.start, m.chain) for m in mentions if claim.evidence.holds(m.span)]
    marked = [(t.start - part.start, t.end - part.start) for t in titles]
    for verb in words.verb.finditer(text, start):
        end = _office(text, verb.end(), marked, known)
        led = (claim.title or "") in text[start : verb.start()] and any(a < verb.start() and c == claim.subject for a, c in named)
        if not end or not led or any(verb.start() <= a < end for a, _ in named) or words.elsewhere.match(text, end):
            continue
        clause = _clause(text, start, verb.start(), end)
        status = _status(text, clause, verb.span(), part, ontology)
        unsaid = words.denied if status != ontology.usual() else words.aimed
        if words.denied.search(text, clause[0], verb.start()) or unsaid.search(text[clause[0] : verb.start()]):
            continue
        for office, name in split(bare(text[verb.end() : end], known), known):
            if ontology.relations[name].membership:
                found = Claim(claim.subject, name, claim.object, claim.evidence, status, office, method="wording")
                yield replace(found, confidence=LIKELY, certainty=STATED)


def _office(text: str, start: int, titles: Sequence[tuple[int, int]], known: Offices) -> int:
    """Where the office ends that words right behind a verb name, if they name one: 0 if not."""
    role = next(roles(text, known, start, min(len(text), start + REACH)), None)
    if not role or not _next(text[start : role.start]):
        return 0
    return max([role.end, *(b for a, b in titles if a <= role.start < b)])


def _next(between: str) -> bool:
    """Whether what stands between a verb and an office may narrow the office down."""
    words = TOKEN.findall(between)
    return len(words) <= NARROWING and all(w[0].isalnum() for w in words)


def _clause(text: str, start: int, verb: int, end: int) -> tuple[int, int]:
    """Where the clause of a verb and its office begins and ends."""
    begin = max((m.end() for m in CLAUSE.finditer(text, start, verb)), default=start)
    return begin, next((m.start() for m in CLAUSE.finditer(text, end)), len(text))


def _status(text: str, clause: tuple[int, int], verb: tuple[int, int], part: Part, ontology: Ontology) -> str:
    """The status that the words of a clause tell; that a verb is in the pluperfect ("had been named") ends no post."""
    edges = {place - clause[0] for w in part.doc for place in (w.idx, w.idx + len(w.text))}
    told = cues(text[slice(*clause)], part.language, edges, ontology)
    tense = {c for c in told if c.status == ontology.over() and c.start + clause[0] < verb[1] and verb[0] < c.end + clause[0]}
    return next((c.status for c in told if c not in tense), ontology.usual())


class _Words(NamedTuple):
    """Patterns: verbs of becoming; what denies them or makes them no fact; "to" right before them; "of …" behind an office."""

    verb: re.Pattern[str]
    denied: re.Pattern[str]
    aimed: re.Pattern[str]
    elsewhere: re.Pattern[str]


@lru_cache(maxsize=32)
def _words(ontology: Ontology, language: str) -> _Words:
    lists = ("becoming",), ("negation", "hypothetical"), ("preposition",), ("dateStart",), ("article",)
    becoming, denied, prepositions, dates, articles = (alternation(listed(ontology, language, *names)) for names in lists)
    owned = rf"{articles}[^,.;]{{1,{OWNER}}}{possessive(ontology)}"
    texts = becoming, denied, rf"{prepositions}\s*$", rf"\s*(?!{dates}){prepositions}(?:(?!\s*{articles})|\s*{owned})"
    return _Words(*(re.compile(text, re.IGNORECASE) for text in texts))
