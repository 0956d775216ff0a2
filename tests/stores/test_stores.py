"""Our Turtle loads into stores that are not ours, and every competency query has the same answer there."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from example_graph import HOSTILE
from triplestores import Engine, ask

from kg.ontology import load
from kg.query import prepare

ONTOLOGY = load()
NAMES = [n for n in HOSTILE if n.strip()]
# What each query is asked for besides everything: names that the annotated documents hold, in any case, and hostile ones.
BOUND = [
    ("about", {"name": "inês falcoeira"}),
    ("about", {"name": NAMES[0]}),
    ("acquisitions", {"organization": "禾笙乳业"}),
    ("asserted", {"speaker": NAMES[0], "about": NAMES[5]}),
    ("career", {"person": "童耀庭"}),
    ("document", {"document": "zh-acquisition.txt"}),
    ("founders", {"organization": "BRINDLECORE"}),
    ("investments", {"investor": "Vela Norte", "organization": "brindlecore"}),
    ("leads", {"organization": "pt laut daya"}),
    ("led", {"person": "Bram Sahetapy"}),
    ("partners", {"organization": "Voltan"}),
    ("said", {"document": "en-launch.txt"}),
    ("speakers", {"event": "konferensi energi khatulistiwa 2031"}),
    ("subsidiaries", {"organization": "砚溪集团"}),
    ("succession", {"person": "Clara Mokoginta"}),
    ("timeline", {"from": "2028-01", "to": "2030-06"}),
    ("timeline", {"name": "pt laut daya", "from": "2030"}),
    ("versions", {"product": "Nuthatch"}),
    *[("released", {"product": name}) for name in NAMES],
]
WHOLE = [(name, {}) for name in sorted(ONTOLOGY.queries) if name not in ("about", "career", "document")]
ASKED = [*WHOLE, *BOUND]
IDS = [f"{name}-{n}" for n, (name, _) in enumerate(ASKED)]

Row = tuple[tuple[str, str, str | None], ...]


def row(solution: dict[str, object]) -> Row:
    return tuple(sorted((name, term.value, getattr(term, "language", None)) for name, term in solution.items()))


def expected(store: ox.Store, query: str) -> list[Row]:
    solutions = store.query(query)
    return sorted(row({v.value: s[v] for v in solutions.variables if s[v] is not None}) for s in solutions)


def test_every_query_is_asked() -> None:
    assert {name for name, _ in ASKED} == set(ONTOLOGY.queries)


def test_every_question_has_an_answer(reference: ox.Store) -> None:
    for name, parameters in ASKED:
        assert expected(reference, prepare(name, ONTOLOGY, parameters)), name


def test_a_store_holds_every_triple(engine: Engine, address: str, graph_file: Path) -> None:
    (count,) = ask(address, "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }", engine.extra)
    assert int(count["n"].value) == len(list(ox.parse(path=graph_file, format=ox.RdfFormat.TURTLE)))


def test_a_store_holds_every_name_as_it_is(engine: Engine, address: str) -> None:
    query = "SELECT ?n { ?p a <https://w3id.org/kg/ontology#Product> ; <http://www.w3.org/2004/02/skos/core#altLabel> ?n }"
    found = {(r["n"].value, r["n"].language) for r in ask(address, query, engine.extra)}
    assert {(name, "zh") for name in NAMES} <= found


@pytest.mark.parametrize(("name", "parameters"), ASKED, ids=IDS)
def test_a_store_gives_the_same_answer(engine: Engine, address: str, reference: ox.Store, name: str, parameters: dict[str, str]) -> None:
    query = prepare(name, ONTOLOGY, parameters)
    assert sorted(map(row, ask(address, query, engine.extra))) == expected(reference, query)


@pytest.mark.parametrize(("name", "parameters"), ASKED, ids=IDS)
def test_rdflib_gives_the_same_answer(graph: rdflib.Graph, reference: ox.Store, name: str, parameters: dict[str, str]) -> None:
    query = prepare(name, ONTOLOGY, parameters)
    found = graph.query(query)
    rows = [{str(v): t for v, t in zip(found.vars or (), r, strict=True) if t is not None} for r in found]
    plain = sorted(tuple(sorted((n, str(t), getattr(t, "language", None)) for n, t in r.items())) for r in rows)
    assert plain == expected(reference, query)


@pytest.fixture(scope="session")
def graph(graph_file: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(graph_file)
