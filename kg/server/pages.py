"""A thing of a graph in, its page out: an entity, fact, document or quotation with the sentences it rests on and what limits it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any
from urllib.parse import quote as percent

from pyoxigraph import NamedNode

from kg import literals
from kg.explain import Edge, facts
from kg.iris import base_of, iri
from kg.ontology import Concept, Ontology
from kg.outputs import quote
from kg.phrases import circumstances, figure, label, sure
from kg.rdf import holds, mentioned, stated
from kg.server.frame import address, framed, isolated, linked, section, table, text
from kg.server.things import Catalogue, Thing, quoting, stating

_FORMS = (("turtle", "Turtle"), ("jsonld", "JSON-LD"))


def page(held: Catalogue, thing: Thing, ontology: Ontology) -> str:
    """Return the HTML page of a thing."""
    kinds = {"entity": _entity, "fact": _fact, "document": _document, "quotation": _quotation}
    title, body = kinds[thing.kind](held, thing.identifier, ontology)
    path = held.path(thing.kind, thing.identifier)
    forms = " · ".join(f'<a href="{address(path)}?format={form}">{name}</a>' for form, name in _FORMS)
    return framed(title, [*body, f"<p><code>{text(iri(base_of(held.graph), path).value)}</code></p><p>{forms}</p>"])


def concept(held: Catalogue, concept: Concept, ontology: Ontology) -> str:
    """Return the HTML page of a concept of the authority file: its names, and the entity that it is."""
    names = (isolated(n.text, n.language) for n in concept.names)
    met = (_to_entity(held, n) for n, a in held.graph.nodes(data=True) if a.get("concept") == concept.iri)
    heading = f"<h1>{isolated(concept.names[0].text)}</h1><p>{text(label(ontology.classes, concept.cls))}</p>"
    body = [heading, f"<p>Known as {', '.join(names)}</p>", section("In this graph", met), f"<p><code>{text(concept.iri or '')}</code></p>"]
    return framed(concept.names[0].text, body)


def _entity(held: Catalogue, node: str, ontology: Ontology) -> tuple[str, Iterator[str]]:
    return held.graph.nodes[node]["label"], _of_entity(held, node, ontology)


def _of_entity(held: Catalogue, node: str, ontology: Ontology) -> Iterator[str]:
    a, graph = held.graph.nodes[node], held.graph
    yield f"<h1>{isolated(a['label'])}</h1><p>{text(', '.join(label(ontology.classes, c) for c in a['classes']))}</p>"
    others = [isolated(n["text"], n["language"]) for n in a["names"] if n["text"] != a["label"]]
    yield f"<p>Also called {', '.join(others)}</p>" if others else ""
    yield f"<p>Known as {_to_concept(a['concept'], ontology)}</p>" if a.get("concept") else ""
    yield section("Facts", (_listed(held, edge, ontology, node) + _grounds(held, edge[3]) for edge in facts(graph, node)))
    yield section("Figures", (f"{isolated(figure(q))}{_passage(held, q['span'])}" for q in a["quantities"]))
    yield section("Quotations", (_passage(held, q["span"], q["text"]) for q in held.quotations.values() if q["speaker"] == node))
    named = Counter(s["document"] for s in a["mentions"])
    yield section("Named in", (f"{_to_document(held, i)} {times}×" for i, times in sorted(named.items())))


def _fact(held: Catalogue, key: str, ontology: Ontology) -> tuple[str, Iterator[str]]:
    subject, object_, _, a = held.facts[key]
    words = f"{_name(held, subject)} – {label(ontology.relations, a['predicate'])} – {_name(held, object_)}"
    return words, _of_fact(held, held.facts[key], ontology)


def _of_fact(held: Catalogue, edge: Edge, ontology: Ontology) -> Iterator[str]:
    subject, object_, _, a = edge
    relation = text(label(ontology.relations, a["predicate"]))
    yield f"<h1>{_to_entity(held, subject)} {relation} {_to_entity(held, object_)}</h1>"
    inferred = a.get("end_confidence")
    end = f"{a['end']}{'' if inferred is None else f' (inferred, confidence {inferred:.2f})'}" if a["end"] else ""
    yield table(
        (
            ("Status", _status(a, ontology)),
            ("Title", isolated(a["title"]["text"], a["title"]["language"]) if a["title"] else ""),
            ("From", text(a["start"] or "")),
            ("Until", text(end)),
            ("Figures", ", ".join(isolated(figure(q)) for q in a["quantities"])),
            ("Said by", ", ".join(_to_entity(held, n) for n in a["asserted_by"])),
            ("Confidence", f"{a['confidence']:.2f}"),
        )
    )
    yield "" if holds(held.graph, a, ontology) else "<p>Not asserted as a triple of its own: it is not stated to hold now.</p>"
    yield section("Passages that state it", (_passage(held, s) for s in a["evidence"]))
    yield section("Passages that its end follows from", (_passage(held, s) for s in a.get("end_evidence", ())))
    yield section("Cannot hold together with", (_listed(held, held.facts[k], ontology) for k in a["conflicts"] if k in held.facts))


def _document(held: Catalogue, identifier: str, ontology: Ontology) -> tuple[str, Iterator[str]]:
    return held.graph.graph["documents"][identifier]["title"] or identifier, _of_document(held, identifier, ontology)


def _of_document(held: Catalogue, identifier: str, ontology: Ontology) -> Iterator[str]:
    graph, a = held.graph, held.graph.graph["documents"][identifier]
    yield f"<h1>{isolated(a['title'] or identifier, a['language'])}</h1>"
    yield table(
        (
            ("File", isolated(identifier)),
            ("Language", text(a["language"] or "")),
            ("Date", text(a["issued"] or "")),
            ("Source", _source(a["source"])),
        )
    )
    edges, said = stating(held, identifier), quoting(held, identifier)
    yield section("Facts", (_listed(held, e, ontology) + _grounds(held, e[3], identifier) for e in edges))
    yield section("Quotations", (f"{_to_entity(held, q['speaker'])}{_passage(held, q['span'], q['text'])}" for q in said))
    yield section("Names", (_to_entity(held, n) for n in sorted(mentioned(graph)[identifier], key=lambda n: (_name(held, n), n))))
    holders = [*(x for _, x in graph.nodes(data=True)), *(e[3] for e in held.facts.values())]
    spans = [s for x in holders for s in stated(x)] + [q["span"] for q in said]
    places = {(s["start"], s["end"]) for s in spans if s["document"] == identifier}
    yield f'<h2>Text</h2><div class="text" lang="{text(a["language"] or "")}" dir="auto">{"".join(_marked(a["text"], places))}</div>'


def _quotation(held: Catalogue, identifier: str, _: Ontology) -> tuple[str, Iterator[str]]:
    q = held.quotations[identifier]
    heading = f"<h1>{_to_entity(held, q['speaker'])} is quoted</h1>"
    return f"{_name(held, q['speaker'])} is quoted", iter((heading, _passage(held, q["span"], q["text"])))


def _listed(held: Catalogue, edge: Edge, ontology: Ontology, node: str | None = None) -> str:
    """Say a fact in a line that leads to its page, its status before all else that is said of it."""
    subject, object_, key, a = edge
    ends = [isolated(_name(held, n)) if n == node else _to_entity(held, n) for n in (subject, object_)]
    more = ", ".join((*circumstances(held.graph, ontology, a)[1:], sure(a)))
    why = f'<a href="{address(held.path("fact", str(key)))}">why</a>'
    at_odds = " <b>at odds with another fact</b>" if any(k in held.facts for k in a["conflicts"]) else ""
    relation = f"<b>{text(label(ontology.relations, a['predicate']))}</b>"
    return f"{ends[0]} {relation} {ends[1]} {_status(a, ontology)} {isolated(more)}{at_odds} {why}"


def _status(a: Mapping[str, Any], ontology: Ontology) -> str:
    return f'<strong class="status">{text(label(ontology.statuses, a["status"]))}</strong>'


def _grounds(held: Catalogue, a: Mapping[str, Any], document: str | None = None) -> str:
    """Quote what states a fact, in one document or all, and what its inferred end follows from."""
    spans = [("", s) for s in a["evidence"]] + [("Its end follows from", s) for s in a.get("end_evidence", ())]
    return "".join(_passage(held, s, lead=lead) for lead, s in spans if document in (None, s["document"]))


def _passage(held: Catalogue, span: Mapping[str, Any], words: str | None = None, lead: str = "") -> str:
    """Quote a passage, with a link to its place in the text of its document."""
    quoted = quote(span, held.graph.graph["documents"]) if words is None else words
    place = f"{span['document']}, {span['start']}–{span['end']}"
    cite = linked(held.path("document", span["document"]), place, _anchor(span["start"], span["end"]))
    return f"<blockquote>{f'<small>{text(lead)}</small> ' if lead else ''}{isolated(quoted)}<cite>{cite}</cite></blockquote>"


def _marked(words: str, places: Iterable[tuple[int, int]]) -> Iterator[str]:
    """Write a text with an anchor at the beginning of each place, and what lies in places marked."""
    spans = sorted(places)
    cuts = sorted({0, len(words), *(p for span in spans for p in span)})
    for start, end in pairwise(cuts):
        yield from (f'<a id="{_anchor(*s)[1:]}"></a>' for s in spans if s[0] == start)
        inside = any(s[0] <= start and end <= s[1] for s in spans)
        yield f"<mark>{text(words[start:end])}</mark>" if inside else text(words[start:end])


def _anchor(start: int, end: int) -> str:
    return f"#char={start},{end}"


def _source(source: str | None) -> str:
    """Link an address on the web; anything else is words."""
    if source and isinstance(literals.address(source), NamedNode):
        return f'<a href="{text(source)}" rel="noreferrer">{isolated(source)}</a>'
    return isolated(source) if source else ""


def _to_entity(held: Catalogue, node: str) -> str:
    return linked(node, _name(held, node))


def _to_concept(iri: str, ontology: Ontology) -> str:
    """Link a concept to its page; one that this ontology does not know has none."""
    words = f"<code>{text(iri)}</code>"
    known = next((c.identifier for c in ontology.concepts if c.iri == iri), None)
    return words if known is None else f'<a href="{text(f"/name/{percent(known)}")}">{words}</a>'


def _to_document(held: Catalogue, identifier: str) -> str:
    return linked(held.path("document", identifier), identifier)


def _name(held: Catalogue, node: str) -> str:
    return str(held.graph.nodes[node]["label"])
