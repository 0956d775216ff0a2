"""A graph in, processes that answer queries about it out: forks of one that holds it in memory, or each with a store of its own."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from asyncio.subprocess import PIPE, Process
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from kg import store

_ENDING = set[asyncio.Future[int]]()  # what nobody awaits is held here until it is done


@dataclass(frozen=True, slots=True)
class Worker:
    """A process that answers one query after another; `end` ends it and gives how it ended, or had ended before, negative for a signal."""

    source: asyncio.StreamReader
    target: asyncio.StreamWriter
    end: Callable[[], Awaitable[int]]

    async def reply(self, request: bytes) -> dict[str, Any]:
        """Send a message and receive the next; raise IncompleteReadError or ConnectionError where the process ends before."""
        self.target.write(request)
        await self.target.drain()
        head = await self.source.readexactly(store.HEAD)
        return store.unpack(await self.source.readexactly(int.from_bytes(head, "big")))


@dataclass(slots=True)
class Keeper:
    """The process that holds a graph in memory; see `store.keep`."""

    process: Process
    control: socket.socket
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    @classmethod
    async def start(cls) -> Keeper:
        """Start one, which has no graph yet."""
        ours, theirs = socket.socketpair()
        with theirs:
            process = await asyncio.create_subprocess_exec(*store.command("keep"), stdin=theirs.fileno(), env=store.environment())
        ours.setblocking(False)
        return cls(process, ours)

    async def reply(self, request: bytes) -> dict[str, Any]:
        """Send the first message and receive its reply, once the graph is loaded; raise ConnectionError where the process ends before."""
        await asyncio.get_running_loop().sock_sendall(self.control, request)
        return store.unpack(await self._received(int.from_bytes(await self._received(store.HEAD), "big")))

    async def worker(self) -> Worker:
        """Fork a process that answers queries; raise ConnectionError where there is no keeper any more."""
        forked = asyncio.ensure_future(self._fork())
        try:
            return await asyncio.shield(forked)  # a reply that nobody awaits would be taken for the next one's
        except asyncio.CancelledError:
            forked.add_done_callback(_unwanted)
            raise

    async def _fork(self) -> Worker:
        ours, theirs = socket.socketpair()
        with theirs:
            number = await self._told(0, theirs)
        source, target = await asyncio.open_connection(sock=ours)

        async def end() -> int:
            target.close()
            with suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
            with suppress(ConnectionError):
                return await asyncio.shield(self._told(number))
            return -signal.SIGKILL

        return Worker(source, target, end)

    async def end(self) -> int:
        """End the process, and give how it ended or had ended before; the workers that it has forked go on."""
        with suppress(ProcessLookupError):
            self.process.kill()
        ended = await self.process.wait()
        async with self.turn:  # who still waits for a reply reads the end of the stream first
            self.control.close()
        return ended

    async def _told(self, number: int, passed: socket.socket | None = None) -> int:
        """Send a number, with a socket beside it, and receive the one that is the reply."""
        async with self.turn:
            try:
                socket.send_fds(self.control, [number.to_bytes(store.HEAD, "big")], [passed.fileno()] if passed else [])
                return int.from_bytes(await self._received(store.HEAD), "big", signed=True)
            except OSError as error:
                raise ConnectionError from error

    async def _received(self, size: int) -> bytes:
        data = b""
        while len(data) < size:
            piece = await asyncio.get_running_loop().sock_recv(self.control, size - len(data))
            if not piece:
                raise ConnectionError
            data += piece
        return data


def _unwanted(forked: asyncio.Future[Worker]) -> None:
    """End a process that was asked for by one who gave up."""
    if not forked.cancelled() and not forked.exception():
        _ENDING.add(task := asyncio.ensure_future(forked.result().end()))
        task.add_done_callback(_ENDING.discard)


async def separate() -> Worker:
    """Start a process with a store of its own."""
    process = await asyncio.create_subprocess_exec(*store.command(), stdin=PIPE, stdout=PIPE, env=store.environment())
    if process.stdin is None or process.stdout is None:
        raise ConnectionError

    async def end() -> int:
        with suppress(ProcessLookupError):
            process.kill()
        return await process.wait()

    return Worker(process.stdout, process.stdin, end)
