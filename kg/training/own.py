"""A published BERT of one language and the network that all languages share in, that language's own, deeper network out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import torch

from kg.languages import encoder
from kg.training import joint, upstream
from kg.training.card import OWN
from kg.training.encoder import RATE, Lessons, Recipe, begun, finish, split
from kg.training.export import export
from kg.training.network import Reader
from kg.training.restore import restore

RECIPE = Recipe(epochs=4, whole=1, related_texts=250)


def train_own(language: str, corpora: Path, gold: Path, out: Path, start: Path) -> dict[str, Any]:
    """Train a network for texts all in one language from the published BERT in `start`; give the scores on the texts held out.

    It has the vocabulary of the network that all languages share, and begins with its heads.
    """
    log = out / "training"
    log.mkdir(parents=True, exist_ok=True)
    recipe = replace(RECIPE, languages=(language,))
    torch.manual_seed(recipe.seed)
    material = split(gold).of(language)
    (out / "vocabulary.txt").write_bytes((encoder.SHARED / "vocabulary.txt").read_bytes())
    lessons = Lessons.of(material, corpora, out, recipe)
    shared = restore(encoder.SHARED, lessons.inventory)[0]
    reader = _begun(corpora, gold, start, shared, lessons)
    joint.match(reader, shared, lessons.partly_hidden, log, recipe.seed)
    plan = joint.Plan(recipe.epochs, RATE * 2 / 3, RATE * 5 / 3, noisy=0, seed=recipe.seed)
    joint.train(reader, lessons.partly_hidden, lessons.inventory, plan, log)
    last = joint.Plan(recipe.whole, RATE / 4, RATE, noisy=0, seed=recipe.seed + 1)
    joint.train(reader, lessons.whole, lessons.inventory, last, log)
    export([reader], out)
    return finish(material, corpora, gold, out, OWN.format(language=language, start=f"the published BERT in {start.name}"))


def _begun(corpora: Path, gold: Path, start: Path, shared: Reader, lessons: Lessons) -> Reader:
    """Give the published layers, with the heads of the shared network."""
    source = upstream.read(start)
    pieces = (encoder.SHARED / "vocabulary.txt").read_text(encoding="utf-8").splitlines()
    reader = Reader.of(len(pieces), lessons.inventory, source.layers)
    heads = {name: weights for name, weights in shared.state_dict().items() if not name.startswith("encoder.")}
    reader.load_state_dict(heads, strict=False)
    reader.encoder.load_state_dict(begun(source, corpora, gold, pieces).state_dict())
    return reader
