"""Documents and the work to do on each in, one extraction per document out: each file here is one way to run that work.

Every engine is a module with `run(task, documents, workers)`; `Options(engine=run)` chooses it. Extractions come in any order; a document
that cannot be worked on comes back empty, with an `Issue` that says why, so that one bad document never costs the others.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator, Sequence
from pathlib import PurePath

from kg.errors import KgError
from kg.model import Document, Extraction, Issue

Task = Callable[[Document], Extraction]
Engine = Callable[[Task, Sequence[Document], int], Iterator[Extraction]]  # the task, the documents, how many workers


def attempt(task: Task, document: Document) -> Extraction:
    """Do the work on one document; an unforeseen error becomes its issue, a `KgError` is the caller's to mend."""
    try:
        return task(document)
    except KgError:
        raise
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{PurePath(place.filename).name}, line {place.lineno}"
        return left_out(document, f"left out: {type(error).__name__} in {where}: {error}")


def left_out(document: Document, reason: str) -> Extraction:
    """Return the extraction of a document of which nothing is known."""
    return Extraction(document, issues=(Issue(document.identifier, reason),))
