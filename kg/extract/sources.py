"""Claims, quotations and the words around them in, the same claims out, those that somebody is said to state with the one who does."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kg.extract.attribution import Scene, governed, scene
from kg.extract.lexicon import alternation, listed, possessive, until
from kg.extract.quotations import quoted
from kg.extract.sentences import Sentences, begun
from kg.extract.unspoken import hearsay
from kg.han import HAN, IDEOGRAPHS
from kg.model import Claim, Mention, Span, Utterance
from kg.ontology import Ontology
from kg.parse import Parsed

NEAR, BETWEEN = 70, 40
LABEL = re.compile(r"[^\S\n]*[*_]*[^\S\n]*[:：]")
CLAUSE = re.compile(r"[,，;；:：.。!?！？\n]")
COMMAS = (",", "，")
COMMA = re.compile(r"[,，][\s\"'”’」』]*$")
APPOSED = re.compile(r"\s*[,，(（]\s*")
WORDS = r"(?:[^\s,，;；:：。]+(?:\s+[^\s,，;；:：。]+){0,3})?"
ASIDE, FEW = r"(?:\s*[,，(（].*[,，)）])?", rf"(?:\s*[^\s,，;；:：{IDEOGRAPHS}]+(?:\s+[^\s,，;；:：{IDEOGRAPHS}]+){{0,2}})?"
ENDING = re.compile(rf"{FEW}\s*(?:[,.;:，。；：!?！？)）\"”’]|$)", re.MULTILINE)  # "…, X said on Monday."
BESIDE = re.compile(rf"{ASIDE}{FEW}[\s{IDEOGRAPHS}]{{0,16}}")  # between a subject and its verb


@dataclass(frozen=True, slots=True)
class _Words:
    """Patterns of words that name a source, of appositions and of offices; verbs that give a name; relations that are offices.

    `bears` stands before a name, `determined` before a noun, `opening` before what is said; `usual` is the status of what holds.
    """

    source: re.Pattern[str]
    apposition: re.Pattern[str]
    office: re.Pattern[str]
    bears: re.Pattern[str]
    determined: re.Pattern[str]
    opening: re.Pattern[str]
    naming: frozenset[str]
    memberships: frozenset[str]
    usual: str


@dataclass(frozen=True, slots=True)
class _Place:
    """A document as the sources of its claims are sought: who speaks in which words, where mentions and sentences lie.

    `nominal` are the mentions that are no names, `hearsay` the quotations of nobody who is named.
    """

    scene: Scene
    sentences: Sentences
    mentions: Mapping[int, tuple[Span, ...]]
    nominal: frozenset[Span]
    hearsay: tuple[tuple[int, int], ...]
    utterances: tuple[Utterance, ...]
    turns: tuple[tuple[Span, int], ...]
    words: _Words


def sources(
    parsed: Parsed, mentions: Sequence[Mention], claims: Sequence[Claim], utterances: Sequence[Utterance], ontology: Ontology
) -> tuple[Claim, ...]:
    """Give each claim the chain of the one who states it: in a quotation, in a turn of an interview, or in reported speech."""
    document = parsed.document
    places: dict[int, list[Span]] = defaultdict(list)
    for m in sorted(mentions, key=lambda m: m.span):
        places[m.chain].append(m.span)
    around = scene(document.text, tuple((u.span.start, u.span.end) for u in utterances), mentions, ontology)
    here = _Place(
        around,
        Sentences.of(document.identifier, document.text),
        {c: tuple(s) for c, s in places.items()},
        frozenset(m.span for m in mentions if m.nominal),
        hearsay(scene(document.text, quoted(document.text), mentions, ontology), ontology),
        tuple(utterances),
        tuple(_turns(around)),
        _words(ontology),
    )
    return tuple(replace(c, asserted_by=who) if (who := _stated_by(c, here)) is not None else c for c in claims)


def _stated_by(claim: Claim, here: _Place) -> int | None:
    if claim.asserted_by is not None:
        return claim.asserted_by
    found = (_stated(claim, ends, here) for ends in _ends(claim, here))
    return next((who for who in found if who is not None), None)


def _stated(claim: Claim, ends: tuple[Span, Span], here: _Place) -> int | None:
    """The chain of the one who states a claim whose subject and object are named at two places."""
    words = Span(claim.evidence.document, ends[0].start, max(e.end for e in ends))
    n = bisect_right(here.utterances, words.start, key=lambda u: u.span.start) - 1
    if n >= 0 and words.end <= here.utterances[n].span.end:
        return here.utterances[n].speaker
    turn = _turn(words, here)
    if turn is not None:
        return turn
    apposed = claim.predicate in here.words.memberships and (_apposed(*ends, here) or _titled(claim, words, here))
    return None if apposed or _unspoken(words, here) else _reported(words, here)


def _ends(claim: Claim, here: _Place) -> tuple[tuple[Span, Span], ...]:
    """Where a claim's evidence has its subject and object, in order: nearest to each other, then nearest of those that are named."""
    sides = [begun(here.mentions.get(chain, ()), claim.evidence) for chain in (claim.subject, claim.object)]
    named = [[s for s in side if s not in here.nominal] for side in sides]
    return tuple(dict.fromkeys((*_nearest(*sides), *_nearest(*named))))


