"""One extraction in, its Namings out: each string by which one chain of the document is named, with its places.

Where places of one chain are judged to name different things, every mention goes with the last of these places before it, those before
the first with the first: a text that brings in a namesake speaks of the newcomer from there on.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kg.model import Extraction, Mention, Span
from kg.resolve.names import Form, Words


@dataclass(frozen=True, slots=True)
class Naming:
    """A string that names something in a document. `type` is a top class, `language` that of most of its mentions.

    `part` numbers the things that a chain was parted into by hand; a `code` is brought in as a ticker.
    """

    document: str
    chain: int
    form: Form
    type: str
    language: str
    spans: tuple[Span, ...]
    part: int = 0
    code: bool = False

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
    made = (replace(n, code=not codes.isdisjoint(n.spans)) for n in made)
    return tuple(sorted(made, key=lambda n: (n.spans, n.text, n.type)))


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
