"""Processes that answer about one graph in memory: each may be killed, and so may the one that holds it."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from kg import store
from kg.iris import BASE
from kg.query import Limits
from kg.server.keeper import Keeper
from kg.server.workers import Workers

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no forks")
PREFIXES = {"kg": BASE}
COUNT = store.request("SELECT ?o { ?s ?p ?o }", 9, None)
CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o . ?q ?r ?s }"


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    path = tmp_path / store.STATED_FILE
    path.write_text("".join(f"<urn:{n}> <urn:p> {n} .\n" for n in range(99)), encoding="utf-8")
    return path


def served(graph: Path, work: Callable[[Workers], Coroutine[Any, Any, None]], seconds: float = 20) -> None:
    async def all_of_it() -> None:
        workers = Workers(graph, PREFIXES, Limits(seconds=seconds, rows=9, memory=4 << 30), size=2)
        try:
            await work(workers)
        finally:
            await workers.close()

    asyncio.run(all_of_it())


def test_a_worker_that_is_ended_takes_no_other_with_it(graph: Path) -> None:
    async def all_of_it() -> None:
        keeper = await Keeper.start()
        assert await keeper.reply(store.setup(graph, PREFIXES, 4 << 30)) == {}
        one, other = await keeper.worker(), await keeper.worker()
        assert len((await one.reply(COUNT))["rows"]) == 9
        assert await one.end() == -signal.SIGKILL
        assert len((await other.reply(COUNT))["rows"]) == 9
        await keeper.end()
        assert len((await other.reply(COUNT))["rows"]) == 9
        with pytest.raises(ConnectionError):
            await keeper.worker()
        assert await other.end() == -signal.SIGKILL

    asyncio.run(all_of_it())


def test_a_graph_that_cannot_be_read_is_told(graph: Path) -> None:
    graph.write_text("no Turtle", encoding="utf-8")

    async def all_of_it() -> None:
        keeper = await Keeper.start()
        assert "graph.ttl is damaged" in (await keeper.reply(store.setup(graph, PREFIXES, 4 << 30)))["error"]
        await keeper.end()

    asyncio.run(all_of_it())


def test_who_holds_the_graph_is_started_anew_after_it_was_killed(graph: Path) -> None:
    async def work(workers: Workers) -> None:
        assert len((await workers.ask("SELECT * { ?s ?p ?o }"))["rows"]) == 9
        assert workers._kept is not None
        first = workers._kept[1].process.pid
        os.kill(first, signal.SIGKILL)
        together = await asyncio.gather(*(workers.ask("ASK { ?s ?p 5 }") for _ in range(4)))
        assert [reply["boolean"] for reply in together] == [True] * 4
        assert workers._kept[1].process.pid != first

    served(graph, work)


def test_a_query_that_is_stopped_or_given_up_does_not_mix_up_the_others(graph: Path) -> None:
    async def work(workers: Workers) -> None:
        bombs = [asyncio.ensure_future(workers.ask(CROSS)) for _ in range(3)]
        await asyncio.sleep(0.5)
        bombs[0].cancel()
        for _ in range(3):
            ended = await asyncio.gather(*bombs, return_exceptions=True)
            assert len((await workers.ask("SELECT * { ?s ?p ?o }"))["rows"]) == 9
        assert [type(e).__name__ for e in ended] == ["CancelledError", "StoppedError", "StoppedError"]

    served(graph, work, seconds=1)


def test_who_waits_for_a_keeper_that_is_ended_waits_no_longer(graph: Path) -> None:
    async def all_of_it() -> None:
        keeper = await Keeper.start()
        await keeper.reply(store.setup(graph, PREFIXES, 4 << 30))
        os.kill(keeper.process.pid, signal.SIGSTOP)
        waiting = asyncio.ensure_future(keeper.worker())
        await asyncio.sleep(0.1)
        await keeper.end()
        with pytest.raises(ConnectionError):
            await asyncio.wait_for(waiting, 5)

    asyncio.run(all_of_it())


def test_a_worker_for_one_who_gave_up_is_ended(graph: Path) -> None:
    async def all_of_it() -> None:
        keeper = await Keeper.start()
        await keeper.reply(store.setup(graph, PREFIXES, 4 << 30))
        asking = asyncio.ensure_future(keeper.worker())
        await asyncio.sleep(0)
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
        for _ in range(100):
            await asyncio.sleep(0.05)
            children = Path(f"/proc/{keeper.process.pid}/task/{keeper.process.pid}/children")
            if not children.exists() or not children.read_text(encoding="ascii").split():
                break
        else:
            raise AssertionError("it lives on")
        await keeper.end()

    asyncio.run(all_of_it())


def test_another_graph_is_loaded_anew(graph: Path) -> None:
    async def work(workers: Workers) -> None:
        assert (await workers.ask("ASK { ?s ?p 500 }"))["boolean"] is False
        graph.write_text("<urn:s> <urn:p> 500 .", encoding="utf-8")
        assert (await workers.ask("ASK { ?s ?p 500 }"))["boolean"] is True

    served(graph, work)
