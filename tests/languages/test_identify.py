"""Texts and passages of our languages are told apart, and those of others are none of ours."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.languages.identify import identify, named, passages

EN = "Tarrow Mills said on Tuesday that Ines Okafor would become its chief executive officer in May, replacing Tom Brandt.\n"
ID = "PT Rimba Kencana mengumumkan pada Selasa bahwa Sari Wulandari akan menjadi direktur utama menggantikan Budi Hartawan.\n"
NAMED = (
    "Tom Brandt has been chief executive of Tarrow Mills since May 2031. Élodie Brûlé founded Société Générale d'Électricité in Paris in "
    "1999. José Núñez is the chief financial officer of Société Générale d'Électricité.\n"
)
ZH = "青岚科技周二宣布，陆知远将于五月出任首席执行官，接替退休的沈百川。\n"
TH = "บริษัทประกาศเมื่อวันอังคารว่าจะเปิดตัวผลิตภัณฑ์ใหม่ในเดือนพฤษภาคม\n"
FR = (
    "La société a annoncé mardi que son directeur général quitterait ses fonctions au mois de mai, après dix ans passés à la tête "
    "de l'entreprise, et que le conseil d'administration cherchait déjà son successeur.\n"
)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (EN, "en"),
        ("The new chief executive starts on Monday.", "en"),
        ("TARROW MILLS NAMES A NEW CHIEF EXECUTIVE", "en"),
        ("Tarrow Mills (青岚) said it will open an office in Haizhou next year.", "en"),
        (ID, "id"),
        ("Direktur utama yang baru mulai bekerja Senin.", "id"),
        ("Perusahaan itu berkantor pusat di Bandung.", "id"),
        ("Syarikat itu melantik ketua pegawai eksekutif baharu.", "id"),
        (ZH, "zh"),
        ("新任首席执行官周一上任。", "zh"),
        ("新任首席執行官週一上任，接替退休的沈百川。", "zh"),
        ("Lumen 推出 Aster Cloud 平台，由陆知远负责。", "zh"),
        ("据Finwire报道，Tarrow Mills CEO Ines Okafor与Norddal Freight CFO Tom Brandt会面。", "zh"),
        ("Tarrow Mills Holdings CEO Ines Okafor：我们会扩张。\nFinwire：为什么？\nInes Okafor：Tom Brandt也同意了。", "zh"),
        ("青岚科技 (Qinglan Technology Holdings Limited) 任命 Ines Okafor", "zh"),
        ("Tarrow Mills (青岚科技控股) Names Ines Okafor Chief Executive", "en"),
        ("Tarrow Mills and 青岚科技 will open an office with 远山集团 in Haizhou next year.", "en"),
        (TH, None),
        ("会社は火曜日、新しい社長を任命したと発表した。", None),
        ("新製品を発表", None),
        ("회사는 화요일 새 대표이사를 임명했다고 밝혔다.", None),
        ("Компания объявила о назначении нового генерального директора.", None),
        ("أعلنت الشركة يوم الثلاثاء تعيين رئيس تنفيذي جديد.", None),
        ("कंपनी ने मंगलवार को नए मुख्य कार्यकारी की घोषणा की।", None),
        (FR, None),
        ("Le directeur général de la société a démissionné mardi.", None),
        ("Das Unternehmen teilte am Dienstag mit, dass der Vorstandsvorsitzende im Mai zurücktritt.", None),
        ("El presidente de la empresa anunció el martes que dejará el cargo en mayo.", None),
        ("Élodie Brûlé founded Société Générale d'Électricité in Paris in 1999.", "en"),
        ("Łukasz Żak, Grzegorz Brzęczyszczykiewicz and Małgorzata Świątek founded Zamiar in Wrocław.", "en"),
        ("Crédit Agricole menunjuk François Léger sebagai direktur utama, menggantikan Hélène Dürr.", "id"),
        ("Élodie Brûlé a fondé la Société Générale d'Électricité à Paris en 1999.", None),
        ("Bundeskanzler Olaf Scholz trifft Präsident Emmanuel Macron in Berlin.", None),
        ("", None),
        ("2031 — 45 %", None),
    ],
)
def test_the_language_of_a_text(text: str, language: str | None) -> None:
    assert identify(text) == language


FEW_WORDS = {
    "en": [
        "Kaas Data lost Fennel Software as a customer and Sageworth as a partner in 2021.",
        "Giovanni Bianchi joined Telecom Rossi in 2019.",
        "Koninklijke Van Dalen is based in Zaandam.",
        "Anna Schmidt is the founder of Sonnenblume GmbH.",
        "Schäfer Bau sold Lichtwerk to Dürr Kapital.",
        "Hans Becker and Greta Weiss run Lichtwerk AG.",
    ],
    "id": [
        "Jürgen Müller adalah direktur utama Schäfer Bau.",
        "Kaas Data membeli Fennel Software pada 2021.",
        "Zhang Wei bergabung dengan Sinar Abadi.",
        "Syarikat Sinar telah melantik Ahmad bin Ali sebagai pengerusi.",
    ],
    "zh": ["Kaas Data收购了Fennel Software。", "Jürgen Müller出任Schäfer Bau首席执行官。"],
    None: [
        "Kaas Data verlor Fennel Software als Kunden und Sageworth als Partner.",
        "Larkfield und Northwind werden Partner.",
        "Larkfield a racheté Northwind en 2021.",
        "Bella Stone quitte Coppergate à la fin de l'année.",
        "Jan de Vries leidt Van der Meer Logistics.",
        "Bella Stone vertrekt bij Coppergate.",
        "Maria Rossi ha fondato Brillante Foods.",
        "Omar Fadel es el nuevo director de Coppergate.",
        "ソニックは小さな会社を買収した。",
    ],
}


@pytest.mark.parametrize(("text", "language"), [(text, language) for language, texts in FEW_WORDS.items() for text in texts])
def test_few_words_among_names_tell_the_language(text: str, language: str | None) -> None:
    assert identify(text) == language


@pytest.mark.parametrize(
    ("text", "name"), [(TH, "thai"), (FR, "french"), ("Компания", "russian"), ("新製品を発表", "japanese"), ("12", None)]
)
def test_an_unknown_language_is_named(text: str, name: str | None) -> None:
    assert named(text) == name


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ([ZH * 3, EN * 3], ["zh", "en"]),
        ([EN, ID, EN], ["en", "id", "en"]),
        ([EN, TH, EN], ["en", None, "en"]),
        ([EN, FR, EN], ["en", None, "en"]),
        ([EN + NAMED + EN], ["en"]),
        ([FR, NAMED], [None, "en"]),
        (["Ines Okafor\n\n" + ZH + "陆知远：谢谢。\n", "Full transcript of the talk\n" + EN + "Ines Okafor: Thanks.\n"], ["zh", "en"]),
        ([ZH + "据Finwire报道，Tarrow Mills CEO Ines Okafor与Norddal Freight CFO Tom Brandt会面。\n"], ["zh"]),
        ([ZH + "Lumen Aster 3.5\n" + ZH], ["zh"]),
        ([ID + "Foto: Getty Images/Tom Brandt\n\n***\n" + ID], ["id"]),
        (["Bos baru di Rimba Kencana\n" + ID], ["id"]),
        (["\n\n" + EN + "\n"], ["en"]),
    ],
)
def test_a_text_is_cut_where_its_language_changes(texts: list[str], expected: list[str | None]) -> None:
    text = "".join(texts)
    runs = passages(text, None)
    assert [run[2] for run in runs][-len(expected) :] == expected
    assert [text[start:end] for start, end, _ in runs] == texts or texts[0].startswith("Ines")


@pytest.mark.parametrize("default", ["en", "id", "zh"])
def test_what_cannot_be_told_follows_the_default(default: str) -> None:
    assert passages("Tarrow 2031\n", default) == [(0, 12, default)]


@settings(deadline=None)
@given(st.lists(st.sampled_from([EN, ID, ZH, TH, "\n", "A B\n", "x", "\r", "\u2028", " "])).map("".join) | st.text())
def test_runs_cover_the_text_and_neighbours_differ(text: str) -> None:
    runs = passages(text, None)
    assert "".join(text[start:end] for start, end, _ in runs) == text
    assert [r[1] for r in runs[:-1]] == [r[0] for r in runs[1:]]
    assert all(a[2] != b[2] for a, b in pairwise(runs))


def test_headlines_behind_a_line_in_another_script_are_read_in_their_own_language() -> None:
    headlines = "Winter Games to Run on the Cloud From Tarrow Mills\nRimba Counts Tarrow Among the Leaders in Cloud Databases\n"
    text = "Tarrow Mills has opened a new mill in the north, and its chief executive said that more are to come.\n" + TH + headlines
    assert [(text[a:b], language) for a, b, language in passages(text, "en") if language == "en"][-1] == (headlines, "en")
