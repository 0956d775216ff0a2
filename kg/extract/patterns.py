"""Wordings of the ontology in, patterns over a sentence's tokens out: words and slots in order, with room for others between."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from kg.extract.lexicon import folded, listed
from kg.extract.titles import Offices, joins, offices, roles
from kg.extract.titles import tokens as tokenized
from kg.han import HAN
from kg.ontology import Ontology, Relation, Wording

SPLIT_POSSESSIVE = re.compile(r"['’]s?$")
PART = re.compile(r"\[(subject|object|title|date)\]")
OPEN, CLOSE, BREAK = frozenset("(（"), frozenset(")）"), frozenset(".;!?。；！？:：\n")
POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
ARGUMENTS = frozenset({"[subject]", "[object]"})
ASIDE = "aside "
APPOSITION = 14
PART_WORDS = 5  # from the possessive on, the words in which a part of an organization is named
Bindings = dict[str, tuple[int, int]]
Words = frozenset[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Token:
    """A word (folded), a Chinese character, a sign, a mention (`mention` is its number) or the words of an office (`role`).

    `capital`: an office written "Chief Executive"; `common`: a word in small letters that is no cue, and so narrows no such office.
    """

    text: str
    start: int
    end: int
    mention: int | None = None
    nominal: bool = False
    role: bool = False
    stop: bool = False
    capital: bool = False
    common: bool = False

    @property
    def word(self) -> bool:
        """Whether a gap may hold it."""
        return self.mention is None and not self.stop and (self.text[0].isalnum() or self.text in "&%$€£¥-–’'")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A wording made ready. `parts` are slots ("[subject]") and literal tokens; the relation is "" where the title tells it.

    `offices` are the relations that a title may tell: those between the same classes as the wording's own. `before` and `behind` are words
    next to which it does not hold: "sold to" before its subject, "'s" behind its last name; `owning` those that may lead a title (的),
    `source` those that lead a name which may stand between two of its words ("moved its headquarters from … to").
    `tight`: nothing may stand between its words, which are but a preposition ("… from …").
    """

    parts: tuple[str, ...]
    relation: str
    status: str
    han: bool
    needs: frozenset[str] = field(default_factory=frozenset)
    offices: frozenset[str] = field(default_factory=frozenset)
    before: Words = frozenset()
    behind: Words = frozenset()
    owning: Words = frozenset()
    source: Words = frozenset()
    tight: bool = False


@lru_cache(maxsize=32)
def patterns(ontology: Ontology, language: str) -> tuple[Pattern, ...]:
    """Make every wording of a language ready, once; those with most words of their own first."""
    known = offices(ontology, language)
    made = {
        _guarded(_ready(w, known, _alike(r, ontology)), r, language, ontology)
        for r in ontology.relations.values()
        for w in r.wordings
        if w.language == language
    }
    return tuple(sorted(made, key=lambda p: (-len(p.needs), p.parts, p.relation, p.status, sorted(p.offices))))


@lru_cache(maxsize=32)
def stop_words(ontology: Ontology, language: str) -> frozenset[str]:
    """Words that no gap may hold: those beside slots of wordings (but "has", "the … maker"), of negation, of speech, between offices.

    What denies is no such word: it tells the status ("membantah telah mengakuisisi").
    """
    text = " ".join(w.text for r in ontology.relations.values() for w in r.wordings if w.language == language).casefold()
    beside = {*re.findall(r"([a-z-]+) \[", text), *re.findall(r"\] ([a-z-]+)", text)}
    plain = {folded(w) for w in listed(ontology, language, "article", "auxiliary", "genericNoun")}
    stops = {folded(w) for w in listed(ontology, language, "negation", "speechVerb", "roleJoint", "hypothetical")}
    cues = {folded(c.text) for s in ontology.statuses.values() if s.tense is None for c in s.cues}
    denying = cues & {folded(w) for w in listed(ontology, language, "negation")}
    return frozenset(((beside - plain) | stops) - denying)


def _alike(relation: Relation, ontology: Ontology) -> frozenset[str]:
    """The relations between the same classes."""
    ends = (frozenset(relation.domain), frozenset(relation.range))
    return frozenset(r.name for r in ontology.relations.values() if (frozenset(r.domain), frozenset(r.range)) == ends)


def _ready(wording: Wording, known: Offices, alike: frozenset[str]) -> Pattern:
    """Split a wording into parts; where it names an office, any title may stand there and tells the relation."""
    text = wording.text
    office = "[title]" in text
    if not office and (role := _role(text, known, wording.relation)):
        text, office = f"{text[: role[0]]}[title]{text[role[1] :]}", True
    parts = tuple(part for n, piece in enumerate(PART.split(text)) for part in ((f"[{piece}]",) if n % 2 else tokenized(piece)))
    needs = frozenset(p for p in parts if p[0] != "[" and p[0].isalnum())
    return Pattern(parts, "" if office else wording.relation, wording.status, bool(HAN.search(wording.text)), needs, alike)


