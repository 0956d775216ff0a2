"""Graphs built into one folder one after another in, what each build newly said or said no more out: the clock of recording.

The other two clocks, when a fact holds and when a document says so, are in the graph; this one is in a log beside it, so that the same
documents give the same graph whenever it is built.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path

from kg.comparison import normal
from kg.errors import GraphError, InputError, QueryError
from kg.explain import said, version
from kg.folder import ours
from kg.graph import Graph
from kg.moment import last_day
from kg.ontology import Ontology
from kg.outputs import writing

LOG = "history.csv"
ADDED, REMOVED = "+", "-"
CLOCK = "SOURCE_DATE_EPOCH"  # seconds since 1970 that stand in for the time of day: reproducible-builds.org/specs/source-date-epoch


@dataclass(frozen=True, slots=True, order=True)
class Statement:
    """What a graph says: its kind ("document", "entity", "fact" or "quotation"), its identifier and its words."""

    kind: str
    identifier: str
    said: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the log: when (UTC, ISO 8601), "+" or "-", and what."""

    recorded: str
    change: str
    statement: Statement


COLUMNS = ("recorded", "change", *(f.name for f in fields(Statement)))


def read(out: Path) -> tuple[Entry, ...] | None:
    """Read the log of a graph's folder, oldest first, None where none is kept; raise GraphError naming the line that is wrong."""
    path = out / LOG
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            rows = csv.reader(lines, strict=True)
            return tuple(_entry(path, rows.line_num, row) for row in rows if rows.line_num > 1 or tuple(row) != COLUMNS)
    except FileNotFoundError:
        if not ours(out):
            raise GraphError(f"{out}: is no graph folder") from None
        return None
    except (csv.Error, UnicodeDecodeError) as error:
        raise GraphError(f"{path}: is damaged: {error}") from error


def record(out: Path, past: Sequence[Entry] | None, graph: Graph, ontology: Ontology) -> None:
    """Add to the log of a folder what its graph says now and did not by its past, and the other way round; without a past, begin one."""
    before, after = known(past or ()), set(_statements(graph, ontology))
    changes = [(ADDED, s) for s in sorted(after - before)] + [(REMOVED, s) for s in sorted(before - after)]
    if past is not None and not changes:
        return
    now = clock()
    with writing(out / LOG) as part, part.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows((e.recorded, e.change, *astuple(e.statement)) for e in past or ())
        writer.writerows((now, change, *astuple(statement)) for change, statement in changes)


def clock() -> str:
    """Return the time of day in UTC, or that which SOURCE_DATE_EPOCH says instead; raise InputError where that says none."""
    given = os.environ.get(CLOCK)
    try:
        moment = datetime.fromtimestamp(int(given), UTC) if given else datetime.now(UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise InputError(f"{CLOCK}={str(given)[:40]} is no time: write seconds since 1970") from error
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def known(entries: Iterable[Entry], date: str | None = None) -> set[Statement]:
    """Return what the graph said at the end of a day, a month or a year (in UTC); without one, what it says last."""
    day = None if date is None else last_day(date)
    held = set[Statement]()
    for entry in entries:
        if day and entry.recorded[: len(day)] > day:
            break
        (held.add if entry.change == ADDED else held.discard)(entry.statement)
    return held


def since(entries: Iterable[Entry], date: str) -> Iterator[Entry]:
    """Yield what was recorded from a date on; a month or a year begins with its first day."""
    last_day(date)
    yield from (e for e in entries if e.recorded >= date)


def told(entries: Sequence[Entry], name: str, begin: str | None = None, day: str | None = None) -> Iterator[str]:
    """Say line by line what was recorded (from a date on), or all that the graph said on a day; of that only what a name occurs in."""
    if begin is not None and day is not None:
        raise QueryError("what was recorded since a date, or what was said on a day: one of the two")
    if day is not None:
        yield from (f"{s.kind} {s.said}" for s in sorted(known(entries, day)) if names(s, name))
        return
    for entry in entries if begin is None else since(entries, begin):
        if names(entry.statement, name):
            yield f"{entry.recorded} {entry.change} {entry.statement.kind} {entry.statement.said}"


def names(statement: Statement, name: str) -> bool:
    """Whether a name occurs in a statement, whatever its case."""
    return normal(name) in normal(statement.said)


def _statements(graph: Graph, ontology: Ontology) -> Iterator[Statement]:
    for identifier, document in graph.graph["documents"].items():
        yield Statement("document", identifier, f"{document['title'] or identifier} ({version(document)})")
    for node, a in graph.nodes(data=True):
        yield Statement("entity", node, f"{a['label']} [{', '.join(a['classes'])}]")
    for edge in graph.edges(keys=True, data=True):
        yield Statement("fact", edge[2], said(graph, ontology, edge))
    for quotation in graph.graph["quotations"]:
        speaker = graph.nodes[quotation["speaker"]]["label"]
        yield Statement("quotation", quotation["identifier"], f"{speaker}: “{' '.join(quotation['text'].split())}”")


def _entry(path: Path, line: int, row: list[str]) -> Entry:
    if len(row) != len(COLUMNS) or row[1] not in (ADDED, REMOVED):
        raise GraphError(f"{path}, line {line}: should be {','.join(COLUMNS)}")
    return Entry(row[0], row[1], Statement(*row[2:]))
