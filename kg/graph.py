"""Entities, facts and quotations in, one networkx.MultiDiGraph out; and back.

Nodes are entity identifiers, edge keys are fact identifiers, and every attribute is plain JSON, so that the graph survives
node-link JSON, GraphML and a reader who never saw this package:

node   type "Person", classes ["Person"], label "Mary Lim", language "en", names [{text, language}], mentions [span], quantities [quantity],
       concept: the IRI of the one concept of the authority file that it is, or None
edge   predicate, status, title {text, language} or None, start, end, start_bounds, end_bounds, confidence, evidence [span],
       asserted_by {node: [span]}: of the evidence, what is each speaker's; quantities [quantity], inferred [words], conflicts [edge key],
       end_confidence and end_evidence [span] of an inferred end
graph  documents {identifier: {language, title, issued, source, sha256, text}}, quotations [{identifier, speaker, text, language, span}],
       base: what IRIs start with, conforms_to [IRI]: the versions of the ontology that it was built with, issues [{path, reason}],
       as_of: the day, where only what held then is kept
span   {document, start, end}: code points of documents[document]["text"]
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from itertools import chain
from pathlib import PurePosixPath
from typing import Any, TypeAlias

import networkx as nx

from kg.model import Assertion, Document, Entity, Fact, Name, Period, Quantity, Quotation, Resolution, Span

Graph: TypeAlias = nx.MultiDiGraph
LONGEST_NAME = 255  # bytes: what file systems take


def source(identifier: str) -> str:
    """Name the file, below the folder of sources, that keeps the text of a document; no two documents share one.

    What is no plain text becomes `.text`, a folder of such a name `.folder`, so that it is no document's, and a name that is too long for
    a file its hash.
    """
    *folders, name = identifier.split("/")
    parts = [f"{f}.folder" if f.endswith((".txt", ".text", ".folder")) else f for f in folders]
    return "/".join(map(_short, (*parts, name if name.endswith(".txt") else f"{name}.text")))


def _short(name: str) -> str:
    return name if len(name.encode()) <= LONGEST_NAME else hashlib.sha256(name.encode()).hexdigest() + PurePosixPath(name).suffix[:5]


def assemble(resolution: Resolution, documents: Iterable[Document]) -> Graph:
    """Build the graph of a resolution; `documents` are those its spans point into."""
    graph = nx.MultiDiGraph()
    ordered = sorted(documents, key=lambda d: d.identifier)
    graph.graph["documents"] = {d.identifier: _document(d) for d in ordered}
    graph.graph["quotations"] = [_quotation(q) for q in resolution.quotations]
    for entity in resolution.entities:
        graph.add_node(entity.identifier, **_node(entity))
    for fact in resolution.facts:
        graph.add_edge(fact.subject, fact.object, key=fact.identifier, **_edge(fact))
    return graph


def disassemble(graph: Graph) -> tuple[Resolution, tuple[Document, ...]]:
    """Read a graph made by `assemble` back into its values."""
    entities = tuple(_entity(n, a) for n, a in sorted(graph.nodes(data=True)))
    edges = sorted(graph.edges(keys=True, data=True), key=lambda e: e[2])
    facts = tuple(_fact(s, o, k, a) for s, o, k, a in edges)
    quotations = tuple(
        Quotation(q["identifier"], q["speaker"], Name(q["text"], q["language"]), Span(**q["span"])) for q in graph.graph["quotations"]
    )
    documents = tuple(
        Document(i, d["text"], d["language"], d["title"], d["issued"], d["source"]) for i, d in sorted(graph.graph["documents"].items())
    )
    return Resolution(entities, facts, quotations), documents


def lacking(graph: Graph) -> set[str]:
    """Name the documents that spans of a graph point into, and those who state its facts and quotations, that it does not hold."""
    quotations = graph.graph["quotations"]
    nodes, edges = ([a for *_, a in part.data()] for part in (graph.nodes, graph.edges))
    spans = chain(
        (s for a in nodes for s in a["mentions"]),
        (s for a in edges for s in (*a["evidence"], *a.get("end_evidence", ()))),
        (q["span"] for a in (*nodes, *edges) for q in a["quantities"]),
        (q["span"] for q in quotations),
    )
    missing: set[str] = {s["document"] for s in spans} - graph.graph["documents"].keys()
    return missing | {q["speaker"] for q in quotations}.union(*(a["asserted_by"] for a in edges)) - set(graph)


def _document(document: Document) -> dict[str, Any]:
    return {
        "language": document.language,
        "title": document.title,
        "issued": document.issued,
        "source": document.source,
        "sha256": document.sha256,
        "text": document.text,
    }


def _quotation(quotation: Quotation) -> dict[str, Any]:
    return {
        "identifier": quotation.identifier,
        "speaker": quotation.speaker,
        "text": quotation.text.text,
        "language": quotation.text.language,
        "span": asdict(quotation.span),
    }


def _node(entity: Entity) -> dict[str, Any]:
    return {
        "type": entity.classes[0],
        "classes": list(entity.classes),
        "label": entity.preferred.text,
        "language": entity.preferred.language,
        "names": [asdict(n) for n in entity.names],
        "mentions": [asdict(s) for s in entity.mentions],
        "quantities": [asdict(q) for q in entity.quantities],
        "concept": entity.concept,
    }


def _edge(fact: Fact) -> dict[str, Any]:
    return {
        "predicate": fact.predicate,
        "status": fact.status,
        "title": asdict(fact.title) if fact.title else None,
        "start": fact.period.start,
        "end": fact.period.end,
        "start_bounds": list(fact.start_bounds) if fact.start_bounds else None,
        "end_bounds": list(fact.end_bounds) if fact.end_bounds else None,
        "confidence": fact.confidence,
        "evidence": [asdict(s) for s in fact.evidence],
        "asserted_by": {said.speaker: [asdict(s) for s in said.evidence] for said in fact.asserted_by},
        "quantities": [asdict(q) for q in fact.quantities],
        "inferred": list(fact.inferred),
        "conflicts": list(fact.conflicts),
        "end_confidence": fact.end_confidence,
        "end_evidence": [asdict(s) for s in fact.end_evidence],
    }


def _entity(node: str, a: Mapping[str, Any]) -> Entity:
    return Entity(
        node,
        tuple(a["classes"]),
        Name(a["label"], a["language"]),
        tuple(Name(**n) for n in a["names"]),
        _located(a["mentions"]),
        _quantities(a),
        a.get("concept"),
    )


def _fact(subject: str, object_: str, key: str, a: Mapping[str, Any]) -> Fact:
    return Fact(
        key,
        subject,
        a["predicate"],
        object_,
        a["status"],
        _located(a["evidence"]),
        Name(**a["title"]) if a["title"] else None,
        Period(a["start"], a["end"]),
        _bounds(a["start_bounds"]),
        _bounds(a["end_bounds"]),
        a["confidence"],
        tuple(Assertion(speaker, _located(spans)) for speaker, spans in a["asserted_by"].items()),
        _quantities(a),
        tuple(a["inferred"]),
        tuple(a["conflicts"]),
        a.get("end_confidence"),
        _located(a.get("end_evidence", ())),
    )


def _located(spans: Iterable[Mapping[str, Any]]) -> tuple[Span, ...]:
    return tuple(Span(**s) for s in spans)


def _bounds(pair: list[str] | None) -> tuple[str, str] | None:
    return (pair[0], pair[1]) if pair else None


def _quantities(attributes: Mapping[str, Any]) -> tuple[Quantity, ...]:
    return tuple(Quantity(**{**q, "span": Span(**q["span"])}) for q in attributes["quantities"])
