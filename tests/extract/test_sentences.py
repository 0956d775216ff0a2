"""Evidence is whole sentences: stops that end none do not cut it."""

from __future__ import annotations

import pytest

from kg.extract.sentences import Sentences
from kg.model import Span


def sentences(text: str) -> list[str]:
    split = Sentences.of("a.txt", text)
    return [text[span.start : span.end] for n in range(len(split.starts)) for span in [split.span(n, n)]]


@pytest.mark.parametrize(
    "text",
    [
        "Wulan Hartanto has led Samudra Biru since Sept. 10, 2023.",
        "Its chair, Mr. Hartanto, met Dr. Odd Berg and J. P. Quill on Monday.",
        "Lintang Cargo Inc. named her.",
        "Its sales in the U.S. Northwest rose by approx. a tenth, i.e. to $3 million.",
        "PT Samudra Biru Tbk. menunjuk Drs. Hartanto per 1 Jan. 2023.",
        "He said (Mr. Berg nodded) that all was well.",
    ],
)
def test_an_abbreviation_ends_no_sentence(text: str) -> None:
    assert sentences(f"It rained. {text} It rained.") == ["It rained.", text, "It rained."]


def test_stops_and_line_ends_part_what_no_abbreviation_joins() -> None:
    text = "She left. He stayed.\nHeadline by Acme Inc.\nThe text (short.) Then another? Yes! 武兰上任。海蓝上市。"
    parts = ["She left.", "He stayed.", "Headline by Acme Inc.", "The text (short.)", "Then another?", "Yes!", "武兰上任。", "海蓝上市。"]
    assert sentences(text) == parts


def test_what_lies_between_two_mentions_is_shown_whole() -> None:
    text = "Mr. Hartanto came first. He has led Samudra Biru since Sept. 10. It rained."
    first, second = (Span("a.txt", text.index(word), text.index(word) + len(word)) for word in ("Hartanto", "Samudra"))
    around = Sentences.of("a.txt", text).around(first, second)
    assert text[around.start : around.end] == text.removesuffix(" It rained.")
