"""A graph in, TriG out: the named graphs of N-Quads, for readers too."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import RdfFormat

from kg.graph import Graph
from kg.ontology import Ontology
from kg.outputs import serialized, writing
from kg.outputs.quads import quads
from kg.rdf import prefixes


def write(graph: Graph, ontology: Ontology, path: Path) -> None:
    """Write graph.trig."""
    with writing(path) as part:
        serialized(quads(graph, ontology), part, RdfFormat.TRIG, prefixes(graph, ontology))
