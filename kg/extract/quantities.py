"""A parsed document, its mentions and claims in, the figures that it states of them out: amounts of money, shares and counts."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kg.extract.counts import counts
from kg.extract.dates import Date
from kg.extract.figures import figures
from kg.extract.lexicon import alternation, listed
from kg.extract.sentences import Sentences
from kg.model import Claim, Mention, Quantity, Span
from kg.ontology import Ontology
from kg.parse import Parsed

CUE, NEAR = 24, 60
BREAK, STOP = 100, 1000  # what a comma or "and" adds to a distance, and the end of a sentence
SUBJECT = 50  # deals tell the price and the share of their object
BESIDE = 2
UNKNOWN = 10_000
CLAUSE = re.compile(r"[,;:，；：。()（）\n]|[.!?]\s")


@dataclass(frozen=True, slots=True)
class _Scene:
    """The text of a document, where its chains are named, and where mentions and figures of each kind end."""

    text: str
    chains: dict[int, list[Span]]
    named: Sequence[int]
    told: dict[str, list[int]]
    ontology: Ontology


def quantities(
    parsed: Parsed, mentions: Sequence[Mention], claims: Sequence[Claim], dates: Sequence[Date], ontology: Ontology
) -> tuple[tuple[Claim, ...], tuple[tuple[int, Quantity], ...]]:
    """Return the claims with the amounts and shares stated of them, and the counts stated of chains, dated where the text says so."""
    document = parsed.document
    sentences = Sentences.of(document.identifier, document.text)
    found = [q for part in parsed.parts for q in figures(part.text, part.start, document.identifier, (ontology, part.language))]
    found = [_dated(q, dates, sentences, ontology) for q in found]
    chains: dict[int, list[Span]] = defaultdict(list)
    for mention in sorted(mentions, key=lambda m: m.span):
        chains[mention.chain].append(mention.span)
    told = {kind: sorted(q.span.end for q in found if q.kind == kind) for kind in {q.kind for q in found}}
    scene = _Scene(document.text, chains, sorted(m.span.end for m in mentions), told, ontology)
    own: dict[int, list[Quantity]] = defaultdict(list)
    for quantity in found:
        for n in _stating(quantity, claims, scene):
            own[n].append(quantity)
    counted = (q for q in found if q.kind == "count" and not any(_meet(d.span, q.span) for d in dates))
    filled = (replace(c, quantities=tuple(own[n])) if n in own else c for n, c in enumerate(claims))
    return tuple(filled), tuple(counts(counted, mentions, sentences, ontology))


def _dated(quantity: Quantity, dates: Sequence[Date], sentences: Sentences, ontology: Ontology) -> Quantity:
    """Give a figure the date that its sentence says it is of ("as of February 2025")."""
    text, here, cue = sentences.text, sentences.at(quantity.span.start), _as_of(ontology)
    same = (d for d in dates if sentences.at(d.span.start) == here)
    told = (d for d in same if cue.search(text[max(0, d.span.start - CUE) : d.span.start]) or _heads(d.span, text))
    nearest = min(told, key=lambda d: abs(d.span.start - quantity.span.start), default=None)
    return replace(quantity, date=nearest.value) if nearest else quantity


def _heads(date: Span, text: str) -> bool:
    """Whether a date opens its line, before a colon."""
    return text[date.end : date.end + 1] in (":", "：") and not text[text.rfind("\n", 0, date.start) + 1 : date.start].strip("-–—*•·# \t")


@lru_cache(maxsize=8)
def _as_of(ontology: Ontology) -> re.Pattern[str]:
    """The words that lead up to the date of a figure, right before it."""
    words, article = (alternation(listed(ontology, None, name)) for name in ("asOf", "article"))
    return re.compile(rf"{words}\s*(?:{article}\s)?$", re.IGNORECASE)


def _stating(quantity: Quantity, claims: Sequence[Claim], scene: _Scene) -> list[int]:
    """The claims that a figure is of: whose relation carries it and whose object, else subject, is nearest to it."""
    relations = scene.ontology.relations
    able = [n for n, c in enumerate(claims) if quantity.kind in relations[c.predicate].carries and _inside(quantity.span, c.evidence)]
    if not able or _of_else(quantity, scene):
        return []
    if (respective := _respective(quantity, able, claims, scene)) is not None:
        return respective
    near = {n: _nearest(quantity, claims[n], scene) for n in able}
    least, place = min(near.values())
    nearest = {n for n, (distance, _) in near.items() if distance == least}
    beside = {n for n in nearest if any(0 <= quantity.span.start - s.end <= BESIDE for s in _named(claims[n].subject, claims[n], scene))}
    nearest = beside or nearest  # "owned by Tern (60%) and Skerry (40%)"
    pairs = {frozenset((claims[n].subject, claims[n].object)) for n in nearest}
    deals = {(claims[n].subject, claims[n].predicate) for n in nearest}
    joined = {n for n in able if (claims[n].subject, claims[n].predicate) in deals and place and _joined(claims[n], place, scene)}
    return [n for n in able if n in nearest or n in joined or frozenset((claims[n].subject, claims[n].object)) in pairs]


def _respective(quantity: Quantity, able: Sequence[int], claims: Sequence[Claim], scene: _Scene) -> list[int] | None:
    """The claims of the object that stands at the place of a figure, where a sentence gives as many of both "respectively"."""
    place = claims[able[0]].evidence
    if not _respectively(scene.ontology).search(scene.text, place.start, place.end):
        return None
    ends = scene.told[quantity.kind]
    order = bisect_left(ends, quantity.span.end) - bisect_left(ends, place.start)
    deals: dict[tuple[int, str], dict[Span, int]] = defaultdict(dict)
    for n in able:
        if named := _named(claims[n].object, claims[n], scene):
            deals[claims[n].subject, claims[n].predicate][named[0]] = n
    figures = bisect_right(ends, place.end) - bisect_left(ends, place.start)
    matching = [objects for objects in deals.values() if len(objects) == figures > 1]
    return [objects[sorted(objects)[order]] for objects in matching] or None


def _nearest(quantity: Quantity, claim: Claim, scene: _Scene) -> tuple[int, Span | None]:
    """How far a figure is from the nearest mention of a claim's object, else of its subject, and which that is."""
    ends = [(s, 0) for s in _named(claim.object, claim, scene)] + [(s, SUBJECT) for s in _named(claim.subject, claim, scene)]
    return min(((_distance(quantity.span, s, scene) + toll, s) for s, toll in ends), default=(UNKNOWN, None))


