"""An office, an organization and a person in a row are two names, however they were found."""

import pytest

from kg.extract.holding import candidates, held
from kg.languages.encoder import Found, Reading


def reading(text, office, *names):
    start = text.index(office)
    return Reading(tuple(Found(a, a + len(n), k) for n, k, a in names), (), (Found(start, start + len(office), ""),), ())


CANDIDATES = [
    ("Ketua Umum Kadin Rina Lubis hadir.", "Ketua Umum", ["Kadin Rina Lubis"], {"Kadin Rina Lubis": 6}),
    ("CTO Tolmer Rina Lubis left Tolmer.", "CTO", ["Tolmer Rina Lubis", "Tolmer"], {"Tolmer Rina Lubis": 7}),
    ("CTO Tolmer Rina Lubis left.", "CTO", ["Tolmer Rina Lubis"], {}),
    ("Ketua Umum Kadin Rina hadir.", "Ketua Umum", ["Kadin Rina"], {}),
    ("The CTO met Kadin Rina Lubis.", "CTO", ["Kadin Rina Lubis"], {}),
    ("Ketua Umum Kadin untuk Jawa hadir.", "Ketua Umum", ["Kadin untuk Jawa"], {}),
]


@pytest.mark.parametrize(("text", "office", "names", "expected"), CANDIDATES)
def test_an_organization_behind_an_office_may_have_a_person_in_it(text, office, names, expected, ontology):
    read = reading(text, office, *((n, "Organization", text.rindex(n)) for n in names))
    assert candidates(text, read, ontology) == expected


@pytest.mark.parametrize(("kind", "expected"), [("Person", {"Kadin Rina Lubis": 6}), ("Organization", {})])
def test_it_has_one_where_the_rest_is_read_as_a_person(kind, expected, ontology):
    text = "Ketua Umum Kadin Rina Lubis hadir."
    read = reading(text, "Ketua Umum", ("Kadin", "Organization", 11), ("Rina Lubis", kind, 17))
    assert held(text, {"Kadin Rina Lubis": 6}, read, ontology) == expected
