"""A graph in, a stable stream of RDF 1.1 triples out, grouped by subject: entities, facts, quotations, evidence."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from itertools import chain
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.errors import InputError
from kg.graph import Graph
from kg.ontology import Ontology
from kg.terms import NAMESPACE

BASE = "https://w3id.org/kg/id/"
VOCABULARIES: Mapping[str, str] = {
    "dcterms": "http://purl.org/dc/terms/",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_MUTE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
CONTEXT = 32  # characters of text kept before and after a quoted span

Attributes = Mapping[str, Any]
_Node = NamedNode | BlankNode
_Pair = tuple[NamedNode, NamedNode | BlankNode | Literal]


def _vocabulary(namespace: str) -> Callable[[str], NamedNode]:
    return lru_cache(maxsize=1024)(lambda name: NamedNode(namespace + name))


_DCTERMS, _OA, _ORG, _PROV, _RDF, _, _SCHEMA, _SKOS, _XSD = map(_vocabulary, VOCABULARIES.values())
_KGO = _vocabulary(NAMESPACE)
_TYPE, _DERIVED = _RDF("type"), _PROV("wasDerivedFrom")
_DATE, _DECIMAL, _INTEGER = _XSD("date"), _XSD("decimal"), _XSD("integer")
_PRECISIONS = {4: _XSD("gYear"), 7: _XSD("gYearMonth"), 10: _DATE}


def prefixes(graph: Graph, ontology: Ontology, base: str = BASE) -> dict[str, str]:
    """Return the prefixes that make a graph's triples short: the vocabularies, and one per kind of thing (`person:eddie-wu`)."""
    found = {"kgo": NAMESPACE, **VOCABULARIES}
    if ontology.namespace != NAMESPACE:
        found["own"] = ontology.namespace
    kinds = {node.split("/", 1)[0] for node in graph if "/" in node} | {"doc", "fact", "quotation", "quantity"}
    for kind in sorted(k for k in kinds if re.fullmatch("[a-z]+", k)):
        found.setdefault(kind, f"{base}{kind}/")
    return found


def triples(graph: Graph, ontology: Ontology, base: str = BASE, known: Mapping[str, NamedNode] | None = None) -> Iterator[Triple]:
    """Yield every triple of a graph once; blank nodes follow the subject that they belong to.

    `known` are the IRIs of the documents where the graph is part of a larger one.
    """
    return _flat(part for _, part in sections(graph, ontology, base, known))


def sections(
    graph: Graph, ontology: Ontology, base: str = BASE, known: Mapping[str, NamedNode] | None = None
) -> Iterator[tuple[str, Iterator[Triple]]]:
    """Yield the triples in parts with a heading for the reader of a file."""
    terms = _Terms(base, _vocabulary(ontology.namespace), documents(graph, base) if known is None else known)
    yield "Entities", _flat(_entity(graph, n, ontology, terms) for n in sorted(graph))
    edges = sorted(graph.edges(keys=True, data=True), key=lambda e: str(e[2]))
    yield "Facts", _flat(_fact((s, k, o), a, ontology, terms) for s, o, k, a in edges)
    yield "Quotations", _flat(_quotation(q, terms) for q in sorted(graph.graph.get("quotations", ()), key=lambda q: str(q["identifier"])))
    yield "Documents and their evidence", _flat(_evidence(graph, terms))


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


def iri(base: str, identifier: str) -> NamedNode:
    """Return the IRI of an identifier; characters that are no letters, digits or harmless signs are percent-encoded."""
    return NamedNode(base + "".join(c if c.isalnum() or c in "-._~/" else _percent(c) for c in identifier))


def usable(base: str) -> str:
    """Return a base of IRIs; raise InputError for one that cannot be put before an identifier, or that a `#` would close."""
    try:
        whole = iri(base, "person/a").value
    except ValueError:
        whole = ""
    if not whole or not base.endswith("/") or "#" in base:
        raise InputError(f"{base}: is no base of IRIs; write an absolute one that ends with a slash, such as {BASE}")
    return base


