"""A graph in, a stable stream of RDF 1.1 triples out, grouped by subject: the graph itself, entities, facts, quotations, evidence."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.graph import Graph
from kg.iris import VOCABULARIES, Iris, base_of, digest, documents, vocabulary
from kg.literals import address, dated, integer, number, probability, tagged
from kg.ontology import Ontology
from kg.terms import NAMESPACE

_PLAIN = ("rdf", "rdfs", "xsd")  # vocabularies that every graph uses
CONTEXT = 32  # characters of text kept before and after a quoted span

Attributes = Mapping[str, Any]
_Node = NamedNode | BlankNode
_Pair = tuple[NamedNode, NamedNode | BlankNode | Literal]


_DCTERMS, _OA, _ORG = (vocabulary(VOCABULARIES[prefix]) for prefix in ("dcterms", "oa", "org"))
_PROV, _RDF, _SCHEMA, _SKOS = (vocabulary(VOCABULARIES[prefix]) for prefix in ("prov", "rdf", "schema", "skos"))
_VOID, _KGO = vocabulary(VOCABULARIES["void"]), vocabulary(NAMESPACE)
_TYPE, _DERIVED = _RDF("type"), _PROV("wasDerivedFrom")


def prefixes(graph: Graph, ontology: Ontology) -> dict[str, str]:
    """Return the prefixes that make a graph's triples short: the vocabularies, and one per kind of thing (`person:eddie-wu`)."""
    found = {"kgo": NAMESPACE, **VOCABULARIES}
    if ontology.namespace != NAMESPACE:
        found["own"] = ontology.namespace
    kinds = {node.split("/", 1)[0] for node in graph if "/" in node} | {"doc", "fact", "quotation", "quantity"}
    for kind in sorted(k for k in kinds if re.fullmatch("[a-z]+", k)):
        found.setdefault(kind, f"{base_of(graph)}{kind}/")
    return found


def triples(graph: Graph, ontology: Ontology, known: Mapping[str, NamedNode] | None = None) -> Iterator[Triple]:
    """Yield every triple of a graph once; blank nodes follow the subject that they belong to.

    `known` are the IRIs of the documents where the graph is part of a larger one, which alone is described.
    """
    return _flat(part for _, part in sections(graph, ontology, known))


def sections(graph: Graph, ontology: Ontology, known: Mapping[str, NamedNode] | None = None) -> Iterator[tuple[str, Iterator[Triple]]]:
    """Yield the triples in parts with a heading for the reader of a file."""
    iris = Iris(base_of(graph), vocabulary(ontology.namespace), documents(graph) if known is None else known)
    if known is None:
        yield "The graph", described(graph, ontology)
    yield "Entities", _flat(_entity(graph, n, ontology, iris) for n in sorted(graph))
    edges = sorted(graph.edges(keys=True, data=True), key=lambda e: str(e[2]))
    yield "Facts", _flat(_fact((s, k, o), a, ontology, iris) for s, o, k, a in edges)
    yield "Quotations", _flat(_quotation(q, iris) for q in sorted(graph.graph.get("quotations", ()), key=lambda q: str(q["identifier"])))
    yield "Documents and their evidence", _flat(_evidence(graph, iris))


def grouped(stream: Iterable[Triple]) -> Iterator[tuple[NamedNode, list[Triple]]]:
    """Gather a stream into blocks: a named subject, its triples and those of the blank nodes that follow it."""
    subject: NamedNode | None = None
    block: list[Triple] = []
    for triple in stream:
        if triple.subject != subject and isinstance(triple.subject, NamedNode):
            if subject is not None:
                yield subject, block
            subject, block = triple.subject, []
        block.append(triple)
    if subject is not None:
        yield subject, block


def _flat(records: Iterable[Iterator[Triple]]) -> Iterator[Triple]:
    return chain.from_iterable(records)


def _describe(subject: _Node, pairs: Iterable[_Pair]) -> Iterator[Triple]:
    """Yield the triples of one subject, each pair once."""
    return (Triple(subject, p, o) for p, o in dict.fromkeys(pairs))


def described(graph: Graph, ontology: Ontology) -> Iterator[Triple]:
    """Yield what a graph is as a whole (W3C VoID), the same whenever it was built."""
    return _describe(NamedNode(base_of(graph)), _dataset(graph, ontology))


def _dataset(graph: Graph, ontology: Ontology) -> Iterator[_Pair]:
    yield _TYPE, _VOID("Dataset")
    yield from ((_DCTERMS("conformsTo"), NamedNode(version)) for version in graph.graph.get("conforms_to", ()))
    if "as_of" in graph.graph:
        yield _DCTERMS("valid"), dated(graph.graph["as_of"])
    yield _VOID("uriSpace"), Literal(base_of(graph))
    spoken = {NAMESPACE, ontology.namespace, *VOCABULARIES.values()} - {VOCABULARIES[prefix] for prefix in _PLAIN}
    yield from ((_VOID("vocabulary"), NamedNode(namespace)) for namespace in sorted(spoken))
    yield _VOID("entities"), integer(len(graph))


