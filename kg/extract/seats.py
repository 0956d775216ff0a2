"""Claims in, the same out, but with the office that somebody takes where its title is only a seat: "加入云溪董事会，担任独立董事"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from kg.extract.clauses import END
from kg.extract.lexicon import alternation, folded, listed, until
from kg.extract.promotions import taken
from kg.extract.titles import offices, roles
from kg.model import Claim, Mention
from kg.ontology import Ontology
from kg.parse import Parsed


def seated(claims: Sequence[Claim], parsed: Parsed, mentions: Sequence[Mention], ontology: Ontology) -> Iterator[Claim]:
    """Give a post whose title is a seat ("board") the office that a verb of becoming or holding right behind it names."""
    for claim in claims:
        office = _office(claim, parsed, ontology) if claim.title and ontology.relations[claim.predicate].titled else None
        yield replace(claim, title=office) if office else claim


def _office(claim: Claim, parsed: Parsed, ontology: Ontology) -> str | None:
    """The office behind the seat that is the title of a claim, if that is of the same relation."""
    text, language, seat = parsed.document.text, parsed.language(claim.evidence.start), claim.title or ""
    if folded(seat) not in map(folded, listed(ontology, language, "seat")):
        return None
    place = text.find(seat, claim.evidence.start, claim.evidence.end)
    start = _before(ontology, language).match(text, place + len(seat)) if place >= 0 else None
    stretch = (start.end(), until(END, text, start.end(), claim.evidence.end)) if start else (0, 0)
    for verb, end, last, _ in taken(text, stretch, language, ontology):
        role = next(roles(text, offices(ontology, language), end, last), None)
        if verb == stretch[0] and role and role.relation == claim.predicate:
            return text[role.start : role.end]
    return None


@lru_cache(maxsize=32)
def _before(ontology: Ontology, language: str) -> re.Pattern[str]:
    """What stands between a seat and the verb that gives its office: a comma, a word that joins two verbs."""
    return re.compile(rf"[\s,，]*(?:{alternation(listed(ontology, language, 'verbJoint'))})?\s*", re.IGNORECASE)
