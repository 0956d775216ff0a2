"""A graph and the identifier of an entity in, its page out: names, facts with the sentences that state them, sources; also as RDF."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any
from urllib.parse import quote as percent

from kg.graph import Graph
from kg.iris import base_of, documents, iri
from kg.ontology import Ontology
from kg.outputs import quote
from kg.outputs.turtle import blocks, header
from kg.rdf import prefixes, triples
from kg.server.protocol import graph as serialized


def part(graph: Graph, node: str) -> Graph:
    """Return what a graph says of one entity: its facts, quotations and the documents that state them."""
    found = Graph(base=base_of(graph))
    edges = [*graph.out_edges(node, keys=True, data=True), *(e for e in graph.in_edges(node, keys=True, data=True) if e[0] != node)]
    for n in [node, *(end for s, o, *_ in edges for end in (s, o))]:
        found.add_node(n, **{**graph.nodes[n], "quantities": graph.nodes[n]["quantities"] if n == node else []})
    found.add_edges_from(edges)
    said = [q for q in graph.graph.get("quotations", ()) if q["speaker"] == node]
    spans = [*graph.nodes[node]["mentions"], *(s for *_, a in edges for s in a["evidence"]), *(q["span"] for q in said)]
    spans += [q["span"] for a in (graph.nodes[node], *(e[3] for e in edges)) for q in a["quantities"]]
    cited = {s["document"] for s in spans}
    found.graph["documents"] = {i: d for i, d in sorted(graph.graph.get("documents", {}).items()) if i in cited}
    found.graph["quotations"] = said
    for n, a in found.nodes(data=True):
        a["mentions"] = [s for s in a["mentions"] if n == node or s["document"] in cited]
    return found


def rdf(graph: Graph, node: str, ontology: Ontology, media: str) -> bytes:
    """Return an entity as RDF in a media type; Turtle is ours, nested and grouped."""
    about = part(graph, node)
    known = prefixes(about, ontology)
    stream = triples(about, ontology, documents(graph))
    if media == "text/turtle":
        return (header(known) + "".join(blocks(stream, known))).encode()
    return serialized(tuple(stream), media, known)


def page(graph: Graph, node: str, ontology: Ontology) -> str:
    """Return the HTML page of an entity."""
    about, a = part(graph, node), graph.nodes[node]
    title = escape(a["label"])
    return _PAGE.format(title=title, body="".join(_body(about, node, ontology)))


def _body(about: Graph, node: str, ontology: Ontology) -> Iterator[str]:
    a = about.nodes[node]
    kinds = escape(", ".join(_label(ontology.classes, c) for c in a["classes"]))
    yield f"<h1><bdi>{escape(a['label'])}</bdi></h1><p>{kinds} · <code>{escape(iri(base_of(about), node).value)}</code></p>"
    others = [n for n in a["names"] if n["text"] != a["label"]]
    if others:
        names = ", ".join(f'<bdi lang="{escape(n["language"])}">{escape(n["text"])}</bdi>' for n in others)
        yield f"<p>Also called {names}</p>"
    edges = sorted(about.edges(keys=True, data=True), key=lambda e: (e[3]["predicate"], str(e[2])))
    yield f"<h2>Facts: {len(edges)}</h2><ul>"
    yield from (_fact(about, (s, o, f), node, ontology) for s, o, _, f in edges)
    yield "</ul>"
    said = about.graph["quotations"]
    if said:
        yield f"<h2>Quotations: {len(said)}</h2>"
        yield from (_quoted(q["text"], q["span"]) for q in said)
    yield "<h2>Sources</h2><ul>"
    for identifier, d in about.graph["documents"].items():
        words = ", ".join(escape(str(w)) for w in (d["title"], d["issued"]) if w)
        yield f"<li><bdi>{escape(identifier)}</bdi> <small><bdi>{words}</bdi></small></li>"
    path = percent(node)
    yield f'</ul><p><a href="/entity/{path}?format=turtle">Turtle</a> · <a href="/entity/{path}?format=jsonld">JSON-LD</a></p>'


def _fact(about: Graph, edge: tuple[str, str, Mapping[str, Any]], node: str, ontology: Ontology) -> str:
    subject, object_, a = edge
    said = [_label(ontology.statuses, a["status"]), *([f"“{a['title']['text']}”"] if a["title"] else [])]
    said += [f"{word} {a[end]}" for word, end in (("from", "start"), ("until", "end")) if a[end]]
    ends = [f"<bdi>{escape(about.nodes[n]['label'])}</bdi>" for n in (subject, object_)]
    linked = [w if n == node else f'<a href="/entity/{percent(n)}">{w}</a>' for n, w in zip((subject, object_), ends, strict=True)]
    relation = escape(_label(ontology.relations, a["predicate"]))
    quoted = "".join(_quoted(quote(s, about.graph["documents"]), s) for s in a["evidence"])
    return f"<li>{linked[0]} <b>{relation}</b> {linked[1]} <small><bdi>{escape(', '.join(said))}</bdi></small>{quoted}</li>"


def _quoted(words: str, span: Mapping[str, Any]) -> str:
    place = f"{span['document']}, {span['start']}–{span['end']}"
    return f"<blockquote><bdi>{escape(words)}</bdi><cite>{escape(place)}</cite></blockquote>"


def _label(terms: Mapping[str, Any], name: str) -> str:
    return str(terms[name].labels.get("en", name)) if name in terms else name


_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>
<link rel="stylesheet" href="/assets/style.css"></head>
<body><nav><a href="/">Graph</a> <a href="/query">Query</a> <a href="/ontology">Ontology</a></nav><main>{body}</main></body></html>
"""
