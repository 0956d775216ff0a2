"""The trained joint network at run time: text in, mentions, titles and links between mentions out, in every language alike."""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from kg.cover import Cover
from kg.errors import ModelError
from kg.languages.encoder import calibration, inventory, windows
from kg.languages.encoder.calibration import Calibration
from kg.languages.encoder.inventory import Inventory
from kg.languages.encoder.likeness import likeness
from kg.languages.encoder.pieces import Pieces, Splitter, splitter
from kg.languages.encoder.tags import Tagged, decode, divided

PLAIN = 0.9  # how probable a name must be that is written as other words are
WEIGHTS = Path(__file__).parents[1] / "weights" / "encoder"


class Marked(NamedTuple):
    """What is known of a text before the network reads it: where its quotations and its dates stand."""

    quotations: Sequence[tuple[int, int]] = ()
    dates: Sequence[tuple[int, int]] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of text `[start, end)` that the network marks; `kind` is a type of its inventory, "" for a quotation or a title.

    `score` is how probable the stretch is, whatever its type; `kinds` how likely each type of the inventory is.
    """

    start: int
    end: int
    kind: str
    nominal: bool = False
    score: float = 1.0
    kinds: Mapping[str, float] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Links:
    """What one window says of its mentions, `members` (n,) being their numbers in the reading; logits.

    `relations` is (n, n, relations + 1) with "says" last, `statuses` (n, n, relations, statuses), `same` (n, n), symmetric. `dates` is
    (n, n, relations + 1, 4): whether what the first is the subject of starts, or ends, at the second, and likewise the object; under any
    relation, last.
    """

    members: np.ndarray
    relations: np.ndarray
    statuses: np.ndarray
    same: np.ndarray
    dates: np.ndarray

    def limited(self, kept: np.ndarray, numbers: np.ndarray) -> Links:
        """Keep some of the members, whose numbers are to be those given."""
        both = np.ix_(kept, kept)
        tables = (self.relations[both], self.statuses[both], self.same[both], self.dates[both])
        return Links(numbers[self.members[kept]], *tables)


@dataclass(frozen=True, slots=True)
class Reading:
    """All that the network finds in a text; links, window by window, number its mentions, its quotations and its dates in this order.

    Names and nominals are sorted by start; dates are the numbers of those given.
    """

    mentions: tuple[Found, ...]
    quotations: tuple[Found, ...]
    titles: tuple[Found, ...]
    links: tuple[Links, ...]
    dates: tuple[int, ...] = ()

    def limited(self, kinds: Collection[str]) -> Reading:
        """Keep the mentions of some kinds only, numbered anew, and of how likely a name is of each kind what concerns those."""
        if all(kind in kinds for m in self.mentions for kind in (m.kind, *m.kinds)):
            return self
        kept = np.array([m.kind in kinds for m in self.mentions] + [True] * (len(self.quotations) + len(self.dates)), dtype=bool)
        names = (replace(m, kinds={k: likely for k, likely in m.kinds.items() if k in kinds}) for m in self.mentions if m.kind in kinds)
        numbers = np.cumsum(kept) - 1
        return replace(self, mentions=tuple(names), links=tuple(link.limited(kept[link.members], numbers) for link in self.links))


def _whole(name: str) -> int:
    """Where a second name begins in one that is whole."""
    return 0


@dataclass(frozen=True)
class Encoder:
    """The network with its vocabulary and inventory, ready to read."""

    inventory: Inventory
    calibration: Calibration
    splitter: Splitter
    tagger: Any
    linker: Any

    def read(
        self, text: str, marked: Marked, known: Callable[[str], bool] = lambda name: False, parted: Callable[[str], int] = _whole
    ) -> Reading:
        """Read a text whose quotations and dates stand at the given spans.

        Names that are `known` need no surer mention to be believed; `parted` tells where in a name a second one begins, 0 where none does.
        """
        pieces = self.splitter(text)
        parts = list(windows.windows(text, pieces, self.splitter))
        states, scores = self._tag(parts, len(pieces.ids))
        names, nominals, titles = (self._spans(text, pieces, *x) for x in zip(scores, (parted, _whole, _whole), strict=True))
        names = self._believed(text, pieces, names, known)
        mentions = sorted([*((t, False) for t in names), *((t, True) for t in _uncovered(nominals, names))])
        quotes = [span for start, end in marked.quotations if (span := _pieces(pieces, start, end))]
        dates = {n: span for n, (start, end) in enumerate(marked.dates) if (span := _touched(pieces, start, end))}
        sentences = windows.sentence_numbers(text, pieces)
        rows = np.array(
            [(t.first, t.last, t.kind + nominal * len(self.inventory.types)) for t, nominal in mentions]
            + [(first, last, self.inventory.quote) for first, last in quotes]
            + [(first, last, self.inventory.date) for first, last in dates.values()],
            dtype=np.int64,
        ).reshape(-1, 3)
        links = tuple(
            link for part, state in zip(parts, states, strict=True) if (link := self._link(part, state, rows, (pieces.ids, sentences)))
        )
        return Reading(
            tuple(self._found(pieces, t, nominal) for t, nominal in mentions),
            tuple(Found(int(pieces.starts[first]), int(pieces.ends[last]), "") for first, last in quotes),
            tuple(Found(int(pieces.starts[t.first]), int(pieces.ends[t.last]), "", score=t.score) for t in titles),
            links,
            tuple(dates),
        )

    def _tag(self, parts: list[windows.Window], size: int) -> tuple[list[np.ndarray], list[np.ndarray]]:
        """Tag every window; where windows overlap, average."""
        states: list[np.ndarray] = []
        sums: list[np.ndarray] = [np.zeros((size, width)) for width in (1 + 2 * len(self.inventory.types),) * 2 + (3,)]
        counts = np.zeros((size, 1))
        for part in parts:
            state, *scores = self.tagger.run(None, {"ids": part.ids[None], "cases": part.cases[None], "hints": part.hints[None]})
            states.append(state)
            here = part.places >= 0
            for total, score in zip(sums, scores, strict=True):
                total[part.places[here]] += score[here]
            counts[part.places[here]] += 1
        return states, [total / counts for total in sums]

    def _spans(self, text: str, pieces: Pieces, scores: np.ndarray, parted: Callable[[str], int]) -> list[Tagged]:
        """Decode the words' labels and give spans in pieces, two where two names were found as one."""
        begins = np.flatnonzero(np.diff(pieces.words, prepend=-2) != 0)
        fresh = np.diff(windows.line_numbers(text, pieces)[begins], prepend=0) != 0
        ends, starts = np.append(begins[1:], len(pieces.words)) - 1, pieces.starts[begins]
        tagged: list[Tagged] = []
        for t in decode(scores[begins], fresh):
            second = parted(text[starts[t.first] : pieces.ends[ends[t.last]]])
            word = int(np.searchsorted(starts, starts[t.first] + second))
            tagged += divided(t, word, scores[begins]) if t.first < word <= t.last else (t,)
        return [t._replace(first=int(begins[t.first]), last=int(ends[t.last])) for t in tagged]

    def _believed(self, text: str, pieces: Pieces, names: list[Tagged], known: Callable[[str], bool]) -> list[Tagged]:
        """Leave out the names that are not known and that no mention of the same words makes sure.

        One in small letters, where most have capitals, must be surer: of a thousand names in such texts one or two are written so. So must
        one of nothing but Chinese words that the vocabulary has: of those less sure 5 in 25 were names, of others about half.
        """
        written = [text[pieces.starts[t.first] : pieces.ends[t.last]] for t in names]
        forms = [name.casefold() for name in written]
        surest: dict[str, float] = {}
        for form, tagged in zip(forms, names, strict=True):
            surest[form] = max(tagged.score, surest.get(form, 0.0))
        small = [name.islower() for name in written]
        capitals = 2 * sum(small) < len(small)
        common = (self.splitter.common(pieces.ids[t.first : t.last + 1].tolist()) for t in names)
        plain = ((low and capitals) or words for low, words in zip(small, common, strict=True))
        least = self.calibration.believed
        needed = (max(least, PLAIN) if looks else least for looks in plain)
        sure = (surest[form] >= n or known(name) for form, name, n in zip(forms, written, needed, strict=True))
        return [t for t, believed in zip(names, sure, strict=True) if believed]

    def _link(self, part: windows.Window, state: np.ndarray, rows: np.ndarray, text: tuple[np.ndarray, np.ndarray]) -> Links | None:
        ids, sentences = text
        here = np.flatnonzero(part.places >= 0)
        places = part.places[here]
        low, high = places[0], places[-1]
        members = np.flatnonzero((rows[:, 0] <= high) & (rows[:, 1] >= low))
        if len(members) < 2:
            return None
        firsts, lasts = np.clip(rows[members, 0], low, high), np.clip(rows[members, 1], low, high)
        mentions = np.stack([here[firsts - low], here[lasts - low], rows[members, 2], sentences[rows[members, 0]]])
        words = [() if k >= self.inventory.quote else self.splitter.spelled(ids[a : b + 1].tolist()) for a, b, k in rows[members].tolist()]
        inputs = {"states": state, "mentions": mentions, "alike": likeness(words)}
        relations, statuses, same, dates = self.linker.run(None, inputs)
        return Links(members, relations, statuses, (same + same.T) / 2, dates)

    def _found(self, pieces: Pieces, tagged: Tagged, nominal: bool) -> Found:
        types = self.inventory.types
        start, end = int(pieces.starts[tagged.first]), int(pieces.ends[tagged.last])
        return Found(start, end, types[tagged.kind], nominal, tagged.score, dict(zip(types, tagged.types.tolist(), strict=True)))


