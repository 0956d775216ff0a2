"""Documents in, extractions out, on this machine: in worker processes where several are asked for, otherwise right here."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.synchronize import Event

from kg.engines import Task, attempt, left_out
from kg.model import Document, Extraction

WORTH = 8  # documents that repay the start of one more process
KILLED = "left out: the process that worked on it was killed, twice (out of memory?)"


def run(task: Task, documents: Sequence[Document], workers: int) -> Iterator[Extraction]:
    """Yield the extraction of every document, in any order; 0 workers are as many as pay.

    With several workers `task` must be importable by name. A worker that dies takes nothing with it: the documents it may have died of
    are tried again, each in a process of its own, and only one that kills that process too is left out. Where processes cannot be had
    at all, the work is done here.
    """
    waiting = deque(documents)
    workers = workers or min(_processors(), len(documents) // WORTH)
    if multiprocessing.current_process().daemon:  # such may have no processes of their own
        workers = 1
    answered = False
    while waiting and workers > 1:
        try:
            suspects, done = yield from _together(task, waiting, workers)
            answered = answered or done
            answered = yield from _one_by_one(task, suspects, waiting, answered)
        except (ImportError, NotImplementedError, OSError):  # no semaphores, no /dev/shm, no right to fork
            break
        if not answered:
            break
    for document in waiting:
        yield attempt(task, document)


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _one_by_one(task: Task, suspects: list[Document], waiting: deque[Document], answered: bool) -> Generator[Extraction, None, bool]:
    """Work on each suspect in a process of its own; where no process ever answers, the fault is not the documents': put them back."""
    for n, document in enumerate(suspects):
        lost, done = yield from _together(task, deque([document]), 1)
        answered = answered or done
        if lost and not answered:
            waiting.extendleft(reversed(suspects[n:]))
            return False
        if lost:
            yield left_out(document, KILLED)
    return answered


def _together(task: Task, waiting: deque[Document], workers: int) -> Generator[Extraction, None, tuple[list[Document], bool]]:
    """Work until nothing waits or a worker dies; return the documents under way then, and whether any was finished."""
    running: dict[Future[Extraction], Document] = {}
    answered = False
    context = _context()
    given_up = context.Event()
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_settle, initargs=(given_up,))
    try:
        while waiting or running:
            broken = _fill(pool, task, waiting, running, 2 * workers)
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                try:
                    extraction = future.result()
                except BrokenProcessPool:
                    broken = True
                    continue
                del running[future]
                answered = True
                yield extraction
            if broken:
                break
        return list(running.values()), answered
    except BaseException:  # an interruption, say: what is half done is wanted no more, and Python would wait for it
        given_up.set()
        raise
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _fill(pool: ProcessPoolExecutor, task: Task, waiting: deque[Document], running: dict[Future[Extraction], Document], most: int) -> bool:
    """Hand out waiting documents, few at a time, so that a death leaves few suspects; return whether the pool is broken."""
    while waiting and len(running) < most:
        try:
            future = pool.submit(attempt, task, waiting[0])
        except (BrokenProcessPool, OSError):
            return True
        running[future] = waiting.popleft()
    return False


def _context() -> multiprocessing.context.BaseContext:
    """Return a way to start processes that is safe beside threads and loaded models, which a plain fork is not."""
    methods = multiprocessing.get_all_start_methods()
    return multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")


def _settle(given_up: Event) -> None:
    """Prepare a worker: one thread of arithmetic each, interruption left to the parent, no life after it or once its work is given up."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    for ended in (given_up.wait, *([parent.join] if parent else ())):
        threading.Thread(target=_follow, args=(ended,), daemon=True).start()


def _follow(ended: Callable[[], object]) -> None:
    ended()
    os._exit(1)
