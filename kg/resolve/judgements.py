"""Judgements made by hand (`resolution.csv`) and groups of namings in, groups that obey them out."""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, replace
from pathlib import Path

from kg.errors import InputError
from kg.model import Issue, Span
from kg.resolve.clusters import Forest
from kg.resolve.evidence import ENOUGH, JUDGED, Evidence, Link
from kg.resolve.names import tokenize
from kg.resolve.namings import Naming

SAME, DIFFERENT, WRONG = "same", "different", "wrong"
COLUMNS = ("kind", "first", "second")
RELATION = "relation"  # a fourth column, where a fact is judged
FILE = "resolution.csv"
PLACE = re.compile(r"(?P<document>.+)#char=(?P<start>\d+),(?P<end>\d+)")

Row = tuple[str, ...]
Groups = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True, order=True)
class Judgement:
    """Two things that are the same or different, each a name or a place, `document#char=120,136` (RFC 5147).

    Or what is wrong: that `first` has the `relation` to `second`, or where there is no `second`, that `first` is a thing at all.
    """

    kind: str
    first: str
    second: str = ""
    relation: str = ""

    def told(self) -> str:
        """Say it in one line."""
        return f"{self.kind}: {', '.join(filter(None, (self.first, self.relation, self.second)))}"


@dataclass(frozen=True, slots=True)
class Spoken:
    """A judgement and the numbers of the namings that each of its two sides speaks of."""

    judgement: Judgement
    first: frozenset[int]
    second: frozenset[int]


def read_judgements(path: Path) -> tuple[Judgement, ...]:
    """Read a file of judgements: kind, first, second, and relation if there; raise InputError naming the line that is wrong."""
    return tuple(judgement for judgement, _ in _read(path)[1])


def add_judgement(path: Path, made: Judgement, part: Path) -> None:
    """Write to `part` what a file says, if it is there, and one judgement more, in place of others on the same two: sorted, each once.

    Further columns are kept.
    """
    further, rows = _read(path) if os.path.lexists(path) else ((), [])
    about = _about(made)
    others = {row for row in rows if _about(row[0]) != about}
    agreeing = {row for row in rows if _about(row[0]) == about and row[0].kind == made.kind}
    written = sorted(others | (agreeing or {(made, ())}))
    width = len(COLUMNS) + any(j.relation for j, _ in written)
    with part.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow((*(*COLUMNS, RELATION)[:width], *further))
        writer.writerows((*astuple(j)[:width], *cells) for j, cells in written)


def _about(judgement: Judgement) -> tuple[frozenset[str], tuple[str, ...]]:
    """Name what a judgement is on: two things in any order, or what is stated of them."""
    stated = (judgement.first, judgement.relation, judgement.second) if judgement.kind == WRONG else ()
    return frozenset((judgement.first, judgement.second)), stated


