"""A graph folder in, a web application out: SPARQL endpoint, query page, picture, a page per thing; read-only and offline.

A folder built anew is served anew, without a restart.
"""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pyoxigraph import NamedNode
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from kg import store
from kg.errors import GraphError
from kg.folder import load
from kg.iris import base_of
from kg.ontology import Concept, Ontology
from kg.outputs import FILES, vocabulary
from kg.query import Limits, known_prefixes, questions
from kg.server import contents, pages, protocol
from kg.server.frame import missing
from kg.server.negotiation import best, wanted
from kg.server.protocol import RefusedError
from kg.server.things import Catalogue, Thing, catalogue, rdf
from kg.server.workers import Workers

LOOPBACK = ("localhost", "127.0.0.1", "[::1]", "testserver")
SERVED = Limits(seconds=20.0, rows=10_000, memory=4 << 30)

_ASSETS = Path(__file__).parent / "assets"
_KINDS = {"query.js": "text/javascript", "colours.js": "text/javascript", "style.css": "text/css"}
_STRICT = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_STYLED = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"
_SHORT = {
    "html": "text/html",
    "turtle": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
}


@dataclass(frozen=True, slots=True)
class Access:
    """Who may ask: names by which the server is called (any, with "*"), and the origins of other pages that may read answers (none)."""

    hosts: Sequence[str] = LOOPBACK
    origins: Sequence[str] = ()


def app(out: Path, ontology: Ontology, limits: Limits = SERVED, access: Access = Access()) -> Starlette:
    """Return the application for a graph folder; raise GraphError where it is none."""
    turtle = out / store.STATED_FILE
    if not turtle.is_file():
        raise GraphError(f"{out}: holds no {turtle.name}; build one with `kg build`")
    state = store.state(turtle, out / FILES["json"])
    site = _Site(out, ontology, catalogue(load(out)), Workers(turtle, known_prefixes(ontology, turtle), limits), state)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        await site.workers.close()

    routes = [
        Route("/", site.contents),
        Route("/graph", site.picture),
        Route("/sparql", site.sparql, methods=["GET", "POST"]),
        Route("/query", site.query),
        Route("/query.json", site.known),
        Route("/question/{name}", site.question),
        Route("/ontology", site.vocabulary),
        Route("/name/{identifier:path}", site.concept),
        Route("/entity/{identifier:path}", site.entity),
        Route("/assets/{name}", site.asset),
    ]
    middleware = [Middleware(TrustedHostMiddleware, allowed_hosts=list(access.hosts))]
    if access.origins:
        middleware.append(
            Middleware(
                CORSMiddleware,
                allow_origins=list(access.origins),
                allow_methods=["GET", "POST"],
                allow_headers=["*"],
                expose_headers=["Link", "Retry-After", "X-Truncated"],
            )
        )
    return Starlette(routes=routes, middleware=middleware, lifespan=lifespan, exception_handlers={404: _unknown})


def access(host: str, origins: Sequence[str] = ()) -> Access:
    """Return who may ask where a host is listened on: by other names than those of this machine only what others can reach."""
    return Access(LOOPBACK if host in ("127.0.0.1", "localhost", "::1") else ["*"], origins)


def listening(host: str, port: int) -> socket.socket:
    """Take connections on a host and port; raises OSError where they cannot be had."""
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        return socket.create_server(address[:2], family=family)
    except OSError as error:
        reason = error.strerror if isinstance(error, socket.gaierror) else os.strerror(error.errno or 0)  # Python adds the address
        raise OSError(error.errno, f"cannot listen on port {port} of {host}: {reason}") from error


def serve(service: Starlette, place: socket.socket) -> None:
    """Serve an application where connections are taken, until interrupted."""
    import uvicorn  # noqa: PLC0415  (only where something is served)

    config = uvicorn.Config(service, log_level="warning", http="h11", h11_max_incomplete_event_size=2 * protocol.LONGEST)
    uvicorn.Server(config).run(sockets=[place])


def addresses(host: str, port: int) -> str:
    """Say where what is served is found."""
    site = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    parts = {"/": "contents (Ctrl-C ends it)", "/graph": "picture", "/query": "page for queries", "/sparql": "endpoint"}
    return "\n".join(f"{site}{path}  {what}" for path, what in parts.items())


