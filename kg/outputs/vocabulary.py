"""An ontology in, one page that documents it out: every class and property with its words, its place and what it is aligned to."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path

import pyoxigraph as ox

from kg.graph import Graph
from kg.iris import VOCABULARIES
from kg.ontology import Ontology
from kg.outputs import writing
from kg.terms import NAMESPACE, ORG, OWL, RDF, RDFS, SHAPES, SKOS, Terms, files, read

_KINDS = (
    ("Classes", OWL + "Class"),
    ("Relations and other links", OWL + "ObjectProperty"),
    ("Values", OWL + "DatatypeProperty"),
    ("Statuses of a fact", NAMESPACE + "Status"),
    ("Roles in an organization", ORG + "Role"),
    ("Notes of the ontology on its own terms", OWL + "AnnotationProperty"),
)
_LINKS = (
    ("below", RDFS + "subClassOf"),
    ("below", RDFS + "subPropertyOf"),
    ("from", RDFS + "domain"),
    ("to", RDFS + "range"),
    ("inverse of", OWL + "inverseOf"),
    ("told by", ORG + "roleProperty"),
    ("close to", SKOS + "closeMatch"),
    ("wider than", SKOS + "narrowMatch"),
    ("related to", SKOS + "relatedMatch"),
)
_DCTERMS = VOCABULARIES["dcterms"]
_PREFIXES = {
    **{namespace: prefix for prefix, namespace in VOCABULARIES.items()},
    OWL: "owl",
    "http://www.wikidata.org/entity/": "wd",
    "http://www.wikidata.org/prop/direct/": "wdt",
}


def write(graph: Graph, ontology: Ontology, path: Path) -> None:
    """Write ontology.html; it tells of the ontology alone, whatever the graph holds."""
    with writing(path) as part:
        part.write_text(page(ontology), encoding="utf-8")


def page(ontology: Ontology) -> str:
    """Return the page."""
    source = read(ontology.folder, files(ontology.folder, "*.ttl"))
    title, body = _head(source)
    return _PAGE.format(title=escape(title), body="".join((*body, *_sections(source))))


def triples(ontology: Ontology) -> tuple[ox.Triple, ...]:
    """Return what the files of the ontology say, shapes aside."""
    said = (content for name, content in files(ontology.folder, "*.ttl") if name != SHAPES)
    return tuple(quad.triple for content in said for quad in ox.parse(content, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True))


def _head(source: Terms) -> tuple[str, list[str]]:
    named = source.typed(OWL + "Ontology")
    iri = named[0] if named else source.namespace
    titles, told = source.texts(iri, _DCTERMS + "title"), source.texts(iri, _DCTERMS + "description")
    title = titles.get("en", source.local(iri))
    lines = [("namespace", source.namespace), ("version", source.value(iri, OWL + "versionIRI"))]
    lines += [("licence", source.value(iri, _DCTERMS + "license")), ("by", source.value(iri, _DCTERMS + "creator"))]
    rows = "".join(f"<dt>{name}</dt><dd>{escape(value)}</dd>" for name, value in lines if value)
    return title, [f"<h1>{escape(title)}</h1>", _by_language(told), f"<dl>{rows}</dl>"]


def _sections(source: Terms) -> Iterator[str]:
    listed = [(heading, [t for t in source.typed(kind) if source.is_own(t)]) for heading, kind in _KINDS]
    for heading, terms in listed:
        links = " · ".join(f'<a href="#{escape(source.local(t))}">{escape(source.local(t))}</a>' for t in terms)
        yield f"<h2>{heading}</h2><p>{links}</p>"
        yield from (_term(source, t) for t in terms)


def _term(source: Terms, iri: str) -> str:
    name = escape(source.local(iri))
    rows = [("known as", _by_language(source.texts(iri, RDFS + "label"))), ("means", _by_language(source.texts(iri, RDFS + "comment")))]
    rows.append(("such as", _by_language(source.texts(iri, SKOS + "example"))))
    rows += [(word, _links(source, _ends(source, iri, predicate))) for word, predicate in _LINKS]
    rows.append(("kind", "symmetric" if OWL + "SymmetricProperty" in source.iris(iri, RDF + "type") else ""))
    listed = "".join(f"<dt>{word}</dt><dd>{told}</dd>" for word, told in rows if told)
    return f'<section id="{name}"><h3>{name}</h3><code>{escape(iri)}</code><dl>{listed}</dl></section>'


def _ends(source: Terms, iri: str, predicate: str) -> list[str]:
    """What a term is linked to; an inverse is one in both directions."""
    found = {m for node in source.objects(iri, predicate) for m in source.members(node)}
    if predicate == OWL + "inverseOf":
        found |= {t for t in source.triples if source.is_own(t) and iri in source.iris(t, predicate)}
    return sorted(found)


def _links(source: Terms, ends: list[str]) -> str:
    return ", ".join(f'<a href="{_address(source, m)}">{escape(_short(source, m))}</a>' for m in ends)


def _address(source: Terms, iri: str) -> str:
    return escape(f"#{source.local(iri)}" if source.is_own(iri) else iri)


def _short(source: Terms, iri: str) -> str:
    if source.is_own(iri):
        return source.local(iri)
    return next((f"{prefix}:{iri.removeprefix(namespace)}" for namespace, prefix in _PREFIXES.items() if iri.startswith(namespace)), iri)


def _by_language(texts: dict[str, str]) -> str:
    return "".join(f'<p lang="{escape(language)}"><small>{escape(language)}</small> {escape(text)}</p>' for language, text in texts.items())


_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: auto; padding: 1rem; }}
section {{ border-top: 1px solid #8886; }}
section:target {{ outline: 2px solid #0a58a8; }}
dl {{ display: grid; grid-template-columns: 6rem 1fr; gap: .2rem 1rem; }}
dd, dd p {{ margin: 0; overflow-wrap: anywhere; }}
</style></head>
<body><main>{body}</main></body></html>
"""
