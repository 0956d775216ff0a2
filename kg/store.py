"""Turtle in, answers about it out: what a process does that holds a graph for others and may be killed at any time."""

from __future__ import annotations

import os
import pickle
import re
import shutil
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from pathlib import Path
from typing import IO, Any, TypeVar

import pyoxigraph as ox

import kg
from kg.lock import alone

T = TypeVar("T")
Dataset = Mapping[str, Any]  # graphs that a query asks: lists of IRIs under `default_graph` (merged) and `named_graphs` (of GRAPH)
State = tuple[tuple[int, int], ...]  # bytes and time of change, in nanoseconds, of each file of a graph

OVERFLOW = -11  # how a process ends whose stack was too small for what it read: SIGSEGV
HEAD = 8  # bytes that say how long a message is
KEPT_OPEN = 16  # files of a store on disk that RocksDB opens at once; further ones it opens when it needs them
AFTER = 30  # characters before the place where a query is wrong that are shown
LARGE = 32_000_000  # bytes of Turtle above which the store is kept on disk between queries, each a process of its own
RESIDENT = 128_000_000  # bytes up to which one is held in memory for many who ask, where it takes eleven times as much
OWN: Dataset = {}  # the graphs that a query itself says
_PREFIX = re.compile(r"\s*@?prefix\s+([\w.-]*):\s*<([^>]*)>", re.IGNORECASE)
STATED_FILE, INFERRED_FILE = "graph.ttl", "inferred.ttl"  # what a folder's documents state, and what follows from it


def command(task: str = "work") -> list[str]:
    """Return the command of a process that does `work`, or `keep`."""
    return [sys.executable, "-c", f"from kg.store import {task}; {task}()"]


def environment() -> dict[str, str]:
    """Return the environment in which such a process finds this package."""
    home = str(Path(kg.__file__).parent.parent)
    return {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in (home, os.environ.get("PYTHONPATH")) if p)}


def setup(graph: Path, prefixes: Mapping[str, str], memory: int) -> bytes:
    """Return the first message to a process: the Turtle file, prefixes that need no declaration, bytes of memory at most."""
    return pack({"graph": str(graph), "prefixes": dict(prefixes), "memory": memory})


def request(query: str, rows: int, dataset: Dataset | None) -> bytes:
    """Return every further message: SPARQL, the rows of its answer at most, the graphs that it asks, None for all."""
    return pack({"query": query, "rows": rows, "dataset": dataset})


def pack(content: Mapping[str, Any]) -> bytes:
    """Return a message: its length and then its content."""
    message = pickle.dumps(dict(content))
    return len(message).to_bytes(HEAD, "big") + message


def unpack(message: bytes) -> dict[str, Any]:
    """Return the content of a message without its head; it must come from a process of our own."""
    content: dict[str, Any] = pickle.loads(message)  # noqa: S301  (processes talk to their parent and children only)
    return content


def receive(source: IO[bytes]) -> dict[str, Any] | None:
    """Read one message; None where the input ended."""
    head = source.read(HEAD)
    return unpack(source.read(int.from_bytes(head, "big"))) if len(head) == HEAD else None


def work(source: IO[bytes] | None = None, target: IO[bytes] | None = None) -> None:
    """Load a graph and answer queries until the input ends; each message gets one reply, the first an empty one.

    Once the graph is loaded no file or socket can be opened any more: no query gets out, whatever it says.
    """
    source, target = source or sys.stdin.buffer, target or sys.stdout.buffer
    given = receive(source) or {}
    store = _begun(given, target, resident=False)
    if store is not None:
        _answer(store, given["prefixes"], source, target)


