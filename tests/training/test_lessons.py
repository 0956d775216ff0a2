"""What the network is shown: labelled corpora as they lie in their folders, and of one language alone where one is asked for."""

import random

import pytest

pytest.importorskip("torch", reason="the train extra is not installed")

from kg.languages.encoder import WEIGHTS, inventory
from kg.languages.encoder.pieces import splitter
from kg.model import Document, Extraction, Mention, Span
from kg.ontology import load
from kg.training import columns
from kg.training.encoder import LANGUAGES, Lessons, Material, Shares
from kg.training.gold import Annotated
from kg.training.synonyms import synonyms

TEXTS = {"en": "Fernhill grows.", "id": "Rimba Kencana tumbuh.", "zh": "青岚科技在成长。"}


def annotated(language: str) -> Annotated:
    text = TEXTS[language]
    end = {"en": 8, "id": 13, "zh": 4}[language]
    named = Mention(Span(language, 0, end), text[:end], "Organization", language, 0)
    return Annotated(Extraction(Document(language, text, language), (named,)), frozenset(), frozenset())


@pytest.fixture
def lessons() -> Lessons:
    texts = [annotated(language) for language in LANGUAGES]
    opened = [columns.Labelled(language, text, []) for language, text in TEXTS.items()]
    names = {(kind, n): [] for kind in ("Person", "Organization", "Product", "Event", "Place") for n in LANGUAGES}
    shares = Shares(invented_texts=0, related_texts=0)
    material = Material(texts, [], [], [], [], [])
    cut = splitter(WEIGHTS / "vocabulary.txt")
    return Lessons(material, names, opened, [], cut, synonyms(cut), inventory.inventory(load()), shares)


def shown(lessons: Lessons) -> list[tuple[int, ...]]:
    return sorted(tuple(e.window.ids.tolist()) for e in lessons.whole(random.Random(0)))


def test_all_texts_of_all_languages_are_shown(lessons: Lessons) -> None:
    assert len(shown(lessons)) == 2 * len(LANGUAGES)  # annotated, and labelled


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_one_language_nothing_else_is_shown(lessons: Lessons, language: str) -> None:
    wanted = lessons.cut(TEXTS[language]).ids.tolist()
    windows = shown(lessons.of_language(language))
    assert len(windows) == 2
    assert all(list(ids)[1:-1] == wanted for ids in windows)


def test_labelled_corpora_are_read_where_they_lie(tmp_path) -> None:
    for corpus in columns.CORPORA:
        (tmp_path / corpus.path).parent.mkdir(parents=True, exist_ok=True)
        rows = [("Mira", "B-PER"), ("Holt", "I-PER"), ("left", "O"), ("Oslo", "B-LOC")]
        label = corpus.label if corpus.label >= 0 else 1
        lines = ["\t".join({corpus.word: word, label: tag}.get(n, "_") for n in range(max(corpus.word, label) + 1)) for word, tag in rows]
        (tmp_path / corpus.path).write_text("\n".join(lines) + "\n", encoding="utf-8")
    read = list(columns.texts(tmp_path))
    assert [t.language for t in read] == [c.language for c in columns.CORPORA]
    universal = next(t for t in read if t.language == "id")
    assert universal.text == "Mira Holt left Oslo\n"
    assert universal.spans == [(0, 9, "Person"), (15, 19, None)]
