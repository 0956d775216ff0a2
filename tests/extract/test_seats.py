"""A seat on a board gives way to the office that a text names there."""

import pytest

from kg.extract.seats import seated
from kg.model import Claim, Span


@pytest.mark.parametrize(
    ("language", "text", "title", "expected"),
    [
        ("zh", "[何知远]将加入{云溪}董事会，担任独立董事。", "董事会", "独立董事"),
        ("zh", "[何知遠]加入{云溪}董事會，並出任獨立董事。", "董事會", "獨立董事"),
        ("zh", "[何知远]加入{云溪}董事会，总裁出席。", "董事会", "董事会"),
        ("zh", "[何知远]加入{云溪}董事会，将出任董事长。", "董事会", "董事会"),
        ("zh", "[何知远]是{云溪}董事，担任总监。", "董事", "董事"),
        ("en", "[Okafor] joined {Tern}'s board.", "board", "board"),
    ],
)
def test_a_seat_is_no_title_where_an_office_follows(language, text, title, expected, marked, blank, ontology):
    plain, mentions, _ = marked(text)
    (person,), (firm,) = ([m.chain for m in mentions if m.type == kind] for kind in ("Person", "Organization"))
    claim = Claim(person, "holdsPositionAt", firm, Span("a.txt", 0, len(plain)), "Current", title)
    assert [c.title for c in seated((claim,), blank(plain, language), mentions, ontology)] == [expected]