def keep() -> None:
    """Load a graph once and fork a process for each who asks: what one of them uses, or being killed, costs the others nothing.

    Standard input is a Unix socket. The first message on it is that of `work`; each later one is a number of HEAD bytes. With 0 comes the
    socket over which a new process talks like `work`, and its number is the reply; another is the number of such a process, whose exit
    status is the reply once it has ended, negative for a signal.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent's to handle; where it ends, so does what is read here
    control = socket.socket(fileno=os.dup(sys.stdin.fileno()))
    with Path(os.devnull).open("rb") as nothing:
        os.dup2(nothing.fileno(), sys.stdin.fileno())  # else those forked would hold the socket open when this process is gone
    given = receive(control.makefile("rb")) or {}
    store = _begun(given, control.makefile("wb"), resident=True)
    while store is not None:
        message, descriptors, _, _ = socket.recv_fds(control, HEAD, 1)
        if not message:
            return
        if number := int.from_bytes(message, "big"):
            reply = os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])
        elif not (reply := os.fork()):
            os.close(control.detach())
            asker = socket.socket(fileno=descriptors[0])
            _answer(store, given["prefixes"], asker.makefile("rb"), asker.makefile("wb"))
            os._exit(0)
        for descriptor in descriptors:
            os.close(descriptor)
        control.sendall(reply.to_bytes(HEAD, "big", signed=True))


def _begun(given: Mapping[str, Any], target: IO[bytes], *, resident: bool) -> ox.Store | None:
    """Load the graph of a first message and reply to it; None where it cannot be read."""
    _bound_memory(given["memory"])
    store, reply = None, {}
    try:
        store = opened(Path(given["graph"]), given["prefixes"]["kg"], resident=resident)
    except (SyntaxError, ValueError, OSError, RuntimeError) as error:
        reply = {"error": _reason(error, "")}
    target.write(pack(reply))
    target.flush()
    return store


def _answer(store: ox.Store, prefixes: Mapping[str, str], source: IO[bytes], target: IO[bytes]) -> None:
    """Answer queries until the input ends; from now on no file and no socket can be opened."""
    _shut()
    while asked := receive(source):
        try:
            reply = evaluate(store, prefixes=prefixes, **asked)
        except (SyntaxError, ValueError, OSError, RuntimeError) as error:
            reply = {"error": _reason(error, asked["query"])}
        target.write(pack(reply))
        target.flush()


def evaluate(store: ox.Store, query: str, rows: int, prefixes: Mapping[str, str], dataset: Dataset | None = None) -> dict[str, Any]:
    """Query a store; return the fields of an Answer.

    Without a dataset, what is stated and what is inferred are asked alike. Relative IRIs are those of the prefix kg.
    """
    begun = time.perf_counter()
    union = dataset is None and any(store.named_graphs())
    result = store.query(query, base_iri=prefixes.get("kg"), prefixes=dict(prefixes), use_default_graph_as_union=union, **dataset or {})
    fields: dict[str, Any]
    if isinstance(result, ox.QueryBoolean):
        fields = {"boolean": bool(result)}
    elif isinstance(result, ox.QueryTriples):
        kept, truncated = _some(result, rows)
        fields = {"triples": tuple(sorted(set(kept), key=str)), "truncated": truncated}
    else:
        names = tuple(v.value for v in result.variables)
        kept, truncated = _some(map(tuple, result), rows)
        fields = {"columns": names, "rows": tuple(kept), "truncated": truncated}
    return {**fields, "seconds": time.perf_counter() - begun}


def _some(results: Iterable[T], limit: int) -> tuple[list[T], bool]:
    rest = iter(results)
    return list(islice(rest, limit)), next(rest, None) is not None


def state(graph: Path, *beside: Path) -> State:
    """Give size and time of a graph, of what is inferred of it and of other files beside it: another state is another graph."""
    return tuple((s.st_size, s.st_mtime_ns) for s in (p.stat() for p in (*_files(graph), *beside)))


def opened(graph: Path, base: str, *, resident: bool = False) -> ox.Store:
    """Load a graph and what is inferred of it, named below the base: large ones once into a store on disk, read-only, unless `resident`."""
    states = state(graph)
    if sum(size for size, _ in states) > LARGE and not resident:
        place = graph.parent / ".cache" / "store" / "-".join(f"{size}-{time}" for size, time in states)
        if (place.is_dir() or _keep(graph, base, place)) and sum(1 for _ in place.glob("*.sst")) <= KEPT_OPEN:
            return ox.Store.read_only(str(place))
    store = ox.Store()
    _load(store.load, graph, base)  # of what is in memory as fast as bulk_load, with a third less of it
    return store


def declared(graph: Path) -> dict[str, str]:
    """Return the prefixes that a Turtle file declares at its head; `doc` is where a graph's documents stand."""
    prefixes: dict[str, str] = {}
    with graph.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            if match := _PREFIX.match(line):
                prefixes[match[1]] = match[2]
            elif line.strip() and not line.lstrip().startswith("#"):
                break
    return prefixes


