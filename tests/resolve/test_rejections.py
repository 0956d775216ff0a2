"""What is judged wrong leaves the graph, and nothing else does."""

from __future__ import annotations

import pytest
from extractions import claim, told

from kg.model import Utterance
from kg.resolve import Judgement, resolve

FIRST = told(
    "1.txt",
    "[P1 Maria Okafor] leads [O2 Northgate], partner of [O3 Harbour Foods]. [P4 Fire] burns.",
    claim(1, "chiefExecutiveOf", 2),
    claim(2, "partnerOf", 3),
    claim(4, "holdsPositionAt", 3),
)
SECOND = told("2.txt", "[P1 Maria Okafor] founded [O2 Northgate].", claim(1, "founderOf", 2), claim(1, "chiefExecutiveOf", 2))


def rejected(ontology, *judgement):
    """Give the facts and entities that a judgement takes out, and its issues."""
    before, after = (resolve([FIRST, SECOND], ontology, judgements) for judgements in ((), [Judgement("wrong", *judgement)]))
    assert set(after.facts) <= set(before.facts)
    assert set(after.entities) <= set(before.entities)
    facts = {f.predicate for f in set(before.facts) - set(after.facts)}
    return facts, {e.preferred.text for e in set(before.entities) - set(after.entities)}, [i.reason for i in after.issues]


@pytest.mark.parametrize(
    ("judgement", "facts"),
    [
        (("Maria Okafor", "Northgate", "chiefExecutiveOf"), {"chiefExecutiveOf"}),
        (("1.txt#char=0,5", "northgate", "chiefExecutiveOf"), {"chiefExecutiveOf"}),
        (("Maria Okafor", "Northgate", ""), {"chiefExecutiveOf", "founderOf"}),
        (("Northgate", "Maria Okafor", ""), {"chiefExecutiveOf", "founderOf"}),
        (("Harbour Foods", "Northgate", "partnerOf"), {"partnerOf"}),
        (("Northgate", "Harbour Foods", "partnerOf"), {"partnerOf"}),
    ],
)
def test_a_fact_judged_wrong_is_left_out_in_all_documents(ontology, judgement, facts):
    assert rejected(ontology, *judgement) == (facts, set(), [])


def test_a_thing_judged_wrong_is_left_out_with_what_is_stated_of_it(ontology):
    assert rejected(ontology, "Fire") == ({"holdsPositionAt"}, {"Fire"}, [])


def test_who_is_no_thing_says_nothing(ontology):
    evidence = FIRST.claims[0].evidence
    text = told("1.txt", "[P1 Maria Okafor] leads [O2 Northgate]. [P4 Fire] burns.", claim(1, "chiefExecutiveOf", 2, asserted_by=4))
    spoken = told("2.txt", "[P1 Fire] speaks.", utterances=(Utterance(1, "It burns", evidence, "en"),))
    (fact,) = resolve([text, spoken], ontology).facts
    assert [a.speaker.startswith("person/fire") for a in fact.asserted_by] == [True]
    found = resolve([text, spoken], ontology, [Judgement("wrong", "Fire")])
    assert [f.asserted_by for f in found.facts] == [()]
    assert found.quotations == ()


@pytest.mark.parametrize(
    ("judgement", "reason"),
    [
        (
            ("Northgate", "Maria Okafor", "chiefExecutiveOf"),
            "Northgate, chiefExecutiveOf, Maria Okafor: had no effect: no document says so",
        ),
        (("Maria Okafor", "Nobody", "founderOf"), "Maria Okafor, founderOf, Nobody: had no effect: no document names Nobody"),
        (("Nobody",), "Nobody: had no effect: no document names Nobody"),
    ],
)
def test_a_rejection_of_what_no_document_says_is_an_issue(ontology, judgement, reason):
    assert rejected(ontology, *judgement) == (set(), set(), [f"wrong: {reason}"])
