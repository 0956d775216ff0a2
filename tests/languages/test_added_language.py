"""A language is added by its file alone: what it says of its script is all that telling it apart needs."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kg.languages
from kg.errors import ModelError
from kg.languages.identify import identify, named, passages
from kg.model import Document, Issue
from kg.parse import parse

FILE = """
import functools
import spacy
from kg.languages import scripts
from kg.languages.scripts import Script

SCRIPT = {script}

@functools.cache
def pipeline():
    return spacy.blank("xx")
"""
EN = "Tarrow Mills said on Tuesday that Ines Okafor would become its chief executive officer in May, replacing Tom Brandt.\n"
ID = "PT Rimba Kencana mengumumkan pada Selasa bahwa Sari Wulandari akan menjadi direktur utama menggantikan Budi Hartawan.\n"
ZH = "青岚科技周二宣布，陆知远将于五月出任首席执行官，接替退休的沈百川。\n"
RU = "Компания объявила во вторник, что Инес Окафор станет генеральным директором в мае. Она сменит Тома Брандта.\n"
UK = "Компанія оголосила у вівторок, що її очолить нова генеральна директорка, яка змінить на цій посаді свого попередника.\n"
TH = "บริษัทประกาศเมื่อวันอังคารว่าจะเปิดตัวผลิตภัณฑ์ใหม่ในเดือนพฤษภาคม\n"
JA = "会社は火曜日、新しい社長を任命したと発表した。\n"
BO = "བོད་ཀྱི་སྐད་ཡིག་ནི་སྐད་ཡིག་གལ་ཆེན་ཞིག་ཡིན།\n"
FR = (
    "La société a annoncé mardi que son directeur général quitterait ses fonctions au mois de mai, après dix ans passés à la tête "
    "de l'entreprise, et que le conseil d'administration cherchait déjà son successeur.\n"
)
OURS = [("en", EN), ("id", ID), ("zh", ZH)]


@pytest.fixture
def add(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str, str], None]:
    """Add a language written in a script."""

    def added(code: str, script: str) -> None:
        (tmp_path / f"{code}.py").write_text(FILE.format(script=script), encoding="utf-8")
        monkeypatch.setattr(kg.languages, "__path__", [*kg.languages.__path__, str(tmp_path)])
        monkeypatch.delitem(sys.modules, f"kg.languages.{code}", raising=False)

    return added


@pytest.mark.parametrize(
    ("code", "script", "text"),
    [
        ("ru", "scripts.CYRILLIC", RU),
        ("th", "scripts.THAI", TH),
        ("ja", "scripts.JAPANESE", JA),
        ("fr", "scripts.LATIN", FR),
        ("bo", 'Script("tibetan", "\\u0f00-\\u0fff", 5.0)', BO),
    ],
)
def test_documents_of_an_added_language_are_read(add: Callable[[str, str], None], code: str, script: str, text: str) -> None:
    assert identify(text) is None
    assert parse(Document("a.txt", text)).issues
    add(code, script)
    assert [identify(t) for t in (text, EN, ID, ZH)] == [code, "en", "id", "zh"]
    read = parse(Document("a.txt", text))
    assert (read.document.language, [p.language for p in read.parts], read.issues) == (code, [code], ())
    for other, beside in OURS:
        assert [run[2] for run in passages(beside + text + beside, None)] == [other, code, other]
        assert [run[2] for run in passages(text * 3 + beside + text, None)] == [code, other, code]


def test_languages_of_one_script_are_told_apart(add: Callable[[str, str], None]) -> None:
    add("ru", "scripts.CYRILLIC")
    assert identify(UK) is None
    assert named(UK) == "ukrainian"
    assert parse(Document("a.txt", RU + UK + RU)).issues == (
        Issue("a.txt", f"language not supported: ukrainian? (characters {len(RU)}–{len(RU + UK)})"),
    )
    add("uk", "scripts.CYRILLIC")
    assert [run[2] for run in passages(RU + UK + RU, None)] == ["ru", "uk", "ru"]


def test_names_in_latin_letters_leave_a_text_in_its_language(add: Callable[[str, str], None]) -> None:
    add("th", "scripts.THAI")
    names = "Tarrow Mills Holdings CEO Ines Okafor และ Norddal Freight CFO Tom Brandt ประกาศเปิดตัวผลิตภัณฑ์ใหม่\n"
    assert identify(names) == "th"
    assert [run[2] for run in passages(TH + names + "Tarrow Mills 2031\n" + EN + TH, None)] == ["th", "en", "th"]


def test_a_language_that_nothing_tells_from_those_of_its_script_is_an_error(add: Callable[[str, str], None]) -> None:
    add("jv", "scripts.LATIN")
    with pytest.raises(ModelError, match="'jv' cannot be told from others of its script"):
        identify(EN)


@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from([EN, ZH, RU, TH, JA, "Б.\n", "新製品\n", "A B\n", "\n"])).map("".join) | st.text())
def test_runs_of_an_added_language_cover_the_text(add: Callable[[str, str], None], text: str) -> None:
    for code, script in (("ru", "scripts.CYRILLIC"), ("ja", "scripts.JAPANESE")):
        if code not in kg.languages.languages():
            add(code, script)
    runs = passages(text, None)
    assert "".join(text[start:end] for start, end, _ in runs) == text
    assert {language for *_, language in runs} <= {"en", "id", "zh", "ru", "ja", None}
