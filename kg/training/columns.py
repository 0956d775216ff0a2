"""Open corpora in word-per-line formats in, texts with the persons and organizations they annotate out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

PERSON, ORGANIZATION, UNKNOWN = "Person", "Organization", None


class Corpus(NamedTuple):
    """Language and place of a corpus, the columns of word and label (-1: the last), how its labels map; labels left out are unknown."""

    language: str
    path: str
    word: int
    label: int
    labels: dict[str, str]
    joint: str = " "


_UNER = {"PER": PERSON, "ORG": ORGANIZATION}
_CROSS = {"person": PERSON, "politician": PERSON, "scientist": PERSON, "researcher": PERSON, "writer": PERSON, "musicalartist": PERSON,
          "organisation": ORGANIZATION, "politicalparty": ORGANIZATION, "university": ORGANIZATION}  # fmt: skip
CORPORA = (
    *(Corpus("en", f"CrossNER/{d}/train.txt", 0, -1, _CROSS) for d in ("ai", "politics", "science", "music", "literature")),
    Corpus("en", "UNER_English-EWT/en_ewt-ud-train.2022.iob2", 1, 2, _UNER),
    Corpus("id", "idner-news-2k/train.txt", 0, -1, _UNER),
    Corpus("id", "indonlu_nergrit_ner-grit/train_preprocess.txt", 0, -1, {"PERSON": PERSON, "ORGANISATION": ORGANIZATION}),
    Corpus("zh", "UNER_Chinese-GSDSIMP/zh_gsdsimp-ud-train.iob2", 1, 2, _UNER, ""),
    Corpus("zh", "UNER_Chinese-GSD/zh_gsd-ud-train.iob2", 1, 2, _UNER, ""),
)
SENTENCES = 8
Spans = list[tuple[int, int, str | None]]


class Labelled(NamedTuple):
    """A text in one language, with the spans of its labelled words and their types; None: unknown."""

    language: str
    text: str
    spans: Spans


def texts(corpora: Path) -> Iterator[Labelled]:
    """Yield texts of some sentences each, a line per sentence."""
    for corpus in CORPORA:
        sentences = [s for s in _sentences(corpora / corpus.path, corpus) if s]
        for n in range(0, len(sentences), SENTENCES):
            yield Labelled(corpus.language, *_joined(sentences[n : n + SENTENCES], corpus))


def _sentences(path: Path, corpus: Corpus) -> Iterator[list[tuple[str, str]]]:
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        rows = [line.replace("\t", " ").split() for line in block.splitlines() if line.strip() and not line.startswith(("#", "-DOCSTART-"))]
        yield [(r[corpus.word], r[corpus.label]) for r in rows if len(r) > max(corpus.word, corpus.label, 1)]


def _joined(sentences: list[list[tuple[str, str]]], corpus: Corpus) -> tuple[str, Spans]:
    text = ""
    spans: Spans = []
    for sentence in sentences:
        open_kind = ""
        for word, label in sentence:
            place, _, kind = label.partition("-")
            if place == "O" or not kind:
                open_kind = ""
            elif place in ("I", "E") and kind == open_kind:
                spans[-1] = (spans[-1][0], len(text) + len(word), spans[-1][2])
            else:
                spans.append((len(text), len(text) + len(word), corpus.labels.get(kind)))
                open_kind = kind
            text += word + corpus.joint
        text = text.rstrip() + "\n"
    return text, spans