def residable(graph: Path) -> bool:
    """Whether a graph may be held in memory for many who ask, by processes that share it: it is not too large, and there are such here."""
    return hasattr(os, "fork") and hasattr(socket, "send_fds") and sum(size for size, _ in state(graph)) <= RESIDENT


def two_graphs(base: str) -> tuple[ox.NamedNode, ox.NamedNode]:
    """Return the names of what is stated and what is inferred where both are asked: kg:stated and kg:inferred, below a graph's base."""
    return ox.NamedNode(base + "stated"), ox.NamedNode(base + "inferred")


def holds_inferred(graph: Path) -> bool:
    """Whether what is inferred of a graph lies beside it."""
    return graph.with_name(INFERRED_FILE).is_file()


def _files(graph: Path) -> list[Path]:
    return [graph, graph.with_name(INFERRED_FILE)] if holds_inferred(graph) else [graph]


def _load(load: Callable[..., None], graph: Path, base: str) -> None:
    names: tuple[ox.DefaultGraph | ox.NamedNode, ...] = two_graphs(base) if holds_inferred(graph) else (ox.DefaultGraph(),)
    for path, name in zip(_files(graph), names, strict=True):
        try:
            load(path=path, format=ox.RdfFormat.TURTLE, to_graph=name)
        except SyntaxError as error:  # of Turtle; others are of SPARQL
            raise ValueError(f"{path.name} is damaged: {error.msg}; build again") from error


def _keep(graph: Path, base: str, place: Path) -> bool:
    """Write the store of a graph beside it and drop those of its earlier states; false where nothing can be written."""
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with alone(place.parent.with_suffix(".lock")):
            if not place.is_dir():
                _build(graph, base, place)
    except OSError:
        return place.is_dir()
    return True


def _build(graph: Path, base: str, place: Path) -> None:
    for other in place.parent.iterdir():
        shutil.rmtree(other, ignore_errors=True)
    partial = place.with_name(f".{place.name}.partial")
    store = ox.Store(partial)
    _load(store.bulk_load, graph, base)
    store.optimize()
    del store
    partial.rename(place)


def _bound_memory(size: int) -> None:
    if sys.platform.startswith("linux"):
        import resource  # noqa: PLC0415  (Unix only)

        resource.setrlimit(resource.RLIMIT_AS, (size, resource.getrlimit(resource.RLIMIT_AS)[1]))


def _shut() -> None:
    """Let this process open no further files and sockets (where there is such a limit: not on Windows)."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415  (Unix only)

        resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def _reason(error: Exception, query: str) -> str:
    if isinstance(error, SyntaxError):
        return f"not SPARQL: {_unread(' '.join(str(error.msg).split()), query)}"
    return f"the graph cannot be read: {error}"


def _unread(message: str, query: str) -> str:
    """Say where a query stops being SPARQL and what could stand there; the parser lists every character, too."""
    told = re.match(r"error at (\d+):(\d+): expected (?:one of )?(.*)", message)
    if not told:
        return message
    line, column = int(told[1]), int(told[2])
    before = "".join(query.splitlines()[line - 1 : line])[: column - 1].rstrip()
    prefix = re.search(r"([\w.-]*):\S*$", before)
    if prefix and "Prefix not found" in told[3]:
        return f"line {line}, column {column}: the prefix {prefix[1]}: is declared nowhere"
    if "IRI parsing failed" in told[3]:
        return f"line {line}, column {column}: {before.split('<')[-1].rstrip('>')} is no IRI"
    expected = re.findall(r"(?:^|, )(\"[^\"]*\"|[A-Za-z][^,\[]*)(?=,|$)", told[3])
    after = f' after "{before[-AFTER:]}"' if before else ""
    return f"line {line}, column {column}{after}: {'expected ' + ' or '.join(expected) if expected else 'this cannot stand here'}"
