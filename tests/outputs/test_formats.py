"""Every output holds the whole graph, however odd its names, and is read back by tools that are not ours."""

from __future__ import annotations

import csv
import importlib
import json
import os
import re
import shutil
import subprocess
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib
from example_graph import HOSTILE, example, named, ontology, rapper_count, shuffled
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib.compare import isomorphic

from kg.errors import InputError
from kg.graph import Graph, assemble, disassemble
from kg.iris import BASE, VOCABULARIES, documents
from kg.outputs import FILES, FORMATS, tables, writing
from kg.outputs.quads import quads
from kg.rdf import triples

ONTOLOGY = Path(__file__).parents[2] / "ontology"
OURS = [f for f in FORMATS if f != "html"]
RDF = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "nquads": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
}
NAMES = st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
A_FEW = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")


def written(kind: str, graph: Graph, folder: Path) -> Path:
    path = folder / FILES[kind]
    importlib.import_module(FORMATS[kind]).write(graph, ontology(ONTOLOGY), path)
    return path


def content(path: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in ([path] if path.is_file() else sorted(path.iterdir()))}


def canonical(quads_: object) -> set[ox.Quad]:
    dataset = ox.Dataset(ox.Quad(q.subject, q.predicate, q.object) for q in quads_)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return set(dataset)


def test_formats_and_files_name_the_same_outputs() -> None:
    assert list(FORMATS) == list(FILES)


def test_threads_that_write_the_same_file_at_once_leave_a_whole_one(tmp_path: Path) -> None:
    begun = threading.Barrier(3)

    def write(content: str) -> None:
        with writing(tmp_path / "file") as part:
            part.write_text(content)
            begun.wait(60)

    contents = ["one", "two", "three"]
    with ThreadPoolExecutor(3) as threads:
        list(threads.map(write, contents))
    assert (tmp_path / "file").read_text() in contents
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("kind", OURS)
def test_bytes_do_not_depend_on_order_of_input(kind: str, tmp_path: Path) -> None:
    one = content(written(kind, example(HOSTILE), tmp_path / "a"))
    assert one == content(written(kind, shuffled(example(HOSTILE)), tmp_path / "b"))
    assert all(one.values())


@pytest.mark.parametrize("kind", OURS)
def test_an_empty_graph_is_written(kind: str, tmp_path: Path) -> None:
    assert content(written(kind, Graph(), tmp_path))


@pytest.mark.parametrize("kind", RDF)
def test_rdf_says_the_same_in_every_format(kind: str, tmp_path: Path) -> None:
    path = written(kind, example(HOSTILE), tmp_path)
    expected = canonical(triples(example(HOSTILE), ontology()))
    assert canonical(ox.parse(path=path, format=RDF[kind])) == expected
    if kind in ("nquads", "trig"):
        assert len(rdflib.Dataset(default_union=True).parse(path)) == len(expected)
    else:
        reference = ox.serialize(triples(example(HOSTILE), ontology()), format=ox.RdfFormat.N_TRIPLES)
        assert isomorphic(rdflib.Graph().parse(path), rdflib.Graph().parse(data=reference, format="nt"))


@pytest.mark.parametrize("kind", [k for k in FORMATS if k != "csv"])
def test_the_name_of_a_file_does_not_change_its_format(kind: str, tmp_path: Path) -> None:
    for name in ("x.ttl", "x.trig", "x.nq", "x"):
        importlib.import_module(FORMATS[kind]).write(example(), ontology(ONTOLOGY), tmp_path / name)
    assert len({path.read_bytes() for path in tmp_path.iterdir()}) == 1
    assert (tmp_path / "x").read_bytes() == written(kind, example(), tmp_path).read_bytes()


@pytest.mark.parametrize("kind", [*RDF, "rdf12", "inferences", "html", "json"])
def test_everything_stands_under_the_base_of_the_graph(kind: str, tmp_path: Path) -> None:
    graph = example()
    graph.graph["base"] = "https://other.example/things/"
    text = written(kind, graph, tmp_path).read_text(encoding="utf-8")
    assert "https://other.example/things/" in text and BASE not in text


@pytest.mark.parametrize("kind", ["turtle", "ntriples", "nquads", "trig", "inferences"])
def test_rapper_counts_as_many(kind: str, tmp_path: Path) -> None:
    path = written(kind, example(HOSTILE), tmp_path)
    count = rapper_count(path, {"inferences": "turtle"}.get(kind, kind))
    if count is None:
        pytest.skip("rapper is not installed")
    assert count == len(list(ox.parse(path=path, format=RDF.get(kind, ox.RdfFormat.TURTLE))))


