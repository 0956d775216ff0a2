"""Claims in, the same out without offices in general that no title tells from another one of the same two: 云溪协会会长陆知远."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import product

from kg.extract.chains import Places, ends, placed
from kg.extract.lexicon import folded, listed
from kg.extract.titles import Offices, offices, roles
from kg.model import Claim, Mention, Span
from kg.ontology import Ontology
from kg.parse import Parsed


def single(claims: Sequence[Claim], parsed: Parsed, mentions: Sequence[Mention], ontology: Ontology) -> Iterator[Claim]:
    """Leave out an office in general without a title that its passage states by another one's words between firm and holder.

    Such an office has a relation of its own, which is claimed of the same two. A title that says no more than who leads ("Northgate boss
    Ann Lee") is none beside it.
    """
    told: defaultdict[tuple[int, int], set[str]] = defaultdict(set)
    for c in claims:
        told[c.subject, c.object].add(c.predicate)
    places = placed(mentions)
    for claim in claims:
        known = offices(ontology, parsed.language(claim.evidence.start))
        others = told[claim.subject, claim.object] & known.held - {known.general}
        if claim.predicate == known.general and others:
            leading = folded(claim.title or "") in _leading(ontology)
            if leading or (not claim.title and _between(claim, parsed.document.text, places, known) & others):
                continue
        yield claim


@lru_cache(maxsize=8)
def _leading(ontology: Ontology) -> frozenset[str]:
    """The words that say of somebody no more than that they lead."""
    return frozenset(map(folded, listed(ontology, None, "leaderNoun")))


def _between(claim: Claim, text: str, places: Places, known: Offices) -> frozenset[str]:
    """The relations that offices state of which one is all that stands between the firm and the holder of a claim."""
    people, firms = ends(claim, places)
    return frozenset(relation for firm, person in product(firms, people) if (relation := _office(text, firm, person, known)))


def _office(text: str, firm: Span, person: Span, known: Offices) -> str | None:
    """The relation that an office states which is all that stands between two spans, if it is."""
    found = list(roles(text, known, firm.end, person.start)) if firm.end < person.start else []
    if len(found) != 1 or text[firm.end : found[0].start].strip() or text[found[0].end : person.start].strip():
        return None
    return found[0].relation
