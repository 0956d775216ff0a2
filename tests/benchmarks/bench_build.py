"""How much of a build is the network itself: `python tests/benchmarks/bench_build.py [DOCUMENTS]`; prints the ratio and the peak of memory.

The documents are the texts that the network learnt from (speed does not depend on that), each with a line of its own. The bare network
tags the same windows, cut before the clock starts, in as many processes.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from kg.languages import encoder
from kg.languages.encoder.windows import Window, windows
from kg.training.written import DOCUMENTS, written_texts

WORKERS = 2


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


def cut(documents: Sequence[str]) -> list[Window]:
    """Cut all documents into the windows that the network reads."""
    splitter = encoder.load().splitter
    return [w for text in documents for w in windows(text, splitter(text), splitter)]


def tag(parts: Sequence[Window]) -> int:
    """Run the tagger alone over windows."""
    tagger = encoder.load().tagger
    for part in parts:
        tagger.run(None, {"ids": part.ids[None], "cases": part.cases[None], "hints": part.hints[None]})
    return len(parts)


def bare(parts: Sequence[Window]) -> float:
    """Seconds that the tagger alone takes over windows, in as many processes as the build has, once they are ready."""
    with ProcessPoolExecutor(WORKERS) as pool:
        list(pool.map(tag, [parts[:1]] * (4 * WORKERS)))
        begun = time.perf_counter()
        done = sum(pool.map(tag, [parts[n :: 8 * WORKERS] for n in range(8 * WORKERS)]))
        seconds = time.perf_counter() - begun
    if done != len(parts):
        raise RuntimeError(f"{done} windows of {len(parts)} were tagged")
    return seconds


def main() -> None:
    """Measure both, one after the other, on one machine."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    documents = texts(count)
    parts = cut(documents)
    alone = bare(parts)
    whole, memory = build(documents)
    print(f"{count} documents, {sum(map(len, documents))} characters, {len(parts)} windows, {WORKERS} workers")
    print(f"bare network {alone:.1f} s ({count / alone:.0f} documents/s); kg build {whole:.1f} s ({count / whole:.0f} documents/s)")
    print(f"throughput of the build / of the bare network: {alone / whole:.2f}; largest process {memory:.2f} GB")


if __name__ == "__main__":
    main()