def _nearest(one: Sequence[Span], other: Sequence[Span]) -> tuple[tuple[Span, Span], ...]:
    """The two that stand nearest to each other of two series in order, the first first; none where one is empty."""
    beside = ((a, b) for a in one for n in (bisect_right(other, a),) for b in other[max(0, n - 1) : n + 1])
    pairs = ((min(pair), max(pair)) for pair in beside)
    nearest = min(pairs, key=lambda p: (max(p[0].end, p[1].end) - p[0].start, p), default=None)
    return (nearest,) if nearest else ()


def _apposed(first: Span, second: Span, here: _Place) -> bool:
    """Whether one name stands in apposition to the other, so that nobody says what they state: "told Ann Lee, chair of Tern"."""
    text = here.scene.text
    if here.words.apposition.fullmatch(text, first.end, second.start):
        return True
    return bool(APPOSED.fullmatch(text, first.end, second.start) and here.words.office.match(text, second.end))


def _titled(claim: Claim, words: Span, here: _Place) -> bool:
    """Whether a person's name bears its office right before it, so that nobody says so: "the father of chief executive Ann Lee".

    That such an office ends or begins is what somebody says, though.
    """
    if claim.status != here.words.usual:
        return False
    for span in begun(here.mentions.get(claim.subject, ()), words):
        if before := here.words.bears.search(here.scene.text, max(claim.evidence.start, span.start - NEAR), span.start):
            office = before.group().strip().casefold()
            return claim.title is None or office.endswith(claim.title.casefold())
    return False


def _unspoken(words: Span, here: _Place) -> bool:
    """Whether words stand in quotation marks as the rumour or question of somebody not named."""
    return any(start <= words.start and words.end <= end for start, end in here.hearsay)


def _turns(around: Scene) -> Iterator[tuple[Span, int]]:
    """Yield the names of people that open a line and are followed by a colon, with their chains."""
    for m in around.mentions:
        line = around.text[around.text.rfind("\n", 0, m.span.start) + 1 : m.span.start]
        if m.type in around.people and not line.strip("*_ \t") and LABEL.match(around.text, m.span.end):
            yield m.span, m.chain


def _turn(words: Span, here: _Place) -> int | None:
    n = bisect_right(here.turns, words.start, key=lambda t: t[0].start) - 1
    if n < 0 or "\n" in here.scene.text[here.turns[n][0].end : words.end].strip("\n"):
        return None
    return here.turns[n][1]


# Reported speech


def _reported(words: Span, here: _Place) -> int | None:
    """The one who says, or whom the sentence names as its source, outside the words that state the claim."""
    n = here.sentences.at(words.start)
    sentence = here.sentences.span(n, n)
    speaking = here.scene.between(sentence.start, sentence.end)
    if words.end > sentence.end or not speaking:
        return None
    verbs = here.scene.words.verb.finditer(here.scene.text, sentence.start, sentence.end)
    telling = (v for v in verbs if v.group().casefold() not in here.words.naming)
    said = (who for verb in telling if (who := _said(verb, words, speaking, here)))
    found = next(said, None) or _named(words, sentence, speaking, here)
    return found.chain if found else None


