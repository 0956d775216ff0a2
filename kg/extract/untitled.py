"""Claims in, the same out without offices in general that no title tells, where all that is named is another: 云溪协会会长陆知远."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import product

from kg.extract.titles import Offices, offices, roles
from kg.model import Claim, Mention, Span
from kg.ontology import Ontology
from kg.parse import Parsed


def single(claims: Sequence[Claim], parsed: Parsed, mentions: Sequence[Mention], ontology: Ontology) -> Iterator[Claim]:
    """Leave out an office in general without a title that its passage states by another one's words between firm and holder.

    Such an office has a relation of its own, which is claimed of the same two.
    """
    told: defaultdict[tuple[int, int], set[str]] = defaultdict(set)
    for c in claims:
        told[c.subject, c.object].add(c.predicate)
    for claim in claims:
        known = offices(ontology, parsed.language(claim.evidence.start))
        others = told[claim.subject, claim.object] & known.held - {known.general}
        untitled = claim.predicate == known.general and not claim.title and others
        if not (untitled and _between(claim, parsed.document.text, mentions, known) & others):
            yield claim


def _between(claim: Claim, text: str, mentions: Sequence[Mention], known: Offices) -> frozenset[str]:
    """The relations that offices state of which one is all that stands between the firm and the holder of a claim."""
    here = [m for m in mentions if claim.evidence.holds(m.span)]
    firms, people = ([m.span for m in here if m.chain == chain] for chain in (claim.object, claim.subject))
    return frozenset(relation for firm, person in product(firms, people) if (relation := _office(text, firm, person, known)))


def _office(text: str, firm: Span, person: Span, known: Offices) -> str | None:
    """The relation that an office states which is all that stands between two spans, if it is."""
    found = list(roles(text, known, firm.end, person.start)) if firm.end < person.start else []
    if len(found) != 1 or text[firm.end : found[0].start].strip() or text[found[0].end : person.start].strip():
        return None
    return found[0].relation
