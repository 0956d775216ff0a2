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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tarrow Mills named Ines Okafor as chief executive. She will start in May, the company said.", 2),
        ("Mr. Brandt left Tarrow Mills Ltd. in 2019 with a loss of $3.5 million. Who follows? Nobody knows.", 3),
        ("Tarrow Mills menunjuk Sari Wulandari sebagai direktur utama. Ia mulai bekerja pada bulan Mei.", 2),
        ("PT Rimba Kencana Tbk. berdiri pada 1990. Perusahaan itu berkantor pusat di Bandung.", 2),
        ("青岚科技任命陆知远为首席执行官。他将于五月上任。", 2),
        ("青嵐科技任命陸知遠為首席執行官。他將於五月上任！誰接替他？", 3),
        ("Tarrow Mills names a chief\nBy Ines Okafor\n\nThe maker of looms has a new chief.\n", 3),
        ("Rimba Kencana punya bos baru\nOleh Sari Wulandari\n\nPerusahaan tenun itu punya bos baru.\n", 3),
        ("青岚科技任命新总裁\n记者 陆知远\n\n这家公司有了新总裁。\n", 3),
        ("First line of text\r\nSecond line of text\rThird line\u2028Fourth line\n", 4),
    ],
)
def test_sentences_end_at_stops_and_line_ends(text: str, expected: int) -> None:
    assert len([s for s in sentences(text) if s]) == expected
