"""An annotated text and a stock of names in, the same text about others out: so that the network learns how names are used, not which."""

from __future__ import annotations

import csv
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from kg.languages.encoder.pieces import Splitter
from kg.model import Extraction, Mention, Span
from kg.training.gold import Annotated

SHARE = 0.6


class Naming(NamedTuple):
    """A full name and a shorter form of it, which may be the same."""

    long: str
    short: str


Stock = Mapping[tuple[str, str], list[Naming]]
_LISTS = (
    ("Organization", "zh", "zh/Company-Shorter-Form.txt"),
    ("Organization", "id", "id/dbpedia_organization.txt"),
)


def stock(annotated: Iterable[Annotated], gazetteers: Path, cut: Splitter) -> Stock:
    """Gather names by type and language: half from the annotated texts, half from the gazetteers.

    Of these the common Chinese words are left out ("imagination", "the future"): one list has thousands, and a network that was shown them
    as firms took the words for firms elsewhere.
    """
    names: defaultdict[tuple[str, str], list[Naming]] = defaultdict(list)
    for a in annotated:
        for mentions in _chains(a.extraction).values():
            forms = sorted({m.text for m in mentions}, key=lambda f: (-len(f), f))
            names[mentions[0].type, mentions[0].language].append(Naming(forms[0], forms[-1]))
    dice = random.Random(0)
    for (kind, language), found in sorted(_listed(gazetteers).items()):
        own, listed = names[kind, language], [n for n in found if not cut.common(cut(n).ids.tolist())]
        own += [Naming(n, n) for n in dice.sample(listed, min(len(listed), len(own)))]
    return names


def renamed(annotated: Annotated, names: Stock, dice: random.Random) -> Annotated:
    """Give every second thing another name of its type and language, all its forms and every span alike."""
    extraction = annotated.extraction
    chains = _chains(extraction)
    words = {chain: {w for m in mentions for w in m.text.casefold().split()} for chain, mentions in chains.items()}
    edits: list[tuple[int, int, str]] = []
    taken: set[Naming] = set()
    for chain, mentions in sorted(chains.items()):
        related = any(words[chain] & words[other] or _nested(mentions, chains[other]) for other in chains if other != chain)
        if related or chain in annotated.arguable_chains or dice.random() > SHARE:
            continue
        pool = names.get((mentions[0].type, mentions[0].language), [])
        if mentions[0].type != "Place" and pool:
            naming = dice.choice(pool)
            if naming in taken:
                continue
            taken.add(naming)
            longest = max(len(m.text) for m in mentions)
            edits += [(m.span.start, m.span.end, _form(m, naming, longest)) for m in mentions]
    return replace(annotated, extraction=_edited(extraction, sorted(edits))) if _disjoint(sorted(edits)) else annotated


def _form(mention: Mention, naming: Naming, longest: int) -> str:
    form = naming.long if len(mention.text) == longest else naming.short
    return form.upper() if mention.text.isupper() and len(mention.text) > 5 else form


def _edited(extraction: Extraction, edits: list[tuple[int, int, str]]) -> Extraction:
    text, parts, last = extraction.document.text, [], 0
    for start, end, new in edits:
        parts += [text[last:start], new]
        last = end
    changed = "".join([*parts, text[last:]])

    def moved(span: Span) -> Span:
        by = [sum(len(new) - (b - a) for a, b, new in edits if b <= place) for place in (span.start, span.end)]
        return Span(span.document, span.start + by[0], span.end + by[1])

    def words(span: Span) -> str:
        return changed[span.start : span.end]

    mentions = tuple(replace(m, span=moved(m.span), text=words(moved(m.span))) for m in extraction.mentions)
    claims = tuple(replace(c, evidence=moved(c.evidence)) for c in extraction.claims)
    utterances = tuple(replace(u, span=moved(u.span), text=words(moved(u.span))) for u in extraction.utterances)
    document = replace(extraction.document, text=changed)
    return replace(extraction, document=document, mentions=mentions, claims=claims, utterances=utterances)


def _chains(extraction: Extraction) -> dict[int, list[Mention]]:
    chains: defaultdict[int, list[Mention]] = defaultdict(list)
    for mention in extraction.mentions:
        if not mention.nominal:
            chains[mention.chain].append(mention)
    return chains


def _nested(mentions: list[Mention], others: list[Mention]) -> bool:
    return any(m.text in o.text or o.text in m.text for m in mentions for o in others)


def _disjoint(edits: list[tuple[int, int, str]]) -> bool:
    return all(a[1] <= b[0] for a, b in pairwise(edits))


def _listed(gazetteers: Path) -> dict[tuple[str, str], list[str]]:
    found = {(kind, language): list(_lines(gazetteers / path)) for kind, language, path in _LISTS}
    with (gazetteers / "en/sp500_constituents.csv").open(encoding="utf-8", newline="") as rows:
        found["Organization", "en"] = [row["Security"] for row in csv.DictReader(rows)]
    return found


def _lines(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8", errors="replace") as lines:  # some lists are damaged: those names are left out
        yield from (line.strip() for line in lines if 1 < len(line.strip()) < 40 and "\ufffd" not in line)
