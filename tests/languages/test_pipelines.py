"""Each language's pipeline finds words, sentences, subjects, objects and passives."""

import pytest

from kg.errors import ModelError
from kg.languages import languages, pipeline
from kg.languages.loading import WEIGHTS


def trained(language: str) -> str:
    """Skip a test where the language has no weights yet: its pipeline then only knows words and sentences."""
    if not (WEIGHTS / language / "pipeline").is_dir():
        pytest.skip(f"no trained pipeline for {language}")
    return language


def test_there_are_three_languages() -> None:
    assert languages() == ("en", "id", "zh")


def test_an_unknown_language_is_an_error() -> None:
    with pytest.raises(ModelError, match="'th'"):
        pipeline("th")


def test_a_pipeline_is_loaded_once() -> None:
    assert pipeline("zh") is pipeline("zh")


@pytest.mark.parametrize("language", languages())
def test_the_weights_are_small_and_have_a_card(language: str) -> None:
    folder = WEIGHTS / trained(language) / "pipeline"
    assert sum(p.stat().st_size for p in folder.rglob("*") if p.is_file()) < 10_000_000
    card = (folder / "card.md").read_text(encoding="utf-8")
    assert "CC BY-SA" in card
    assert "UPOS accuracy" in card


SENTENCES = [
    ("en", "Tarrow Mills named Ines Okafor as chief executive. She will start in May, the company said.", 2),
    ("en", "Mr. Brandt left Tarrow Mills Ltd. in 2019 with a loss of $3.5 million. Who follows? Nobody knows.", 3),
    ("id", "Tarrow Mills menunjuk Sari Wulandari sebagai direktur utama. Ia mulai bekerja pada bulan Mei.", 2),
    ("id", "PT Rimba Kencana Tbk. berdiri pada 1990. Perusahaan itu berkantor pusat di Bandung.", 2),
    ("zh", "青岚科技任命陆知远为首席执行官。他将于五月上任。", 2),
    ("zh", "青嵐科技任命陸知遠為首席執行官。他將於五月上任！誰接替他？", 3),
]


@pytest.mark.parametrize(("language", "text", "count"), SENTENCES)
def test_sentences_are_told_apart(language: str, text: str, count: int) -> None:
    assert len(list(pipeline(language)(text).sents)) == count


@pytest.mark.parametrize(("language", "text"), [*((s[0], s[1]) for s in SENTENCES), *((n, " Ltd.   \n \tb  ") for n in languages())])
def test_words_add_up_to_the_text(language: str, text: str) -> None:
    assert "".join(t.text_with_ws for t in pipeline(language)(text)) == text


TREES = [
    ("en", "The company acquired a small rival in March.", [("company", "nsubj", "acquired"), ("rival", "obj", "acquired")]),
    ("en", "The rival was acquired by the company.", [("rival", "nsubj:pass", "acquired"), ("company", "obl:agent", "acquired")]),
    ("en", "Okafor, who founded the firm, is its chairman.", [("founded", "acl:relcl", "Okafor"), ("Okafor", "nsubj", "chairman")]),
    ("id", "Perusahaan itu mengakuisisi pesaing kecil.", [("Perusahaan", "nsubj", "mengakuisisi"), ("pesaing", "obj", "mengakuisisi")]),
    ("id", "Pesaing itu diakuisisi oleh perusahaan besar.", [("Pesaing", "nsubj:pass", "diakuisisi"), ("perusahaan", "obl", "diakuisisi")]),
    ("zh", "公司收购了竞争对手。", [("公司", "nsubj", "收购"), ("对手", "obj", "收购")]),
    ("zh", "公司收購了對手。", [("公司", "nsubj", "收購"), ("對手", "obj", "收購")]),
]


@pytest.mark.parametrize(("language", "text", "arcs"), TREES)
def test_who_does_what(language: str, text: str, arcs: list[tuple[str, str, str]]) -> None:
    found = {(t.text, t.dep_, t.head.text) for t in pipeline(trained(language))(text)}
    assert set(arcs) <= found


@pytest.mark.parametrize(
    ("language", "text", "tags"),
    [
        ("en", "Okafor founded the small company .", "PROPN VERB DET ADJ NOUN PUNCT"),
        ("id", "Perusahaan itu membeli saham .", "NOUN DET VERB NOUN PUNCT"),
        ("zh", "他收购了公司。", "PRON VERB AUX NOUN PUNCT"),
    ],
)
def test_words_have_universal_tags(language: str, text: str, tags: str) -> None:
    assert " ".join(t.pos_ for t in pipeline(trained(language))(text)) == tags


def test_english_words_have_lemmas() -> None:
    assert [t.lemma_ for t in pipeline(trained("en"))("She founded two companies")] == ["she", "found", "two", "company"]