def _guarded(pattern: Pattern, relation: Relation, language: str, ontology: Ontology) -> Pattern:
    """Tell a wording the words beside which it states something else.

    A clause has no subject behind "to" or "from". One that ends with somebody who may own things holds not for what is theirs: "acquired
    …'s stores", "chief executive of …'s rival Tern". An office at the end has no "is" behind it: that is another's.
    """
    titled, last = "[title]" in pattern.parts, pattern.parts[-1]
    between = pattern.parts[1:-1] if pattern.parts[0] in ARGUMENTS and last in ARGUMENTS else ()
    clause = between and not titled and all(part[0].isalnum() for part in between)
    owning = last == "[object]" and set(relation.range) & set(ontology.speakers())
    behind = "officeVerb" if last == "[title]" else "belonging" if owning else ""
    return replace(
        pattern,
        before=_words(ontology, language, "transfer" if clause else ""),
        behind=_words(ontology, language, behind),
        owning=_words(ontology, language, "possessive"),
        source=_words(ontology, language, "source"),
        tight=len(between) == 1 and (between[0],) in _words(ontology, language, "preposition"),
    )


def _words(ontology: Ontology, language: str, name: str) -> Words:
    return frozenset(tokenized(word) for word in listed(ontology, language, name))


def _role(text: str, known: Offices, relation: str) -> tuple[int, int] | None:
    """Where a wording names offices of its relation: from its first role word to the last that is joined to it."""
    found = list(roles(text, known))
    if relation not in [r.relation for r in found]:
        return None
    start, end = found[0].start, found[0].end
    for role in found[1:]:
        if joins(text[end : role.start], known):
            end = role.end
    return start, end


def matches(pattern: Pattern, tokens: tuple[Token, ...], known: Offices) -> Iterator[Bindings]:
    """Yield where each slot of a pattern lies in a sentence, as ranges of tokens; "" is the whole, `ASIDE` leads what it leaves out."""
    first = pattern.parts[0]
    for at, token in enumerate(tokens):
        if (token.mention is None) == (first in ARGUMENTS) or (first[0] != "[" and token.text != first):
            continue
        for found, end in _walk(pattern, 0, tokens, at, known):
            yield {**found, "": (at, end)}
            break


def _walk(pattern: Pattern, n: int, tokens: tuple[Token, ...], at: int, known: Offices) -> Iterator[tuple[Bindings, int]]:
    if n == len(pattern.parts):
        if not _goes_on(pattern, tokens, at, known):
            yield {}, at
        return
    for start, aside in _reach(pattern, n, tokens, at) if n else ((at, at),):
        for end in _accept(pattern, n, tokens, start, known):
            for found, last in _walk(pattern, n + 1, tokens, end, known):
                own = {pattern.parts[n]: (start, end)} if pattern.parts[n][0] == "[" else {}
                skipped = {f"{ASIDE}{n}": (at, aside)} if aside > at else {}
                yield {**found, **own, **skipped}, last


def _goes_on(pattern: Pattern, tokens: tuple[Token, ...], end: int, known: Offices) -> bool:
    """Whether the words right behind a match show that it has to be read in another way.

    An office is that of a name right behind it ("…, Larkfield's chief executive Ada Okafor"), and something of the last name is meant where
    it is a possessive ("who heads its …") or one follows. Who has an office in a part has it in the whole, if the part has no name.
    """
    if end == len(tokens):
        return False
    last, after, edge = tokens[end - 1], tokens[end], pattern.parts[-1]
    beside = after.start - last.end <= (0 if pattern.han else 1)
    named = after.mention is not None and beside and "[title]" in pattern.parts and edge in ("[title]", "[object]")
    owned = last.mention is not None and (bool(SPLIT_POSSESSIVE.search(last.text)) or folded(last.text) in known.fillers)
    part = "[title]" not in pattern.parts or edge != "[object]" or _names(tokens, end)
    if named or (pattern.behind and owned and after.word and part):
        return True
    return after.start == last.end and any(_texts(tokens, end, len(words)) == words for words in pattern.behind) and part


def _names(tokens: tuple[Token, ...], start: int) -> bool:
    """Whether a name follows within a few words: "'s rival Tern", "'s owner, Tern"."""
    for token in tokens[start : start + PART_WORDS]:
        if token.mention is not None or not (token.text[0].isalnum() or token.text[0] in "'’,，"):
            return token.mention is not None
    return False


