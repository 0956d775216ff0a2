"""Mentions: one type for one name, and a person's full name tells what its words are."""

import pytest

from kg.extract.mentions import joints, mentions, parted
from kg.languages.encoder import Found, Reading
from kg.languages.encoder.calibration import Calibration

TEXT = "Dewi Lubis spoke. Lubis thanked Surya. Later Lubis left; Surya stayed."


def found(kinds):
    places = [(0, 10), (18, 23), (32, 37), (45, 50), (57, 62)]
    return Reading(tuple(Found(a, b, kind, score=score) for (a, b), (kind, score) in zip(places, kinds, strict=True)), (), (), ())


def types(blank, ontology, *kinds):
    return [m.type for m in mentions(blank(TEXT, "en"), found(kinds), ontology, Calibration())]


def test_the_type_that_most_mentions_have_is_the_type_of_all(blank, ontology):
    kinds = ("Person", 0.9), ("Person", 0.9), ("Organization", 0.9), ("Person", 0.9), ("Product", 0.5)
    assert types(blank, ontology, *kinds) == ["Person"] * 2 + ["Organization", "Person", "Organization"]


def test_a_full_name_outweighs_an_unsure_type_of_its_surname(blank, ontology):
    kinds = ("Person", 0.95), ("Organization", 0.4), ("Organization", 0.9), ("Person", 0.3), ("Organization", 0.9)
    assert types(blank, ontology, *kinds)[1] == "Person"


def test_a_firm_named_often_stays_a_firm_beside_its_namesake(blank, ontology):
    kinds = ("Person", 0.9), ("Organization", 0.9), ("Organization", 0.9), ("Organization", 0.9), ("Organization", 0.9)
    assert types(blank, ontology, *kinds)[1::2] == ["Organization"] * 2


HONOURED = [("Dr. Sari Lim left.", "Sari Lim"), ("Bapak H. Umar pergi.", "Umar"), ("Drew Mrs came.", "Drew Mrs")]


BYLINES = [
    ("记者 陆知远 海州报道", "陆知远 海州", "陆知远"),
    ("记者 陆 知远", "陆 知远", "陆 知远"),
    ("采访 陆知远 海州", "陆知远 海州", "陆知远 海州"),
]


@pytest.mark.parametrize(("text", "marked", "name"), BYLINES)
def test_a_chinese_name_in_a_byline_ends_before_the_place(text, marked, name, blank, ontology):
    start = text.index(marked)
    one = Reading((Found(start, start + len(marked), "Person"),), (), (), ())
    assert [m.text for m in mentions(blank(text, "zh"), one, ontology, Calibration())] == [name]


@pytest.mark.parametrize(("text", "name"), HONOURED)
def test_a_persons_name_begins_behind_the_honorific(text, name, blank, ontology):
    end = text.index(name) + len(name)
    one = Reading((Found(0, end, "Person"),), (), (), ())
    assert [m.text for m in mentions(blank(text, "en"), one, ontology, Calibration())] == [name]
    firm = Reading((Found(0, end, "Organization"),), (), (), ())
    assert [m.text for m in mentions(blank(text, "en"), firm, ontology, Calibration())] == [text[:end]]


ENDED = [
    ("Qent Markets noted it.", "Qent Markets noted", "Qent Markets"),
    ("Lim Tao bertahan lama.", "Lim Tao bertahan lama", "Lim Tao"),
    ("Qent Semi plc rose.", "Qent Semi plc", "Qent Semi plc"),
    ("Shop by Qent rose.", "Shop by Qent", "Shop by Qent"),
    ("the quiet years", "quiet years", "quiet years"),
    ("青溪 Qent 来了", "青溪 Qent", "青溪 Qent"),
]


@pytest.mark.parametrize(("text", "marked", "name"), ENDED)
def test_words_in_small_letters_end_no_name(text, marked, name, blank, ontology):
    start = text.index(marked)
    one = Reading((Found(start, start + len(marked), "Organization"),), (), (), ())
    assert [m.text for m in mentions(blank(text, "en"), one, ontology, Calibration())] == [name]


