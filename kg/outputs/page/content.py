"""A graph and its layout in, what the page knows out: plain lists and dicts, ready for JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import networkx as nx
from pyoxigraph import NamedNode

from kg.dates import bounds
from kg.iris import base_of, documents
from kg.literals import address
from kg.ontology import NAMESPACE, Ontology
from kg.outputs.page.layout import Layout
from kg.outputs.page.passages import Passages
from kg.outputs.page.variants import variants
from kg.rdf import holds, membership, speakers

Said = Mapping[str, Mapping[tuple[int, int], set[str]]]  # by document and span: the entities whose words it is

MOST_EVIDENCE = 12  # passages kept per fact, beyond one of each document; the page says how many there are in all


def content(graph: nx.MultiDiGraph, ontology: Ontology, layout: Layout) -> dict[str, Any]:
    """Gather everything that the page shows, entities in order of identifier, facts in order of key."""
    nodes = {node: i for i, node in enumerate(sorted(graph))}
    numbers = {name: i for i, name in enumerate(sorted(graph.graph["documents"]))}
    passages = Passages(graph, nodes, numbers)
    owner = {node: g for g, group in enumerate(layout.groups) for node in group.members}
    edges = sorted(graph.edges(keys=True, data=True), key=lambda e: e[2])
    kinds = sorted({tuple(a["classes"]) for _, a in graph.nodes(data=True)})
    drawn = list(zip(layout.xs, layout.ys, layout.radii, strict=True))
    iris, said = documents(graph), speakers(graph)
    return {
        "base": base_of(graph),
        "namespace": ontology.namespace,
        "vocabulary": NAMESPACE,
        "tops": sorted({ontology.top(c) for c in ontology.classes} | {k[0] for k in kinds}),
        "kinds": kinds,
        "classes": _classes(graph, ontology),
        "relations": _relations(graph, ontology),
        "statuses": _statuses(graph, ontology),
        "documents": [_document(n, a, iris[n].value) for n, a in sorted(graph.graph["documents"].items())],
        "entities": [[*_entity(n, graph.nodes[n], numbers, kinds), *drawn[i], owner[i]] for n, i in nodes.items()],
        "facts": [
            [nodes[s], nodes[o], key, *_fact(a, nodes, passages, said), int(holds(graph, a, ontology)), int(membership(a, ontology))]
            for s, o, key, a in edges
        ],
        "quotations": [_quotation(q, nodes, passages) for q in graph.graph["quotations"] if q["speaker"] in nodes],
        "passages": passages.rows,
        "variants": variants(text for _, a in graph.nodes(data=True) for text in (a["label"], *(n["text"] for n in a["names"]))),
        "groups": [[list(g.members), g.x, g.y, g.width, g.height, int(g.tray)] for g in layout.groups],
    }


def _classes(graph: nx.MultiDiGraph, ontology: Ontology) -> list[dict[str, Any]]:
    used = {c for _, a in graph.nodes(data=True) for c in a["classes"]}
    order = [*ontology.classes, *sorted(used - set(ontology.classes))]
    rows = []
    for name in order:
        if name in used:
            known = ontology.classes.get(name)
            top = ontology.top(name) if known else name
            colour = known.colour or ontology.classes[top].colour if known else None
            rows.append({"name": name, "top": top, "labels": dict(known.labels) if known else {}, "colour": colour})
    return rows


def _relations(graph: nx.MultiDiGraph, ontology: Ontology) -> list[dict[str, Any]]:
    used = {a["predicate"] for _, _, a in graph.edges(data=True)}
    rows = []
    for name in [*ontology.relations, *sorted(used - set(ontology.relations))]:
        if name in used:
            known = ontology.relations.get(name)
            inverse = dict(known.inverse_labels) if known else {}
            rows.append(
                {
                    "name": name,
                    "labels": dict(known.labels) if known else {},
                    "inverse": inverse,
                    "symmetric": bool(known and known.symmetric),
                    "role": known.role if known else None,
                }
            )
    return rows


def _statuses(graph: nx.MultiDiGraph, ontology: Ontology) -> list[dict[str, Any]]:
    used = {a["status"] for _, _, a in graph.edges(data=True)}
    order = [*ontology.statuses, *sorted(used - set(ontology.statuses))]
    known = ontology.statuses
    # Each that is neither plain nor of a tense has a line of its own in the picture, the same whichever are used.
    unsure = [n for n in order if n not in known or not (known[n].plain or known[n].tense)]
    rows = []
    for name in order:
        if name in used:
            status = known.get(name)
            row = {"name": name, "labels": dict(status.labels), "plain": status.plain, "tense": status.tense} if status else {"name": name}
            rows.append({"labels": {}, "plain": False, "tense": None, **row, "unsure": unsure.index(name) if name in unsure else 0})
    return rows


def _document(name: str, a: Mapping[str, Any], iri: str) -> list[Any]:
    addressed = bool(a["source"]) and isinstance(address(a["source"]), NamedNode)
    issued = bounds(a["issued"])
    return [name, a["title"], a["language"], a["issued"], a["source"], a["sha256"], iri, addressed, issued[0] if issued else None]


def _entity(node: str, a: Mapping[str, Any], documents: Mapping[str, int], kinds: Sequence[tuple[str, ...]]) -> list[Any]:
    counts = Counter(documents[s["document"]] for s in a.get("mentions", ()) if s["document"] in documents)
    others = [[n["text"], n["language"]] for n in a["names"]]
    return [node, a["label"], a["language"], kinds.index(tuple(a["classes"])), others, sorted(counts.items()), a.get("concept")]


def _fact(a: Mapping[str, Any], nodes: Mapping[str, int], passages: Passages, said: Said) -> list[Any]:
    spans = [s for s in a["evidence"] if s["document"] in passages.texts]
    title = a.get("title")
    return [
        a["predicate"],
        a["status"],
        [title["text"], title["language"]] if title else None,
        _end(a["start"], a["start_bounds"]),
        _end(a["end"], a["end_bounds"]),
        round(a["confidence"], 4),
        [_cited(s, nodes, passages, said) for s in _kept(spans)],
        sorted({passages.documents[s["document"]] for s in spans}),
        len(spans),
        [nodes[n] for n in a["asserted_by"] if n in nodes],
        [[q["kind"], q["value"], q["unit"]] for q in a.get("quantities", ())],
        list(a.get("inferred", ())),
        list(a.get("conflicts", ())),
        a.get("end_confidence"),
        [_cited(s, nodes, passages, said) for s in _kept([s for s in a.get("end_evidence", ()) if s["document"] in passages.texts])],
    ]


def _cited(span: Mapping[str, Any], nodes: Mapping[str, int], passages: Passages, said: Said) -> list[int]:
    """Return [passage, start, end, node …]: the evidence within its passage, and those whose words it is."""
    who = said[span["document"]][span["start"], span["end"]]
    return [*passages.add(span), *sorted(nodes[n] for n in who if n in nodes)]


def _kept(spans: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the first span of each document, so that none is cited without its words, and more up to MOST_EVIDENCE."""
    firsts: dict[str, Mapping[str, Any]] = {}
    for span in spans:
        firsts.setdefault(span["document"], span)
    more = [s for s in spans if s is not firsts[s["document"]]]
    return [*firsts.values(), *more[: max(0, MOST_EVIDENCE - len(firsts))]]


def _quotation(q: Mapping[str, Any], nodes: Mapping[str, int], passages: Passages) -> list[Any]:
    return [nodes[q["speaker"]], q["language"], passages.quoted(q["span"])]


def _end(value: str | None, bounds: Sequence[str] | None) -> list[str] | None:
    """Return [as stated], or [as stated, earliest day, latest day]."""
    return [value, *(bounds or ())] if value else None
