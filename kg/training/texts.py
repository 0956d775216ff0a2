"""Folders of corpora and gold in, plain running text out, weighted towards news: what the encoder is pretrained on."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

from kg.training.written import DOCUMENTS, written_texts

TREEBANKS = {
    "en": ("UD_English-EWT/en_ewt-ud-train.conllu", "UD_English-GUM/en_gum-ud-train.commercial.conllu"),
    "id": ("UD_Indonesian-GSD/id_gsd-ud-train.converted.conllu", "UD_Indonesian-CSUI/id_csui-ud-train.conllu"),
    "zh": ("UD_Chinese-GSDSimp/zh_gsdsimp-ud-train.converted.conllu",),
}
COLUMNS = {
    "en": ("wikigold/wikigold.conll.txt",),
    "id": ("idner-news-2k/train.txt", "indonlu_nergrit_ner-grit/train_preprocess.txt", "indonlu_nerp_ner-prosa/train_preprocess.txt"),
    "zh": (),
}


def raw(corpora: Path, gold: Path, language: str) -> list[str]:
    """Gather the training texts of one language; gold and news stand in several times, test and dev sets never."""
    texts = [t for path in TREEBANKS[language] for t in _sentences(corpora / path)]
    texts += [t for path in COLUMNS[language] for t in _columns(corpora / path)]
    news = [p.read_text(encoding="utf-8") for p in sorted((gold / "train").glob(f"t-{language}-*.txt"))]
    news += [json.loads(line)["text"] for line in (gold / "passages" / f"{language}.jsonl").read_text(encoding="utf-8").splitlines()]
    news += [a.extraction.document.text for a in written_texts(DOCUMENTS) if a.extraction.document.language == language]
    texts += 4 * news
    if language == "zh":
        texts += 2 * sorted({line.split("\t")[3].strip() for line in _lines(corpora / "FinRE/train.txt") if line.count("\t") == 3})
        texts += list(_lines(corpora / "raw-zh-lctt/lctt.txt"))
    return texts


def mixed(corpora: Path, gold: Path, shares: dict[str, int], seed: int) -> list[str]:
    """Draw `shares[language]` characters of each language's texts, without repeating any before all are used."""
    dice = random.Random(seed)
    drawn: list[str] = []
    for language, characters in sorted(shares.items()):
        texts = raw(corpora, gold, language)
        held = 0
        while held < characters:
            dice.shuffle(texts)
            for text in texts:
                drawn.append(text)
                held += len(text)
                if held >= characters:
                    break
    dice.shuffle(drawn)
    return drawn


def _lines(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8") as lines:
        yield from (line.strip() for line in lines if line.strip())


def _sentences(path: Path) -> Iterator[str]:
    return (line.removeprefix("# text = ") for line in _lines(path) if line.startswith("# text = "))


def _columns(path: Path) -> Iterator[str]:
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        words = [line.split()[0] for line in block.splitlines() if line.strip() and not line.startswith("-DOCSTART-")]
        if words:
            yield " ".join(words)