def base_of(graph: Graph) -> str:
    """Return the base of IRIs with which a graph was built."""
    return str(graph.graph.get("base", BASE))


def for_xml(text: str) -> str:
    """Replace what XML 1.0 cannot hold by U+FFFD."""
    return _MUTE.sub("\ufffd", text)


def record(base: str, kind: str, identifier: str) -> NamedNode:
    """Return the IRI of a fact, quotation or quantity."""
    return iri(base, identifier if identifier.startswith(f"{kind}/") else f"{kind}/{identifier}")


def documents(graph: Graph, base: str = BASE) -> dict[str, NamedNode]:
    """Return the IRI of each document: from its text alone, and from its identifier too where several documents share one text."""
    by_text: dict[str, list[str]] = defaultdict(list)
    for identifier, attributes in sorted(graph.graph.get("documents", {}).items()):
        by_text[attributes["sha256"][:16]].append(identifier)
    found = {}
    for text, identifiers in by_text.items():
        for identifier in identifiers:
            suffix = f"-{_digest(identifier)[:8]}" if len(identifiers) > 1 else ""
            found[identifier] = iri(base, f"doc/{text}{suffix}")
    return found


def dated(value: str) -> Literal:
    """Type a date by the precision stated: xsd:gYear, xsd:gYearMonth or xsd:date; what is no date stays a string."""
    if re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", value):
        with suppress(ValueError):
            date.fromisoformat(value + "-01-01"[len(value) - 4 :])
            return Literal(value, datatype=_PRECISIONS[len(value)])
    return Literal(value)


def tagged(text: str, language: str | None) -> Literal:
    """Return a literal with its language; without one where it is unknown or no language tag."""
    language = (language or "und").lower()
    if language == "und" or not re.fullmatch(r"[a-z]{1,8}(-[a-z0-9]{1,8})*", language):
        return Literal(text)
    return Literal(text, language=language)


def address(source: str) -> NamedNode | Literal:
    """Return where a document comes from: an IRI where it is an address on the web."""
    with suppress(ValueError):
        if re.match(r"https?://[^/]", source):
            return NamedNode(source)
    return Literal(source)


@dataclass(frozen=True, slots=True)
class _Terms:
    """How a graph's identifiers become IRIs; `word` is for classes, relations and statuses, which the ontology names."""

    base: str
    word: Callable[[str], NamedNode]
    documents: Mapping[str, NamedNode]

    def node(self, identifier: str) -> NamedNode:
        return iri(self.base, identifier)

    def record(self, kind: str, identifier: str) -> NamedNode:
        return record(self.base, kind, identifier)

    def span(self, span: Attributes) -> NamedNode:
        return NamedNode(f"{self.documents[span['document']].value}#char={span['start']},{span['end']}")


def _flat(records: Iterable[Iterator[Triple]]) -> Iterator[Triple]:
    return chain.from_iterable(records)


def _describe(subject: _Node, pairs: Iterable[_Pair]) -> Iterator[Triple]:
    """Yield the triples of one subject, each pair once."""
    return (Triple(subject, p, o) for p, o in dict.fromkeys(pairs))


def _entity(graph: Graph, node: str, ontology: Ontology, terms: _Terms) -> Iterator[Triple]:
    a = graph.nodes[node]
    return _thing(terms.node(node), [*_names(a, terms), *_plain(graph, node, ontology, terms)], a, terms)


def _names(a: Attributes, terms: _Terms) -> Iterator[_Pair]:
    yield from ((_TYPE, terms.word(c)) for c in a["classes"])
    preferred = tagged(a["label"], a["language"])
    yield _SKOS("prefLabel"), preferred
    for name in sorted(a["names"], key=lambda n: (n["language"], n["text"])):
        literal = tagged(name["text"], name["language"])
        if literal != preferred:
            yield _SKOS("altLabel"), literal


def _plain(graph: Graph, node: str, ontology: Ontology, terms: _Terms) -> Iterator[_Pair]:
    edges = {(a["predicate"], o) for _, o, a in graph.out_edges(node, data=True) if holds(graph, a, ontology)}
    return ((terms.word(p), terms.node(o)) for p, o in sorted(edges))


