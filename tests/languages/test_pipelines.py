"""Each language's pipeline cuts a text into words and loses nothing."""

import pytest

from kg.errors import ModelError
from kg.languages import languages, pipeline


def test_there_are_three_languages() -> None:
    assert languages() == ("en", "id", "zh")


def test_an_unknown_language_is_an_error() -> None:
    with pytest.raises(ModelError, match="'th'"):
        pipeline("th")


def test_a_pipeline_is_loaded_once() -> None:
    assert pipeline("zh") is pipeline("zh")


TEXTS = [
    ("en", "Tarrow Mills named Ines Okafor as chief executive. She will start in May, the company said."),
    ("en", "Mr. Brandt left Tarrow Mills Ltd. in 2019 with a loss of $3.5 million. Who follows? Nobody knows."),
    ("id", "Tarrow Mills menunjuk Sari Wulandari sebagai direktur utama. Ia mulai bekerja pada bulan Mei."),
    ("id", "PT Rimba Kencana Tbk. berdiri pada 1990. Perusahaan itu berkantor pusat di Bandung."),
    ("zh", "青岚科技任命陆知远为首席执行官。他将于五月上任。"),
    ("zh", "青嵐科技任命陸知遠為首席執行官。他將於五月上任！誰接替他？"),
]


@pytest.mark.parametrize(("language", "text"), [*TEXTS, *((n, " Ltd.   \n \tb  ") for n in languages())])
def test_words_add_up_to_the_text(language: str, text: str) -> None:
    assert "".join(t.text_with_ws for t in pipeline(language)(text)) == text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("委任律師范岸清", ["委任", "律師"]),
        ("股權轉讓予立溪精密", ["股權", "轉讓予"]),
        ("設備汰換", ["設備", "汰換"]),
        ("總經理林岸屆齡退休", ["總經理", "林岸", "屆齡", "退休"]),
    ],
)
def test_words_of_business_are_cut_from_names_beside_them(text: str, words: list[str]) -> None:
    assert [t.text for t in pipeline("zh")(text)][: len(words)] == words
