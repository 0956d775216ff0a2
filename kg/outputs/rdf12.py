"""A graph in, RDF 1.2 Turtle out: facts reify a triple term instead of naming its three parts, for stores that read RDF 1.2."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple

from kg.graph import Graph
from kg.iris import VOCABULARIES
from kg.ontology import Ontology
from kg.outputs import serialized, writing
from kg.rdf import grouped, prefixes, triples

_TYPE, _REIFIES, _STATEMENT, _SUBJECT, _PREDICATE, _OBJECT = (
    NamedNode(VOCABULARIES["rdf"] + name) for name in ("type", "reifies", "Statement", "subject", "predicate", "object")
)


def write(graph: Graph, ontology: Ontology, path: Path) -> None:
    """Write graph.rdf12.ttl."""
    with writing(path) as part:
        serialized(reified(triples(graph, ontology)), part, RdfFormat.TURTLE, prefixes(graph, ontology))


def reified(stream: Iterator[Triple]) -> Iterator[Triple]:
    """Yield a stream with `fact rdf:reifies <<( subject predicate object )>>` in place of rdf:Statement and its parts."""
    for subject, block in grouped(stream):
        parts = {t.predicate: t.object for t in block if t.subject == subject}
        fact, predicate, object_ = (parts.get(p) for p in (_SUBJECT, _PREDICATE, _OBJECT))
        if isinstance(fact, NamedNode) and isinstance(predicate, NamedNode) and isinstance(object_, NamedNode | Literal):
            yield Triple(subject, _REIFIES, Triple(fact, predicate, object_))
        dropped = {_SUBJECT, _PREDICATE, _OBJECT}
        yield from (t for t in block if t.predicate not in dropped and (t.predicate, t.object) != (_TYPE, _STATEMENT))
