"""Pages are offline, closed to scripts that are not theirs, and hold names as text."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
import rdflib
from example_graph import HOSTILE, example, ontology
from starlette.testclient import TestClient

from kg.errors import GraphError
from kg.folder import load as load_graph
from kg.iris import BASE
from kg.ontology import load
from kg.outputs import nodelink, turtle, vocabulary
from kg.server import app


@pytest.mark.parametrize(
    "path", ["/", "/query", "/query.json", "/assets/query.js", "/assets/colours.js", "/assets/style.css", "/entity/person/maria-okafor"]
)
def test_pages_are_served_with_a_policy_and_name_no_other_host(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert (
        "frame-ancestors 'none'" in response.headers["content-security-policy"] and response.headers["x-content-type-options"] == "nosniff"
    )
    if path.endswith((".js", ".css", "query")):
        assert "http://" not in response.text and "https://" not in response.text


@pytest.mark.parametrize("path", ["/entity/person/nobody", "/assets/..%2f__init__.py", "/assets/secret", "/nothing"])
def test_what_is_not_there_is_not_found(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_an_entity_page_tells_facts_and_their_sentences(client: TestClient) -> None:
    text = client.get("/entity/person/maria-okafor", headers={"Accept": "text/html"}).text
    assert '<a href="/entity/organization/larkfield-motors"><bdi>Larkfield Motors</bdi></a>' in text and "<b>chief executive of</b>" in text
    assert "She took over from Budi Hartanto" in text and "We will build cars that nobody has to fear." in text
    assert "news/en-1.txt" in text and "https://w3id.org/kg/id/person/maria-okafor" in text


def test_an_entity_comes_as_rdf_too(client: TestClient) -> None:
    subject = rdflib.URIRef("https://w3id.org/kg/id/organization/青溪科技")
    for media, form in (("text/turtle", "turtle"), ("application/ld+json", "json-ld"), ("application/n-triples", "nt")):
        response = client.get("/entity/organization/青溪科技", headers={"Accept": media})
        assert response.status_code == 200 and response.headers["content-type"].startswith(media)
        graph = rdflib.Graph().parse(data=response.content, format=form)
        assert (subject, rdflib.SKOS.prefLabel, rdflib.Literal("青溪科技", lang="zh")) in graph
    assert client.get("/entity/person/maria-okafor?format=turtle").headers["content-type"].startswith("text/turtle")
    assert client.get("/entity/person/maria-okafor", headers={"Accept": "image/png"}).status_code == 406


def test_an_entity_stands_under_the_base_of_its_graph(tmp_path: Path) -> None:
    graph, base = example(), "https://other.example/things/"
    graph.graph["base"] = base
    turtle.write(graph, ontology(), tmp_path / "graph.ttl")
    nodelink.write(graph, ontology(), tmp_path / "graph.json")
    with TestClient(app(tmp_path, ontology())) as found:
        for media in ("text/html", "text/turtle", "application/n-triples"):
            text = found.get("/entity/person/maria-okafor", headers={"Accept": media}).text
            assert f"{base}person/" in text and BASE not in text
        assert found.get("/query.json").json()["base"] == base


def test_an_entity_with_a_property_that_xml_cannot_name_is_told_so(tmp_path: Path) -> None:
    graph = example()
    graph.edges["organization/larkfield-motors", "organization/青溪科技", "6f"]["predicate"] = "2031"
    turtle.write(graph, ontology(), tmp_path / "graph.ttl")
    nodelink.write(graph, ontology(), tmp_path / "graph.json")
    with TestClient(app(tmp_path, ontology())) as found:
        response = found.get("/entity/organization/larkfield-motors", headers={"Accept": "application/rdf+xml"})
        assert response.status_code == 406 and "https://w3id.org/kg/ontology#2031" in response.text and response.headers["vary"] == "Accept"
        assert found.get("/entity/person/lin-xiaoyun", headers={"Accept": "application/rdf+xml"}).status_code == 200


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_hostile_names_are_text(client: TestClient, number: int) -> None:
    text = client.get(f"/entity/product/p{number:04}", headers={"Accept": "text/html"}).text
    assert "<script" not in text and "-->" not in text


def test_a_ready_question_has_its_parameters_bound(client: TestClient) -> None:
    assert client.get("/question/people").text.startswith("SELECT ?name")
    assert client.get("/question/nobody").status_code == 404
    assert client.get("/query.json").json()["questions"][0]["name"] == "people"


def test_the_ontology_has_its_page(tmp_path: Path) -> None:
    text = vocabulary.page(load())
    for section, said in (
        ("chiefExecutiveOf", '<a href="https://schema.org/worksFor">schema:worksFor</a>'),
        ("hasChiefExecutive", '<a href="#chiefExecutiveOf">chiefExecutiveOf</a>'),
        ("acquired", '<a href="#Organization">Organization</a>, <a href="#Product">Product</a>'),
        ("partnerOf", "<dd>symmetric</dd>"),
        ("Person", '<p lang="zh"><small>zh</small> 文本中提到姓名的人。</p>'),
    ):
        assert said in text.partition(f'<section id="{section}">')[2].partition("</section>")[0], section
    assert "https://w3id.org/kg/ontology/0.1.0" in text
    html = ElementTree.fromstring(
        text.replace("<!doctype html>", "").replace('<meta charset="utf-8">', "").replace('scale=1">', 'scale=1"/>')
    )
    anchors = {e.get("id") for e in html.iter("section")}
    assert {e.get("href", "")[1:] for e in html.iter("a") if e.get("href", "").startswith("#")} <= anchors


def test_a_folder_without_a_graph_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="holds no graph"):
        app(tmp_path, ontology())


def test_a_graph_built_anew_is_served_anew(tmp_path: Path) -> None:
    def build(names: list[str]) -> None:
        turtle.write(example(names), ontology(), tmp_path / "graph.ttl")
        nodelink.write(example(names), ontology(), tmp_path / "graph.json")

    def counted(found: TestClient) -> int:
        answer = found.get("/sparql", params={"query": "SELECT ?x { ?x skos:prefLabel ?n }"}, headers={"Accept": "application/json"})
        return len(answer.json()["results"]["bindings"])

    build([])
    with TestClient(app(tmp_path, ontology())) as found:
        before = counted(found)
        assert found.get("/entity/product/newcomer").status_code == 404
        build(["Newcomer"])
        assert counted(found) == before + 1
        fresh = next(n for n, label in load_graph(tmp_path).nodes(data="label") if label == "Newcomer")
        assert found.get(f"/entity/{fresh}").status_code == 200
        (tmp_path / "graph.json").write_text("{", encoding="utf-8")
        assert found.get(f"/entity/{fresh}").status_code == 200
        (tmp_path / "graph.ttl").unlink()
        assert found.get("/sparql", params={"query": "ASK {}"}).status_code == 503


def test_the_graph_is_read_again_when_its_other_file_comes_later(tmp_path: Path) -> None:
    turtle.write(example(), ontology(), tmp_path / "graph.ttl")
    nodelink.write(example(), ontology(), tmp_path / "graph.json")
    with TestClient(app(tmp_path, ontology())) as found:
        turtle.write(example(["Newcomer"]), ontology(), tmp_path / "graph.ttl")
        assert found.get("/entity/product/nobody").status_code == 404
        nodelink.write(example(["Newcomer"]), ontology(), tmp_path / "graph.json")
        fresh = next(n for n, label in load_graph(tmp_path).nodes(data="label") if label == "Newcomer")
        assert found.get(f"/entity/{fresh}").status_code == 200
