"""The word pieces of a published network and glosses in, a vocabulary for more languages and its first vectors out.

A word of a language that the published network has not learnt begins as what it means in the one that it has: with the mean of the
vectors of its gloss. Such a network reads the other language word for word, before it has seen a text in it (after Minixhofer et al. 2022,
"WECHSEL", who find the words that mean the same by vectors; here glosses say it).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

import torch
from pypinyin import lazy_pinyin
from torch import Tensor

from kg.han import has_han
from kg.languages.encoder.pieces import FIRST, LAST, MASK, PAD, UNKNOWN
from kg.training.glossary import glosses
from kg.training.upstream import Upstream

SPECIAL = (PAD, UNKNOWN, FIRST, LAST, MASK)
LATIN_END = 0x250
PUNCTUATION = range(0x2000, 0x2200)
PREVALENT = 10  # so many times as often as in English texts, of which there are about as many, must a word stand that is English too


def meanings(texts: Mapping[str, Iterable[str]], published: Collection[str]) -> dict[str, str]:
    """Give the glosses of all languages; of a published piece only where `texts` of its language have it far more often."""
    counts = {language: Counter(w for text in some for w in re.findall(r"[^\W\d_]+", text.lower())) for language, some in texts.items()}
    english, pieces = counts.get("en", Counter()), set(published)
    known: dict[str, str] = {}
    for language, words in glosses().items():
        here = counts.get(language, Counter())
        known |= {w: gloss for w, gloss in words.items() if w not in pieces or PREVALENT * max(1, english[w]) <= here[w]}
    return known


def choose(published: Iterable[str], words: Iterable[str], more: Iterable[str]) -> list[str]:
    """Keep the published pieces of Latin letters; add `words`, and every ideograph of GB 2312, of `words` and of the texts in `more`."""
    kept = [p for p in published if p not in SPECIAL and not p.startswith("[unused") and all(map(_latin, p.removeprefix("##")))]
    fresh = {c for text in (*words, *more, *_standard()) for c in text if has_han(c)} | set(words)
    return [*SPECIAL, *kept, *sorted(fresh - set(kept))]


def write(pieces: Iterable[str], folder: Path) -> None:
    """Write a vocabulary where the network in a folder has it, as `kg.languages.encoder.pieces.splitter` reads it."""
    (folder / "vocabulary.txt").write_text("\n".join(pieces) + "\n", encoding="utf-8")


def _standard() -> Iterator[str]:
    """Give the characters of GB 2312 (1980), those that simplified Chinese is written with."""
    for row in range(0xB0, 0xF8):
        yield bytes(b for cell in range(0xA1, 0xFF) for b in (row, cell)).decode("gb2312", errors="ignore")


def vectors(pieces: list[str], source: Upstream, known: Mapping[str, str]) -> Tensor:
    """Give each piece its first vector, (pieces, width): the mean over its gloss in `known`; else that published; else that of its pinyin.

    What the published network has no piece for begins as what it calls unknown.
    """
    rows = source.tokenizer.get_vocab()
    table = torch.zeros(len(pieces), source.vectors.shape[1])
    for n, piece in enumerate(pieces):
        said = known.get(piece) or " ".join(lazy_pinyin(piece))
        alike = [rows[piece]] if piece in rows and piece not in known else source.tokenizer.encode(said, add_special_tokens=False).ids
        table[n] = source.vectors[alike or [rows[UNKNOWN]]].mean(0)
    return table


def _latin(character: str) -> bool:
    return ord(character) < LATIN_END or ord(character) in PUNCTUATION