def _uncovered(nominals: Iterable[Tagged], names: Iterable[Tagged]) -> list[Tagged]:
    """Leave out the nominals that say the same as a name: those that lie in one or have the same words."""
    named = Cover((n.first, n.last) for n in names)
    return [t for t in nominals if t.last > named.reach(t.first)]


def _pieces(pieces: Pieces, start: int, end: int) -> tuple[int, int] | None:
    inside = np.flatnonzero((pieces.starts >= start) & (pieces.ends <= end))
    return (int(inside[0]), int(inside[-1])) if len(inside) else None


def _touched(pieces: Pieces, start: int, end: int) -> tuple[int, int] | None:
    touched = np.flatnonzero((pieces.ends > start) & (pieces.starts < end))
    return (int(touched[0]), int(touched[-1])) if len(touched) else None


@functools.cache
def load(folder: Path = WEIGHTS) -> Encoder:
    """Load the network of a folder; `ModelError` where a file is missing or damaged."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    try:
        found = inventory.read(folder / "inventory.json")
        measured = calibration.read(folder / "calibration.json")
        cut = splitter(folder / "vocabulary.txt")
        tagger, linker = (
            onnxruntime.InferenceSession(str(folder / f"{name}.onnx"), options, ["CPUExecutionProvider"]) for name in ("tag", "link")
        )
    except Exception as error:  # onnxruntime raises kinds of its own
        raise ModelError(f"{folder}: the trained network cannot be loaded: {error}") from error
    return Encoder(found, measured, cut, tagger, linker)
