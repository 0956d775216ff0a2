"""A graph in, it and its entities, facts, documents and quotations by the path of their IRIs out, and what it says of each as RDF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from pyoxigraph import NamedNode

from kg.explain import Edge, facts
from kg.graph import Graph
from kg.iris import Iris, base_of, documents, record, vocabulary
from kg.ontology import Ontology
from kg.outputs.turtle import blocks, header
from kg.rdf import described, mentioned, prefixes, quantity_node, stated, triples
from kg.server.protocol import graph as serialized

Attributes = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Thing:
    """What an IRI names: its kind ("entity", "fact", "document", "quotation", "quantity", "graph") and identifier.

    That of a quantity is the path of the entity or fact that it belongs to, that of the graph itself is empty.
    """

    kind: str
    identifier: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A graph, the IRIs of its documents, its facts and quotations by identifier, and its things by what follows the base in their IRIs."""

    graph: Graph
    documents: Mapping[str, NamedNode]
    facts: Mapping[str, Edge]
    quotations: Mapping[str, Attributes]
    things: Mapping[str, Thing]

    def path(self, kind: str, identifier: str) -> str:
        """Return what follows the base in the IRI of a thing."""
        if kind in ("entity", "graph"):
            return identifier
        base = base_of(self.graph)
        return _local(base, self.documents[identifier] if kind == "document" else record(base, kind, identifier))


def catalogue(graph: Graph) -> Catalogue:
    """Return what a graph holds by path."""
    edges = {str(e[2]): e for e in graph.edges(keys=True, data=True)}
    quotations = {str(q["identifier"]): q for q in graph.graph.get("quotations", ())}
    things = {"": Thing("graph", "")}
    found = Catalogue(graph, documents(graph), edges, quotations, things)
    things.update(_quantities(found))
    for kind, identifiers in (("document", found.documents), ("quotation", quotations), ("fact", edges), ("entity", graph)):
        things.update((found.path(kind, i), Thing(kind, i)) for i in identifiers)
    return found


def part(held: Catalogue, thing: Thing) -> Graph:
    """Return what a graph says of one thing, with the documents that state it."""
    graph, key = held.graph, thing.identifier
    if thing.kind == "entity":
        edges, said = facts(graph, key), [q for q in held.quotations.values() if q["speaker"] == key]
        found = _part(graph, edges, said, [key], _cited(edges, said, [graph.nodes[key]]))
        found.nodes[key]["quantities"] = graph.nodes[key]["quantities"]
        return found
    if thing.kind == "fact":
        edge = held.facts[key]
        return _part(graph, [edge], [], edge[3]["asserted_by"], _cited([edge], [], []))
    if thing.kind == "quotation":
        said = [held.quotations[key]]
        return _part(graph, [], said, [said[0]["speaker"]], _cited([], said, []))
    edges = [e for e in map(held.facts.__getitem__, sorted(held.facts)) if any(s["document"] == key for s in stated(e[3]))]
    found = _part(graph, edges, quoting(held, key), mentioned(graph)[key], {key})
    for n, a in found.nodes(data=True):
        a["quantities"] = [q for q in graph.nodes[n]["quantities"] if q["span"]["document"] == key]
    return found


def stating(held: Catalogue, document: str) -> list[Edge]:
    """Return the facts that a document states."""
    edges = (held.facts[key] for key in sorted(held.facts))
    return [e for e in edges if any(s["document"] == document for s in e[3]["evidence"])]


def quoting(held: Catalogue, document: str) -> list[Attributes]:
    """Return the quotations that a document holds, in its order."""
    return sorted((q for q in held.quotations.values() if q["span"]["document"] == document), key=lambda q: int(q["span"]["start"]))


def rdf(held: Catalogue, thing: Thing, ontology: Ontology, media: str) -> bytes:
    """Return a thing as RDF in a media type; Turtle is ours, nested and grouped."""
    whole = thing.kind == "graph"
    about = held.graph if whole else part(held, thing)
    known = prefixes(about, ontology)
    stream = described(about, ontology) if whole else triples(about, ontology, held.documents)
    if media == "text/turtle":
        return (header(known) + "".join(blocks(stream, known))).encode()
    return serialized(tuple(stream), media, known)


def _part(graph: Graph, edges: Iterable[Edge], said: list[Attributes], nodes: Iterable[str], cited: set[str]) -> Graph:
    """Return a part of a graph: facts, quotations and entities, as far as the documents cited name them."""
    edges, found = list(edges), Graph(base=base_of(graph))
    for n in dict.fromkeys([*sorted(nodes), *(end for s, o, *_ in edges for end in (s, o))]):
        a = graph.nodes[n]
        found.add_node(n, **{**a, "mentions": [s for s in a["mentions"] if s["document"] in cited], "quantities": []})
    found.add_edges_from(edges)
    found.graph["documents"] = {i: d for i, d in sorted(graph.graph.get("documents", {}).items()) if i in cited}
    found.graph["quotations"] = said
    return found


def _cited(edges: Iterable[Edge], said: Iterable[Attributes], nodes: Iterable[Attributes]) -> set[str]:
    """Return the documents that state facts and quotations, and name entities."""
    spans = [s for *_, a in edges for s in stated(a)] + [q["span"] for q in said] + [s for a in nodes for s in (*a["mentions"], *stated(a))]
    return {s["document"] for s in spans}


def _quantities(held: Catalogue) -> Iterator[tuple[str, Thing]]:
    """Yield every figure by path, as what belongs to an entity or fact."""
    base = base_of(held.graph)
    iris = Iris(base, vocabulary(base), held.documents)
    owners = [(iris.node(n), n, a) for n, a in held.graph.nodes(data=True)]
    owners += [(iris.record("fact", k), held.path("fact", k), e[3]) for k, e in held.facts.items()]
    for owner, path, a in owners:
        yield from ((_local(base, quantity_node(owner, q, iris)), Thing("quantity", path)) for q in a["quantities"])


def _local(base: str, iri: NamedNode) -> str:
    return unquote(iri.value.removeprefix(base))
