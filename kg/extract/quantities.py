"""A parsed document, its mentions and claims in, the figures that it states of them out: amounts of money, shares and counts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from kg.extract.dates import Date
from kg.extract.lexicon import alternation
from kg.extract.sentences import Sentences
from kg.model import Claim, Mention, Quantity, Span
from kg.ontology import Ontology
from kg.parse import Parsed

NUMBER = r"(?:\d{1,3}(?:[.,]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?)"
FIGURE = r"(?<![A-Za-z0-9.,/])(?<![A-Za-z0-9]-)" + NUMBER
FAR, CUE = 120, 24
KINDS = ("amount", "share", "count")


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of figures in one language: powers of ten and currencies by word, and a pattern for each kind of quantity."""

    scales: dict[str, int]
    currencies: dict[str, str]
    patterns: dict[str, re.Pattern[str]]


def quantities(
    parsed: Parsed, mentions: Sequence[Mention], claims: Sequence[Claim], dates: Sequence[Date], ontology: Ontology
) -> tuple[tuple[Claim, ...], tuple[tuple[int, Quantity], ...]]:
    """Return the claims with the amounts and shares of their sentences, and the counts stated of chains, dated where the text says so."""
    document = parsed.document
    sentences = Sentences.of(document.identifier, document.text)
    figures = [q for part in parsed.parts for q in _figures(part.text, part.start, document.identifier, _words(ontology, part.language))]
    figures = [_dated(q, dates, sentences, ontology) for q in figures]
    filled = tuple(replace(c, quantities=own) if (own := _own(c, figures, claims, ontology)) else c for c in claims)
    owners = _owners(mentions, document.text, ontology)
    counted = (q for q in figures if q.kind == "count" and not any(_meet(d.span, q.span) for d in dates))
    counts = ((_owner(q, owners, sentences, ontology), q) for q in counted)
    return filled, tuple(sorted((owner, q) for owner, q in counts if owner is not None))


def _figures(text: str, start: int, document: str, words: _Words) -> Iterator[Quantity]:
    end = -1
    matches = ((m.start(), k, m) for k, kind in enumerate(KINDS) for m in words.patterns[kind].finditer(text))
    for at, k, match in sorted(matches, key=lambda x: x[:2]):
        if at >= end:
            said = {name.rstrip("2"): value for name, value in match.groupdict().items() if value}
            kind, span = KINDS[k], Span(document, start + at, start + match.end())
            yield Quantity(kind, _value(kind, said, words), _unit(kind, said, words), span)
            end = match.end()


@lru_cache(maxsize=32)
def _words(ontology: Ontology, language: str) -> _Words:
    """Gather the lists scale3 … scale12 and currencyUSD …, and build the patterns of figures from them."""
    lists = {name: [n.text.casefold() for n in names if n.language == language] for name, names in sorted(ontology.words.items())}
    scales = {w: int(name[5:]) for name, words in lists.items() if re.fullmatch(r"scale\d+", name) for w in words}
    currencies = {w: name[8:] for name, words in lists.items() if re.fullmatch(r"currency[A-Z]{3}", name) for w in words}
    scale = rf"(?:\s?(?P<scale>{_any(scales)})(?![a-z]))?"
    money = _any(currencies)
    figure = rf"(?P<figure>{FIGURE}){scale}"
    bare = rf"(?P<figure>{NUMBER}){scale}"
    second = figure.replace("figure>", "figure2>").replace("scale>", "scale2>")
    patterns = {
        "amount": rf"(?<![a-z])(?P<unit>{money})\s?{bare}|{second}\s?(?P<unit2>{money})",
        "share": rf"(?P<figure>{FIGURE})\s?(?P<unit>{_any(lists.get('percent', ()))})",
        "count": rf"{figure}\s?(?:[\w-]+\s){{0,2}}?(?P<unit>{alternation(lists.get('countedNoun', ()))})",
    }
    return _Words(scales, currencies, {k: re.compile(p, re.IGNORECASE) for k, p in patterns.items()})


def _any(words: Sequence[str] | dict[str, int] | dict[str, str]) -> str:
    return "(?:" + "|".join(map(re.escape, sorted(words, key=lambda w: (-len(w), w)))) + ")" if words else r"(?!)"


def _value(kind: str, said: dict[str, str], words: _Words) -> str:
    """A plain decimal: separators of thousands (which no share has) taken out, words for powers of ten multiplied in."""
    figure = said["figure"]
    scale = said.get("scale", "").casefold()
    thousands = re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", figure) and not scale and kind != "share"
    whole, _, rest = ("", "", re.sub(r"[.,]", "", figure)) if thousands else figure.replace(",", ".").rpartition(".")
    plain = f"{whole.replace('.', '')}.{rest}" if whole else rest
    value = format(Decimal(plain) * 10 ** words.scales.get(scale, 0), "f")
    return value.rstrip("0").rstrip(".") if "." in value else value


