"""HTTP requests in, responses by the SPARQL 1.1 Protocol out: queries only, all result formats, errors as the standard says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import parse_qsl

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kg.errors import BusyError, QueryError, StoppedError
from kg.iris import VOCABULARIES
from kg.literals import for_xml
from kg.ontology import Ontology
from kg.query import Answer, prepare, render
from kg.server.negotiation import best, wanted
from kg.server.workers import Workers
from kg.sparql import refuse
from kg.store import Dataset, two_graphs

LONGEST = 1_000_000  # bytes of a query
RESULTS: Mapping[str, str] = {
    "application/sparql-results+json": "json",
    "application/sparql-results+xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "application/json": "json",
    "application/xml": "xml",
}
GRAPHS: Mapping[str, str] = {
    "text/turtle": "ttl",
    "application/n-triples": "nt",
    "application/ld+json": "jsonld",
    "application/rdf+xml": "rdf",
    "text/n3": "n3",
}
_DATASET: Mapping[str, str] = {"default-graph-uri": "default_graph", "named-graph-uri": "named_graphs"}  # parameter → part of a Dataset
_LOCAL = re.compile(r"[^\W\d][\w.-]*$")  # what an IRI must end with to be the name of an element
_SERVICE = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_TYPE, _DEFAULT = ox.NamedNode(VOCABULARIES["rdf"] + "type"), ox.BlankNode("dataset")


class RefusedError(Exception):
    """A request that gets a status of error and a line that says why."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


async def answer(request: Request, workers: Workers) -> Response:
    """Answer one request of the protocol; without a query, describe the service."""
    accept = wanted(request)
    try:
        parameters = await _parameters(request)
        text = one(parameters, request.method)
        if text is None:
            return _description(request, accept, workers)
        results, graphs = best(accept, RESULTS), best(accept, GRAPHS)
        if results is None and graphs is None:
            raise RefusedError(406, f"results come as {', '.join(RESULTS)}; graphs as {', '.join(GRAPHS)}")
        refuse(text)
        found = Answer(**await workers.ask(text, dataset(parameters)), prefixes=workers.prefixes)
        return _response(found, graphs if found.triples is not None else results)
    except RefusedError as error:
        headers = {"Allow": "GET, HEAD, POST"} if error.status == 405 else None
        return Response(f"{error}\n", error.status, headers, "text/plain")
    except StoppedError as error:
        return Response(f"{error}\n", 500, None, "text/plain")
    except BusyError as error:
        return Response(f"{error}\n", 503, {"Retry-After": "10"}, "text/plain")
    except QueryError as error:
        return Response(f"{error}\n", 403 if "read-only" in str(error) else 400, None, "text/plain")


async def _parameters(request: Request) -> list[tuple[str, str]]:
    """Return the parameters of a request, sent in any of the three ways of the protocol."""
    parameters = parse_qsl(request.url.query, keep_blank_values=True)
    if request.method == "POST":
        kind, _, rest = request.headers.get("content-type", "").partition(";")
        body = await _body(request)
        if kind.strip().lower() == "application/x-www-form-urlencoded":
            parameters += parse_qsl(body, keep_blank_values=True)
        elif kind.strip().lower() == "application/sparql-query":
            if rest.strip() and "utf-8" not in rest.lower():
                raise RefusedError(415, "a query must be written in UTF-8")
            parameters.append(("query", body))
        elif kind.strip().lower() == "application/sparql-update":
            raise RefusedError(403, "updates are refused: the graph is read-only")
        else:
            raise RefusedError(415, "send a query as application/sparql-query or application/x-www-form-urlencoded")
    return parameters


def one(parameters: list[tuple[str, str]], method: str) -> str | None:
    """Return the query among the parameters of a request, None where a GET has none; raise RefusedError for what is not served."""
    names = [name for name, _ in parameters]
    if "update" in names:
        raise RefusedError(403, "updates are refused: the graph is read-only")
    queries = [value for name, value in parameters if name == "query"]
    if any(len(query.encode()) > LONGEST for query in queries):
        raise RefusedError(414 if method == "GET" else 413, f"a query has at most {LONGEST} bytes")
    if len(queries) > 1 or (method == "POST" and not queries):
        raise RefusedError(400, f"a request needs one query, this has {len(queries)}")
    return queries[0] if queries else None


def dataset(parameters: list[tuple[str, str]]) -> Dataset | None:
    """Return the dataset that a request names, which goes before that of its query (section 2.1.4); None where it names none."""
    try:
        named = {part: [ox.NamedNode(iri) for name, iri in parameters if name == given] for given, part in _DATASET.items()}
    except ValueError as error:
        raise RefusedError(400, f"a graph of the dataset is no absolute IRI: {error}") from error
    return named if any(named.values()) else None


async def _body(request: Request) -> str:
    content = b""
    async for chunk in request.stream():
        content += chunk
        if len(content) > LONGEST:
            raise RefusedError(413, f"a query has at most {LONGEST} bytes")
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise RefusedError(400, "the query is not UTF-8") from error


