"""A graph folder in, what of it does not stand up out: evidence that the kept texts do not hold, and violations of SHACL shapes."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.discrepancies import discrepancies
from kg.errors import GraphError, OntologyError
from kg.graph import Graph, source
from kg.iris import VOCABULARIES, base_of, iri, record
from kg.model import Issue
from kg.ontology import Ontology
from kg.rdf import holds, triples
from kg.store import STATED_FILE
from kg.terms import NAMESPACE, RDFS

LONGEST = 300
MILD = {"Warning": "warning: ", "Info": "note: "}  # severities that do not make a graph unsound, and how they are told

Term = ox.NamedNode | ox.BlankNode | ox.Literal

_PREFIXES = {**VOCABULARIES, "kgo": NAMESPACE, "sh": "http://www.w3.org/ns/shacl#"}
_SPANS = """SELECT ?span ?document ?exact ?start ?end WHERE {
    ?span oa:hasSource/dcterms:identifier ?document ; oa:hasSelector [ oa:exact ?exact ] , [ oa:start ?start ; oa:end ?end ] }"""
_EVIDENCE = "SELECT ?record ?span WHERE { ?record a %s OPTIONAL { ?record prov:wasDerivedFrom ?span } }"
_QUOTED = (
    "SELECT ?record ?text ?exact WHERE { ?record a kgo:Quotation ; kgo:text ?text ; prov:wasDerivedFrom/oa:hasSelector/oa:exact ?exact }"
)
_RESULTS = """SELECT ?focus ?path ?severity ?value (GROUP_CONCAT(?said; separator=" ") AS ?message) WHERE {
    ?r a sh:ValidationResult ; sh:focusNode ?focus ; sh:resultSeverity ?severity
    OPTIONAL { ?r sh:resultMessage ?said FILTER (lang(?said) IN ("", "en")) }
    OPTIONAL { ?r sh:resultPath/sh:inversePath? ?path FILTER (isIRI(?path)) } OPTIONAL { ?r sh:value ?value }
} GROUP BY ?r ?focus ?path ?severity ?value"""


@dataclass(frozen=True, slots=True)
class Verification:
    """How many of all facts (`anchored`) and quotations (`quoted`) stand in the kept texts, and what is wrong.

    `sound` is true where nothing is, or nothing worse than the warnings and notes of a shape.
    """

    anchored: int
    facts: int
    quotations: int
    issues: tuple[Issue, ...]
    quoted: int = 0
    sound: bool = True


def validate(graph: Graph, ontology: Ontology, sources: Path, shapes: Sequence[Path] = ()) -> Verification:
    """Check a graph against the texts kept in `sources` and against the ontology's shapes and further files of `shapes`.

    The triples checked are those of graph.ttl beside `sources` where there is one. Raise GraphError or OntologyError for unreadable files.
    """
    store = _store(graph, ontology, sources.parent / STATED_FILE)
    texts, issues = _texts(graph, sources)
    issues += _differences(store, graph, ontology)
    spans = _spans(store, texts)
    words = _Words(graph, ontology, store, spans)
    broken = {s: reason for s, (_, _, reason) in spans.items() if reason}
    misquoted = {r.value for r, text, exact in _rows(store, _QUOTED) if text.value != exact.value}
    counts, told = [], set[str]()
    for cls in ("rdf:Statement", "kgo:Quotation"):
        records = _evidence(store, cls)
        told.update(*records.values())
        wrong = {r: _wrong(found, spans, broken, quoted=r not in misquoted) for r, found in records.items()}
        issues += [words.issue(r, reason) for r, reasons in wrong.items() for reason in sorted(reasons)]
        counts += [sum(not reasons for reasons in wrong.values()), len(records)]
    issues += [words.issue(s, reason) for s, reason in broken.items() if s not in told]
    found = tuple(_violations(store, [ontology.folder / "shapes.ttl", *shapes], words))
    sound = not issues and all(mild for mild, _ in found)
    return Verification(counts[0], counts[1], counts[3], tuple(sorted({*issues, *(i for _, i in found)})), counts[2], sound)


def _wrong(found: Sequence[str], spans: Mapping[str, Any], broken: Mapping[str, str], *, quoted: bool) -> set[str]:
    """Return what is wrong with the evidence of a fact or quotation."""
    reasons = {broken[s] for s in found if s in broken}
    if not found:
        reasons.add("it has no evidence.")
    if any(s not in spans for s in found):
        reasons.add("its evidence is not described.")
    if not quoted:
        reasons.add("its words differ from its evidence.")
    return reasons


def _store(graph: Graph, ontology: Ontology, path: Path) -> ox.Store:
    store = ox.Store()
    if not path.is_file():
        store.bulk_extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples(graph, ontology))
        return store
    try:
        store.bulk_load(path=path, format=ox.RdfFormat.TURTLE)
    except (SyntaxError, OSError) as error:
        raise GraphError(f"{path}: cannot be read: {error}") from error
    return store


def _differences(store: ox.Store, graph: Graph, ontology: Ontology) -> Iterator[Issue]:
    """Yield how graph.ttl differs from what graph.json says, with the first triples."""
    hows = "does not say what graph.json says", "says what graph.json does not say"
    for how, told in zip(hows, discrepancies(store, lambda: triples(graph, ontology)), strict=True):
        if told.count:
            number = f"{told.count:,} triple{'' if told.count == 1 else 's'}"
            yield Issue(STATED_FILE, f"it {how}: {number}, such as {' '.join(map(_shortened, told.first))}")


def _texts(graph: Graph, sources: Path) -> tuple[dict[str, str], list[Issue]]:
    """Read the kept texts; an Issue for each that is missing or changed."""
    texts, issues = {}, []
    for identifier, document in sorted(graph.graph.get("documents", {}).items()):
        try:
            content = (sources / source(identifier)).read_bytes()
            texts[identifier] = content.decode()
        except (OSError, UnicodeDecodeError) as error:
            issues.append(Issue(identifier, f"its kept text cannot be read: {getattr(error, 'strerror', None) or 'not UTF-8'}"))
            continue
        if hashlib.sha256(content).hexdigest() != document["sha256"]:
            issues.append(Issue(identifier, "its kept text is not the one that was read (its SHA-256 differs)"))
    return texts, issues


def _spans(store: ox.Store, texts: Mapping[str, str]) -> dict[str, tuple[str, str, str | None]]:
    """Return each evidence span's document, its words, and what is wrong with it."""
    found: dict[str, tuple[str, str, str | None]] = {}
    for span, document, exact, start, end in _rows(store, _SPANS):
        reason = _misplaced(texts.get(document.value), exact.value, start.value, end.value)
        found[span.value] = (document.value, exact.value, reason or found.get(span.value, ("", "", None))[2])
    return found


