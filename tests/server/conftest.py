"""A served graph: the example with hostile names, under short limits."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

sys.path.insert(0, str(Path(__file__).parent.parent / "outputs"))

from example_graph import HOSTILE, example, ontology

from kg.outputs import nodelink, turtle
from kg.query import Limits
from kg.server import app


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("served")
    graph = example(HOSTILE)
    turtle.write(graph, ontology(), out / "graph.ttl")
    nodelink.write(graph, ontology(), out / "graph.json")
    (out / "graph.html").write_text('<!doctype html>\n<html lang="en"><title>picture</title>', encoding="utf-8")
    return out


@pytest.fixture(scope="session")
def client(served: Path) -> Iterator[TestClient]:
    with TestClient(app(served, ontology(), Limits(seconds=60.0, rows=100)), follow_redirects=False) as found:
        yield found
