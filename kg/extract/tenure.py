"""Claims of offices and the words around them in, the same claims out: an office that is kept, or yet to be left, is held now."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kg.extract.chains import Places, placed
from kg.extract.lexicon import alternation, folded, listed, until
from kg.extract.sentences import begun
from kg.extract.titles import office_words
from kg.model import Claim, Mention, Span
from kg.ontology import Ontology

GAP, WORDS, SIGNS = r"\s+…\s+", r"\s+(?:[^\s,.;:]+\s+){0,3}?", r"[^，。；：,;:\n]{0,14}?"
END = re.compile(r"[,;:，；：。！？!?\n]|\.(?=\s|$)")
HALT = re.compile(r"[。！？!?\n]|\.(?=\s|$)")
NEAR = 6


@dataclass(frozen=True, slots=True)
class _Words:
    """Patterns of words that tell that an office is kept, that somebody is to leave, of negation, of what ends the words on an office.

    `new` stands before an office that is only now taken up ("will stay on as an adviser"), `taking` leads to one, `over` tells that one is
    over ("former"), `end` that it was left in the end ("until 2012").
    """

    keeping: re.Pattern[str]
    leaving: re.Pattern[str]
    negation: re.Pattern[str]
    other: re.Pattern[str]
    new: re.Pattern[str]
    taking: re.Pattern[str]
    over: re.Pattern[str]
    end: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Place:
    """A text, the people and the organizations that it names in order, and the names of each chain in order."""

    text: str
    people: tuple[tuple[Span, int], ...]
    firms: tuple[tuple[Span, int], ...]
    names: Places


def lasting(claims: Sequence[Claim], mentions: Sequence[Mention], text: str, ontology: Ontology) -> tuple[Claim, ...]:
    """Give the usual status to offices that are said to be ahead where they go on, ahead or over where they are yet to be left."""
    ordered = sorted(mentions, key=lambda m: m.span)
    ranges = {c for r in ontology.relations.values() if r.membership for c in r.range}
    people = tuple((m.span, m.chain) for m in ordered if m.type in ontology.holders())
    firms = tuple((m.span, m.chain) for m in ordered if ontology.allows(ranges, m.type))
    here = _Place(text, people, firms, placed(ordered))
    return tuple(replace(c, status=ontology.usual()) if _held(c, here, ontology) else c for c in claims)


def _held(claim: Claim, here: _Place, ontology: Ontology) -> bool:
    """Whether words of a claim's evidence tell that its office is held for now, though its status says ahead or over."""
    tense = ontology.statuses[claim.status].tense
    if not ontology.relations[claim.predicate].membership or tense not in ("past", "future"):
        return False
    words = _words(ontology)
    kept = (rest for rest in _rests(words.keeping, claim, here, words) if _kept(claim, rest, here, words))
    if any(tense == "future" or not _ended(rest, here, words) for rest in kept):
        return True
    left = any(
        _left(claim, rest, here, words) and (tense == "future" or _led(claim, rest, here))
        for rest in _rests(words.leaving, claim, here, words)
    )
    return left and not words.over.search(words.leaving.sub(" ", here.text[claim.evidence.start : claim.evidence.end]))


def _left(claim: Claim, rest: Span, here: _Place, words: _Words) -> bool:
    """Whether the organization of a claim is the one left: the first named behind the words of leaving ("to become …" leads to another)."""
    first = bisect_left(here.firms, rest.start, key=lambda f: f[0].start)
    if first == len(here.firms) or here.firms[first][0].start >= rest.end or here.firms[first][1] != claim.object:
        return False
    return not words.taking.search(here.text, rest.start, here.firms[first][0].start)


def _led(claim: Claim, rest: Span, here: _Place) -> bool:
    """Whether the office of a claim is not named behind the words of leaving alone: what is told there may be of other times."""
    before, behind = (folded(here.text[a:b]) for a, b in ((claim.evidence.start, rest.start), (rest.start, claim.evidence.end)))
    return not claim.title or folded(claim.title) in before or folded(claim.title) not in behind


def _rests(cue: re.Pattern[str], claim: Claim, here: _Place, words: _Words) -> Iterator[Span]:
    """Yield the clause behind each cue that the person of a claim stands before, next of all people, if nothing there denies it."""
    place = claim.evidence
    for found in cue.finditer(here.text, place.start, place.end):
        first, last = (bisect_left(here.people, at, key=lambda p: p[0].start) for at in (place.start, found.start()))
        denied = words.negation.search(here.text, max(place.start, found.start() - NEAR), found.end())
        if first < last and here.people[last - 1][1] == claim.subject and not denied:
            yield Span(place.document, found.end(), until(END, here.text, found.end(), place.end))


def _named(names: Sequence[tuple[Span, int]], stretch: Span) -> set[int]:
    """Give the chains of names, in order, that begin within a stretch."""
    first, last = (bisect_left(names, place, key=lambda n: n[0].start) for place in (stretch.start, stretch.end))
    return {chain for _, chain in names[first:last]}


def _ended(rest: Span, here: _Place, words: _Words) -> bool:
    """Whether the sentence goes on to tell that what was kept ended."""
    return bool(words.end.search(here.text, rest.start, until(HALT, here.text, rest.start)))


def _kept(claim: Claim, rest: Span, here: _Place, words: _Words) -> bool:
    """Whether a clause begins with the office of a claim: its title, at no other organization, or where it has none, the organization.

    An office with a name behind it is another's ("…, and the incumbent chair Ada Okafor").
    """
    kept = Span(rest.document, rest.start, until(words.other, here.text, rest.start, rest.end))
    if words.new.match(here.text, kept.start, kept.end) or _named(here.people, kept):
        return False
    if claim.title:
        firms = _named(here.firms, kept)
        return folded(claim.title) in folded(here.text[kept.start : kept.end]) and (not firms or claim.object in firms)
    return bool(begun(here.names[claim.object], kept))


@lru_cache(maxsize=8)
def _words(ontology: Ontology) -> _Words:
    names = ("article", "pronoun", "rolePrefix")
    joint, office = alternation(listed(ontology, None, "roleJoint")), alternation(office_words(ontology, None))
    over = ontology.over()
    gone = alternation(c.text for c in ontology.statuses[over].cues) if over else r"(?!)"
    left, until = alternation(listed(ontology, None, "departure")), alternation(listed(ontology, None, "dateEnd"))
    before = rf"(?:{alternation(listed(ontology, None, *names))}\s*)*"
    return _Words(
        _pattern(_gapped(listed(ontology, None, "keeping"))),
        _pattern(_gapped(listed(ontology, None, "leaving"))),
        _pattern(alternation(listed(ontology, None, "negation"))),
        _pattern(rf"{joint}(?!\s*{before}{office})"),
        _pattern(rf"\s*[^\W\d_]+\s+{alternation(listed(ontology, None, 'indefinite'))}"),
        _pattern(alternation(listed(ontology, None, "becoming", "joining"))),
        _pattern(gone),
        _pattern(rf"{gone}|{left}|{until}\s*(?:[^\W\d]+\s+)?\d"),
    )


def _gapped(words: Sequence[str]) -> str:
    return alternation(words).replace(GAP, WORDS).replace("…", SIGNS)


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(words, re.IGNORECASE)