def holds(graph: Graph, edge: Attributes, ontology: Ontology) -> bool:
    """Whether a fact is stated to hold and no succession has ended it, so that it is asserted as a plain triple."""
    status = ontology.statuses.get(edge["status"])
    ended = edge.get("end_confidence") is not None and "as_of" not in graph.graph
    return status is not None and status.plain and not ended


def _thing(subject: NamedNode, pairs: list[_Pair], a: Attributes, terms: _Terms) -> Iterator[Triple]:
    """Yield a subject's triples and then those of its quantities."""
    quantities = {_quantity_node(subject, q, terms): q for q in a["quantities"]}
    ordered = sorted(quantities.items(), key=lambda i: (i[1]["kind"], i[0].value))
    yield from _describe(subject, [*pairs, *((_KGO(q["kind"]), node) for node, q in ordered)])
    for node, quantity in ordered:
        yield from _describe(node, _quantity(quantity, terms))


def _quantity_node(owner: NamedNode, q: Attributes, terms: _Terms) -> NamedNode:
    span = terms.span(q["span"]).value
    return terms.record("quantity", _digest("\n".join((owner.value, q["kind"], q["value"], q["unit"], q["date"] or "", span)))[:16])


def _quantity(q: Attributes, terms: _Terms) -> Iterator[_Pair]:
    yield _TYPE, _KGO("Quantity")
    yield _KGO("value"), _number(q["value"])
    yield _KGO("unit"), Literal(q["unit"])
    if q["date"]:
        yield _KGO("date"), dated(q["date"])
    yield _DERIVED, terms.span(q["span"])


def _number(value: str) -> Literal:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return Literal(value)
    return Literal(_decimal(number), datatype=_DECIMAL) if number.is_finite() else Literal(value)


def _probability(confidence: float) -> Literal:
    return Literal(_decimal(Decimal(f"{confidence:.4f}")), datatype=_DECIMAL)


def _decimal(number: Decimal) -> str:
    whole, _, part = f"{number:f}".partition(".")
    return f"{whole}.{part.rstrip('0') or '0'}"


def _fact(ends: tuple[str, str, str], a: Attributes, ontology: Ontology, terms: _Terms) -> Iterator[Triple]:
    subject, key, object_ = terms.node(ends[0]), ends[1], terms.node(ends[2])
    relation = ontology.relations.get(a["predicate"])
    pairs: list[_Pair] = [(_TYPE, _RDF("Statement"))]
    membership = [(_ORG("member"), subject), (_ORG("organization"), object_)] if relation and relation.membership else []
    if membership:
        pairs.append((_TYPE, _ORG("Membership")))
    pairs += [(_RDF("subject"), subject), (_RDF("predicate"), terms.word(a["predicate"])), (_RDF("object"), object_), *membership]
    return _thing(terms.record("fact", key), [*pairs, *_circumstances(a, terms)], a, terms)


def _circumstances(a: Attributes, terms: _Terms) -> Iterator[_Pair]:
    if a["title"]:
        yield _KGO("title"), tagged(a["title"]["text"], a["title"]["language"])
    yield _KGO("status"), terms.word(a["status"])
    yield _KGO("confidence"), _probability(a["confidence"])
    yield from _time("start", a)
    yield from _time("end", a)
    yield from ((_KGO("assertedBy"), terms.node(e)) for e in sorted(a["asserted_by"]))
    yield from ((_KGO("inferred"), Literal(words)) for words in sorted(a["inferred"]))
    if a.get("end_confidence") is not None:
        yield _KGO("endConfidence"), _probability(a["end_confidence"])
    yield from ((_KGO("endDerivedFrom"), terms.span(s)) for s in sorted(a.get("end_evidence", ()), key=_place))
    yield from ((_KGO("conflictsWith"), terms.record("fact", f)) for f in sorted(a["conflicts"]))
    yield from ((_DERIVED, terms.span(s)) for s in sorted(a["evidence"], key=_place))


