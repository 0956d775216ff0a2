"""Two places of a text in, whether the second stands in brackets right behind the first out: where a text gives another name."""

from __future__ import annotations

import re

_OPENING = re.compile(r"[^\S\n]*[\"'”’」』》]?[^\S\n]*[(（][^\S\n]*[\"'“‘「『《]?[^\S\n]*")
_CLOSING = re.compile(r"[^\S\n]*[\"'”’」』》]?[^\S\n]*[)）]")


def bracketed(text: str, end: int, first: int, last: int) -> bool:
    """Whether `text[first:last]` stands alone in brackets behind what ends at `end`; either may be quoted."""
    return bool(_OPENING.fullmatch(text, end, first) and _CLOSING.match(text, last))
