"""KnowledgeNet in folds: one is left out of learning, and what is found is judged by overlap of both ends; needs the `train` extra."""

import json

import pytest

pytest.importorskip("torch", reason="the train extra is not installed")

from kg.languages import encoder
from kg.ontology import load
from kg.training import folds, knowledgenet

TEXT = "Mira Holt founded Fernhill in 1990. She is still its chief executive officer."
ASKED = ["CEO", "FOUNDED_BY"]


def fact(relation, subject, other):
    return {"rel": relation, "s": place(subject), "o": place(other), "su": None, "ou": None}


def place(form):
    return [TEXT.index(form), TEXT.index(form) + len(form)]


def passage(fold=1, props=ASKED):
    wanted = [fact("FOUNDED_BY", "Fernhill", "Mira Holt"), fact("CEO", "Fernhill", "Mira Holt"), fact("CEO", "its", "She")]
    return {"fold": fold, "doc": "1", "text": TEXT, "props": props, "facts": wanted}


def test_one_fold_is_left_out(tmp_path):
    (tmp_path / "KnowledgeNet").mkdir()
    lines = [json.dumps(passage(fold)) for fold in (1, 2, 3)]
    (tmp_path / "KnowledgeNet" / "train.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert [p["fold"] for p in knowledgenet.passages(tmp_path)] == [1, 2, 3]
    kept = [t.annotated.extraction.document.identifier for t in knowledgenet.texts(tmp_path, load(), without=2)]
    assert kept == ["knowledgenet-0", "knowledgenet-2"]


def test_a_fact_is_right_where_both_ends_overlap_one_of_its_property(monkeypatch):
    given = [
        ("CEO", (17, 26), tuple(place("Holt"))),  # overlaps at both ends
        ("CEO", tuple(place("Fernhill")), tuple(place("1990"))),  # at one only
        ("FOUNDED_BY", tuple(place("Mira Holt")), tuple(place("Fernhill"))),  # turned around
    ]
    monkeypatch.setattr(folds, "found", lambda *_: iter(given))
    rates = folds.score([passage()], encoder.load(), load())
    assert rates["CEO"] == pytest.approx((1 / 2, 1 / 2, 1 / 2))
    assert rates["FOUNDED_BY"] == (0, 0, 0)
    assert rates["all"] == pytest.approx((1 / 3, 1 / 3, 1 / 3))


def test_every_pair_of_mentions_is_a_fact_and_only_what_was_asked():
    text, network = {**passage(), "text": TEXT}, encoder.load()
    facts = set(folds.found(text, network, load()))
    assert ("FOUNDED_BY", tuple(place("Fernhill")), tuple(place("Mira Holt"))) in facts
    assert ("CEO", tuple(place("Fernhill")), tuple(place("Mira Holt"))) in facts
    assert ("CEO", tuple(place("Fernhill")), tuple(place("She"))) in facts
    assert {relation for relation, *_ in folds.found(passage(props=["CEO"]), network, load())} == {"CEO"}
