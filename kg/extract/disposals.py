"""Claims in, the same out, but what is said to lie ahead only by the word that leads what is sold (将子公司青溪出售给云海) has come."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from kg.extract.clauses import END
from kg.extract.cues import cues
from kg.extract.datewords import written
from kg.extract.lexicon import alternation, listed, until
from kg.languages.encoder.lexicon import Lexicon
from kg.model import Claim, Mention
from kg.ontology import Ontology
from kg.parse import Parsed


class _Words(NamedTuple):
    """What leads the name of what is sold, with words for whose it is, verbs of selling, and of announcing."""

    lead: re.Pattern[str]
    verb: re.Pattern[str]
    announced: re.Pattern[str]


def disposed(claims: Sequence[Claim], parsed: Parsed, mentions: Sequence[Mention], ontology: Ontology) -> Iterator[Claim]:
    """Give claims of what is sold the status that its sale leaves them: over for who sells it, held now by who buys it."""
    for claim in claims:
        ahead = ontology.statuses[claim.status].tense == "future"
        yield replace(claim, status=_left(claim, parsed, mentions, ontology) or claim.status) if ahead else claim


def _left(claim: Claim, parsed: Parsed, mentions: Sequence[Mention], ontology: Ontology) -> str | None:
    """The status of a claim of two things of which a sale leads one, and the other stands before it or behind; none if all lies ahead."""
    start, end = claim.evidence.start, claim.evidence.end
    language, ends = parsed.language(start), {claim.subject, claim.object}
    if not (words := _words(ontology, language)):
        return None
    text = Lexicon().simplified(parsed.document.text[start:end])
    here = [(m.span.start - start, m.span.end - start, m.chain) for m in mentions if m.chain in ends and claim.evidence.holds(m.span)]
    for at, behind, chain in here:
        lead = words.lead.search(text, 0, at)
        sale = words.verb.search(text, behind, until(END, text, behind))
        told = lead and sale and not words.announced.search(text, 0, lead.start())
        if lead and told and not _ahead(text, language, lead.start(), ontology):
            seller = any(other != chain and place < lead.start() for place, _, other in here)
            return ontology.over() if seller else ontology.usual()
    return None


def _ahead(text: str, language: str, leading: int, ontology: Ontology) -> bool:
    """Whether a passage has another word for what lies ahead than one that leads what is sold, or a day to come ("next year")."""
    told = cues(text, language, range(len(text) + 1), ontology)
    other = any(ontology.statuses[c.status].tense == "future" and c.start != leading for c in told)
    return other or any(d.shift and d.shift[1] > 0 for d in written(text, language, ontology))


@lru_cache(maxsize=32)
def _words(ontology: Ontology, language: str) -> _Words | None:
    marker, verb = (listed(ontology, language, name) for name in ("objectMarker", "disposal"))
    owned = alternation(listed(ontology, language, "belonging", "holdingOf", "genericNoun", "possessive", "pronoun"))
    lead = rf"{alternation(marker)}(?:{owned}|[\d.]+[%％])*$"
    announced = alternation(listed(ontology, language, "performative"))
    return _Words(*map(re.compile, (lead, alternation(verb), announced))) if marker and verb else None
