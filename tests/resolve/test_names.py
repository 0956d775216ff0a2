"""Names are brought into comparable shape and compared."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.model import Name
from kg.resolve.likeness import Likeness as How
from kg.resolve.likeness import likeness
from kg.resolve.names import Kind, Words, tokenize
from kg.resolve.transliteration import heard, romanized, simplified, sound, spellings, syllable_counts


@pytest.fixture(scope="module")
def words(ontology) -> Words:
    return Words(ontology)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Heron-7B", ("heron", "7", "b")),
        ("Heron2.5", ("heron", "2.5")),
        ("Bain & Harrow", ("bain", "and", "harrow")),
        ("O’Hara's", ("ohara",)),
        ("Sørensen", ("sorensen",)),
        ("ＮＯＲＴＨＧＡＴＥ", ("northgate",)),
        ("遠山集團", ("远山集团",)),
        ("苍穹2.0", ("苍穹", "2.0")),
        ("Harbour+", ("harbour", "+")),
    ],
)
def test_a_name_is_cut_into_comparable_tokens(text, tokens):
    assert tokenize(text) == tokens


@pytest.mark.parametrize(
    ("text", "cls", "key"),
    [
        ("Dr. Amara Nwosu", "Person", "amaranwosu"),
        ("Bapak Joko Santosa, S.E.", "Person", "jokosantosa"),
        ("周明远博士", "Person", "周明远"),
        ("PT Samudra Biru Tbk", "Organization", "samudrabiru"),
        ("Northgate Holdings Ltd.", "Organization", "northgate"),
        ("青禾科技股份有限公司", "Organization", "青禾科技"),
        ("Group", "Organization", "group"),
        ("Larkfield One", "Product", "larkfieldone"),
    ],
)
def test_titles_and_legal_forms_are_no_part_of_the_key(words, text, cls, key):
    assert words.form(text, words.kind(cls)).key == key


@pytest.mark.parametrize(
    ("first", "second", "kind", "expected"),
    [
        ("Wu Yongmin", "Yongmin Wu", Kind.PERSON, How.REORDERED),
        ("Eddie Wu", "Eddie Wu Yongmin", Kind.PERSON, How.FULLER),
        ("J. Harrow", "James Harrow", Kind.PERSON, How.INITIALS),
        ("Wu", "Eddie Wu", Kind.PERSON, How.BARE),
        ("周明", "周明远", Kind.PERSON, How.GIVEN),
        ("欧阳", "欧阳文博", Kind.PERSON, How.BARE),
        ("歐陽", "欧阳修", Kind.PERSON, How.BARE),
        ("明远", "周明远", Kind.PERSON, How.BARE),
        ("Ravi", "Ravindra Pillai", Kind.PERSON, How.NICKNAME),
        ("Eddie Wu", "Frank Wu", Kind.PERSON, How.GIVEN),
        ("Soedarmono Hadi", "Sudarmono Hadi", Kind.PERSON, How.SPELLING),
        ("林晓云", "Lin Xiaoyun", Kind.PERSON, How.PINYIN),
        ("蔡明杰", "Ts'ai Ming-chieh", Kind.PERSON, How.PINYIN),
        ("蔡崇文", "Joe Tsai", Kind.PERSON, How.SURNAME),
        ("吴永铭", "Wu Jianguo", Kind.PERSON, How.GIVEN),
        ("凯文·诺兰", "Kevin Nolan", Kind.PERSON, How.SOUND),
        ("罗伯特·帕克", "Robert Parker", Kind.PERSON, How.SOUND),
        ("克里斯托弗·巴克", "Christopher Barker", Kind.PERSON, How.SOUND),
        ("凯文·诺兰", "Robert Parker", Kind.PERSON, How.UNLIKE),
        ("PT Samudra Biru Tbk", "Samudra Biru", Kind.ORGANIZATION, How.LEGAL),
        ("AHL", "Advanced Harbour Logistics", Kind.ORGANIZATION, How.ACRONYM),
        ("PTFN", "PT Freeport Nusantara", Kind.ORGANIZATION, How.ACRONYM),
        ("香交所", "香江交易所", Kind.ORGANIZATION, How.ACRONYM),
        ("Polibatara", "Politeknik Negeri Batara", Kind.ORGANIZATION, How.BLEND),
        ("Alidune", "Alidune Cloud", Kind.ORGANIZATION, How.BEGINNING),
        ("Disney", "Walden Disney", Kind.ORGANIZATION, How.ENDING),
        ("Alishan", "阿里山", Kind.ORGANIZATION, How.PINYIN),
        ("Heron 2", "Heron 2.5", Kind.OTHER, How.VERSION),
        ("Heron", "Heron 2", Kind.OTHER, How.VERSION),
        ("Kumo Fest", "Kumo Fest 2024", Kind.OTHER, How.YEAR),
        ("Kumo Fest 2023", "Kumo Fest 2024", Kind.OTHER, How.VERSION),
        ("Phone (3)", "Nothing Phone (3)", Kind.OTHER, How.ENDING),
        ("Da Lang", "Da Lang, Vietnam", Kind.OTHER, How.LEGAL),
        ("Northgate", "Harbour", Kind.ORGANIZATION, How.UNLIKE),
    ],
)
def test_two_names_are_alike_in_one_way_in_either_order(words, first, second, kind, expected):
    one, other = words.form(first, kind), words.form(second, kind)
    assert likeness(one, other) is expected
    assert likeness(other, one) is expected


def test_chinese_names_are_spelled_in_pinyin_and_wade_giles():
    assert {"caimingjie", "tsaimingchieh"} <= spellings("蔡明杰")
    assert romanized("远山Cloud") == "yuanshanCloud"
    assert simplified("遠山") == "远山"


def test_sounds_of_one_name_agree():
    assert sound("tsai") == sound("choi")
    assert sound("nolan") == sound("nuolan")


def test_an_r_that_closes_a_syllable_is_not_heard_and_ch_may_be_hard():
    assert heard("parker") == sound("pake")
    assert heard("michael") == sound("maikl")
    assert heard("charles") == sound("chals")


def test_pinyin_is_told_from_other_words():
    assert 2 in syllable_counts("yongmin")
    assert not syllable_counts("eddie")


BORNE = [("Alibaba Group", True), ("Alibaba", True), ("News Corp", True), ("News", False), ("新闻", False)]


@pytest.mark.parametrize(("text", "known"), BORNE)
def test_the_authority_file_knows_no_word_of_all_days_that_is_left_of_a_name(text, known, words):
    assert bool(words.concepts(words.form(text, Kind.ORGANIZATION), "Organization")) is known


def test_an_initial_that_could_be_an_honorific_tells_one_person_from_others(ontology):
    known = replace(next(c for c in ontology.concepts if ontology.top(c.cls) == "Person"), names=(Name("R. Tarn Okafor", "en"),))
    words = Words(replace(ontology, concepts=(known,)))
    found = [bool(words.concepts(words.form(name, Kind.PERSON), "Person")) for name in ("R. Tarn Okafor", "Tarn Okafor")]
    assert found == [True, False]
