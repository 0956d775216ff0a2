"""The identifiers of a graph in, the IRIs that name the same things outside of it out."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pyoxigraph import NamedNode

from kg.errors import InputError
from kg.graph import Graph

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
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


@dataclass(frozen=True, slots=True)
class Iris:
    """How a graph's identifiers become IRIs; `word` is for classes, relations and statuses, which the ontology names."""

    base: str
    word: Callable[[str], NamedNode]
    documents: Mapping[str, NamedNode]

    def node(self, identifier: str) -> NamedNode:
        """Return the IRI of an entity."""
        return iri(self.base, identifier)

    def record(self, kind: str, identifier: str) -> NamedNode:
        """Return the IRI of a fact, quotation or quantity."""
        return record(self.base, kind, identifier)

    def span(self, span: Mapping[str, Any]) -> NamedNode:
        """Return the IRI of a part of a document (RFC 5147)."""
        return NamedNode(f"{self.documents[span['document']].value}#char={span['start']},{span['end']}")


def vocabulary(namespace: str) -> Callable[[str], NamedNode]:
    """Return the function that names a term of a vocabulary."""
    return lru_cache(maxsize=1024)(lambda name: NamedNode(namespace + name))


def base_of(graph: Graph) -> str:
    """Return the base of IRIs with which a graph was built."""
    return str(graph.graph.get("base", BASE))


def usable(base: str) -> str:
    """Return a base of IRIs; raise InputError for one that cannot be put before an identifier, or that a `#` would close."""
    try:
        whole = iri(base, "person/a").value
    except ValueError:
        whole = ""
    if not whole or not base.endswith("/") or "#" in base:
        raise InputError(f"{base}: is no base of IRIs; write an absolute one that ends with a slash, such as {BASE}")
    return base


def iri(base: str, identifier: str) -> NamedNode:
    """Return the IRI of an identifier; characters that are no letters, digits or harmless signs are percent-encoded."""
    return NamedNode(base + "".join(c if c.isalnum() or c in "-._~/" else _percent(c) for c in identifier))


def record(base: str, kind: str, identifier: str) -> NamedNode:
    """Return the IRI of a fact, quotation or quantity."""
    return iri(base, identifier if identifier.startswith(f"{kind}/") else f"{kind}/{identifier}")


def documents(graph: Graph) -> dict[str, NamedNode]:
    """Return the IRI of each document: from its text alone, and from its identifier too where several documents share one text."""
    by_text: dict[str, list[str]] = defaultdict(list)
    for identifier, attributes in sorted(graph.graph.get("documents", {}).items()):
        by_text[attributes["sha256"][:16]].append(identifier)
    found = {}
    for text, identifiers in by_text.items():
        for identifier in identifiers:
            suffix = f"-{digest(identifier)[:8]}" if len(identifiers) > 1 else ""
            found[identifier] = iri(base_of(graph), f"doc/{text}{suffix}")
    return found


def digest(text: str) -> str:
    """Return the SHA-256 of a text in hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def _percent(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode())
