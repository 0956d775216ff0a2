"""A graph and names in, lines for a reader out: what is known of an entity and why, whether two names are one, what is at odds."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any
from unicodedata import category

from kg.comparison import normal
from kg.errors import InputError, QueryError
from kg.graph import Graph
from kg.ontology import Ontology
from kg.outputs import quote
from kg.phrases import circumstances, grouped, label, sure
from kg.resolve.evidence import ENOUGH
from kg.resolve.explain import Explanation
from kg.resolve.judgements import DIFFERENT, PLACE, SAME, WRONG, Judgement, located

LONGEST = 240
JOINERS = "\u200c\u200d"  # they shape letters and emoji, and move nothing
UNREAD = "what was read in the documents is not kept, or by another version of kg: build again to see the evidence"
OTHERWISE = "the graph tells otherwise than what was read: built with other judgements (see --judgements), or by another version of kg"

Edge = tuple[str, str, str, Mapping[str, Any]]


def entities(graph: Graph, name: str) -> list[str]:
    """Return the entities that bear a name or identifier, case and spacing aside, or are named at a place; QueryError if there are none."""
    find, explain = (_named_at, _misplaced) if PLACE.fullmatch(name) else (_named, _misnamed)
    if found := sorted(find(graph, name)):
        return found
    raise QueryError(harmless(" ".join(explain(graph, name).split())))


def _named(graph: Graph, name: str) -> set[str]:
    wanted = normal(name)
    return {n for n in graph if n == name or wanted in _names(graph, n)}


def _named_at(graph: Graph, told: str) -> set[str]:
    place = located(told)
    if place is None:
        return set()
    spans = ((n, s) for n in graph for s in graph.nodes[n]["mentions"] if s["document"] == place.document)
    return {n for n, s in spans if s["start"] < place.end and place.start < s["end"]}


def _misplaced(graph: Graph, told: str) -> str:
    """Say why nothing is named at a place."""
    place, documents = located(told), graph.graph["documents"]
    if place is None:
        return f"{told} holds no character"
    if place.document not in documents:
        return f"no document is named {place.document}"
    length = len(documents[place.document]["text"])
    return f"nothing is named at {told}" + (f": the text has {length:,} characters" if place.end > length else "")


def _misnamed(graph: Graph, name: str) -> str:
    spelled = {normal(x["text"]): x["text"] for n in graph for x in graph.nodes[n]["names"]}
    near = [spelled[x] for x in difflib.get_close_matches(normal(name), sorted(spelled), n=3)]
    return f"nothing is named {name}" + (f"; did you mean {', '.join(near)}?" if near else "")


def related(made: Judgement, ontology: Ontology) -> Judgement:
    """Give a judgement the name of its relation, if it has one: told by that or by a label ("chief executive of"); else InputError."""
    if not made.relation:
        return made
    wanted = normal(made.relation)
    named = (n for n, r in sorted(ontology.relations.items()) if wanted in {normal(n), *map(normal, r.labels.values())})
    if found := next(named, None):
        return replace(made, relation=found)
    raise InputError(harmless(f"no relation is named {made.relation}; there are {', '.join(sorted(ontology.relations))}"))


def overlooked(graph: Graph, ontology: Ontology, made: Judgement) -> list[str]:
    """Tell what a judgement may overlook: names that nothing bears, what speaks against it, what the graph says already."""
    told, meant = list[str](), list[list[str]]()
    for name in filter(None, (made.first, made.second)):
        try:
            meant.append(entities(graph, name))
        except QueryError as error:
            told.append(str(error))
    if len(meant) < 2:
        return told
    between = _between(graph, *meant)
    if made.kind == SAME:
        told += _doubts(graph, (made.first, made.second), meant, len(between))
    elif made.kind == DIFFERENT and set(meant[0]).isdisjoint(meant[1]):
        told.append("they are two already, and will stay so")
    elif made.kind == WRONG and all(a["predicate"] != made.relation for *_, a in between):
        told.append("the graph does not say so" + (", but:" if between else ""))
        told += [f"  {e[3]['predicate']}: {fact(graph, ontology, e)}" for e in between]
    return told


def _doubts(graph: Graph, names: tuple[str, str], meant: list[list[str]], between: int) -> Iterator[str]:
    """Tell what speaks against two names or places being one: places that name several things, things of two kinds, facts between them."""
    for name, nodes in zip(names, meant, strict=True):
        if PLACE.fullmatch(name) and len(nodes) > 1:
            labels = ", ".join(graph.nodes[n]["label"] for n in nodes)
            yield harmless(f"at {name} {len(nodes)} things are named, and all are meant: {labels}")
    kinds = [{graph.nodes[n]["type"] for n in nodes} for nodes in meant]
    if not kinds[0] & kinds[1]:
        first, second = names
        yield harmless(f"{first} is of the kind {', '.join(sorted(kinds[0]))}, {second} of the kind {', '.join(sorted(kinds[1]))}")
    if between:
        yield f"{between} fact{'s' * (between > 1)} between the two will be gone: nothing is related to itself"


def _between(graph: Graph, first: Iterable[str], second: Iterable[str]) -> list[Edge]:
    """Return the facts between things of two names, in either direction, sorted."""
    one, other = set(first), set(second)
    edges = graph.edges(one | other, keys=True, data=True)
    return sorted((e for e in edges if (e[0] in one and e[1] in other) or (e[0] in other and e[1] in one)), key=lambda e: str(e[2]))


def about(graph: Graph, ontology: Ontology, name: str) -> Iterator[str]:
    """Tell what is known under a name: how each entity is called and where, and its facts with the words that state them."""
    for node in entities(graph, name):
        yield from ("", title(graph, node))
        yield from _called(graph, node)
        if concept := graph.nodes[node].get("concept"):
            yield f"  the same as {concept}"
        for told, quantities in grouped(graph.nodes[node]["quantities"]).items():
            yield f"  {told}"
            yield from (f"      {_place(graph, q['span']['document'], q['span']['start'], q['span']['end'])}" for q in quantities)
        for edge in facts(graph, node):
            yield f"  {fact(graph, ontology, edge)}"
            yield from (f"      {line}" for line in evidence(graph, edge[3]))


def verdict(graph: Graph, first: str, second: str) -> Iterator[str]:
    """Tell whether two names are one thing in the graph, and where each is read."""
    one, other = entities(graph, first), entities(graph, second)
    both = [n for n in one if n in other]
    if both:
        yield f"“{first}” and “{second}” are one: {', '.join(both)}"
    else:
        yield f"“{first}” and “{second}” are not one: {', '.join(one)}; {', '.join(other)}"
    for node in both or [*one, *other]:
        yield from ("", title(graph, node))
        yield from _called(graph, node)


def reasons(graph: Graph, explanation: Explanation) -> Iterator[str]:
    """Tell what was judged by hand and the evidence, step by step, with its weights and the words it is read in."""
    yield from (f"judged by hand: {j.told()}" for j in explanation.judgements)
    unseen = _unseen(graph, explanation)
    if unseen:
        yield unseen
        return
    if explanation.second and explanation.same is None:
        yield "to see the evidence, give both names as they are listed above"
    for step in explanation.steps:
        yield f"“{step.first}” and “{step.second}”: {step.score:+.2f} ({ENOUGH:g} makes them one)"
        for piece in step.evidence:
            places = "; ".join(_place(graph, span.document, span.start, span.end) for span in piece.spans)
            yield f"  {piece.score:+.2f} {piece.reason}{': ' + places if places else ''}"


def _unseen(graph: Graph, explanation: Explanation) -> str | None:
    """Say why the evidence is not that of the graph: a document's is missing, or it tells otherwise, and not by a later judgement."""
    if not explanation.documents.issuperset(graph.graph["documents"]):
        return UNREAD
    if explanation.second is None or explanation.same is None or explanation.judgements:
        return None
    apart = set(entities(graph, explanation.first)).isdisjoint(entities(graph, explanation.second))
    return OTHERWISE if explanation.same == apart else None