def _named(chain: int, claim: Claim, scene: _Scene) -> Sequence[Span]:
    """Where a claim's evidence names a chain."""
    spans, (start, end) = scene.chains.get(chain, []), (claim.evidence.start, claim.evidence.end)
    return spans[bisect_left(spans, start, key=lambda s: s.start) : bisect_left(spans, end, key=lambda s: s.start)]


def _distance(one: Span, other: Span, scene: _Scene) -> int:
    """Characters between two spans, with a toll for what parts them: commas, "and", ends of sentences."""
    first, second = sorted((one, other))
    between = scene.text[first.end : second.start]
    return len(between) + sum(STOP if m["stop"] else BREAK for m in _breaks(scene.ontology).finditer(between))


def _joined(claim: Claim, place: Span, scene: _Scene) -> bool:
    """Whether a claim's object is named beside a mention, joined to it by nothing but "and" or a comma."""
    pairs = (sorted((place, s)) for s in _named(claim.object, claim, scene) if s != place)
    return any(_breaks(scene.ontology).fullmatch(scene.text[a.end : b.start].strip()) for a, b in pairs if a.end < b.start)


def _of_else(quantity: Quantity, scene: _Scene) -> bool:
    """Whether a figure is a change ("rose 12%") or of something else than a deal ("annual sales of $4 billion")."""
    text, place, cues = scene.text, quantity.span, _else(scene.ontology)
    low = max(0, place.start - NEAR, _last(scene.told[quantity.kind], place.start), _last(scene.named, place.start))
    before = CLAUSE.split(text[low : place.start])[-1]
    return any(cue.search(before) for cue in cues[:2]) or bool(cues[2].match(text, place.end))


def _last(ends: Sequence[int], at: int) -> int:
    """The last of some sorted places that is no further than another, else 0."""
    n = bisect_right(ends, at)
    return ends[n - 1] if n else 0


@lru_cache(maxsize=8)
def _else(ontology: Ontology) -> tuple[re.Pattern[str], ...]:
    """What stands before a figure that is of something else, or a change, and behind one that is of something else."""
    names = ("otherMeasure", "changeWord", "aboutNumber", "measureLink")
    other, change, about, link = (alternation(listed(ontology, None, name)) for name in names)
    patterns = (other, rf"{change}\s*(?:{about}\s*)?$", rf"\s*{link}?\s*{other}")
    return tuple(re.compile(p, re.IGNORECASE) for p in patterns)


@lru_cache(maxsize=8)
def _respectively(ontology: Ontology) -> re.Pattern[str]:
    """The words that give each of some names one of as many figures."""
    return re.compile(alternation(listed(ontology, None, "respective")), re.IGNORECASE)


@lru_cache(maxsize=8)
def _breaks(ontology: Ontology) -> re.Pattern[str]:
    """What parts two mentions: signs and words that join."""
    joint = alternation(listed(ontology, None, "roleJoint"))
    return re.compile(rf"(?P<stop>[.!?]\s|[。！？\n])|[,;:，；：、()（）]\s?{joint}?|{joint}", re.IGNORECASE)


def _inside(span: Span, evidence: Span) -> bool:
    return evidence.start <= span.start < evidence.end


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
