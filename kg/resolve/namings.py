"""One extraction in, its Namings out: each string by which one chain of the document is named, with its places.

Where places of one chain are judged to name different things, every mention goes with the last of these places before it, those before
the first with the first: a text that brings in a namesake speaks of the newcomer from there on.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kg.extract.lexicon import alternation, listed
from kg.model import Extraction, Mention, Span
from kg.ontology import Ontology
from kg.resolve.names import Form, Words

REACH = 40  # characters before a name that say how it is brought in


@dataclass(frozen=True, slots=True)
class Naming:
    """A string that names something in a document. `type` is a top class, `language` that of most of its mentions.

    `part` numbers the things that a chain was parted into by hand; a `code` is brought in as a ticker, a `former` name as one of old.
    """

    document: str
    chain: int
    form: Form
    type: str
    language: str
    spans: tuple[Span, ...]
    part: int = 0
    code: bool = False
    former: bool = False

    @property
    def text(self) -> str:
        """The string itself."""
        return self.form.text


def namings(extraction: Extraction, words: Words, different: Iterable[tuple[Span, Span]] = ()) -> tuple[Naming, ...]:
    """Group the named mentions of a document by chain and string, in order of their first places; pairs of places may part a chain."""
    named = [m for m in extraction.mentions if not m.nominal and m.text.strip()]
    begins = _begins(named, different)
    groups: dict[tuple[int, int, str], list[Mention]] = defaultdict(list)
    chains: dict[int, Counter[str]] = defaultdict(Counter)
    texts: dict[int, set[str]] = defaultdict(set)
    for mention in named:
        part = max(0, bisect_right(begins[mention.chain], mention.span.start) - 1)
        groups[mention.chain, part, mention.text].append(mention)
        chains[mention.chain][mention.type] += 1
        texts[mention.chain].add(mention.text)
    made = (_naming(m, part, chains[chain], frozenset(texts[chain]), words) for (chain, part, _), m in groups.items())
    labels = {w.text.casefold() for w in words.ontology.words.get("tickerLabel", ())}
    codes = {a.second for a in extraction.aliases if a.same and a.kind in labels}
    former = frozenset(_former(extraction, words))
    made = (replace(n, code=not codes.isdisjoint(n.spans), former=not former.isdisjoint(n.spans)) for n in made)
    return tuple(sorted(made, key=lambda n: (n.spans, n.text, n.type)))


def _former(extraction: Extraction, words: Words) -> Iterator[Span]:
    """Yield the places of names that a text says are no longer in use: behind or before a word that says so, as the word demands."""
    text, (former, later) = extraction.document.text, _times(words.ontology)
    for alias in (a for a in extraction.aliases if a.same):
        start = max(alias.first.end, alias.second.start - REACH)
        old, new = (max((m.end() for m in p.finditer(text, start, alias.second.start)), default=-1) for p in (former, later))
        if new > old or any(m.end() + 1 == alias.first.start for m in former.finditer(text, max(0, alias.first.start - REACH), start)):
            yield alias.first
        elif old >= 0:
            yield alias.second


@lru_cache(maxsize=8)
def _times(ontology: Ontology) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Give the patterns of the words before a name of former times, and before one that replaces another."""
    former, later = (re.compile(alternation(listed(ontology, None, key)), re.IGNORECASE) for key in ("formerName", "laterName"))
    return former, later


def _begins(named: Sequence[Mention], different: Iterable[tuple[Span, Span]]) -> dict[int, list[int]]:
    """Tell for each chain where the mentions start that are judged to name different things of it, in order."""
    begins: dict[int, set[int]] = defaultdict(set)
    for one, other in different:
        first, second = _touched(named, one), _touched(named, other)
        for chain in first.keys() & second.keys():
            begins[chain] |= {first[chain], second[chain]}
    return defaultdict(list, {chain: sorted(starts) for chain, starts in begins.items()})


def _touched(named: Sequence[Mention], place: Span) -> dict[int, int]:
    """Map each chain that a place names to the start of its first mention there."""
    starts: dict[int, int] = {}
    for span, chain in ((m.span, m.chain) for m in named if m.span.start < place.end and place.start < m.span.end):
        starts[chain] = min(span.start, starts.get(chain, span.start))
    return starts


def _naming(mentions: list[Mention], part: int, chain: Counter[str], others: frozenset[str], words: Words) -> Naming:
    types = Counter(m.type for m in mentions)
    kind = _known(mentions[0], others, words) or max(sorted(types), key=lambda t: (types[t], chain[t]))
    languages = Counter(m.language for m in mentions)
    language = max(sorted(languages), key=lambda name: languages[name])
    first = mentions[0]
    spans = tuple(sorted({m.span for m in mentions}))
    return Naming(first.span.document, first.chain, words.form(first.text, words.kind(kind)), kind, language, spans, part)


def _known(mention: Mention, others: frozenset[str], words: Words) -> str | None:
    """The type that the authority file gives a name read as another; a surname in a full name stays."""
    told = words.told(mention.text)
    if told is None or not words.ontology.prevails(told, mention.type):
        return None
    form = words.form(mention.text, words.kind(mention.type))
    fuller = (words.form(o, form.kind).tokens for o in others if o != mention.text)
    if form.bare and any(form.key in (tokens[-1], tokens[0][:1]) for tokens in fuller):
        return None
    return told