def conflicts(graph: Graph, ontology: Ontology) -> Iterator[str]:
    """Tell which facts cannot both hold, each with the words that state it."""
    edges = {e[2]: e for e in sorted(graph.edges(keys=True, data=True), key=lambda e: str(e[2]))}
    pairs = sorted({(min(k, c), max(k, c)) for k, (*_, a) in edges.items() for c in a["conflicts"] if c in edges})
    for n, pair in enumerate(pairs):
        yield from ("",) if n else ()
        for lead, key in zip(("", "but "), pair, strict=True):
            yield f"{lead}{fact(graph, ontology, edges[key])}"
            yield from (f"      {line}" for line in evidence(graph, edges[key][3]))


def facts(graph: Graph, node: str) -> list[Edge]:
    """Return the facts of which an entity is the subject or the object, sorted."""
    edges = {e[2]: e for e in (*graph.out_edges(node, keys=True, data=True), *graph.in_edges(node, keys=True, data=True))}
    return sorted(edges.values(), key=lambda e: (e[0] != node, e[3]["predicate"], e[3]["start"] or "", e[2]))


def fact(graph: Graph, ontology: Ontology, edge: Edge) -> str:
    """Say a fact in words and how sure it is: "Mira Solano – chief executive of – Larkfield Motors (past, until 2023; confidence 0.91)"."""
    return f"{_linked(graph, ontology, edge)} ({_qualified(graph, ontology, edge)}; {sure(edge[3])})"


