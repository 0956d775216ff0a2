"""Claims in, the same out, but of a post beside which its holder only leaves another ("…, chief executive of …, left the board of …")."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kg.extract.clauses import END
from kg.extract.cues import cues
from kg.extract.lexicon import alternation, listed, until
from kg.extract.titles import office_words
from kg.model import Claim, Mention, Span
from kg.ontology import Ontology
from kg.parse import Parsed


@dataclass(frozen=True, slots=True)
class _Words:
    """Patterns of a language: departures, and all that may stand between one and the name of what is left."""

    departure: re.Pattern[str]
    left: re.Pattern[str]


def elsewhere(claims: Sequence[Claim], parsed: Parsed, mentions: Sequence[Mention], ontology: Ontology) -> Iterator[Claim]:
    """Give claims of posts that are over the status of a wording by which they are held where all that is left is something else."""
    usual, over = ontology.usual(), ontology.over()
    worded: defaultdict[tuple[int, str, int], list[Span]] = defaultdict(list)
    for c in claims:
        if c.method == "wording" and c.status == usual:
            worded[c.subject, c.predicate, c.object].append(c.evidence)
    for claim in claims:
        held = worded.get((claim.subject, claim.predicate, claim.object), ())
        ended = claim.status == over and ontology.relations[claim.predicate].membership
        stays = ended and any(claim.evidence.holds(e) for e in held) and _left_another(claim, parsed, mentions, ontology)
        yield replace(claim, status=usual) if stays else claim


def _left_another(claim: Claim, parsed: Parsed, mentions: Sequence[Mention], ontology: Ontology) -> bool:
    """Whether a passage tells of departures, all of the holder and from what is not the post's own, and of no other end."""
    place = claim.evidence
    text, language = parsed.document.text[place.start : place.end], parsed.language(place.start)
    words = _words(ontology, language)
    gone = [m.span() for m in words.departure.finditer(text)]
    if not gone:
        return False
    ends = (c for c in cues(text, language, range(len(text) + 1), ontology) if c.status == ontology.over())
    if any(not any(a < c.end and c.start < b for a, b in gone) for c in ends):
        return False
    here = [(m, m.span.start - place.start) for m in sorted(mentions, key=lambda m: m.span) if place.holds(m.span)]
    people = [(at, m.chain) for m, at in here if m.type in ontology.holders()]
    places = [(at, m) for m, at in here if ontology.allows(ontology.relations[claim.predicate].range, m.type)]
    own = all([chain for at, chain in people if at < start][-1:] == [claim.subject] for start, _ in gone)
    return own and all(_other(claim, text, end, places, words) for _, end in gone)


def _other(claim: Claim, text: str, end: int, places: Sequence[tuple[int, Mention]], words: _Words) -> bool:
    """Whether what is left is another place next behind the word for it, and the post's own is not in its clause."""
    stop = until(END, text, end)
    clause = [(at, m) for at, m in places if end <= at < stop]
    named = any(words.left.fullmatch(text, end, at) for at, m in clause if not m.nominal)
    return named and claim.object not in {m.chain for _, m in clause}


@lru_cache(maxsize=32)
def _words(ontology: Ontology, language: str) -> _Words:
    office = alternation({*office_words(ontology, language), *listed(ontology, language, "seat")})
    link, of, other = (alternation(listed(ontology, language, *names)) for names in (("departureLink",), ("seatLink",), ("preposition",)))
    opening = rf"\s*(?:{link}|{alternation(listed(ontology, language, 'determiner'))})"
    seat = rf"(?:\s+(?!{other})[^\s,.;:]+){{0,4}}?\s*{office}(?:\s*{of})?"
    left = rf"(?:{opening})*(?:(?<=\w)(?:{seat}){{1,2}}(?:{opening})*)?\s*"
    return _Words(*(re.compile(w, re.IGNORECASE) for w in (alternation(listed(ontology, language, "departure")), left)))
