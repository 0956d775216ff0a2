"""A graph in, N-Quads out: what each document states in a graph named by the document, what is merged of all in the default graph.

A document's graph has the document with its evidence, the things that it names with their classes and the names that it uses, its
quotations and figures, and its facts: their ends, relation and status, who says so in it, and the plain triple. Title, dates and confidence
are those of all documents that state a fact, and stand there only where no other does. What follows from several documents or from none
(a preferred name that it does not use, the concept that a thing is, ends by succession, conflicts, what the whole graph is) stands in the
default graph; together they say what graph.ttl says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, RdfFormat, Triple, serialize

from kg.graph import Graph
from kg.iris import VOCABULARIES, base_of, documents, iri, record
from kg.ontology import NAMESPACE, Ontology
from kg.outputs import quote, writing
from kg.rdf import Attributes, mentioned, triples

Withheld = dict[NamedNode | BlankNode | Triple, frozenset[str]]  # of each subject, the properties that a document does not state

_MATCH, _PREFERRED = VOCABULARIES["schema"] + "sameAs", VOCABULARIES["skos"] + "prefLabel"
_END = frozenset(NAMESPACE + name for name in ("end", "endEarliest", "endLatest"))
_COMBINED = _END | {NAMESPACE + name for name in ("title", "confidence", "start", "startEarliest", "startLatest")}
_ENTAILED = frozenset(NAMESPACE + name for name in ("inferred", "endConfidence", "endDerivedFrom", "conflictsWith"))


def write(graph: Graph, ontology: Ontology, path: Path) -> None:
    """Write graph.nq."""
    with writing(path) as part:
        serialize(quads(graph, ontology), part, RdfFormat.N_QUADS)


def quads(graph: Graph, ontology: Ontology) -> Iterator[Quad]:
    """Yield the triples of a graph document by document, and last, in the default graph, what no document states by itself."""
    known = documents(graph)
    stated: set[Triple] = set()
    for document, share in _shares(graph):
        withheld = _withheld(share)
        own = [t for t in triples(share, ontology, known) if t.predicate.value not in withheld.get(t.subject, ())]
        stated.update(own)
        yield from (Quad(t.subject, t.predicate, t.object, known[document]) for t in own)
    merged = (t for t in triples(graph, ontology) if t not in stated)
    yield from (Quad(t.subject, t.predicate, t.object, DefaultGraph()) for t in merged)


def _withheld(share: Graph) -> Withheld:
    base = base_of(share)
    found: Withheld = {iri(base, n): frozenset({_MATCH, *([] if a["preferred"] else [_PREFERRED])}) for n, a in share.nodes(data=True)}
    for *_, key, a in share.edges(keys=True, data=True):
        ended = _END if a["end_confidence"] is not None else frozenset()
        found[record(base, "fact", key)] = _ENTAILED | (ended if a["alone"] else _COMBINED)
    return found


def _shares(graph: Graph) -> Iterator[tuple[str, Graph]]:
    """Yield the part of a graph that each document states."""
    whole = {k: graph.graph[k] for k in ("base", "as_of") if k in graph.graph}
    nodes, edges, quotations = _nodes(graph), defaultdict(list), defaultdict(list)
    for subject, object_, key, a in graph.edges(keys=True, data=True):
        for document in {s["document"] for s in a["evidence"]}:
            edges[document].append((subject, object_, key, a))
            nodes[document] |= {subject, object_}
    for q in graph.graph.get("quotations", ()):
        quotations[q["span"]["document"]].append(q)
    known = graph.graph.get("documents", {})
    for document in sorted(known):
        share = Graph(**whole, documents={document: known[document]}, quotations=quotations[document])
        share.add_nodes_from((n, _called(graph.nodes[n], document, known)) for n in nodes[document])
        share.add_edges_from((s, o, k, _said(a, document)) for s, o, k, a in edges[document])
        yield document, share


def _nodes(graph: Graph) -> dict[str, set[str]]:
    """Return the entities that each document names, quotes or gives figures of."""
    nodes: dict[str, set[str]] = defaultdict(set)
    nodes.update(mentioned(graph))
    for node, a in graph.nodes(data=True):
        for q in a["quantities"]:
            nodes[q["span"]["document"]].add(node)
    for q in graph.graph.get("quotations", ()):
        nodes[q["span"]["document"]].add(q["speaker"])
    return nodes


def _called(a: Attributes, document: str, known: Mapping[str, Any]) -> dict[str, Any]:
    """Return an entity with the names that a document uses, and whether the preferred one is among them."""
    mentions = [s for s in a["mentions"] if s["document"] == document]
    used = {" ".join(quote(s, known).split()) for s in mentions}
    names = [n for n in a["names"] if n["text"] in used]
    return {**a, "mentions": mentions, "names": names, "preferred": a["label"] in used, "quantities": _of(a["quantities"], document)}


def _said(a: Attributes, document: str) -> dict[str, Any]:
    """Return a fact as far as a document states it, and whether it alone does."""
    sources = {s["document"] for s in a["evidence"]}
    said = {who: own for who, spans in a["asserted_by"].items() if (own := [s for s in spans if s["document"] == document])}
    evidence = [s for s in a["evidence"] if s["document"] == document]
    figures = _of(a["quantities"], document)
    return {**a, "evidence": evidence, "end_evidence": [], "asserted_by": said, "quantities": figures, "alone": sources == {document}}


def _of(quantities: list[Attributes], document: str) -> list[Attributes]:
    return [q for q in quantities if q["span"]["document"] == document]
