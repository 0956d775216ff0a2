"""Claims in, the same out, but with the firm to which somebody is appointed for who appoints him there: "云溪任命何知远为青溪董事长"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from kg.extract.chains import Places, ends, placed
from kg.extract.clauses import END
from kg.extract.lexicon import alternation, listed, until
from kg.model import Claim, Mention
from kg.ontology import Ontology
from kg.parse import Parsed


def appointed(claims: Sequence[Claim], parsed: Parsed, mentions: Sequence[Mention], ontology: Ontology) -> Iterator[Claim]:
    """Give a post at who appoints its holder to one elsewhere to the firm named there, if that is not claimed already."""
    posts = [c for c in claims if ontology.relations[c.predicate].membership]
    held = {(c.subject, c.object, title) for c in posts for title in (c.title, None)}
    places, ordered = placed(mentions), sorted(mentions, key=lambda m: m.span)
    for claim in claims:
        firm = _elsewhere(claim, parsed, places, ordered, ontology) if ontology.relations[claim.predicate].membership else None
        if firm is None:
            yield claim
        elif (claim.subject, firm, claim.title) not in held:
            yield replace(claim, object=firm)


def _elsewhere(claim: Claim, parsed: Parsed, places: Places, ordered: Sequence[Mention], ontology: Ontology) -> int | None:
    """The firm to which the passage of a claim tells that its holder is appointed by the firm of the claim, if that is another one.

    The passage names the one that appoints nowhere else, and the title of the claim, if there is one, only behind the other.
    """
    text, words = parsed.document.text, _words(ontology, parsed.language(claim.evidence.start))
    people, own = ends(claim, places)
    holders = [p for p in sorted(people) if words[0].search(text, claim.evidence.start, p.start)]
    here = [m for m in ordered if claim.evidence.holds(m.span)] if holders else []
    kinds = {m.type for m in here if m.chain == claim.object}
    for person in holders:
        marker = words[1].match(text, person.end)
        firm = next((m for m in here if m.type in kinds and marker and marker.end() <= m.span.start), None)
        if not marker or not firm or firm.nominal or firm.chain == claim.object or firm.span.start >= until(END, text, person.end):
            continue
        before = all(s.end <= person.start for s in own)
        if before and (not claim.title or claim.title not in text[claim.evidence.start : marker.end()]):
            return firm.chain
    return None


@lru_cache(maxsize=32)
def _words(ontology: Ontology, language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Patterns of a verb of appointing right before a name, and of a word that leads on to the office right behind it."""
    verb, marker = (alternation(listed(ontology, language, name)) for name in ("appointing", "appointedTo"))
    return re.compile(rf"{verb}\s*\Z", re.IGNORECASE), re.compile(rf"\s*{marker}\s*", re.IGNORECASE)
