"""A parsed document keeps every character, and knows its languages."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Document, Issue
from kg.parse import LONGEST, Parsed, parse

EN = "Tarrow Mills said on Tuesday that Ines Okafor would become its chief executive officer. She replaces Tom Brandt in May.\n"
ID = "PT Rimba Kencana mengumumkan pada Selasa bahwa Sari Wulandari akan menjadi direktur utama. Ia menggantikan Budi Hartawan.\n"
ZH = "青岚科技周二宣布，陆知远将于五月出任首席执行官。他接替退休的沈百川。\n"
HANT = "青嵐科技週二宣布，陸知遠將於五月出任首席執行官。他接替退休的沈百川。\n"
TH = "บริษัทประกาศเมื่อวันอังคารว่าจะเปิดตัวผลิตภัณฑ์ใหม่ในเดือนพฤษภาคม\n"


def parsed(text: str, language: str | None = None) -> Parsed:
    return parse(Document("a.txt", text, language))


@pytest.mark.parametrize(
    ("text", "main", "parts"),
    [
        (EN, "en", ["en"]),
        (ID, "id", ["id"]),
        (ZH, "zh", ["zh"]),
        (HANT, "zh", ["zh"]),
        (ZH * 5 + EN * 2, "zh", ["zh", "en"]),
        (ZH + EN * 4, "en", ["zh", "en"]),
        (EN + ID + EN, "en", ["en", "id", "en"]),
    ],
)
def test_a_document_is_parsed_in_its_languages(text: str, main: str, parts: list[str]) -> None:
    result = parsed(text)
    assert result.document == Document("a.txt", text, main)
    assert [p.language for p in result.parts] == parts
    assert "".join(p.doc.text for p in result.parts) == text
    assert result.issues == ()


def test_a_foreign_text_is_an_issue_and_has_no_part() -> None:
    result = parsed(TH)
    assert (result.parts, result.document.language) == ((), None)
    assert result.issues == (Issue("a.txt", "language not supported: thai?"),)


def test_a_text_without_words_is_an_issue() -> None:
    assert parsed("3.5% 2031\n").issues == (Issue("a.txt", "no words to tell a language by"),)


def test_a_foreign_passage_is_an_issue_and_the_rest_is_parsed() -> None:
    result = parsed(EN + TH + EN)
    assert [(p.start, p.language) for p in result.parts] == [(0, "en"), (len(EN + TH), "en")]
    assert result.issues[0].reason == f"language not supported: thai? (characters {len(EN)}–{len(EN + TH)})"


@pytest.mark.parametrize(("stated", "language"), [("en", "en"), ("id", "id"), ("zh-hant", "zh"), ("th", "en"), (None, "en")])
def test_a_stated_language_decides_where_the_text_is_too_short(stated: str | None, language: str) -> None:
    assert parsed("Tarrow Mills Ltd\n", stated).document.language == language


@pytest.mark.parametrize(("stated", "told"), [("fr", ["fr"]), ("zh_cn", ["zh_cn"]), ("en-us", []), (None, [])])
def test_a_stated_language_that_is_not_read_is_an_issue(stated: str | None, told: list[str]) -> None:
    result = parsed(EN, stated)
    assert result.document.language == "en"
    assert [i.reason.split("'")[1] for i in result.issues] == told


def test_a_run_that_is_too_long_is_cut_at_line_ends() -> None:
    text = EN * (LONGEST // len(EN) + 2)
    result = parsed(text)
    assert len(result.parts) == 2
    assert "".join(p.doc.text for p in result.parts) == text
    assert all(len(p.doc.text) <= LONGEST and p.doc.text.endswith("\n") for p in result.parts)


@pytest.mark.parametrize("unit", [EN.replace("\n", " "), ZH.strip(), "x"])
def test_one_endless_line_is_cut_too(unit: str) -> None:
    text = unit * (LONGEST // len(unit) + 2)
    result = parsed(text, "zh" if unit == ZH.strip() else "en")
    assert "".join(p.doc.text for p in result.parts) == text
    assert all(len(p.doc.text) <= LONGEST for p in result.parts)


pieces = st.sampled_from([EN, ID, ZH, HANT, TH, "\n", "\r\n", "  \n", "Ltd. ", "“A”", "3.5%", "\u3000", "\u2028", "：", "\t", "林"])


@settings(deadline=None, max_examples=60)
@given(st.lists(pieces, max_size=12).map("".join) | st.text(max_size=60), st.sampled_from(["en", "id", "zh", None]))
def test_every_part_is_a_slice_of_the_text_and_parts_do_not_overlap(text: str, language: str | None) -> None:
    result = parsed(text, language)
    end = 0
    for part in result.parts:
        assert part.start >= end
        end = part.start + len(part.doc.text)
        assert part.doc.text == text[part.start : end]
        assert all(part.doc.text[t.idx : t.idx + len(t)] == t.text for t in part.doc)
