"""What is told of an entity, in words."""

from __future__ import annotations

import pytest

from kg.explain import about, figure, unknown
from kg.graph import Graph, assemble
from kg.model import Document, Entity, Fact, Name, Period, Quantity, Resolution, Span
from kg.ontology import load

TEXT = "Okafor left Larkfield, which has 2,000 employees. Novak took over in 2031."


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span("a.txt", start, start + len(words))


@pytest.fixture
def graph() -> Graph:
    staff = Quantity("count", "2000", "employees", span("2,000 employees"), "2031-02")
    firm, chief = Name("Larkfield", "en"), Name("Okafor", "en")
    entities = (
        Entity("organization/larkfield", ("Organization",), firm, (firm,), (span("Larkfield"),), (staff,)),
        Entity("person/okafor", ("Person",), chief, (chief,), (span("Okafor"),)),
    )
    post = Fact(
        "fact/1",
        "person/okafor",
        "chiefExecutiveOf",
        "organization/larkfield",
        "Past",
        (span("Okafor left Larkfield"),),
        period=Period(None, "2031"),
        confidence=0.9,
        asserted_by=("organization/larkfield",),
        inferred=("end",),
        end_confidence=0.64,
        end_evidence=(span("Novak took over in 2031"),),
    )
    return assemble(Resolution(entities, (post,), ()), [Document("a.txt", TEXT, "en")])


def test_figures_and_inferred_ends_come_with_their_words(graph):
    told = list(about(graph, load(), "Larkfield"))
    assert "  2,000 employees (2031-02)" in told
    assert any(line.strip() == "a.txt 33–48: “2,000 employees”" for line in told)
    assert any("until 2031 (inferred, 0.64), says Larkfield; confidence 0.90" in line for line in told)
    assert any(line.strip() == "end: a.txt 50–73: “Novak took over in 2031”" for line in told)


@pytest.mark.parametrize(
    ("value", "unit", "said"), [("1500000000", "USD", "1,500,000,000 USD"), ("12.5", "%", "12.5 %"), ("x", "%", "x %")]
)
def test_a_figure_is_readable(value, unit, said):
    assert figure({"value": value, "unit": unit, "date": None}) == said


def test_names_that_nothing_bears_are_told(graph):
    assert list(unknown(graph, ["okafor", "Larkfeld", "a.txt#char=0,6"])) == ["nothing is named Larkfeld; did you mean Larkfield?"]
