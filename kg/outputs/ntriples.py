"""A graph in, N-Triples out: one statement a line, for tools that read lines."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import RdfFormat, serialize

from kg.graph import Graph
from kg.ontology import Ontology
from kg.outputs import writing
from kg.rdf import triples


def write(graph: Graph, ontology: Ontology, path: Path) -> None:
    """Write graph.nt."""
    with writing(path) as part:
        serialize(triples(graph, ontology), part, RdfFormat.N_TRIPLES)
