"""Posts of the same two and a date of their text in, those that the date is not of out: of several offices each has its own dates."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import lru_cache
from typing import NamedTuple

from kg.extract.titles import Offices, together
from kg.languages.encoder.lexicon import Lexicon
from kg.model import Claim, Span

UNCLAIMED = -1  # the number of an office that no claim states
LINK = re.compile(r"\s*")


class Day(NamedTuple):
    """Where a date stands, with the stretch that it begins ("2015 to 2018"); its sentence and where all the dates of that stand.

    `taken` are the offices there behind a verb of becoming or holding: where the verb stands, where it and its office end, and if
    it is the former. What the sentence names is `respective` if it gives several dates to several posts in order.
    """

    place: Span
    sentence: Span
    dates: Sequence[Span]
    taken: Sequence[tuple[int, int, int, bool]] = ()
    respective: bool = False


def others(claims: Mapping[int, Claim], day: Day, text: str, known: Offices) -> set[int]:
    """Of numbered claims that state posts of the same two, those that a date of a (simplified) text is not of."""
    posts: defaultdict[tuple[int, int], dict[int, Claim]] = defaultdict(dict)
    for n, claim in claims.items():
        if claim.predicate in known.held:
            posts[claim.subject, claim.object][n] = claim
    if day.respective and len(day.dates) > 1:
        return {n for same in posts.values() for n in same} - _paired([p for same in posts.values() for p in same.items()], day, text)
    told = {place for claim in claims.values() for place in titled(claim, day, text)}
    return {n for same in posts.values() for n in same.keys() - _owners(same, day, text, known, told) if _rival(n, same, day, text)}


def _rival(number: int, posts: Mapping[int, Claim], day: Day, text: str) -> bool:
    """Whether a date may be of another of some posts instead: one of its relation, or any where its title stands beside it."""
    same = sum(post.predicate == posts[number].predicate for post in posts.values())
    return same > 1 or any(titled(posts[number], day, text))


def _paired(posts: Sequence[tuple[int, Claim]], day: Day, text: str) -> Set[int]:
    """Of posts those whose title has the place among the titles of a sentence that a date has among its dates, if there are as many."""
    named = [(place, n) for n, post in posts for place in titled(post, day, text)]
    places = sorted({place for place, _ in named if not any(_within(place, other) for other, _ in named)})
    number = next((n for n, date in enumerate(day.dates) if date.start == day.place.start), None)
    if number is None or len(places) != len(day.dates):
        return frozenset()
    return {n for place, n in named if place == places[number]}


def _owners(posts: Mapping[int, Claim], day: Day, text: str, known: Offices, told: Set[tuple[int, int]]) -> Set[int]:
    """Of posts of the same two, those that a date may be of.

    Their evidence holds it, if that of any of their relation does; and their titles stand in its sentence: next before the date, or next
    behind it where the sentence begins with a date or a verb of becoming follows it, or joined to that title. It is of none if next to it
    stands an office that somebody comes to hold there, and no claim states that (`told` are the places of those stated, by whomever).
    """
    dated = {p.predicate for p in posts.values() if p.evidence.holds(day.place)}
    held = {n: p for n, p in posts.items() if p.predicate not in dated or p.evidence.holds(day.place)}
    named = [(place, n) for n, post in held.items() for place in _places(post, day, text)]
    titles = sorted((place, n) for place, n in named if not any(_within(place, other) for other, _ in named))
    if not titles:
        return held.keys()
    unclaimed = [(t[1:3], UNCLAIMED) for t in day.taken if not any(start < t[2] and t[1] < end for start, end in told)]
    if len(posts) == 1 and not unclaimed:
        return held.keys()
    titles = sorted((*titles, *unclaimed))
    behind = bisect_left(titles, day.place.start, key=lambda t: t[0][0])
    chosen = min(behind, len(titles) - 1) if day.dates[0].start < titles[0][0][0] or not behind else behind - 1
    ahead = next((t for t in day.taken if leads(day.place, t[0], text)), None)
    if ahead:
        chosen = next((n for n, (place, _) in enumerate(titles) if place[0] < ahead[2] and ahead[1] < place[1]), chosen)
    return {titles[n][1] for n in together(text, [place for place, _ in titles], chosen, known)}


def leads(day: Span, verb: int, text: str) -> bool:
    """Whether a verb stands right behind a date, one word ("she") between them at most; in Chinese it may begin in the date (2018年任)."""
    return day.start < verb and bool(verb < day.end or LINK.fullmatch(text, day.end, verb))


def _within(place: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether a place is a part of another: "treasurer" of "deputy treasurer"."""
    return place != other and other[0] <= place[0] and place[1] <= other[1]


def _places(post: Claim, day: Day, text: str) -> Sequence[tuple[int, int]]:
    """Where in the sentence of a date the title of a claim stands: of several places, those where it is no part of an office taken."""
    places = [*titled(post, day, text)]
    whole = [p for p in places if not any(_within(p, taken[1:3]) and text[taken[1] : p[0]].strip() for taken in day.taken)]
    return whole or places


def titled(post: Claim, day: Day, text: str) -> Iterator[tuple[int, int]]:
    """Where in a sentence the title of a claim stands."""
    if post.title:
        yield from (found.span() for found in _title(post.title).finditer(text, day.sentence.start, day.sentence.end))


@lru_cache(maxsize=1024)
def _title(title: str) -> re.Pattern[str]:
    """A title as it may stand in a simplified text, white space and case as they come."""
    return re.compile(r"\s+".join(map(re.escape, Lexicon().simplified(title).split())), re.IGNORECASE)