def _misplaced(text: str | None, exact: str, start: str, end: str) -> str | None:
    """Say what is wrong with words that are said to stand somewhere in a text."""
    if text is None:
        return "the text of its evidence is not kept."
    if start.isdecimal() and end.isdecimal() and text[int(start) : int(end)] == exact:
        return None
    return f"characters {start} to {end} of the kept text are other words than its evidence."


def _evidence(store: ox.Store, cls: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for stated, span in _rows(store, _EVIDENCE % cls):
        found[stated.value].extend([span.value] if span else [])
    return found


def _violations(store: ox.Store, shapes: Sequence[Path], words: _Words) -> Iterator[tuple[bool, Issue]]:
    """Yield what the shapes find wrong, each with the facts that it is about, after whether it is a warning or a note only."""
    rules = _shapes([p for p in shapes if p.is_file() or p != shapes[0]], own=shapes[0])
    if not len(rules):
        return
    from pyshacl import validate as shacl  # noqa: PLC0415  (slow to import, and not needed without shapes)

    data = _copied(store)
    _add_classes(data, words.ontology)
    used = ", ".join(str(p) for p in shapes[1:] or shapes)
    try:
        conforms, report, text = shacl(data, shacl_graph=rules, inference="none", inplace=True)
    except Exception as error:  # pySHACL raises kinds of its own, and those of all that it uses
        raise OntologyError(f"{used}: the shapes cannot be used: {_shortened(str(error))}") from error
    if conforms:
        return
    if not hasattr(report, "serialize"):
        raise OntologyError(f"{used}: the shapes cannot be used: {_shortened(str(text))}")
    found = ox.Store()
    found.extend(ox.parse(report.serialize(format="nt", encoding="utf-8"), ox.RdfFormat.N_TRIPLES))
    for focus, path, severity, value, message in _rows(found, _RESULTS):
        said = " ".join(message.value.split()) or "it violates a shape"
        mild = MILD.get(severity.value.rsplit("#", 1)[-1], "")
        given = f" It is “{_shortened(value.value)}”." if isinstance(value, ox.Literal) else ""
        yield from ((bool(mild), words.issue(r, f"{mild}{said}{given}")) for r in words.records(focus, path, value))


def _copied(store: ox.Store) -> Any:
    """Return the triples as an rdflib graph, under the same blank nodes: pySHACL takes six times as long on the store itself."""
    import rdflib  # noqa: PLC0415  (slow to import, and not needed without shapes)

    def term(found: Any) -> Any:
        if isinstance(found, ox.Literal):
            return rdflib.Literal(
                found.value, lang=found.language, datatype=None if found.language else rdflib.URIRef(found.datatype.value)
            )
        return (rdflib.URIRef if isinstance(found, ox.NamedNode) else rdflib.BNode)(found.value)

    graph = rdflib.Graph()
    for quad in store:
        graph.add((term(quad.subject), term(quad.predicate), term(quad.object)))
    return graph


def _add_classes(data: Any, ontology: Ontology) -> None:
    """Tell a graph which class is part of which, so that a shape for a class is one for its parts too."""
    import rdflib  # noqa: PLC0415  (slow to import, and not needed without shapes)

    for file in sorted(ontology.folder.glob("*.ttl")):
        for said in ox.parse(path=file, format=ox.RdfFormat.TURTLE):
            part, whole = said.subject, said.object
            if said.predicate.value == RDFS + "subClassOf" and isinstance(part, ox.NamedNode) and isinstance(whole, ox.NamedNode):
                data.add((rdflib.URIRef(part.value), rdflib.RDFS.subClassOf, rdflib.URIRef(whole.value)))


def _shapes(paths: Sequence[Path], own: Path) -> Any:
    """Read files of shapes; raise OntologyError for one that is none, or that holds none and is not the ontology's own."""
    import rdflib  # noqa: PLC0415  (slow to import, and not needed without shapes)

    rules = rdflib.Graph()
    for path in paths:
        try:
            read = rdflib.Graph().parse(path, format="turtle")
        except FileNotFoundError as error:
            raise OntologyError(f"{path}: there is no such file of shapes") from error
        except (SyntaxError, ValueError) as error:
            raise OntologyError(f"{path}: is no Turtle: {_shortened(str(error))}") from error
        if path != own and not any(str(term).startswith(_PREFIXES["sh"]) for _, p, o in read for term in (p, o)):
            raise OntologyError(f"{path}: there are no shapes in it: nothing in the words of SHACL ({_PREFIXES['sh']})")
        rules += read
    return rules


class _Words:
    """Says in words what an IRI of the graph stands for, and quotes where that stands."""

    def __init__(self, graph: Graph, ontology: Ontology, store: ox.Store, spans: Mapping[str, tuple[str, str, str | None]]) -> None:
        self.graph, self.ontology, self.store, self.spans = graph, ontology, store, spans
        base = base_of(graph)
        self.nodes = {iri(base, node).value: node for node in graph}
        self.facts = {record(base, "fact", k).value: (s, o, a) for s, o, k, a in graph.edges(keys=True, data=True)}
        self.quotations = {record(base, "quotation", q["identifier"]).value: q for q in graph.graph.get("quotations", ())}
        self.documents = {d.value: i.value for d, i in _rows(store, "SELECT ?d ?i WHERE { ?d dcterms:identifier ?i }")}

    def records(self, focus: Term, path: Term | None, value: Term | None = None) -> list[str]:
        """Return the IRIs that a finding is about.

        For an entity these are its facts of that relation, to the value found if that is one; for a part, the whole it belongs to.
        """
        if focus.value in self.nodes and path is not None:
            node, relation = self.nodes[focus.value], path.value.rsplit("#", 1)[-1].rsplit("/", 1)[-1]
            other = self.nodes.get(value.value) if isinstance(value, ox.NamedNode) else None
            ends = {node, other or node}
            of = ((f, a) for f, (s, o, a) in self.facts.items() if a["predicate"] == relation and ends <= {s, o})
            return sorted(f for f, a in of if holds(self.graph, a, self.ontology)) or [focus.value]
        known = (self.nodes, self.facts, self.quotations, self.documents, self.spans)
        if isinstance(focus, ox.Literal) or any(focus.value in found for found in known):
            return [focus.value]
        wholes = [q.subject for q in self.store.quads_for_pattern(None, None, focus) if not isinstance(q.subject, ox.Triple)]
        return sorted({r for whole in wholes for r in self.records(whole, None)}) or [focus.value]

    def issue(self, what: str, reason: str) -> Issue:
        """Say what is wrong with a fact, a quotation or anything else, and quote its evidence."""
        if what in self.facts:
            subject, object_, a = self.facts[what]
            relation = self.ontology.relations.get(a["predicate"])
            label = relation.labels.get("en", a["predicate"]) if relation else a["predicate"]
            named = f"“{self._name(subject)} – {label} – {self._name(object_)}” ({a['status'].lower()})"
            return self._quoting(named, reason, a["evidence"])
        if what in self.quotations:
            q = self.quotations[what]
            return self._quoting(f"a quotation of {self._name(q['speaker'])}", reason, [q["span"]])
        if what in self.nodes:
            return self._quoting(f"“{self._name(self.nodes[what])}”", reason, self.graph.nodes[self.nodes[what]]["mentions"])
        if what in self.spans:
            document, exact, _ = self.spans[what]
            return Issue(document, f"evidence “{_shortened(exact)}”: {reason}")
        return Issue(self.documents.get(what, STATED_FILE), reason if what in self.documents else f"{what}: {reason}")

    def _quoting(self, named: str, reason: str, spans: Sequence[Mapping[str, Any]]) -> Issue:
        if not spans:
            return Issue(STATED_FILE, f"{named}: {reason}")
        span = spans[0]
        words = self.graph.graph["documents"][span["document"]]["text"][span["start"] : span["end"]]
        return Issue(span["document"], f"{named}: {reason} It rests on “{_shortened(words)}”.")

    def _name(self, node: str) -> str:
        return str(self.graph.nodes[node]["label"]) if node in self.graph else node


def _rows(store: ox.Store, query: str) -> Iterator[tuple[Any, ...]]:
    solutions = store.query(query, prefixes=_PREFIXES)
    return (tuple(s) for s in solutions) if isinstance(solutions, ox.QuerySolutions) else iter(())


def _shortened(words: str) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= LONGEST else plain[:LONGEST] + " …"
