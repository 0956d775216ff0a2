"""One graph of every relation, with hostile names among them, in each store that is installed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parent.parent / "outputs"))

from example_graph import HOSTILE
from triplestores import ENGINES, Engine, running

from kg.graph import assemble
from kg.model import Assertion, Document, Entity, Fact, Name, Resolution, Span
from kg.ontology import load
from kg.outputs import turtle
from kg.resolve import resolve
from kg.training.gold import read_documents

DOCUMENTS = Path(__file__).parent.parent / "documents"
WANTED = ("en-launch.txt", "id-conference.txt", "zh-acquisition.txt")  # every relation, every language
NAMES = [n for n in HOSTILE if n.strip()]


@pytest.fixture(scope="session")
def graph_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return our Turtle of what three annotated documents state, and of products with hostile names that a hostile firm released."""
    ontology = load()
    extractions = [e for e in read_documents(DOCUMENTS, ontology) if e.document.identifier in WANTED]
    resolution = resolve(extractions, ontology, ())
    document = Document("hostile.txt", "released", "en")
    place = (Span("hostile.txt", 0, 8),)
    firm = Entity("organization/hostile", ("Organization",), Name(NAMES[0], "en"), (), place)
    products = [Entity(f"product/h{n:02}", ("Product",), Name(name, "en"), (Name(name, "zh"),), place) for n, name in enumerate(NAMES)]
    said = (Assertion(firm.identifier, place),)
    facts = [
        Fact(f"h{n:02}", p.identifier, "releasedBy", firm.identifier, "Current", place, asserted_by=said) for n, p in enumerate(products)
    ]
    whole = Resolution((*resolution.entities, firm, *products), (*resolution.facts, *facts), resolution.quotations)
    path = tmp_path_factory.mktemp("graph") / "graph.ttl"
    turtle.write(assemble(whole, [*(e.document for e in extractions), document]), ontology, path)
    return path


@pytest.fixture(scope="session", params=ENGINES, ids=lambda e: e.name)
def engine(request: pytest.FixtureRequest) -> Engine:
    found: Engine = request.param
    if found.missing():
        pytest.skip(f"not installed: {', '.join(found.missing())}")
    return found


@pytest.fixture(scope="session")
def address(engine: Engine, graph_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running(engine, graph_file, tmp_path_factory.mktemp(engine.name)) as found:
        yield found


@pytest.fixture(scope="session")
def reference(graph_file: Path) -> ox.Store:
    store = ox.Store()
    store.load(path=graph_file, format=ox.RdfFormat.TURTLE)
    return store
