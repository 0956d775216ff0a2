"""A parsed document, its mentions and claims in, the figures that it states of them out: amounts of money, shares and counts."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kg.cover import Cover
from kg.extract.counts import counts
from kg.extract.dates import Date
from kg.extract.figures import figures
from kg.extract.lexicon import alternation, listed
from kg.extract.sentences import Sentences, begun
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
    """The text of a document, its claims by the sentences of their evidence, where its chains are named, where mentions and figures end."""

    text: str
    sentences: Sentences
    claims: Sequence[Claim]
    evident: Mapping[int, Sequence[int]]
    chains: Mapping[int, Sequence[Span]]
    named: Sequence[int]
    figures: Mapping[str, Sequence[Quantity]]
    told: Mapping[str, Sequence[int]]
    ontology: Ontology


def quantities(
    parsed: Parsed, mentions: Sequence[Mention], claims: Sequence[Claim], dates: Sequence[Date], ontology: Ontology
) -> tuple[tuple[Claim, ...], tuple[tuple[int, Quantity], ...]]:
    """Return the claims with the amounts and shares stated of them, and the counts stated of chains, dated where the text says so."""
    document = parsed.document
    sentences = Sentences.of(document.identifier, document.text)
    found = [q for part in parsed.parts for q in figures(part.text, part.start, document.identifier, (ontology, part.language))]
    telling = _telling(dates, sentences, ontology)
    found = [_dated(q, telling[sentences.at(q.span.start)]) for q in found]
    chains: dict[int, list[Span]] = defaultdict(list)
    for mention in sorted(mentions, key=lambda m: m.span):
        chains[mention.chain].append(mention.span)
    by_kind = {kind: sorted((q for q in found if q.kind == kind), key=lambda q: q.span) for kind in {q.kind for q in found}}
    told = {kind: sorted(q.span.end for q in same) for kind, same in by_kind.items()}
    ends = sorted(m.span.end for m in mentions)
    scene = _Scene(document.text, sentences, claims, _evident(claims, sentences), chains, ends, by_kind, told, ontology)
    own: dict[int, list[Quantity]] = defaultdict(list)
    for quantity in found:
        for n in _stating(quantity, scene):
            own[n].append(quantity)
    dated = Cover((d.span.start, d.span.end) for d in dates)
    counted = (q for q in found if q.kind == "count" and dated.reach(q.span.end - 1) <= q.span.start)
    filled = (replace(c, quantities=tuple(own[n])) if n in own else c for n, c in enumerate(claims))
    return tuple(filled), tuple(counts(counted, mentions, sentences, ontology))


def _telling(dates: Iterable[Date], sentences: Sentences, ontology: Ontology) -> defaultdict[int, list[Date]]:
    """The dates that figures of their sentence are of, in order, by sentence: behind "as of", or before a colon."""
    text, cue = sentences.text, _as_of(ontology)
    telling: defaultdict[int, list[Date]] = defaultdict(list)
    for date in sorted(dates):
        if cue.search(text[max(0, date.span.start - CUE) : date.span.start]) or _heads(date.span, text):
            telling[sentences.at(date.span.start)].append(date)
    return telling


def _dated(quantity: Quantity, telling: Sequence[Date]) -> Quantity:
    """Give a figure the nearest date that its sentence says it is of ("as of February 2025"), of two the first."""
    start = quantity.span.start
    n = bisect_left(telling, start, key=lambda d: d.span.start)
    nearest = min(telling[max(0, n - 1) : n + 1], key=lambda d: abs(d.span.start - start), default=None)
    return replace(quantity, date=nearest.value) if nearest else quantity


def _evident(claims: Sequence[Claim], sentences: Sentences) -> defaultdict[int, list[int]]:
    """The numbers of the claims whose evidence touches each sentence."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    for n, claim in enumerate(claims):
        first, last = sentences.of_span(claim.evidence)
        for sentence in range(first, last + 1):
            found[sentence].append(n)
    return found


def _heads(date: Span, text: str) -> bool:
    """Whether a date opens its line, before a colon."""
    return text[date.end : date.end + 1] in (":", "：") and not text[text.rfind("\n", 0, date.start) + 1 : date.start].strip("-–—*•·# \t")


@lru_cache(maxsize=8)
def _as_of(ontology: Ontology) -> re.Pattern[str]:
    """The words that lead up to the date of a figure, right before it."""
    words, article = (alternation(listed(ontology, None, name)) for name in ("asOf", "article"))
    return re.compile(rf"{words}\s*(?:{article}\s)?$", re.IGNORECASE)