BOUNDED = [
    ("青溪的林岚说", "的林岚", "林岚"),
    ("青溪與北山股份", "與北山", "北山"),
    ("代芬特与它", "代芬特与", "代芬特"),
    ("青溪与北山研究所", "青溪与北山研究所", "青溪与北山研究所"),
    ("Qent dan Solu", "dan Solu", "Solu"),
    ("Dan Brown said", "Dan Brown", "Dan Brown"),
    ("Qent(R) Quadrant(TM) for", "Qent(R", "Qent"),
    ("Qent(R) Quadrant(TM) for", "Quadrant(TM)", "Quadrant"),
    ("Qent (Persero) Tbk", "Qent (Persero)", "Qent (Persero)"),
    ("是“与”之争", "与", "与"),
    ("Ex-Qent chief Okafor said", "Ex-Qent", "Qent"),
    ("Eks-Qent hadir", "Eks-Qent", "Qent"),
    ("Ex-Im Bank lent more", "Ex-Im Bank", "Ex-Im Bank"),
    ("Exelon grew", "Exelon", "Exelon"),
]


@pytest.mark.parametrize(("text", "marked", "name"), BOUNDED)
def test_no_name_begins_or_ends_with_a_function_word_or_trade_mark(text, marked, name, blank, ontology):
    start = text.index(marked)
    one = Reading((Found(start, start + len(marked), "Organization"),), (), (), ())
    assert [m.text for m in mentions(blank(text, "zh"), one, ontology, Calibration())] == [name]


EDGES = [
    ("👩\u200d💻 Omar Haddad", "Omar Haddad"),
    ("🚀 Lena Vogt", "Lena Vogt"),
    ("Rotterdam 🇳🇱", "Rotterdam"),
    ("Lena Vogt ❤\ufe0f\u200d🔥", "Lena Vogt"),
    ("Maria Lopez\u001f", "Maria Lopez"),
    ("\u2067Maria Lopez\u2069", "Maria Lopez"),
    ("Lena Vogt 🚀 arrived", "Lena Vogt"),
    ("QNT)", "QNT"),
    ("Qent Semi,”", "Qent Semi"),
    ("“Qent Vault", "Qent Vault"),
    ("青溪》、", "青溪"),
    ("Qent (Persero", "Qent (Persero"),
    *(
        (name, name)
        for name in (
            "Canal+",
            "Yahoo!",
            "Qent Vault™",
            "Qent®",
            "《青溪》",
            "PT Qent (Persero)",
            "“青溪”系列",
            "Qent Inc.",
            "“Qent”",
            '"Qent"',
            "Dato’",
            "🚀",
        )
    ),
]


@pytest.mark.parametrize(("marked", "name"), EDGES)
def test_signs_that_names_do_not_carry_are_trimmed(marked, name, blank, ontology):
    one = Reading((Found(0, len(marked), "Organization"),), (), (), ())
    (mention,) = mentions(blank(f"{marked} came.", "en"), one, ontology, Calibration())
    assert (mention.text, mention.span.start) == (name, marked.index(name))


KNOWN = [
    ("Reuters asked.", "Reuters", "Product", "Organization"),
    ("TikTok grows.", "TikTok", "Organization", "Organization"),
    ("TikTok grows.", "TikTok", "Person", "Person"),
    ("Reutersson asked.", "Reutersson", "Product", "Product"),
]


@pytest.mark.parametrize(("text", "name", "read", "known"), KNOWN)
def test_the_authority_file_knows_the_type_better_but_a_products_name_may_be_its_firms(text, name, read, known, blank, ontology):
    one = Reading((Found(0, len(name), read),), (), (), ())
    assert [m.type for m in mentions(blank(text, "en"), one, ontology, Calibration())] == [known]