@A_FEW
@given(NAMES)
@pytest.mark.parametrize("kind", RDF)
def test_any_name_survives_in_rdf(tmp_path: Path, kind: str, names: list[str]) -> None:
    path = written(kind, named(names), tmp_path)
    assert {q.triple for q in ox.parse(path=path, format=RDF[kind])} == set(triples(named(names), ontology()))


@A_FEW
@given(NAMES)
@pytest.mark.parametrize("kind", ["json", "graphml", "gexf", "csv"])
def test_any_name_survives_elsewhere(tmp_path: Path, kind: str, names: list[str]) -> None:
    graph = named(names)
    path = written(kind, graph, tmp_path)
    if kind == "csv":
        with (path / "nodes.csv").open(encoding="utf-8", newline="") as file:
            found = {row["id"]: json.loads(row["names"]) for row in csv.DictReader(file)}
    else:
        read = {"graphml": nx.read_graphml, "gexf": nx.read_gexf, "json": node_link}[kind](path)
        found = {n: a["names"] if kind == "json" else json.loads(a["names"]) for n, a in read.nodes(data=True)}
    assert found == {n: a["names"] for n, a in graph.nodes(data=True)}


def node_link(path: Path) -> Graph:
    return nx.node_link_graph(json.loads(path.read_text(encoding="utf-8")), edges="edges")


def test_node_link_is_the_graph(tmp_path: Path) -> None:
    graph = example(HOSTILE)
    read = node_link(written("json", graph, tmp_path))
    assert isinstance(read, nx.MultiDiGraph) and read.graph == graph.graph
    assert dict(read.nodes(data=True)) == dict(graph.nodes(data=True))
    assert {k: (s, o, a) for s, o, k, a in read.edges(keys=True, data=True)} == {
        k: (s, o, a) for s, o, k, a in graph.edges(keys=True, data=True)
    }


@pytest.mark.parametrize("kind", ["graphml", "gexf"])
def test_network_formats_keep_facts(kind: str, tmp_path: Path) -> None:
    path = written(kind, example(HOSTILE), tmp_path)
    read = nx.read_graphml(path, force_multigraph=True) if kind == "graphml" else nx.read_gexf(path)
    edges = {(s, o, a["predicate"]): a for s, o, a in read.edges(data=True)}
    fact = edges["person/maria-okafor", "organization/larkfield-motors", "chiefExecutiveOf"]
    assert (fact["status"], fact["title"], fact["start"], fact["confidence"]) == ("Current", "chief executive", "2031-09-10", 0.93)
    assert json.loads(fact["evidence"])[0]["quote"] == "Maria Okafor has been chief executive of Larkfield Motors"
    assert len(edges) == 6
    clean = [n for n, name in enumerate(HOSTILE) if "\x01" not in name]
    assert [read.nodes[f"product/p{n:04}"]["label"] for n in clean] == [HOSTILE[n] for n in clean]


@pytest.mark.parametrize("kind", sorted(FORMATS.keys() - {"html", "inferences", "report", "vocabulary"}))
def test_the_concept_that_an_entity_is_comes_with_it(kind: str, tmp_path: Path) -> None:
    graph, known = example(), "https://names.example/larkfield"
    assert not any(known.encode() in c for c in content(written(kind, graph, tmp_path)).values())
    graph.nodes["organization/larkfield-motors"]["concept"] = known
    lines = b"\n".join(content(written(kind, graph, tmp_path)).values())
    assert lines.count(known.encode()) == 1
    assert dict(assemble(*disassemble(graph)).nodes(data=True)) == dict(graph.nodes(data=True))


