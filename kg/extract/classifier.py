"""Mentions with chains and a network's links between them in, claims and the speakers of quotations out."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import NamedTuple

import numpy as np

from kg.extract.chains import chains
from kg.extract.holders import Passage, Place
from kg.extract.lexicon import folded
from kg.extract.sentences import Sentences
from kg.extract.titles import Offices, bare, joined, offices, roles, same_office, same_post, split, together
from kg.languages.encoder import Encoder, Found, Links, Reading
from kg.model import Claim, Mention, Span
from kg.ontology import Ontology, Relation

Key = tuple[int, str, int]  # subject, relation, object
Held = Mapping[Place, Set[int]]
REACH = 400  # characters between a title and an end of its claim
MOST_PASSAGES = 12  # of one relation between two things in which its posts are sought
MODIFIER = 16  # characters before a title in which a word is sought that tells that it is over
ENGLISH = "en"  # in which offices are named in texts of all languages


class _Text(NamedTuple):
    """What a claim is worded with: the mentions of a text, the same in order (`placed`), its titles in order and its sentences."""

    mentions: Sequence[Mention]
    placed: Sequence[Mention]
    titles: Sequence[Found]
    sentences: Sentences
    ontology: Ontology

    @classmethod
    def of(cls, mentions: Sequence[Mention], titles: Sequence[Found], sentences: Sentences, ontology: Ontology) -> _Text:
        """Put mentions and titles in order."""
        placed, titles = sorted(mentions, key=lambda m: m.span.start), sorted(titles, key=lambda t: t.start)
        return cls(mentions, placed, titles, sentences, ontology)

    def near(self, evidence: Span) -> Sequence[Mention]:
        """Give the mentions that begin within the evidence."""
        first, last = (bisect_left(self.placed, place, key=lambda m: m.span.start) for place in (evidence.start, evidence.end))
        return self.placed[first:last]

    def titles_in(self, evidence: Span) -> Sequence[Found]:
        """Give the titles within the evidence."""
        first, last = (bisect_left(self.titles, place, key=lambda t: t.start) for place in (evidence.start, evidence.end))
        return [t for t in self.titles[first:last] if t.end <= evidence.end]


class _Stated(NamedTuple):
    """A statement of one relation between two chains: its log-odds, its status and the numbers of the two mentions."""

    odds: float
    status: str
    certainty: float
    subject: int
    object: int


class _Title(NamedTuple):
    """A title that may be of a claim; `rivalled` of its two things if others stand nearer, `own` if not and it has words for an office."""

    words: str
    own: bool
    rivalled: frozenset[int]
    place: Place


class _Worded(NamedTuple):
    """A statement, the passage that makes it, and the titles there that may be its."""

    stated: _Stated
    evidence: Span
    titles: Sequence[_Title]


def claims(mentions: Sequence[Mention], reading: Reading, encoder: Encoder, ontology: Ontology, sentences: Sentences) -> tuple[Claim, ...]:
    """Give every relation that is more likely than the threshold kept with the network, where the ontology has it and its status.

    Each comes once, worded as where it is clearest; where titles tell its posts apart, once for each post.
    """
    found: defaultdict[Key, list[_Stated]] = defaultdict(list)
    for link in reading.links:
        for key, stated in _stated(link, mentions, encoder, ontology):
            found[key].append(stated)
    named = {m.chain for m in mentions if not m.nominal}
    known = {key: found[key] for key in sorted(found) if key[0] in named and key[2] in named}
    return tuple(_titled(known, _Text.of(mentions, reading.titles, sentences, ontology)))


def speakers(mentions: Sequence[Mention], reading: Reading, ontology: Ontology) -> Mapping[tuple[int, int], tuple[float, int]]:
    """Give for each quotation, by its span, the chain that most likely says it, after the log-odds that it does."""
    speaking = ontology.speakers()
    able = {m.chain for m in mentions if m.type in speaking}
    best: dict[int, tuple[float, int]] = {}
    for link in reading.links:
        held = chains(link, mentions)
        quotations = [n for n, m in enumerate(link.members) if len(mentions) <= m < len(mentions) + len(reading.quotations)]
        pooled = _pooled(link, [*held.values(), *([n] for n in quotations)])
        silent = np.array([c not in able for c in held], dtype=bool)
        for column, place in enumerate(quotations, len(held)):
            spoken = np.where(silent, -np.inf, pooled[: len(held), column, -1])
            if len(spoken):
                member, odds, row = int(link.members[place]), float(spoken.max()), int(spoken.argmax())
                best[member] = max(best.get(member, (-np.inf, -1)), (odds, list(held)[row]))
    said = {n: reading.quotations[n - len(mentions)] for n in best}
    return {(q.start, q.end): best[n] for n, q in said.items()}


def _pooled(link: Links, groups: Sequence[Sequence[int]]) -> np.ndarray:
    """Pool the relations of a window over groups of its members, by their places: log-sum-exp, as in training."""
    group = np.zeros((len(link.members), len(groups)))
    for column, places in enumerate(groups):
        group[places, column] = 1
    raised = np.exp(np.clip(link.relations, -20, 20))
    pooled: np.ndarray = np.tensordot(group.T, raised, 1).transpose(0, 2, 1) @ group
    return np.log(pooled.transpose(0, 2, 1) + 1e-9)


def _stated(link: Links, mentions: Sequence[Mention], encoder: Encoder, ontology: Ontology) -> Iterator[tuple[Key, _Stated]]:
    """Yield the clearest statement of each relation that is likely enough; where titles tell posts apart, all those that are."""
    inventory, calibration = encoder.inventory, encoder.calibration
    held = chains(link, mentions)
    numbers, places, pooled = list(held), list(held.values()), _pooled(link, list(held.values()))
    for number, name in enumerate(inventory.relations):
        relation = ontology.relations.get(name)
        if relation is None:
            continue
        odds, least, titled = link.relations[..., number], calibration.threshold(name), relation.titled
        for row, column in np.argwhere(pooled[..., number] > least).tolist():
            if row == column or (relation.symmetric and _backwards(pooled, row, column, number)):
                continue
            clearest = _pair(odds, places[row], places[column])
            others = _pairs(odds, places[row], places[column], least) if titled else ()
            raw = {**{here: float(odds[here]) for here in others}, clearest: float(pooled[row, column, number])}
            for here, likely in raw.items():
                told = link.statuses[here[0], here[1], number]
                status, certainty = inventory.statuses[int(told.argmax())], round(1 / float(np.exp(told - told.max()).sum()), 4)
                if status in ontology.statuses and ontology.links(relation, *(mentions[link.members[n]].type for n in here)):
                    ends = (int(link.members[n]) for n in here)
                    yield (numbers[row], name, numbers[column]), _Stated(calibration.odds(likely), status, certainty, *ends)


def _backwards(pooled: np.ndarray, row: int, column: int, number: int) -> bool:
    """Of the two directions of a symmetric relation, the less clear one is dropped."""
    return (pooled[row, column, number], -row) < (pooled[column, row, number], -column)


def _pair(odds: np.ndarray, rows: Sequence[int], columns: Sequence[int]) -> tuple[int, int]:
    """The places of the two mentions, one of each chain, of which a relation is clearest."""
    row, column = divmod(int(odds[np.ix_(rows, columns)].argmax()), len(columns))
    return rows[row], columns[column]


def _pairs(odds: np.ndarray, rows: Sequence[int], columns: Sequence[int], threshold: float) -> Iterator[tuple[int, int]]:
    """The places of all two mentions, one of each chain, of which a relation is more likely than a threshold."""
    for row, column in np.argwhere(odds[np.ix_(rows, columns)] > threshold).tolist():
        yield rows[row], columns[column]


def _titled(found: Mapping[Key, Sequence[_Stated]], text: _Text) -> Iterator[Claim]:
    """The claims of all statements with their titles, each title with those whose it is."""
    worded = {key: _worded(key, stated, text) for key, stated in found.items()}
    held = _held(worded)
    for key, passages in worded.items():
        if not _borrowed(key, worded, text):
            yield from _claims(key, passages, held, text)


def _borrowed(key: Key, worded: Mapping[Key, Sequence[_Worded]], text: _Text) -> bool:
    """Whether what gives a firm an office of its own relation is another's, where its holder likelier has it: "led by X. Tern chief Y"."""
    relation, passages = text.ontology.relations[key[1]], worded[key]
    titles = [t for p in passages for t in p.titles]
    if relation.titled or not titles or any(key[2] not in t.rivalled for t in titles):
        return False
    clearest, places = passages[0].stated, {t.place for t in titles}
    others = (p for other, p in worded.items() if other[:2] == key[:2] and other != key)
    likelier = (p for p in others if p[0].stated.odds > clearest.odds and p[0].stated.status == clearest.status)
    return any(places <= {t.place for w in found for t in w.titles if not t.rivalled} for found in likelier)


