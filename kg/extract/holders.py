"""Titles of a passage and the mentions in it in, how far they stand apart and whether a title is rather another's out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.extract.lexicon import alternation
from kg.extract.sentences import Sentences
from kg.extract.titles import Offices, joins, together
from kg.model import Mention, Span

PAUSE, HALT, JOINT = (20, ",，、()（）:："), (60, ";；"), 12  # what signs and joining words between a title and a name weigh, in characters
ORIGIN = 24  # characters before a mention in which a word is sought that tells that somebody comes from there
BLANK = re.compile(r"\n\s*\n")
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Passage:
    """The mentions and titles of a passage, both in order, the sentences of its text, its language's words for offices; who holds them."""

    near: Sequence[Mention]
    titles: Sequence[Place]
    sentences: Sentences
    known: Offices
    holder: str

    def far(self, title: Place, span: Span) -> tuple[int, int]:
        """How many sentences, then characters, lie between a title and a mention, with a toll for signs and joining words."""
        first, last = sorted((title, (span.start, span.end)))
        between = self.sentences.text[first[1] : last[0]]
        tolls = sum(toll * sum(map(between.count, signs)) for toll, signs in (PAUSE, HALT))
        joints = JOINT * len(_joints(self.known.joints).findall(between))
        return abs(self.sentences.at(title[0]) - self.sentences.at(span.start)), len(between) + tolls + joints

    def nearest(self, title: Place, end: Mention) -> tuple[int, int]:
        """How far a title stands from the nearest mention of what an end of a claim is."""
        return min(self.far(title, s) for s in (end.span, *(m.span for m in self.near if m.chain == end.chain)))

    def rivalled(self, title: Place, end: Mention) -> bool:
        """Whether another of the type of a claim's end stands nearer to a title, and no other title nearer to that.

        One that the text joins to it ("at Tern and Larkfield") may share its title.
        """
        own = [m.span for m in self.near if m.chain == end.chain]
        least = min((self.far(title, s) for s in own), default=None)
        others = (m.span for m in self.near if m.type == end.type and m.chain != end.chain and not self.left(title, m))
        others = (s for s in others if not self._joined(s, own))
        return any((least is None or self.far(title, s) < least) and self._first(title, s) for s in others)

    def parted(self, title: Place, end: Mention) -> bool:
        """Whether a blank line parts a title from all mentions of what an end of a claim is: a press contact is not who is appointed."""
        spans = (sorted((title, (s.start, s.end))) for s in (end.span, *(m.span for m in self.near if m.chain == end.chain)))
        return all(BLANK.search(self.sentences.text, one[1], other[0]) for one, other in spans)

    def left(self, title: Place, firm: Mention) -> bool:
        """Whether a firm is where somebody comes from who takes a title: "joins from Tern as treasurer", "as treasurer from Tern"."""
        text, span, behind = self.sentences.text, firm.span, title[1] <= firm.span.start
        start = title[1] if behind else max(0, span.start - ORIGIN)
        origin = self.known.origin.search(text[start : span.start])
        if not origin or firm.type == self.holder:
            return False
        return not origin.string[: origin.start()].strip(" ,") if behind else bool(self.known.marker.fullmatch(text, span.end, title[0]))

    def _joined(self, span: Span, own: Iterable[Span]) -> bool:
        """Whether the text joins a mention to one of others."""
        pairs = (sorted((span, o)) for o in own)
        return any(joins(self.sentences.text[one.end : other.start], self.known) for one, other in pairs)

    def _first(self, title: Place, span: Span) -> bool:
        """Whether no title stands nearer to a mention than one does, and those that are joined to it."""
        nearest = min(self.titles, key=lambda t: self.far(t, span))
        run = together(self.sentences.text, self.titles, self.titles.index(nearest), self.known)
        return self.titles.index(title) in run


@lru_cache(maxsize=32)
def _joints(words: frozenset[str]) -> re.Pattern[str]:
    return re.compile(alternation(words), re.IGNORECASE)
