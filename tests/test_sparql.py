"""No query reaches another server: neither past the reader of its keywords, nor from the process that runs it."""

import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, HTTPServer

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from kg.errors import QueryError
from kg.graph import Graph
from kg.iris import BASE
from kg.ontology import load
from kg.outputs import FILES, nodelink
from kg.query import run
from kg.server import app
from kg.sparql import names_graphs, refuse
from kg.store import opened

ONTOLOGY = load()
DATA = "@prefix ex: <http://e.example/> . ex:s ex:p true , 5 , 'x' ; ex:a ex:o ."
REPLY = b'{"head":{"vars":["z"]},"results":{"bindings":[]}}'
CALLS = [  # each is SPARQL for this engine, and hides the call in a token of its own
    "SERVICE URL {}",
    "service silent URL {}",
    "OPTIONAL { ?s ex:a\\# ?o } SERVICE URL {}",
    "OPTIONAL { ?s ex:a\\' ?o } SERVICE URL {} FILTER(1 = 1 || ?n = '')",
    "OPTIONAL { ?s ex:a%23 ?o } SERVICE URL {}",
    "OPTIONAL { ?s <http://e.example/\u00a0#> ?o } SERVICE URL {}",
    "OPTIONAL { ?s <http://e.example/\\u0023> ?o } SERVICE URL {}",
    "# a comment ends here\rSERVICE URL {}",
    "?s ?p ex:.SERVICE URL {}",
    "?s ?p 5SERVICE URL {}",
    "?s ?p trueSERVICE URL {}",
    "SERVICE:x {}",
    "?s ?p 5SERVICE:x {}",
    'OPTIONAL { ?s ?p """a\\"""" } SERVICE URL {}',
    "OPTIONAL { ?s ?p 'a\\\\' } SERVICE URL {} FILTER('a' = 'a')",
    "OPTIONAL { ?s ?p 'a'@en-gb } SERVICE URL {}",
    "VALUES (?a ?b) { (1 2) } FILTER(?a<?b)SERVICE#>\nURL {}",
    "VALUES (?a ?b) { (1 2) } FILTER(?a<?b)#>'''\nSERVICE URL {} #'''\n",
    "FILTER(''<'>')SERVICE URL {} FILTER('a' = 'a')",
    "FILTER EXISTS { SERVICE URL {} }",
]


class Listener(HTTPServer):
    """A server of this machine that counts who calls it."""

    calls = 0

    def query(self, pattern: str) -> str:
        url = f"http://127.0.0.1:{self.server_port}/"
        return f"PREFIX ex: <http://e.example/> PREFIX : <{url}> SELECT * {{ {pattern.replace('URL', f'<{url}>')} }}"


class Answering(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.server.calls += 1
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(200)
        self.send_header("Content-Type", "application/sparql-results+json")
        self.send_header("Content-Length", str(len(REPLY)))
        self.end_headers()
        self.wfile.write(REPLY)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def listener() -> Iterator[Listener]:
    with Listener(("127.0.0.1", 0), Answering) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def out(tmp_path):
    (tmp_path / "graph.ttl").write_text(DATA, encoding="utf-8")
    nodelink.write(Graph(documents={}, quotations=[]), ONTOLOGY, tmp_path / FILES["json"])
    return tmp_path


@pytest.mark.parametrize("pattern", CALLS)
def test_a_call_is_seen_wherever_it_hides(pattern, listener):
    store = ox.Store()
    store.load(DATA.encode(), format=ox.RdfFormat.TURTLE)
    list(store.query(listener.query(pattern)))
    assert listener.calls, "the engine does not take this for a call"
    with pytest.raises(QueryError, match="SERVICE is refused"):
        refuse(listener.query(pattern))


@pytest.mark.parametrize("large", [10**9, 1])
@pytest.mark.parametrize("silent", ["", "SILENT "])
def test_a_call_that_was_not_seen_does_not_leave_the_process(silent, large, out, listener, monkeypatch):
    monkeypatch.setattr("kg.query.refuse", lambda _: None)
    monkeypatch.setattr("kg.server.protocol.refuse", lambda _: None)
    given = f"import kg.store; kg.store.LARGE = kg.store.RESIDENT = {large}"
    monkeypatch.setattr("kg.store.RESIDENT", large)
    monkeypatch.setattr("kg.store.command", lambda task="work": [sys.executable, "-c", f"{given}; kg.store.{task}()"])
    for host in ("127.0.0.1", "localhost"):
        query = listener.query(f"SERVICE {silent}URL {{ ?a ?b ?z }}").replace("127.0.0.1", host)
        with suppress(QueryError):  # what is silent finds nothing
            run(out, query, ONTOLOGY)
        with TestClient(app(out, ONTOLOGY)) as client:
            assert client.get("/sparql", params={"query": query}).status_code == (200 if silent else 400)
            assert client.get("/sparql", params={"query": "ASK { ?s ?p 5 }"}).json()["boolean"] is True
    assert listener.calls == 0
    assert (out / ".cache" / "store").is_dir() == (large == 1)


def test_a_store_of_more_files_than_are_opened_at_once_is_not_asked_from_disk(out, monkeypatch):
    monkeypatch.setattr("kg.store.LARGE", 1)
    monkeypatch.setattr("kg.store.KEPT_OPEN", 0)
    store = opened(out / "graph.ttl", BASE)
    store.add(ox.Quad(ox.BlankNode(), ox.NamedNode("http://e.example/p"), ox.BlankNode()))  # one from disk would refuse
    assert len(store) == 5


@pytest.mark.parametrize(
    "text",
    [
        'SELECT * { ?s ?p "SERVICE <x> {}" } # DELETE SERVICE',
        "SELECT ?service { ?service <urn:SERVICE> schema:Service , '''a \"LOAD\" SERVICE''' ; <http://e.example/x#Service> _:service }",
        "PREFIX insert: <urn:x> ASK { insert:a ?delete 'SERVICE'@en-service ; ex:a\\#SERVICE ex:a.SERVICE }",
        "ASK { ?a ?b ?c FILTER(?a<?b && ?b>?c) } # SERVICE",
        'ASK { ?s ?p "\\\\u0041 SERVICE" }',
    ],
)
def test_words_in_strings_names_and_comments_are_no_keywords(text):
    refuse(text)


def test_graphs_are_named_by_a_keyword_only():
    assert names_graphs("SELECT*FROM<http://e.example/>{}")
    assert not names_graphs("SELECT ?from { ?from ex:from 'FROM' } # FROM")


def test_a_long_query_is_read_in_time_that_grows_with_its_length():
    for part in ("a.", '"""', "'\"<", "<#a>", "?a<'>", "'''\\q", "<a", ":"):
        refuse(part * (1_000_000 // len(part)))
