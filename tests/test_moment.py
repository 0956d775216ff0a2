"""What held on a day."""

from __future__ import annotations

import importlib

import pyoxigraph as ox
import pytest

from kg.dates import bounds
from kg.errors import QueryError
from kg.graph import assemble
from kg.iris import BASE, VOCABULARIES
from kg.model import Document, Entity, Fact, Name, Period, Resolution, Span
from kg.moment import dated, held
from kg.ontology import load
from kg.outputs import FILES, FORMATS
from kg.rdf import triples
from kg.terms import NAMESPACE

XSD, VALID = VOCABULARIES["xsd"], VOCABULARIES["dcterms"] + "valid"
DOCUMENT = Document("a.txt", "Okafor Larkfield", "en", issued="2031-09-12")


def graph(status, start=None, end=None):
    names = {"person/okafor": ("Person", "Okafor", 0), "organization/larkfield": ("Organization", "Larkfield", 7)}
    entities = [
        Entity(i, (c,), Name(n, "en"), (Name(n, "en"),), (Span("a.txt", at, at + len(n)),)) for i, (c, n, at) in sorted(names.items())
    ]
    span = (Span("a.txt", 0, 16),)
    fact = Fact("fact/1", "person/okafor", "chiefExecutiveOf", "organization/larkfield", status, span, period=Period(start, end))
    fact = Fact(**{f: getattr(fact, f) for f in fact.__slots__} | {"start_bounds": bounds(start), "end_bounds": bounds(end)})
    return assemble(Resolution(tuple(entities), (fact,), ()), [DOCUMENT])


@pytest.mark.parametrize(
    ("status", "start", "end", "date", "expected"),
    [
        ("Current", "2029-03", None, "2029-02-28", False),
        ("Current", "2029-03", None, "2029-03-01", True),
        ("Current", "2029-03", None, "2035", True),
        ("Current", None, None, "2031-09-11", False),
        ("Current", None, None, "2031-09-12", True),
        ("Past", "2025", "2029-03-10", "2024", False),
        ("Past", "2025", "2029-03-10", "2025", True),
        ("Past", "2025", "2029-03-10", "2029-03-09", True),
        ("Past", "2025", "2029-03-10", "2029-03-10", False),
        ("Past", None, "2029-03", "2029-03-31", True),
        ("Past", None, "2029-03", "2029-04-01", False),
        ("Past", None, None, "2031-09-11", False),
        ("Future", "2032", None, "2031", False),
        ("Future", "2032", None, "2032", True),
        ("Future", None, None, "2040", False),
        ("Rumoured", "2029", None, "2030", False),
        ("Denied", "2029", None, "2030", False),
    ],
)
def test_a_fact_holds_between_its_dates(status, start, end, date, expected):
    found = held(graph(status, start, end), load(), date)
    assert [a["status"] for _, _, a in found.edges(data=True)] == ["Current"] * expected
    assert len(found) == 2


def test_a_fact_that_a_succession_ended_is_plain_only_as_of_its_time():
    whole = graph("Current", "2025", "2029")
    for *_, a in whole.edges(data=True):
        a.update(end_confidence=0.9)
    plain = [t for t in triples(whole, load()) if t.predicate.value.endswith("#chiefExecutiveOf")]
    then = [t for t in triples(held(whole, load(), "2027"), load()) if t.predicate.value.endswith("#chiefExecutiveOf")]
    assert (len(plain), len(then)) == (0, 1)


def test_what_holds_for_the_time_being_stays_so():
    found = held(graph("Interim", "2029"), load(), "2030")
    assert [a["status"] for _, _, a in found.edges(data=True)] == ["Interim"]


@pytest.mark.parametrize("date", ["soon", "2031-13", "2031-02-30", "2031-9", ""])
def test_what_is_no_date_is_refused(date):
    with pytest.raises(QueryError, match=f"{date} is no date"):
        held(graph("Current"), load(), date)


def test_without_a_date_the_folder_itself_is_asked(tmp_path):
    with dated(tmp_path, load(), None) as (folder, note):
        assert (folder, note) == (tmp_path, "")


@pytest.mark.parametrize("form", ["turtle", "ntriples", "nquads", "trig", "jsonld", "rdf12", "json", "report"])
def test_a_graph_of_a_day_says_so(tmp_path, form):
    whole = graph("Current", "2025", "2029")
    for *_, a in whole.edges(data=True):
        a.update(end_confidence=0.9)
    path = tmp_path / FILES[form]
    importlib.import_module(FORMATS[form]).write(held(whole, load(), "2027"), load(), path)
    said = path.read_text(encoding="utf-8")
    assert "2027-12-31" in said
    if form not in ("json", "report"):
        store = ox.Store()
        store.load(path=path, format=ox.RdfFormat.from_extension(path.name.rpartition(".")[2]))
        day, plain = ox.Literal("2027-12-31", datatype=ox.NamedNode(XSD + "date")), ox.NamedNode(NAMESPACE + "chiefExecutiveOf")
        assert {q.object for q in store.quads_for_pattern(ox.NamedNode(BASE), ox.NamedNode(VALID), None)} == {day}
        assert list(store.quads_for_pattern(None, plain, None))
    importlib.import_module(FORMATS[form]).write(whole, load(), path)
    assert "2027-12-31" not in path.read_text(encoding="utf-8")
