"""`why` tells the evidence; judgements are read, written and obeyed."""

from __future__ import annotations

import csv
import re

import pytest
from extractions import claim, told

from kg.errors import InputError
from kg.model import Document, Extraction, Mention, Span
from kg.resolve.evidence import ENOUGH
from kg.resolve.explain import why
from kg.resolve.judgements import Judgement, add_judgement, read_judgements


def page(identifier, *named):
    text, mentions = "", []
    for chain, (name, cls) in enumerate(named):
        mentions.append(Mention(Span(identifier, len(text), len(text) + len(name)), name, cls, "en", chain))
        text += name + " - "
    return Extraction(Document(identifier, text, "en"), tuple(mentions))


TEXTS = (
    page("1.txt", ("Maria Okafor", "Person"), ("Okafor", "Person"), ("Marcus Lee", "Person"), ("Northgate", "Organization")),
    page("2.txt", ("Maria Chidi Okafor", "Person"), ("Marian Oxley", "Person")),
)


def test_names_of_one_entity_are_joined_step_by_step(ontology):
    told = why(TEXTS, ontology, ["Okafor", "Maria Chidi Okafor"])
    assert told.same
    assert [(s.first, s.second) for s in told.steps] == [("Maria Okafor", "Okafor"), ("Maria Okafor", "Maria Chidi Okafor")]
    assert all(s.score >= 1 and s.evidence and s.evidence[0].spans for s in told.steps)


@pytest.mark.parametrize("other", ["Marcus Lee", "Marian Oxley", "Northgate"])
def test_names_of_two_entities_come_with_what_keeps_them_apart(ontology, other):
    told = why(TEXTS, ontology, ["Maria Okafor", other])
    assert told.same is False
    assert told.steps
    assert all(s.score < 1 for s in told.steps)


def test_one_name_comes_with_all_that_holds_it_together(ontology):
    told = why(TEXTS, ontology, ["Maria Okafor"])
    assert {frozenset((s.first, s.second)) for s in told.steps} >= {frozenset(("Maria Okafor", "Okafor"))}


def test_a_name_that_no_document_uses_is_neither(ontology):
    assert why(TEXTS, ontology, ["Nobody", "Okafor"]).same is None
    assert why(TEXTS, ontology, ["Nobody"]).same is None


def test_a_place_in_a_document_serves_as_a_name(ontology):
    assert why(TEXTS, ontology, ["1.txt#char=0,5", "1.txt#char=15,16"]).same


def test_judgements_made_by_hand_are_told(ontology):
    judgement = Judgement("same", "Marcus Lee", "Okafor")
    told = why(TEXTS, ontology, ["Marcus Lee", "Okafor"], [judgement])
    assert told.same
    assert told.judgements == (judgement,)
    assert why(TEXTS, ontology, ["1.txt#char=0,5"], [judgement]).judgements == ()
    assert why(TEXTS, ontology, ["1.txt#char=15,21"], [judgement]).judgements == (judgement,)


def test_judgements_survive_their_file(tmp_path):
    path = tmp_path / "resolution.csv"
    judgements = (Judgement("different", "吴", "Wu, Ltd"), Judgement("same", "a", "1.txt#char=0,5"))
    for judgement in reversed(judgements):
        add_judgement(path, judgement, path)
    assert read_judgements(path) == judgements


def test_a_judgement_takes_the_place_of_contrary_ones_and_keeps_further_columns_of_others(tmp_path):
    path, before = tmp_path / "resolution.csv", 'kind,first,second,by,note\nsame,b,a,Ana,clear\nsame,a,b,Bo\ndifferent,c,d,Ana,"see p, 2"\n'
    path.write_text(before)
    add_judgement(path, Judgement("same", "a", "b"), path)
    assert path.read_text() == 'kind,first,second,by,note\ndifferent,c,d,Ana,"see p, 2"\nsame,a,b,Bo\nsame,b,a,Ana,clear\n'
    add_judgement(path, Judgement("different", "a", "b"), path)
    assert path.read_text() == 'kind,first,second,by,note\ndifferent,a,b\ndifferent,c,d,Ana,"see p, 2"\n'


def test_one_name_tells_why_its_namesakes_are_apart(ontology):
    texts = [
        told("1.txt", "[P1 Maria Lopez] leads [O2 Northgate].", claim(1, "chiefExecutiveOf", 2)),
        told("2.txt", "[P1 Maria Lopez] leads [O2 Harbour Foods].", claim(1, "chiefExecutiveOf", 2)),
    ]
    (step,) = why(texts, ontology, ["Maria Lopez"]).steps
    assert (step.first, step.second) == ("Maria Lopez", "Maria Lopez")
    assert step.score < ENOUGH
    assert "they belong to different things" in {e.reason for e in step.evidence}


def test_a_judgement_on_a_fact_has_a_column_more(tmp_path):
    path = tmp_path / "resolution.csv"
    path.write_text("kind,first,second,note\nsame,a,b,clear\n")
    wrong = (Judgement("wrong", "a", "b", "leads"), Judgement("wrong", "b", "a", "leads"), Judgement("wrong", "fire"))
    for judgement in wrong:
        add_judgement(path, judgement, path)
    assert path.read_text() == "kind,first,second,relation,note\nsame,a,b,,clear\nwrong,a,b,leads\nwrong,b,a,leads\nwrong,fire,,\n"
    assert read_judgements(path) == (Judgement("same", "a", "b"), *wrong)


LONG = f'kind,first,second\nsame,a,"{"b" * csv.field_size_limit()}c"\n'


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("first,second\na,b\n", ": the first line should be kind,first,second"),
        ("", ": the first line should be kind,first,second"),
        ("kind,first,second\nmaybe,a,b\n", ", line 2: needs"),
        ("kind,first,second\nsame,a,\n", ", line 2: needs"),
        ("kind,first,second\n\n\nsame,a\n", ", line 4: needs"),
        ("kind,first,second,relation\nwrong,a,,leads\n", ", line 2: needs"),
        ("kind,first,second,relation\nwrong,,b,leads\n", ", line 2: needs"),
        ("kind,first,second\nsame,K\udcfcln,b\n", ": is damaged: 'utf-8' codec can't decode byte 0xfc"),
        (LONG, ": is damaged: field larger than field limit"),
        (None, ": cannot be read: Is a directory"),
    ],
    ids=["no kind", "empty", "odd kind", "no second", "after blank lines", "one end", "other end", "latin-1", "too long", "folder"],
)
def test_a_wrong_file_of_judgements_is_an_error_that_names_it(tmp_path, content, told):
    path = tmp_path / "resolution.csv"
    if content is None:
        path.mkdir()
    else:
        path.write_bytes(content.encode("utf-8", "surrogateescape"))
    for read in (read_judgements, lambda path: add_judgement(path, Judgement("same", "a", "b"), tmp_path / "part")):
        with pytest.raises(InputError, match=re.escape(f"{path}{told}")):
            read(path)


def test_a_file_of_judgements_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(InputError, match=r"none\.csv: cannot be read: No such file or directory"):
        read_judgements(tmp_path / "none.csv")
