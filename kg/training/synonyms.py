"""Examples in, the same said in other words out: a piece gives way to one of the same gloss, in its own language or another.

A network that has seen few texts of a language hangs on the words that it has seen. Words with one gloss mean nearly the same, so they
stand in for each other, as neighbours do in TinyBERT's augmentation (Jiao et al. 2020) and words of other languages in CoSDA-ML (Qin et
al. 2020).
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from kg.han import has_han
from kg.languages.encoder.pieces import CASES, Splitter
from kg.training.examples import Example, named
from kg.training.glossary import glosses

AS_IT_IS, CHANGED = 0.5, 0.15  # windows left as they are; pieces of the others that give way, of those that have others to give way to
PASSIVE = ("di", "ter")  # an Indonesian verb that begins so is turned round: what it governs is done to its subject
_LOWER, _OTHER = CASES.index("lower"), CASES.index("other")


@dataclass(frozen=True)
class Synonyms:
    """For the number of a piece those of the pieces that mean the same; `hints` and `inside` are (pieces,).

    `hints` has that of the first character of each piece, 0 where this is no ideograph, and `inside` tells which pieces go on with a word.
    """

    partners: Mapping[int, np.ndarray] = field(hash=False)
    hints: np.ndarray
    inside: np.ndarray

    def said_otherwise(self, example: Example, dice: random.Random) -> Example:
        """Change some words of every other window, none of a mention."""
        if dice.random() < AS_IT_IS:
            return example
        window = example.window
        goes_on = np.append(self.inside[window.ids[1:]], False)
        draw = np.random.default_rng(dice.randrange(2**31))
        free = (draw.random(len(window.ids)) < CHANGED) & ~named(example) & ~goes_on
        ids, cases, hints = window.ids.copy(), window.cases.copy(), window.hints.copy()
        for n in np.flatnonzero(free).tolist():
            if (partners := self.partners.get(int(ids[n]))) is not None:
                was, now = ids[n], draw.choice(partners)
                ids[n], hints[n] = now, self.hints[now]
                if (self.hints[was] > 0) != (self.hints[now] > 0):
                    cases[n] = _OTHER if self.hints[now] else _LOWER
        return replace(example, window=window._replace(ids=ids, cases=cases, hints=hints))


def synonyms(cut: Splitter) -> Synonyms:
    """Gather which pieces of a vocabulary mean the same: those with one gloss, and the English piece that the gloss is."""
    numbers = cut.tokenizer.get_vocab()
    partners: dict[int, np.ndarray] = {}
    for group in _alike(numbers):
        for number in group:
            if others := sorted(group - {number}):
                partners[number] = np.array(others, dtype=np.int64)
    hints, inside = np.zeros(len(numbers), dtype=np.int64), np.zeros(len(numbers), dtype=bool)
    for piece, number in numbers.items():
        inside[number] = piece.startswith("##")
        if has_han(piece):
            hints[number] = cut.lexicon.hints([(0, piece)], len(piece))[0]
    return Synonyms(partners, hints, inside)


def _alike(numbers: Mapping[str, int]) -> list[set[int]]:
    meant = glosses()
    english = {word for words in meant.values() for gloss in words.values() for word in gloss.split()}
    found: dict[tuple[str, bool], set[int]] = defaultdict(set)
    for word, gloss in (entry for words in meant.values() for entry in words.items()):
        if word in numbers and word not in english:  # such a word may stand in an English text
            found[gloss, word.startswith(PASSIVE)].add(numbers[word])
    for (gloss, passive), group in found.items():
        if gloss in numbers and not passive:
            group.add(numbers[gloss])
    return list(found.values())
