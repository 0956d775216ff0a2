"""Text in, word pieces with their places, casing and dictionary hints out: what the network reads, in training and at run time alike."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from string import ascii_letters, digits
from typing import NamedTuple

import numpy as np
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

from kg.han import has_han
from kg.languages.encoder.lexicon import HINTS, Lexicon

CASES = ("lower", "title", "upper", "mixed", "digit", "other", "opening", "headline")  # the last two: capitals that tell nothing
_NARROW = {0xFEE0 + ord(c): c for c in ascii_letters + digits}  # Chinese texts have letters and digits as wide as their characters
Spelling = tuple[int, ...]
PAD, UNKNOWN, FIRST, LAST, MASK = "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"


class Pieces(NamedTuple):
    """A text as the network reads it; all arrays are int64 of shape (pieces,).

    `starts` and `ends` are code points of the text; `words` numbers the whole words that pieces belong to.
    """

    ids: np.ndarray
    cases: np.ndarray
    hints: np.ndarray
    starts: np.ndarray
    ends: np.ndarray
    words: np.ndarray

    def slice(self, start: int, end: int) -> Pieces:
        """Give the pieces `[start, end)`."""
        return Pieces(*(array[start:end] for array in self))


@dataclass(frozen=True)
class Splitter:
    """Cuts text into word pieces of one vocabulary, looked up in upper or lower case alike (BERT's uncased rules).

    `compounds` numbers the words of several ideographs that are one piece; `letters` gives for each number the ideographs' own.
    """

    tokenizer: Tokenizer
    lexicon: Lexicon
    compounds: Mapping[str, int] = field(hash=False)
    letters: Mapping[int, Spelling] = field(hash=False)

    def __call__(self, text: str) -> Pieces:
        """Cut a text; line breaks and spaces leave no piece."""
        plain = self.lexicon.simplified(text).translate(_NARROW)
        encoding = self.tokenizer.encode(plain, add_special_tokens=False)
        offsets = np.array(encoding.offsets, dtype=np.int64).reshape(-1, 2)
        words = np.array([-1 if w is None else w for w in encoding.word_ids], dtype=np.int64)
        cases = np.array(_cases(text, offsets, words), dtype=np.int64)
        cut = self.lexicon.words(plain)
        hints = self.lexicon.hints(cut, len(plain))[offsets[:, 0]]
        return self._joined(Pieces(np.array(encoding.ids, dtype=np.int64), cases, hints, offsets[:, 0], offsets[:, 1], words), cut)

    def _joined(self, pieces: Pieces, cut: list[tuple[int, str]]) -> Pieces:
        """Make one piece of the ideographs of each word that the vocabulary has."""
        found = [(start, start + len(word), self.compounds[word]) for start, word in cut if word in self.compounds]
        if not found:
            return pieces
        starts, ends, numbers = np.array(found, dtype=np.int64).T
        firsts, nexts = np.searchsorted(pieces.starts, starts), np.searchsorted(pieces.starts, ends)
        pieces.ids[firsts], pieces.ends[firsts] = numbers, ends
        kept = np.ones(len(pieces.ids), dtype=bool)
        for first, following in zip(firsts.tolist(), nexts.tolist(), strict=True):
            kept[first + 1 : following] = False
        return Pieces(*(array[kept] for array in pieces))

    def spelled(self, ids: Iterable[int]) -> Spelling:
        """Give the pieces that a name is written with, each of its ideographs by itself."""
        return tuple(letter for number in ids for letter in self.letters.get(number, (number,)))

    def common(self, ids: Iterable[int]) -> bool:
        """Whether pieces are nothing but words of several ideographs: what other words are written with as well."""
        return all(n in self.letters for n in ids)

    def number(self, piece: str) -> int:
        """Number of one piece; KeyError where the vocabulary lacks it."""
        found = self.tokenizer.token_to_id(piece)
        if found is None:
            raise KeyError(piece)
        return found


def splitter(vocabulary: Path) -> Splitter:
    """Read a vocabulary into a splitter: one piece a line, `##` for the inside of words; each ideograph of a longer one has its own."""
    numbers = {piece: n for n, piece in enumerate(vocabulary.read_text(encoding="utf-8").splitlines())}
    tokenizer = Tokenizer(WordPiece(numbers, unk_token=UNKNOWN, max_input_chars_per_word=100))
    tokenizer.normalizer = BertNormalizer(clean_text=False, handle_chinese_chars=True, strip_accents=True, lowercase=True)
    tokenizer.pre_tokenizer = BertPreTokenizer()
    compounds = {piece: n for piece, n in numbers.items() if len(piece) > 1 and all(map(has_han, piece))}
    return Splitter(tokenizer, Lexicon(), compounds, {n: tuple(numbers[c] for c in piece) for piece, n in compounds.items()})


_TITLE, _OPENING, _HEADLINE = map(CASES.index, ("title", "opening", "headline"))
_OPENS = re.compile(r"""(?:\A|\n|(?<!\b[A-Z])(?<!\b[A-Z]\w)(?<!\b[A-Z]\w\w)[.!?:…]["'”’»)\]]*\s|[“«„])[\s"'“‘«„(\[*•–—-]*""")
_LINE = re.compile(r"[^\n]+")
_LETTERS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_LONG, _FEW = 4, 3  # letters of a word that a headline capitalises; such words that make a line a headline


def _cases(text: str, offsets: np.ndarray, words: np.ndarray) -> list[int]:
    """The casing of the whole word that each piece belongs to."""
    firsts = {int(w): n for n, w in reversed(list(enumerate(words)))}
    lasts = {int(w): n for n, w in enumerate(words)}
    by_word = {w: case_of(text[offsets[first, 0] : offsets[lasts[w], 1]]) for w, first in firsts.items()}
    opens = {m.end() for m in _OPENS.finditer(text)}
    headline = np.zeros(len(text), dtype=bool)
    for line in _LINE.finditer(text):
        headline[line.start() : line.end()] = _is_headline(line[0])
    for word, first in firsts.items():
        if by_word[word] == _TITLE:
            start = int(offsets[first, 0])
            if headline[start]:
                by_word[word] = _HEADLINE
            elif start in opens:
                by_word[word] = _OPENING
    return [by_word[int(w)] for w in words]


def _is_headline(line: str) -> bool:
    """Whether all longer words of a line begin with a capital, so that its capitals tell nothing; Chinese has no such headlines."""
    long = [w for w in _LETTERS.findall(line) if len(w) >= _LONG]
    return len(long) >= _FEW and all(w[0].isupper() for w in long) and not line.rstrip().endswith(".") and not has_han(line)


@functools.lru_cache(maxsize=65536)
def case_of(word: str) -> int:
    """Number of the casing class of a word, an index into `CASES`."""
    if any(c.isdigit() for c in word):
        return 4
    if not any(c.islower() or c.isupper() for c in word):
        return 5
    if word.islower():
        return 0
    if word.isupper():
        return 2 if len(word) > 1 else 1
    return 1 if word[0].isupper() and word[1:].islower() else 3


HINT_COUNT = len(HINTS)
