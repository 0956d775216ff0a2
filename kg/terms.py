"""A folder of Turtle files in, an index of their terms out: what is said of each, in which file, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

import pyoxigraph as ox

from kg.errors import OntologyError
from kg.model import Name

NAMESPACE = "https://w3id.org/kg/ontology#"
RDF, RDFS = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://www.w3.org/2000/01/rdf-schema#"
OWL, SKOS = "http://www.w3.org/2002/07/owl#", "http://www.w3.org/2004/02/skos/core#"
ORG = "http://www.w3.org/ns/org#"
SHAPES = "shapes.ttl"  # read by those who validate; here only its syntax is checked
_PREFERRED_NAMESPACE = "http://purl.org/vocab/vann/preferredNamespaceUri"

Term = ox.NamedNode | ox.BlankNode | ox.Literal
File = tuple[str, bytes]  # the name of a file in its folder, and what is in it


@dataclass(slots=True)
class Terms:
    """The triples of all files by subject and predicate, the file that first describes each subject, and what is wrong so far.

    `members_of` has the subjects of each type.
    """

    namespace: str = NAMESPACE
    triples: dict[str, dict[str, list[Term]]] = field(default_factory=dict)
    members_of: dict[str, set[str]] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    def add(self, quad: ox.Quad, file: str) -> None:
        """Take in one triple of a file."""
        subject, object_ = quad.subject, quad.object
        if isinstance(subject, ox.Triple) or isinstance(object_, ox.Triple):
            self.errors.append(f"{file}: triple terms are not used in an ontology")
            return
        name = subject.value
        self.files.setdefault(name, file)
        self.triples.setdefault(name, {}).setdefault(quad.predicate.value, []).append(object_)
        if quad.predicate.value == RDF + "type":
            self.members_of.setdefault(object_.value, set()).add(name)

    def error(self, term: str, reason: str) -> None:
        """Note what is wrong with a term."""
        self.errors.append(f"{self.files.get(term, 'ontology')}: {self.local(term)}: {reason}")

    def local(self, iri: str) -> str:
        """Return the part of an IRI after its namespace."""
        if self.is_own(iri):
            return iri.removeprefix(self.namespace).removeprefix(NAMESPACE)
        return re.split(r"[#/]", iri)[-1]

    def is_own(self, iri: str) -> bool:
        """Whether an IRI belongs to the ontology rather than to a vocabulary that it borrows."""
        return iri.startswith((self.namespace, NAMESPACE))

    def objects(self, subject: str, predicate: str) -> list[Term]:
        """Return the objects of a subject and predicate."""
        return self.triples.get(subject, {}).get(predicate, [])

    def iris(self, subject: str, predicate: str) -> list[str]:
        """Return those that are IRIs, sorted."""
        return sorted(o.value for o in self.objects(subject, predicate) if isinstance(o, ox.NamedNode))

    def above(self, iri: str, predicate: str) -> set[str]:
        """Return all IRIs that one reaches over a predicate, however many steps away."""
        found: set[str] = set()
        level = self.iris(iri, predicate)
        while level:
            found.update(level)
            level = [p for c in level for p in self.iris(c, predicate) if p not in found]
        return found

    def check(self, known: Collection[str]) -> None:
        """Note predicates of ours that no file declares and that are not `known`: mistyped ones."""
        for subject, predicates in self.triples.items():
            for predicate in predicates:
                if self.is_own(predicate) and predicate not in self.triples and self.local(predicate) not in known:
                    self.error(subject, f"uses the undeclared property {self.local(predicate)}")

    def value(self, subject: str, predicate: str) -> str | None:
        """Return the first object as a string."""
        return min((o.value for o in self.objects(subject, predicate)), default=None)

    def flag(self, subject: str, term: str) -> bool:
        """Whether a property of ours is true."""
        return self.value(subject, NAMESPACE + term) in ("true", "1")

    def versions(self) -> tuple[str, ...]:
        """Return the IRIs of the versions of what the files define, or else its own where it has no version; sorted."""
        named = filter(absolute, self.typed(OWL + "Ontology"))
        return tuple(sorted({v for o in named for v in self.iris(o, OWL + "versionIRI") or [o]}))

    def typed(self, cls: str) -> list[str]:
        """Return the IRIs of a type, sorted."""
        return sorted(self.members_of.get(cls, ()))

    def tagged(self, subject: str, predicate: str) -> list[Name]:
        """Return language-tagged literals, sorted; one without a language is an error."""
        literals = [o for o in self.objects(subject, predicate) if isinstance(o, ox.Literal)]
        for literal in literals:
            if not literal.language:
                self.error(subject, f'"{literal.value}" has no language tag')
        return sorted({Name(o.value, o.language.lower()) for o in literals if o.language}, key=lambda n: (n.language, n.text))

    def words(self, subject: str, term: str) -> tuple[Name, ...]:
        """Return the language-tagged values of a property of ours."""
        return tuple(self.tagged(subject, NAMESPACE + term))

    def texts(self, subject: str, predicate: str) -> dict[str, str]:
        """Return one value per language."""
        return {n.language: n.text for n in reversed(self.tagged(subject, predicate))}

    def labels(self, subject: str) -> dict[str, str]:
        """Return the labels per language; none is an error."""
        labels = self.texts(subject, RDFS + "label")
        if not labels:
            self.error(subject, "has no label")
        return labels

    def members(self, node: Term) -> list[str]:
        """Return the IRIs that a class expression names: one, or an owl:unionOf list."""
        if isinstance(node, ox.NamedNode):
            return [node.value]
        found, rest = [], self.value(node.value, OWL + "unionOf")
        while rest and rest != RDF + "nil":
            found += self.iris(rest, RDF + "first")
            rest = self.value(rest, RDF + "rest")
        return found

    def decoded(self, found: Iterable[File]) -> dict[str, str]:
        """Return the texts of files by the stems of their names; one that is not UTF-8 is an error."""
        texts: dict[str, str] = {}
        for name, content in found:
            try:
                texts[PurePosixPath(name).stem] = content.decode()
            except UnicodeDecodeError as error:
                self.errors.append(f"{name}: {error}")
        return texts


def absolute(name: str) -> str | None:
    """Return the IRI that names a term; None for a blank node, the name of which has no colon."""
    return name if ":" in name else None


def files(folder: Path, pattern: str) -> tuple[File, ...]:
    """Read the files of a folder whose names fit a pattern, sorted; raise OntologyError listing every one that cannot be read."""
    found, errors = [], []
    for path in sorted(folder.glob(pattern)):
        name = path.relative_to(folder).as_posix()
        try:
            found.append((name, path.read_bytes()))
        except OSError as error:
            errors.append(f"{name}: {error.strerror}")
    if errors:
        raise OntologyError(f"{folder}: " + "; ".join(errors))
    return tuple(found)


def read(folder: Path, turtle: Iterable[File]) -> Terms:
    """Index the Turtle files of a folder; raise OntologyError listing every one that does not parse."""
    source = Terms()
    for name, content in turtle:
        try:
            for quad in ox.parse(content, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True):
                if name != SHAPES:
                    source.add(quad, name)
        except SyntaxError as error:
            source.errors.append(f"{name}, line {error.lineno}: {error.msg}")
        except ValueError as error:
            source.errors.append(f"{name}: {error}")
    if source.errors:
        raise OntologyError(f"{folder}: " + "; ".join(source.errors))
    source.namespace = min((v for s in source.triples if (v := source.value(s, _PREFERRED_NAMESPACE))), default=NAMESPACE)
    return source