def _said(verb: re.Match[str], words: Span, speaking: Sequence[Mention], here: _Place) -> Mention | None:
    """The subject of a verb of speech whose clause states the claim: "X said …", "…, X said", "…, said X".

    It states nothing that is told of it on the way to the verb ("X of Tern, which bought Skerry, said"), nor where it says it ("told the
    audience at …").
    """
    text = here.scene.text
    if here.words.determined.search(text, max(0, verb.start() - NEAR), verb.start()):
        return None
    subject = _subject(verb, speaking, here)
    if subject and words.start >= verb.end():
        told = here.words.opening.search(text, verb.end(), words.start) or not governed(words.start, here.scene)
        return subject if told else None
    if subject and words.end > subject.span.start:
        return None
    if subject and ENDING.match(text, verb.end()) and COMMA.search(text[words.end : _opening(subject, here)]):
        return subject
    after = next((m for m in speaking if verb.end() <= m.span.start < verb.end() + BETWEEN), None)
    inverted = after and not after.nominal and not governed(after.span.start, here.scene)
    return after if inverted and words.end <= verb.start() and COMMA.search(text[words.end : verb.start()].rstrip()) else None


def _subject(verb: re.Match[str], speaking: Sequence[Mention], here: _Place) -> Mention | None:
    """The nearest name beside a verb of speech and before it: a person, or where none is, another that is no part of a phrase."""
    near = [m for m in speaking if m.span.end <= verb.start() < m.span.end + NEAR]
    beside = [m for m in near if _beside(m, verb.start(), here)]
    people = [m for m in beside if m.type in here.scene.people]
    others = [m for m in beside if _people(near, here) == near or not governed(m.span.start, here.scene)]
    return next(reversed(people or others), None)


def _beside(m: Mention, verb: int, here: _Place) -> bool:
    """Whether nothing but an aside and a few words stand between a name and a verb: "X, chair of Y, said", "Y's chair, X, said"."""
    text = here.scene.text
    if BESIDE.fullmatch(text, m.span.end, verb):
        return True
    apposed = text[max(0, m.span.start - 2) : m.span.start].strip() in COMMAS and text[m.span.end : verb].strip() in COMMAS
    return apposed and m.type in here.scene.people


def _opening(subject: Mention, here: _Place) -> int:
    """Where the clause of a subject opens: behind the last comma before it."""
    commas = [m.end() for m in CLAUSE.finditer(here.scene.text, max(0, subject.span.start - NEAR), subject.span.start)]
    return commas[-1] if commas else subject.span.start


def _named(words: Span, sentence: Span, speaking: Sequence[Mention], here: _Place) -> Mention | None:
    """The one named behind "according to", if that phrase lies outside the words that state the claim."""
    for cue in here.words.source.finditer(here.scene.text, sentence.start, sentence.end):
        end = min(cue.end() + NEAR, until(CLAUSE, here.scene.text, cue.end(), sentence.end))
        behind = _people([m for m in speaking if cue.end() <= m.span.start < end], here)
        if behind and (words.end <= cue.start() or words.start >= behind[0].span.end):
            return behind[0]
    return None


def _people(found: list[Mention], here: _Place) -> list[Mention]:
    """Those of some mentions that are people, all of them where none is."""
    return [m for m in found if m.type in here.scene.people] or found


@lru_cache(maxsize=8)
def _words(ontology: Ontology) -> _Words:
    """Patterns of the ontology's words; Chinese words that name a source open a clause."""
    latin, han = (alternation(w for w in listed(ontology, None, "attribution") if bool(HAN.match(w)) == h) for h in (False, True))
    article, prefix, joint = (alternation(listed(ontology, None, name)) for name in ("article", "rolePrefix", "roleJoint"))
    memberships = [r for r in ontology.relations.values() if r.membership]
    roles = {role.text for relation in memberships for role in relation.roles}
    office = rf"(?:{prefix}\s*)*{alternation({*listed(ontology, None, 'roleNoun')} | roles)}"
    owner = rf"{possessive(ontology)}?\s*"
    opening = rf"[,，(（](?:\s*\d+\s*[,，]\s*(?:{article}\s+)?|\s*{WORDS}\s*)"  # ", 52, the", ", the former"
    return _Words(
        _pattern(rf"{latin}|(?:^|(?<=[，。：；、\s”]))(?:{han})"),
        _pattern(rf"\s*(?:{opening}{office}\s*{WORDS}|{owner}(?:{office}\W*(?:{joint}\s*)?)*)\s*"),
        _pattern(rf"{owner}{office}"),
        _pattern(rf"{office}\s*$"),
        _pattern(rf"{alternation(listed(ontology, None, 'determiner'))}\s*$"),
        _pattern(rf"{alternation(listed(ontology, None, 'complementizer'))}|[:：,，“\"「]"),
        frozenset(listed(ontology, None, "aliasMarker", "aliasVerb")),
        frozenset(r.name for r in memberships),
        ontology.usual(),
    )


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(words, re.IGNORECASE | re.MULTILINE)