def _unit(kind: str, said: dict[str, str], words: _Words) -> str:
    """An ISO 4217 code, "%", or the noun counted."""
    return {"amount": words.currencies.get(said["unit"].casefold(), ""), "share": "%"}.get(kind, said["unit"])


def _dated(quantity: Quantity, dates: Sequence[Date], sentences: Sentences, ontology: Ontology) -> Quantity:
    """Give a figure the date that its sentence says it is of ("as of February 2025")."""
    text, here, cue = sentences.text, sentences.at(quantity.span.start), _as_of(ontology)
    same = (d for d in dates if sentences.at(d.span.start) == here)
    told = (d for d in same if cue.search(text[max(0, d.span.start - CUE) : d.span.start]) or _heads(d.span, text))
    nearest = min(told, key=lambda d: abs(d.span.start - quantity.span.start), default=None)
    return replace(quantity, date=nearest.value) if nearest else quantity


def _heads(date: Span, text: str) -> bool:
    """Whether a date opens its line, before a colon."""
    return text[date.end : date.end + 1] in (":", "：") and not text[text.rfind("\n", 0, date.start) + 1 : date.start].strip("-–—*•·# \t")


@lru_cache(maxsize=8)
def _as_of(ontology: Ontology) -> re.Pattern[str]:
    """The words that lead up to the date of a figure, right before it."""
    return re.compile(alternation(n.text for n in ontology.words.get("asOf", ())) + r"\s*(?:the\s)?$", re.IGNORECASE)


def _own(claim: Claim, figures: Sequence[Quantity], claims: Sequence[Claim], ontology: Ontology) -> tuple[Quantity, ...]:
    """The figures of a claim's sentence that its relation carries, where no claim of another relation there could own them."""
    carried = ontology.relations[claim.predicate].carries
    inside = [q for q in figures if q.kind in carried and claim.evidence.start <= q.span.start < claim.evidence.end]
    others = [ontology.relations[c.predicate] for c in claims if _meet(c.evidence, claim.evidence) and c.predicate != claim.predicate]
    return tuple(q for q in inside if not any(q.kind in o.carries for o in others))


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _owners(mentions: Sequence[Mention], text: str, ontology: Ontology) -> list[Mention]:
    """The mentions that a count may be stated of: what relations are stated of, but for people, those spoken to and sources."""
    relations = ontology.relations.values()
    people = set(map(ontology.top, ontology.holders()))
    stated_of = {ontology.top(c) for r in relations for c in r.domain} - people
    spoken_to = re.compile(_speech(ontology).pattern + r"\s*(?:the\s)?$", re.IGNORECASE)
    possible = (m for m in mentions if m.type in stated_of)
    return [m for m in possible if m.nominal or not spoken_to.search(text[max(0, m.span.start - CUE) : m.span.start])]


@lru_cache(maxsize=8)
def _speech(ontology: Ontology) -> re.Pattern[str]:
    """Words of speech or of a source."""
    return re.compile(alternation(n.text for name in ("speechVerb", "attribution") for n in ontology.words.get(name, ())), re.IGNORECASE)


@lru_cache(maxsize=8)
def _of(ontology: Ontology) -> re.Pattern[str]:
    """The words between a count and what it is of."""
    return re.compile(r"\s*(?:" + alternation(n.text for n in ontology.words.get("countOf", ())) + r")?\s*(?:the\s)?", re.IGNORECASE)


def _owner(quantity: Quantity, owners: Sequence[Mention], sentences: Sentences, ontology: Ontology) -> int | None:
    """The chain named within a count, right behind it, or nearest before it in its sentence and in the same speech."""
    of = _of(ontology)
    within = (m for m in owners if quantity.span.start <= m.span.start < quantity.span.end)
    behind = (m for m in owners if m.span.start >= quantity.span.end and of.fullmatch(sentences.text, quantity.span.end, m.span.start))
    owner = next(within, None) or next(behind, None)
    if owner:
        return owner.chain
    n = sentences.at(quantity.span.start)
    here = sentences.span(n, n)
    before = [m for m in owners if here.start <= m.span.start and m.span.end <= quantity.span.start <= m.span.end + FAR]
    nearest = max(before, key=lambda m: m.span, default=None)
    spoken = nearest and _speech(ontology).search(sentences.text, nearest.span.end, quantity.span.start)
    return nearest.chain if nearest and not spoken else None
