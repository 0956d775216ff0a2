"""The RDF of a graph says what the contract of the design says, once, in any order of input."""

from __future__ import annotations

import importlib.util
import re
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse, serialize

sys.path.insert(0, str(Path(__file__).parent / "outputs"))

from example_graph import HOSTILE, example, named, ontology, shuffled

from kg import iris, rdf
from kg.graph import Graph
from kg.iris import BASE, documents, iri
from kg.literals import address, dated, tagged
from kg.rdf import described, grouped, prefixes, sections, triples

KGO = "https://w3id.org/kg/ontology#"
PREFIXES = {
    "kgo": KGO,
    "p": f"{BASE}person/",
    "o": f"{BASE}organization/",
    "f": f"{BASE}fact/",
    "q": f"{BASE}quotation/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "org": "http://www.w3.org/ns/org#",
    "oa": "http://www.w3.org/ns/oa#",
    "prov": "http://www.w3.org/ns/prov#",
    "schema": "https://schema.org/",
    "dcterms": "http://purl.org/dc/terms/",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def test_the_order_of_the_vocabularies_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(iris, "VOCABULARIES", {"foaf": "http://xmlns.com/foaf/0.1/", **dict(reversed(iris.VOCABULARIES.items()))})
    spec = importlib.util.spec_from_file_location("kg_rdf_anew", str(rdf.__file__))
    assert spec is not None
    anew = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(anew)  # type: ignore[union-attr]
    found = list(anew.triples(example(), ontology()))
    assert [t for t in found if t.object != NamedNode("http://xmlns.com/foaf/0.1/")] == list(triples(example(), ontology())) != found


@pytest.fixture(scope="module")
def store() -> Store:
    found = Store()
    found.extend(Quad(t.subject, t.predicate, t.object) for t in triples(example(HOSTILE), ontology()))
    return found


@pytest.mark.parametrize(
    "pattern",
    [
        'p:maria-okafor a kgo:Person ; skos:prefLabel "Maria Okafor"@en ; skos:altLabel "Okafor"',
        "o:青溪科技 a kgo:Organization, kgo:Company ; skos:prefLabel '青溪科技'@zh ; skos:altLabel 'Qingxi'@en",
        "p:maria-okafor kgo:chiefExecutiveOf o:larkfield-motors",
        "f:1a a rdf:Statement, org:Membership ; org:member p:maria-okafor ; org:organization o:larkfield-motors",
        "f:1a rdf:subject p:maria-okafor ; rdf:predicate kgo:chiefExecutiveOf ; rdf:object o:larkfield-motors",
        "f:1a kgo:title 'chief executive'@en ; kgo:status kgo:Current ; kgo:confidence 0.93 ; kgo:conflictsWith f:2b",
        "f:1a kgo:start '2031-09-10'^^xsd:date ; kgo:startEarliest '2031-09-10'^^xsd:date ; kgo:startLatest '2031-09-10'^^xsd:date",
        "f:2b kgo:end '2031-09'^^xsd:gYearMonth ; kgo:endEarliest '2031-09-01'^^xsd:date ; kgo:endLatest '2031-09-30'^^xsd:date",
        "f:2b kgo:status kgo:Past ; kgo:inferred 'end'",
        "f:4d kgo:start '2029'^^xsd:gYear ; kgo:title '董事长'@zh",
        "f:5e prov:wasDerivedFrom [ prov:wasAttributedTo p:maria-okafor ]",
        "q:7a prov:wasDerivedFrom [ prov:wasAttributedTo p:maria-okafor ]",
        "f:5e kgo:assertedBy p:maria-okafor ; kgo:amount ?q . ?q a kgo:Quantity ; kgo:value 1500000000.0 ; kgo:unit 'USD' ;"
        " kgo:date '2031'^^xsd:gYear ; prov:wasDerivedFrom ?s . ?s oa:hasSelector [ oa:exact '1.5 billion dollars' ]",
        "p:maria-okafor kgo:count [ a kgo:Quantity ; kgo:value 3.0 ]",
        "q:8b a kgo:Quotation ; kgo:speaker p:lin-xiaoyun ; kgo:text '我们明年将发布青溪助手。'@zh ; prov:wasDerivedFrom ?s",
        "?d a schema:Article, prov:Entity ; dcterms:identifier 'news/en-1.txt' ; dcterms:language 'en' ; "
        "dcterms:title 'Larkfield has a new chief'@en ;  dcterms:issued '2031-09-12'^^xsd:date ; schema:mentions p:budi-hartanto",
        "f:3c prov:wasDerivedFrom ?s . ?s a oa:SpecificResource ; oa:hasSource ?d ; oa:hasSelector [ a oa:TextPositionSelector ;"
        " oa:start 83 ;  oa:end 115 ], [ a oa:TextQuoteSelector ; oa:exact 'She took over from Budi Hartanto' ;"
        " oa:prefix 'Motors since 10 September 2031. ' ;  oa:suffix '. Okafor said, \"We will build ca' ]",
    ],
)
def test_graph_says(store: Store, pattern: str) -> None:
    assert store.query(f"ASK {{ {pattern} }}", prefixes=PREFIXES)


@pytest.mark.parametrize(
    "pattern",
    [
        "p:budi-hartanto kgo:chiefExecutiveOf ?o",  # past
        "o:larkfield-motors kgo:acquired ?o",  # rumoured
        "f:3c a org:Membership",
        "?x skos:prefLabel ?a, ?b . FILTER (lang(?a) = lang(?b) && ?a != ?b)",
        "?s oa:hasSelector ?a, ?b, ?c . FILTER (?a != ?b && ?b != ?c && ?a != ?c)",
    ],
)
def test_graph_does_not_say(store: Store, pattern: str) -> None:
    assert not store.query(f"ASK {{ {pattern} }}", prefixes=PREFIXES)


def test_only_a_role_that_someone_holds_or_held_is_a_membership() -> None:
    graph, words = example(), ontology()
    ends = "person/budi-hartanto", "organization/larkfield-motors"
    for status in words.statuses:
        graph.add_edge(*ends, key=status, **{**graph.edges[*ends, "2b"], "status": status})
    stated = {t for t in triples(graph, words) if t.subject.value.removeprefix(PREFIXES["f"]) in words.statuses}
    types = {(t.subject.value.removeprefix(PREFIXES["f"]), t.object.value) for t in stated if t.predicate.value.endswith("#type")}
    assert {s for s, t in types if t == PREFIXES["rdf"] + "Statement"} == set(words.statuses)
    assert {s for s, t in types if t == PREFIXES["org"] + "Membership"} == {"Current", "Interim", "Past"}
    members = {t.subject.value for t in stated if t.predicate.value.startswith(PREFIXES["org"])}
    assert members == {f"{PREFIXES['f']}{s}" for s in ("Current", "Interim", "Past")}


def test_a_membership_is_in_the_role_that_its_relation_tells() -> None:
    words, role = ontology(), NamedNode(f"{KGO}ChiefExecutive")
    relations = {
        name: replace(r, role=role.value if name in ("chiefExecutiveOf", "acquired") else None) for name, r in words.relations.items()
    }
    more = set(triples(example(), replace(words, relations=relations))) - set(triples(example(), words))
    assert more == {Triple(NamedNode(PREFIXES["f"] + f), NamedNode(PREFIXES["org"] + "role"), role) for f in ("1a", "2b")}


def test_every_evidence_span_is_described_once(store: Store) -> None:
    rows = store.query(
        "SELECT ?s (COUNT(?n) AS ?n_) { ?f prov:wasDerivedFrom ?s . ?s oa:hasSelector/oa:exact ?n } GROUP BY ?s ?f", prefixes=PREFIXES
    )
    assert {int(row["n_"].value) for row in rows} == {1}


def test_no_triple_comes_twice() -> None:
    counts = Counter(triples(example(HOSTILE), ontology()))
    assert set(counts.values()) == {1}


def test_an_entity_is_the_one_concept_that_is_meant() -> None:
    graph = example()
    graph.nodes["person/maria-okafor"]["concept"] = "https://names.example/okafor"
    more = set(triples(graph, ontology())) - set(triples(example(), ontology()))
    match = NamedNode(f"{PREFIXES['schema']}sameAs")
    assert more == {Triple(NamedNode(f"{PREFIXES['p']}maria-okafor"), match, NamedNode("https://names.example/okafor"))}


def test_order_of_input_does_not_matter() -> None:
    graph = example(HOSTILE)
    assert list(triples(graph, ontology())) == list(triples(shuffled(graph), ontology()))


def test_blank_nodes_follow_the_one_subject_that_names_them() -> None:
    seen = set()
    for subject, block in grouped(triples(example(), ontology())):
        assert subject not in seen
        seen.add(subject)
        named = Counter(t.object for t in block if isinstance(t.object, BlankNode))
        described = {t.subject for t in block} - {subject}
        assert set(named) == described and set(named.values()) <= {1}


def test_same_text_under_two_names_is_two_documents() -> None:
    graph = example()
    found = documents(graph)
    one, two = found["id-1.txt"], found["id-1-copy.txt"]
    text = graph.graph["documents"]["id-1.txt"]["sha256"][:16]
    assert one != two and one.value.startswith(f"{BASE}doc/{text}-") and two.value.startswith(f"{BASE}doc/{text}-")
    assert found["zh-1.txt"].value == f"{BASE}doc/{graph.graph['documents']['zh-1.txt']['sha256'][:16]}"


def test_sections_have_headings_and_an_empty_graph_says_of_itself_only() -> None:
    headings = ["The graph", "Entities", "Facts", "Quotations", "Documents and their evidence"]
    assert [heading for heading, _ in sections(Graph(), ontology())] == headings
    assert {t.subject for t in triples(Graph(), ontology())} == {NamedNode(BASE)}


def test_a_graph_says_first_what_it_is() -> None:
    graph, words = example(), replace(ontology(), namespace="https://boats.example/ns#")
    graph.graph |= {"base": "https://x.example/", "conforms_to": ["https://boats.example/2"], "as_of": "2031-09-10"}
    _, stream = next(sections(graph, words))
    said = [(t.predicate.value.removeprefix(PREFIXES["void"]).removeprefix(PREFIXES["dcterms"]), t.object) for t in stream]
    assert said[0] == (PREFIXES["rdf"] + "type", NamedNode(PREFIXES["void"] + "Dataset"))
    assert said[1:4] == [
        ("conformsTo", NamedNode("https://boats.example/2")),
        ("valid", Literal("2031-09-10", datatype=NamedNode(PREFIXES["xsd"] + "date"))),
        ("uriSpace", Literal("https://x.example/")),
    ]
    spoken = [o.value for p, o in said if p == "vocabulary" and isinstance(o, NamedNode)]
    assert spoken == sorted({KGO, words.namespace, *(PREFIXES[p] for p in ("dcterms", "oa", "org", "prov", "schema", "skos", "void"))})
    assert said[-1] == ("entities", Literal(str(len(graph)), datatype=NamedNode(PREFIXES["xsd"] + "integer")))
    assert {t.subject.value for t in described(graph, words)} == {"https://x.example/"}


def test_every_vocabulary_of_a_graph_is_named_and_a_part_of_it_is_not_described(store: Store) -> None:
    rows = store.query("SELECT ?p ?c { ?s ?p ?o OPTIONAL { ?s a ?c } }", prefixes=PREFIXES)
    used = {re.sub("[^#/]*$", "", term.value) for row in rows for term in row if term} - {PREFIXES["rdf"]}
    named = {row["v"].value for row in store.query("SELECT ?v { ?g void:vocabulary ?v }", prefixes=PREFIXES)}
    assert used == named
    part = triples(example(), ontology(), documents(example()))
    assert set(triples(example(), ontology())) - set(part) == set(described(example(), ontology()))


def test_a_kind_of_thing_never_takes_the_prefix_of_a_vocabulary() -> None:
    graph = Graph()
    graph.add_nodes_from(["org/a", "person/b", "Odd kind/c", "no-kind"])
    found = prefixes(graph, ontology())
    assert found["org"] == "http://www.w3.org/ns/org#" and found["person"] == f"{BASE}person/" and "Odd kind" not in found


@pytest.mark.parametrize(
    ("value", "datatype"),
    [
        ("2031", "gYear"),
        ("2031-09", "gYearMonth"),
        ("2031-09-12", "date"),
        ("2031-13", "string"),
        ("2031-02-30", "string"),
        ("2031-W01-1", "string"),
        ("20310912", "string"),
        ("٢٠٣١", "string"),
        ("0000", "string"),
        ("", "string"),
    ],
)
def test_dates_are_typed_by_precision(value: str, datatype: str) -> None:
    assert dated(value) == Literal(value, datatype=NamedNode(PREFIXES["xsd"] + datatype))


@pytest.mark.parametrize(
    ("language", "expected"),
    [("EN", "en"), ("zh-Hant", "zh-hant"), ("und", None), (None, None), ("", None), ("not a tag", None), ("toolongtag", None)],
)
def test_language_tags_are_lower_case_and_valid(language: str | None, expected: str | None) -> None:
    assert tagged("x", language).language == expected


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), min_size=2, max_size=5, unique=True))
def test_any_identifier_becomes_an_iri_of_its_own(identifiers: list[str]) -> None:
    iris = [iri(BASE, i) for i in identifiers]
    assert len(set(iris)) == len(iris)
    read = rdflib.Graph().parse(data=serialize([_triple(i) for i in iris], format=RdfFormat.N_TRIPLES), format="nt")
    assert {str(s) for s in read.subjects()} == {i.value for i in iris}


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))))
def test_any_name_comes_back_from_ntriples(names: list[str]) -> None:
    stream = list(triples(named(names), ontology()))
    data = serialize(stream, format=RdfFormat.N_TRIPLES)
    assert {q.triple for q in parse(data, RdfFormat.N_TRIPLES)} == set(stream)
    labels = {str(o) for o in rdflib.Graph().parse(data=data, format="nt").objects(predicate=rdflib.SKOS.prefLabel)}
    assert set(names) == labels


def _triple(subject: NamedNode) -> Triple:
    return Triple(subject, NamedNode("http://p.example/"), Literal("x"))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("https://news.example/a?b=1", NamedNode("https://news.example/a?b=1")),
        ("https://news.example/a b", Literal("https://news.example/a b")),
        ("Larkfield press office", Literal("Larkfield press office")),
        ("javascript:alert(1)", Literal("javascript:alert(1)")),
    ],
)
def test_a_source_is_an_iri_where_it_is_an_address_of_the_web(source: str, expected: NamedNode | Literal) -> None:
    assert address(source) == expected
