"""What a document says is true as of its date; of one term the latest word holds."""

from __future__ import annotations

from itertools import permutations

import pytest

from kg.model import Claim, Period, Span
from kg.resolve.facts import facts
from kg.resolve.statuses import Stated

TYPES = {"p": "Person", "o": "Organization"}


def said(issued, status, start=None, end=None, *, confidence=0.8, predicate="chiefExecutiveOf", speaker=None):
    document = f"{issued} {status} {start} {end}"
    made = Claim(0, predicate, 1, Span(document, 0, 9), status, None, Period(start, end), confidence)
    return Stated(made, "p", "o", speaker, "en", document, issued)


CASES = [
    # a term goes on: it is ahead, holds and is over
    ([said("2019-05-03", "Current"), said("2021-01-06", "Past")], {("Past", None, None)}),
    ([said("2019-05-03", "Future", "2019-06-01"), said("2020-01-06", "Current")], {("Current", "2019-06-01", None)}),
    ([said("2019-05-03", "Current", "2011"), said("2020-01-06", "Past", None, "2019-12-31")], {("Past", "2011", "2019-12-31")}),
    ([said("2019", "Future"), said("2020", "Current"), said("2022", "Past")], {("Past", None, None)}),
    ([said("2019", "Interim"), said("2020", "Current")], {("Current", None, None)}),
    # documents of one day, or without a date, tell nothing of each other
    ([said("2019-05-03", "Current"), said("2019-05-03", "Past")], {("Current", None, None), ("Past", None, None)}),
    ([said("2019-05", "Current"), said("2019", "Past")], {("Current", None, None), ("Past", None, None)}),
    ([said(None, "Current"), said("2021", "Past")], {("Current", None, None), ("Past", None, None)}),
    # who is back in office has a second term
    ([said("2019", "Past"), said("2021", "Current")], {("Past", None, None), ("Current", None, None)}),
    ([said("2017", "Current"), said("2019", "Past"), said("2021", "Current")], {("Past", None, None), ("Current", None, None)}),
    ([said("2019", "Current"), said("2021", "Past", None, "2010")], {("Current", None, None), ("Past", None, "2010")}),
    ([said("2019", "Current"), said("2021", "Past", "2020", "2021")], {("Current", None, None), ("Past", "2020", "2021")}),
    # what holds up to a day is over where a later document tells anything of who or where
    (
        [said("2019", "Current", None, "2020"), said("2021", "Current", predicate="chairOf")],
        {("Past", None, "2020"), ("Current", None, None)},
    ),
    (
        [said("2019", "Current", None, "2022"), said("2021", "Current", predicate="chairOf")],
        {("Current", None, "2022"), ("Current", None, None)},
    ),
    (
        [said("2019", "Future", "2020", "2021"), said("2023", "Current", predicate="chairOf")],
        {("Future", "2020", "2021"), ("Current", None, None)},
    ),
    # what is denied or heard is a fact of its own, and what is hardly said changes nothing
    ([said("2019", "Current"), said("2021", "Denied")], {("Current", None, None), ("Denied", None, None)}),
    ([said("2019", "Rumoured"), said("2021", "Current")], {("Rumoured", None, None), ("Current", None, None)}),
    ([said("2019", "Current"), said("2021", "Past", confidence=0.4)], {("Current", None, None), ("Past", None, None)}),
]


@pytest.mark.parametrize(("stated", "expected"), CASES)
def test_of_one_term_the_latest_word_holds(ontology, stated, expected):
    for order in permutations(stated):
        found = facts(order, TYPES, ontology)
        assert {(f.status, f.period.start, f.period.end) for f in found} == expected
        assert sorted(s for f in found for s in f.evidence) == sorted(s.claim.evidence for s in stated)


def test_a_claim_without_dates_is_of_the_term_that_its_document_may_mean(ontology):
    terms = [said("2021", "Past", "2001", "2007"), said("2021", "Current", "2014")]
    found = facts([*terms, said("2005", "Current")], TYPES, ontology)
    assert {f.status: len(f.evidence) for f in found} == {"Past": 2, "Current": 1}


def test_a_claim_that_can_be_of_no_term_told_is_another(ontology):
    found = facts([said("2023", "Past", "2011", "2020"), said("2023", "Current")], TYPES, ontology)
    assert {(f.status, f.period) for f in found} == {("Past", Period("2011", "2020")), ("Current", Period())}


def test_what_was_bought_stays_bought_when_more_is_to_be(ontology):
    types = {"p": "Organization", "o": "Organization"}
    found = facts([said("2015", "Current", predicate="acquired"), said("2020", "Future", predicate="acquired")], types, ontology)
    assert {f.status for f in found} == {"Current", "Future"}


def test_an_end_that_nobody_dates_lies_between_the_documents_that_tell(ontology):
    (fact,) = facts([said("2019-05-03", "Current"), said("2021-01-06", "Past"), said("2022", "Past")], TYPES, ontology)
    assert (fact.period.end, fact.end_bounds) == (None, ("2019-05-03", "2021-01-06"))
