"""The counts of a text and its mentions in, whose each is out: of what is said to have so many, not of what changes by so many."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from kg.extract.lexicon import alternation, listed
from kg.extract.sentences import Sentences
from kg.han import HAN
from kg.model import Mention, Quantity
from kg.ontology import Ontology

FAR, CUE, STEPS = 120, 24, 4
BREAK = re.compile(r"[,;:，；：]")
ASIDE = re.compile(r"[(（][^()（）]*[)）]")
POSSESSIVE = re.compile(r"['’]s?\s+$|(?<=['’]s)\s+$")


def counts(found: Iterable[Quantity], mentions: Sequence[Mention], sentences: Sentences, ontology: Ontology) -> list[tuple[int, Quantity]]:
    """Give each count the chain named within it or right behind it, else the one that its sentence says to have so many."""
    owners = sorted(_owners(mentions, sentences.text, ontology), key=_start)
    owned = ((_owner(q, owners, sentences, ontology), q) for q in found)
    return sorted((owner, q) for owner, q in owned if owner is not None)


def _owners(mentions: Sequence[Mention], text: str, ontology: Ontology) -> list[Mention]:
    """The mentions that a count may be stated of: what relations are stated of, but for people, those spoken to and sources."""
    relations = ontology.relations.values()
    people = set(map(ontology.top, ontology.holders()))
    stated_of = {ontology.top(c) for r in relations for c in r.domain} - people
    spoken_to = _cues(ontology)["spoken to"]
    possible = (m for m in mentions if m.type in stated_of)
    return [m for m in possible if m.nominal or not spoken_to.search(text[max(0, m.span.start - CUE) : m.span.start])]


def _start(mention: Mention) -> int:
    return mention.span.start


def _begun(owners: Sequence[Mention], start: int, end: int) -> Sequence[Mention]:
    """Those that begin between two places of the text."""
    return owners[bisect_left(owners, start, key=_start) : bisect_left(owners, end, key=_start)]


def _owner(quantity: Quantity, owners: Sequence[Mention], sentences: Sentences, ontology: Ontology) -> int | None:
    text, cues, start, end = sentences.text, _cues(ontology), quantity.span.start, quantity.span.end
    n = sentences.at(start)
    here = sentences.span(n, n).start
    within = iter(_begun(owners, start, end))
    behind = (m for m in _begun(owners, end, end + FAR) if cues["of"].fullmatch(text, end, m.span.start))
    owner = next(within, None) or next(behind, None)
    if owner:
        return None if cues["change"].search(_clause(text, max(here, start - FAR), start)) else owner.chain
    before = [m for m in _begun(owners, here, start) if m.span.end <= start <= m.span.end + FAR]
    at = _having(before, text, (here, start), cues) if before else None
    if at is None or not (has := _subject([m for m in before if m.span.end <= at], text, (here, at), cues)):
        return None
    clause = _clause(text, max(has.span.end, here), at)
    unreal = cues["change"].search(clause) or cues["aim"].search(clause) or _unreal(clause, ontology)
    return None if unreal or cues["speech"].search(text, has.span.end, start) else has.chain


def _having(before: Sequence[Mention], text: str, place: tuple[int, int], cues: dict[str, re.Pattern[str]]) -> int | None:
    """Where the words begin, in a sentence up to a number, that say of something before them to have so many."""
    here, start = place
    mark, named = POSSESSIVE.search(text, max(here, before[-1].span.start), start), before[-1].span.end
    if mark and named >= mark.start() - 2:
        return max(mark.start(), named)
    low = max(here, start - FAR)
    for match in reversed([*cues["having"].finditer(text, low, start), *cues["beside"].finditer(text, low, start)]):
        left = text[low : match.start()].rstrip()
        beside = left.endswith(",") or any(m.span.end == low + len(left) for m in before)
        if cues["about"].fullmatch(text, match.end(), start) and (match.re is cues["having"] or beside):
            return match.start()
    return None


def _subject(before: Sequence[Mention], text: str, place: tuple[int, int], cues: dict[str, re.Pattern[str]]) -> Mention | None:
    """What has the number: the name nearest before the verb, leaving out asides in brackets or commas; of verbs joined, the first."""
    here, at = place
    asides = [m.span() for m in ASIDE.finditer(text, here, at)]
    open_ = [m for m in before if not any(a <= m.span.start < b for a, b in asides)]
    if not open_:
        return None
    if cues["joined"].fullmatch(text, open_[-1].span.end, at):
        return open_[0]
    commas = [m.start() for m in BREAK.finditer(text, here, at)]
    if not commas or any(m.span.start > commas[-1] for m in open_) or len(text[commas[-1] + 1 : at].split()) > 1:
        return open_[-1]
    if cues["relative"].search(text, commas[-1], at):
        return open_[-1]
    for opening, closing in list(pairwise(commas))[: -STEPS - 1 : -1]:
        head = text[opening + 1 : closing].strip()
        named = next((m for m in open_ if not text[m.span.end : opening].strip(" )）") and m.span.end <= opening), None)
        if named and head and (head[0].islower() or HAN.match(head)):
            return named
    return open_[-1]


def _clause(text: str, start: int, end: int) -> str:
    return BREAK.split(text[start:end])[-1]


def _unreal(clause: str, ontology: Ontology) -> bool:
    """Whether a clause speaks of what is not, or not yet: in the longest words of status that it holds."""
    pattern, plain = _statuses(ontology)
    return any(found not in plain for found in pattern.findall(clause))


@lru_cache(maxsize=8)
def _statuses(ontology: Ontology) -> tuple[re.Pattern[str], frozenset[str]]:
    """The words of statuses, and those of statuses that hold."""
    plain = frozenset(c.text for s in ontology.statuses.values() if s.plain for c in s.cues)
    return re.compile(alternation(c.text for s in ontology.statuses.values() for c in s.cues)), plain


@lru_cache(maxsize=8)
def _cues(ontology: Ontology) -> dict[str, re.Pattern[str]]:
    """Patterns of the words beside counts, in all languages."""

    def words(*lists: str) -> str:
        return alternation(listed(ontology, None, *lists))

    negation = alternation(w for w in listed(ontology, None, "negation") if len(w) > 1)
    speech, few = words("speechVerb", "attribution"), words("aboutNumber", "countedNoun", "unitNoun")
    patterns = {
        "speech": speech,
        "spoken to": rf"{speech}\s*(?:{words('article')}\s)?$",
        "of": rf"\s*(?:{words('countOf')})?\s*(?:{words('article')}\s)?",
        "having": words("having"),
        "beside": words("havingBeside"),
        "about": rf"(?:\s*(?:{few}|\d[\d.,]*(?![\d.,])))*\s*",
        "change": rf"{words('changeWord', 'aheadCue')}|{negation}",
        "aim": rf"{words('aimWord')}",
        "joined": rf"\s*[,，]?\s*{words('roleJoint')}\s*(?:\w+\s+)?",
        "relative": words("pronoun"),
    }
    return {name: re.compile(pattern, re.IGNORECASE) for name, pattern in patterns.items()}
