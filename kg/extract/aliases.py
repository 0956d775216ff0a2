"""A parsed document and its mentions in, pairs of mentions that the text itself calls one, or not one, out."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from kg.brackets import bracketed, renamed
from kg.extract.lexicon import alternation, listed, possessive, until
from kg.han import HAN
from kg.model import Alias, Mention, Span
from kg.ontology import Ontology
from kg.parse import Parsed

LONGEST_GAP, LONGEST_DENIAL = 60, 120
END = re.compile(r"[.!?]\s|[。！？\n]")
SIGN = r"[\s,，:：\"'“”‘’「」『』《》（）()]"
SET_OFF = r"\s?[\"'”’」』》]?\s?[,，(（]\s?"
STOP = r"\s?[\"'”’」』》]?\s?(?:[,，.。;；:：!！?？、)）\n]|$)"
CODE = re.compile(r"[A-Z\d][A-Z\d.]{0,9}")  # a ticker: "ABC", "BRK.B", "600519.SH"
OPENING = 80  # characters before a name in which a sentence may open with a marker
ASIDE = r"(?:[,，][^,，]*[,，]|[(（][^()（）]*[)）])?"


@dataclass(frozen=True, slots=True)
class _Patterns:
    """What may stand between two names of one thing, and of two.

    `steady` words name things wherever they stand, `bracketed` ones in brackets only, a `ticker` label a code behind it. A `verb` between
    two names is active ("Boeing called Airbus …") unless it is `passive`, or `apart` from the first name and followed by what `closes` it.
    `denied` stands before a namesake, `denial` after it, and a `remark` of it, set off by commas, in what is said of a second one ("Ann
    Roe, the editor and no relation, …").
    """

    steady: re.Pattern[str]
    bracketed: re.Pattern[str]
    ticker: re.Pattern[str]
    passive: re.Pattern[str]
    apart: re.Pattern[str]
    opening: re.Pattern[str]
    dated: re.Pattern[str]
    closes: re.Pattern[str]
    owner: re.Pattern[str]
    denied: re.Pattern[str]
    companion: re.Pattern[str]
    denial: re.Pattern[str]
    remark: re.Pattern[str]
    pronoun: re.Pattern[str]


def aliases(parsed: Parsed, mentions: Sequence[Mention], ontology: Ontology) -> tuple[Alias, ...]:
    """Find names in brackets right behind a name of the same type, names joined by an alias marker, and namesakes kept apart."""
    text, patterns = parsed.document.text, _patterns(ontology)
    found = set(_distinct(text, sorted(mentions, key=lambda m: m.span), patterns))
    told_apart = {(a.first, a.second) for a in found}
    names = sorted((m for m in mentions if not m.nominal), key=lambda m: m.span)
    people = {ontology.top(c) for c in ontology.holders()}
    acting = ontology.acting()
    for n, first in enumerate(names):
        for second in names[n + 1 : n + 3]:
            kind = _called(first, second, text, patterns, articles=second.type not in people)
            if kind == "bracket" and not renamed(first.text, second.text, acting=second.type in acting):
                continue
            if kind and (first.span, second.span) not in told_apart:
                found.add(Alias(first.span, second.span, kind.casefold()))
    found.update(_referred(text, sorted(mentions, key=lambda m: m.span), patterns))
    return tuple(sorted(found))


def _referred(text: str, mentions: Sequence[Mention], patterns: _Patterns) -> Iterator[Alias]:
    """Yield the names brought in right behind what refers to a thing named before: "The company, formerly known as …"."""
    last: dict[int, Mention] = {}
    for first, second in pairwise(mentions):
        if not first.nominal:
            last[first.chain] = first
        named = last.get(first.chain)
        if not first.nominal or second.nominal or named is None or named.type != second.type or named.text == second.text:
            continue
        kind = _called(first, second, text, patterns, articles=False)
        if kind and kind != "bracket":
            yield Alias(named.span, second.span, kind.casefold())


def joined(mentions: Sequence[Mention], told: Sequence[Alias]) -> tuple[Mention, ...]:
    """Make one chain of the chains whose mentions the text calls one, the first keeps its number; and part those of namesakes."""
    parted = _parted(mentions, told)
    chains = {m.span: m.chain for m in parted}
    apart = {frozenset((chains[a.first], chains[a.second])) for a in told if not a.same}
    into: dict[int, int] = {}
    for alias in told:
        pair = (_root(chains[alias.first], into), _root(chains[alias.second], into))
        if alias.same and pair[0] != pair[1] and frozenset(pair) not in apart:
            into[max(pair)] = min(pair)
    return tuple(replace(m, chain=_root(m.chain, into)) if m.chain in into else m for m in parted)


def _root(chain: int, into: dict[int, int]) -> int:
    """The chain that a chain is part of at last; the way there is halved for whoever comes next."""
    while chain in into:
        into[chain] = into.get(into[chain], into[chain])
        chain = into[chain]
    return chain


def _parted(mentions: Sequence[Mention], told: Sequence[Alias]) -> Sequence[Mention]:
    """Give what the text says is another of one chain a new chain."""
    chains = {m.span: m.chain for m in mentions}
    parted: defaultdict[Span, list[Span]] = defaultdict(list)
    for alias in told:
        if not alias.same and chains[alias.first] == chains[alias.second]:
            parted[alias.first].append(alias.second)
    numbers = {span: n for n, spans in enumerate(parted.values(), max(chains.values(), default=0) + 1) for span in spans}
    return [replace(m, chain=numbers.get(m.span, m.chain)) for m in mentions]


def _called(first: Mention, second: Mention, text: str, patterns: _Patterns, *, articles: bool) -> str | None:
    """Say how the text calls two mentions one."""
    between = _between(first, second, text, LONGEST_GAP)
    if between is None:
        return None
    if bracketed(text, first.span.end, second.span.start, second.span.end):
        return "bracket"
    if patterns.owner.match(text, second.span.end):
        return None
    code = patterns.ticker.fullmatch(between) if articles and CODE.fullmatch(second.text) else None
    found = code or _marker(between, text, (first.span.start, second.span.end), patterns)
    return found["marker"] if found and (articles or not found["article"]) else None


def _marker(between: str, text: str, bounds: tuple[int, int], patterns: _Patterns) -> re.Match[str] | None:
    start, end = bounds
    if re.fullmatch(patterns.dated, between) and (opened := patterns.opening.search(text, max(0, start - OPENING), start)):
        return opened
    always = (patterns.steady, patterns.passive, *((patterns.bracketed,) if "(" in between or "（" in between else ()))
    found = next((m for p in always if (m := p.fullmatch(between))), None)
    return found or (patterns.apart.fullmatch(between) if patterns.closes.match(text, end) else None)


def _between(first: Mention, second: Mention, text: str, longest: int) -> str | None:
    """Give the text between two mentions of one type, where it is short and of one sentence."""
    between = text[first.span.end : second.span.start]
    distant = second.span.start < first.span.end or len(between) > longest or END.search(between)
    return None if first.type != second.type or distant else between


def _distinct(text: str, mentions: Sequence[Mention], patterns: _Patterns) -> Iterator[Alias]:
    """Yield namesakes kept apart: the one brought in, and whoever stands or is referred to as the other."""
    last: defaultdict[str, deque[Mention]] = defaultdict(lambda: deque(maxlen=2))
    for n, second in enumerate(mentions):
        firsts = () if second.nominal else tuple(last[second.type])
        last[second.type].append(second)
        for first in firsts:
            marker = _denial(first, second, text, patterns)
            named = _named(first, second, mentions[:n], patterns) if marker else None
            if marker and named:
                namesakes = _aside(second, mentions[n:], text) if named.chain == second.chain else (second,)
                yield from (Alias(named.span, m.span, marker.casefold(), same=False) for m in namesakes)
        if not second.nominal:
            yield from _remarked(n, mentions, text, patterns)


def _denial(first: Mention, second: Mention, text: str, patterns: _Patterns) -> str | None:
    between = _between(first, second, text, LONGEST_DENIAL)
    if between is None:
        return None
    after = patterns.denial.match(text, second.span.end) if patterns.companion.fullmatch(between) else None
    found = patterns.denied.fullmatch(between) or after
    return found["marker"] if found else None


def _remarked(n: int, mentions: Sequence[Mention], text: str, patterns: _Patterns) -> Iterator[Alias]:
    """Yield a namesake, wherever named, that is said to be none of the one named before it, who shares its last word only."""
    second = mentions[n]
    marker = patterns.remark.match(text, second.span.end)
    if not marker:
        return
    last = second.text.casefold().split()[-1:]
    shared = [m for m in mentions[:n] if not m.nominal and m.type == second.type and m.text.casefold().split()[-1:] == last]
    if shared and shared[-1].text != second.text:
        again = (m for m in mentions if m.chain == second.chain and m.text == second.text)
        yield from (Alias(shared[-1].span, m.span, marker["marker"].casefold(), same=False) for m in again)


def _named(first: Mention, second: Mention, before: Sequence[Mention], patterns: _Patterns) -> Mention | None:
    """Give a mention by name of what the first refers to: a noun of a thing other than the second, a pronoun by default of its namesake."""
    if not first.nominal:
        return first
    pronoun = patterns.pronoun.fullmatch(first.text)
    last = {m.chain: m for m in before if not m.nominal}
    if pronoun or first.chain != second.chain:
        return last.get(first.chain) or (last.get(second.chain) if pronoun else None)
    return None


def _aside(second: Mention, after: Sequence[Mention], text: str) -> Iterator[Mention]:
    """Yield all mentions of a namesake brought in: the rest of the text speaks again of the other."""
    last = until(END, text, second.span.end)
    yield from (m for m in after if m.chain == second.chain and m.span.start < last)


@lru_cache(maxsize=8)
def _patterns(ontology: Ontology) -> _Patterns:

    def any_of(*keys: str) -> str:
        return alternation(listed(ontology, None, *keys))

    joined = rf"(?:{SIGN}|{alternation(w for w in listed(ontology, None, 'copula') if HAN.match(w))})*"

    def found(before: str, *keys: str, after: str = rf"{joined}(?P<article>{any_of('article')}\s)?") -> re.Pattern[str]:
        return re.compile(rf"{before}(?P<marker>{any_of(*keys)}){after}", re.IGNORECASE)

    adverbs, lead = any_of("namingAdverb"), any_of("pronoun", "copula", "auxiliary", "namingAdverb")
    verb = alternation(w for w in listed(ontology, None, "aliasVerb") if HAN.match(w))
    joints = listed(ontology, None, "roleJoint")
    times = alternation(w for w in listed(ontology, None, "dateStart", "dateEnd") if not HAN.match(w) and w not in joints)
    apart = rf"(?:{SET_OFF}(?:{any_of('article')}\s\w+\s)?(?:{adverbs}\s*)*|\s?(?={verb}))"
    exchanges = rf"{any_of('tickerLabel')}\s?(?:{alternation(joints)}|[/,，、])"
    return _Patterns(
        steady=found(rf"{joined}(?:(?:{lead}\s*)*?|(?<=[,，(（]\s)(?:\w+\s){{0,2}}?)", "aliasMarker"),
        bracketed=found(joined, "aliasInBrackets"),
        opening=re.compile(
            rf"(?:^|[.!?。！？\n]\s*)(?P<marker>{any_of('aliasMarker')})\s(?P<article>{any_of('article')}\s)?$", re.IGNORECASE
        ),
        dated=re.compile(rf"(?:\s{times}\s[\w\s]{{2,18}})?,\s", re.IGNORECASE),
        ticker=found(rf"{SET_OFF}(?:{lead}\s*)*(?:{exchanges}\s?)*", "tickerLabel", after=r"\s?[:：]?\s?[\"'“‘「]?"),
        passive=found(rf"{joined}(?:{lead}\s*)*{any_of('copula')}\s*(?:\w+\s)?(?:{adverbs}\s*)*", "aliasVerb"),
        apart=found(apart, "aliasVerb"),
        closes=re.compile(rf"{STOP}|\s{times}", re.IGNORECASE),
        owner=re.compile(possessive(ontology), re.IGNORECASE),
        denied=found(rf"{ASIDE}[\s,，(（]*(?:{lead}\s*)*", "distinctMarker", after=r"[^,，;；:：]*"),
        companion=re.compile(rf"{ASIDE}\s*(?:{lead}\s*)*{any_of('companion')}[^,，;；:：]*", re.IGNORECASE),
        denial=found(r"[\s,，(（]*", "distinctMarker", after=""),
        remark=found(rf"(?:[,，][^.!?。！？;；()（）\n]{{0,60}}?)??[\s,，(（]+(?:{lead}\s*)*", "distinctMarker", after=r"\s*[,，.。)）]"),
        pronoun=re.compile(any_of("pronoun"), re.IGNORECASE),
    )
