"""Serve a graph to many clients at once over loopback: python tests/benchmarks/bench_serve.py OUT [CLIENTS] [SECONDS]."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Awaitable
from pathlib import Path

import httpx

from kg.ontology import load
from kg.query import prepare

QUESTIONS = ("leads", "founders", "said", "timeline", "partners")
CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?a != ?d && ?g != ?j) }"
PATHS = "SELECT (COUNT(*) AS ?n) { ?a (!<urn:x>|^!<urn:x>)* ?b . ?b (!<urn:x>|^!<urn:x>)* ?c . ?c (!<urn:x>|^!<urn:x>)+ ?d }"
LIMIT = 5.0  # seconds after which the server stops a query


def main(out: Path, clients: int, seconds: float) -> None:
    port = _free_port()
    command = [sys.executable, "-m", "kg", "serve", str(out), "--port", str(port), "--seconds", str(LIMIT)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        asyncio.run(_load(f"http://127.0.0.1:{port}", server.pid, clients, seconds))
    finally:
        server.terminate()
        server.wait(30)


async def _load(address: str, server: int, clients: int, seconds: float) -> None:
    limits = httpx.Limits(max_connections=clients + 2, max_keepalive_connections=clients)
    async with httpx.AsyncClient(base_url=address, limits=limits, timeout=120) as client:
        await _started(client)
        await _phase(f"{clients} clients, {seconds / 6:g} s to warm up", _asking(client, clients, seconds / 6), server)
        await _phase(f"{clients} clients, {seconds:g} s", _asking(client, clients, seconds), server)
        await _phase(f"the same beside query bombs, {3 * LIMIT:g} s", _bombed(client, clients, 3 * LIMIT), server)


async def _phase(what: str, work: Awaitable[tuple[Counter[int], list[float]]], server: int) -> None:
    before = _memory(server)
    statuses, times = await work
    times.sort()
    middle, slow = times[len(times) // 2], times[int(len(times) * 0.99)]
    after = _memory(server)
    print(f"{what}: {sum(statuses.values())} answers {dict(statuses)}, median {middle:.3f} s, 99 % below {slow:.2f} s")
    print(f"  memory of all processes {before:.0f} MB before, {after:.0f} MB after", flush=True)


async def _asking(client: httpx.AsyncClient, clients: int, seconds: float) -> tuple[Counter[int], list[float]]:
    queries = [prepare(name, load(), {}) for name in QUESTIONS]
    statuses: Counter[int] = Counter()
    times: list[float] = []
    end = time.perf_counter() + seconds

    async def one(number: int) -> None:
        while time.perf_counter() < end:
            number += 1
            begun = time.perf_counter()
            response = await client.post("/sparql", data={"query": queries[number % len(queries)]})
            times.append(time.perf_counter() - begun)
            statuses[response.status_code] += 1

    await asyncio.gather(*(one(n) for n in range(clients)))
    return statuses, times


async def _bombed(client: httpx.AsyncClient, clients: int, seconds: float) -> tuple[Counter[int], list[float]]:
    async def bomb(query: str) -> None:
        begun = time.perf_counter()
        response = await client.post("/sparql", data={"query": query})
        print(f"  bomb: {response.status_code} after {time.perf_counter() - begun:.1f} s: {response.text.strip()}", flush=True)

    bombs = asyncio.gather(bomb(CROSS), bomb(PATHS))
    found = await _asking(client, clients, seconds)
    await bombs
    return found


async def _started(client: httpx.AsyncClient) -> None:
    for _ in range(120):
        try:
            await client.get("/query")
        except httpx.TransportError:
            await asyncio.sleep(1)
        else:
            return


def _memory(server: int) -> float:
    """Return the resident megabytes of a process and its children."""
    children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    lines = (line for p in (str(server), *children) for line in Path(f"/proc/{p}/status").read_text().splitlines())
    return sum(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 200, float(sys.argv[3]) if len(sys.argv) > 3 else 60.0)
