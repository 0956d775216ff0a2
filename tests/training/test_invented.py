"""Invented texts: every claim stands in its sentence, names are where they are said to be, all languages and relations occur."""

import random

import pytest

from kg import ontology
from kg.training.renaming import Naming
from kg.training.wordings import invented

KINDS = ("Person", "Organization", "Product", "Event", "Place")
NAMES = {(k, n): [Naming(f"{k}{i}{n} Long", f"{k}{i}{n}") for i in range(9)] for k in KINDS for n in ("en", "id", "zh")}


@pytest.fixture(scope="module")
def texts():
    return [a.extraction for a in invented(ontology.load(), NAMES, random.Random(1), 600)]


def test_mentions_stand_where_they_say(texts):
    for x in texts:
        assert all(x.document.text[m.span.start : m.span.end].casefold() == m.text.casefold() for m in x.mentions)


def test_each_claim_is_stated_between_its_mentions_in_its_evidence(texts):
    for x in texts:
        for claim in x.claims:
            inside = {m.chain for m in x.mentions if claim.evidence.start <= m.span.start and m.span.end <= claim.evidence.end}
            assert {claim.subject, claim.object} <= inside
            assert claim.title is None or claim.title.casefold() in x.document.text[claim.evidence.start : claim.evidence.end].casefold()


def test_every_relation_is_stated_in_every_language(texts):
    stated = {(c.predicate, x.document.language) for x in texts for c in x.claims}
    domain = ontology.load()
    assert stated == {(w.relation, w.language) for r in domain.relations.values() for w in r.wordings}


def test_the_same_chance_gives_the_same_texts(texts):
    again = invented(ontology.load(), NAMES, random.Random(1), 600)
    assert [a.extraction for a in again] == texts


def test_without_names_nothing_is_stated():
    assert not any(a.extraction.claims for a in invented(ontology.load(), {}, random.Random(1), 5))