def _worded(key: Key, found: Sequence[_Stated], text: _Text) -> list[_Worded]:
    """The passages that state a relation with the titles in them, the clearest first."""
    relation = text.ontology.relations[key[1]]
    return [_Worded(s, e, _titles(s, e, relation, text) if relation.membership else []) for e, s in _passages(found, text)]


def _held(worded: Mapping[Key, Sequence[_Worded]]) -> Held:
    """The subjects and objects of the claims whose each title is: no other stands nearer."""
    held: defaultdict[Place, set[int]] = defaultdict(set)
    for (subject, _, object_), passages in worded.items():
        for title in (t for p in passages for t in p.titles if not t.rivalled):
            held[title.place].update((subject, object_))
    return held


def _own(found: Sequence[_Title], key: Key, held: Held, general: bool) -> list[_Title]:
    """The titles that may be a claim's: of offices in `general` none that is of others who stand nearer. Better no title than theirs.

    Behind one that is another firm's comes none that is another person's.
    """
    if not general:
        return list(found)
    own = [not t.rivalled or not held.get(t.place) or key[2] in held[t.place] for t in found]
    first = own.index(False) if False in own else len(own)
    return [t for n, t in enumerate(found) if own[n] and (n < first or key[0] not in t.rivalled)]


def _claims(key: Key, passages: Sequence[_Worded], held: Held, text: _Text) -> Iterator[Claim]:
    """The clearest statement of a relation; where titles tell posts apart, also those that other titles join, and other passages state."""
    relation = text.ontology.relations[key[1]]
    known, posts = offices(text.ontology, text.mentions[passages[0].stated.subject].language), list[str]()
    for n, (stated, evidence, found) in enumerate(passages):
        titles = _own(found, key, held, relation.name == known.general)
        if not n:
            titled = titles[0].words if titles else None if relation.titled else _elsewhere(passages)
            yield _claim(key, stated, evidence, titled)
            posts += [title.words for title in titles[:1]]
        together = [*_together(titles, text, known)] if relation.titled else []
        beside = {title.words for title in together}  # "vice president and senior vice president" are two
        for title in together:
            if title.own and not any((same_office(title.words, p) if p in beside else same_post(title.words, p, known)) for p in posts):
                yield _claim(key, stated, evidence, title.words)
                posts.append(title.words)