def _time(end: str, a: Attributes) -> Iterator[_Pair]:
    if a[end]:
        yield _KGO(end), dated(a[end])
    if a[f"{end}_bounds"]:
        earliest, latest = a[f"{end}_bounds"]
        yield _KGO(f"{end}Earliest"), dated(earliest)
        yield _KGO(f"{end}Latest"), dated(latest)


def _quotation(q: Attributes, terms: _Terms) -> Iterator[Triple]:
    return _describe(
        terms.record("quotation", q["identifier"]),
        [
            (_TYPE, _KGO("Quotation")),
            (_KGO("speaker"), terms.node(q["speaker"])),
            (_KGO("text"), tagged(q["text"], q["language"])),
            (_DERIVED, terms.span(q["span"])),
        ],
    )


def _evidence(graph: Graph, terms: _Terms) -> Iterator[Iterator[Triple]]:
    """Yield each document and then the spans of it that state something."""
    named, spans = mentioned(graph), _spans(graph)
    for identifier, a in sorted(graph.graph.get("documents", {}).items()):
        node = terms.documents[identifier]
        yield _describe(node, [*_document(identifier, a), *((_SCHEMA("mentions"), terms.node(e)) for e in sorted(named[identifier]))])
        for start, end in sorted(spans[identifier]):
            yield _span(node, a["text"], start, end)


def _document(identifier: str, a: Attributes) -> Iterator[_Pair]:
    yield _TYPE, _SCHEMA("Article")
    yield _TYPE, _PROV("Entity")
    yield _DCTERMS("identifier"), Literal(identifier)
    for term in ("language", "title"):
        if a[term]:
            yield _DCTERMS(term), Literal(a[term].lower() if term == "language" else a[term])
    if a["source"]:
        yield _DCTERMS("source"), address(a["source"])
    if a["issued"]:
        yield _DCTERMS("issued"), dated(a["issued"])
    yield _KGO("sha256"), Literal(a["sha256"])


def _span(document: NamedNode, text: str, start: int, end: int) -> Iterator[Triple]:
    label = f"{document.value.rsplit('/', 1)[-1].replace('-', '_')}_{start}_{end}"
    node, quote, position = NamedNode(f"{document.value}#char={start},{end}"), BlankNode(f"q{label}"), BlankNode(f"p{label}")
    has = _OA("hasSelector")
    yield from _describe(node, [(_TYPE, _OA("SpecificResource")), (_OA("hasSource"), document), (has, quote), (has, position)])
    before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    around = [(_OA(name), Literal(words)) for name, words in (("prefix", before), ("suffix", after)) if words]
    yield from _describe(quote, [(_TYPE, _OA("TextQuoteSelector")), (_OA("exact"), Literal(text[start:end])), *around])
    offsets = [(_OA(name), Literal(str(offset), datatype=_INTEGER)) for name, offset in (("start", start), ("end", end))]
    yield from _describe(position, [(_TYPE, _OA("TextPositionSelector")), *offsets])


def mentioned(graph: Graph) -> dict[str, set[str]]:
    """Return the entities that each document names."""
    found: dict[str, set[str]] = defaultdict(set)
    for node, a in graph.nodes(data=True):
        for span in a["mentions"]:
            found[span["document"]].add(node)
    return found


def _spans(graph: Graph) -> dict[str, set[tuple[int, int]]]:
    found: dict[str, set[tuple[int, int]]] = defaultdict(set)
    holders = [a for _, a in graph.nodes(data=True)] + [a for _, _, a in graph.edges(data=True)]
    spans = [s for a in holders for s in stated(a)] + [q["span"] for q in graph.graph.get("quotations", ())]
    for span in spans:
        found[span["document"]].add((span["start"], span["end"]))
    return found


def stated(a: Attributes) -> list[Attributes]:
    """Return the spans that state a fact, entail its end, or state the figures of an entity or fact."""
    return [*a.get("evidence", ()), *a.get("end_evidence", ()), *(q["span"] for q in a["quantities"])]


def _place(span: Attributes) -> tuple[str, int, int]:
    return span["document"], span["start"], span["end"]


def _percent(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode())


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
