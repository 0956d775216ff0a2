"""Programs that answer SPARQL over HTTP and are not ours: how each starts on a Turtle file, and how it is asked."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pyoxigraph as ox

STARTING = 300.0  # seconds; loaded machines are slow, and Comunica reads the file before it answers
GRAPH = "urn:kg:graph"  # Virtuoso keeps triples in named graphs only
JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"

VIRTUOSO = """[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
FileExtend = 200
MaxCheckpointRemap = 2000

[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
MaxCheckpointRemap = 2000

[Parameters]
ServerPort = 127.0.0.1:{sql}
ServerThreads = 10
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
DirsAllowed = {folder}

[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerRoot = {folder}
ServerThreads = 5

[SPARQL]
DefaultGraph = {graph}
ResultSetMaxRows = 100000
"""


@dataclass(frozen=True, slots=True)
class Engine:
    """One engine: the programs that it needs, and what starts it; `origin` tells which engines share code."""

    name: str
    origin: str
    programs: tuple[str, ...]
    command: Callable[[Path, Path, int], list[str]]
    path: str = "/sparql"
    load: Callable[[Path, Path, int], None] = lambda *_: None
    extra: Mapping[str, str] = field(default_factory=dict)

    def missing(self) -> list[str]:
        """Return the programs that are not installed."""
        return [p for p in self.programs if program(p) is None]


def program(name: str) -> str | None:
    """Return where a program lies: beside the interpreter of the tests, or on the path."""
    beside = str(Path(sys.executable).parent)
    return shutil.which(name, path=os.pathsep.join((beside, os.environ.get("PATH", ""), "/usr/sbin")))


def _found(name: str) -> str:
    return program(name) or name


def _virtuoso(_: Path, folder: Path, port: int) -> list[str]:
    text = VIRTUOSO.format(folder=folder, port=port, sql=_free_port(), graph=GRAPH)
    (folder / "virtuoso.ini").write_text(text, encoding="utf-8")
    return [_found("virtuoso-t"), "-f", "-c", str(folder / "virtuoso.ini")]


def _virtuoso_load(turtle: Path, folder: Path, _: int) -> None:
    shutil.copy(turtle, folder / "graph.ttl")
    ini = (folder / "virtuoso.ini").read_text(encoding="utf-8")
    address = next(line.partition(" = ")[2] for line in ini.splitlines() if line.startswith("ServerPort"))
    code = f"DB.DBA.TTLP(file_to_string_output('{folder}/graph.ttl'), '', '{GRAPH}', 0);"
    done = subprocess.run([_found("isql-vt"), address, "dba", "dba", f"exec={code}"], capture_output=True, text=True, check=True)
    assert "Error" not in done.stderr + done.stdout, done.stderr + done.stdout


def _oxigraph_load(turtle: Path, _: Path, port: int) -> None:
    response = httpx.post(
        f"http://127.0.0.1:{port}/store?default", content=turtle.read_bytes(), headers={"Content-Type": "text/turtle"}, timeout=STARTING
    )
    response.raise_for_status()


ENGINES = (
    Engine(
        "oxigraph",
        "oxigraph",
        ("oxigraph",),
        lambda _, folder, port: [_found("oxigraph"), "serve", "--location", str(folder / "store"), "--bind", f"127.0.0.1:{port}"],
        path="/query",
        load=_oxigraph_load,
    ),
    Engine(
        "rdflib-endpoint",
        "rdflib",
        ("rdflib-endpoint",),
        lambda turtle, _, port: [_found("rdflib-endpoint"), "serve", "--host", "127.0.0.1", "--port", str(port), str(turtle)],
        path="/",
    ),
    Engine(
        "virtuoso",
        "virtuoso",
        ("virtuoso-t", "isql-vt"),
        _virtuoso,
        load=_virtuoso_load,
        extra={"default-graph-uri": GRAPH},
    ),
    Engine(
        "comunica",
        "comunica",
        ("comunica-sparql-file-http",),
        lambda turtle, _, port: [_found("comunica-sparql-file-http"), str(turtle), "-p", str(port), "-w", "1", "-t", "300"],
    ),
)


@contextmanager
def running(engine: Engine, turtle: Path, folder: Path) -> Iterator[str]:
    """Yield the address of an engine that has loaded a Turtle file; end it afterwards."""
    port = _free_port()
    with (folder / "log.txt").open("wb") as log:
        process = subprocess.Popen(engine.command(turtle, folder, port), stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=folder)
    try:
        _wait(process, port, folder / "log.txt")
        engine.load(turtle, folder, port)
        yield f"http://127.0.0.1:{port}{engine.path}"
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def ask(address: str, query: str, extra: Mapping[str, str] | None = None) -> list[dict[str, ox.NamedNode | ox.BlankNode | ox.Literal]]:
    """Send a SELECT as a form, as the SPARQL Protocol says; return its rows."""
    accept = {"Accept": f"{JSON}, {XML};q=0.5"}
    response = httpx.post(address, data={"query": query, **(extra or {})}, headers=accept, timeout=STARTING)
    assert response.status_code == 200, response.text
    kind = response.headers["content-type"].partition(";")[0]
    if kind in (XML, "application/xml"):
        solutions = ox.parse_query_results(response.content, format=ox.QueryResultsFormat.XML)
    else:
        standard = {k: v for k, v in response.json().items() if k in ("head", "results")}  # Comunica adds "metadata"
        solutions = ox.parse_query_results(json.dumps(standard).encode(), format=ox.QueryResultsFormat.JSON)
    assert isinstance(solutions, ox.QuerySolutions)
    return [{v.value: s[v] for v in solutions.variables if s[v] is not None} for s in solutions]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    for _ in range(int(STARTING)):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert process.poll() is None, log.read_text(encoding="utf-8", errors="replace")[-2000:]
        time.sleep(1)
    raise TimeoutError(log.read_text(encoding="utf-8", errors="replace")[-2000:])
