"""Gold says only what its text says, in words that the ontology knows: seeds and the test documents alike."""

import json
import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest

HERE = Path(__file__).parent
SEEDS, DOCUMENTS = HERE.parent / "seeds", HERE / "documents"
GOLD = [path for folder in (SEEDS, DOCUMENTS) for path in sorted(folder.glob("*.json")) if path.name != "clusters.json"]
QUOTATION_MARKS = "\"'“”‘’「」『』"
HAN = re.compile(r"[\u4e00-\u9fff]")


@cache
def read(path):
    return path.with_suffix(".txt").read_text(encoding="utf-8"), json.loads(path.read_text(encoding="utf-8"))


@pytest.fixture(params=GOLD, ids=lambda path: path.stem)
def path(request):
    return request.param


@pytest.fixture
def text(path):
    return read(path)[0]


@pytest.fixture
def gold(path):
    return read(path)[1]


def whole_word(form):
    left = r"(?<![A-Za-z0-9\u00c0-\u024f])" if re.match(r"[A-Za-z0-9\u00c0-\u024f]", form) else ""
    right = r"(?![A-Za-z0-9\u00c0-\u024f])" if re.search(r"[A-Za-z0-9\u00c0-\u024f]$", form) else ""
    return left + re.escape(form) + right


def occurrences(text, entities):
    """Return the forms found in the text, longest first where they overlap."""
    forms = sorted((m for e in entities for m in e["mentions"]), key=len, reverse=True)
    return {m.group() for m in re.finditer("|".join(map(whole_word, forms)), text)}


def first_day(value):
    """Return the first day of an ISO date of any precision; raise ValueError where it is none."""
    if not re.fullmatch(r"\d{4}(-\d{2}){0,2}", value):
        raise ValueError(value)
    return date.fromisoformat((value + "-01-01")[:10])


def test_there_are_five_seeds_and_four_documents_per_language():
    languages = [read(p)[1]["language"] for p in GOLD if p.parent == DOCUMENTS]
    assert len(GOLD) == 17
    assert sorted(languages) == ["en"] * 4 + ["id"] * 4 + ["zh"] * 4


def test_keys_and_identifier_are_those_of_the_format(path, gold):
    assert list(gold) == ["id", "language", "source", "published", "entities", "relations", "quotes"]
    assert gold["id"] == path.stem
    assert gold["language"] in {"en", "id", "zh"}


def test_length_is_that_of_its_genre(path, text):
    assert 2500 <= len(text) <= 6000 if path.parent == SEEDS else 900 <= len(text) <= 1800


def test_text_is_normalised_and_ends_with_one_newline(text):
    assert not re.search(r"[\r\t\u00a0\ufeff\ufffd]", text)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


def test_entities_have_unique_identifiers_and_a_top_class(gold, ontology):
    identifiers = [e["id"] for e in gold["entities"]]
    assert len(identifiers) == len(set(identifiers))
    for entity in gold["entities"]:
        assert entity["type"] in ontology.classes, entity
        assert ontology.top(entity["type"]) == entity["type"], entity


def test_every_mention_stands_in_the_text_and_belongs_to_one_entity(text, gold):
    forms = [m for e in gold["entities"] for m in e["mentions"]]
    assert len(forms) == len(set(forms))
    assert occurrences(text, gold["entities"]) == set(forms)
    assert all(e["name"] in e["mentions"] for e in gold["entities"])


def test_places_take_part_in_a_relation(gold):
    used = {r[end] for r in gold["relations"] for end in ("subject", "object")}
    assert {e["id"] for e in gold["entities"] if e["type"] == "Place"} <= used


def test_relations_fit_the_ontology(gold, ontology):
    types = {e["id"]: e["type"] for e in gold["entities"]}
    for r in gold["relations"]:
        relation = ontology.relations[r["predicate"]]
        assert any(ontology.is_a(types[r["subject"]], c) for c in relation.domain), r
        assert any(ontology.is_a(types[r["object"]], c) for c in relation.range), r
        assert r["status"].capitalize() in ontology.statuses, r


def test_relations_are_stated_once_each(gold, ontology):
    keys = []
    for r in gold["relations"]:
        ends = (r["subject"], r["object"])
        keys.append((r["predicate"], tuple(sorted(ends)) if ontology.relations[r["predicate"]].symmetric else ends, r["title"]))
        assert r["subject"] != r["object"]
    assert len(keys) == len(set(keys))


def test_evidence_and_titles_are_exact_and_unambiguous(text, gold):
    for r in gold["relations"]:
        assert text.count(r["evidence"]) == 1, r
        assert r["title"] is None or r["title"] in text, r


def test_dates_are_iso_and_in_order(gold):
    stated = [(r["start"], r["end"]) for r in gold["relations"]] + [(gold["published"], None)]
    for start, end in stated:
        days = [first_day(value) for value in (start, end) if value]
        assert days == sorted(days)


def test_quotes_are_exact_stretches_between_quotation_marks(text, gold):
    speakers = {e["id"]: e["type"] for e in gold["entities"]}
    for quote in gold["quotes"]:
        assert speakers[quote["speaker"]] in {"Person", "Organization"}
        assert text.count(quote["text"]) == 1, quote
        start = text.index(quote["text"])
        assert text[start - 1] in QUOTATION_MARKS, quote
        assert text[start + len(quote["text"])] in QUOTATION_MARKS, quote
        assert len(quote["text"].split()) >= 4 or len(HAN.findall(quote["text"])) >= 8, quote


def test_the_documents_use_every_relation_and_every_status(ontology):
    relations = [r for p in GOLD if p.parent == DOCUMENTS for r in read(p)[1]["relations"]]
    assert len({r["predicate"] for r in relations}) == 15
    assert {r["status"].capitalize() for r in relations} == set(ontology.statuses)


def test_every_name_of_the_seeds_is_in_exactly_one_cluster():
    clusters = json.loads((SEEDS / "clusters.json").read_text(encoding="utf-8"))
    names = [n for group in clusters.values() for cluster in group.values() for n in cluster]
    entities = [e for p in GOLD if p.parent == SEEDS for e in read(p)[1]["entities"] if e["type"] != "Place"]
    assert len(names) == len(set(names))
    assert set(names) == {m for e in entities for m in e["mentions"]}


def test_the_seeds_state_the_headline_facts():
    stated = set()
    for path in (p for p in GOLD if p.parent == SEEDS):
        names = {e["id"]: e["name"] for e in read(path)[1]["entities"]}
        stated |= {(names[r["subject"]], r["predicate"], names[r["object"]], r["start"]) for r in read(path)[1]["relations"]}
    assert ("Eddie Wu Yongming", "chiefExecutiveOf", "Alibaba Group Holding", "2023-09-10") in stated
    assert ("Eddie Wu Yongming", "succeeds", "Daniel Zhang Yong", "2023-09-10") in stated
    assert ("蔡崇信", "chairOf", "阿里巴巴集团", None) in stated
    assert ("Qwen2.5-VL", "versionOf", "Tongyi Qianwen", None) in stated
