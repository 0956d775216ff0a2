"""One extraction in, its Namings out: each string by which one chain of the document is named, with its places."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from kg.model import Extraction, Mention, Span
from kg.resolve.names import Form, Words


@dataclass(frozen=True, slots=True)
class Naming:
    """A string that names something in a document. `type` is a top class, `language` that of most of its mentions."""

    document: str
    chain: int
    form: Form
    type: str
    language: str
    spans: tuple[Span, ...]

    @property
    def text(self) -> str:
        """The string itself."""
        return self.form.text


def namings(extraction: Extraction, words: Words) -> tuple[Naming, ...]:
    """Group the named mentions of a document by chain and string, in order of their first places."""
    groups: dict[tuple[int, str], list[Mention]] = defaultdict(list)
    chains: dict[int, Counter[str]] = defaultdict(Counter)
    for mention in extraction.mentions:
        if not mention.nominal and mention.text.strip():
            groups[mention.chain, mention.text].append(mention)
            chains[mention.chain][mention.type] += 1
    texts: dict[int, set[str]] = defaultdict(set)
    for chain, text in groups:
        texts[chain].add(text)
    made = (_naming(m, chains[chain], frozenset(texts[chain]), words) for (chain, _), m in groups.items())
    return tuple(sorted(made, key=lambda n: (n.spans, n.text, n.type)))


def _naming(mentions: list[Mention], chain: Counter[str], others: frozenset[str], words: Words) -> Naming:
    types = Counter(m.type for m in mentions)
    kind = _known(mentions[0], others, words) or max(sorted(types), key=lambda t: (types[t], chain[t]))
    languages = Counter(m.language for m in mentions)
    language = max(sorted(languages), key=lambda name: languages[name])
    first = mentions[0]
    spans = tuple(sorted({m.span for m in mentions}))
    return Naming(first.span.document, first.chain, words.form(first.text, words.kind(kind)), kind, language, spans)


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
