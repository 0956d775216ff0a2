"""FinRE: what a label means is taught only where the sentence has words for it, and nothing is made of what it leaves untold."""

import pytest

from kg.ontology import load
from kg.training.finre import OURS, texts

LINES = """青禾\t白桦\t收购\t青禾完成收购白桦
白桦\t青禾\t被收购\t青禾完成收购白桦

青禾\t白桦\t收购\t青禾计划收购白桦
青禾\t白桦\t拟收购\t青禾拟于<N>月收购白桦
蓝杉\t青禾\t被入股\t青禾入股蓝杉,蓝杉增长<N>%
蓝杉\t青禾\t被拥有\t蓝杉是青禾旗下公司,白桦不是
蓝杉\t白桦\tunknown\t蓝杉是青禾旗下公司,白桦不是
青禾\t蓝杉\t合作\t青禾与蓝杉合作又竞争
蓝杉\t青禾\t竞争\t青禾与蓝杉合作又竞争
青禾\t蓝杉\t竞争\t青禾与蓝杉同日上市
周岚\t青禾\t持股\t周岚持股青禾
红枫\t青禾\t被持股\t青禾持股红枫
a line of another kind
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """Gives the text that begins with some words, with its names by number of thing."""
    corpora = tmp_path_factory.mktemp("corpora")
    (corpora / "FinRE").mkdir()
    (corpora / "FinRE" / "train.txt").write_text(LINES, encoding="utf-8")
    found = {t.annotated.extraction.document.text: t for t in texts(corpora, load())}

    def look(begin):
        text = {words[: len(begin)]: t for words, t in found.items()}[begin]
        return text, {m.chain: m.text for m in text.annotated.extraction.mentions}

    return look


@pytest.mark.parametrize(
    ("begin", "stated", "dated"),
    [
        ("青禾完成", [("青禾", "acquired", "白桦", "Current")], False),
        ("青禾计划", [], False),  # a plan is no purchase
        ("青禾拟", [("青禾", "acquired", "白桦", "Future")], True),
        ("青禾入股", [("青禾", "investorIn", "蓝杉", "Current")], False),
        ("蓝杉是", [("蓝杉", "subsidiaryOf", "青禾", "Current")], False),
        ("青禾与蓝杉合作", [], False),  # two meanings: which of them the words are for is not told
        ("青禾与蓝杉同日", [], False),  # none of the words of the meaning
    ],
)
def test_a_label_is_taught_in_our_direction_where_its_words_stand(told, begin, stated, dated):
    text, names = told(begin)
    assert [(names[c.subject], c.predicate, names[c.object], c.status) for c in text.stated] == stated
    assert text.dated == dated


def test_a_figure_is_made_up_and_every_name_marked(told):
    text, _ = told("青禾入股")
    document = text.annotated.extraction.document
    assert "<N>" not in document.text and document.text.endswith("%")
    assert [m.text for m in text.annotated.extraction.mentions] == ["青禾", "蓝杉", "蓝杉"]
    assert all(document.text[m.span.start : m.span.end] == m.text for m in text.annotated.extraction.mentions)


def test_a_sentence_with_a_name_that_no_label_shows_to_be_a_firm_is_left_out(told):
    assert told("青禾持股")
    with pytest.raises(KeyError, match="周岚"):
        told("周岚")


def test_what_its_words_hint_at_but_no_label_states_is_unknown(told):
    text, _ = told("青禾计划")
    assert text.known == OURS - {"acquired"}


def test_a_pair_that_is_labelled_unrelated_is_known_to_state_nothing(told):
    text, names = told("蓝杉是")
    left_open = {frozenset((names[c.subject], names[c.object])) for c in text.annotated.extraction.claims if c not in text.stated}
    assert frozenset(("蓝杉", "白桦")) not in left_open
    assert frozenset(("青禾", "白桦")) in left_open  # not labelled at all
