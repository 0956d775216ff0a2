"""Claims in, the same out without posts of lawyers at their clients: "云溪的代理律师何知远", "a lawyer for Tern, Ada Okafor"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from kg.extract.chains import Places, ends, placed
from kg.extract.lexicon import alternation, listed, possessive
from kg.model import Claim, Mention
from kg.ontology import Ontology
from kg.parse import Parsed

NEAR = 6  # characters between a lawyer's name and the words for him and his client (", a")


class _Words(NamedTuple):
    """Patterns of words for a lawyer: alone, right behind the mark of whose he is, and right before a client."""

    lawyer: re.Pattern[str]
    owned: re.Pattern[str]
    serving: re.Pattern[str]


def represented(claims: Sequence[Claim], parsed: Parsed, mentions: Sequence[Mention], ontology: Ontology) -> Iterator[Claim]:
    """Leave out the posts of those whom their passage calls the lawyers of who would employ them."""
    places = placed(mentions)
    for claim in claims:
        if not (ontology.relations[claim.predicate].membership and _represented(claim, parsed, places, ontology)):
            yield claim


def _represented(claim: Claim, parsed: Parsed, places: Places, ontology: Ontology) -> bool:
    """Whether words for a lawyer stand beside the name of a client, and the name of the lawyer beside both."""
    text, words = parsed.document.text, _words(ontology, parsed.language(claim.evidence.start))
    if claim.title and not words.lawyer.search(claim.title):
        return False
    people, clients = ends(claim, places)
    for client in (c for c in clients if not words.lawyer.search(text, c.start, c.end)):
        behind = words.owned.match(text, client.end)
        before = words.serving.search(text, claim.evidence.start, client.start)
        start, end = before.start() if before else client.start, behind.end() if behind else client.end
        if (before or behind) and any(0 <= p.start - end <= NEAR or 0 <= start - p.end <= NEAR for p in people):
            return True
    return False


@lru_cache(maxsize=32)
def _words(ontology: Ontology, language: str) -> _Words:
    lawyer, of = (alternation(listed(ontology, language, name)) for name in ("lawyer", "clientLink"))
    return _Words(*(re.compile(w, re.IGNORECASE) for w in (lawyer, rf"\s*{possessive(ontology)}\s*{lawyer}", rf"{lawyer}\s*{of}\s*\Z")))
