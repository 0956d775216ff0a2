"""A graph in, JSON-LD 1.1 out, with a context that lets its keys be read as plain words."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.graph import Graph
from kg.iris import VOCABULARIES
from kg.ontology import Ontology
from kg.outputs import writing
from kg.rdf import grouped, prefixes, triples
from kg.terms import NAMESPACE

Term = NamedNode | BlankNode | Literal | Triple

_TYPE = VOCABULARIES["rdf"] + "type"
_TEXTS = ("skos:prefLabel", "skos:altLabel", "kgo:title", "kgo:text", "dcterms:title")
_ENDS = ("rdf:subject", "rdf:object", "org:member", "org:organization")
_SAID = ("kgo:speaker", "kgo:assertedBy", "prov:wasAttributedTo")
_LINKS = (
    *_ENDS,
    *_SAID,
    "dcterms:conformsTo",
    "void:vocabulary",
    "kgo:conflictsWith",
    "prov:wasDerivedFrom",
    "oa:hasSource",
    "schema:mentions",
    "schema:sameAs",
)
_WORDS = ("kgo:status", "rdf:predicate", "org:role")
_NUMBERS = ("kgo:confidence", "kgo:value")
_DAYS = ("kgo:startEarliest", "kgo:startLatest", "kgo:endEarliest", "kgo:endLatest")
_WORD = re.compile(r"(?!(?:id|type)$)[A-Za-z][A-Za-z0-9]*")
_COERCED = {"@id": _LINKS, "@vocab": _WORDS, "xsd:decimal": _NUMBERS, "xsd:date": _DAYS}


def write(graph: Graph, ontology: Ontology, path: Path) -> None:
    """Write graph.jsonld, one node after the other."""
    known = prefixes(graph, ontology)
    terms = context(known, ontology)
    kinds = {key: v.get("@type") or v["@container"] for key, v in terms.items() if isinstance(v, dict)}
    nodes = _Nodes({namespace: prefix for prefix, namespace in known.items()}, kinds)
    with writing(path) as part, part.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f'{{"@context": {_json(terms)},\n"@graph": [')
        for n, (subject, block) in enumerate(grouped(triples(graph, ontology))):
            rows: dict[Term, list[Triple]] = defaultdict(list)
            for triple in block:
                rows[triple.subject].append(triple)
            file.write(f"{',' if n else ''}\n{_json(nodes.node(subject, rows))}")
        file.write("\n]}\n")


def context(known: Mapping[str, str], ontology: Ontology) -> dict[str, Any]:
    """Return the context: words of the ontology stand bare, others with their prefix."""
    terms: dict[str, Any] = {"@version": 1.1, "@vocab": NAMESPACE, "id": "@id", "type": "@type", **known}
    for term in _TEXTS:
        terms[_bare(term)] = {"@id": term, "@container": "@language"}
    for kind, words in _COERCED.items():
        terms.update({_bare(term): {"@id": term, "@type": kind} for term in words})
    if ontology.namespace == NAMESPACE:
        terms.update({r: {"@id": f"kgo:{r}", "@type": "@id"} for r in sorted(ontology.relations) if r not in terms})
    return terms


@dataclass(frozen=True, slots=True)
class _Nodes:
    """Makes blocks of triples into nodes; `names` are prefixes by namespace, `kinds` what the context says of the values of a key."""

    names: Mapping[str, str]
    kinds: Mapping[str, str]

    def node(self, subject: Term, rows: Mapping[Term, list[Triple]]) -> dict[str, Any]:
        """Return the node of a subject, its blank nodes inside it."""
        found: dict[str, list[Term]] = defaultdict(list)
        for triple in rows[subject]:
            found[triple.predicate.value].append(triple.object)
        made: dict[str, Any] = {"id": self.short(subject.value)} if isinstance(subject, NamedNode) else {}
        if _TYPE in found:
            made["type"] = _one([self.word(t.value) for t in found.pop(_TYPE) if isinstance(t, NamedNode)])
        for predicate, objects in found.items():
            key = self.word(predicate)
            texts = _texts(objects) if self.kinds.get(key) == "@language" else None
            made[key] = texts or _one([self.value(o, self.kinds.get(key), rows) for o in objects])
        return made

    def value(self, term: Term, kind: str | None, rows: Mapping[Term, list[Triple]]) -> Any:
        if isinstance(term, Literal):
            return self.literal(term, kind)
        if isinstance(term, BlankNode):
            return self.node(term, rows)
        if isinstance(term, Triple):
            raise TypeError("JSON-LD 1.1 has no triple terms")
        if kind == "@vocab":
            return self.word(term.value)
        return self.short(term.value) if kind == "@id" else {"id": self.short(term.value)}

    def literal(self, literal: Literal, kind: str | None) -> Any:
        datatype = self.short(literal.datatype.value)
        if literal.language:
            return {"@value": literal.value, "@language": literal.language}
        if datatype == "xsd:integer":
            return int(literal.value)
        if datatype == "xsd:string":
            return literal.value if kind is None else [{"@value": literal.value}]
        return literal.value if datatype == kind else {"@value": literal.value, "@type": datatype}

    def short(self, iri: str) -> str:
        cut = max(iri.rfind("/"), iri.rfind("#")) + 1
        prefix = self.names.get(iri[:cut])
        return f"{prefix}:{iri[cut:]}" if prefix and iri[cut:] else iri

    def word(self, iri: str) -> str:
        """Shorten what `@vocab` lets stand bare."""
        local = iri.removeprefix(NAMESPACE)
        return local if local != iri and _WORD.fullmatch(local) and local not in self.names.values() else self.short(iri)


def _texts(literals: list[Term]) -> dict[str, Any] | None:
    """Return texts by language, or None where one has no language."""
    found: dict[str, list[str]] = defaultdict(list)
    for literal in literals:
        if not isinstance(literal, Literal) or literal.language is None:
            return None
        found[literal.language].append(literal.value)
    return {language: _one(texts) for language, texts in found.items()}


def _one(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values


def _bare(term: str) -> str:
    return term.removeprefix("kgo:")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)
