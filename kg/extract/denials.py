"""Claims in, the same out, but of a post that somebody is denied to have left: there the post is held still."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kg.extract.clauses import END, NEAR, clauses
from kg.extract.cues import Cue, cues
from kg.extract.lexicon import alternation, listed, until
from kg.model import Claim, Mention
from kg.ontology import Ontology
from kg.parse import Parsed

CLOSE = re.compile(r"\s*(?:\S+\s+)?")  # between a denial and a departure: a word at most ("denied having resigned")


@dataclass(frozen=True, slots=True)
class _Words:
    """Patterns of a language: departures, pronouns, what joins two clauses, and an end with its date."""

    departure: re.Pattern[str]
    pronoun: re.Pattern[str]
    joint: re.Pattern[str]
    end: re.Pattern[str]


def remained(claims: Iterable[Claim], parsed: Parsed, mentions: Sequence[Mention], ontology: Ontology) -> Iterator[Claim]:
    """Give claims of posts that are over the usual status where their passage denies that the holder left ("denied that … resigned")."""
    usual, over = ontology.usual(), ontology.over()
    for claim in claims:
        ended = claim.status == over and ontology.relations[claim.predicate].membership
        yield replace(claim, status=usual, certainty=1.0) if ended and _denied(claim, parsed, mentions, ontology) else claim


def _denied(claim: Claim, parsed: Parsed, mentions: Sequence[Mention], ontology: Ontology) -> bool:
    """Whether all departures that a passage tells of are denied, one of them is the holder's, and nothing there has an end with a date.

    Nor is anybody called a former one there.
    """
    place = claim.evidence
    text, language = parsed.document.text[place.start : place.end], parsed.language(place.start)
    words = _words(ontology, language)
    gone = [m.span() for m in words.departure.finditer(text)]
    if not gone or words.end.search(text):
        return False
    told = cues(text, language, range(len(text) + 1), ontology)
    if any(c.modifier and c.status == ontology.over() and (c.start, c.end) not in gone for c in told):
        return False
    within = [_holding(span, _denials(text, told, words, ontology)) for span in gone]
    here = [(m, m.span.start - place.start) for m in mentions if place.holds(m.span)]
    return all(within) and any(_concerns(claim, mentions, here, clause) for clause in within if clause)


def _holding(span: tuple[int, int], clauses: Iterable[tuple[int, int]]) -> tuple[int, int] | None:
    """The first of some clauses that holds a span."""
    return next(((a, b) for a, b in clauses if a <= span[0] and span[1] <= b), None)


def _concerns(claim: Claim, mentions: Sequence[Mention], here: Sequence[tuple[Mention, int]], clause: tuple[int, int]) -> bool:
    """Whether a clause names the holder of a post, or names nobody of that kind and he stands before it."""
    kind = next((m.type for m in mentions if m.chain == claim.subject), "")
    within = {m.chain for m, at in here if m.type == kind and clause[0] <= at < clause[1]}
    return claim.subject in (within or {m.chain for m, at in here if at < clause[0]})


def _denials(text: str, told: Iterable[Cue], words: _Words, ontology: Ontology) -> Iterator[tuple[int, int]]:
    """Where the clauses lie that are denied: behind words that govern them, or right behind a denial ("denied she was leaving")."""
    yield from ((a, until(words.joint, text, a, b)) for a, b, status in clauses(text, ontology) if ontology.statuses[status].denies)
    for cue in told:
        stop = until(words.joint, text, cue.end, until(END, text, cue.end))
        left = words.departure.search(text, cue.end, min(stop, cue.end + NEAR))
        if ontology.statuses[cue.status].denies and left:
            about = words.pronoun.search(text, cue.end, left.start()) or CLOSE.fullmatch(text, cue.end, left.start())
            yield from ((cue.end, stop),) if about else ()


@lru_cache(maxsize=32)
def _words(ontology: Ontology, language: str) -> _Words:
    *words, end = (alternation(listed(ontology, language, name)) for name in ("departure", "pronoun", "roleJoint", "dateEnd"))
    return _Words(*(re.compile(pattern, re.IGNORECASE) for pattern in (*words, rf"{end}\s*(?:\w+\s+){{0,2}}\d")))