def _elsewhere(passages: Sequence[_Worded]) -> str | None:
    """The title of a post that has a relation of its own where another passage than the clearest gives it."""
    return next((t.words for _, _, titles in passages[1:] for t in titles if t.own), None)


def _passages(found: Sequence[_Stated], text: _Text) -> list[tuple[Span, _Stated]]:
    """The passages that state a relation, each with its clearest statement, the clearest first."""
    passages: dict[Span, _Stated] = {}
    for stated in sorted(found, key=lambda f: -f.odds):
        evidence = text.sentences.around(text.mentions[stated.subject].span, text.mentions[stated.object].span)
        passages.setdefault(evidence, stated)
    return list(passages.items())[:MOST_PASSAGES]


def _claim(key: Key, found: _Stated, evidence: Span, title: str | None) -> Claim:
    confidence = round(1 / (1 + float(np.exp(-found.odds))), 4)
    return Claim(key[0], key[1], key[2], evidence, found.status, title, confidence=confidence, certainty=found.certainty)


def _titles(found: _Stated, evidence: Span, relation: Relation, text: _Text) -> list[_Title]:
    """The titles in the evidence that state the relation, those with words for offices first, then the nearest.

    One that has none is of the relation for offices in general; one that stands nearer to another firm or person than to those the claim is
    about is rather theirs. An office that has a relation of its own is a title also where the network marks none.
    """
    ends = [text.mentions[n] for n in (found.subject, found.object)]
    near = [m for m in text.near(evidence) if _close(m.span.start, ends)]
    places = [(t.start, t.end) for t in text.titles_in(evidence) if _close(t.start, ends)]
    over = found.status == text.ontology.over()
    marked = _nearest(places if over else _lasting(places, ends[1], text), near, ends, relation, text)
    if marked or relation.titled:
        return marked
    words = roles(text.sentences.text, offices(text.ontology, ends[0].language), evidence.start, evidence.end)
    places = [(r.start, r.end) for r in words if r.relation == relation.name and _close(r.start, ends)]
    return _nearest(places, near, ends, relation, text)