def _entity(graph: Graph, node: str, ontology: Ontology, iris: Iris) -> Iterator[Triple]:
    a = graph.nodes[node]
    return _thing(iris.node(node), [*_names(a, iris), *_plain(graph, node, ontology, iris)], a, iris)


def _names(a: Attributes, iris: Iris) -> Iterator[_Pair]:
    yield from ((_TYPE, iris.word(c)) for c in a["classes"])
    preferred = tagged(a["label"], a["language"])
    yield _SKOS("prefLabel"), preferred
    for name in sorted(a["names"], key=lambda n: (n["language"], n["text"])):
        literal = tagged(name["text"], name["language"])
        if literal != preferred:
            yield _SKOS("altLabel"), literal
    if a.get("concept"):
        yield _SCHEMA("sameAs"), NamedNode(a["concept"])


def _plain(graph: Graph, node: str, ontology: Ontology, iris: Iris) -> Iterator[_Pair]:
    edges = {(a["predicate"], o) for _, o, a in graph.out_edges(node, data=True) if holds(graph, a, ontology)}
    return ((iris.word(p), iris.node(o)) for p, o in sorted(edges))


def holds(graph: Graph, edge: Attributes, ontology: Ontology) -> bool:
    """Whether a fact is stated to hold and no succession has ended it, so that it is asserted as a plain triple."""
    status = ontology.statuses.get(edge["status"])
    ended = edge.get("end_confidence") is not None and "as_of" not in graph.graph
    return status is not None and status.plain and not ended


def _thing(subject: NamedNode, pairs: list[_Pair], a: Attributes, iris: Iris) -> Iterator[Triple]:
    """Yield a subject's triples and then those of its quantities."""
    quantities = {quantity_node(subject, q, iris): q for q in a["quantities"]}
    ordered = sorted(quantities.items(), key=lambda i: (i[1]["kind"], i[0].value))
    yield from _describe(subject, [*pairs, *((_KGO(q["kind"]), node) for node, q in ordered)])
    for node, quantity in ordered:
        yield from _describe(node, _quantity(quantity, iris))


def quantity_node(owner: NamedNode, q: Attributes, iris: Iris) -> NamedNode:
    """Return the IRI of a figure stated of an entity or fact."""
    owned, span = (node.value.removeprefix(iris.base) for node in (owner, iris.span(q["span"])))
    return iris.record("quantity", digest("\n".join((owned, q["kind"], q["value"], q["unit"], q["date"] or "", span)))[:16])


def _quantity(q: Attributes, iris: Iris) -> Iterator[_Pair]:
    yield _TYPE, _KGO("Quantity")
    yield _KGO("value"), number(q["value"])
    yield _KGO("unit"), Literal(q["unit"])
    if q["date"]:
        yield _KGO("date"), dated(q["date"])
    yield _DERIVED, iris.span(q["span"])


def _fact(ends: tuple[str, str, str], a: Attributes, ontology: Ontology, iris: Iris) -> Iterator[Triple]:
    subject, key, object_ = iris.node(ends[0]), ends[1], iris.node(ends[2])
    pairs: list[_Pair] = [(_TYPE, _RDF("Statement"))]
    member: list[_Pair] = []
    if membership(a, ontology):
        pairs.append((_TYPE, _ORG("Membership")))
        role = ontology.relations[a["predicate"]].role
        member = [(_ORG("member"), subject), (_ORG("organization"), object_), *([(_ORG("role"), NamedNode(role))] if role else [])]
    pairs += [(_RDF("subject"), subject), (_RDF("predicate"), iris.word(a["predicate"])), (_RDF("object"), object_), *member]
    return _thing(iris.record("fact", key), [*pairs, *_circumstances(a, iris)], a, iris)


def membership(a: Attributes, ontology: Ontology) -> bool:
    """Whether a fact is a role in an organization that someone holds or held: what is announced, rumoured or denied is none."""
    relation, status = ontology.relations.get(a["predicate"]), ontology.statuses.get(a["status"])
    return bool(relation and relation.membership and status and status.tense in ("past", "present"))


def _circumstances(a: Attributes, iris: Iris) -> Iterator[_Pair]:
    if a["title"]:
        yield _KGO("title"), tagged(a["title"]["text"], a["title"]["language"])
    yield _KGO("status"), iris.word(a["status"])
    yield _KGO("confidence"), probability(a["confidence"])
    yield from _time("start", a)
    yield from _time("end", a)
    yield from ((_KGO("assertedBy"), iris.node(e)) for e in sorted(a["asserted_by"]))
    yield from ((_KGO("inferred"), Literal(words)) for words in sorted(a["inferred"]))
    if a.get("end_confidence") is not None:
        yield _KGO("endConfidence"), probability(a["end_confidence"])
    yield from ((_KGO("endDerivedFrom"), iris.span(s)) for s in sorted(a.get("end_evidence", ()), key=_place))
    yield from ((_KGO("conflictsWith"), iris.record("fact", f)) for f in sorted(a["conflicts"]))
    yield from ((_DERIVED, iris.span(s)) for s in sorted(a["evidence"], key=_place))