def test_a_surname_that_a_firm_bears_too_stays_a_persons(blank, ontology):
    text = "Mara Ford spoke. Ford left."
    both = Reading((Found(0, 9, "Person"), Found(17, 21, "Person")), (), (), ())
    assert {m.type for m in mentions(blank(text, "en"), both, ontology, Calibration())} == {"Person"}


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("Lumen Sea (流明海), a model, is out.", ("Lumen Sea", "流明海"), ["Product", "Product"]),
        ("流明海（Lumen Sea）是模型。", ("流明海", "Lumen Sea"), ["Product", "Product"]),
        ("Lumen Sea and 流明海 are out.", ("Lumen Sea", "流明海"), ["Product", "Organization"]),
        ("Lumen Sea (Halden) is out.", ("Lumen Sea", "Halden"), ["Product", "Organization"]),
    ],
)
def test_a_name_and_its_like_in_another_script_have_one_type(text, names, expected, blank, ontology):
    sure = (("Product", 0.9), ("Organization", 0.6))
    places = [(text.index(name), text.index(name) + len(name)) for name in names]
    read = Reading(tuple(Found(*place, kind, score=score) for place, (kind, score) in zip(places, sure, strict=True)), (), (), ())
    assert [m.type for m in mentions(blank(text, "en"), read, ontology, Calibration())] == expected


@pytest.mark.parametrize(
    ("name", "second"),
    [
        ("ChatGPT OpenAI", "OpenAI"),
        ("WhatsApp Meta Platforms", "Meta Platforms"),
        ("Jokowi Rina Hartati", "Rina Hartati"),
        ("Apple iPhone", ""),
        ("Google DeepMind", ""),
        ("Joko Widodo", ""),
        ("Elon Musk Jr.", ""),
        ("Larkfield OpenAI", ""),
        ("OpenAI", ""),
        ("", ""),
    ],
)
def test_two_names_found_as_one_are_parted_where_the_authority_file_has_the_first(name, second, ontology):
    assert name[parted(ontology, name) or len(name) :] == second


JOINTS = [
    ("{Tern Rina Lubis} spoke for {Tern}. [Rina Lubis] left.", ["Rina Lubis"]),
    ("[Tern Rina Lubis] spoke for {Tern}. [Rina Lubis] left.", ["Rina Lubis"]),
    ("{Haizhou Sutrisno} spoke. ⟨Haizhou⟩ is far. [Sutrisno] left.", ["Sutrisno"]),
    ("[Rina Lubis] spoke. {Rina} is a shop. [Lubis] left.", []),
    ("{Tern Rina Lubis} spoke for {Tern}. [Rina] left.", []),
    ("{Tern Foods Bank} spoke for {Tern}. {Foods Bank} left.", []),
    ("{Ken Obi Bank} spoke. [Ken Obi] left. {Bank} stayed.", []),
]


@pytest.mark.parametrize(("text", "expected"), JOINTS)
def test_a_name_found_as_one_is_two_where_its_text_has_both_by_themselves(text, expected, marked, ontology):
    plain, names, _ = marked(text)
    read = Reading(tuple(Found(m.span.start, m.span.end, m.type) for m in names), (), (), ())
    assert [name[start:] for name, start in joints(plain, read, ontology).items()] == expected


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("(Dok. Tern/Rina)", "Dok", None),
        ("(Dok. Tern/Rina)", "Dok. Tern", "Tern"),
        ("Photo: Tern", "Photo", None),
        ("Sumber Tern naik.", "Sumber Tern", "Sumber Tern"),
    ],
)
def test_a_word_of_a_credit_is_no_name(text, name, expected, blank, ontology):
    start = text.index(name)
    read = Reading((Found(start, start + len(name), "Organization"),), (), (), ())
    (mention,) = mentions(blank(text, "id"), read, ontology, Calibration())
    assert (None if mention.nominal else mention.text) == expected


BOTH = [
    ("Qent and Tolmer Foods", {"Qent": "Organization", "Tolmer Foods": "Organization"}, 9),
    ("Qent and Reuters", {"Qent": "Organization"}, 9),
    ("Qent and Tolmer Foods", {"Qent": "Organization"}, 0),
    ("Qent and Tolmer", {"Qent": "Organization", "Tolmer": "Person"}, 0),
    ("青溪与云溪", {"青溪": "Organization", "云溪": "Organization"}, 3),
]


@pytest.mark.parametrize(("name", "alone", "second"), BOTH)
def test_organizations_joined_by_a_word_are_parted_where_both_are_named_alone(name, alone, second, ontology):
    text = "\n".join([name, *alone])
    marks = tuple(Found(text.rindex(n), text.rindex(n) + len(n), kind) for n, kind in alone.items())
    reading = Reading((Found(0, len(name), "Organization"), *marks), (), (), ())
    assert joints(text, reading, ontology).get(name, 0) == second
