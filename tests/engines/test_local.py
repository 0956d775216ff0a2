import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.engines import local
from kg.errors import ModelError
from kg.model import Document, Extraction, Issue


def names(task: Callable[[Document], Extraction], documents: list[Document], workers: int) -> list[tuple[str, tuple[Issue, ...]]]:
    return sorted((e.document.identifier, e.issues) for e in local.run(task, documents, workers))


def found(document: Document) -> Extraction:
    return Extraction(document)


def odd(document: Document) -> Extraction:
    if document.text == "odd":
        raise ValueError("a sentence without end")
    return Extraction(document)


def deadly(document: Document) -> Extraction:
    if document.text == "deadly":
        os.kill(os.getpid(), signal.SIGKILL)
    return Extraction(document)


def deadly_once(document: Document) -> Extraction:
    if document.source and not Path(document.source).exists():
        Path(document.source).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return Extraction(document)


def die() -> None:
    os._exit(1)


def lacks_weights(document: Document) -> Extraction:
    raise ModelError("xx: no weights")


def endless(document: Document) -> Extraction:
    Path(document.text).touch()
    time.sleep(600)
    return Extraction(document)


DOCUMENTS = [Document(f"{n:02}.txt", "a text") for n in range(9)]


@pytest.mark.parametrize("workers", [0, 1, 2])
def test_every_document_comes_back_once(workers: int) -> None:
    assert names(found, DOCUMENTS, workers) == [(d.identifier, ()) for d in DOCUMENTS]


@pytest.mark.parametrize("workers", [1, 2])
def test_an_unforeseen_error_costs_its_document_only(workers: int) -> None:
    documents = [*DOCUMENTS, Document("odd.txt", "odd")]
    result = dict(names(odd, documents, workers))
    (issue,) = result.pop("odd.txt")
    assert issue.path == "odd.txt"
    assert issue.reason.startswith("left out: ValueError in test_local.py, line ")
    assert issue.reason.endswith("a sentence without end")
    assert set(result.values()) == {()}
    assert len(result) == len(DOCUMENTS)


@pytest.mark.parametrize("workers", [1, 2])
def test_an_error_that_the_user_must_mend_is_raised(workers: int) -> None:
    with pytest.raises(ModelError, match="no weights"):
        list(local.run(lacks_weights, DOCUMENTS, workers))


def test_a_document_that_kills_its_worker_twice_is_left_out_alone() -> None:
    documents = [*DOCUMENTS[:4], Document("deadly.txt", "deadly"), *DOCUMENTS[4:]]
    result = dict(names(deadly, documents, 2))
    assert result.pop("deadly.txt") == (Issue("deadly.txt", local.KILLED),)
    assert result == {d.identifier: () for d in DOCUMENTS}


def test_a_worker_killed_from_outside_loses_nothing(tmp_path) -> None:
    documents = [*DOCUMENTS, Document("unlucky.txt", "a text", source=str(tmp_path / "killed"))]
    assert names(deadly_once, documents, 2) == [(d.identifier, ()) for d in documents]


def test_the_work_is_done_here_where_processes_cannot_be_had(monkeypatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError("no semaphores")

    monkeypatch.setattr(local, "ProcessPoolExecutor", refuse)
    assert names(found, DOCUMENTS, 2) == [(d.identifier, ()) for d in DOCUMENTS]


def test_the_work_is_done_here_in_a_process_that_may_have_none() -> None:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.apply(names, (found, DOCUMENTS, 2)) == [(d.identifier, ()) for d in DOCUMENTS]


def test_the_work_is_done_here_where_no_process_ever_answers(monkeypatch) -> None:
    monkeypatch.setattr(local, "_settle", die)
    assert names(found, DOCUMENTS, 2) == [(d.identifier, ()) for d in DOCUMENTS]


def test_no_documents_are_no_work() -> None:
    assert names(found, [], 2) == []


def test_an_interruption_does_not_wait_for_what_is_half_done(tmp_path) -> None:
    begun = [tmp_path / n for n in "ab"]
    code = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "  # a shell's background jobs ignore it
    code += "from kg.engines import local; from kg.model import Document; from tests.engines.test_local import endless; "
    code += f"list(local.run(endless, [Document(t, t) for t in {[str(p) for p in begun]}], 2))"
    process = subprocess.Popen([sys.executable, "-c", f"if __name__ == '__main__': {code}"], stderr=subprocess.PIPE)
    try:
        while not all(p.exists() for p in begun):
            assert process.poll() is None
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        assert b"KeyboardInterrupt" in process.communicate(timeout=120)[1]
    finally:
        process.kill()
