"""A text in, the figures in it out: amounts of money, shares and counts, as plain decimals with their units."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from kg.extract.lexicon import alternation
from kg.model import Quantity, Span
from kg.ontology import Ontology

NUMBER = r"(?:\d{1,3}(?:[.,]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?)"
FREE = r"(?<![A-Za-z0-9.,/])(?<![A-Za-z0-9]-)"
THOUSANDS = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*")
KINDS = ("amount", "share", "count")


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of figures in one language: powers of ten and currencies by word, its decimal mark, a pattern of each kind of figure."""

    scales: dict[str, int]
    currencies: dict[str, str]
    mark: str
    patterns: dict[str, re.Pattern[str]]


def figures(text: str, start: int, document: str, place: tuple[Ontology, str]) -> Iterator[Quantity]:
    """Find the figures of a stretch of a document that starts at `start`, in order; a range ("5–10 %") gives both its ends."""
    end, words = -1, _words(*place)
    matches = ((m.start(), k, m) for k, kind in enumerate(KINDS) for m in words.patterns[kind].finditer(text))
    for at, k, match in sorted(matches, key=lambda x: x[:2]):
        if at >= end:
            yield from _read(match, KINDS[k], start, document, words)
            end = match.end()


def _read(match: re.Match[str], kind: str, start: int, document: str, words: _Words) -> Iterator[Quantity]:
    groups = {name: n for name, n in match.re.groupindex.items() if match[n]}
    said = {name.rstrip("2"): match[n] for name, n in groups.items()}
    unit = {"amount": words.currencies.get(re.sub(r"\s(?=\$)", "", said["unit"].casefold()), ""), "share": "%"}.get(kind, said["unit"])
    if not unit:
        return  # "元旦"
    scale, word = said.get("scale", ""), said.get("within", "")
    first = begin = match.end() - len(match[0][len(word) :].lstrip())
    value = _value(said["figure"], scale, kind, words)
    if "low" in said:
        low = _value(said["low"], said.get("lowscale", scale), kind, words)
        end = max(match.end(name) for name in groups if name.startswith("low"))
        first = match.start("figure" if "figure" in groups else "figure2")
        if Decimal(low) < Decimal(value):
            yield Quantity(kind, low, unit, Span(document, start + begin, start + end))
    yield Quantity(kind, value, unit, Span(document, start + first, start + match.end()))


def _value(figure: str, scale: str, kind: str, words: _Words) -> str:
    """A plain decimal: separators of thousands taken out, words for powers of ten multiplied in.

    Three digits behind a language's decimal mark are decimals in a share or before such a word ("1.250 billion"), else thousands.
    """
    thousands = THOUSANDS.fullmatch(figure)
    decimals = thousands and thousands[1] == words.mark and figure.count(words.mark) == 1 and (scale or kind == "share")
    whole, _, rest = ("", "", re.sub(r"[.,]", "", figure)) if thousands and not decimals else figure.replace(",", ".").rpartition(".")
    plain = f"{whole.replace('.', '')}.{rest}" if whole else rest
    value = format(Decimal(plain) * 10 ** words.scales.get(scale.casefold(), 0), "f")
    return value.rstrip("0").rstrip(".") if "." in value else value


@lru_cache(maxsize=32)
def _words(ontology: Ontology, language: str) -> _Words:
    """Gather the lists scale3 … scale12 and currencyUSD …, and build the patterns of figures from them."""
    lists = {name: [n.text for n in names if n.language == language] for name, names in sorted(ontology.words.items())}
    scales = {w.casefold(): int(name[5:]) for name, words in lists.items() if re.fullmatch(r"scale\d+", name) for w in words}
    currencies = {w: name[8:] for name, words in lists.items() if re.fullmatch(r"currency[A-Z]{3}", name) for w in words}
    currencies |= dict.fromkeys(lists.get("noCurrency", ()), "")
    leading = [
        w for w in currencies if not re.match(r"[a-z]|[^\W_a-zA-Z]$", w)
    ]  # "won 12 contracts", "Euro 2024" and "東元10%" tell no money
    scale = rf"(?:\s?(?P<scale>{_any(scales)})(?![a-z]))?"
    second = {name: f"{name}2" for name in ("figure", "scale", "low", "lowscale", "within")}
    unit, percent = rf"(?:{_any(leading)}\s?)?", _any(lists.get("percent", ()))
    within, joint, high = _within(lists), _joint(lists), rf"(?P<figure>{NUMBER}){scale}"
    low = rf"(?P<low>{NUMBER})" + scale.replace("scale>", "lowscale>")
    figure = rf"{within}{FREE}(?:{low}{joint})?{high}"
    behind = rf"{figure}\s?(?P<unit2>{_any(currencies)})(?![a-z])"
    for name, other in second.items():
        behind = behind.replace(f"<{name}>", f"<{other}>").replace(f"({name})", f"({other})")
    patterns = {
        "amount": rf"{within}(?<![a-z])(?P<unit>{_any(leading)})\s?(?:{low}{joint}{unit})?{high}|{behind}",
        "share": rf"{within}{FREE}(?:(?P<low>{NUMBER})(?:\s?{percent})?{joint})?(?P<figure>{NUMBER})\s?(?P<unit>{percent})(?![a-z])",
        "count": rf"{figure}\s?(?:[\w-]+\s){{0,2}}?(?P<unit>{alternation(lists.get('countedNoun', ()))})",
    }
    folded = {w.casefold(): code for w, code in currencies.items()}
    mark = next(iter(lists.get("decimalMark", ())), ".")
    return _Words(scales, folded, mark, {k: re.compile(p, re.IGNORECASE) for k, p in patterns.items()})


def _within(lists: dict[str, list[str]]) -> str:
    """A pattern of the word that may stand before the two ends of a range ("between")."""
    return rf"(?:(?P<within>{alternation(lists.get('rangeOpener', ()))})\s*)?"


def _joint(lists: dict[str, list[str]]) -> str:
    """A pattern of what joins the two ends of a range: "and" only behind "between"."""
    both = alternation([*lists.get("rangeJoint", ()), *lists.get("betweenJoint", ())])
    return rf"(?(within)\s*{both}\s*|(?:\s?[-–—~～]\s?|\s*{alternation(lists.get('rangeJoint', ()))}\s*))"


def _any(words: Iterable[str]) -> str:
    listed = sorted(words, key=lambda w: (-len(w), w))
    written = (re.sub(r"(?<=\w)\\\$$", r"\\s?\\$", re.escape(w)) for w in listed)  # "S$" and "S $"
    return "(?:" + "|".join(written) + ")" if listed else r"(?!)"
