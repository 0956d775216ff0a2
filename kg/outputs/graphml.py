"""A graph in, GraphML out, for yEd, Gephi, Cytoscape and igraph."""

from __future__ import annotations

from pathlib import Path

import networkx as nx

from kg.graph import Graph
from kg.ontology import Ontology
from kg.outputs import flat, without_forbidden, writing


def write(graph: Graph, ontology: Ontology, path: Path) -> None:
    """Write graph.graphml."""
    with writing(path) as part:
        nx.write_graphml(without_forbidden(flat(graph)), part, named_key_ids=True)
