"""Chinese text in, its words and a hint per character out: where a dictionary sees a word begin, and of what kind (jieba's tags)."""

from __future__ import annotations

import functools
import logging
import re
from pathlib import Path
from typing import Any

import numpy as np

from kg.han import has_han

KINDS = ("nr", "ns", "nt", "nz", "n", "v", "m", "new", "other")
BLOCK = 200  # characters on each side of a place in which its words are cut
ADDED = Path(__file__).with_name("words.txt")  # words that jieba lacks or misjudges: frequency (0: it is none) and tag
LONGEST = 5  # characters of a word; few have more
_APART = re.compile(r"[^\u4e00-\u9fd5a-zA-Z0-9+#&._%-]")  # what parts Chinese text for jieba
HINTS = ("none", *(f"{kind}-{place}" for kind in KINDS for place in ("first", "inside")))


class Lexicon:
    """jieba's dictionary and OpenCC's character table, loaded at first use."""

    def simplified(self, text: str) -> str:
        """Replace traditional characters one by one, so that every offset stays."""
        return text.translate(_table(text)) if has_han(text) else text

    def words(self, text: str) -> list[tuple[int, str]]:
        """Cut Chinese text into words; give those that begin with an ideograph, with their starts."""
        cut: list[tuple[int, str]] = []
        position = 0
        for word in _dictionary().cut(text) if has_han(text) else ():
            if has_han(word[0]):
                cut.append((position, word))
            position += len(word)
        return cut

    def verb(self, text: str, place: int) -> int:
        """Where the verb begins that runs over a place of a text, as the dictionary cuts it; the place itself where none does.

        None does where it has a word that begins there: in 食品展开幕 either 展开 or 开幕 may be meant.
        """
        start, end = _block(text, place)
        plain, at = self.simplified(text[start:end]), place - start
        other = any(plain[at : at + length] in _tags() for length in range(2, LONGEST))
        return place if other else start + next((a for a, b in _verbs(plain) if a < at < b), at)

    def ends(self, text: str) -> bool:
        """Whether a text ends with a word of the dictionary of several characters."""
        plain = self.simplified(text)
        return any(plain[-length:] in _tags() for length in range(2, min(LONGEST, len(plain)) + 1))

    def hints(self, words: list[tuple[int, str]], length: int) -> np.ndarray:
        """Give for each character of a text an index into `HINTS`; those of no word get 0."""
        hints = np.zeros(length, dtype=np.int64)
        for start, word in words:
            kind = _kind(word)
            hints[start] = 1 + 2 * kind
            hints[start + 1 : start + len(word)] = 2 + 2 * kind
        return hints


def _block(text: str, place: int) -> tuple[int, int]:
    """Where the stretch around a place starts and ends that the dictionary cuts by itself, of endless ones a part."""
    first, last = max(0, place - BLOCK), min(len(text), place + BLOCK)
    start = max((m.end() for m in _APART.finditer(text, first, place)), default=first)
    end = _APART.search(text, place, last)
    return start, end.start() if end else last


def _kind(word: str) -> int:
    """Class of a word: its tag in the dictionary, or "new" for several Chinese characters that it lacks."""
    flag = _tags().get(word)
    if flag is None:
        return KINDS.index("new" if len(word) > 1 and has_han(word[0]) else "other")
    known = (n for n, kind in enumerate(KINDS) if flag.startswith(kind))
    return next(known, KINDS.index("m") if flag == "t" else KINDS.index("other"))


@functools.lru_cache(maxsize=256)
def _verbs(text: str) -> tuple[tuple[int, int], ...]:
    return tuple((start, start + len(word)) for start, word in Lexicon().words(text) if _kind(word) == KINDS.index("v"))


@functools.cache
def _dictionary() -> Any:
    import jieba

    jieba.setLogLevel(logging.WARNING)
    dictionary = jieba.Tokenizer()
    dictionary.load_userdict(str(ADDED))
    return dictionary


@functools.cache
def _tags() -> dict[str, str]:
    import jieba.posseg

    tagger = jieba.posseg.POSTokenizer(_dictionary())
    tagger.load_word_tag(_dictionary().get_dict_file())
    tags: dict[str, str] = tagger.word_tag_tab | _dictionary().user_word_tag_tab
    return tags


@functools.cache
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("t2s")


@functools.cache
def _one(character: str) -> str:
    converted = _converter().convert(character)
    return converted if len(converted) == 1 else character


def _table(text: str) -> dict[int, str]:
    return {ord(c): _one(c) for c in set(text) if has_han(c)}