def test_tables_run_no_formula_and_keep_the_value(tmp_path: Path) -> None:
    path = written("csv", example(["=1+1", "@x", "+1", "-1", "\t=1", "'=1", "plain"]), tmp_path)
    with (path / "nodes.csv").open(encoding="utf-8", newline="") as file:
        cells = [row["label"] for row in csv.DictReader(file) if row["type"] == "Product"]
    assert cells == ["'=1+1", "'@x", "'+1", "'-1", "'\t=1", "''=1", "plain"]
    with (path / "edges.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["id"]: row for row in csv.DictReader(file)}
    assert rows["2b"]["end_earliest"] == "2031-09-01" and json.loads(rows["2b"]["inferred"]) == ["end"]
    said = json.loads(rows["5e"]["evidence"])[0]["asserted_by"], json.loads(rows["5e"]["asserted_by"])
    assert said == (["person/maria-okafor"], ["person/maria-okafor"]) and json.loads(rows["6f"]["evidence"])[0]["asserted_by"] == []


def test_named_graphs_together_are_the_graph() -> None:
    graph = example(HOSTILE)
    graph.add_edge(
        "product/p0000", "product/p0001", key="9z", **{**graph.edges["person/maria-okafor", "person/budi-hartanto", "3c"], "evidence": []}
    )
    found = list(quads(graph, ontology()))
    assert {ox.Triple(q.subject, q.predicate, q.object) for q in found} == set(triples(graph, ontology()))
    assert len(found) == len(set(found))
    names = {q.graph_name for q in found}
    assert len(names) == 5 and ox.DefaultGraph() in names  # four documents, and what none states


def test_a_named_graph_holds_only_what_its_document_states() -> None:
    store = ox.Store()
    store.extend(quads(example(), ontology()))
    query = 'ASK { GRAPH ?g { ?d <http://purl.org/dc/terms/identifier> "zh-1.txt" . ?f a <https://w3id.org/kg/ontology#NAME> } }'
    facts = query.replace("https://w3id.org/kg/ontology#NAME", "http://www.w3.org/1999/02/22-rdf-syntax-ns#Statement")
    assert len(list(store.query(facts.replace("ASK", "SELECT ?f")))) == 1
    assert store.query(query.replace("NAME", "Quotation"))
    assert not store.query(query.replace("NAME", "Quantity"))


@pytest.mark.parametrize(
    ("pattern", "graphs"),
    [
        ("?x skos:altLabel 'Qingxi'@en", {"news/en-1.txt"}),
        ("?x skos:prefLabel '青溪科技'@zh", {"zh-1.txt"}),
        ("?x skos:prefLabel 'Larkfield Motors'@en", {"id-1.txt", "id-1-copy.txt", "news/en-1.txt"}),
        ("fact:1a kgo:title ?x ; kgo:start ?y ; kgo:startLatest ?z ; kgo:confidence ?c", {"news/en-1.txt"}),
        ("fact:2b rdf:subject ?x ; kgo:status kgo:Past", {"id-1.txt", "id-1-copy.txt", "news/en-1.txt"}),
        ("fact:2b kgo:confidence ?x", {None}),
        ("fact:2b kgo:end ?x", {None}),
        ("fact:2b kgo:endEarliest ?x", {None}),
        ("fact:2b kgo:endConfidence ?x", {None}),
        ("fact:1a kgo:conflictsWith ?x", {None}),
        ("fact:5e kgo:assertedBy ?x ; prov:wasDerivedFrom [ prov:wasAttributedTo ?x ]", {"news/en-1.txt"}),
        ("?x kgo:chiefExecutiveOf ?y", {"news/en-1.txt"}),
        ("?x dcterms:valid ?y", {None}),
        ("?x a void:Dataset", {None}),
        ("?x schema:sameAs <https://names.example/larkfield>", {None}),
    ],
)
def test_a_named_graph_keeps_to_what_its_document_says(pattern: str, graphs: set[str | None]) -> None:
    graph, words = example(), ontology()
    graph.graph["as_of"] = "2031-09-10"
    graph.nodes["organization/larkfield-motors"]["concept"] = "https://names.example/larkfield"
    store, names = ox.Store(), {iri.value: name for name, iri in documents(graph).items()}
    store.extend(quads(graph, words))
    prefixes = {**VOCABULARIES, "kgo": "https://w3id.org/kg/ontology#", "fact": "https://w3id.org/kg/id/fact/"}
    where = [names[row["g"].value] for row in store.query(f"SELECT DISTINCT ?g {{ GRAPH ?g {{ {pattern} }} }}", prefixes=prefixes)]
    assert {*where, *([None] if store.query(f"ASK {{ {pattern} }}", prefixes=prefixes) else [])} == graphs


def test_rdf12_reifies_each_fact(tmp_path: Path) -> None:
    path = written("rdf12", example(HOSTILE), tmp_path)
    store = ox.Store()
    store.load(path=path, format=ox.RdfFormat.TURTLE)
    prefixes = {
        "kgo": "https://w3id.org/kg/ontology#",
        "fact": "https://w3id.org/kg/id/fact/",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    }
    rows = list(store.query("SELECT ?f { ?f rdf:reifies <<( ?s ?p ?o )>> ; kgo:status ?status }", prefixes=prefixes))
    assert len(rows) == 6
    assert not store.query("ASK { ?f a rdf:Statement }", prefixes=prefixes)


def test_turtle_is_pleasant_to_read(tmp_path: Path) -> None:
    text = written("turtle", example(), tmp_path).read_text(encoding="utf-8")
    assert 'person:maria-okafor a kgo:Person ;\n    skos:prefLabel "Maria Okafor"@en ;\n' in text
    assert "[ a oa:TextPositionSelector ; oa:start 83 ; oa:end 115 ]" in text and "_:" not in text
    assert "organization:青溪科技 a kgo:Organization , kgo:Company ;" in text
    assert "kgo:confidence 0.93 ;" in text


def test_turtle_hides_no_sign_that_turns_text(tmp_path: Path) -> None:
    text = written("turtle", example(HOSTILE), tmp_path).read_text(encoding="utf-8")
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u2028\u0085]", text) and "\\u202E" in text