def _stating(quantity: Quantity, scene: _Scene) -> list[int]:
    """The claims that a figure is of: whose relation carries it and whose object, else subject, is nearest to it."""
    claims, relations = scene.claims, scene.ontology.relations
    here = (n for n in scene.evident[scene.sentences.at(quantity.span.start)] if _inside(quantity.span, claims[n].evidence))
    able = [n for n in here if quantity.kind in relations[claims[n].predicate].carries]
    if not able or _of_else(quantity, scene):
        return []
    if (respective := _respective(quantity, able, scene)) is not None:
        return respective
    near = {n: _nearest(quantity, claims[n], scene) for n in able}
    least, place = min(near.values())
    nearest = {n for n, (distance, _) in near.items() if distance == least}
    sentence = scene.sentences.at(quantity.span.start)
    own = {n for n in nearest if any(scene.sentences.at(s.start) == sentence for s in _named(claims[n].subject, claims[n], scene))}
    nearest = own or nearest  # the buyer of the sentence, not the sellers of the next
    beside = {n for n in nearest if any(0 <= quantity.span.start - s.end <= BESIDE for s in _named(claims[n].subject, claims[n], scene))}
    nearest = beside or nearest  # "owned by Tern (60%) and Skerry (40%)"
    pairs = {frozenset((claims[n].subject, claims[n].object)) for n in nearest}
    deals = {(claims[n].subject, claims[n].predicate) for n in nearest}
    joined = {n for n in able if (claims[n].subject, claims[n].predicate) in deals and place and _joined(claims[n], place, scene)}
    return [n for n in able if n in nearest or n in joined or frozenset((claims[n].subject, claims[n].object)) in pairs]


def _respective(quantity: Quantity, able: Sequence[int], scene: _Scene) -> list[int] | None:
    """The claims of the object that stands at the place of a figure, where a sentence gives as many of both "respectively"."""
    claims, place = scene.claims, scene.claims[able[0]].evidence
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
    return begun(scene.chains.get(chain, ()), claim.evidence)


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
    """Whether a figure is a change ("rose 12%"), of something else than a deal ("annual sales of $4 billion"), or such a one again."""
    text, place, cues = scene.text, quantity.span, _else(scene.ontology)
    if original := _converted(quantity, scene):
        return _of_else(original, scene)
    low = max(0, place.start - NEAR, _last(scene.told[quantity.kind], place.start), _last(scene.named, place.start))
    before = CLAUSE.split(text[low : place.start])[-1]
    return any(cue.search(before) for cue in cues[:2]) or bool(cues[2].match(text, place.end))


def _converted(quantity: Quantity, scene: _Scene) -> Quantity | None:
    """The figure right before one that says it again, in another currency: "$2.65 billion, or about Rp44 trillion"."""
    told = scene.figures[quantity.kind]
    n = bisect_left(told, quantity.span, key=lambda q: q.span) - 1
    again = n >= 0 and _again(scene.ontology).fullmatch(scene.text, told[n].span.end, quantity.span.start)
    return told[n] if again else None


@lru_cache(maxsize=8)
def _again(ontology: Ontology) -> re.Pattern[str]:
    """What stands between a figure and the same in another currency."""
    words = [w for w in listed(ontology, None, "aliasInBrackets", "aboutNumber") if w not in listed(ontology, None, "roleJoint")]
    opener = alternation(listed(ontology, None, "aliasInBrackets"))
    return re.compile(rf"\s*(?:[,，]?\s*{opener}|[(（])\s*(?:{alternation(words)}\s*)*", re.IGNORECASE)


def _last(ends: Sequence[int], at: int) -> int:
    """The last of some sorted places that is no further than another, else 0."""
    n = bisect_right(ends, at)
    return ends[n - 1] if n else 0


@lru_cache(maxsize=8)
def _else(ontology: Ontology) -> tuple[re.Pattern[str], ...]:
    """What stands before a figure that is of something else, or a change, and behind one that is of something else."""
    names = ("otherMeasure", "changeWord", "aboutNumber", "measureLink")
    other, change, about, link = (alternation(_owned(ontology, name)) for name in names)
    patterns = (other, rf"{change}\s*(?:{about}\s*)?$", rf"\s*{link}?\s*{other}")
    return tuple(re.compile(p, re.IGNORECASE) for p in patterns)


def _owned(ontology: Ontology, name: str) -> Iterator[str]:
    """The words of a list, in Indonesian also as somebody's ("valuasinya")."""
    clitic = tuple(w.removeprefix("-") for w in listed(ontology, "id", "pronoun") if w.startswith("-"))
    yield from listed(ontology, None, name)
    yield from (word + own for word in listed(ontology, "id", name) for own in clitic)


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
