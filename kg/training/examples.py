"""Annotated texts in, windows with the targets of every head out: what the joint network learns from."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg import ontology
from kg.extract.dates import Date, dates
from kg.extract.quotations import quoted
from kg.languages import languages
from kg.languages.encoder.inventory import Inventory
from kg.languages.encoder.pieces import Pieces, Splitter
from kg.languages.encoder.windows import Window, sentence_numbers, windows
from kg.model import Claim, Document, Utterance
from kg.parse import Parsed, Part
from kg.training.gold import Annotated

IGNORED, OTHER_KIND = -1, -2
INSIDE = 0.6
WHOLE, HIDDEN, QUOTED = 0.5, 0.08, 30  # windows shown whole; pieces hidden of the others; pieces of what is a quotation and no name


@dataclass(frozen=True, slots=True)
class Example:
    """One window and what is right in it.

    Tag targets are (pieces,): a label, IGNORED, or OTHER_KIND for "no person and no organization, perhaps another thing".
    `firsts`, `lasts`, `kinds`, `sentences` and `things` are (mentions,); `relations` is (things, things, relations + 1) of 1, 0 and
    IGNORED; `statuses` are rows (subject, object, relation, status). `periods` are rows (subject, object, relation, date, 1 for a start
    and 2 for an end, whether it is that), one for every claim and date. `begins` is True at the first piece of each word. `linked` is
    False where nothing is known of relations.
    """

    window: Window
    names: np.ndarray
    nominals: np.ndarray
    titles: np.ndarray
    firsts: np.ndarray
    lasts: np.ndarray
    kinds: np.ndarray
    sentences: np.ndarray
    things: np.ndarray
    types: np.ndarray
    relations: np.ndarray
    statuses: np.ndarray
    periods: np.ndarray
    begins: np.ndarray
    linked: bool = True


@dataclass(frozen=True, slots=True)
class _Source:
    """A whole text, cut and annotated by pieces; a thing is a chain or, after the chains, a quotation."""

    pieces: Pieces
    sentences: np.ndarray
    names: np.ndarray
    nominals: np.ndarray
    titles: np.ndarray
    mentions: list[tuple[int, int, int, int]]  # first piece, last piece, kind, thing
    types: dict[int, int]
    annotated: Annotated
    speakers: list[tuple[int, int]]
    dates: dict[int, str]  # the values of the things that are dates


def examples(annotated: Annotated, splitter: Splitter, inventory: Inventory, *, exact: bool) -> Iterator[Example]:
    """Yield the windows of an annotated text; `exact` tells whether its nominals are annotated."""
    text = annotated.extraction.document.text
    source = _source(annotated, splitter, inventory, exact=exact)
    for window in windows(text, source.pieces, splitter):
        yield _example(window, source, inventory)


def hidden(example: Example, mask: int, dice: random.Random) -> Example:
    """Hide some pieces of every other window behind the piece `mask`, none of a mention: a reader must not hang on single words."""
    if dice.random() < WHOLE:
        return example
    chosen = np.random.default_rng(dice.randrange(2**31)).random(len(example.window.ids)) < HIDDEN
    ids = np.where(chosen & ~named(example), mask, example.window.ids)
    return replace(example, window=example.window._replace(ids=ids))


def named(example: Example) -> np.ndarray:
    """Tell which pieces of a window belong to a mention, or to its frame; bool of (pieces,)."""
    found = example.window.places < 0
    for first, last in zip(example.firsts.tolist(), example.lasts.tolist(), strict=True):
        found[first : last + 1] |= last - first < QUOTED
    return found


def tagged(text: str, spans: list[tuple[int, int, str | None]], splitter: Splitter, inventory: Inventory) -> Iterator[Example]:
    """Yield windows of a text of which only persons and organizations are annotated; a span without a type is unknown."""
    pieces = splitter(text)
    names = np.full(len(pieces.ids), OTHER_KIND)
    for start, end, kind in spans:
        _label(names, pieces, start, end, None if kind is None else inventory.types.index(kind))
    names[~_beginnings(pieces)] = IGNORED
    nothing = np.zeros(0, dtype=np.int64)
    for window in windows(text, pieces, splitter):
        ignored = np.full(len(window.ids), IGNORED)
        yield Example(
            window,
            names=_at(names, window),
            nominals=ignored,
            titles=ignored,
            firsts=nothing,
            lasts=nothing,
            kinds=nothing,
            sentences=nothing,
            things=nothing,
            types=nothing,
            relations=np.zeros((0, 0, len(inventory.relations) + 1)),
            statuses=np.zeros((0, 4), dtype=np.int64),
            periods=np.zeros((0, 6), dtype=np.int64),
            begins=_begins(pieces, window),
            linked=False,
        )


def _source(annotated: Annotated, splitter: Splitter, inventory: Inventory, *, exact: bool) -> _Source:
    extraction = annotated.extraction
    text = extraction.document.text
    pieces = splitter(text)
    size = len(pieces.ids)
    names, titles = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
    nominals = np.full(size, 0 if exact else IGNORED)
    mentions = [*_named(annotated, pieces, inventory, names, nominals)]
    for claim in extraction.claims:
        for start, end in _occurrences(text, claim):
            _label(titles, pieces, start, end, 0)
    quotes = dict(enumerate(quoted(text), 1 + _last(annotated)))
    speakers = [(u.speaker, n) for n, span in quotes.items() for u in extraction.utterances if _overlap(u, *span)]
    for n, (start, end) in quotes.items():
        inside = np.flatnonzero((pieces.starts >= start) & (pieces.ends <= end))
        mentions += [(int(inside[0]), int(inside[-1]), inventory.quote, n)] if len(inside) else []
    days = known_dates(extraction.document)
    numbers = {value: n for n, value in enumerate(dict.fromkeys(d.value for d in days), 1 + max(quotes, default=_last(annotated)))}
    for day in days:
        inside = np.flatnonzero((pieces.ends > day.span.start) & (pieces.starts < day.span.end))
        mentions += [(int(inside[0]), int(inside[-1]), inventory.date, numbers[day.value])] if len(inside) else []
    inside_words = ~_beginnings(pieces)
    for targets in (names, nominals, titles):
        targets[inside_words] = IGNORED
    types = {thing: inventory.type_of(kind) for _, _, kind, thing in mentions}
    dates = {n: value for value, n in numbers.items()}
    return _Source(pieces, sentence_numbers(text, pieces), names, nominals, titles, mentions, types, annotated, speakers, dates)


def _named(
    annotated: Annotated, pieces: Pieces, inventory: Inventory, names: np.ndarray, nominals: np.ndarray
) -> Iterator[tuple[int, int, int, int]]:
    """Label the names and nominals of a text; yield first piece, last piece, kind and chain of each."""
    for mention in annotated.extraction.mentions:
        kind = inventory.types.index(mention.type)
        arguable = mention.chain in annotated.arguable_chains
        found = _label(nominals if mention.nominal else names, pieces, mention.span.start, mention.span.end, None if arguable else kind)
        if found:
            yield *found, kind + mention.nominal * len(inventory.types), mention.chain


def _last(annotated: Annotated) -> int:
    """The highest number of a chain."""
    return max((m.chain for m in annotated.extraction.mentions), default=-1)


def known_dates(document: Document) -> tuple[Date, ...]:
    """The dates of a text that is in one language."""
    language = document.language
    parts = (Part(0, language, document.text, Doc(Vocab())),) if language in languages() else ()
    return dates(Parsed(document, parts), ontology.load())


def _example(window: Window, source: _Source, inventory: Inventory) -> Example:
    where = {int(p): n for n, p in enumerate(window.places) if p >= 0}
    low, high = min(where), max(where)
    inside = [(max(a, low), min(b, high), kind, thing) for a, b, kind, thing in source.mentions if a <= high and b >= low]
    order = {thing: n for n, thing in enumerate(dict.fromkeys(m[3] for m in inside))}
    relations, statuses, periods = _relations(order, source, inventory, (source.pieces.starts[low], source.pieces.ends[high]))
    column = [np.array(c, dtype=np.int64) for c in zip(*inside, strict=True)] if inside else [np.zeros(0, dtype=np.int64)] * 4
    return Example(
        window,
        names=_at(source.names, window),
        nominals=_at(source.nominals, window),
        titles=_at(source.titles, window),
        firsts=np.array([where[p] for p in column[0]], dtype=np.int64),
        lasts=np.array([where[p] for p in column[1]], dtype=np.int64),
        kinds=column[2],
        sentences=source.sentences[column[0]],
        things=np.array([order[t] for t in column[3]], dtype=np.int64),
        types=np.array([source.types[t] for t in order], dtype=np.int64),
        relations=relations,
        statuses=statuses,
        periods=periods,
        begins=_begins(source.pieces, window),
    )


def _relations(
    order: dict[int, int], source: _Source, inventory: Inventory, bounds: tuple[int, int]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Targets between the things of a window; a claim whose evidence lies elsewhere or that is arguable is ignored."""
    targets = np.zeros((len(order), len(order), len(inventory.relations) + 1), dtype=np.int64)
    for thing in source.annotated.arguable_chains & order.keys():
        targets[order[thing], :, :-1] = targets[:, order[thing], :-1] = IGNORED
    for speaker, quote in source.speakers:
        if speaker in order and quote in order:
            targets[order[speaker], order[quote], -1] = 1
    return targets, *_claimed(targets, order, source, inventory, bounds)