def _time(end: str, a: Attributes) -> Iterator[_Pair]:
    if a[end]:
        yield _KGO(end), dated(a[end])
    if a[f"{end}_bounds"]:
        earliest, latest = a[f"{end}_bounds"]
        yield _KGO(f"{end}Earliest"), dated(earliest)
        yield _KGO(f"{end}Latest"), dated(latest)


def _quotation(q: Attributes, iris: Iris) -> Iterator[Triple]:
    return _describe(
        iris.record("quotation", q["identifier"]),
        [
            (_TYPE, _KGO("Quotation")),
            (_KGO("speaker"), iris.node(q["speaker"])),
            (_KGO("text"), tagged(q["text"], q["language"])),
            (_DERIVED, iris.span(q["span"])),
        ],
    )


def _evidence(graph: Graph, iris: Iris) -> Iterator[Iterator[Triple]]:
    """Yield each document and then the spans of it that state something."""
    named, said = mentioned(graph), speakers(graph)
    for identifier, a in sorted(graph.graph.get("documents", {}).items()):
        node = iris.documents[identifier]
        yield _describe(node, [*_document(identifier, a), *((_SCHEMA("mentions"), iris.node(e)) for e in sorted(named[identifier]))])
        for place, who in sorted(said.get(identifier, {}).items()):
            yield _span(node, a["text"], place, [iris.node(e) for e in sorted(who)])


def _document(identifier: str, a: Attributes) -> Iterator[_Pair]:
    yield _TYPE, _SCHEMA("Article")
    yield _TYPE, _PROV("Entity")
    yield _DCTERMS("identifier"), Literal(identifier)
    if a["language"]:
        yield _DCTERMS("language"), Literal(a["language"].lower())
    if a["title"]:
        yield _DCTERMS("title"), tagged(a["title"], a["language"])
    if a["source"]:
        yield _DCTERMS("source"), address(a["source"])
    if a["issued"]:
        yield _DCTERMS("issued"), dated(a["issued"])
    yield _KGO("sha256"), Literal(a["sha256"])


def _span(document: NamedNode, text: str, place: tuple[int, int], who: list[NamedNode]) -> Iterator[Triple]:
    start, end = place
    label = f"{document.value.rsplit('/', 1)[-1].replace('-', '_')}_{start}_{end}"
    node, quote, position = NamedNode(f"{document.value}#char={start},{end}"), BlankNode(f"q{label}"), BlankNode(f"p{label}")
    has = _OA("hasSelector")
    attributed = [(_PROV("wasAttributedTo"), speaker) for speaker in who]
    yield from _describe(node, [(_TYPE, _OA("SpecificResource")), (_OA("hasSource"), document), *attributed, (has, quote), (has, position)])
    before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    around = [(_OA(name), Literal(words)) for name, words in (("prefix", before), ("suffix", after)) if words]
    yield from _describe(quote, [(_TYPE, _OA("TextQuoteSelector")), (_OA("exact"), Literal(text[start:end])), *around])
    offsets = [(_OA(name), integer(offset)) for name, offset in (("start", start), ("end", end))]
    yield from _describe(position, [(_TYPE, _OA("TextPositionSelector")), *offsets])


def mentioned(graph: Graph) -> dict[str, set[str]]:
    """Return the entities that each document names."""
    found: dict[str, set[str]] = defaultdict(set)
    for node, a in graph.nodes(data=True):
        for span in a["mentions"]:
            found[span["document"]].add(node)
    return found


def speakers(graph: Graph) -> dict[str, dict[tuple[int, int], set[str]]]:
    """Return the spans of each document that state something, with those whose words they are: none where the document speaks."""
    found: dict[str, dict[tuple[int, int], set[str]]] = defaultdict(lambda: defaultdict(set))
    holders = [a for _, a in graph.nodes(data=True)] + [a for _, _, a in graph.edges(data=True)]
    said: list[tuple[Attributes, tuple[str, ...]]] = [(s, ()) for a in holders for s in stated(a)]
    said += [(s, (who,)) for a in holders for who, spans in a.get("asserted_by", {}).items() for s in spans]
    said += [(q["span"], (q["speaker"],)) for q in graph.graph.get("quotations", ())]
    for span, who in said:
        found[span["document"]][span["start"], span["end"]].update(who)
    return found


def stated(a: Attributes) -> list[Attributes]:
    """Return the spans that state a fact, entail its end, or state the figures of an entity or fact."""
    return [*a.get("evidence", ()), *a.get("end_evidence", ()), *(q["span"] for q in a["quantities"])]


def _place(span: Attributes) -> tuple[str, int, int]:
    return span["document"], span["start"], span["end"]