@dataclass(slots=True)
class _Site:
    out: Path
    ontology: Ontology
    held: Catalogue
    workers: Workers
    state: store.State
    reading: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def refresh(self) -> None:
        """Read the graph again where it has been built anew; while it is being built the last one stays."""
        async with self.reading:
            with suppress(GraphError, OSError):
                state = store.state(self.workers.graph, self.out / FILES["json"])
                if state != self.state:
                    self.held = await asyncio.to_thread(lambda: catalogue(load(self.out)))
                    self.workers.prefixes = known_prefixes(self.ontology, self.workers.graph)
                    self.state = state

    async def contents(self, request: Request) -> Response:
        await self.refresh()
        name = request.query_params.get("name", "").strip()
        found = await asyncio.to_thread(contents.named, self.held, name) if name else ([], "")
        if len(found[0]) == 1:
            return RedirectResponse(f"/entity/{quote(found[0][0])}", 303, _headers(_STRICT))
        page = await asyncio.to_thread(contents.page, self.held, self.ontology, name, found)
        return HTMLResponse(page, headers=_headers(_STRICT))

    async def picture(self, request: Request) -> Response:
        page = self.out / FILES["html"]
        if not page.is_file():
            return _missing(request, "this graph was built without its page")
        return FileResponse(page, media_type="text/html", headers=_headers("frame-ancestors 'none'"))

    async def sparql(self, request: Request) -> Response:
        await self.refresh()
        response = await protocol.answer(request, self.workers)
        response.headers["Vary"] = "Accept"
        response.headers.update(_headers(_STRICT))
        return response

    async def query(self, _: Request) -> Response:
        return FileResponse(_ASSETS / "query.html", media_type="text/html", headers=_headers(_STRICT))

    async def known(self, _: Request) -> Response:
        """Tell the query page its prefixes and ready questions."""
        await self.refresh()
        listed: list[dict[str, Any]] = [
            {
                "name": q.name,
                "titles": dict(q.titles),
                "parameters": [{"name": p.name, "text": p.text, "required": p.required} for p in q.parameters],
            }
            for q in questions(self.ontology)
        ]
        known = {"prefixes": dict(self.workers.prefixes), "base": base_of(self.held.graph), "questions": listed}
        return JSONResponse(known, headers=_headers(_STRICT))

    async def question(self, request: Request) -> Response:
        response = protocol.question(request, self.ontology)
        response.headers.update(_headers(_STRICT))
        return response

    async def entity(self, request: Request) -> Response:
        await self.refresh()
        thing = self.held.things.get(request.path_params["identifier"])
        if thing is None:
            return _missing(request, "no such entity, fact, document or quotation")
        if thing.kind == "quantity":
            asked = f"?{request.url.query}" if request.url.query else ""
            return RedirectResponse(f"/entity/{quote(thing.identifier)}{asked}", 303, _headers(_STRICT))
        return _negotiated(request, lambda media: self._told(thing, media), _STRICT)

    def _told(self, thing: Thing, media: str) -> str | bytes:
        """Return a thing in a media type; raise RefusedError where it cannot come as that."""
        if media == "text/html":
            return contents.page(self.held, self.ontology) if thing.kind == "graph" else pages.page(self.held, thing, self.ontology)
        return rdf(self.held, thing, self.ontology, media)

    async def vocabulary(self, request: Request) -> Response:
        return _negotiated(request, self._defined, _STYLED)

    def _defined(self, media: str) -> str | bytes:
        """Return the ontology in a media type."""
        if media == "text/html":
            return vocabulary.page(self.ontology)
        return protocol.graph(vocabulary.triples(self.ontology), media, self.workers.prefixes)

    async def concept(self, request: Request) -> Response:
        concept = next((c for c in self.ontology.concepts if c.identifier == request.path_params["identifier"] and c.iri), None)
        if concept is None:
            return _missing(request, "the ontology has no such name")
        await self.refresh()
        return _negotiated(request, lambda media: self._known(concept, media), _STRICT)

    def _known(self, concept: Concept, media: str) -> str | bytes:
        """Return a concept of the authority file in a media type."""
        if media == "text/html":
            return pages.concept(self.held, concept, self.ontology)
        said = (t for t in vocabulary.triples(self.ontology) if isinstance(t.subject, NamedNode) and t.subject.value == concept.iri)
        return protocol.graph(tuple(said), media, self.workers.prefixes)

    async def asset(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in _KINDS:
            return _missing(request, "no such file")
        return FileResponse(_ASSETS / name, media_type=_KINDS[name], headers=_headers(_STRICT))


def _negotiated(request: Request, told: Callable[[str], str | bytes], policy: str) -> Response:
    """Return what is told in the media type that a request likes most, or whose short name it gives; HTML links to the others."""
    short, headers = request.query_params.get("format"), {**_headers(policy), "Vary": "Accept"}
    media = _SHORT.get(short) if short else best(wanted(request), dict.fromkeys(_SHORT.values(), ""))
    if media is None:
        return PlainTextResponse(f"this comes as {', '.join(_SHORT.values())}\n", 406, headers)
    if media == "text/html":
        path, others = quote(request.scope["path"]), ((name, kind) for name, kind in _SHORT.items() if kind != media)
        headers["Link"] = ", ".join(f'<{path}?format={name}>; rel="alternate"; type="{kind}"' for name, kind in others)
    try:
        return Response(told(media), 200, headers, media)
    except RefusedError as error:
        return PlainTextResponse(f"{error}\n", error.status, headers)


def _unknown(request: Request, _: Exception) -> Response:
    return _missing(request, "no such page")


def _missing(request: Request, what: str) -> Response:
    """Say that something is not there: to who reads HTML with a page that leads on, else in a line."""
    headers = {**_headers(_STRICT), "Vary": "Accept"}
    if best(wanted(request), {"text/html": "", "text/plain": ""}) == "text/html":
        return HTMLResponse(missing(what), 404, headers)
    return PlainTextResponse(f"{what}\n", 404, headers)


def _headers(policy: str) -> dict[str, str]:
    return {"Content-Security-Policy": policy, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
