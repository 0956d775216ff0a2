"""Two graphs in, the entities, facts and quotations that only one of them holds out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.explain import fact, title, version
from kg.graph import Graph
from kg.ontology import Ontology


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """One thing that was added or removed: its kind ("entity", "fact", "quotation", "document") and what it says."""

    kind: str
    added: bool
    what: str


def compare(old: Graph, new: Graph, ontology: Ontology) -> tuple[Change, ...]:
    """List what the new graph has and the old has not, and the other way round, sorted."""
    before, after = set(_contents(old, ontology)), set(_contents(new, ontology))
    changes = [Change(kind, True, what) for kind, what in after - before] + [Change(kind, False, what) for kind, what in before - after]
    return tuple(sorted(changes, key=lambda c: (c.kind, c.what, c.added)))


def _contents(graph: Graph, ontology: Ontology) -> Iterator[tuple[str, str]]:
    for identifier, document in graph.graph["documents"].items():
        yield "document", " ".join(filter(None, (identifier, document["title"], f"({version(document)})")))
    for node in graph:
        names = ", ".join(sorted(x["text"] for x in graph.nodes[node]["names"]))
        yield "entity", f"{title(graph, node)}: {names}"
    for edge in graph.edges(keys=True, data=True):
        places = ", ".join(f"{s['document']} {s['start']}–{s['end']}" for s in edge[3]["evidence"])
        yield "fact", f"{fact(graph, ontology, edge)} {places}"
    for quotation in graph.graph["quotations"]:
        yield "quotation", f"{quotation['speaker']}: “{' '.join(quotation['text'].split())}” {quotation['span']['document']}"