def test_jsonld_reads_as_plain_words(tmp_path: Path) -> None:
    graph = example()
    graph.graph["conforms_to"] = ["https://w3id.org/kg/ontology/0.1.0"]
    nodes = {n["id"]: n for n in json.loads(written("jsonld", graph, tmp_path).read_text(encoding="utf-8"))["@graph"]}
    about = nodes["https://w3id.org/kg/id/"]
    assert about["type"] == "void:Dataset" and about["dcterms:conformsTo"] == "https://w3id.org/kg/ontology/0.1.0"
    assert "http://www.w3.org/ns/org#" in about["void:vocabulary"] and about["void:entities"] == len(graph)
    okafor = nodes["person:maria-okafor"]
    assert okafor["type"] == "Person" and okafor["skos:prefLabel"] == {"en": "Maria Okafor"}
    assert okafor["chiefExecutiveOf"] == "organization:larkfield-motors"
    assert nodes["fact:1a"]["status"] == "Current" and nodes["fact:1a"]["rdf:predicate"] == "chiefExecutiveOf"
    assert nodes["fact:1a"]["confidence"] == "0.93" and nodes["fact:4d"]["start"] == {"@value": "2029", "@type": "xsd:gYear"}


def test_inferences_follow_the_ontology_and_repeat_nothing(tmp_path: Path) -> None:
    store = ox.Store()
    store.load(path=written("inferences", example(), tmp_path), format=ox.RdfFormat.TURTLE)
    stated = {ox.Quad(t.subject, t.predicate, t.object) for t in triples(example(), ontology())}
    assert not stated & set(store)
    prefixes = {p: f"https://w3id.org/kg/id/{p}/" for p in ("person", "organization", "fact")}
    prefixes |= {"kgo": "https://w3id.org/kg/ontology#", "schema": "https://schema.org/", "org": "http://www.w3.org/ns/org#"}
    for said in (
        "person:maria-okafor schema:worksFor organization:larkfield-motors ; a schema:Person ; schema:name 'Maria Okafor'@en",
        "organization:larkfield-motors kgo:hasChiefExecutive person:maria-okafor ; org:hasMember person:maria-okafor",
        "organization:青溪科技 kgo:partnerOf organization:larkfield-motors ; schema:alternateName 'Qingxi'@en",
        "person:budi-hartanto kgo:succeededBy person:maria-okafor ; org:hasMembership fact:2b",
    ):
        assert store.query(f"ASK {{ {said} }}", prefixes=prefixes), said
    assert not store.query("ASK { organization:larkfield-motors kgo:hasChiefExecutive person:budi-hartanto }", prefixes=prefixes)


def test_cypher_ends_no_string_early(tmp_path: Path) -> None:
    lines = written("cypher", example(HOSTILE), tmp_path).read_text(encoding="utf-8").splitlines()
    assert len(lines) == 1 + 20 + 6 and all(line.endswith(";") for line in lines)
    string = re.compile(r"'(?:[^'\\]|\\.)*'")
    assert all("'" not in string.sub("", line) for line in lines)


LINTER = """
const { lintCypherQuery } = require("@neo4j-cypher/language-support");
const text = require("fs").readFileSync(process.argv[1], "utf8");
console.log(JSON.stringify(lintCypherQuery(text, {}).map((d) => d.message)));
"""


def neo4j_says(path: Path) -> list[str]:
    """What Neo4j's own linter finds wrong or doubtful; node finds it by NODE_PATH (see `.ci/run`)."""
    done = subprocess.run(["node", "-e", LINTER, str(path)], capture_output=True, text=True, check=False)
    if "Cannot find module '@neo4j-cypher" in done.stderr:
        pytest.skip("needs npm's @neo4j-cypher/language-support")
    assert done.returncode == 0, done.stderr
    messages: list[str] = json.loads(done.stdout)
    return messages


@pytest.mark.skipif(not shutil.which("node"), reason="needs node")
def test_neo4j_finds_no_fault_with_the_cypher(tmp_path: Path) -> None:
    broken = tmp_path / "broken.cypher"
    broken.write_text("MERGE (n:Entity {id: 'a) SET n.label = 'b';\n")
    assert neo4j_says(broken)
    assert neo4j_says(written("cypher", example(HOSTILE), tmp_path)) == []


