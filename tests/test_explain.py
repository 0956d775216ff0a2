"""What is told of an entity, in words."""

from __future__ import annotations

import re

import pytest

from kg.errors import InputError
from kg.explain import OTHERWISE, UNREAD, about, entities, overlooked, reasons, related
from kg.graph import Graph, assemble
from kg.model import Assertion, Document, Entity, Fact, Name, Period, Quantity, Resolution, Span
from kg.ontology import load
from kg.phrases import figure
from kg.resolve.explain import Explanation, Step
from kg.resolve.judgements import Judgement

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
        asserted_by=(Assertion("organization/larkfield", (span("Okafor left Larkfield"),)),),
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


def test_names_that_nothing_bears_are_told(graph, ontology):
    told = overlooked(graph, ontology, Judgement("same", "Larkfeld", "a.txt#char=0,6"))
    assert told == ["nothing is named Larkfeld; did you mean Larkfield?"]


MISPLACED = {
    "b.txt#char=0,6": "no document is named b.txt",
    "a.txt#char=6,0": "a.txt#char=6,0 holds no character",
    "a.txt#char=7,11": "nothing is named at a.txt#char=7,11",
    "a.txt#char=900,906": "nothing is named at a.txt#char=900,906: the text has 74 characters",
}


@pytest.mark.parametrize(("place", "told"), MISPLACED.items())
def test_places_at_which_nothing_is_named_are_told(graph, ontology, place, told):
    assert overlooked(graph, ontology, Judgement("wrong", place)) == [told]
    assert entities(graph, "a.txt#char=3,9") == ["person/okafor"]


def test_what_speaks_against_a_judgement_is_told(graph, ontology):
    def told(kind, other, relation=""):
        return overlooked(graph, ontology, Judgement(kind, "okafor", other, relation))

    assert told("same", "a.txt#char=3,9") == told("different", "a.txt#char=3,9") == []
    of_kinds, lost = told("same", "Larkfield")
    assert of_kinds == "okafor is of the kind Person, Larkfield of the kind Organization"
    assert lost == "1 fact between the two will be gone: nothing is related to itself"
    assert told("different", "Larkfield") == ["they are two already, and will stay so"]
    several = told("same", "a.txt#char=0,74")
    assert re.fullmatch(r"at a\.txt#char=0,74 \d+ things are named, and all are meant: .*Okafor.*", several[0])


def test_a_fact_that_is_not_stated_is_told_with_what_is(graph, ontology):
    (edge,) = graph.edges(data=True)
    stated, other = edge[2]["predicate"], next(r for r in ontology.relations if r != edge[2]["predicate"])
    assert overlooked(graph, ontology, Judgement("wrong", "okafor", "Larkfield", stated)) == []
    first, second = overlooked(graph, ontology, Judgement("wrong", "okafor", "Larkfield", other))
    assert first == "the graph does not say so, but:"
    assert second.startswith(f"  {stated}: Okafor – ")


@pytest.mark.parametrize("told", ["chiefExecutiveOf", "chief executive of", "Chief  Executive of", "担任首席执行官"])
def test_a_relation_is_known_by_its_name_and_its_labels(ontology, told):
    assert related(Judgement("wrong", "a", "b", told), ontology) == Judgement("wrong", "a", "b", "chiefExecutiveOf")
    assert related(Judgement("wrong", "a"), ontology) == Judgement("wrong", "a")


def test_a_relation_of_no_name_is_an_error_that_lists_those_there_are(ontology):
    with pytest.raises(InputError, match="no relation is named befriends; there are acquired, "):
        related(Judgement("wrong", "a", "b", "befriends"), ontology)


def test_a_hostile_name_that_is_meant_perhaps_turns_no_text(graph, ontology):
    graph.nodes["person/okafor"]["names"] = [{"text": "Oka\u2067for 👩\u200d💻", "language": "en"}]
    assert overlooked(graph, ontology, Judgement("wrong", "Okafur")) == ["nothing is named Okafur; did you mean Oka\ufffdfor 👩\u200d💻?"]


def test_equal_figures_are_said_once_with_each_place(graph):
    figure = {"kind": "amount", "value": "340000000", "unit": "USD", "date": None}
    spans = [{"document": "a.txt", "start": n, "end": n + 6} for n in (0, 12)]
    quantities = [{**figure, "span": s} for s in spans]
    graph.nodes["person/okafor"]["quantities"] = quantities
    next(iter(graph.edges(data=True)))[2]["quantities"] = quantities
    told = list(about(graph, load(), "Okafor"))
    assert [line.count("340,000,000 USD") for line in told if "USD" in line] == [1, 1]
    at = told.index("  340,000,000 USD")
    assert [line.split(":")[0].strip() for line in told[at + 1 : at + 3]] == ["a.txt 0–6", "a.txt 12–18"]


ONE_STEP = (Step("Okafor", "Larkfield", -1.0, ()),)
TOLD = [
    (Explanation("Okafor", "Larkfield", None, ()), [UNREAD]),
    (Explanation("Okafor", "Larkfield", True, (), (), frozenset({"a.txt"})), [OTHERWISE]),
    (
        Explanation("Okafor", "Larkfield", True, (), (Judgement("same", "Okafor", "Larkfield"),), frozenset({"a.txt"})),
        ["judged by hand: same: Okafor, Larkfield"],
    ),
    (
        Explanation("person/okafor", "Larkfield", None, (), (), frozenset({"a.txt"})),
        ["to see the evidence, give both names as they are listed above"],
    ),
    (
        Explanation("Okafor", "Larkfield", False, ONE_STEP, (), frozenset({"a.txt"})),
        ["“Okafor” and “Larkfield”: -1.00 (1 makes them one)"],
    ),
]


@pytest.mark.parametrize(("explanation", "told"), TOLD)
def test_evidence_that_is_not_the_graphs_is_not_taken_for_it(graph, explanation, told):
    assert list(reasons(graph, explanation)) == told
