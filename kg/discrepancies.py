"""Triples in a store and those that it should hold in, what only one of the two says out; blank nodes are known by what is said of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pyoxigraph as ox

from kg.rdf import grouped

FEW = 3  # triples that are shown

Pairs = frozenset[tuple[ox.NamedNode, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]]


@dataclass(slots=True)
class Told:
    """How many triples only one side says, and the first few of them."""

    count: int = 0
    first: list[str] = field(default_factory=list)

    def add(self, subject: object, predicate: object, object_: object) -> None:
        """Count a triple; blank nodes have no name that tells anything."""
        self.count += 1
        words = ("[]" if isinstance(term, ox.BlankNode) else str(term) for term in (subject, predicate, object_))
        self.first = sorted([*self.first, f"{' '.join(words)} ."])[:FEW]


def discrepancies(store: ox.Store, expected: Callable[[], Iterable[ox.Triple]]) -> tuple[Told, Told]:
    """Return what a store lacks and what it says besides; the triples expected are streamed, a second time where there is more."""
    lacking, besides, agreed, used = Told(), Told(), 0, set[ox.BlankNode]()
    for _, block in grouped(expected()):
        parts = _parts(block)
        for triple in block:
            if isinstance(triple.subject, ox.BlankNode):
                continue
            if triple.object in parts:
                found = next(_alike(store, triple, parts[triple.object], used), None)
                used |= {found} if found else set()
                held = 1 + len(parts[triple.object]) if found else 0
            else:
                held = int(_quad(triple) in store)
            agreed += held
            if not held:
                lacking.add(*triple)
    if agreed != len(store):
        for quad in _unknown(store, expected(), used):
            besides.add(quad.subject, quad.predicate, quad.object)
    return lacking, besides


def _parts(block: Iterable[ox.Triple]) -> Mapping[object, Pairs]:
    """Return what is said of each blank node of a block."""
    found: defaultdict[object, set[Any]] = defaultdict(set)
    for subject, predicate, object_ in block:
        if isinstance(subject, ox.BlankNode):
            found[subject].add((predicate, object_))
    return {node: frozenset(pairs) for node, pairs in found.items()}


def _alike(store: ox.Store, triple: ox.Triple, pairs: Pairs, used: set[ox.BlankNode]) -> Iterator[ox.BlankNode]:
    """Yield the blank nodes of which the store says the same, in the same place."""
    nodes = {q.object for q in store.quads_for_pattern(triple.subject, triple.predicate, None) if isinstance(q.object, ox.BlankNode)}
    return (n for n in nodes - used if {(q.predicate, q.object) for q in store.quads_for_pattern(n, None, None)} == pairs)


def _unknown(store: ox.Store, expected: Iterable[ox.Triple], used: set[ox.BlankNode]) -> Iterator[ox.Quad]:
    known = ox.Store()
    known.bulk_extend(map(_quad, expected))
    for quad in store:
        if isinstance(quad.subject, ox.BlankNode):
            if quad.subject not in used:
                yield quad
        elif quad.object not in used and quad not in known:
            yield quad


def _quad(triple: ox.Triple) -> ox.Quad:
    return ox.Quad(triple.subject, triple.predicate, triple.object)
