"""Of several posts of the same two, a date is of the one that it stands beside."""

from __future__ import annotations

import pytest

from kg.extract.posts import Day, others
from kg.extract.promotions import taken
from kg.extract.titles import offices
from kg.model import Claim, Span


@pytest.mark.parametrize(
    ("text", "titles", "date", "expected"),
    [
        ("Renn joined Tern as deputy treasurer in 2015 and became treasurer in 2019.", ("deputy treasurer", "treasurer"), "2015", {1}),
        ("Renn joined Tern as deputy treasurer in 2015 and became treasurer in 2019.", ("deputy treasurer", "treasurer"), "2019", {0}),
        ("Renn was treasurer until 2015, then a deputy treasurer.", ("deputy treasurer", "treasurer"), "2015", {0}),
        ("Renn was treasurer and secretary until 2015.", ("secretary", "treasurer"), "2015", set()),
        ("Renn was treasurer, and has been a director since 2015.", ("treasurer",), "2015", {0}),
        ("Renn was treasurer until 2015.", ("treasurer",), "2015", set()),
        ("In 2015 Renn left.", ("secretary", "treasurer"), "2015", set()),
    ],
)
def test_a_date_is_of_the_post_beside_it(text, titles, date, expected, ontology):
    whole = Span("a.txt", 0, len(text))
    claims = {n: Claim(0, "holdsPositionAt", 1, whole, "Current", title) for n, title in enumerate(titles)}
    places = [Span("a.txt", text.index(d), text.index(d) + 4) for d in ("2015", date)]
    gained = [*taken(text, (0, len(text)), "en", ontology)]
    assert others(claims, Day(places[1], whole, places, gained), text, offices(ontology, "en")) == expected


def test_dates_in_order_are_of_posts_in_order(ontology):
    text = "Renn and Obi become treasurer and secretary on 1 May and 1 June, respectively."
    whole = Span("a.txt", 0, len(text))
    claims = {n: Claim(n % 2, "holdsPositionAt", 2, whole, "Current", t) for n, t in enumerate(("treasurer", "secretary"))}
    places = [Span("a.txt", text.index(d), text.index(d) + len(d)) for d in ("1 May", "1 June")]
    found = [others(claims, Day(place, whole, places, respective=True), text, offices(ontology, "en")) for place in places]
    assert found == [{1}, {0}]
