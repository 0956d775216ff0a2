"""A graph in, what the ontology entails about it out: inverse, symmetric and broader statements, kept apart from what documents state."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from kg.graph import Graph
from kg.iris import VOCABULARIES
from kg.ontology import Ontology
from kg.outputs import serialized, writing
from kg.rdf import prefixes, triples

Step = tuple[str, bool]  # what a property or class entails, and whether subject and object change places
Steps = dict[str, set[Step]]

_OWL, _RDFS, _SCHEMA, _SKOS = "http://www.w3.org/2002/07/owl#", VOCABULARIES["rdfs"], VOCABULARIES["schema"], VOCABULARIES["skos"]
_TYPE = NamedNode(VOCABULARIES["rdf"] + "type")
_BROADER = {_RDFS + "subPropertyOf", _RDFS + "subClassOf"}
_EQUAL = {_OWL + "equivalentProperty", _OWL + "equivalentClass"}
# What SKOS itself says of its labels, and how schema.org calls them.
_LABELS: Steps = {
    _SKOS + "prefLabel": {(_RDFS + "label", False), (_SCHEMA + "name", False)},
    _SKOS + "altLabel": {(_RDFS + "label", False), (_SCHEMA + "alternateName", False)},
}


def write(graph: Graph, ontology: Ontology, path: Path) -> None:
    """Write inferred.ttl."""
    with writing(path) as part:
        serialized(inferred(graph, ontology), part, RdfFormat.TURTLE, prefixes(graph, ontology))


def inferred(graph: Graph, ontology: Ontology) -> Iterator[Triple]:
    """Yield what follows from the triples of a graph by the ontology and is not itself stated, grouped by subject."""
    entailed = _entailed(ontology.folder)
    concluded = {c for triple in triples(graph, ontology) for c in _conclusions(triple, entailed)}
    yield from sorted(concluded.difference(triples(graph, ontology)), key=str)


def _conclusions(triple: Triple, entailed: Steps) -> Iterator[Triple]:
    subject, predicate, object_ = triple
    if predicate == _TYPE:
        yield from (Triple(subject, _TYPE, NamedNode(cls)) for cls, _ in entailed.get(object_.value, ()))
        return
    for broader, turned in entailed.get(predicate.value, ()):
        if not turned:
            yield Triple(subject, NamedNode(broader), object_)
        elif not isinstance(object_, Literal):
            yield Triple(object_, NamedNode(broader), subject)


def _entailed(folder: Path) -> Steps:
    """Return all that each property and class entails, however many steps away."""
    steps = _steps(folder)
    found: Steps = {}
    for start in steps:
        seen: set[Step] = {(start, False)}
        open_ = [(start, False)]
        while open_:
            term, turned = open_.pop()
            fresh = {(t, turned != turns) for t, turns in steps.get(term, ())} - seen
            seen |= fresh
            open_ += fresh
        found[start] = seen - {(start, False)}
    return found


def _steps(folder: Path) -> Steps:
    steps: Steps = defaultdict(set, {label: set(broader) for label, broader in _LABELS.items()})
    for file in sorted(folder.glob("*.ttl")):
        for statement in parse(path=file, format=RdfFormat.TURTLE):
            subject, predicate, object_ = statement.subject, statement.predicate.value, statement.object
            if isinstance(subject, NamedNode) and isinstance(object_, NamedNode):
                for term, step in _step(subject.value, predicate, object_.value):
                    steps[term].add(step)
    return steps


def _step(subject: str, predicate: str, object_: str) -> Iterator[tuple[str, Step]]:
    if object_ in (_OWL + "Thing", _OWL + "topObjectProperty"):
        return
    if predicate in _BROADER | _EQUAL:
        yield subject, (object_, False)
    if predicate in _EQUAL:
        yield object_, (subject, False)
    if predicate == _OWL + "inverseOf":
        yield subject, (object_, True)
        yield object_, (subject, True)
    if predicate == _TYPE.value and object_ == _OWL + "SymmetricProperty":
        yield subject, (subject, True)
