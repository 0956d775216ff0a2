"""Spans of evidence in, the sentences around them out: shared, with the names in them, in the units of the browser."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from typing import Any

import networkx as nx

FARTHEST = 200  # characters shown before and after the evidence

_STOP = re.compile(r"[.!?…]+[\"'”’»)\]]*\s+|[。！？]+[”’」』）]*\s*|\n+")
_WORD = re.compile(r"\w")
_SHORT = re.compile(r"(?:^|[\s(\"“‘'])(?:\w|[A-Z][a-z]{1,2}|[A-Za-z]\.\w)\.$")  # an initial or "Mr.": no end of a sentence


class Passages:
    """Collects each sentence once; `rows` are [document, start, text, [[start, end, node] …]]."""

    def __init__(self, graph: nx.MultiDiGraph, nodes: Mapping[str, int], documents: Mapping[str, int]) -> None:
        self.rows: list[list[Any]] = []
        self.texts = {d: a["text"] for d, a in graph.graph["documents"].items()}
        self.documents = documents
        self._known: dict[tuple[str, int, int], int] = {}
        self._mentions: dict[str, list[tuple[int, int, int]]] = {d: [] for d in self.texts}
        for node, number in nodes.items():
            for span in graph.nodes[node].get("mentions", ()):
                self._mentions.setdefault(span["document"], []).append((span["start"], span["end"], number))
        for mentions in self._mentions.values():
            mentions.sort(key=lambda m: (m[0], -m[1], m[2]))

    def add(self, span: Mapping[str, Any]) -> list[int]:
        """Return [passage, start, end]: the evidence within its passage."""
        return self._row(span, around(self.texts[span["document"]], span["start"], span["end"]))

    def quoted(self, span: Mapping[str, Any]) -> list[int]:
        """Return the same of a quotation, with the sentence that says whose words they are."""
        return self._row(span, attributed(self.texts[span["document"]], span["start"], span["end"]))

    def _row(self, span: Mapping[str, Any], bounds: tuple[int, int]) -> list[int]:
        document, text = span["document"], self.texts[span["document"]]
        start, end = bounds
        key = (document, start, end)
        if key not in self._known:
            self._known[key] = len(self.rows)
            passage = text[start:end]
            self.rows.append([self.documents[document], start, passage, self._names(document, start, end, passage)])
        passage = text[start:end]
        return [self._known[key], units(passage, span["start"] - start), units(passage, span["end"] - start)]

    def _names(self, document: str, start: int, end: int, passage: str) -> list[list[int]]:
        mentions, names, free = self._mentions[document], [], start
        for low, high, number in mentions[bisect_left(mentions, (start, 0, 0)) :]:
            if low >= end:
                break
            if low >= free and high <= end:
                names.append([units(passage, low - start), units(passage, high - start), number])
                free = high
        return names


def around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the bounds of the sentence or sentences that hold a span, at most FARTHEST characters beyond it."""
    low, high = max(0, start - FARTHEST), min(len(text), end + FARTHEST)
    for stop in _STOP.finditer(text, low, start):
        if stop.end() <= start and not _SHORT.search(text[max(0, stop.start() - 5) : stop.start() + 1]):
            low = stop.end()
    for stop in _STOP.finditer(text, max(start, end - 1), high):
        if stop.end() >= end and not _SHORT.search(text[max(0, stop.start() - 5) : stop.start() + 1]):
            high = stop.end()
            break
    return low + _blank(text[low:start]), max(end, low + len(text[low:high].rstrip()))


def attributed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the bounds of the sentence of a quotation; where it holds nothing but the words, of that and the one after or before.

    What follows in the same paragraph attributes words before what stands in another.
    """
    low, high = around(text, start, end)
    if _WORD.search(text, low, start) or _WORD.search(text, end, high):
        return low, high
    after, before = _WORD.search(text, high, high + FARTHEST), _WORD.search(text[max(0, low - FARTHEST) : low][::-1])
    if after and "\n" not in text[high : after.start()]:
        return low, around(text, after.start(), after.end())[1]
    return (around(text, low - before.end(), low - before.start())[0], high) if before else (low, high)


def _blank(text: str) -> int:
    return len(text) - len(text.lstrip())


def units(text: str, offset: int) -> int:
    """Return an offset in code points as one in UTF-16 units, which is how a browser counts."""
    return offset if text.isascii() else len(text[:offset].encode("utf-16-le", "surrogatepass")) // 2
