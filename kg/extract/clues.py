"""A claim and a date of its document in, what the text says of the two together out: the clues that a small trained model weighs."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np

from kg.extract.dates import Date, no_later
from kg.extract.keywords import keywords
from kg.extract.lexicon import alternation, folded, listed
from kg.extract.posts import Day, others
from kg.extract.promotions import begun, taken
from kg.extract.sentences import Sentences
from kg.extract.titles import offices
from kg.han import HAN, IDEOGRAPHS
from kg.languages.encoder.lexicon import Lexicon
from kg.model import Claim, Mention, Span
from kg.ontology import Ontology
from kg.parse import Parsed

BEFORE, AFTER, RANGE, CLAUSE = 28, 6, 14, 90
STEPS = (4, 12, 30, 60, 120)
RANKS = 3
UNSTATED, ELSEWHERE = 60, 120
REACH, MOST = 2000, 30  # characters of an endless sentence that are looked at on each side; claims that compete for a date, on each side
HALT, PAUSE = (60, ".;!?。；！？\n"), (12, ",，、")
TO = re.compile(r"\s*[-–—~～]\s*")
CLOSED = r"\s*[)）]?\s*"
BOUND = re.compile(r"[.,;:!?()（）。，；：！？、\n]")
TOKEN = re.compile(rf"[^\W\d_{IDEOGRAPHS}]+|[{IDEOGRAPHS}]")


class Scene:
    """A document as its dates are read: text, mentions by chain, claims, and dates.

    Those inside names ("Expo 2020") are left out, and that of a dateline, which dates the text and nothing that it tells.
    """

    def __init__(
        self, parsed: Parsed, claims: Iterable[Claim], dates: Iterable[Date], ontology: Ontology, mentions: Sequence[Mention]
    ) -> None:
        self.text, self.issued, self.ontology = Lexicon().simplified(parsed.document.text), parsed.document.issued, ontology
        self._language = parsed.language
        self.sentences = Sentences.of(parsed.document.identifier, self.text)
        self.claims = tuple(claims)
        self._handed: dict[int, list[Claim]] = defaultdict(list)
        self._same: dict[tuple[int, int], list[Claim]] = defaultdict(list)
        handing = ontology.successions()
        for claim in self.claims:
            self._same[claim.subject, claim.object].append(claim)
            for chain in (claim.subject, claim.object) if claim.predicate in handing else ():
                self._handed[chain].append(claim)
        self._chains: dict[int, list[Span]] = defaultdict(list)
        self._kinds: dict[str, list[tuple[Span, int]]] = defaultdict(list)
        self._kind: dict[int, str] = {}
        for mention in sorted(mentions, key=lambda m: m.span):
            self._chains[mention.chain].append(mention.span)
            self._kinds[mention.type].append((mention.span, mention.chain))
            self._kind.setdefault(mention.chain, mention.type)
        self._names = sorted(m.span for m in mentions if not m.nominal)
        self.dates = tuple(d for d in sorted(dates) if not self._named(d.span.start, d.span.end) and not self._of_the_text(d))
        self._sentence = [self.sentences.at(d.span.start) for d in self.dates]
        self._tolls = _tolls(self.text) if self.dates and self.claims else np.zeros(1)
        self._here = [self._near(n) for n in range(len(self.dates))]
        self._stated: dict[tuple[int, str, str | None], list[Span]] = {}
        self._together = self._groups()

    def _of_the_text(self, date: Date) -> bool:
        cues, end = _cues(self.ontology), date.span.end
        return bool(cues["wire"].match(self.text, end) or (date.value == self.issued and cues["dateline"].match(self.text, end)))

    def candidates(self) -> Iterator[tuple[int, int, list[str]]]:
        """Yield the numbers of every claim and date that stand together, with the clues.

        Of several posts of the same two, a date may only be of those whose titles stand beside it.
        """
        near = {(c, d): self._distance(c, d) for d, claims in enumerate(self._together) for c in claims}
        dates: dict[int, set[int]] = defaultdict(set)
        for (c, _), distance in near.items():
            dates[c].add(distance)
        ordered = {c: sorted(distances) for c, distances in dates.items()}
        for d, claims in enumerate(self._together):
            context, words = [*self._around(d)], [*self._words(self.dates[d].span)] if claims else []
            of_others = self._others(claims, d)
            for c in claims:
                distance = near[c, d]
                if c in of_others:
                    continue
                rivals = {near[o, d] for o in claims if near[o, d] < distance and self._pair(o) != self._pair(c)}
                closer = bisect_left(ordered[c], distance)
                ranks = f"claim {min(len(rivals), RANKS)}", f"date {min(closer, RANKS)}"
                told = [*ranks, *context, *self._places(c, d), *self._company(c, self._sentence[d])]
                yield c, d, [*self._clues(self.claims[c], told, words)]

    def _others(self, claims: Sequence[int], date: int) -> set[int]:
        """Of claims that state several posts of the same two, those that a date is not of."""
        known = offices(self.ontology, self._language(self.dates[date].span.start))
        return others({c: self.claims[c] for c in claims}, self._day(date), self.text, known)

    def _day(self, date: int) -> Day:
        """A date as it stands in its sentence, with the stretch that it begins."""
        same = range(*(bisect(self._sentence, self._sentence[date]) for bisect in (bisect_left, bisect_right)))
        here, start, end = self._here[date], self.dates[date].span.start, self.dates[date + self.stretches(date)].span.end
        gained = taken(self.text, (here.start, here.end), self._language(start), self.ontology)
        days = [self.dates[n].span for n in same]
        return Day(Span(here.document, start, end), here, days, [*gained], self._respective(date))

    def begins(self, claim: Claim, date: Date) -> bool:
        """Whether a date can only be the start of a claim."""
        number = self.dates.index(date)
        language = self._language(date.span.start)
        return not self.stretches(number - 1) and begun(claim, self._day(number), self.text, language, self.ontology)

    def _respective(self, date: int) -> bool:
        return bool(_cues(self.ontology)["respective"].search(self.text, self._here[date].start, self._here[date].end))

    def passage(self, claim: Claim, date: Date) -> Span:
        """The sentences from a date to the nearest mention of a claim's subject or object."""
        near = (self._nearest(date.span, self._chains[chain]) for chain in (claim.subject, claim.object))
        mention = min((n for n in near if n), key=lambda n: (self._far(date.span, n), n), default=date.span)
        return self.sentences.around(date.span, mention)

    def succeeded(self, claim: Claim) -> bool:
        """Whether another takes over from the subject of a claim."""
        return any(c.object == claim.subject for c in self._handed[claim.subject])

    def stretches(self, number: int) -> bool:
        """Whether a date and the next are the ends of one stretch: "2009–2018", "from 2009 to 2018"."""
        if not 0 <= number < len(self.dates) - 1:
            return False
        first, second = self.dates[number : number + 2]
        between = self.text[first.span.end : second.span.start]
        joined = not self._respective(number) and (TO.fullmatch(between) or _cues(self.ontology)["end"].fullmatch(between.strip()))
        return len(between) <= RANGE and bool(joined) and no_later(first.value, second.value)

    # Which claims and dates stand together

    def _groups(self) -> list[list[int]]:
        """The claims of each date: whose evidence holds it or lies a sentence off, or one of whose things its sentence names."""
        by_sentence: dict[int, list[tuple[int, int]]] = defaultdict(list)
        by_chain: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for place, n in sorted((claim.evidence.start, n) for n, claim in enumerate(self.claims)):
            first, last = self.sentences.of_span(self.claims[n].evidence)
            for sentence in range(first - 1, last + 2):
                by_sentence[sentence].append((place, n))
            for chain in {*self._pair(n)}:
                by_chain[chain].append((place, n))
        spans = sorted((s, chain) for chain in by_chain for s in self._chains[chain])
        starts = [s.start for s, _ in spans]
        groups = []
        for number, date in enumerate(self.dates):
            here, place = self._here[number], date.span.start
            named = sorted(spans[bisect_left(starts, here.start) : bisect_left(starts, here.end)], key=lambda s: abs(s[0].start - place))
            found: set[int] = set()
            for claims in (*(by_chain[c] for c in dict.fromkeys(c for _, c in named)), by_sentence[self._sentence[number]]):
                if len(found) < 2 * MOST:
                    found.update(n for _, n in _closest(claims, place))
            groups.append(sorted(found))
        return groups

    def _near(self, date: int) -> Span:
        """The sentence of a date, as much of it as is near."""
        span, sentence = self.dates[date].span, self.sentences.span(self._sentence[date], self._sentence[date])
        return Span(span.document, max(sentence.start, span.start - REACH), min(sentence.end, span.end + REACH))

    def _pair(self, claim: int) -> tuple[int, int]:
        return self.claims[claim].subject, self.claims[claim].object

    # How far they are from each other

    def _distance(self, claim: int, date: int) -> int:
        """How far a date is from the words that state a claim, and a third as much from its two mentions."""
        span = self.dates[date].span
        stated = min((self._far(span, t) for t in self._stating(claim, date)), default=UNSTATED)
        return stated + sum(min(ELSEWHERE, self._far(span, e)) if e else ELSEWHERE for e in self._ends(claim, span)) // 3

    def _ends(self, claim: int, date: Span) -> tuple[Span | None, Span | None]:
        """The mentions of a claim's subject and object that are nearest to a date."""
        subject, other = (self._nearest(date, self._chains[chain]) for chain in self._pair(claim))
        return subject, other

    def _nearest(self, date: Span, spans: Sequence[Span]) -> Span | None:
        place = bisect_left(spans, date)
        return min(spans[max(0, place - 1) : place + 1], key=lambda s: (self._far(date, s), s), default=None)

    def _far(self, one: Span, other: Span) -> int:
        """Characters between two spans, with a toll for each end of a sentence or clause; a Chinese character counts for two."""
        first, second = sorted((one, other))
        return max(0, int(self._tolls[second.start] - self._tolls[min(first.end, second.start)]))

    def _stating(self, claim: int, date: int) -> list[Span]:
        """The words in the sentence of a date that state a claim's relation, or its title."""
        stated = self.claims[claim]
        key = date, stated.predicate, stated.title
        if key not in self._stated:
            here, own = self._here[date], keywords(self.ontology, stated.predicate)
            pattern = _compiled(f"{own}|{re.escape(stated.title)}" if stated.title else own)
            self._stated[key] = [Span(here.document, m.start(), m.end()) for m in pattern.finditer(self.text, here.start, here.end)]
        return self._stated[key]

    # What speaks for and against

    def _clues(self, claim: Claim, told: Sequence[str], words: Sequence[str]) -> Iterator[str]:
        relation = self.ontology.relations[claim.predicate]
        kind = f"{'office' if relation.membership else claim.predicate} {claim.status}"
        yield from (f"relation {claim.predicate}", f"status {claim.status}", kind)
        yield from told
        yield from (f"{kind} + {clue}" for clue in told)
        yield from words
        yield from (f"{kind} + {word}" for word in words if word.startswith("clause"))

    def _around(self, number: int) -> Iterator[str]:
        """How a date is written, and the words of time around it."""
        date, cues = self.dates[number], _cues(self.ontology)
        start, end = date.span.start, date.span.end
        yield f"precision {len(date.value)}"
        yield "in figures" if any(c.isdigit() for c in self.text[start:end]) else "in words"
        if self.issued:
            shared = min(len(self.issued), len(date.value))
            one, other = date.value[:shared], self.issued[:shared]
            yield f"issued {'later' if one < other else 'before' if one > other else 'then'}"
        lead, tail = self.text[max(0, start - BEFORE) : start], self.text[end : end + AFTER]
        for name in ("start", "end"):
            if found := list(cues[name].finditer(lead)):
                yield f"{name} {'near' if TOKEN.search(lead[found[-1].end() :]) else 'next'}"
            if cues[name].match(tail):
                yield f"{name} after"
        if cues["dateline"].match(self.text, end):
            yield "dateline"
        yield from (f"range {side}" for side, n in (("first", number), ("second", number - 1)) if self.stretches(n))
        yield from self._told(number)

    def _told(self, number: int) -> Iterator[str]:
        """Whether the sentence of a date speaks of what is over or ahead, or of somebody's words, and on which side of the date."""
        date, sentence = self.dates[number].span, self._here[number]
        for name in ("over", "ahead", "speech"):
            cue = _cues(self.ontology)[name]
            if cue.search(self.text, sentence.start, date.start):
                yield f"{name} before"
            if cue.search(self.text, date.end, max(date.end, sentence.end)):
                yield f"{name} after"

    def _places(self, number: int, date: int) -> Iterator[str]:
        """Where the date stands to the evidence, to the mentions and to the words that state the claim."""
        claim, here, span = self.claims[number], self._here[date], self.dates[date].span
        yield "inside" if claim.evidence.holds(span) else "outside"
        stated = self._nearest(span, self._stating(number, date))
        for name, end in zip(("subject", "object", "word"), (*self._ends(number, span), stated), strict=True):
            if end is None or not here.start <= end.start < here.end:
                yield f"{name} elsewhere"
                continue
            yield f"{name} {'before' if end.start < span.start else 'after'} {sum(self._far(span, end) > s for s in STEPS)}"
            first, second = sorted((span, end))
            others = (self.dates[n].span for n in (date - 1, date + 1) if 0 <= n < len(self.dates))
            if any(first.end <= d.start and d.end <= second.start for d in others):
                yield f"{name} beyond a date"
            if name != "word" and self._parted(first.end, second.start, claim.subject if name == "subject" else claim.object):
                yield f"{name} beyond another"

    def _parted(self, start: int, end: int, chain: int) -> bool:
        """Whether another thing of the type of a chain is named in a stretch."""
        spans = self._kinds[self._kind[chain]]
        place = bisect_left(spans, start, key=lambda s: s[0].start)
        return any(s.end <= end and c != chain for s, c in spans[place : bisect_right(spans, end, key=lambda s: s[0].start)])

    def _company(self, number: int, sentence: int) -> Iterator[str]:
        """What else is claimed of the same subject, and how many dates the sentence holds."""
        claim, told = self.claims[number], set[str]()
        yield f"dates {min(RANKS, bisect_right(self._sentence, sentence) - bisect_left(self._sentence, sentence))}"
        for other in self._handed[claim.subject]:
            first, last = self.sentences.of_span(other.evidence)
            side = "takes over" if other.subject == claim.subject else "hands over"
            told |= {f"{side} {'here' if first <= sentence <= last else 'there'}"} if other is not claim else set()
        told |= {f"also {other.status}" for other in self._same[claim.subject, claim.object] if other is not claim}
        yield from sorted(told)

    def _words(self, date: Span) -> Iterator[str]:
        """The words beside a date and those of its clause; names are left out."""
        low, high = max(0, date.start - CLAUSE), min(len(self.text), date.end + CLAUSE)
        low = max((m.end() for m in BOUND.finditer(self.text, low, date.start)), default=low)
        high = min((m.start() for m in BOUND.finditer(self.text, date.end, high)), default=high)
        before, after = self._tokens(low, date.start), self._tokens(date.end, high)
        yield from (f"word -{n} {t}" for n, t in enumerate(reversed(before[-3:]), 1))
        yield from (f"word {n} {t}" for n, t in enumerate(after[:3], 1))
        yield from (f"words {a} {b}" for a, b in [*pairwise(before)][-1:])
        pairs = {a + b for side in (before, after) for a, b in pairwise(side) if HAN.match(a) and HAN.match(b)}
        yield from (f"clause {t}" for t in sorted({*before, *after, *pairs}))

    def _tokens(self, start: int, end: int) -> list[str]:
        return [folded(m[0]) for m in TOKEN.finditer(self.text, start, end) if not self._named(m.start(), m.end())]

    def _named(self, start: int, end: int) -> bool:
        """Whether a stretch lies in a name."""
        place = bisect_right(self._names, start, key=lambda n: n.start) - 1
        return place >= 0 and end <= self._names[place].end


