"""Clauses that are denied or only heard, told by the words before them."""

import pytest

from kg import parse
from kg.extract import extract
from kg.extract.clauses import governed
from kg.model import Document
from kg.ontology import load


@pytest.mark.parametrize(
    ("sentence", "stated", "status"),
    [
        ("Fernhill denied that it had acquired Tarn Mills.", "it had acquired Tarn Mills", "Denied"),
        ("It is not true that Fernhill owns Tarn Mills.", "Fernhill owns Tarn Mills", "Denied"),
        ("Fernhill denied a Finwire report that it had acquired Tarn Mills.", "it had acquired Tarn Mills", "Denied"),
        ("Direksi menepis kabar yang beredar bahwa Fernhill membeli Tarn Mills.", "Fernhill membeli Tarn Mills", "Denied"),
        # not over the end of a clause
        ("The board denied it, and said that Fernhill owns Tarn Mills.", "Fernhill owns Tarn Mills", None),
        ("Rumour has it that Fernhill is buying Tarn Mills.", "Fernhill is buying Tarn Mills", "Rumoured"),
        ("Direksi membantah bahwa Fernhill telah membeli Tarn Mills.", "Fernhill telah membeli Tarn Mills", "Denied"),
        ("董事会否认青禾收购了白桦。", "青禾收购了白桦", "Denied"),
        # what stands before the words, after the clause or far from them is stated as ever
        ("Fernhill, owner of Tarn Mills, denied that it would close a plant.", "Fernhill, owner of Tarn Mills", None),
        ("The board denied that jobs would go; Fernhill owns Tarn Mills.", "Fernhill owns Tarn Mills", None),
        ("“Kami tidak pergi,” bantah juru bicara Fernhill dari Tarn Mills.", "juru bicara Fernhill", None),
    ],
)
def test_a_clause_has_the_status_that_the_words_before_it_tell(sentence, stated, status):
    start = sentence.index(stated)
    assert governed(sentence, start, start + len(stated), load()) == status


@pytest.mark.parametrize(
    ("language", "text", "denied", "status"),
    [
        (
            "en",
            "Fernhill Group denied that it had acquired Tarn Mills Ltd. Fernhill Group acquired Brae Foods Ltd.",
            "Tarn Mills Ltd",
            "Denied",
        ),
        ("en", "It is not true that Mira Holt is chief executive of Tarn Mills Ltd. Ole Vik is its chairman.", "Tarn Mills Ltd", "Denied"),
        ("en", "Rumours say that Mira Holt will become chief executive of Tarn Mills Ltd.", "Tarn Mills Ltd", "Rumoured"),
        ("id", "Direksi membantah bahwa Grup Fernhill telah mengakuisisi PT Tarn Mills.", "PT Tarn Mills", "Denied"),
    ],
)
def test_what_a_text_denies_or_has_heard_is_no_fact_that_holds(language, text, denied, status):
    found = extract(parse.parse(Document("a", text, language)), load())
    names = {m.chain: m.text for m in found.mentions if not m.nominal}
    told = {c.status for c in found.claims if names[c.object] == denied and c.predicate in ("acquired", "chiefExecutiveOf")}
    assert told <= {status}


@pytest.mark.parametrize(
    ("language", "text", "status"),
    [
        ("en", "Brae Foods denied claims that Fernhill CEO Mira Holt was paid too much.", "Current"),
        ("en", "The board denied that Fernhill CEO Mira Holt was paid too much.", "Current"),
        ("en", "Rumours say that Fernhill CEO Mira Holt will join Brae Foods.", "Current"),
        ("en", "Brae Foods denied that former Fernhill CEO Mira Holt was paid too much.", "Past"),
        ("id", "Brae Foods membantah bahwa CEO Fernhill, Mira Holt, dibayar terlalu mahal.", "Current"),
        ("en", "Brae Foods denied that Mira Holt is the CEO of Fernhill.", "Denied"),
    ],
)
def test_what_a_clause_only_names_is_neither_denied_nor_heard(language, text, status):
    found = extract(parse.parse(Document("a", text, language)), load())
    assert {c.status for c in found.claims if c.predicate == "chiefExecutiveOf"} == {status}


def test_a_clause_is_what_its_words_govern_and_no_more():
    text = "Fernhill Group denied that it had acquired Tarn Mills Ltd. Fernhill Group acquired Brae Foods Ltd in 2020."
    found = extract(parse.parse(Document("a", text, "en")), load())
    names = {m.chain: m.text for m in found.mentions if not m.nominal}
    assert {names[c.object]: c.status for c in found.claims if c.predicate == "acquired"}["Brae Foods Ltd"] == "Current"