def _oblique(pattern: Pattern, n: int, tokens: tuple[Token, ...], at: int) -> bool:
    """Whether a word that the wording does not have makes a name no part of its clause ("sold to")."""
    own = pattern.parts[n - 1] if n else ""
    return bool(at) and tokens[at - 1].text != own and (tokens[at - 1].text,) in pattern.before


def _texts(tokens: tuple[Token, ...], start: int, count: int) -> tuple[str, ...]:
    return tuple(t.text for t in tokens[start : start + count])


def _accept(pattern: Pattern, n: int, tokens: tuple[Token, ...], at: int, known: Offices) -> Iterator[int]:
    """Yield where part `n` may end if it starts at a token."""
    part = pattern.parts[n]
    token = tokens[at] if at < len(tokens) else None
    if part in POSSESSIVE and at and tokens[at - 1].nominal:
        yield at
    if token is None:
        return
    if part in ARGUMENTS:
        if token.mention is not None and not _oblique(pattern, n, tokens, at):
            yield at + 1
    elif part == "[title]" and (token.text,) not in pattern.owning:
        yield from _title(pattern, tokens, at, known)
    elif part == "[date]":
        yield from (at + k for k in (1, 2, 3, 5, 8) if at + k <= len(tokens) and any(t.text[:4].isdecimal() for t in tokens[at : at + k]))
    elif token.mention is None and (
        token.text == part or (part in POSSESSIVE and token.text in POSSESSIVE) or (part in ",，" and token.text in ",，")
    ):
        yield at + 1


def _title(pattern: Pattern, tokens: tuple[Token, ...], at: int, known: Offices) -> Iterator[int]:
    """Yield ends of a title, the longest first: a few words that narrow it down, the role, further offices joined to it."""
    ends: list[int] = []
    end = _office(tokens, at, 6 if pattern.han else 4)
    while end is not None and len(ends) < 4:
        ends.append(end)
        joint = next((k for k in (2, 1) if end + k <= len(tokens) and joins(" ".join(t.text for t in tokens[end : end + k]), known)), None)
        end = _office(tokens, end + joint, 6 if pattern.han else 4) if joint else None
    yield from reversed(ends)


def _office(tokens: tuple[Token, ...], at: int, narrowing: int) -> int | None:
    for k in range(at, min(at + narrowing + 1, len(tokens))):
        if tokens[k].role:
            return None if tokens[k].capital and any(t.common for t in tokens[at:k]) else k + 1
        if not tokens[k].word:
            return None
    return None


def _reach(pattern: Pattern, n: int, tokens: tuple[Token, ...], at: int) -> Iterator[tuple[int, int]]:
    """Yield where part `n` may start after the part before it ended: right there, or behind words that a gap may hold.

    With it comes where an aside ends that is skipped first; without one, the gap's own start. A role behind a sign is in no gap: it opens
    something else ("…, rival Tern").
    """
    before, part = pattern.parts[n - 1], pattern.parts[n]
    yield at, at
    if part == "[title]" and before in ARGUMENTS and _texts(tokens, at, 1) in pattern.owning:
        yield at + 1, at + 1
    if before[0].isalnum() and part[0].isalnum() and _texts(tokens, at, 1) in pattern.source and _named(tokens, at + 1):
        yield at + 2, at + 2
    room, sign = 0 if pattern.tight else _room(before, part, pattern.han), not (before[0].isalnum() or before[0] == "[")
    starts = [at]
    if before in ARGUMENTS and (aside := _aside(tokens, at, part)):
        yield aside, aside
        starts.append(aside)
    for start in starts:
        for k in range(start, min(start + room, len(tokens))):
            if not tokens[k].word or (tokens[k].role and (sign or not pattern.relation)):
                break
            yield k + 1, start


def _named(tokens: tuple[Token, ...], at: int) -> bool:
    return at < len(tokens) and tokens[at].mention is not None


def _room(before: str, part: str, han: bool) -> int:
    """How many other words may stand between two parts."""
    if part == "[title]" or part in POSSESSIVE or not (part[0].isalnum() or part[0] == "["):
        return 0
    if part[0] == "[":
        return 0 if before[0] == "[" else (1 if not before[0].isalnum() else 4)
    if before[0] == "[":
        return 10 if han else 2
    return 0 if han or not before[0].isalnum() else 1


def _aside(tokens: tuple[Token, ...], at: int, part: str) -> int | None:
    """Where an apposition ends that starts at a token: in brackets, or (before a word) between commas."""
    if at >= len(tokens) or tokens[at].text not in ("(", "（", ",", "，") or (tokens[at].text in ",，" and not part[0].isalnum()):
        return None
    closing = CLOSE if tokens[at].text in OPEN else frozenset(",，")
    for k in range(at + 2, min(at + APPOSITION, len(tokens))):
        if tokens[k].text in closing:
            return k + 1
        if tokens[k].text in BREAK:
            return None
    return None