def _lasting(places: Sequence[Place], firm: Mention, text: _Text) -> Sequence[Place]:
    """The titles at some places without former ones, if one stands right behind the firm: 原总监…调任云溪总经理, "joined Tern as …"."""
    words, known, end = text.sentences.text, offices(text.ontology, firm.language), firm.span.end
    behind = (start for start, _ in places if end <= start)
    if not any(known.marker.fullmatch(words, end, start) or not words[end:start].strip() for start in behind):
        return places
    return [p for p in places if not known.former.search(words, max(0, p[0] - MODIFIER), p[0])]


def _close(place: int, ends: Sequence[Mention]) -> bool:
    """Whether a place is near enough to one of the ends of a claim for a title there to be its; sentences may be of any length."""
    return any(abs(place - m.span.start) <= REACH for m in ends)


def _nearest(places: Sequence[Place], near: Sequence[Mention], ends: Sequence[Mention], relation: Relation, text: _Text) -> list[_Title]:
    """The titles at some places that state a relation: those without rivals first, then those with words for offices, then the nearest."""
    subject, known = ends[0], offices(text.ontology, ends[0].language)
    passage = Passage(near, places, text.sentences, known, subject.type)
    ranked: list[tuple[int, bool, tuple[int, int], Place, frozenset[int]]] = []
    for place in places:
        stated = _offices_in(text.sentences.text[slice(*place)], relation, subject.language, text.ontology)
        given = relation.name in stated if stated else not relation.roles or relation.name == known.general
        if given and not passage.left(place, ends[1]):
            rivalled = frozenset(end.chain for end in ends if passage.rivalled(place, end))
            if relation.titled and subject.chain in rivalled and passage.parted(place, subject):
                continue
            ranked.append((len(rivalled), not stated, passage.nearest(place, subject), place, rivalled))
    ranked.sort(key=lambda r: r[:4])
    return [_Title(bare(text.sentences.text[slice(*t)], known), not (doubtful or n), rivalled, t) for n, doubtful, _, t, rivalled in ranked]


def _together(titles: Sequence[_Title], text: _Text, known: Offices) -> Iterator[_Title]:
    """Yield the first of some titles, those that the text joins to it, and those behind it that a joining word begins."""
    placed = sorted(titles, key=lambda t: t.place)
    if titles:
        words, first = text.sentences.text, placed.index(titles[0])
        run = together(words, [t.place for t in placed], first, known)
        yield from (t for n, t in enumerate(placed) if n in run or (n > first and joined(words, t.place[0], known)))


def _offices_in(title: str, relation: Relation, language: str, ontology: Ontology) -> frozenset[str]:
    """The relations that a title states in the words of its language, else of English; else the one asked about if it has a word of its."""
    for known in (offices(ontology, language), offices(ontology, ENGLISH)):
        if stated := known.held & {name for _, name in split(title, known)}:
            return stated
    words = folded(title)
    return frozenset({relation.name} if any(folded(role.text) in words for role in relation.roles) else ())
