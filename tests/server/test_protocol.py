"""The endpoint follows the SPARQL 1.1 Protocol for queries and refuses the rest."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from xml.etree import ElementTree

import pytest
import rdflib
from example_graph import HOSTILE, example, ontology
from pyoxigraph import Literal
from starlette.testclient import TestClient

from kg.iris import BASE
from kg.outputs import inferences, nodelink, turtle
from kg.query import Limits
from kg.server import Access, app, protocol
from kg.server.negotiation import best
from kg.server.protocol import RefusedError

SELECT = "SELECT ?name WHERE { ?p a kgo:Person ; skos:prefLabel ?name } ORDER BY ?name"
CONSTRUCT = "CONSTRUCT { ?p a schema:Person } WHERE { ?p a kgo:Person }"
TERM = "CONSTRUCT { <a:x> rdf:reifies <<( <a:a> <a:b> <a:c> )>> } {}"
PEOPLE = ["Budi Hartanto", "Maria Okafor", "林晓云"]
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-query"}
# Four variables over all triples, sorted: more than any limit lets finish.
BOMB = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n_ ?o FILTER (?a != ?d && ?g != ?j && ?c != ?o) }"
# Every way through the graph, back and forth, three times.
STEP = "(!<urn:x>|^!<urn:x>)"
PATHS = f"SELECT (COUNT(*) AS ?n) {{ ?a {STEP}* ?b . ?b {STEP}* ?c . ?c {STEP}* ?d . ?d {STEP}+ ?e }}"


def names(content: bytes) -> list[str]:
    return [row["name"]["value"] for row in json.loads(content)["results"]["bindings"]]


@pytest.mark.parametrize("way", ["get", "form", "direct"])
def test_a_query_is_taken_in_all_three_ways(client: TestClient, way: str) -> None:
    if way == "get":
        response = client.get("/sparql", params={"query": SELECT})
    elif way == "form":
        response = client.post("/sparql", data={"query": SELECT})
    else:
        response = client.post("/sparql", content=SELECT, headers=DIRECT)
    assert response.status_code == 200 and response.headers["content-type"] == "application/sparql-results+json"
    assert names(response.content) == PEOPLE


def test_results_come_in_every_standard_format(client: TestClient) -> None:
    def get(media: str) -> bytes:
        response = client.get("/sparql", params={"query": SELECT}, headers={"Accept": media})
        assert response.headers["content-type"].startswith(media)
        return response.content

    assert names(get("application/json")) == PEOPLE
    xml = ElementTree.fromstring(get("application/sparql-results+xml"))
    assert [e.text for e in xml.iter("{http://www.w3.org/2005/sparql-results#}literal")] == PEOPLE
    assert [row["name"] for row in csv.DictReader(get("text/csv").decode().splitlines())] == PEOPLE
    assert get("text/tab-separated-values").decode().splitlines()[0] == "?name"
    for media, form in (
        ("text/turtle", "turtle"),
        ("application/n-triples", "nt"),
        ("application/ld+json", "json-ld"),
        ("application/rdf+xml", "xml"),
    ):
        response = client.get("/sparql", params={"query": CONSTRUCT}, headers={"Accept": media})
        assert response.headers["content-type"].startswith(media)
        assert len(rdflib.Graph().parse(data=response.content, format=form)) == 3
    assert client.get("/sparql", params={"query": "ASK { ?s a kgo:Person }"}).json()["boolean"] is True
    assert "results#" in client.get("/sparql", params={"query": "ASK {}"}, headers={"Accept": "application/sparql-results+xml"}).text


@pytest.mark.parametrize("name", [n for n in HOSTILE if n.strip() and "\x01" not in n])
def test_hostile_names_come_back(client: TestClient, name: str) -> None:
    query = f"SELECT ?name WHERE {{ ?p skos:prefLabel ?name FILTER (str(?name) = {Literal(name)}) }}"
    assert names(client.post("/sparql", content=query.encode(), headers=DIRECT).content) == [name]


@pytest.mark.parametrize(
    ("method", "status", "request_"),
    [
        ("GET", 400, {"params": {"query": "SELECT nonsense"}}),
        ("GET", 400, {"params": [("query", SELECT), ("query", SELECT)]}),
        ("GET", 400, {"params": {"query": "SELECT * { SERVICE <http://x.example/> { ?s ?p ?o } }"}}),
        ("GET", 400, {"params": {"query": "SELECT * { \\u0053ERVICE <http://x.example/> { ?s ?p ?o } }"}}),
        ("GET", 400, {"params": {"query": SELECT, "default-graph-uri": "x"}}),
        ("GET", 400, {"params": {"query": SELECT, "default-graph-uri": ""}}),
        ("POST", 400, {"params": {"named-graph-uri": "http://x y/"}, "content": SELECT, "headers": DIRECT}),
        ("GET", 403, {"params": {"query": "DROP ALL", "default-graph-uri": "http://x.example/"}}),
        ("GET", 403, {"params": {"query": "DROP ALL"}}),
        ("GET", 403, {"params": {"query": "LOAD <http://x.example/>"}}),
        ("GET", 403, {"params": {"update": "DROP ALL"}}),
        ("POST", 403, {"data": {"update": "DROP ALL"}}),
        ("POST", 403, {"content": "DROP ALL", "headers": {"Content-Type": "application/sparql-update"}}),
        ("POST", 400, {"content": "", "headers": FORM}),
        ("POST", 400, {"content": SELECT.encode("utf-16"), "headers": DIRECT}),
        ("POST", 415, {"content": SELECT, "headers": {"Content-Type": "application/sparql-query; charset=utf-16"}}),
        ("POST", 415, {"content": SELECT, "headers": {"Content-Type": "text/plain"}}),
        ("POST", 415, {"content": SELECT}),
        ("POST", 413, {"content": b"#" * 1_000_001, "headers": DIRECT}),
        ("PUT", 405, {"params": {"query": SELECT}}),
        ("DELETE", 405, {}),
        ("GET", 406, {"params": {"query": SELECT}, "headers": {"Accept": "image/png"}}),
        ("GET", 406, {"params": {"query": SELECT}, "headers": {"Accept": "text/turtle"}}),
        ("GET", 406, {"params": {"query": CONSTRUCT}, "headers": {"Accept": "text/csv"}}),
        ("GET", 406, {"params": {"query": TERM}, "headers": {"Accept": "application/ld+json"}}),
        ("GET", 406, {"params": {"query": "CONSTRUCT { <a:a> <a:b/2> 1 } {}"}, "headers": {"Accept": "application/rdf+xml"}}),
        ("GET", 200, {"params": {"query": "CONSTRUCT { <a:a> <a:b/领导> 1 } {}"}, "headers": {"Accept": "application/rdf+xml"}}),
        ("GET", 200, {"params": {"query": SELECT}, "headers": [("Accept", "image/png"), ("Accept", "text/csv")]}),
    ],
)
def test_errors_are_those_of_the_standard(client: TestClient, method: str, status: int, request_: Mapping[str, object]) -> None:
    response = client.request(method, "/sparql", **request_)
    assert response.status_code == status
    assert status != 405 or "GET" in response.headers["allow"]


def test_a_query_too_long_for_an_address_is_told_so() -> None:
    with pytest.raises(RefusedError, match="at most 1000000 bytes") as refused:
        protocol.one([("query", "#" * 1_000_001)], "GET")
    assert refused.value.status == 414


def test_without_a_query_the_service_describes_itself(client: TestClient) -> None:
    response = client.get("/sparql", headers={"Accept": "text/turtle"})
    graph = rdflib.Graph().parse(data=response.content, format="turtle")
    service = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    assert list(graph.objects(None, service.endpoint)) == [rdflib.URIRef("http://testserver/sparql")]
    assert client.get("/sparql", headers={"Accept": "text/html"}).headers["location"] == "/query"
    assert client.get("/sparql", headers={"Accept": "image/png"}).status_code == 406


@pytest.fixture(scope="module")
def inferring(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    out, graph = tmp_path_factory.mktemp("inferring"), example()
    graph.graph["base"] = "https://own.example/kg/"
    turtle.write(graph, ontology(), out / "graph.ttl")
    nodelink.write(graph, ontology(), out / "graph.json")
    inferences.write(graph, ontology(), out / "inferred.ttl")
    with TestClient(app(out, ontology(), Limits(seconds=60.0, rows=3))) as found:
        yield found


UNKNOWN, INFERRED = "http://x.example/", "https://own.example/kg/inferred"
OWN = rdflib.URIRef(INFERRED.removesuffix("inferred"))
STATED, NAMED = "kgo:chiefExecutiveOf ?o", "GRAPH ?g { ?s schema:name ?n }"


@pytest.mark.parametrize(
    ("graphs", "query", "expected"),
    [
        ({}, f"ASK {{ ?s {STATED} ; schema:name ?n . {NAMED} }}", True),
        ({"default-graph-uri": INFERRED}, "ASK { ?s schema:name ?n }", True),
        ({"default-graph-uri": INFERRED}, f"ASK {{ ?s {STATED} }}", False),
        ({"default-graph-uri": INFERRED}, f"ASK {{ {NAMED} }}", False),
        ({"default-graph-uri": UNKNOWN}, "ASK { ?s ?p ?o }", False),
        ({"default-graph-uri": [UNKNOWN, INFERRED]}, "ASK { ?s schema:name ?n }", True),
        ({"default-graph-uri": INFERRED}, f"ASK FROM <{UNKNOWN}> {{ ?s ?p ?o }}", True),
        ({"default-graph-uri": UNKNOWN}, f"ASK FROM <{INFERRED}> FROM NAMED <{INFERRED}> {{ {{ ?s ?p ?o }} UNION {{ {NAMED} }} }}", False),
        ({"named-graph-uri": INFERRED}, f"ASK {{ {NAMED} }}", True),
        ({"named-graph-uri": INFERRED}, "ASK { ?s ?p ?o }", False),
        ({"named-graph-uri": UNKNOWN}, f"ASK FROM NAMED <{INFERRED}> {{ {NAMED} }}", False),
        ({"default-graph-uri": UNKNOWN, "named-graph-uri": INFERRED}, f"ASK FROM NAMED <{UNKNOWN}> {{ {NAMED} }}", True),
    ],
)
def test_the_graphs_of_a_request_go_before_those_of_its_query(
    inferring: TestClient, graphs: Mapping[str, str | list[str]], query: str, expected: bool
) -> None:
    answers = [
        inferring.get("/sparql", params={"query": query, **graphs}),
        inferring.post("/sparql", data={"query": query, **graphs}),
        inferring.post("/sparql", params=graphs, content=query, headers=DIRECT),
    ]
    assert [a.json()["boolean"] for a in answers] == [expected] * 3


def test_the_graphs_of_a_request_are_asked_within_the_limits(inferring: TestClient) -> None:
    response = inferring.get("/sparql", params={"query": "SELECT * { ?s ?p ?o }", "default-graph-uri": INFERRED})
    assert response.headers["x-truncated"] == "3 rows"


SD, DATASET = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#"), rdflib.URIRef("http://rdfs.org/ns/void#Dataset")


def description(client: TestClient) -> rdflib.Graph:
    return rdflib.Graph().parse(data=client.get("/sparql", headers={"Accept": "text/turtle"}).content, format="turtle")


def test_the_description_says_that_the_graph_asked_is_the_one_that_describes_itself(client: TestClient) -> None:
    told = description(client)
    path = SD.defaultDataset / SD.defaultGraph
    assert [g for s in told.subjects(rdflib.RDF.type, SD.Service) for g in told.objects(s, path)] == [rdflib.URIRef(BASE)]
    assert {*told.objects(rdflib.URIRef(BASE), rdflib.RDF.type)} == {SD.Graph, DATASET}
    assert client.get("/sparql", params={"query": f"ASK {{ <{BASE}> a <{DATASET}> }}"}).json()["boolean"]


def test_the_description_tells_what_is_inferred(inferring: TestClient) -> None:
    described, service = description(inferring), SD
    assert {*described.objects(None, service.name)} == {rdflib.URIRef(INFERRED), rdflib.URIRef(INFERRED.replace("inferred", "stated"))}
    assert (None, service.feature, service.UnionDefaultGraph) in described
    (stated,) = described.subjects(service.graph, OWN)
    assert described.value(stated, service.name) == rdflib.URIRef(INFERRED.replace("inferred", "stated"))
    (default,) = described.objects(None, service.defaultGraph)
    assert isinstance(default, rdflib.BNode) and (OWN, rdflib.RDF.type, DATASET) in described


def test_too_many_rows_are_cut_and_said_to_be(client: TestClient) -> None:
    response = client.get("/sparql", params={"query": "SELECT ?s { ?s ?p ?o }"})
    assert len(response.json()["results"]["bindings"]) == 100 and response.headers["x-truncated"] == "100 rows"


def test_a_query_bomb_is_stopped_while_others_are_served(served: Path) -> None:
    with TestClient(app(served, ontology(), Limits(seconds=15.0, rows=100))) as client, ThreadPoolExecutor(4) as threads:
        bombs = [threads.submit(client.get, "/sparql", params={"query": bomb}) for bomb in (BOMB, PATHS)]
        others = [threads.submit(client.get, "/sparql", params={"query": SELECT}) for _ in range(4)]
        assert {o.result().status_code for o in others} == {200}
        assert {b.result().status_code for b in bombs} == {500} and not any("retry-after" in b.result().headers for b in bombs)
        assert "stopped after" in bombs[0].result().text


def test_other_origins_and_names_are_not_served_unless_asked(client: TestClient) -> None:
    response = client.get("/sparql", params={"query": SELECT}, headers={"Origin": "https://evil.example"})
    assert "access-control-allow-origin" not in response.headers
    assert client.get("/query", headers={"Host": "evil.example"}).status_code == 400


def test_an_origin_that_was_asked_for_may_read_and_send(served: Path) -> None:
    with TestClient(app(served, ontology(), access=Access(origins=["https://good.example"]))) as client:
        for origin, allowed in (("https://good.example", "https://good.example"), ("https://evil.example", None)):
            sent = {"Origin": origin, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
            assert client.options("/sparql", headers=sent).headers.get("access-control-allow-origin") == allowed
            response = client.get("/sparql", params={"query": SELECT}, headers={"Origin": origin})
            assert response.headers.get("access-control-allow-origin") == allowed


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, "a/x"),
        ("*/*", "a/x"),
        ("b/*", "b/z"),
        ("a/y", "a/y"),
        ("a/x;q=0.2, a/y;q=0.8", "a/y"),
        ("a/*;q=0.9, a/x;q=0", "a/y"),
        ("A/Y ; q=1", "a/y"),
        ("a/x;q=nonsense", None),
        ("c/c", None),
        ("", "a/x"),
    ],
)
def test_the_best_media_type_is_chosen(accept: str | None, expected: str | None) -> None:
    assert best(accept, {"a/x": "", "a/y": "", "b/z": ""}) == expected
