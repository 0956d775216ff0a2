"""A cut text in, overlapping windows of whole sentences out, framed as the network reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from kg.languages.encoder.pieces import CASES, FIRST, LAST, Pieces, Splitter

LIMIT, OVERLAP = 320, 96
_TERMINATOR = re.compile(r"[.!?…][\"'”’»)\]]*\s+|[。！？；][”’」』）]*\s*|[\n\r\v\f\u0085\u2028\u2029]\s*")
_OTHER = CASES.index("other")


class Window(NamedTuple):
    """A stretch of pieces with its frame; arrays are int64 of shape (length,).

    `places[n]` is the number of the text's piece that stands at position n, -1 for a frame or line break.
    """

    ids: np.ndarray
    cases: np.ndarray
    hints: np.ndarray
    places: np.ndarray


def sentence_numbers(text: str, pieces: Pieces) -> np.ndarray:
    """Number the sentence that each piece belongs to; line breaks end sentences too."""
    return np.searchsorted(np.array(sentence_ends(text), dtype=np.int64), pieces.starts, side="right")


def sentence_ends(text: str) -> list[int]:
    """Give the places where a sentence has ended and the next may begin."""
    return [m.end() for m in _TERMINATOR.finditer(text)]


def line_numbers(text: str, pieces: Pieces) -> np.ndarray:
    """Number the line that each piece belongs to."""
    breaks = np.array([n for n, c in enumerate(text) if c == "\n"], dtype=np.int64)
    return np.searchsorted(breaks, pieces.starts, side="right")


def windows(text: str, pieces: Pieces, splitter: Splitter, limit: int = LIMIT, overlap: int = OVERLAP) -> Iterator[Window]:
    """Yield windows of at most `limit` pieces that begin with a sentence and repeat up to `overlap` pieces of the one before."""
    sentences = sentence_numbers(text, pieces)
    begins = [0, *(np.flatnonzero(np.diff(sentences)) + 1).tolist()] if len(sentences) else []
    lines = line_numbers(text, pieces)
    start, total = 0, len(sentences)
    while start < total:
        end = total if total - start <= limit else max((b for b in begins if start < b <= start + limit), default=start + limit)
        yield _frame(pieces, lines, start, end, splitter)
        if end == total:
            return
        start = max(start + 1, min((b for b in begins if end - overlap <= b < end), default=end))


def _frame(pieces: Pieces, lines: np.ndarray, start: int, end: int, splitter: Splitter) -> Window:
    """Put the first and last piece around a stretch, and the last piece wherever a line ends inside it."""
    breaks = np.flatnonzero(np.diff(lines[start:end])) + 1
    first, last = map(splitter.number, (FIRST, LAST))
    size = end - start

    def framed(array: np.ndarray, left: int, right: int) -> np.ndarray:
        return np.concatenate([[left], np.insert(array, breaks, right), [right]])

    places = framed(np.arange(start, start + size), -1, -1)
    ids = framed(pieces.ids[start:end], first, last)
    return Window(ids, framed(pieces.cases[start:end], _OTHER, _OTHER), framed(pieces.hints[start:end], 0, 0), places)
