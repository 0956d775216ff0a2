"""Names in, the traditional characters out by which somebody may search for them, each with its simplified one."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from kg.han import has_han
from kg.resolve.transliteration import simplified


def variants(names: Iterable[str]) -> list[str]:
    """Return two strings of one length: traditional characters, and the simplified ones of the names in the same order."""
    text = "".join(names)
    pairs = _pairs() if has_han(text) else {}
    used = {pairs.get(character, character) for character in text}
    found = [(one, plain) for one, plain in pairs.items() if plain in used]
    return ["".join(one for one, _ in found), "".join(plain for _, plain in found)]


@cache
def _pairs() -> dict[str, str]:
    """Convert every character alone: what is alone is never part of a phrase that OpenCC knows."""
    characters = [chr(code) for code in range(0x3400, 0xA000)]
    plain = simplified("\n".join(characters)).split("\n")
    return {one: other for one, other in zip(characters, plain, strict=True) if one != other and len(other) == 1}
