"""Names in Chinese characters in, their Latin spellings (pinyin, Wade–Giles) and rough sounds out."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import product

from kg.han import has_han

READINGS = 3
LONGEST = 8

_SOUNDS = (
    (re.compile(r"ng"), "N"),
    (re.compile(r"tzu|tsz|ts|tz|zh|ch|tj|sch|j|q|z|c(?=[eiy])"), "C"),
    (re.compile(r"sh|sj|hs|x|s"), "S"),
    (re.compile(r"kh|ck|kw|k|gu(?=[ao])|gh|g|c"), "K"),
    (re.compile(r"ph|f|v|w"), "F"),
    (re.compile(r"b|p"), "P"),
    (re.compile(r"th|d|t"), "T"),
    (re.compile(r"l|r"), "L"),
    (re.compile(r"n|m"), "N"),
)
_CODA_R = re.compile(r"r+(?![aeiouyr])")
_HARD_CH = re.compile(r"ch(?=[lmnr]|ae)")


@lru_cache(maxsize=1)
def _converter() -> object:
    from opencc import OpenCC  # noqa: PLC0415  (loads its tables)

    return OpenCC("t2s")


@lru_cache(maxsize=65536)
def simplified(text: str) -> str:
    """Turn traditional characters into simplified ones."""
    return str(_converter().convert(text)) if has_han(text) else text  # type: ignore[attr-defined]


@lru_cache(maxsize=16384)
def syllables(character: str) -> tuple[str, ...]:
    """Return the toneless pinyin of one character, commonest reading first, `ü` as `u`."""
    from pypinyin import Style, pinyin  # noqa: PLC0415  (loads a large dictionary)

    return _plain(pinyin(character, style=Style.NORMAL, heteronym=True)[0])


@lru_cache(maxsize=16384)
def wade_giles(character: str) -> tuple[str, ...]:
    """Return the Wade–Giles of one character, without apostrophes and diacritics."""
    from pypinyin import Style, pinyin  # noqa: PLC0415

    return _plain(pinyin(character, style=Style.WADEGILES, heteronym=True)[0])


def _plain(readings: list[str]) -> tuple[str, ...]:
    found = (r.casefold().replace("'", "").replace("ü", "u").replace("lv", "lu").replace("nv", "nu") for r in readings[:READINGS])
    return tuple(dict.fromkeys(found))


def romanized(text: str, affricate: str = "c") -> str:
    """Spell a text in pinyin, the commonest reading of each character, run together; `affricate` spells the initial c."""
    spelled = (syllables(c)[0] if has_han(c) else c for c in text)
    return "".join(re.sub(r"^c(?!h)", affricate, s) for s in spelled)


@lru_cache(maxsize=65536)
def spellings(text: str) -> frozenset[str]:
    """Return every run-together spelling of a short text of Chinese characters, in pinyin and in Wade–Giles."""
    if not 0 < len(text) <= LONGEST or not all(map(has_han, text)):
        return frozenset()
    found = {"".join(parts) for parts in product(*(syllables(c)[: 2 if len(text) > 3 else READINGS] for c in text))}
    return frozenset(found | {"".join(wade_giles(c)[0] for c in text)})


@lru_cache(maxsize=16384)
def surname_spellings(character: str) -> frozenset[str]:
    """Return the ways to spell one surname."""
    if not has_han(character):
        return frozenset()
    return frozenset(s for c in (character,) for s in (*syllables(c), *wade_giles(c)))


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """Reduce a Latin word to its consonants in a few classes, so that spellings of one sound agree: "Tsai", "Cai" → "C"."""
    for pattern, letter in _SOUNDS:
        word = pattern.sub(letter, word)
    letters = re.sub(r"[^A-Z]", "", word)
    return re.sub(r"(.)\1+", r"\1", letters)


@lru_cache(maxsize=65536)
def heard(word: str) -> str:
    """Reduce a Latin word to the consonants that Chinese spells of it: an "r" that closes a syllable is silent, "ch" may be a k."""
    return sound(_CODA_R.sub("", _HARD_CH.sub("k", word)))


@lru_cache(maxsize=16384)
def sounds(text: str) -> str:
    """Reduce a foreign word written in Chinese characters to its consonants; final nasals stay."""
    return sound(romanized(text, affricate="ts"))


def blurred(consonants: str) -> str:
    """Take sibilants for one: Chinese spells "z" and "th" in many ways."""
    return consonants.replace("C", "S").replace("TS", "S")


@lru_cache(maxsize=1)
def _all_syllables() -> frozenset[str]:
    from pypinyin.pinyin_dict import pinyin_dict  # noqa: PLC0415

    readings = {pinyin_dict[code].split(",")[0] for code in pinyin_dict if 0x4E00 <= code <= 0x9FA5}
    bare = (re.sub(r"[^a-z]", "", unicodedata.normalize("NFD", r)) for r in readings)
    return frozenset(b for b in bare if re.search("[aeiou]", b))


@lru_cache(maxsize=65536)
def syllable_counts(word: str) -> frozenset[int]:
    """Return into how many pinyin syllables a Latin word can be cut; empty where it is no pinyin."""
    if not word:
        return frozenset({0})
    known = _all_syllables()
    heads = (n for n in range(1, min(6, len(word)) + 1) if word[:n] in known)
    return frozenset(1 + rest for n in heads for rest in syllable_counts(word[n:]))
