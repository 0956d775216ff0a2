"""Posts of the same two and a date of their text in, those that the date is not of out: of several offices each has its own dates."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from functools import lru_cache
from typing import NamedTuple

from kg.extract.titles import Offices, together
from kg.languages.encoder.lexicon import Lexicon
from kg.model import Claim, Span


class Day(NamedTuple):
    """Where a date stands, its sentence, and where the first date of that stands."""

    place: Span
    sentence: Span
    first: Span


def others(claims: Mapping[int, Claim], day: Day, text: str, known: Offices) -> set[int]:
    """Of numbered claims that state several posts of the same two, those that a date of a (simplified) text is not of."""
    posts: defaultdict[tuple[int, str, int], dict[int, Claim]] = defaultdict(dict)
    for n, claim in claims.items():
        posts[claim.subject, claim.predicate, claim.object][n] = claim
    return {n for same in posts.values() if len(same) > 1 for n in same.keys() - _owners(same, day, text, known)}


def _owners(posts: Mapping[int, Claim], day: Day, text: str, known: Offices) -> Set[int]:
    """Of several posts of the same two, those that a date may be of.

    Their evidence holds it, if that of any does; and their titles stand in its sentence: next before the date, or next behind it where the
    sentence begins with a date, or joined to that title.
    """
    held = {n: p for n, p in posts.items() if p.evidence.holds(day.place)} or posts
    named = [(place, n) for n, post in held.items() for place in _titled(post, text, day.sentence)]
    titles = sorted((place, n) for place, n in named if not any(_within(place, other) for other, _ in named))
    if not titles:
        return held.keys()
    behind = bisect_left(titles, day.place.start, key=lambda t: t[0][0])
    chosen = min(behind, len(titles) - 1) if day.first.start < titles[0][0][0] or not behind else behind - 1
    return {titles[n][1] for n in together(text, [place for place, _ in titles], chosen, known)}


def _within(place: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether a place is a part of another: "treasurer" of "deputy treasurer"."""
    return place != other and other[0] <= place[0] and place[1] <= other[1]


def _titled(post: Claim, text: str, sentence: Span) -> Iterator[tuple[int, int]]:
    """Where in a sentence the title of a claim stands."""
    if post.title:
        yield from (found.span() for found in _title(post.title).finditer(text, sentence.start, sentence.end))


@lru_cache(maxsize=1024)
def _title(title: str) -> re.Pattern[str]:
    """A title as it may stand in a simplified text, white space and case as they come."""
    return re.compile(r"\s+".join(map(re.escape, Lexicon().simplified(title).split())), re.IGNORECASE)
