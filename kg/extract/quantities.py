"""A parsed document, its mentions and claims in, the figures that it states of them out: amounts of money, shares and counts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from kg.extract.sentences import Sentences
from kg.extract.titles import alternation
from kg.model import Claim, Mention, Quantity, Span
from kg.ontology import Ontology
from kg.parse import Parsed

NUMBER = r"(?:\d{1,3}(?:[.,]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?)"
FIGURE = r"(?<![A-Za-z0-9.,])" + NUMBER
FAR = 120
KINDS = ("amount", "share", "count")


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of figures in one language: powers of ten and currencies by word, and a pattern for each kind of quantity."""

    scales: dict[str, int]
    currencies: dict[str, str]
    patterns: dict[str, re.Pattern[str]]


def quantities(
    parsed: Parsed, mentions: Sequence[Mention], claims: Sequence[Claim], ontology: Ontology
) -> tuple[tuple[Claim, ...], tuple[tuple[int, Quantity], ...]]:
    """Return the claims with the amounts and shares of their sentences, and the counts stated of chains."""
    document = parsed.document
    sentences = Sentences.of(document.identifier, document.text)
    figures = [
        q for part in parsed.parts for q in _figures(part.doc.text, part.start, document.identifier, _words(ontology, part.language))
    ]
    priced = [c for c in claims if not ontology.relations[c.predicate].membership]
    filled = tuple(replace(c, quantities=own) if (own := _own(c, figures, priced)) else c for c in claims)
    counts = ((_owner(q, mentions, sentences), q) for q in figures if q.kind == "count")
    return filled, tuple(sorted((owner, q) for owner, q in counts if owner is not None))


def _figures(text: str, start: int, document: str, words: _Words) -> Iterator[Quantity]:
    end = -1
    matches = ((m.start(), k, m) for k, kind in enumerate(KINDS) for m in words.patterns[kind].finditer(text))
    for at, k, match in sorted(matches, key=lambda x: x[:2]):
        if at >= end:
            said = {name.rstrip("2"): value for name, value in match.groupdict().items() if value}
            yield Quantity(KINDS[k], _value(said, words), _unit(KINDS[k], said, words), Span(document, start + at, start + match.end()))
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
        "count": rf"{figure}\s?(?:[a-z-]+\s)?(?P<unit>{alternation(lists.get('countedNoun', ()))})",
    }
    return _Words(scales, currencies, {k: re.compile(p, re.IGNORECASE) for k, p in patterns.items()})


def _any(words: Sequence[str] | dict[str, int] | dict[str, str]) -> str:
    return "(?:" + "|".join(map(re.escape, sorted(words, key=lambda w: (-len(w), w)))) + ")" if words else r"(?!)"


def _value(said: dict[str, str], words: _Words) -> str:
    """A plain decimal: separators of thousands taken out, words for powers of ten multiplied in."""
    figure = said["figure"]
    scale = said.get("scale", "").casefold()
    thousands = re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", figure) and not scale
    whole, _, rest = ("", "", re.sub(r"[.,]", "", figure)) if thousands else figure.replace(",", ".").rpartition(".")
    plain = f"{whole.replace('.', '')}.{rest}" if whole else rest
    value = format(Decimal(plain) * 10 ** words.scales.get(scale, 0), "f")
    return value.rstrip("0").rstrip(".") if "." in value else value


def _unit(kind: str, said: dict[str, str], words: _Words) -> str:
    """An ISO 4217 code, "%", or the noun counted."""
    return {"amount": words.currencies.get(said["unit"].casefold(), ""), "share": "%"}.get(kind, said["unit"])


def _own(claim: Claim, figures: Sequence[Quantity], priced: Sequence[Claim]) -> tuple[Quantity, ...]:
    """The amounts and shares of a claim's sentence, where all claims there that could own them state the same relation."""
    if claim not in priced:
        return ()
    rivals = {c.predicate for c in priced if c.evidence.start < claim.evidence.end and claim.evidence.start < c.evidence.end}
    inside = (q for q in figures if q.kind != "count" and claim.evidence.start <= q.span.start < claim.evidence.end)
    return tuple(inside) if rivals == {claim.predicate} else ()


def _owner(quantity: Quantity, mentions: Sequence[Mention], sentences: Sentences) -> int | None:
    """The chain named nearest before a count in its sentence."""
    n = sentences.at(quantity.span.start)
    here = sentences.span(n, n)
    before = [m for m in mentions if here.start <= m.span.start and m.span.end <= quantity.span.start <= m.span.end + FAR]
    return max(before, key=lambda m: m.span).chain if before else None
