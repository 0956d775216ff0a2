"""A window of a network and the mentions of its text in, the chains that it holds out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from kg.languages.encoder import Links
from kg.model import Mention


def chains(link: Links, mentions: Sequence[Mention]) -> dict[int, list[int]]:
    """Give the chains of a window, in order, with the places of their mentions among its members."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    for place, member in enumerate(link.members):
        if member < len(mentions):
            found[mentions[member].chain].append(place)
    return dict(sorted(found.items()))