def _read(path: Path) -> tuple[Row, list[tuple[Judgement, Row]]]:
    """Read the names of a file's further columns, and its judgements with what these say."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = csv.reader(lines)
            columns = tuple(next(rows, ()))
            if columns[: len(COLUMNS)] != COLUMNS:
                raise InputError(f"{path}: the first line should be {','.join(COLUMNS)} or {','.join((*COLUMNS, RELATION))}")
            width = len(COLUMNS) + (columns[len(COLUMNS) :][:1] == (RELATION,))
            return columns[width:], [(_judgement(path, rows.line_num, row[:width]), tuple(row[width:])) for row in rows if row]
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    except (csv.Error, UnicodeDecodeError) as error:
        raise InputError(f"{path}: is damaged: {error}") from error


def _judgement(path: Path, line: int, row: Sequence[str]) -> Judgement:
    kind, first, second, relation = (cell.strip() for cell in (*row, "", "", "", "")[:4])
    whole = Judgement(kind, first, second, relation)
    if kind in (SAME, DIFFERENT) and first and second:
        return replace(whole, relation="")
    if kind == WRONG and first and bool(second) >= bool(relation):
        return whole
    raise InputError(
        f'{path}, line {line}: needs "{SAME}" or "{DIFFERENT}" and two names or places, or "{WRONG}" and one, or two and their {RELATION}'
    )


def matches(naming: Naming, told: str) -> bool:
    """Whether a naming is what a name or a place in a judgement speaks of."""
    place = located(told)
    if not place:
        return naming.text == told or tokenize(naming.text) == tokenize(told)
    return naming.document == place.document and any(s.start < place.end and place.start < s.end for s in naming.spans)


def located(told: str) -> Span | None:
    """Read the place that a judgement speaks of, `None` where it speaks of a name or of no character."""
    place = PLACE.fullmatch(told)
    span = Span(place["document"], int(place["start"]), int(place["end"])) if place else None
    return span if span and span.start < span.end else None


def parting(judgements: Iterable[Judgement]) -> dict[str, list[tuple[Span, Span]]]:
    """Give by document the pairs of its places that are judged to name different things."""
    pairs: dict[str, list[tuple[Span, Span]]] = {}
    for j in judgements:
        first, second = located(j.first), located(j.second)
        if j.kind == DIFFERENT and first and second and first.document == second.document:
            pairs.setdefault(first.document, []).append((first, second))
    return pairs


def spoken(namings: Sequence[Naming], judgements: Iterable[Judgement]) -> tuple[Spoken, ...]:
    """Find what judgements speak of, each once and in order."""
    return tuple(Spoken(j, spoken_of(namings, j.first), spoken_of(namings, j.second)) for j in sorted(set(judgements)))


def spoken_of(namings: Sequence[Naming], told: str) -> frozenset[int]:
    """Give the numbers of the namings that a name or a place in a judgement speaks of."""
    return frozenset(n for n, naming in enumerate(namings) if matches(naming, told))


def judged(groups: Groups, links: Sequence[Link], judgements: Sequence[Spoken]) -> Groups:
    """Join and cut groups as judged; groups that no judgement speaks of stay as they are.

    A group that holds both sides of a difference is cut where its links are weakest, and what is judged the same is linked most strongly.
    What is judged different stays so, whatever else is judged the same.
    """
    forest = Forest(sum(map(len, groups)))
    for group in groups:
        for n in group[1:]:
            forest.join(group[0], n)
    told = [link for s in judgements if s.judgement.kind == SAME and s.first and s.second for link in _told(s.first, s.second)]
    for link in told:
        forest.join(link.first, link.second)
    links = [*told, *links]
    groups = forest.groups()
    for s in judgements:
        if s.judgement.kind == DIFFERENT:
            groups = tuple(part for group in groups for part in _cut(group, s.first - s.second, s.second - s.first, links))
    return tuple(sorted(groups))


def _told(first: frozenset[int], second: frozenset[int]) -> Iterator[Link]:
    one = min(first)
    yield from (Link(one, n, (Evidence("judged by hand: same", JUDGED),)) for n in sorted(first | second) if n != one)


def unheeded(groups: Groups, judgements: Iterable[Spoken]) -> Iterator[Issue]:
    """Yield an issue for each judgement that groups do not obey: it speaks of nothing, of one thing only or against another."""
    owners = {n: g for g, group in enumerate(groups) for n in group}
    for s in (s for s in judgements if s.judgement.kind != WRONG):
        j, first, second = s.judgement, s.first, s.second
        unknown = [told for told, found in ((j.first, first), (j.second, second)) if not found]
        if unknown:
            reason = f"no document names {' or '.join(unknown)}"
        elif j.kind == DIFFERENT and (first <= second or second <= first):
            reason = "both speak of the same mentions"
        elif j.kind == SAME and len({owners[n] for n in first | second}) > 1:
            reason = "another judgement keeps them apart"
        else:
            continue
        yield Issue(FILE, f"{j.told()}: had no effect: {reason}")


def _cut(group: tuple[int, ...], first: frozenset[int], second: frozenset[int], links: Sequence[Link]) -> Iterator[tuple[int, ...]]:
    """Cut a group in two, each member going with the side it is linked to most strongly."""
    if first.isdisjoint(group) or second.isdisjoint(group):
        yield group
        return
    places = {node: n for n, node in enumerate(group)}
    forest = Forest(len(group))
    for side in (first, second):
        inside = [places[n] for n in sorted(side) if n in places]
        for n in inside[1:]:
            forest.join(inside[0], n)
    ends = (places[min(first & set(group))], places[min(second & set(group))])
    for link in sorted(links, key=lambda k: (-k.score, k.first, k.second)):
        if link.score >= ENOUGH and link.first in places and link.second in places:
            roots = {forest.find(places[link.first]), forest.find(places[link.second])}
            if roots != {forest.find(e) for e in ends}:
                forest.join(*(places[link.first], places[link.second]))
    yield from (tuple(group[n] for n in part) for part in forest.groups())