def _closest(claims: Sequence[tuple[int, int]], place: int) -> Sequence[tuple[int, int]]:
    """Of claims after the places of their evidence, in order, those nearest to a place on either side."""
    middle = bisect_left(claims, (place, -1))
    return claims[max(0, middle - MOST) : middle + MOST]


def _tolls(text: str) -> np.ndarray:
    """What it costs to get from the start of a text to each of its characters."""
    codes = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
    cost = np.ones(len(text), dtype=np.int64)
    cost[[found.start() for found in HAN.finditer(text)]] += 1
    for toll, signs in (HALT, PAUSE):
        cost += toll * np.isin(codes, [ord(c) for c in signs])
    return np.concatenate([[0], np.cumsum(cost)])


@lru_cache(maxsize=8)
def _cues(ontology: Ontology) -> dict[str, re.Pattern[str]]:
    """The words of time of all languages, those of what is over or ahead, verbs of speech, and what stands behind a dateline."""
    words = {
        "start": {*listed(ontology, None, "dateStart")},
        "end": {*listed(ontology, None, "dateEnd")},
        "over": {c.text for n, s in ontology.statuses.items() if n == ontology.over() for c in s.cues},
        "ahead": {c.text for s in ontology.statuses.values() if s.tense == "future" for c in s.cues},
        "respective": {*listed(ontology, None, "respective")},
        "speech": {w for w in listed(ontology, None, "speechVerb") if len(w) > 1},
    }
    wire = alternation(listed(ontology, None, "wireMark"))
    patterns = {name: alternation(texts) for name, texts in words.items()}
    patterns |= {"wire": rf"{CLOSED}{wire}(?!\w)", "dateline": rf"{CLOSED}(?:[-–—]{{1,2}}\s|{wire})"}
    return {name: re.compile(pattern, re.IGNORECASE) for name, pattern in patterns.items()}


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
