"""Open corpora of relations in, partly annotated texts and their windows out: all that a corpus doesn't tell is IGNORED."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from kg import ontology
from kg.languages.encoder.inventory import Inventory
from kg.languages.encoder.pieces import Splitter
from kg.training import finre, knowledgenet, redocred
from kg.training.examples import IGNORED, Example, examples
from kg.training.stated import RelationText


def relation_texts(corpora: Path) -> list[RelationText]:
    """Read all texts of use, one that states no relation of ours for every two of its corpus that state one; alike each time."""
    dice = random.Random(0)
    domain = ontology.load()
    kept: list[RelationText] = []
    for texts in (knowledgenet.texts(corpora, domain), redocred.texts(corpora, domain), finre.texts(corpora, domain)):
        stating: list[RelationText] = []
        silent: list[RelationText] = []
        for text in texts:
            (stating if text.stated else silent).append(text)
        kept += stating + dice.sample(silent, min(len(silent), len(stating) // 2))
    return kept


def linked(text: RelationText, cut: Splitter, inventory: Inventory) -> Iterator[Example]:
    """Yield the windows of a text that hold a name; titles, nominals and speakers are IGNORED."""
    unknown = [n for n, relation in enumerate(inventory.relations) if relation not in text.known]
    for example in examples(text.annotated, cut, inventory, exact=False):
        if (example.kinds < inventory.quote).any():
            relations = example.relations
            relations[..., inventory.says] = IGNORED
            relations[..., unknown] = np.where(relations[..., unknown] == 1, 1, IGNORED)
            statuses = example.statuses if text.dated else example.statuses[:0]
            names, titles = _names(example, text, inventory), np.full_like(example.titles, IGNORED)
            yield replace(example, names=names, titles=titles, statuses=statuses, periods=example.periods[:0])


def _names(example: Example, text: RelationText, inventory: Inventory) -> np.ndarray:
    names = np.where(example.names == 0, text.outside, example.names)
    for first, last, kind in zip(example.firsts, example.lasts, example.kinds, strict=True):
        if kind < inventory.quote and inventory.types[kind] in text.untold:
            names[first : last + 1] = IGNORED
    return names