def _claimed(
    targets: np.ndarray, order: dict[int, int], source: _Source, inventory: Inventory, bounds: tuple[int, int]
) -> tuple[np.ndarray, np.ndarray]:
    """Write the claims of a window into its targets; give the rows of their statuses and of their dates."""
    rows = []
    held: dict[tuple[int, int, int], set[tuple[int, str]]] = {}
    for n, claim in enumerate(source.annotated.extraction.claims):
        if claim.subject not in order or claim.object not in order:
            continue
        relation, status = inventory.relations.index(claim.predicate), inventory.statuses.index(claim.status)
        taught = n not in source.annotated.arguable_claims and _within(claim, bounds)
        for subject, other in inventory.directions(relation, order[claim.subject], order[claim.object]):
            if targets[subject, other, relation] == 0 or taught:
                targets[subject, other, relation] = 1 if taught else IGNORED
            if taught:
                rows.append((subject, other, relation, status))
                period = {(side, value) for side, value in ((1, claim.period.start), (2, claim.period.end)) if value}
                held[subject, other, relation] = held.get((subject, other, relation), set()) | period
    days = [(order[thing], value) for thing, value in source.dates.items() if thing in order]
    dated = [(*key, day, side, (side, value) in period) for key, period in held.items() for day, value in days for side in (1, 2)]
    return np.array(rows, dtype=np.int64).reshape(-1, 4), np.array(dated, dtype=np.int64).reshape(-1, 6)


