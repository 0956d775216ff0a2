"""A graph and a day in, the graph of what held on that day out: as far as the documents tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from kg.dates import bounds, no_date
from kg.errors import QueryError
from kg.folder import load
from kg.graph import Graph
from kg.ontology import Ontology
from kg.outputs import FILES, inferences, turtle


def held(graph: Graph, ontology: Ontology, date: str) -> Graph:
    """Return the graph of the facts that held on a date, a month's or a year's last day; each with the status of what holds.

    A fact that has ended held from its start, or, if that is not told, up to its end. One that is not dated held from the day on which
    a document says so, to the one on which another says that it is over. What is rumoured or denied held at no time. Raise QueryError for
    what is no date.
    """
    day = last_day(date)
    then = graph.copy()
    gone = [(s, o, k) for s, o, k, a in graph.edges(keys=True, data=True) if not _held(a, day, graph, ontology)]
    then.remove_edges_from(gone)
    then.graph["as_of"] = day
    kept, usual = {k for _, _, k in then.edges(keys=True)}, ontology.usual()
    for s, o, k, a in list(then.edges(keys=True, data=True)):
        plain = ontology.statuses[a["status"]].plain
        then.edges[s, o, k].update(status=a["status"] if plain else usual, conflicts=[c for c in a["conflicts"] if c in kept])
    return then


def last_day(date: str) -> str:
    """Return the last day of a date in ISO 8601; raise QueryError for what is none."""
    days = bounds(date)
    if days is None:
        raise QueryError(no_date(date))
    return days[1]


@contextmanager
def dated(out: Path, ontology: Ontology, date: str | None) -> Iterator[tuple[Path, str]]:
    """Give a folder whose graph.ttl says what held on a date, for as long as it is used; OUT itself without a date.

    Where OUT holds what is inferred, so does the folder. With it comes a note where OUT holds only what held on another day, else "".
    """
    if date is None:
        yield out, ""
        return
    whole = load(out)
    then = held(whole, ontology, date)
    built, asked_of = whole.graph.get("as_of", ""), then.graph["as_of"]
    note = f"{out} keeps only what held on {built}; what else held on {asked_of} is missing" if built not in ("", asked_of) else ""
    with TemporaryDirectory(prefix="kg-") as folder:
        turtle.write(then, ontology, Path(folder) / FILES["turtle"])
        if (out / FILES["inferences"]).is_file():
            inferences.write(then, ontology, Path(folder) / FILES["inferences"])
        yield Path(folder), note


def _held(a: Mapping[str, Any], day: str, graph: Graph, ontology: Ontology) -> bool:
    status = ontology.statuses.get(a["status"])
    start, end = a["start_bounds"], a["end_bounds"]
    if status is None or status.tense is None or (start and day < start[0]) or (end and _over(end, day)):
        return False
    if status.tense == "present":
        return bool(start or end) or _said(a, day, graph)
    if status.tense == "past" and end and not start and not a["end"]:
        return _said(a, day, graph)
    return bool(end) if status.tense == "past" else bool(start)


def _over(end: tuple[str, str], day: str) -> bool:
    """Whether an end lies before a day; on the very day of an end its fact holds no more."""
    return end[1] < day or (end[0] == end[1] == day)


def _said(a: Mapping[str, Any], day: str, graph: Graph) -> bool:
    """Whether a document of that day or before states a fact, or one without a date."""
    issued = (bounds(graph.graph["documents"][s["document"]]["issued"]) for s in a["evidence"])
    return any(d is None or d[0] <= day for d in issued)
