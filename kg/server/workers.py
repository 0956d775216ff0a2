"""Queries in, answers out, from a few processes that hold the graph; one that takes too long is killed while the others serve."""

from __future__ import annotations

import asyncio
import os
import pickle
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import kg
from kg.errors import QueryError
from kg.query import Limits

HEAD = 8  # bytes that say how long a message is
LOADING = 300.0  # seconds that a worker may take to load the graph; they do not count as a query's
PATIENCE = 3  # how many times the limit of one query the next may wait for a worker


class StoppedError(QueryError):
    """A query was stopped at a limit, or could not begin in time."""


@dataclass(slots=True)
class Workers:
    """Processes that are started when first needed and started anew after one was killed."""

    graph: Path
    prefixes: Mapping[str, str]
    limits: Limits
    size: int = max(4, min(8, os.cpu_count() or 4))
    _idle: list[asyncio.subprocess.Process] = field(default_factory=list)
    _free: asyncio.Semaphore | None = None

    async def ask(self, text: str) -> dict[str, Any]:
        """Return the fields of the Answer to a query; raise QueryError where it is wrong and StoppedError at a limit."""
        self._free = self._free or asyncio.Semaphore(self.size)
        try:
            await asyncio.wait_for(self._free.acquire(), PATIENCE * self.limits.seconds)
        except TimeoutError as error:
            raise StoppedError("all workers are busy; try again later") from error
        try:
            reply = await self._answer({"query": text, "rows": self.limits.rows})
        finally:
            self._free.release()
        if "error" in reply:
            raise QueryError(reply["error"])
        return reply

    async def close(self) -> None:
        """End all processes."""
        while self._idle:
            await _end(self._idle.pop())

    async def _answer(self, request: Mapping[str, Any]) -> dict[str, Any]:
        worker = self._idle.pop() if self._idle else await self._start()
        reply = await self._exchange(worker, request, self.limits.seconds)
        self._idle.append(worker)
        return reply

    async def _exchange(self, worker: asyncio.subprocess.Process, request: Mapping[str, Any], seconds: float) -> dict[str, Any]:
        """Return a worker's reply; end the worker where there is none in time."""
        try:
            return await asyncio.wait_for(_reply(worker, request), seconds)
        except BaseException as error:
            await _end(worker)
            if isinstance(error, TimeoutError):
                raise StoppedError(f"the query was stopped after {seconds:g} seconds") from error
            if isinstance(error, asyncio.IncompleteReadError | ConnectionError):
                raise StoppedError("the query was stopped: it needed too much memory") from error
            raise

    async def _start(self) -> asyncio.subprocess.Process:
        home = str(Path(kg.__file__).parent.parent)
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in (home, os.environ.get("PYTHONPATH")) if p)}
        command = (sys.executable, "-c", "from kg.server.workers import work; work()")
        pipe = asyncio.subprocess.PIPE
        worker = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe, env=environment)
        setup = {"graph": str(self.graph), "prefixes": dict(self.prefixes), "memory": self.limits.memory}
        reply = await self._exchange(worker, setup, LOADING)
        if "error" in reply:
            await _end(worker)
            raise StoppedError(reply["error"])
        return worker


def work(source: IO[bytes] | None = None, target: IO[bytes] | None = None) -> None:
    """Load a graph and answer queries until the input ends: what a worker process does."""
    from kg.query import _bound_memory, _reason, _store, evaluate  # noqa: PLC0415  (only the child loads a store)

    source, target = source or sys.stdin.buffer, target or sys.stdout.buffer
    setup = _receive(source) or {}
    _bound_memory(setup["memory"])
    store = None
    request: Mapping[str, Any] | None = {}
    while request is not None:
        try:
            store = store or _store(Path(setup["graph"]))
            reply = evaluate(store, request["query"], setup["prefixes"], request["rows"]) if request else {}
        except (SyntaxError, ValueError, OSError, RuntimeError) as error:
            reply = {"error": _reason(error)}
        message = pickle.dumps(reply)
        target.write(len(message).to_bytes(HEAD, "big") + message)
        target.flush()
        request = _receive(source)


def _receive(source: IO[bytes]) -> dict[str, Any] | None:
    head = source.read(HEAD)
    return pickle.loads(source.read(int.from_bytes(head, "big"))) if len(head) == HEAD else None  # noqa: S301  (from our own parent)


async def _reply(worker: asyncio.subprocess.Process, request: Mapping[str, Any]) -> dict[str, Any]:
    content = pickle.dumps(dict(request))
    if worker.stdin is None or worker.stdout is None:
        raise ConnectionError
    worker.stdin.write(len(content).to_bytes(HEAD, "big") + content)
    await worker.stdin.drain()
    head = await worker.stdout.readexactly(HEAD)
    reply: dict[str, Any] = pickle.loads(await worker.stdout.readexactly(int.from_bytes(head, "big")))  # noqa: S301  (from our own child)
    return reply


async def _end(worker: asyncio.subprocess.Process) -> None:
    with suppress(ProcessLookupError):
        worker.kill()
    await worker.wait()