def _within(claim: Claim, bounds: tuple[int, int]) -> bool:
    shared = min(claim.evidence.end, bounds[1]) - max(claim.evidence.start, bounds[0])
    return bool(shared >= INSIDE * (claim.evidence.end - claim.evidence.start))


def _overlap(utterance: Utterance, start: int, end: int) -> bool:
    shared = min(utterance.span.end, end) - max(utterance.span.start, start)
    return 2 * shared > min(end - start, utterance.span.end - utterance.span.start)


def _occurrences(text: str, claim: Claim) -> Iterator[tuple[int, int]]:
    """Where the words of a claim's title stand within its evidence."""
    start = text.find(claim.title, claim.evidence.start, claim.evidence.end) if claim.title else -1
    if claim.title and start >= 0:
        yield start, start + len(claim.title)


def _label(targets: np.ndarray, pieces: Pieces, start: int, end: int, kind: int | None) -> tuple[int, int] | None:
    """Write one span in BIO (None: unknown); give its first and last piece."""
    inside = np.flatnonzero((pieces.ends > start) & (pieces.starts < end))
    if not len(inside):
        return None
    targets[inside] = IGNORED if kind is None else 2 + 2 * kind
    if kind is not None:
        targets[inside[0]] = 1 + 2 * kind
    return int(inside[0]), int(inside[-1])


def _beginnings(pieces: Pieces) -> np.ndarray:
    """True for the first piece of each word."""
    return np.diff(pieces.words, prepend=-2) != 0


def _begins(pieces: Pieces, window: Window) -> np.ndarray:
    return np.where(window.places >= 0, _beginnings(pieces)[window.places], False)


def _at(targets: np.ndarray, window: Window) -> np.ndarray:
    return np.where(window.places >= 0, targets[window.places], IGNORED)
