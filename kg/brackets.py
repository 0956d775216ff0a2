"""Two places of a text in, whether the second stands in brackets right behind the first out: where a text gives another name."""

from __future__ import annotations

import re

from kg.han import has_han

_OPENING = re.compile(r"[^\S\n]*[\"'”’」』》]?[^\S\n]*[(（][^\S\n]*[\"'“‘「『《]?[^\S\n]*")
_CLOSING = re.compile(r"[^\S\n]*[\"'”’」』》]?[^\S\n]*[)）]")


def bracketed(text: str, end: int, first: int, last: int) -> bool:
    """Whether `text[first:last]` stands alone in brackets behind what ends at `end`; either may be quoted."""
    return bool(_OPENING.fullmatch(text, end, first) and _CLOSING.match(text, last))


def renamed(first: str, second: str, *, acting: bool) -> bool:
    """Whether of two names of one type the second, in brackets, is another name of the first.

    It is, of what acts; of places only in another script: "Harbour Hall (Rotterdam)" is a hall and its city.
    """
    return acting or has_han(first) != has_han(second)
