"""A parsed document and its mentions in, pairs of people whom the text tells apart as kin out: who is brought in, and whose kin that is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

from kg.extract.authority import sides
from kg.extract.lexicon import alternation, listed
from kg.model import Alias, Mention
from kg.ontology import Ontology
from kg.parse import Parsed

END = re.compile(r"[.!?]\s|[。！？\n]")
REACH = 80  # characters that say whose kin someone is
SENTENCES = 300  # characters in which the one stands whose kin is brought in
NAMES = 100  # names before in which that one's are sought


@dataclass(frozen=True, slots=True)
class _Patterns:
    """How kin is brought in: `before` their name ("his son, Ann Roe"), set off `behind` it, and `between` two names ("…, son of …")."""

    before: re.Pattern[str]
    behind: re.Pattern[str]
    between: re.Pattern[str]


def kin(parsed: Parsed, mentions: Sequence[Mention], ontology: Ontology) -> tuple[Alias, ...]:
    """Find people brought in as kin: none is the one whose kin they are, however alike their names."""
    text, patterns = parsed.document.text, _patterns(ontology)
    _, people, _ = sides(ontology)
    named = sorted((m for m in mentions if not m.nominal and m.type in people), key=lambda m: m.span)
    pronouns = {m.span.end: m.chain for m in mentions if m.nominal and m.type in people}
    return tuple(sorted({a for n in range(1, len(named)) for a in _apart(n, named, pronouns, text, patterns)}))


def _apart(n: int, named: Sequence[Mention], pronouns: Mapping[int, int], text: str, patterns: _Patterns) -> Iterator[Alias]:
    one = named[n]
    if found := patterns.between.fullmatch(text[named[n - 1].span.end : one.span.start]):
        yield Alias(named[n - 1].span, one.span, found["marker"], same=False)
        return
    start = max(named[n - 1].span.end, one.span.start - REACH)
    found = patterns.before.search(text[start : one.span.start]) or patterns.behind.match(text, one.span.end)
    if found is None or one.span.start - named[n - 1].span.end > SENTENCES:
        return
    again = [m for m in named[n:] if m.chain == one.chain and m.text == one.text]
    apart = END.search(text, named[n - 1].span.end, one.span.start)  # in one sentence it is whoever is named there
    whose = {pronouns[end] for end in range(start, one.span.start) if apart and end in pronouns}
    for other in _owners(one, named[:n], whose - {one.chain}):
        yield from (Alias(other.span, m.span, found["marker"].casefold(), same=False) for m in again)


def _owners(one: Mention, before: Sequence[Mention], whose: Set[int]) -> Iterator[Mention]:
    """Yield by each of their names whose kin someone is: whom a pronoun before means, else the last named, if not of their chain."""
    near = [m for m in before[-3:] if one.span.start - m.span.end <= SENTENCES]
    meant = (m for m in reversed(near) if (m.chain in whose if whose else m.chain != one.chain))
    owner = next(meant, before[-1])
    names = {m.text: m for m in before[-NAMES:] if m.chain == owner.chain and m.text != one.text}
    yield from ({**names, owner.text: owner}).values()


@lru_cache(maxsize=8)
def _patterns(ontology: Ontology) -> _Patterns:
    def any_of(*keys: str) -> str:
        return alternation(listed(ontology, None, *keys))

    word = rf"(?P<marker>{any_of('kin')})"
    sign = r"[\s\"'“”‘’「」《》]"
    title = rf"(?:{any_of('honorific')}{sign}*)?"
    owned = rf"(?:{any_of('article')}\s)?(?:[\w-]+\s){{0,2}}?"
    also = rf"(?:\s{any_of('roleJoint')}\s[\w\s-]{{2,40}}[,，])?"
    return _Patterns(
        before=re.compile(rf"{word}{also}{sign}*[,，:：]?{sign}*{title}$"),
        behind=re.compile(rf"{sign}*[,，(（]\s?(?:{any_of('pronoun')}\s)?{owned}{word}\s?[,，.。;；)）]"),
        between=re.compile(rf"(?:[,，(（]\s?|\s?{any_of('copula')}\s?){owned}{word}\s{any_of('preposition')}\s[^,，;；:：.。\n]{{0,40}}"),
    )
