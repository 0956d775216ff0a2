"""A graph in, N-Quads out: what each document states in a graph named by the document; together they say what graph.ttl says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pyoxigraph import DefaultGraph, Quad, RdfFormat, serialize

from kg.graph import Graph
from kg.iris import documents
from kg.ontology import Ontology
from kg.outputs import writing
from kg.rdf import Attributes, mentioned, stated, triples


def write(graph: Graph, ontology: Ontology, path: Path) -> None:
    """Write graph.nq."""
    with writing(path) as part:
        serialize(quads(graph, ontology), part, RdfFormat.N_QUADS)


def quads(graph: Graph, ontology: Ontology) -> Iterator[Quad]:
    """Yield the triples of a graph document by document; what no document states stands last, in the default graph."""
    known = documents(graph)
    for document, share in _shares(graph):
        name = known[document] if document is not None else DefaultGraph()
        for triple in triples(share, ontology, known):
            yield Quad(triple.subject, triple.predicate, triple.object, name)


def _shares(graph: Graph) -> Iterator[tuple[str | None, Graph]]:
    """Yield the part of a graph that each document states, and last, under None, what none does."""
    whole = {k: graph.graph[k] for k in ("base", "as_of") if k in graph.graph}
    nodes, edges, quotations = _nodes(graph), defaultdict(list), defaultdict(list)
    for subject, object_, key, a in graph.edges(keys=True, data=True):
        for document in sorted({s["document"] for s in stated(a)}) or [None]:
            edges[document].append((subject, object_, key, a))
            nodes[document] |= {subject, object_}
    for q in graph.graph.get("quotations", ()):
        quotations[q["span"]["document"]].append(q)
    nodes[None] |= set(graph).difference(*nodes.values())
    for document in [*sorted(graph.graph.get("documents", {})), None]:
        known = {document: graph.graph["documents"][document]} if document is not None else {}
        share = Graph(**whole, documents=known, quotations=quotations[document])
        share.add_nodes_from((n, _limited(graph.nodes[n], document)) for n in nodes[document])
        share.add_edges_from((s, o, k, _limited(a, document)) for s, o, k, a in edges[document])
        yield document, share


def _nodes(graph: Graph) -> dict[str | None, set[str]]:
    """Return the entities that each document names, quotes or gives figures of."""
    nodes: dict[str | None, set[str]] = defaultdict(set)
    nodes.update(mentioned(graph))
    for node, a in graph.nodes(data=True):
        for span in stated(a):
            nodes[span["document"]].add(node)
    for q in graph.graph.get("quotations", ()):
        nodes[q["span"]["document"]].add(q["speaker"])
    return nodes


def _limited(a: Attributes, document: str | None) -> dict[str, Any]:
    spans = {k: [s for s in a[k] if s["document"] == document] for k in ("mentions", "evidence") if k in a}
    return {**a, **spans, "quantities": [q for q in a["quantities"] if q["span"]["document"] == document]}
