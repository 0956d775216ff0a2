"""Line breaks that only wrap a paragraph go; those that end a headline, an entry or a paragraph stay."""

import re
import textwrap
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.readers import read
from kg.readers.wrapping import WIDEST, unwrapped

WRAPPED = """Tarrow Mills names new chief

Tarrow Mills, the maker of looms that
was founded in 1902, said on Tuesday
that Ines Okafor would become its next
chief executive officer in May. She is
now the head of its Haizhou unit.

“The mills have a future,” said Ines
Okafor, a weaver herself.
"""
JOINED = """Tarrow Mills names new chief

Tarrow Mills, the maker of looms that was founded in 1902, said on Tuesday that Ines Okafor would become its next \
chief executive officer in May. She is now the head of its Haizhou unit.

“The mills have a future,” said Ines Okafor, a weaver herself.
"""
ZH = """青岚科技任命新首席执行官

青岚科技股份有限公司（下称“青岚科技”）周一宣布，
董事会已聘任陆知远出任公司首席执行官，接替将于年
底退休的创始人苏明远。陆知远此前在 Kestrel
Aerospace 任职十二年，负责该公司的亚洲业务。
"""
ZH_JOINED = """青岚科技任命新首席执行官

青岚科技股份有限公司（下称“青岚科技”）周一宣布，董事会已聘任陆知远出任公司首席执行官，接替将于年底退休的创始人苏明远。\
陆知远此前在 Kestrel Aerospace 任职十二年，负责该公司的亚洲业务。
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (WRAPPED, JOINED),
        (WRAPPED.replace("\n", "\r\n"), JOINED),
        (ZH, ZH_JOINED),
    ],
    ids=["English", "carriage returns", "Chinese"],
)  # fmt: skip
def test_a_wrapped_paragraph_becomes_one_line(text: str, expected: str) -> None:
    assert unwrapped(text) == expected


HYPHENS = """The firm of Haizhou said that its sub-
sidiary would buy a maker of well-
known looms, which is well-known.
"""


def test_short_paragraphs_without_lines_between_are_wrapped_too() -> None:
    lines = [
        "Tarrow Mills names chair",
        "Tarrow Mills, the maker of looms, has named Ines Okafor as chair of its board, succeeding Tom",
        "Brandt, who leaves in May.",
        "The maker of looms had long looked for somebody. Its profit fell last year by more than a third, and",
        "two mills were closed.",
    ]
    assert unwrapped("\n".join(lines)) == f"{lines[0]}\n{lines[1]} {lines[2]}\n{lines[3]} {lines[4]}"


@pytest.mark.parametrize(
    ("hyphen", "expected"),
    [
        ("-", "The firm of Haizhou said that its subsidiary would buy a maker of well-known looms, which is well-known.\n"),
        ("\u2010", "The firm of Haizhou said that its subsidiary would buy a maker of well‐known looms, which is well‐known.\n"),
        ("\u00ad", "The firm of Haizhou said that its subsidiary would buy a maker of wellknown looms, which is wellknown.\n"),
    ],
    ids=["hyphen-minus", "hyphen", "soft hyphen"],
)
def test_a_word_that_was_parted_becomes_one(tmp_path: Path, hyphen: str, expected: str) -> None:
    (tmp_path / "a.txt").write_text(HYPHENS.replace("-", hyphen), encoding="utf-8")
    assert read([tmp_path])[0][0].text == expected


@pytest.mark.parametrize(
    "lines",
    [
        ["Ines Okafor, chief executive", "Tom Brandt, chairman", "Lu Zhiyuan, head of research", "Sari Wulandari, finance"],
        ["Tarrow Mills, the maker of looms", "- Ines Okafor, who leads the mills", "- Tom Brandt, who is its chairman"],
        ["09:30 opening of the forum by Okafor", "10:15 speech of the mayor of Haizhou", "11:00 panel on looms and their use"],
        ["By Ines Okafor", "ines@tarrow.example"],
        ["青岚科技任命陆知远为首席执行官", "苏明远将于年底退休", "青岚科技在海州设立新的研发中心"],
        ["Tarrow Mills said on Tuesday that " * 5, "it would buy Haizhou Looms, a maker " * 5],
    ],
    ids=["people", "bullets", "agenda", "byline", "headlines", "paragraphs"],
)
def test_lines_that_stand_by_themselves_stay(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert unwrapped(text) == text


words = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=11)
paragraphs = st.lists(words, min_size=40, max_size=70).map(" ".join)


@settings(deadline=None, max_examples=60)
@given(st.lists(paragraphs, min_size=1, max_size=4), st.integers(40, WIDEST))
def test_what_a_typesetter_wrapped_comes_back(written: list[str], width: int) -> None:
    assert unwrapped("\n\n".join(textwrap.fill(p, width) for p in written)) == "\n\n".join(written)


@settings(deadline=None, max_examples=200)
@given(st.text(st.sampled_from("ab-林。 \n\t“”1."), max_size=200))
def test_nothing_but_white_space_and_hyphens_is_lost(text: str) -> None:
    assert re.sub(r"[\s-]", "", unwrapped(text)) == re.sub(r"[\s-]", "", text)


def test_a_long_wrapped_text_takes_no_longer_for_each_line() -> None:
    line = "the firm of haizhou said that it would buy looms and that it is well known for them, too"
    assert unwrapped("\n".join([line] * 11_000)) == " ".join([line] * 11_000)


def test_a_wrapped_file_is_read_by_paragraphs_and_has_its_headline_for_title(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(WRAPPED, encoding="utf-8")
    (document,), issues = read([tmp_path / "a.txt"])
    assert (document.text, document.title, issues) == (JOINED, "Tarrow Mills names new chief", ())
