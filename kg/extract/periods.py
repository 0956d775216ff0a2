"""Claims and the dates of their document in, the same claims with the periods that the text states out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kg.extract.dates import Date
from kg.extract.lexicon import HAN, alternation
from kg.extract.sentences import Sentences
from kg.model import Claim, Mention, Period, Span
from kg.ontology import Ontology
from kg.parse import Parsed

BEFORE, AFTER, RANGE = 28, 4, 14
FAR, SHARED, UNSTATED, FEW = 90, 12, 60, 2
SHORT_CUE = 4
BARRIERS = ((re.compile(r"[.;!?。；！？\n]"), 60), (re.compile(r"[,，、]"), 12))
BETWEEN = re.compile(r"\s*[-–—~～]\s*")
DATELINE = re.compile(r"\s*[)）]?\s*(?:[-–—]{1,2}\s|[电電讯訊])")
NARROWING = r"(?:\s*[\w'’]+){0,2}\s*"


@dataclass(frozen=True, slots=True)
class _Cues:
    """Words that lead up to a start or an end, those that follow one, and those that say an office is given up or yet to come."""

    start: re.Pattern[str]
    end: re.Pattern[str]
    short_end: re.Pattern[str]
    turn: re.Pattern[str]
    speech: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Place:
    """A document's text and sentences, its mentions by chain, its dates outside names, and its words of time."""

    text: str
    sentences: Sentences
    mentions: dict[int, list[Span]]
    dates: tuple[Date, ...]
    cues: _Cues


def periods(
    parsed: Parsed, claims: Sequence[Claim], dates: Sequence[Date], ontology: Ontology, mentions: Sequence[Mention] = ()
) -> tuple[Claim, ...]:
    """Give each claim the dates of its own sentence that tell its start or end; a claim that has a period keeps it."""
    place = _place(parsed, dates, ontology, mentions)
    nearest = [_nearest(c, place, ontology) for c in claims]
    least: dict[Date, int] = {}
    for found in nearest:
        if found:
            least[found[1]] = min(found[0], least.get(found[1], found[0]))
    own = [f[1] if f and f[0] <= least[f[1]] + SHARED else None for f in nearest]
    return tuple(c if c.period != Period() else replace(c, period=_period(c, d, place, ontology)) for c, d in zip(claims, own, strict=True))


def _place(parsed: Parsed, dates: Sequence[Date], ontology: Ontology, mentions: Sequence[Mention]) -> _Place:
    by_chain: dict[int, list[Span]] = {}
    for mention in mentions:
        by_chain.setdefault(mention.chain, []).append(mention.span)
    names = sorted(m.span for m in mentions if not m.nominal)
    text = parsed.document.text
    cues = _cues(ontology)
    free = tuple(
        d
        for d in sorted(dates)
        if not any(n.start <= d.span.start and d.span.end <= n.end for n in names)
        and not cues.speech.search(text, max(0, d.span.start - BEFORE), d.span.start)
        and not DATELINE.match(text, d.span.end)
    )
    return _Place(text, Sentences.of(parsed.document.identifier, text), by_chain, free, cues)


def _period(claim: Claim, date: Date | None, place: _Place, ontology: Ontology) -> Period:
    if date is None:
        return Period()
    n = place.dates.index(date)
    for first, second in ((n, n + 1), (n - 1, n)):
        if first >= 0 and second < len(place.dates) and _ranges(place.dates[first], place.dates[second], place):
            return Period(place.dates[first].value, place.dates[second].value)
    side = _side(claim, date, place, ontology)
    return Period(date.value) if side == "start" else Period(None, date.value) if side == "end" else Period()


def _ranges(first: Date, second: Date, place: _Place) -> bool:
    """Whether two dates are the ends of one stretch: "2009–2018", "from 2009 to 2018"."""
    between = place.text[first.span.end : second.span.start]
    joined = BETWEEN.fullmatch(between) or place.cues.end.fullmatch(between.strip()) or place.cues.short_end.fullmatch(between.strip())
    return len(between) <= RANGE and bool(joined) and first.value <= second.value


