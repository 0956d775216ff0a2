"""Compare our Turtle writer with rdflib's serializer on one graph: python tests/benchmarks/bench_turtle.py [TRIPLES]."""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

import pyoxigraph as ox
import rdflib
from rdflib.term import BNode, Literal, URIRef

from kg.graph import Graph, assemble
from kg.model import Document, Entity, Fact, Name, Resolution, Span
from kg.ontology import NAMESPACE, Class, Ontology, Relation, Status
from kg.outputs.turtle import blocks, header
from kg.rdf import prefixes, triples

SENTENCE = "Person {0} has been chief executive of Company {0} since 2031, 任首席执行官. "


def main(size: int) -> None:
    graph, ontology = _graph(size // 30 + 1), _ontology()
    stream = list(islice(triples(graph, ontology), size))
    known = prefixes(graph, ontology)
    with tempfile.TemporaryDirectory() as folder:
        ours = _timed("blocks of our writer", lambda: _write(Path(folder) / "ours.ttl", stream, known))
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        _timed("graph to file, triples made on the way", lambda: _write(Path(folder) / "whole.ttl", triples(graph, ontology), known))
        print(f"memory grown while writing: {(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024:.1f} MB")
        _timed(
            "pyoxigraph, not grouped or nested",
            lambda: ox.serialize(stream, str(Path(folder) / "ox.ttl"), ox.RdfFormat.TURTLE, prefixes=known),
        )
        other = rdflib.Graph()
        for prefix, namespace in known.items():
            other.bind(prefix, namespace)
        for triple in stream:
            other.add((_term(triple.subject), _term(triple.predicate), _term(triple.object)))
        theirs = _timed("rdflib", lambda: other.serialize(Path(folder) / "theirs.ttl", format="turtle"))
    print(f"{len(stream)} triples: rdflib takes {theirs / ours:.1f} times as long")


def _write(path: Path, stream: object, known: dict[str, str]) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(header(known))
        file.writelines(blocks(stream, known))


def _timed(what: str, work: object) -> float:
    start = time.perf_counter()
    work()
    seconds = time.perf_counter() - start
    print(f"{seconds:8.2f} s  {what}", flush=True)
    return seconds


def _term(term: ox.NamedNode | ox.BlankNode | ox.Literal) -> URIRef | BNode | Literal:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    return Literal(term.value, lang=term.language) if term.language else Literal(term.value, datatype=URIRef(term.datatype.value))


def _graph(size: int) -> Graph:
    """Return a graph of about 30 triples per step: two entities, a fact, its evidence."""
    document = Document("long.txt", "".join(SENTENCE.format(n) for n in range(size)), "en")
    entities, facts, place = [], [], 0
    for n in range(size):
        width = len(SENTENCE.format(n))
        span = Span("long.txt", place, place + width - 1)
        entities.append(Entity(f"person/p{n}", ("Person",), Name(f"Person {n}", "en"), (Name(f"人物 {n}", "zh"),), (span,)))
        entities.append(Entity(f"organization/c{n}", ("Organization", "Company"), Name(f"Company {n}", "en"), (), (span,)))
        facts.append(Fact(f"{n:x}", f"person/p{n}", "chiefExecutiveOf", f"organization/c{n}", "Current", (span,), confidence=0.9))
        place += width
    return assemble(Resolution(tuple(entities), tuple(facts), ()), [document])


def _ontology() -> Ontology:
    classes = {c: Class(c, (), {}, {}, None, (), ()) for c in ("Person", "Organization", "Company")}
    relation = Relation("chiefExecutiveOf", ("Person",), ("Organization",), {}, {}, None, False, False, True, True, (), ())
    return Ontology(
        NAMESPACE, classes, {relation.name: relation}, {"Current": Status("Current", {}, True, (), usual=True)}, (), {}, {}, Path()
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
