"""Mentions in, their chains out: those that a window of a network holds, where each stands, and where those of a claim do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from kg.languages.encoder import Links
from kg.model import Claim, Mention, Span

Places = Mapping[int, Sequence[Span]]


def chains(link: Links, mentions: Sequence[Mention]) -> dict[int, list[int]]:
    """Give the chains of a window, in order, with the places of their mentions among its members."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    for place, member in enumerate(link.members):
        if member < len(mentions):
            found[mentions[member].chain].append(place)
    return dict(sorted(found.items()))


def placed(mentions: Iterable[Mention]) -> Places:
    """Give where each chain stands, in the order of its mentions; one that has none stands nowhere."""
    found: defaultdict[int, list[Span]] = defaultdict(list)
    for m in mentions:
        found[m.chain].append(m.span)
    return found


def ends(claim: Claim, places: Places) -> tuple[list[Span], list[Span]]:
    """Give where the evidence of a claim names its subject, and where its object."""
    subject, other = ([s for s in places.get(chain, ()) if claim.evidence.holds(s)] for chain in (claim.subject, claim.object))
    return subject, other
