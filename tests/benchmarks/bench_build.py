"""How much of a build is the network itself: `python tests/benchmarks/bench_build.py [DOCUMENTS]`; prints the ratio and the peak of memory.

The documents are the texts that the network learnt from (speed does not depend on that), each with a line of its own. The bare network
repeats the build's own forward passes, whose inputs were kept before the clock starts, in as many processes.
"""

from __future__ import annotations

import multiprocessing
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from kg.extract.dates import dates
from kg.extract.quotations import marked
from kg.languages import encoder
from kg.model import Document
from kg.ontology import load
from kg.parse import parse
from kg.training.written import DOCUMENTS, written_texts

WORKERS = 2

Feed = tuple[str, Any]  # the part of the network and what it is run on


def texts(count: int) -> list[str]:
    """Give as many texts, no two alike."""
    own = [a.extraction.document.text for a in written_texts(DOCUMENTS)]
    return [f"{own[n % len(own)]}\n\n{n}\n" for n in range(count)]


def build(documents: Sequence[str]) -> tuple[float, float]:
    """Build a graph of them: seconds from start to end, and the largest process's peak of memory in GB."""
    with tempfile.TemporaryDirectory() as folder:
        given = Path(folder, "documents")
        given.mkdir()
        for n, text in enumerate(documents):
            (given / f"{n:05}.txt").write_text(text, encoding="utf-8")
        begun = time.perf_counter()
        command = [sys.executable, "-m", "kg", "build", str(given), "-o", str(Path(folder, "out")), "--workers", str(WORKERS)]
        subprocess.run(command, check=True, capture_output=True)
        return time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e6


class Recorder:
    """A session that keeps what it is run on."""

    def __init__(self, session: Any, feeds: list[Feed], name: str) -> None:
        self.session, self.feeds, self.name = session, feeds, name

    def run(self, outputs: None, feed: dict[str, np.ndarray]) -> Any:
        """Run the session, and keep its input."""
        self.feeds.append((self.name, feed))
        return self.session.run(outputs, feed)


def forward_passes(documents: Sequence[str]) -> list[Feed]:
    """All that the network is run on in a build of them: windows to tag, mentions to link."""
    network = encoder.load()
    feeds: list[Feed] = []
    heard = replace(network, tagger=Recorder(network.tagger, feeds, "tagger"), linker=Recorder(network.linker, feeds, "linker"))
    for text in documents:
        heard.read(text, marked(text, dates(parse(Document("", text)), load())))
    return feeds


def run(feeds: Sequence[Feed]) -> None:
    """Run the bare network."""
    network = encoder.load()
    for name, feed in feeds:
        getattr(network, name).run(None, feed)


def bare(feeds: Sequence[Feed]) -> float:
    """Seconds that the network alone takes, in as many processes as the build has, once they are ready and hold their inputs."""
    pool = multiprocessing.get_context("spawn")
    ready, go = pool.Barrier(WORKERS + 1), pool.Event()
    workers = [pool.Process(target=_work, args=(feeds[n::WORKERS], ready, go)) for n in range(WORKERS)]
    for worker in workers:
        worker.start()
    ready.wait()
    begun = time.perf_counter()
    go.set()
    for worker in workers:
        worker.join()
    if any(w.exitcode for w in workers):
        raise RuntimeError("a process of the bare network failed")
    return time.perf_counter() - begun


def _work(feeds: Sequence[Feed], ready: Any, go: Any) -> None:
    run(feeds[:1])
    ready.wait()
    go.wait()
    run(feeds)


def main() -> None:
    """Measure both, one after the other, on one machine."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    documents = texts(count)
    whole, memory = build(documents)  # first, for the peak of memory is that of all children so far
    feeds = forward_passes(documents)
    alone = bare(feeds)
    print(f"{count} documents, {sum(map(len, documents))} characters, {len(feeds)} forward passes, {WORKERS} workers")
    print(f"bare network {alone:.1f} s ({count / alone:.0f} documents/s); kg build {whole:.1f} s ({count / whole:.0f} documents/s)")
    print(f"throughput of the build / of the bare network: {alone / whole:.2f}; largest process {memory:.2f} GB")


if __name__ == "__main__":
    main()