def test_report_shows_names_as_they_are(tmp_path: Path) -> None:
    text = written("report", example(HOSTILE), tmp_path).read_text(encoding="utf-8")
    assert "<script" not in text and "&lt;script&gt;" in text and "\u202e" not in text
    assert "| bad\\|file.txt | not UTF-8 &lt;at byte 3&gt; |" in text
    assert (
        "- **Maria Okafor** – chief executive of – **Larkfield Motors** (current, “chief executive”, from 2031-09-10, confidence 0.93)"
        in text
    )
    assert "  > “林晓云自2029年起担任青溪科技董事长” (zh-1.txt, 0–19)" in text
    assert "## Conflicts" in text and "| chief executive of | 2 | 1 | 1 |  |" in text


def test_report_tells_every_reservation(tmp_path: Path) -> None:
    text = written("report", example(), tmp_path).read_text(encoding="utf-8")
    supported, _, doubtful = text.partition("## Only rumoured, or denied")
    rumour = "- **Larkfield Motors** – acquired – **青溪科技** (rumoured, 1,500,000,000 USD (2031), says Maria Okafor, confidence 0.51)\n"
    assert rumour in doubtful and rumour not in supported
    assert "  > “Larkfield Motors paid 1.5 billion dollars for Qingxi” (news/en-1.txt, 176–228)" in doubtful.partition(rumour)[2]
    assert "(past, until 2031-09 (inferred, 0.77), confidence 0.80)" in supported
    assert "  > end: “since 10 September 2031” (news/en-1.txt, 58–81)" in supported


def test_report_names_the_document_of_what_is_quoted(tmp_path: Path) -> None:
    text = written("report", example(), tmp_path).read_text(encoding="utf-8")
    assert "- **林晓云**, 1×: “我们明年将发布青溪助手。” (zh-1.txt, 24–36)" in text


def test_a_failed_write_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    path.write_text("before")
    with pytest.raises(RuntimeError), writing(path) as part:
        part.write_text("half")
        raise RuntimeError
    assert [p.name for p in tmp_path.iterdir()] == ["graph.ttl"] and path.read_text() == "before"


def test_a_folder_takes_the_place_of_a_folder(tmp_path: Path) -> None:
    for names in (["a"], ["b"]):
        written("csv", example(names), tmp_path)
    assert sorted(p.name for p in (tmp_path / "tables").iterdir()) == ["edges.csv", "nodes.csv"]
    assert [p.name for p in tmp_path.iterdir()] == ["tables"]


@pytest.mark.parametrize("kind", [k for k in FORMATS if k != "csv"])
def test_no_folder_gives_way_to_a_file(tmp_path: Path, kind: str) -> None:
    (tmp_path / FILES[kind]).mkdir()
    (tmp_path / FILES[kind] / "diary.txt").touch()
    with pytest.raises(IsADirectoryError):
        written(kind, example(), tmp_path)
    assert [p.name for p in (tmp_path / FILES[kind]).iterdir()] == ["diary.txt"]


def test_tables_fill_no_folder_of_other_things_and_replace_no_file(tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "diary.txt").touch()
    with pytest.raises(InputError, match="holds other things"):
        written("csv", example(), tmp_path)
    assert [p.name for p in (tmp_path / "tables").iterdir()] == ["diary.txt"]
    for path in (tmp_path / "tables" / "diary.txt", Path("-")):
        with pytest.raises(InputError, match="csv is two files"):
            tables.write(example(), ontology(), path)


def test_a_link_is_written_through(tmp_path: Path) -> None:
    link, path = tmp_path / "link.nt", tmp_path / "deep" / "graph.nt"
    path.parent.mkdir()
    link.symlink_to("deep/graph.nt")
    for text in ("new", "newer"):
        with writing(link) as part:
            part.write_text(text)
        assert link.is_symlink() and path.read_text() == text
    assert [p.name for p in path.parent.iterdir()] == ["graph.nt"]


def test_a_pipe_is_given_what_was_written(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", pipe], stdout=subprocess.PIPE) as reader:
        with writing(pipe) as part:
            part.write_text("whole")
        assert reader.communicate(timeout=60)[0] == b"whole"
    assert pipe.is_fifo()


def test_a_pipe_that_has_a_number_only_is_given_what_was_written() -> None:
    source, target = os.pipe()
    with writing(Path(f"/dev/fd/{target}")) as part:
        part.write_text("whole")
    os.close(target)
    with os.fdopen(source) as reader:
        assert reader.read() == "whole"