def _side(claim: Claim, date: Date, place: _Place, ontology: Ontology) -> str | None:
    """Which end of a claim a date tells: as its cue says; else an event's start, and of an office what the status leaves open."""
    lead = place.text[max(0, date.span.start - BEFORE) : date.span.start]
    if _cued(place.cues.end, lead):
        return "end"
    relation = ontology.relations[claim.predicate]
    gone = claim.status == ontology.over()
    if _cued(place.cues.start, lead) or _cued(place.cues.start, place.text[date.span.end : date.span.end + AFTER], after=True):
        return "start"
    if not relation.membership:
        plain = any("[date]" in w.text and ontology.statuses[w.status].plain for w in relation.wordings)
        return "start" if plain else "end" if gone else None
    sentence = place.sentences.span(*(2 * [place.sentences.at(date.span.start)]))
    leaving = ontology.statuses[claim.status].plain and place.cues.turn.search(
        place.text, max(sentence.start, date.span.start - 2 * BEFORE), date.span.start
    )
    return "end" if gone or leaving else "start"


def _cued(cue: re.Pattern[str], text: str, after: bool = False) -> bool:
    return bool(re.match(rf"{cue.pattern}", text, cue.flags) if after else re.search(rf"{cue.pattern}{NARROWING}$", text, cue.flags))


@lru_cache(maxsize=8)
def _cues(ontology: Ontology) -> _Cues:
    """The words of all languages: lasting starts are those that also say that a thing still holds ("since")."""
    ends = {n.text for n in ontology.words.get("dateEnd", ())}
    held = {c.text for s in ontology.statuses.values() if s.plain for c in s.cues}
    starts = {n.text for n in ontology.words.get("dateStart", ())}
    turns = {c.text for n, s in ontology.statuses.items() if n == ontology.over() for c in s.cues}
    said = {n.text for n in ontology.words.get("speechVerb", ()) if len(n.text) > 1}
    long_ends = {e for e in ends if len(e) >= SHORT_CUE or not e.isascii()}
    return _Cues(*(re.compile(alternation(w), re.IGNORECASE) for w in (starts & held or starts, long_ends, ends - long_ends, turns, said)))


def _nearest(claim: Claim, place: _Place, ontology: Ontology) -> tuple[int, Date] | None:
    """The date nearest to the words that state the claim and to its two mentions, and how far; `None` where nothing is near."""
    evidence = claim.evidence
    inside = [d for d in place.dates if evidence.start <= d.span.start < evidence.end]
    if not inside:
        return None
    triggers = [
        Span(evidence.document, m.start(), m.end()) for m in _triggers(claim, ontology).finditer(place.text, evidence.start, evidence.end)
    ]
    ends = [_within(place.mentions.get(chain, ()), evidence) for chain in (claim.subject, claim.object)]
    near = min((_distance(d.span, triggers, [e for e in ends if e], place), d) for d in inside)
    return near if near[0] <= FAR else None


def _within(spans: Sequence[Span], evidence: Span) -> list[Span]:
    return [s for s in spans if evidence.start <= s.start < evidence.end]


def _distance(date: Span, triggers: Sequence[Span], ends: Sequence[Sequence[Span]], place: _Place) -> int:
    """To the nearest word that states the relation, and a little for each mention's distance; far where no such word stands."""
    stated = min((_far(date, t, place) for t in triggers), default=UNSTATED)
    return stated + sum(min(_far(date, s, place) for s in spans) for spans in ends) // 3


@lru_cache(maxsize=512)
def _stating(ontology: Ontology, predicate: str) -> str:
    """A pattern of the words that few relations but this one are worded with, and of its roles."""
    words = _own_words(ontology)
    own = {w for w, relations in words.items() if predicate in relations and len(relations) <= FEW}
    return alternation(own | {r.text for r in ontology.relations[predicate].roles})


@lru_cache(maxsize=8)
def _own_words(ontology: Ontology) -> dict[str, frozenset[str]]:
    """Every word (run of Chinese characters) of the wordings, with the relations whose wordings hold it."""
    found: dict[str, set[str]] = {}
    for relation in ontology.relations.values():
        for wording in relation.wordings:
            for word in re.findall(r"[^\W\d_\u3400-\u9fff]{4,}|[\u3400-\u9fff]{2,}", re.sub(r"\[\w+\]", " ", wording.text)):
                found.setdefault(word.casefold(), set()).add(relation.name)
    return {w: frozenset(r) for w, r in found.items()}


def _triggers(claim: Claim, ontology: Ontology) -> re.Pattern[str]:
    own = _stating(ontology, claim.predicate)
    return _compiled(f"{own}|{re.escape(claim.title)}" if claim.title else own)


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _far(one: Span, other: Span, place: _Place) -> int:
    """Characters between two spans, with a toll for each end of a sentence or clause; a Chinese character counts for two."""
    first, second = sorted((one, other))
    between = place.text[first.end : second.start]
    return len(between) + len(HAN.findall(between)) + sum(toll * len(sign.findall(between)) for sign, toll in BARRIERS)
