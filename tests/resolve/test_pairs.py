"""Pairs of names that are one thing or two: most pairs are found right, in three languages, within a document and across documents."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.model import Claim, Document, Extraction, Mention, Span
from kg.resolve import resolve

ROWS = list(csv.DictReader(Path(__file__).with_name("pairs.csv").open(encoding="utf-8")))


class Page:
    """A document that is written name by name."""

    def __init__(self, identifier: str, language: str) -> None:
        self.identifier, self.language, self.text = identifier, language, "-\n"
        self.mentions: list[Mention] = []
        self.claims: list[Claim] = []

    def name(self, text: str, cls: str, before: str = " ", after: str = " -") -> int:
        start = len(self.text) + len(before)
        self.text += before + text + after
        self.mentions.append(Mention(Span(self.identifier, start, start + len(text)), text, cls, self.language, len(self.mentions)))
        return len(self.mentions) - 1

    def tell(self, chain: int, context: str) -> None:
        for piece in filter(None, context.split(";")):
            relation, _, name = piece.partition("=")
            if relation == "with":
                self.name(name, "Person")
            elif name:
                span = self.mentions[chain].span
                known = next((m.chain for m in self.mentions if m.text == name), None)
                self.claims.append(Claim(chain, relation, self.name(name, "Organization") if known is None else known, span, "Current"))

    def extraction(self) -> Extraction:
        return Extraction(Document(self.identifier, self.text, self.language), tuple(self.mentions), tuple(self.claims))


def pages(row: dict[str, str]) -> Iterator[Extraction]:
    one = Page("one.txt", row["language"])
    bracket = row["context"] == "bracket"
    first = one.name(row["first"], row["type"], after="" if bracket else " -")
    one.tell(first, row["context"] if "=" in row["context"] else "")
    other = one if row["scope"] == "within" else Page("other.txt", row["other_language"])
    second = other.name(row["second"], row["type"], *(("（", "）") if bracket else ()))
    other.tell(second, row["other_context"])
    if row["context"] == "subsidiary":
        one.claims.append(Claim(second, "subsidiaryOf", first, one.mentions[second].span, "Current"))
    yield one.extraction()
    if other is not one:
        yield other.extraction()


def is_one(row: dict[str, str], ontology) -> bool:
    found = resolve(pages(row), ontology).entities
    return any(count_of(e, row) for e in found)


def count_of(entity, row: dict[str, str]) -> bool:
    names = {n.text for n in entity.names}
    documents = {m.document for m in entity.mentions}
    return {row["first"], row["second"]} <= names and (row["scope"] == "within" or len(documents) == 2)


@pytest.fixture(scope="module")
def outcome(ontology) -> list[tuple[dict[str, str], bool]]:
    return [(row, is_one(row, ontology)) for row in ROWS]


def test_there_are_three_hundred_pairs_in_three_languages():
    assert len(ROWS) >= 300
    assert {r["language"] for r in ROWS} == {"en", "id", "zh"}


def test_names_joined_are_one(outcome):
    joined = [row for row, one in outcome if one]
    wrong = [(r["first"], r["second"], r["scope"]) for r in joined if r["expected"] == "different"]
    assert len(wrong) <= 0.02 * len(joined), wrong


def test_names_of_one_thing_are_joined(outcome):
    same = [(row, one) for row, one in outcome if row["expected"] == "same"]
    missed = [(r["first"], r["second"], r["scope"]) for r, one in same if not one]
    assert len(missed) <= 0.07 * len(same), missed
