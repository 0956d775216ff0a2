"""Claims of several finders in, one claim per statement out: what two finders say is surer than what one says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kg.model import Claim, Mention


def agreed(found: Iterable[Claim], mentions: Iterable[Mention]) -> tuple[Claim, ...]:
    """Join claims of one subject, predicate and object: the first one's words, all confidence (noisy or); nameless things drop out."""
    named = {m.chain for m in mentions if not m.nominal}
    joined: dict[tuple[int, str, int], Claim] = {}
    for claim in found:
        key = (claim.subject, claim.predicate, claim.object)
        if claim.subject not in named or claim.object not in named or claim.subject == claim.object:
            continue
        if key not in joined:
            joined[key] = claim
        elif joined[key].method != claim.method:
            both = 1 - (1 - joined[key].confidence) * (1 - claim.confidence)
            joined[key] = replace(joined[key], confidence=round(both, 4), title=joined[key].title or claim.title)
    return tuple(sorted(joined.values(), key=lambda c: (c.subject, c.predicate, c.object)))
