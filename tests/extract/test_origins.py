"""Who comes from a firm has not the office there with which a text introduces him."""

import pytest

from kg.extract.origins import left
from kg.model import Claim, Span


@pytest.mark.parametrize(
    ("language", "text", "predicate", "title", "status", "expected"),
    [
        ("zh", "首席技术官[何知远]此前任职于{云溪}。", "holdsPositionAt", "首席技术官", "Past", ("holdsPositionAt", None, "Past")),
        ("zh", "首席执行官[何知远]来自美国{云溪}。", "chiefExecutiveOf", "首席执行官", "Current", ("holdsPositionAt", None, "Past")),
        ("zh", "執行長[何知远]則來自{云溪}。", "holdsPositionAt", None, "Current", ("holdsPositionAt", None, "Past")),
        ("zh", "律师[何知远]来自{云溪}。", "holdsPositionAt", "律师", "Current", ("holdsPositionAt", "律师", "Current")),
        ("zh", "[何知远]此前任职于{云溪}，任总监。", "holdsPositionAt", "总监", "Past", ("holdsPositionAt", "总监", "Past")),
        ("zh", "总裁[何知远]此前任职于{云溪}任总监。", "holdsPositionAt", "总监", "Past", ("holdsPositionAt", "总监", "Past")),
        ("zh", "总裁[何知远]来自{云溪}的对手。", "holdsPositionAt", "总裁", "Current", ("holdsPositionAt", "总裁", "Current")),
        (
            "en",
            "Treasurer [Okafor] previously worked at {Tern}.",
            "holdsPositionAt",
            "Treasurer",
            "Past",
            ("holdsPositionAt", None, "Past"),
        ),
        (
            "en",
            "Treasurer [Okafor] previously worked at {Tern}'s neighbour.",
            "holdsPositionAt",
            "Treasurer",
            "Past",
            ("holdsPositionAt", "Treasurer", "Past"),
        ),
        (
            "en",
            "Treasurer [Okafor] works at {Tern}.",
            "holdsPositionAt",
            "Treasurer",
            "Current",
            ("holdsPositionAt", "Treasurer", "Current"),
        ),
        ("id", "Direktur [Okafor] pernah bekerja di {Tern}.", "holdsPositionAt", "Direktur", "Past", ("holdsPositionAt", None, "Past")),
    ],
)
def test_an_office_before_a_name_is_not_one_at_a_former_employer(
    language, text, predicate, title, status, expected, marked, blank, ontology
):
    plain, mentions, _ = marked(text)
    (person,), (firm,) = ([m.chain for m in mentions if m.type == kind] for kind in ("Person", "Organization"))
    claim = Claim(person, predicate, firm, Span("a.txt", 0, len(plain)), status, title)
    (found,) = left((claim,), blank(plain, language), mentions, ontology)
    assert (found.predicate, found.title, found.status) == expected


def test_a_title_that_is_claimed_of_another_firm_is_none_where_its_holder_comes_from(marked, blank, ontology):
    plain, mentions, chains = marked("{Tern} treasurer [Okafor] comes from {Larkfield}.")
    place = Span("a.txt", 0, len(plain))
    here, there = (Claim(chains["Okafor"], "holdsPositionAt", chains[f], place, "Current", "treasurer") for f in ("Tern", "Larkfield"))
    found = tuple(left((here, there), blank(plain, "en"), mentions, ontology))
    assert [(c.title, c.status) for c in found] == [("treasurer", "Current"), (None, "Past")]
