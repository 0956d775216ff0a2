"""A graph and perhaps a name in, the page that leads to what is in it out: its documents, its entities by class, what bears the name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from kg.errors import QueryError
from kg.explain import entities
from kg.ontology import Ontology
from kg.phrases import label
from kg.server.frame import framed, isolated, linked, section, text
from kg.server.things import Catalogue

MOST = 25


def named(held: Catalogue, name: str) -> tuple[list[str], str]:
    """Return the entities that bear a name, and what to say where there are none."""
    try:
        return entities(held.graph, name), ""
    except QueryError as error:
        return [], str(error)


def page(held: Catalogue, ontology: Ontology, name: str = "", found: tuple[list[str], str] = ([], "")) -> str:
    """Return the page, with what was found where a name was looked for."""
    return framed("Knowledge graph", _body(held, ontology, name, found))


def _body(held: Catalogue, ontology: Ontology, name: str, found: tuple[list[str], str]) -> Iterator[str]:
    counts = {"documents": held.documents, "entities": held.graph, "facts": held.facts, "quotations": held.quotations}
    yield f"<h1>Knowledge graph</h1><p>{', '.join(f'{kind} {len(c)}' for kind, c in counts.items())}</p>"
    yield '<p><a href="/graph">Look at the graph</a> · <a href="/query">Ask it</a> · <a href="/ontology">What its words mean</a></p>'
    yield f'<form action="/"><label for="name">Find a name</label><input id="name" name="name" value="{text(name)}">'
    yield " <button>Find</button></form>"
    yield section("Found", (linked(n, held.graph.nodes[n]["label"]) for n in found[0]))
    yield f'<p role="status">{isolated(found[1])}</p>' if found[1] else ""
    by_class = defaultdict(list)
    for node, a in held.graph.nodes(data=True):
        by_class[a["classes"][-1]].append((-held.graph.degree(node), node))
    for cls, ranked in sorted(by_class.items(), key=lambda i: (-len(i[1]), i[0])):
        links = [linked(n, held.graph.nodes[n]["label"]) for _, n in sorted(ranked)]
        yield _shortened(label(ontology.classes, cls), links)
    documents = sorted(held.graph.graph.get("documents", {}).items())
    yield _shortened("Documents", [f"{linked(held.path('document', i), i)}{_titled(d['title'])}" for i, d in documents])


def _titled(title: str | None) -> str:
    return f" {isolated(title)}" if title else ""


def _shortened(heading: str, items: list[str]) -> str:
    more = f"<p>and {len(items) - MOST} more</p>" if len(items) > MOST else ""
    return f"<h2>{text(heading)}: {len(items)}</h2><ul>{''.join(f'<li>{i}</li>' for i in items[:MOST])}</ul>{more}"