def said(graph: Graph, ontology: Ontology, edge: Edge) -> str:
    """Say a fact in words: "Mira Solano – chief executive of – Larkfield Motors (past, until 2023)"."""
    return f"{_linked(graph, ontology, edge)} ({_qualified(graph, ontology, edge)})"


def _linked(graph: Graph, ontology: Ontology, edge: Edge) -> str:
    subject, object_, _, a = edge
    return f"{graph.nodes[subject]['label']} – {label(ontology.relations, a['predicate'])} – {graph.nodes[object_]['label']}"


def _qualified(graph: Graph, ontology: Ontology, edge: Edge) -> str:
    return ", ".join(circumstances(graph, ontology, edge[3]))


def version(document: Mapping[str, Any]) -> str:
    """Say of a document all that may change without its name: the text (by its hash), language, date and source."""
    return ", ".join(filter(None, (document["sha256"][:12], document["language"], document["issued"], document["source"])))


def evidence(graph: Graph, attributes: Mapping[str, Any]) -> Iterator[str]:
    """Give the words that state a fact, and those that its inferred end follows from, with document and characters."""
    for span in attributes["evidence"]:
        yield _place(graph, span["document"], span["start"], span["end"])
    for span in attributes.get("end_evidence", ()):
        yield f"end: {_place(graph, span['document'], span['start'], span['end'])}"


def harmless(line: str) -> str:
    """Leave nothing in a line that could move the cursor or turn the direction of text: names may be hostile."""
    return "".join(c if c.isprintable() or category(c) == "Zs" or c in JOINERS else "\ufffd" for c in line)


def title(graph: Graph, node: str) -> str:
    """Name an entity with its classes and identifier."""
    a = graph.nodes[node]
    return f"{a['label']}  [{', '.join(a['classes'])}]  {node}"


def _place(graph: Graph, document: str, start: int, end: int) -> str:
    words = " ".join(graph.graph["documents"][document]["text"][start:end].split())
    shown = words if len(words) <= LONGEST else f"{words[:LONGEST]} …"
    return f"{document} {start}–{end}: “{shown}”"


def _called(graph: Graph, node: str) -> Iterator[str]:
    """Tell each form in which the texts name an entity, how often and where first; and the names that no text uses."""
    places: dict[str, list[Mapping[str, Any]]] = {}
    for span in graph.nodes[node]["mentions"]:
        places.setdefault(quote(span, graph.graph["documents"]), []).append(span)
    for words, spans in sorted(places.items(), key=lambda p: (-len(p[1]), p[0])):
        yield f"  named “{' '.join(words.split())}” {len(spans)}×, first in {spans[0]['document']} at {spans[0]['start']}"
    read = {normal(words) for words in places}
    for name in graph.nodes[node]["names"]:
        if normal(name["text"]) not in read:
            yield f"  also called “{name['text']}” ({name['language']})"


def _names(graph: Graph, node: str) -> set[str]:
    return {normal(x["text"]) for x in graph.nodes[node]["names"]}
