"""HTTP requests in, responses by the SPARQL 1.1 Protocol out: queries only, all result formats, errors as the standard says."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kg.errors import QueryError
from kg.ontology import Ontology
from kg.query import Answer, prepare, refuse, render
from kg.rdf import VOCABULARIES
from kg.server.negotiation import best
from kg.server.workers import StoppedError, Workers

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
_SERVICE = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"


class RefusedError(Exception):
    """A request that gets a status of error and a line that says why."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


async def answer(request: Request, workers: Workers) -> Response:
    """Answer one request of the protocol; without a query, describe the service."""
    accept = request.headers.get("accept")
    try:
        text = await _query(request)
        if text is None:
            return _description(request, accept)
        results, graphs = best(accept, RESULTS), best(accept, GRAPHS)
        if results is None and graphs is None:
            raise RefusedError(406, f"results come as {', '.join(RESULTS)}; graphs as {', '.join(GRAPHS)}")
        refuse(text)
        found = Answer(**await workers.ask(text), prefixes=workers.prefixes)
        return _response(found, graphs if found.triples is not None else results)
    except RefusedError as error:
        headers = {"Allow": "GET, HEAD, POST"} if error.status == 405 else None
        return Response(f"{error}\n", error.status, headers, "text/plain")
    except StoppedError as error:
        return Response(f"{error}\n", 503, {"Retry-After": "10"}, "text/plain")
    except QueryError as error:
        return Response(f"{error}\n", 403 if "read-only" in str(error) else 400, None, "text/plain")


async def _query(request: Request) -> str | None:
    """Return the one query of a request, sent in any of the three ways of the protocol."""
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
    return _one(parameters, request.method)


def _one(parameters: list[tuple[str, str]], method: str) -> str | None:
    names = [name for name, _ in parameters]
    if "update" in names:
        raise RefusedError(403, "updates are refused: the graph is read-only")
    if {"default-graph-uri", "named-graph-uri"} & set(names):
        raise RefusedError(400, "this service holds one graph; it takes no other dataset")
    queries = [value for name, value in parameters if name == "query"]
    if len(queries) > 1 or (method == "POST" and not queries):
        raise RefusedError(400, f"a request needs one query, this has {len(queries)}")
    return queries[0] if queries else None


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
    headers = {"Vary": "Accept", **({"X-Truncated": f"{len(found.rows or found.triples or ())} rows"} if found.truncated else {})}
    if found.triples is None:
        return Response(render(found, RESULTS[media]), 200, headers, media)
    return Response(graph(found.triples, media, found.prefixes or {}), 200, headers, media)


def graph(triples: tuple[ox.Triple, ...], media: str, prefixes: Mapping[str, str]) -> bytes:
    """Write triples as one of the media types of GRAPHS."""
    form = ox.RdfFormat.from_extension(GRAPHS[media])
    used = {p: n for p, n in prefixes.items() if p} if form != ox.RdfFormat.JSON_LD else None
    return ox.serialize(triples, format=form, prefixes=used) or b""


def _description(request: Request, accept: str | None) -> Response:
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
    )
    pairs += [("resultFormat", ox.NamedNode(_FORMATS + name)) for name in names]
    described = [ox.Triple(service, ox.NamedNode(VOCABULARIES["rdf"] + "type"), ox.NamedNode(_SERVICE + "Service"))]
    described += [ox.Triple(service, ox.NamedNode(_SERVICE + name), value) for name, value in pairs]
    return Response(graph(tuple(described), media, {"sd": _SERVICE}), 200, {"Vary": "Accept"}, media)


def question(request: Request, ontology: Ontology) -> Response:
    """Return the SPARQL of a named query, its parameters bound."""
    try:
        text = prepare(request.path_params["name"], ontology, dict(request.query_params))
    except QueryError as error:
        return Response(f"{error}\n", 400, None, "text/plain")
    return Response(text, 200, None, "application/sparql-query")
