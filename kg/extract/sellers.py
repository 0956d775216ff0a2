"""Claims in, the same out without those of who only holds what the text says of what is held: "收购青溪所持云海股权" buys no 青溪."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from kg.extract.lexicon import alternation, listed
from kg.model import Claim, Mention, Span
from kg.ontology import Ontology
from kg.parse import Parsed


def bought(claims: Sequence[Claim], parsed: Parsed, mentions: Sequence[Mention], ontology: Ontology) -> Iterator[Claim]:
    """Leave out a claim of an object that its passage names only as the holder of another, of which the same is claimed."""
    stated, held = {(c.subject, c.predicate, c.object) for c in claims}, _held(parsed, mentions, ontology)
    for claim in claims:
        here = [m for m in held.get(claim.object, ()) if claim.evidence.holds(m)]
        things = {held[claim.object][m] for m in here}
        if None in things or not any((claim.subject, claim.predicate, thing) in stated for thing in things if thing != claim.object):
            yield claim


def _held(parsed: Parsed, mentions: Sequence[Mention], ontology: Ontology) -> Mapping[int, Mapping[Span, int | None]]:
    """What holders hold, by the words right behind each mention of theirs; None where that is nothing."""
    text, starts = parsed.document.text, {m.span.start: m.chain for m in mentions}
    found: defaultdict[int, dict[Span, int | None]] = defaultdict(dict)
    for m in mentions:
        words = _words(ontology, parsed.language(m.span.start)).match(text, m.span.end)
        found[m.chain][m.span] = starts.get(words.end()) if words else None
    return {chain: held for chain, held in found.items() if any(thing is not None for thing in held.values())}


@lru_cache(maxsize=32)
def _words(ontology: Ontology, language: str) -> re.Pattern[str]:
    """Words of holding with the share that is held: 所持, 持有的30%."""
    return re.compile(rf"\s*{alternation(listed(ontology, language, 'holdingOf'))}\s*(?:[\d.]+\s*[%％]的?\s*)?")
