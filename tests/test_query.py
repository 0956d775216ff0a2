"""Questions to a small graph of the RDF contract, whose names try to break out of everything."""

import csv
import io
import json
import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
import rdflib

from kg.errors import GraphError, QueryError
from kg.iris import BASE
from kg.ontology import load
from kg.query import FORMATS, Limits, dataset, known_prefixes, prepare, questions, render, run
from kg.store import evaluate, opened

ONTOLOGY = load()
HOSTILE = 'Quo"te \\ <b>\n} SERVICE <x> {\u202e 🚀'
HEAD = """
@prefix kg: <https://w3id.org/kg/id/> .
@prefix person: <https://w3id.org/kg/id/person/> .
@prefix kgo: <https://w3id.org/kg/ontology#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
THINGS = {
    "person/okafor": ("Person", '"Maria Okafor"@en ; skos:altLabel "玛丽亚·奥卡福"@zh'),
    "person/arden": ("Person", '"John Arden"@en'),
    "person/hostile": ("Person", ox.Literal(HOSTILE, language="en")),
    "organization/northwind": ("Organization", '"Northwind Bank"@en ; skos:altLabel "Northwind"@en, "北风银行"@zh'),
    "organization/leasing": ("Organization", '"Northwind Leasing"@en'),
    "organization/biru": ("Organization", '"PT Samudra Biru"@id'),
    "product/one": ("Product", '"Larkfield One"@en'),
    "product/two": ("Product", '"Larkfield Two"@en'),
    "event/summit": ("Event", '"Harbour Summit"@en'),
    "place/leeds": ("Place", '"Leeds"@en'),
}
FACTS = [  # subject, relation, object, status, start, end, title
    ("person/okafor", "chiefExecutiveOf", "organization/northwind", "Current", "2031-09-10", None, "CEO"),
    ("person/arden", "chiefExecutiveOf", "organization/northwind", "Past", "2027", "2031-09", None),
    ("person/hostile", "chairOf", "organization/biru", "Interim", "2030", None, "Ketua"),
    ("person/okafor", "succeeds", "person/arden", "Current", None, None, None),
    ("person/arden", "founderOf", "organization/northwind", "Current", None, None, None),
    ("person/arden", "holdsPositionAt", "organization/biru", "Current", None, None, "adviser"),
    ("organization/leasing", "subsidiaryOf", "organization/northwind", "Current", None, None, None),
    ("organization/northwind", "investorIn", "organization/biru", "Rumoured", None, None, None),
    ("organization/northwind", "acquired", "organization/leasing", "Current", "2029-02", None, None),
    ("organization/northwind", "partnerOf", "organization/biru", "Future", None, None, None),
    ("product/one", "releasedBy", "organization/northwind", "Current", "2031", None, None),
    ("product/two", "versionOf", "product/one", "Current", None, None, None),
    ("person/hostile", "spokeAt", "event/summit", "Current", None, None, None),
    ("event/summit", "heldIn", "place/leeds", "Current", None, None, None),
]
SAID = {9: "person/okafor", 12: "person/arden"}  # who states a fact
PARAMETERS = {
    "about": {"name": "玛丽亚·奥卡福"},
    "document": {"document": "en-01.txt"},
    "career": {"person": "john arden"},
}


def _bounds(value: str) -> tuple[str, str]:
    ends = {4: "-12-31", 7: "-28", 10: ""}
    return value + ("-01-01"[len(value) - 4 :]), value + ends[len(value)]


def _time(name: str, value: str | None) -> str:
    if value is None:
        return ""
    kind = {4: "gYear", 7: "gYearMonth", 10: "date"}[len(value)]
    first, last = _bounds(value)
    return f' kgo:{name} "{value}"^^xsd:{kind} ; kgo:{name}Earliest "{first}"^^xsd:date ; kgo:{name}Latest "{last}"^^xsd:date ;'


def _fact(number: int, fact: tuple) -> str:
    subject, relation, object_, status, start, end, title = fact
    ends = f"<https://w3id.org/kg/id/{subject}>", f"<https://w3id.org/kg/id/{object_}>"
    plain = f"{ends[0]} kgo:{relation} {ends[1]} .\n" if ONTOLOGY.statuses[status].plain else ""
    membership = ONTOLOGY.relations[relation].membership and ONTOLOGY.statuses[status].tense in ("past", "present")
    member = f" org:member {ends[0]} ; org:organization {ends[1]} ;" if membership else ""
    return (
        f"{plain}<https://w3id.org/kg/id/fact/f{number}> a rdf:Statement{', org:Membership' if membership else ''} ;{member}"
        f" rdf:subject {ends[0]} ; rdf:predicate kgo:{relation} ; rdf:object {ends[1]} ; kgo:status kgo:{status} ; kgo:confidence 0.9 ;"
        + (f" kgo:title {ox.Literal(title, language='en')} ;" if title else "")
        + _time("start", start)
        + _time("end", end)
        + (f" kgo:assertedBy <https://w3id.org/kg/id/{SAID[number]}> ;" if number in SAID else "")
        + f" prov:wasDerivedFrom <https://w3id.org/kg/id/doc/d#char={number},{number + 1}> .\n"
    )


def _span(number: int) -> str:
    return (
        f"<https://w3id.org/kg/id/doc/d#char={number},{number + 1}> a oa:SpecificResource ; oa:hasSource <https://w3id.org/kg/id/doc/d> ;"
        + (f" prov:wasAttributedTo <https://w3id.org/kg/id/{SAID[number]}> ;" if number in SAID else "")
        + f' oa:hasSelector [ a oa:TextQuoteSelector ; oa:exact "words {number}" ],'
        f" [ a oa:TextPositionSelector ; oa:start {number} ; oa:end {number + 1} ] .\n"
    )


def graph() -> str:
    """The graph as Turtle."""
    things = "".join(f"<https://w3id.org/kg/id/{i}> a kgo:{c} ; skos:prefLabel {names} .\n" for i, (c, names) in THINGS.items())
    facts = "".join(_fact(i, f) for i, f in enumerate(FACTS))
    spans = "".join(_span(i) for i in range(len(FACTS) + 1))
    said = ox.Literal(f"We said {HOSTILE}", language="en")
    return (
        HEAD
        + things
        + facts
        + spans
        + f"<https://w3id.org/kg/id/quotation/q> a kgo:Quotation ; kgo:speaker person:hostile ; kgo:text {said} ;"
        + f" prov:wasDerivedFrom <https://w3id.org/kg/id/doc/d#char={len(FACTS)},{len(FACTS) + 1}> .\n"
        + '<https://w3id.org/kg/id/doc/d> a schema:Article, prov:Entity ; dcterms:identifier "en-01.txt" ; dcterms:language "en" ;'
        + f' kgo:sha256 "{"0" * 64}" .\n'
    )


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    folder = tmp_path_factory.mktemp("out")
    (folder / "graph.ttl").write_text(graph(), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def store():
    store = ox.Store()
    store.load(graph().encode(), format=ox.RdfFormat.TURTLE)
    return store


@pytest.fixture(scope="module")
def reference():
    return rdflib.Graph().parse(data=graph(), format="turtle")


def _asked(store, name, /, **parameters):
    answer = evaluate(store, prepare(name, ONTOLOGY, parameters), 1000, {})
    return [tuple(t.value if t is not None else None for t in row) for row in answer["rows"]]


def _plain(rows):
    return sorted(tuple(None if t is None else (str(t.value), t.language) for t in row) for row in rows)


@pytest.mark.parametrize("name", sorted(ONTOLOGY.queries))
@pytest.mark.parametrize("bound", [False, True])
def test_rdflib_and_the_store_give_equal_answers(name, bound, store, reference):
    question = next(q for q in questions(ONTOLOGY) if q.name == name)
    extra = {p.name: HOSTILE for p in question.parameters if not p.required and not p.dated} if bound else {}
    text = prepare(name, ONTOLOGY, {**PARAMETERS.get(name, {}), **extra})
    ours = evaluate(store, text, 1000, {})
    theirs = reference.query(text)
    assert [str(v) for v in theirs.vars] == list(ours["columns"])
    expected = [[(str(t), getattr(t, "language", None)) if t is not None else None for t in row] for row in theirs]
    assert _plain(ours["rows"]) == sorted(map(tuple, expected))
    assert ours["rows"] or bound


@pytest.mark.parametrize("name", sorted(ONTOLOGY.queries))
def test_every_query_says_what_it_asks_in_every_language_and_stands_alone(name):
    question = next(q for q in questions(ONTOLOGY) if q.name == name)
    assert set(question.titles) == {"en", "id", "zh"}
    assert [p.name for p in question.parameters] == re.findall(r'VALUES \?(\w+) \{ "" \}', question.text)
    ox.Store().query(question.text)
    rdflib.Graph().query(question.text)


def test_leads_names_those_in_office_only(store):
    rows = _asked(store, "leads")
    assert ("Maria Okafor", "CEO", "Northwind Bank", "Current", "2031-09-10") in rows
    assert (HOSTILE, "Ketua", "PT Samudra Biru", "Interim", "2030") in rows
    assert len(rows) == 2


@pytest.mark.parametrize("name", ["northwind bank", "NORTHWIND", "北风银行"])
def test_a_parameter_matches_any_name_in_any_case(name, store):
    assert [row[0] for row in _asked(store, "leads", organization=name)] == ["Maria Okafor"]


def test_a_hostile_name_is_bound_never_pasted(store):
    assert [row[0] for row in _asked(store, "leads", person=HOSTILE)] == [HOSTILE]
    assert [row[0] for row in _asked(store, "said", person=HOSTILE)] == [HOSTILE]


@pytest.mark.parametrize(
    "value",
    [
        '"',
        "'",
        "\\",
        '" } } #',
        '"} DELETE WHERE {?s ?p ?o} #',
        'x" || true || "',
        'VALUES ?person { "" }',
        "\\u0022 }",
        '""',
        "?organization",
        "\n",
        "\r",
        "\x00",
    ],
)
def test_injection_finds_nothing(value, store):
    assert _asked(store, "leads", organization=value) == []
    assert _asked(store, "leads", organization=value, person="Maria Okafor") == []


def test_timeline_gives_all_that_may_fall_between_dates_of_any_precision(store):
    assert [row[0] for row in _asked(store, "timeline", to="2030")] == ["2027-01-01", "2029-02-01", "2030-01-01"]
    assert {row[0] for row in _asked(store, "timeline", **{"from": "2031-02"})} == {"2031-01-01", "2031-09-01", "2031-09-10"}
    assert {row[0] for row in _asked(store, "timeline", **{"from": "2031-09-11"})} == {"2031-01-01", "2031-09-01"}
    assert _asked(store, "timeline", **{"from": "2032"}) == []
    assert {row[0] for row in _asked(store, "timeline", **{"from": "2030-06", "to": "2031-06"})} == {"2030-01-01", "2031-01-01"}
    assert [row[1:4] for row in _asked(store, "timeline", name="Larkfield One")] == [("Larkfield One", "releasedBy", "Northwind Bank")]


def test_what_an_organization_or_its_people_say_of_it(store):
    rows = _asked(store, "asserted", speaker="northwind", about="北风银行")
    assert rows == [("Maria Okafor", "Northwind Bank", "partnerOf", "PT Samudra Biru", "Future", "words 9")]
    assert [row[1] for row in _asked(store, "asserted", speaker="John Arden")] == [HOSTILE]


def test_who_left_an_organization_is_not_its_voice(store):
    assert {row[0] for row in _asked(store, "asserted", speaker="Northwind")} == {"Maria Okafor"}
    assert {row[0] for row in _asked(store, "asserted", speaker="PT Samudra Biru")} == {"John Arden"}


@pytest.mark.parametrize("status", ["Denied", "Past", "Rumoured", "Future"])
def test_who_is_not_said_to_be_in_an_organization_is_not_its_voice(status):
    store, post = ox.Store(), (*FACTS[0][:2], "organization/leasing", status, None, None, None)
    store.load((graph() + _fact(90, post) + _span(90)).encode(), format=ox.RdfFormat.TURTLE)
    assert _asked(store, "asserted", speaker="Northwind Leasing") == []


def test_a_speaker_has_only_his_own_words(store):
    more = ox.Store()
    others = "<https://w3id.org/kg/id/fact/f9> prov:wasDerivedFrom <https://w3id.org/kg/id/doc/d#char=0,1> .\n"
    more.load((graph() + others).encode(), format=ox.RdfFormat.TURTLE)
    assert _asked(more, "asserted", speaker="Maria Okafor") == _asked(store, "asserted", speaker="Maria Okafor") != []


def test_document_quotes_its_evidence(store):
    rows = _asked(store, "document", document="en-01.txt")
    assert len(rows) == len(FACTS)
    assert rows[0][:3] == ("Maria Okafor", "chiefExecutiveOf", "Northwind Bank")
    assert rows[0][5] == "words 0"


@pytest.mark.parametrize(
    ("question", "parameters", "message"),
    [
        ("leeds", {}, "did you mean leads"),
        ("nothing-like-it", {}, "acquisitions"),
        ("leads", {"organisation": "x"}, "did you mean organization"),
        ("document", {}, "needs the parameter document"),
        ("document", {"document": ""}, "needs the parameter document"),
        ("SELECT * WHERE { ?s ?p ?o }", {"x": "1"}, "no parameter x; it takes none"),
        ("", {}, "empty"),
        ("INSERT DATA { <a:b> <a:c> <a:d> }", {}, "INSERT is refused"),
        ("PREFIX x: <a:b> DELETE WHERE { ?s ?p ?o }", {}, "DELETE is refused"),
        ("load <http://x/>", {}, "LOAD is refused"),
        ("SELECT * { SERVICE <http://x/> { ?s ?p ?o } }", {}, "SERVICE is refused"),
        ("SELECT * { service silent <http://x/> { ?s ?p ?o } }", {}, "SERVICE is refused"),
        ("SELECT * { \\u0053ERVICE <http://x/> { ?s ?p ?o } }", {}, "SERVICE is refused"),
        ("SELECT * { FILTER(1<2) SERVICE <http://x/> {} }", {}, "SERVICE is refused"),
        ("leads", {"organization": "\udc80"}, "not valid Unicode"),
        ('ASK { ?s ?p "\udc80" }', {}, "the query is not UTF-8"),
        ("timeline", {"from": "May"}, "May is no date for from"),
        ("timeline", {"to": "2024-02-30"}, "2024-02-30 is no date for to"),
    ],
)
def test_what_is_wrong_with_a_question_is_said(question, parameters, message):
    with pytest.raises(QueryError, match=re.escape(message)):
        prepare(question, ONTOLOGY, parameters)


def test_run_answers_with_prefixes_known(out):
    answer = run(out, "SELECT ?n { person:hostile skos:prefLabel ?n }", ONTOLOGY)
    assert answer.rows[0][0].value == HOSTILE
    assert answer.seconds > 0
    assert not answer.truncated


def test_a_query_may_begin_with_a_byte_order_mark(out):
    assert run(out, "\ufeffASK {}", ONTOLOGY).boolean is True
    assert prepare("\ufeffleads", ONTOLOGY, {}) == prepare("leads", ONTOLOGY, {})


def test_run_gives_truth_and_triples(out):
    assert run(out, "ASK { ?x kgo:heldIn ?y }", ONTOLOGY).boolean is True
    triples = run(out, "CONSTRUCT { ?x schema:location ?y } { ?x kgo:heldIn ?y }", ONTOLOGY)
    assert len(triples.triples) == 1
    assert "schema:location" in render(triples, "turtle")
    with pytest.raises(QueryError, match="use turtle"):
        render(triples, "csv")


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("SELECT * {\n ?x a foo:Boat }", "line 2, column 15: the prefix foo: is declared nowhere"),
        ("PREFIX a: <b c> ASK {}", "line 1, column 16: b c is no IRI"),
        (
            "SELECT ?x { ?x ?p ?o } LIMIT x",
            'line 1, column 30 after "SELECT ?x { ?x ?p ?o } LIMIT": expected HAVING or OFFSET or OPTIONAL or VALUES',
        ),
    ],
)
def test_run_says_what_is_no_sparql(out, query, told):
    with pytest.raises(QueryError) as caught:
        run(out, query, ONTOLOGY)
    assert str(caught.value) == f"not SPARQL: {told}"


def test_run_says_where_sparql_is_wrong(out):
    with pytest.raises(QueryError, match=r"not SPARQL: line 1, column 15"):
        run(out, "SELECT WHERE {", ONTOLOGY)
    with pytest.raises(GraphError, match=r"no graph\.ttl"):
        run(out / "nowhere", "leads", ONTOLOGY)


@pytest.mark.parametrize("large", [10**9, 1])
@pytest.mark.parametrize("name", ["graph.ttl", "inferred.ttl"])
def test_a_damaged_graph_is_not_taken_for_wrong_sparql(out, tmp_path, monkeypatch, name, large):
    shutil.copytree(out, folder := tmp_path / "out")
    (folder / name).write_text("@prefix a: <https://a.example/> .\na:b a:c 'half a", encoding="utf-8")
    with pytest.raises(QueryError, match=rf"^the graph cannot be read: {name} is damaged: .*line 2.*; build again$"):
        run(folder, "ASK {}", ONTOLOGY)
    monkeypatch.setattr("kg.store.LARGE", large)
    with pytest.raises(ValueError, match=f"{name} is damaged"):
        opened(folder / "graph.ttl", BASE)


def test_rows_are_limited(out):
    answer = run(out, "SELECT * { ?s ?p ?o }", ONTOLOGY, limits=Limits(rows=3))
    assert (len(answer.rows), answer.truncated) == (3, True)


BOMB = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o }"


def test_a_query_bomb_is_stopped(out):
    with pytest.raises(QueryError, match="stopped after 1 seconds"):
        run(out, BOMB, ONTOLOGY, limits=Limits(seconds=1))


def test_a_query_that_no_stack_can_hold_is_told_from_a_memory_bomb(out):
    with pytest.raises(QueryError, match="nested too deeply"):
        run(out, "ASK " + "{" * 200_000 + "?s ?p ?o" + "}" * 200_000, ONTOLOGY)


def test_relative_names_stand_under_the_base_of_the_graph(tmp_path):
    data = '@prefix doc: <http://x.example/doc/> . <http://x.example/person/a> <http://x.example/p> "A\u0001" .'
    (tmp_path / "graph.ttl").write_text(data, encoding="utf-8")
    assert run(tmp_path, "ASK { <person/a> ?p ?o }", ONTOLOGY).boolean
    assert run(tmp_path, "ASK { kg:person\\/a ?p ?o }", ONTOLOGY).boolean


def test_xml_holds_what_it_can_of_a_name(tmp_path):
    (tmp_path / "graph.ttl").write_text('<http://x.example/a> <http://x.example/p> "A\\u0001\\uFFFFB" .', encoding="utf-8")
    answer = run(tmp_path, "SELECT ?o { ?s ?p ?o }", ONTOLOGY)
    assert "".join(ElementTree.fromstring(render(answer, "xml")).itertext()).strip() == "A\ufffd\ufffdB"
    assert json.loads(render(answer, "json"))["results"]["bindings"][0]["o"]["value"] == "A\u0001\uffffB"


def test_a_memory_bomb_is_stopped(out):
    bomb = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i"
    with pytest.raises(QueryError, match="stopped"):
        run(out, bomb, ONTOLOGY, limits=Limits(seconds=10, memory=1 << 29))


def test_a_large_graph_is_kept_on_disk_and_renewed_when_it_changes(out, monkeypatch, tmp_path):
    monkeypatch.setattr("kg.store.LARGE", 1)
    path = tmp_path / "graph.ttl"
    path.write_text(graph(), encoding="utf-8")
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    first, again = (evaluate(opened(path, BASE), count, 9, {})["rows"] for _ in range(2))
    assert first == again
    path.write_text(graph() + "person:new skos:prefLabel 'New' .\n", encoding="utf-8")
    assert evaluate(opened(path, BASE), count, 9, {})["rows"] != first
    assert len(list((tmp_path / ".cache" / "store").iterdir())) == 1


def test_processes_that_want_the_same_store_at_once_keep_it_once(monkeypatch, tmp_path):
    monkeypatch.setattr("kg.store.LARGE", 1)
    path = tmp_path / "graph.ttl"
    path.write_text(graph(), encoding="utf-8")
    with ThreadPoolExecutor(4) as threads:
        sizes = {len(store) for store in threads.map(opened, [path] * 4, [BASE] * 4)}
    assert sizes == {len(opened(path, BASE))}
    assert len(list((tmp_path / ".cache" / "store").iterdir())) == 1


INFERRED = "<https://w3id.org/kg/id/place/leeds> schema:containsPlace <https://w3id.org/kg/id/event/summit> ."


@pytest.mark.parametrize("large", [10**9, 1])
@pytest.mark.parametrize("base", [BASE, "https://example.org/kg/"])
def test_what_is_inferred_is_found_and_told_from_what_is_stated(base, large, monkeypatch, tmp_path):
    monkeypatch.setattr("kg.store.LARGE", large)
    head = f"@prefix doc: <{base}doc/> .{HEAD}".replace(BASE, base)
    (tmp_path / "graph.ttl").write_text(head + graph().removeprefix(HEAD).replace(BASE, base), encoding="utf-8")
    (tmp_path / "inferred.ttl").write_text(head + INFERRED.replace(BASE, base), encoding="utf-8")
    prefixes = known_prefixes(ONTOLOGY, tmp_path / "graph.ttl")
    store = opened(tmp_path / "graph.ttl", prefixes["kg"])
    assert len(run(tmp_path, "SELECT * { GRAPH kg:inferred { ?s ?p ?o } }", ONTOLOGY).rows) == 1

    def rows(text):
        return len(evaluate(store, text, 9, prefixes, dataset(text))["rows"])

    assert rows("SELECT * { ?place schema:containsPlace ?event . ?event kgo:heldIn ?place }") == 1
    assert rows("SELECT * { GRAPH kg:inferred { ?s ?p ?o } }") == rows("SELECT * FROM kg:inferred { ?s ?p ?o }") == 1
    assert rows("SELECT * FROM kg:inferred { ?event kgo:heldIn ?place }") == 0
    stated = "SELECT * { GRAPH kg:stated { ?e kgo:heldIn ?p } }"
    assert rows(stated) == rows("SELECT * FROM kg:stated { ?e kgo:heldIn ?p }") == rows("SELECT * { ?e kgo:heldIn ?p }") > 0
    assert rows("SELECT * FROM kg:stated { ?p schema:containsPlace ?e }") == 0


def test_every_format_carries_hostile_names(out):
    answer = run(out, "SELECT ?n ?x { person:hostile skos:prefLabel ?n OPTIONAL { ?n ?x ?n } }", ONTOLOGY)
    assert json.loads(render(answer, "json"))["results"]["bindings"] == [{"n": {"type": "literal", "value": HOSTILE, "xml:lang": "en"}}]
    assert list(csv.reader(io.StringIO(render(answer, "csv"), newline="")))[1] == [HOSTILE, ""]
    for form in ("json", "xml", "tsv"):
        kind = getattr(ox.QueryResultsFormat, form.upper())
        assert next(iter(ox.parse_query_results(render(answer, form).encode(), format=kind)))["n"].value == HOSTILE
    table = render(answer, "table")
    assert len(table.splitlines()) == 3
    assert "\u202e" not in table


def test_a_table_keeps_its_columns_with_wide_characters(out):
    rows = render(run(out, 'SELECT ?a ?b { VALUES (?a ?b) { ("北风" "x") ("ab" "y") } }', ONTOLOGY), "table").splitlines()
    assert rows[2:] == ["北风  x", "ab    y"]
    assert render(run(out, "SELECT ?p { kg:product\\/one a ?p }", ONTOLOGY), "table").splitlines()[2] == "kgo:Product"


def test_formats_are_checked(out):
    with pytest.raises(QueryError, match="did you mean turtle"):
        render(run(out, "ASK {}", ONTOLOGY), "turtel")
    assert render(run(out, "ASK {}", ONTOLOGY), "table") == "yes\n"
    for form in set(FORMATS) - {"table", "turtle"}:
        assert "true" in render(run(out, "ASK {}", ONTOLOGY), form)


def test_prefixes_come_from_the_file_too(out):
    assert known_prefixes(ONTOLOGY, out / "graph.ttl")["person"] == "https://w3id.org/kg/id/person/"
