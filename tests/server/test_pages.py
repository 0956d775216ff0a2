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
from kg.phrases import UNSEEN
from kg.server import addresses, app


@pytest.mark.parametrize(
    "path",
    ["/", "/graph", "/query", "/query.json", "/assets/query.js", "/assets/colours.js", "/assets/style.css", "/entity/person/maria-okafor"],
)
def test_pages_are_served_with_a_policy_and_name_no_other_host(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert (
        "frame-ancestors 'none'" in response.headers["content-security-policy"] and response.headers["x-content-type-options"] == "nosniff"
    )
    if path.endswith((".js", ".css", "query")):
        assert "http://" not in response.text and "https://" not in response.text


def test_the_picture_is_the_file_and_may_be_had_in_parts(client: TestClient, served: Path) -> None:
    whole, file = client.get("/graph"), (served / "graph.html").read_bytes()
    assert whole.content == file
    part = client.get("/graph", headers={"Range": "bytes=10-19", "If-Range": whole.headers["etag"]})
    assert (part.status_code, part.content) == (206, file[10:20])


@pytest.mark.parametrize("path", ["/entity/person/nobody", "/assets/..%2f__init__.py", "/assets/secret", "/nothing"])
def test_what_is_not_there_is_not_found(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_an_entity_page_tells_facts_and_their_sentences(client: TestClient) -> None:
    text = client.get("/entity/person/maria-okafor", headers={"Accept": "text/html"}).text
    assert '<a href="/entity/organization/larkfield-motors"><bdi>Larkfield Motors</bdi></a>' in text and "<b>chief executive of</b>" in text
    assert "She took over from Budi Hartanto" in text and "We will build cars that nobody has to fear." in text
    assert "news/en-1.txt" in text and "https://w3id.org/kg/id/person/maria-okafor" in text


PAGES = {"Accept": "text/html"}


def path_of(client: TestClient, kind: str, query: str) -> str:
    """Ask for the IRI of a thing, as the query page does, and give the path of its page."""
    answer = client.get("/sparql", params={"query": query}, headers={"Accept": "application/json"}).json()
    (row,) = answer["results"]["bindings"]
    path: str = row["x"]["value"].removeprefix(BASE)
    assert path.startswith(f"{kind}/")
    return f"/entity/{path}"


def test_an_entity_page_keeps_no_reservation_back(client: TestClient) -> None:
    text = client.get("/entity/organization/larkfield-motors", headers=PAGES).text
    facts = text.partition("<h2>Facts")[2].partition("</ul>")[0].split("<li>")[1:]
    rumour, past = (next(f for f in facts if words in f) for words in ("acquired", "Budi Hartanto</bdi></a> <b>chief"))
    assert '<strong class="status">rumoured</strong>' in rumour and "says Maria Okafor, confidence 0.51" in rumour
    assert '<strong class="status">past</strong>' in past and "until 2031-09 (inferred, 0.77), confidence 0.80" in past
    assert "at odds with another fact" in past and "at odds" not in rumour
    assert "<small>Its end follows from</small> <bdi>since 10 September 2031</bdi>" in past


def test_a_fact_has_its_page_and_comes_as_rdf(client: TestClient) -> None:
    query = "SELECT ?x { ?x kgo:status kgo:Past ; rdf:subject ?s . ?s skos:prefLabel 'Budi Hartanto'@en }"
    path = path_of(client, "fact", query)
    text = client.get(path, headers=PAGES).text
    for said in (
        "<dt>Status</dt><dd><strong",
        "<dd>2031-09 (inferred, confidence 0.77)</dd>",
        "<dt>Confidence</dt><dd>0.80</dd>",
        "<h2>Passages that state it: 3</h2>",
        "<h2>Passages that its end follows from: 1</h2>",
        "<h2>Cannot hold together with: 1</h2>",
    ):
        assert said in text
    assert '<a href="/entity/organization/larkfield-motors">' in text and "news/en-1.txt, 83–115" in text
    found = rdflib.Graph().parse(data=client.get(path, headers={"Accept": "text/turtle"}).text, format="turtle")
    subject, kgo = rdflib.URIRef(BASE + path.removeprefix("/entity/")), rdflib.Namespace("https://w3id.org/kg/ontology#")
    assert str(found.value(subject, kgo.endConfidence)) == "0.77" and len(set(found.subjects(rdflib.RDF.type, rdflib.RDF.Statement))) == 1


def test_a_document_has_its_page_with_its_text_and_what_it_states(client: TestClient) -> None:
    path = path_of(client, "doc", "SELECT ?x { ?x dcterms:identifier 'news/en-1.txt' }")
    text = client.get(path, headers=PAGES).text
    assert '<h1><bdi lang="en">Larkfield has a new chief</bdi></h1>' in text and "<dd>2031-09-12</dd>" in text
    assert '<a href="https://news.example/1" rel="noreferrer">' in text and "<h2>Facts: 5</h2>" in text and "<h2>Quotations: 1</h2>" in text
    kept = text.partition('<div class="text"')[2]
    assert '<a id="char=83,115"></a><mark>She took over from Budi Hartanto</mark>. ' in kept
    assert "Budi Hartanto memimpin" not in text
    assert f'<a href="{path}#char=83,115">' in client.get("/entity/person/budi-hartanto", headers=PAGES).text
    found = rdflib.Graph().parse(data=client.get(f"{path}?format=turtle").text, format="turtle")
    assert [str(i) for i in found.objects(None, rdflib.DCTERMS.identifier)] == ["news/en-1.txt"]


def test_a_source_that_is_no_address_on_the_web_is_no_link(tmp_path: Path) -> None:
    graph = example()
    graph.graph["documents"]["zh-1.txt"]["source"] = "javascript:alert(1)"
    turtle.write(graph, ontology(), tmp_path / "graph.ttl")
    nodelink.write(graph, ontology(), tmp_path / "graph.json")
    with TestClient(app(tmp_path, ontology())) as found:
        text = found.get(path_of(found, "doc", "SELECT ?x { ?x dcterms:identifier 'zh-1.txt' }"), headers=PAGES).text
    assert "<bdi>javascript:alert(1)</bdi>" in text and 'href="javascript' not in text


def test_a_quotation_has_its_page_and_a_figure_leads_to_its_fact(client: TestClient) -> None:
    text = client.get(path_of(client, "quotation", "SELECT ?x { ?x a kgo:Quotation ; kgo:speaker person:lin-xiaoyun }"), headers=PAGES).text
    assert "我们明年将发布青溪助手。" in text and "zh-1.txt, 24–36" in text and '<a href="/entity/person/lin-xiaoyun">' in text
    response = client.get(path_of(client, "quantity", "SELECT ?x { ?x kgo:unit 'USD' }"))
    assert (response.status_code, response.headers["location"]) == (303, "/entity/fact/5e")
    asked = client.get(response.url.path, params={"format": "turtle"})
    assert asked.headers["location"] == "/entity/fact/5e?format=turtle"


def test_the_rdf_of_a_document_has_every_place_that_evidence_points_to(client: TestClient, served: Path) -> None:
    whole = rdflib.Graph().parse(served / "graph.ttl")
    source = rdflib.URIRef("http://www.w3.org/ns/oa#hasSource")
    for document in set(whole.objects(None, source)):
        told = rdflib.Graph().parse(data=client.get(f"/entity/{document.removeprefix(BASE)}?format=turtle").text, format="turtle")
        assert set(told.subjects(source, document)) == set(whole.subjects(source, document)) != set()


def test_every_iri_of_the_graph_has_its_page(client: TestClient) -> None:
    query = f"SELECT DISTINCT ?x {{ {{ ?x ?p ?o }} UNION {{ ?s ?p ?x }} FILTER(isIRI(?x) && STRSTARTS(STR(?x), '{BASE}')) }}"
    answer = client.get("/sparql", params={"query": query}, headers={"Accept": "application/json"}).json()
    iris = {row["x"]["value"].partition("#")[0] for row in answer["results"]["bindings"]}
    assert {i.removeprefix(BASE).split("/")[0] for i in iris} >= {"fact", "doc", "quotation", "quantity", "person", "organization"}
    assert {client.get("/entity/" + i.removeprefix(BASE)).status_code for i in iris} == {200, 303}


def test_the_iri_of_the_graph_leads_to_what_is_in_it_and_what_it_is(client: TestClient) -> None:
    page = client.get("/entity/", headers=PAGES)
    assert page.text == client.get("/", headers=PAGES).text and '</entity/?format=turtle>; rel="alternate"' in page.headers["link"]
    told = rdflib.Graph().parse(data=client.get("/entity/", headers={"Accept": "text/turtle"}).content, format="turtle")
    assert {*told.subjects()} == {rdflib.URIRef(BASE)} and (None, rdflib.VOID.entities, None) in told
    part = rdflib.Graph().parse(data=client.get("/entity/person/maria-okafor?format=turtle").content, format="turtle")
    assert (rdflib.URIRef(BASE), None, None) not in part


def test_a_name_that_the_ontology_knows_has_its_page_and_leads_to_its_entity(tmp_path: Path) -> None:
    graph, words = example(), load()
    graph.nodes["organization/larkfield-motors"]["concept"] = "https://w3id.org/kg/name/alibaba-cloud"
    graph.nodes["person/maria-okafor"]["concept"] = "https://names.example/okafor"
    for form in (turtle, nodelink):
        form.write(graph, words, tmp_path / {turtle: "graph.ttl", nodelink: "graph.json"}[form])
    with TestClient(app(tmp_path, words)) as client:
        firm, person = (client.get(f"/entity/{n}", headers=PAGES).text for n in ("organization/larkfield-motors", "person/maria-okafor"))
        page = client.get("/name/alibaba-cloud", headers=PAGES).text
        told = rdflib.Graph().parse(data=client.get("/name/alibaba-cloud", headers={"Accept": "text/turtle"}).content, format="turtle")
        assert client.get("/name/nobody", headers=PAGES).status_code == 404
    assert '<p>Known as <a href="/name/alibaba-cloud"><code>https://w3id.org/kg/name/alibaba-cloud</code></a></p>' in firm
    assert "<p>Known as <code>https://names.example/okafor</code></p>" in person
    assert '<bdi lang="zh">阿里云</bdi>' in page and '<a href="/entity/organization/larkfield-motors">' in page
    assert {*told.subjects()} == {rdflib.URIRef("https://w3id.org/kg/name/alibaba-cloud")}
    assert (None, rdflib.SKOS.prefLabel, rdflib.Literal("阿里云", lang="zh")) in told


def test_what_is_missing_is_told_on_a_page_that_leads_on(client: TestClient) -> None:
    for path in ("/entity/fact/none", "/nothing", "/assets/secret"):
        response = client.get(path, headers=PAGES)
        assert response.status_code == 404 and '<a href="/query">' in response.text and "<script" not in response.text
    response = client.get("/entity/fact/none", headers={"Accept": "text/turtle, text/plain;q=0.5"})
    assert (response.status_code, response.text) == (404, "no such entity, fact, document or quotation\n")


def test_signs_that_turn_text_show_their_number_on_every_page(tmp_path: Path) -> None:
    graph, name = example(HOSTILE), "rtl\u202egnp.txt"
    documents = graph.graph["documents"]
    documents[name] = {**documents.pop("zh-1.txt"), "title": "a\u2067b"}
    holders = [*graph.nodes.values(), *graph.edges.values()]
    spans = [s for a in holders for k in ("mentions", "evidence") for s in a.get(k, ())] + [q["span"] for q in graph.graph["quotations"]]
    for span in spans:
        span["document"] = name if span["document"] == "zh-1.txt" else span["document"]
    turtle.write(graph, ontology(), tmp_path / "graph.ttl")
    nodelink.write(graph, ontology(), tmp_path / "graph.json")
    with TestClient(app(tmp_path, ontology())) as found:
        document = path_of(found, "doc", "SELECT ?x { ?x dcterms:language 'zh' }")
        for path in ("/", "/entity/person/lin-xiaoyun", "/entity/product/p0004", document):
            text = found.get(path, headers=PAGES).text
            assert not UNSEEN.search(text.replace("\n", "")) and "⟨U+202E⟩" in text


def test_the_start_leads_to_everything(client: TestClient) -> None:
    text = client.get("/").text
    for link in ("/graph", "/query", "/ontology", "/entity/person/maria-okafor", "/entity/organization/larkfield-motors"):
        assert f'href="{link}"' in text
    assert "<h2>Documents: 4</h2>" in text and text.count('href="/entity/doc/') == 4
    response = client.get("/", params={"name": "okafor"})
    assert (response.status_code, response.headers["location"]) == (303, "/entity/person/maria-okafor")
    assert "nothing is named Okafur; did you mean Okafor?" in client.get("/", params={"name": "Okafur"}).text


def test_of_several_that_bear_a_name_all_are_listed(tmp_path: Path) -> None:
    turtle.write(example(["Twin", "Twin"]), ontology(), tmp_path / "graph.ttl")
    nodelink.write(example(["Twin", "Twin"]), ontology(), tmp_path / "graph.json")
    with TestClient(app(tmp_path, ontology())) as client:
        found = client.get("/", params={"name": "twin"}).text.partition("<h2>Found: 2</h2>")[2].partition("</ul>")[0]
    assert 'href="/entity/product/p0000"' in found and 'href="/entity/product/p0001"' in found


def test_the_terminal_names_what_is_served() -> None:
    assert [line.split()[0] for line in addresses("::1", 8000).splitlines()] == [
        f"http://[::1]:8000{p}" for p in ("/", "/graph", "/query", "/sparql")
    ]


def test_an_entity_comes_as_rdf_too(client: TestClient) -> None:
    subject = rdflib.URIRef("https://w3id.org/kg/id/organization/青溪科技")
    for media, form in (("text/turtle", "turtle"), ("application/ld+json", "json-ld"), ("application/n-triples", "nt")):
        response = client.get("/entity/organization/青溪科技", headers={"Accept": media})
        assert response.status_code == 200 and response.headers["content-type"].startswith(media)
        graph = rdflib.Graph().parse(data=response.content, format=form)
        assert (subject, rdflib.SKOS.prefLabel, rdflib.Literal("青溪科技", lang="zh")) in graph
    assert client.get("/entity/person/maria-okafor?format=turtle").headers["content-type"].startswith("text/turtle")
    assert client.get("/entity/person/maria-okafor", headers={"Accept": "image/png"}).status_code == 406


@pytest.mark.parametrize("path", ["/entity/organization/青溪科技", "/ontology"])
def test_a_page_links_to_its_forms_as_rdf(path: str, served: Path) -> None:
    with TestClient(app(served, load())) as client:
        links = client.get(path, headers={"Accept": "text/html"}).headers["link"].split(", ")
        assert len(links) == 4
        for link in links:
            address, _, media = link.partition('>; rel="alternate"; type=')
            response = client.get(address.removeprefix("<"))
            assert response.status_code == 200 and response.headers["content-type"].startswith(media.strip('"')), link


def test_the_ontology_comes_as_rdf_too(served: Path) -> None:
    with TestClient(app(served, load())) as client:
        response = client.get("/ontology", headers={"Accept": "text/turtle"})
    graph = rdflib.Graph().parse(data=response.content, format="turtle")
    subject = rdflib.URIRef("https://w3id.org/kg/ontology#Rumoured")
    assert response.headers["vary"] == "Accept" and (subject, rdflib.SKOS.prefLabel, rdflib.Literal("传闻", lang="zh")) in graph


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
        ("chiefExecutiveOf", '<dt>inverse of</dt><dd><a href="#hasChiefExecutive">hasChiefExecutive</a>'),
        ("Rumoured", '<p lang="id">'),
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
