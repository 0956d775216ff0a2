"""Queries in, answers out, from a few processes that hold the graph; one that takes too long is killed while the others serve.

A process answers from the graph as it was when it was loaded: once the file is another, the process is ended and the next one loads anew.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg import store
from kg.errors import BusyError, QueryError, StoppedError
from kg.query import DEEP, Limits, dataset

LOADING = 300.0  # seconds that a worker may take to load the graph; they do not count as a query's
PATIENCE = 3  # how many times the limit of one query the next may wait for a worker


@dataclass(slots=True)
class Workers:
    """Processes that are started when first needed and started anew after one was killed."""

    graph: Path
    prefixes: Mapping[str, str]
    limits: Limits
    size: int = max(4, min(8, os.cpu_count() or 4))
    _idle: list[tuple[store.State, asyncio.subprocess.Process]] = field(default_factory=list)
    _free: asyncio.Semaphore | None = None

    @property
    def infers(self) -> bool:
        """Whether what is inferred can be asked as well."""
        return store.holds_inferred(self.graph)

    async def ask(self, text: str, graphs: store.Dataset | None = None) -> dict[str, Any]:
        """Return the fields of the Answer to a query, put to other graphs than it says where some are given.

        Raise QueryError where it is wrong, StoppedError at a limit and BusyError where it cannot begin.
        """
        self._free = self._free or asyncio.Semaphore(self.size)
        try:
            await asyncio.wait_for(self._free.acquire(), PATIENCE * self.limits.seconds)
        except TimeoutError as error:
            raise BusyError("all workers are busy; try again later") from error
        try:
            reply = await self._answer(store.request(text, self.limits.rows, graphs or dataset(text)))
        finally:
            self._free.release()
        if "error" in reply:
            raise QueryError(reply["error"])
        return reply

    async def close(self) -> None:
        """End all processes."""
        while self._idle:
            await _end(self._idle.pop()[1])

    async def _answer(self, request: bytes) -> dict[str, Any]:
        try:
            now = store.state(self.graph)
        except OSError as error:
            raise BusyError(f"the graph cannot be read: {error.strerror}; try again later") from error
        while self._idle and self._idle[-1][0] != now:
            await _end(self._idle.pop()[1])
        worker = self._idle.pop()[1] if self._idle else await self._start()
        reply = await self._exchange(worker, request, self.limits.seconds)
        self._idle.append((now, worker))
        return reply

    async def _exchange(self, worker: asyncio.subprocess.Process, request: bytes, seconds: float) -> dict[str, Any]:
        """Return a worker's reply; end the worker where there is none in time."""
        try:
            return await asyncio.wait_for(_reply(worker, request), seconds)
        except BaseException as error:
            ended = await _end(worker)
            if isinstance(error, TimeoutError):
                raise StoppedError(f"the query was stopped after {seconds:g} seconds") from error
            if ended == store.OVERFLOW:
                raise QueryError(DEEP) from error
            if isinstance(error, asyncio.IncompleteReadError | ConnectionError):
                raise StoppedError("the query was stopped: it needed too much memory") from error
            raise

    async def _start(self) -> asyncio.subprocess.Process:
        pipe = asyncio.subprocess.PIPE
        worker = await asyncio.create_subprocess_exec(*store.command(), stdin=pipe, stdout=pipe, env=store.environment())
        reply = await self._exchange(worker, store.setup(self.graph, self.prefixes, self.limits.memory), LOADING)
        if "error" in reply:
            await _end(worker)
            raise BusyError(reply["error"])
        return worker


async def _reply(worker: asyncio.subprocess.Process, request: bytes) -> dict[str, Any]:
    if worker.stdin is None or worker.stdout is None:
        raise ConnectionError
    worker.stdin.write(request)
    await worker.stdin.drain()
    head = await worker.stdout.readexactly(store.HEAD)
    return store.unpack(await worker.stdout.readexactly(int.from_bytes(head, "big")))


async def _end(worker: asyncio.subprocess.Process) -> int:
    """End a process and return how it ended, or had ended before."""
    with suppress(ProcessLookupError):
        worker.kill()
    return await worker.wait()