def _response(found: Answer, media: str | None) -> Response:
    if media is None:
        offered = RESULTS if found.triples is None else GRAPHS
        raise RefusedError(406, f"this query is answered as {', '.join(offered)}")
    headers = {"X-Truncated": f"{len(found.rows or found.triples or ())} rows"} if found.truncated else None
    if found.triples is None:
        return Response(render(found, RESULTS[media]), 200, headers, media)
    return Response(graph(found.triples, media, found.prefixes or {}), 200, headers, media)


def graph(triples: tuple[ox.Triple, ...], media: str, prefixes: Mapping[str, str]) -> bytes:
    """Write triples as one of the media types of GRAPHS; raise RefusedError where that format cannot hold them."""
    form = ox.RdfFormat.from_extension(GRAPHS[media])
    used = {p: n for p, n in prefixes.items() if p} if form != ox.RdfFormat.JSON_LD else None
    if form == ox.RdfFormat.RDF_XML and (odd := next((t.predicate for t in triples if not _LOCAL.search(t.predicate.value)), None)):
        raise RefusedError(406, f"RDF/XML has no way to write the property {odd}")
    try:
        written = ox.serialize(triples, format=form, prefixes=used) or b""
    except (OSError, ValueError) as error:
        raise RefusedError(406, f"{media} cannot hold these triples: {error}") from error
    return for_xml(written.decode()).encode() if form == ox.RdfFormat.RDF_XML else written


def _description(request: Request, accept: str | None, workers: Workers) -> Response:
    media = best(accept, {**GRAPHS, "text/html": "html"})
    if media == "text/html":
        return RedirectResponse("/query", 303)
    if media is None:
        raise RefusedError(406, f"the description of the service comes as {', '.join(GRAPHS)}")
    endpoint, service = ox.NamedNode(str(request.url.replace(query=""))), ox.BlankNode("service")
    pairs = [("endpoint", endpoint), ("supportedLanguage", ox.NamedNode(_SERVICE + "SPARQL11Query"))]
    names = (
        "SPARQL_Results_JSON",
        "SPARQL_Results_XML",
        "SPARQL_Results_CSV",
        "SPARQL_Results_TSV",
        "Turtle",
        "N-Triples",
        "JSON-LD",
        "RDF_XML",
        "N3",
    )
    pairs += [("resultFormat", ox.NamedNode(_FORMATS + name)) for name in names]
    described = [*_said(service, "Service", [*pairs, ("defaultDataset", _DEFAULT)]), *_asked(workers)]
    return Response(graph(tuple(dict.fromkeys(described)), media, {"sd": _SERVICE, "void": VOCABULARIES["void"]}), 200, None, media)


def _asked(workers: Workers) -> Iterator[ox.Triple]:
    """Yield which graphs are asked: what is stated, which the graph itself describes, and with it what is inferred if that is there."""
    stated = ox.NamedNode(workers.prefixes["kg"])
    yield from _said(stated, "Graph", [])
    yield ox.Triple(stated, _TYPE, ox.NamedNode(VOCABULARIES["void"] + "Dataset"))
    if not workers.infers:
        yield from _said(_DEFAULT, "Dataset", [("defaultGraph", stated)])
        return
    union, names = ox.BlankNode("union"), two_graphs(stated.value)
    parts = {ox.BlankNode(f"graph{n}"): [("name", name)] for n, name in enumerate(names)}
    yield from _said(ox.BlankNode("service"), "Service", [("feature", ox.NamedNode(_SERVICE + "UnionDefaultGraph"))])
    yield from _said(_DEFAULT, "Dataset", [("defaultGraph", union), *(("namedGraph", part) for part in parts)])
    yield from _said(union, "Graph", [])
    yield from (triple for part, named in parts.items() for triple in _said(part, "NamedGraph", named))
    yield ox.Triple(next(iter(parts)), ox.NamedNode(_SERVICE + "graph"), stated)


def _said(subject: ox.NamedNode | ox.BlankNode, cls: str, pairs: Sequence[tuple[str, ox.NamedNode | ox.BlankNode]]) -> Iterator[ox.Triple]:
    """Yield what the vocabulary of service descriptions says of one thing."""
    yield ox.Triple(subject, _TYPE, ox.NamedNode(_SERVICE + cls))
    for name, value in pairs:
        yield ox.Triple(subject, ox.NamedNode(_SERVICE + name), value)


def question(request: Request, ontology: Ontology) -> Response:
    """Return the SPARQL of a named query, its parameters bound."""
    if request.path_params["name"] not in ontology.queries:
        return Response("no such question\n", 404, None, "text/plain")
    try:
        text = prepare(request.path_params["name"], ontology, dict(request.query_params))
    except QueryError as error:
        return Response(f"{error}\n", 400, None, "text/plain")
    return Response(text, 200, None, "application/sparql-query")
