"""A published BERT, corpora and gold in, the joint network out: vocabulary, learning, export, calibration, card."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
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
from kg.training import calibrate, clock, columns, gold, joint, renaming, upstream, vocabulary
from kg.training.calibrate import Judged
from kg.training.card import card
from kg.training.examples import Example, examples, hidden, tagged
from kg.training.export import export
from kg.training.gold import Annotated
from kg.training.network import Reader, load_bert
from kg.training.relations import linked, relation_texts
from kg.training.restore import restore
from kg.training.stated import RelationText
from kg.training.synonyms import Synonyms, synonyms
from kg.training.thresholds import thresholds
from kg.training.upstream import Upstream
from kg.training.wordings import invented
from kg.training.written import DOCUMENTS, written_texts

T = TypeVar("T")

LANGUAGES = ("en", "id", "zh")
LEARNT = "en"  # by the networks that training starts from
HELD_FIRST, HELD_EVERY = 5, 13
RENAMED = 0.6
RATE, HEAD_RATE, SLOWED = 3e-4, 1e-3, 0.25


@dataclass(frozen=True)
class Shares:
    """How often a text comes up in an epoch: the annotated ones by kind, times that of their language; of other texts so many come up."""

    documents: float = 1
    passages: float = 1
    written: float = 1
    languages: Mapping[str, float] = field(default_factory=dict)
    open_texts: int = 120
    related_texts: int = 300
    invented_texts: int = 250


@dataclass(frozen=True)
class Recipe:
    """How much to train, in epochs of what the shares say.

    A published network has learnt English: for the `first` epochs all but the vectors of its pieces learns from English texts alone. In the
    `last` epochs, at a quarter of the rate and less, all is read as it stands, documents above all: without these it knows least what it
    reads most.
    """

    first: int = 4
    epochs: int = 3
    last: int = 2
    early: Shares = Shares(documents=3)
    late: Shares = Shares(documents=6, passages=2, written=0.1)
    seed: int = 0


LEARNT_ON = Recipe(
    epochs=1,
    last=1,
    early=Shares(
        documents=6, passages=3, written=0.5, languages={"en": 0.6, "zh": 1.3}, open_texts=1500, related_texts=900, invented_texts=500
    ),
    late=Shares(documents=5, passages=2, written=0.1, open_texts=600),
)  # by weights that all this has been learnt by: one more epoch, in which more comes up of the languages that were learnt last


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
    def learnt(self) -> list[Annotated]:
        """What the network learns from."""
        return [*self.documents, *self.passages, *self.written]

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
    opened: list[columns.Labelled]
    related: list[RelationText]
    cut: Splitter
    alike: Synonyms
    inventory: Inventory
    shares: Shares
    languages: tuple[str, ...] = LANGUAGES

    @classmethod
    def of(cls, material: Material, corpora: Path, out: Path, shares: Shares) -> Lessons:
        """Gather all that there is to learn from, for a network in a folder, which has its vocabulary and gets its inventory."""
        inventory = inventories.inventory(ontology.load())
        inventory.write(out / "inventory.json")
        cut = splitter(out / "vocabulary.txt")
        return cls(
            material=material,
            names=renaming.stock(material.learnt, corpora / "gazetteers", cut),
            opened=list(columns.texts(corpora)),
            related=relation_texts(corpora),
            cut=cut,
            alike=synonyms(cut),
            inventory=inventory,
            shares=shares,
        )

    def of_language(self, language: str) -> Lessons:
        """Keep what is in one language."""
        related = [t for t in self.related if t.annotated.extraction.document.language == language]
        opened = [t for t in self.opened if t.language == language]
        return replace(self, material=self.material.of(language), opened=opened, related=related, languages=(language,))

    @property
    def losses(self) -> joint.Losses:
        """What turns the windows drawn into a loss."""
        return joint.Losses.of(self.inventory, self.cut)

    def whole(self, dice: random.Random) -> list[Example]:
        """Draw the windows of annotated texts, many of them with other names, and of some others, as often as the shares say."""
        drawn = list(self._annotated(dice))
        for opened in _some(self.opened, self.shares.open_texts, dice):
            drawn += tagged(opened.text, opened.spans, self.cut, self.inventory)
        for told in _some(self.related, self.shares.related_texts, dice):
            drawn += linked(told, self.cut, self.inventory)
        for annotated in invented(ontology.load(), self.names, dice, self.shares.invented_texts):
            if annotated.extraction.document.language in self.languages:
                drawn += examples(annotated, self.cut, self.inventory, exact=False)
        return drawn

    def blurred(self, dice: random.Random) -> list[Example]:
        """Draw such windows, of which some have pieces hidden and some say it in other words."""
        mask = self.cut.number(MASK)
        return [self.alike.said_otherwise(hidden(example, mask, dice), dice) for example in self.whole(dice)]

    def _annotated(self, dice: random.Random) -> Iterator[Example]:
        material, shares = self.material, self.shares
        groups = ((material.documents, shares.documents), (material.passages, shares.passages), (material.written, shares.written))
        for group, share in groups:
            for annotated in group:
                often = share * shares.languages.get(annotated.extraction.document.language or "", 1)
                for _ in range(int(often) + (dice.random() < often % 1)):
                    shown = renaming.renamed(annotated, self.names, dice) if dice.random() < RENAMED else annotated
                    yield from examples(shown, self.cut, self.inventory, exact=group is not material.documents)


def train_encoder(corpora: Path, gold_folder: Path, out: Path, start: Path, recipe: Recipe | None = None) -> dict[str, Any]:
    """Train the network and write it to `out` with its card; give the scores on the texts held out.

    What a look at the training needs (the losses, the weights after each epoch) stands in `out/training` and may go afterwards.
    Starts from the published English BERT in the folder `start`; or goes on from weights of kg there, to learn new texts without learning
    all anew, at half the rate. The recipe is `Recipe()` for the one and `LEARNT_ON` for the other.
    """
    log = out / "training"
    log.mkdir(parents=True, exist_ok=True)
    learnt = (start / "tag.onnx").is_file()
    begin, pace = (_resumed, 0.5) if learnt else (_taught, 1.0)
    recipe = recipe or (LEARNT_ON if learnt else Recipe())
    torch.manual_seed(recipe.seed)
    material = split(gold_folder)
    lessons, reader = begin(start, material, corpora, out, recipe)
    rate, head_rate = RATE * pace, HEAD_RATE * pace
    plan = joint.Plan(recipe.epochs, rate, head_rate, slowest=SLOWED, noisy=0, vocabulary=True, seed=recipe.seed + 1)
    joint.train(reader, lessons.blurred, lessons.losses, plan, log)
    last = joint.Plan(recipe.last, rate * SLOWED, head_rate * SLOWED, noisy=0, vocabulary=True, seed=recipe.seed + 2)
    joint.train(reader, replace(lessons, shares=recipe.late).whole, lessons.losses, last, log)
    export(reader, out)
    return finish(material, corpora, gold_folder, out)


def _resumed(start: Path, material: Material, corpora: Path, out: Path, recipe: Recipe) -> tuple[Lessons, Reader]:
    """Give the lessons and the network of kg in a folder."""
    (out / "vocabulary.txt").write_bytes((start / "vocabulary.txt").read_bytes())
    lessons = Lessons.of(material, corpora, out, recipe.early)
    return lessons, restore(start, lessons.inventory)


def _taught(start: Path, material: Material, corpora: Path, out: Path, recipe: Recipe) -> tuple[Lessons, Reader]:
    """Give the lessons and a published BERT, which has learnt from the English ones."""
    source = upstream.read(start)
    simplified = Lexicon().simplified
    spoken = {language: [simplified(a.extraction.document.text) for a in material.of(language).learnt] for language in LANGUAGES}
    known = vocabulary.meanings(spoken, source.pieces)
    pieces = vocabulary.choose(source.pieces, known, spoken["zh"])
    vocabulary.write(pieces, out)
    lessons = Lessons.of(material, corpora, out, recipe.early)
    reader = begun(source, pieces, lessons.inventory, known)
    plan = joint.Plan(recipe.first, RATE, HEAD_RATE, seed=recipe.seed)
    joint.train(reader, lessons.of_language(LEARNT).blurred, lessons.losses, plan, out / "training")
    return lessons, reader


def begun(source: Upstream, pieces: list[str], inventory: Inventory, known: Mapping[str, str]) -> Reader:
    """Give a published BERT our heads, and first vectors for our pieces; `known` has glosses."""
    reader = Reader.of(len(pieces), inventory, source.layers)
    try:
        load_bert(reader.encoder, source.weights, vocabulary.vectors(pieces, source, known))
    except KeyError as error:
        raise TrainingError(f"the published network has no weights named {error}") from None
    return reader


def finish(material: Material, corpora: Path, gold_folder: Path, out: Path) -> dict[str, Any]:
    """Calibrate exported weights on the texts held out and write the card; give the scores there."""
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
    card(out, scores, corpora, gold_folder)
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


def _some(texts: Sequence[T], count: int, dice: random.Random) -> list[T]:
    """Draw so many, or all where there are fewer."""
    return dice.sample(texts, min(count, len(texts)))
