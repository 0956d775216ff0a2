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
from kg.server.keeper import Keeper, Worker, separate

LOADING = 300.0  # seconds that a worker may take to load the graph; they do not count as a query's
PATIENCE = 3  # how many times the limit of one query the next may wait for a worker


@dataclass(slots=True)
class Workers:
    """Processes that are started when first needed and started anew after one was killed."""

    graph: Path
    prefixes: Mapping[str, str]
    limits: Limits
    size: int = max(4, min(8, os.cpu_count() or 4))
    _idle: list[tuple[store.State, Worker]] = field(default_factory=list)
    _kept: tuple[store.State, Keeper] | None = None
    _free: asyncio.Semaphore | None = None
    _loading: asyncio.Lock = field(default_factory=asyncio.Lock)

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
            await self._idle.pop()[1].end()
        if self._kept:
            await self._kept[1].end()
            self._kept = None

    async def _answer(self, request: bytes) -> dict[str, Any]:
        try:
            now = store.state(self.graph)
        except OSError as error:
            raise BusyError(f"the graph cannot be read: {error.strerror}; try again later") from error
        while self._idle and self._idle[-1][0] != now:
            await self._idle.pop()[1].end()
        worker = self._idle.pop()[1] if self._idle else await self._start(now)
        reply = await _exchange(worker, request, self.limits.seconds)
        self._idle.append((now, worker))
        return reply

    async def _start(self, now: store.State) -> Worker:
        if not store.residable(self.graph):
            worker = await separate()
            await self._load(worker)
            return worker
        async with self._loading:
            for _ in range(2):  # one that was killed is found out when it is asked
                if self._kept is None or self._kept[0] != now:
                    await self.close()
                    keeper = await Keeper.start()
                    await self._load(keeper)
                    self._kept = now, keeper
                with suppress(ConnectionError):
                    return await self._kept[1].worker()
                await self.close()
        raise BusyError("the graph is no longer held; try again later")

    async def _load(self, process: Worker | Keeper) -> None:
        reply = await _exchange(process, store.setup(self.graph, self.prefixes, self.limits.memory), LOADING)
        if "error" in reply:
            await process.end()
            raise BusyError(reply["error"])


async def _exchange(process: Worker | Keeper, request: bytes, seconds: float) -> dict[str, Any]:
    """Return the reply of a process; end it where there is none in time."""
    try:
        return await asyncio.wait_for(process.reply(request), seconds)
    except BaseException as error:
        ended = await process.end()
        if isinstance(error, TimeoutError):
            raise StoppedError(f"the query was stopped after {seconds:g} seconds") from error
        if ended == store.OVERFLOW:
            raise QueryError(DEEP) from error
        if isinstance(error, asyncio.IncompleteReadError | ConnectionError):
            raise StoppedError("the query was stopped: it needed too much memory") from error
        raise
