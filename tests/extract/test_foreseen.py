"""The day of a document against the dates of its claims."""

from __future__ import annotations

import pytest

from kg.extract.foreseen import foreseen
from kg.model import Claim, Period, Span

PLACE = Span("a.txt", 0, 9)
NEW, OLD, FIRM, OTHER = range(4)


def claim(predicate, subject, object_, status="Current", start=None, end=None):
    return Claim(subject, predicate, object_, PLACE, status, period=Period(start, end))


def statuses(claims, issued, ontology):
    return [c.status for c in foreseen(claims, issued, ontology)]


@pytest.mark.parametrize(
    ("status", "start", "end", "issued", "expected"),
    [
        ("Current", "2031-04-01", None, "2031-03-04", "Future"),
        ("Current", "2031-04", None, "2031-03-04", "Future"),
        ("Current", "2031-03", None, "2031-03-04", "Current"),
        ("Current", "2031", None, "2031-03-04", "Current"),
        ("Current", "2031-04-01", None, "2031", "Current"),
        ("Current", "2031-04-01", None, None, "Current"),
        ("Rumoured", "2031-04-01", None, "2031-03-04", "Rumoured"),
        ("Interim", "2031-04-01", None, "2031-03-04", "Future"),
        ("Past", None, "2031-04", "2031-03-04", "Current"),
        ("Past", None, "2031-03", "2031-03-04", "Past"),
        ("Past", "2032", None, "2031-03-04", "Past"),
    ],
)
def test_what_begins_later_has_not_begun_and_what_ends_later_goes_on(status, start, end, issued, expected, ontology):
    assert statuses([claim("holdsPositionAt", NEW, FIRM, status, start, end)], issued, ontology) == [expected]


@pytest.mark.parametrize(
    ("posts", "expected"),
    [
        ([("Future", NEW, FIRM), ("Current", OLD, FIRM)], "Future"),
        ([("Current", NEW, FIRM), ("Current", OLD, FIRM)], "Current"),
        ([("Future", NEW, FIRM), ("Current", NEW, FIRM), ("Current", OLD, FIRM)], "Current"),
        ([("Future", NEW, FIRM), ("Current", OLD, OTHER)], "Current"),
        ([], "Current"),
    ],
)
def test_who_has_yet_to_take_up_the_post_has_yet_to_succeed(posts, expected, ontology):
    claims = [claim("succeeds", NEW, OLD), *(claim("holdsPositionAt", who, firm, status) for status, who, firm in posts)]
    assert statuses(claims, None, ontology)[0] == expected


def test_a_succession_waits_for_a_post_that_its_date_puts_ahead(ontology):
    claims = [claim("holdsPositionAt", NEW, FIRM, start="2031-05-01"), claim("succeeds", NEW, OLD), claim("holdsPositionAt", OLD, FIRM)]
    assert statuses(claims, "2031-03-04", ontology) == ["Future", "Future", "Current"]
