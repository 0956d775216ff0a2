"""A trained network and unseen annotated texts in, the least log-odds out of its joins, its speakers and its dates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from kg.extract.classifier import speakers
from kg.extract.coreference import Same
from kg.extract.mentions import key, kinds_of, mentions
from kg.extract.quotations import marked
from kg.languages.encoder import Encoder, Reading
from kg.languages.encoder.calibration import Calibration
from kg.model import Mention
from kg.ontology import Ontology
from kg.parse import Parsed
from kg.training import clock
from kg.training.calibrate import RECALL, plateau
from kg.training.gold import Annotated

CANDIDATES = tuple(float(t) for t in np.linspace(-2, 5, 29))
PROBABILITIES = tuple(n / 20 for n in range(19))
SURE, STRICT = 0.8, 0.75
Judged = list[tuple[float, bool]]


def thresholds(
    texts: Iterable[Annotated], encoder: Encoder, ontology: Ontology, calibration: Calibration, whole: Iterable[Annotated]
) -> Calibration:
    """Choose `nominals` and `speaker` by F1, `names` so that four of five joins are right: others can follow.

    Where F hardly tells candidates apart, `speaker` is the one nearest to even odds, `believed` three quarters of the way to the strictest.

    `date` and `believed` are chosen as relations are, precision counting more: a wrong date is worse than none, and a name that is none
    takes part in facts that are none. `believed` is chosen on `whole` documents: passages were picked for their names, and have less beside
    them that looks like one.
    """
    texts = tuple(texts)
    doubtful = replace(encoder, calibration=calibration)
    forms = [judged for a in whole for judged in _forms(a, doubtful, ontology)]
    wanted = sum(right for _, right in forms)
    calibration = replace(calibration, believed=round(float(np.quantile(plateau(forms, wanted, PROBABILITIES, RECALL), STRICT)), 3))
    encoder = replace(encoder, calibration=calibration)
    names: Judged = []
    nominals: Judged = []
    spoken: Judged = []
    for annotated in texts:
        text = annotated.extraction.document.text
        reading = encoder.read(text, marked(text))
        right = _right(reading, annotated)
        same = Same.of(reading)
        names += _names(text, reading, right, same)
        nominals += _nominals(reading, right, same)
        spoken += _spoken(annotated, reading, encoder, ontology)
    speaker = min(_plateau(spoken, CANDIDATES), key=abs)
    calibration = replace(calibration, names=sure(names), nominals=_best(nominals), speaker=speaker)
    dated, wanted = clock.judged(texts, replace(encoder, calibration=calibration), ontology)
    return replace(calibration, date=round(float(np.mean(plateau(dated, wanted, CANDIDATES, RECALL))), 3))


def sure(judged: Judged) -> float:
    """The least candidate above which `SURE` of all pairs are right; the highest where none is."""
    for least in CANDIDATES:
        kept = [right for odds, right in judged if odds > least]
        if kept and sum(kept) >= SURE * len(kept):
            return least
    return CANDIDATES[-1]


def _best(judged: Judged) -> float:
    """The middle of the candidates that are as good as the best."""
    return round(float(np.mean(_plateau(judged, CANDIDATES))), 3)


def _plateau(judged: Judged, candidates: Sequence[float]) -> list[float]:
    return plateau(judged, sum(right for _, right in judged), candidates)


def _forms(annotated: Annotated, encoder: Encoder, ontology: Ontology) -> Iterator[tuple[float, bool]]:
    """Every written form found: the highest probability of its mentions, and whether most of them are of the type annotated."""
    text = annotated.extraction.document.text
    there = {("".join(m.text.casefold().split()), m.type) for m in annotated.extraction.mentions if not m.nominal}
    named = [f for f in encoder.read(text, marked(text)).mentions if not f.nominal]
    surest: defaultdict[str, float] = defaultdict(float)
    for found in named:
        surest[key(text, found)] = max(surest[key(text, found)], found.score)
    kinds = kinds_of(text, named, ontology)
    return ((score, (form, kinds[form]) in there) for form, score in surest.items())


def _right(reading: Reading, annotated: Annotated) -> list[int | None]:
    """The annotated chain of each mention found, where a mention of its type stands at the same place."""
    there = {(m.span.start, m.span.end): m for m in annotated.extraction.mentions}
    found = (there.get((f.start, f.end)) for f in reading.mentions)
    return [m.chain if m else None for m in found]


def _names(text: str, reading: Reading, right: list[int | None], same: Same) -> Iterator[tuple[float, bool]]:
    """Every pair of different names of one type that a window holds: mean log-odds, and whether both are one thing."""
    groups: dict[tuple[str, str], int] = {}
    first: list[tuple[str, int | None]] = []
    numbers = np.full(len(reading.mentions), -1)
    for n, found in enumerate(reading.mentions):
        if not found.nominal and right[n] is not None:
            numbers[n] = groups.setdefault((found.kind, key(text, found)), len(groups))
            first += [(found.kind, right[n])] if numbers[n] == len(first) else []
    for (one, other), (total, many) in same.between(numbers).items():
        if first[one][0] == first[other][0]:
            yield total / many, first[one][1] == first[other][1]


def _nominals(reading: Reading, right: list[int | None], same: Same) -> Iterator[tuple[float, bool]]:
    """The surest antecedent of every annotated nominal found: its log-odds, and whether it is right."""
    partners, mentions = same.partners(), reading.mentions
    for n, found in enumerate(mentions):
        if found.nominal and right[n] is not None:
            known = ((m, odds) for m, odds in partners.get(n, ()) if not mentions[m].nominal and right[m] is not None)
            odds = {m: told for m, told in known if mentions[m].kind == found.kind}
            if odds:
                surest = max(odds, key=lambda m: odds[m])
                yield odds[surest], right[n] == right[surest]


def _spoken(annotated: Annotated, reading: Reading, encoder: Encoder, ontology: Ontology) -> Iterator[tuple[float, bool]]:
    """The likeliest speaker of every quotation: its log-odds, and whether it is right."""
    document = annotated.extraction.document
    named: tuple[Mention, ...] = mentions(Parsed(document, ()), reading, ontology, encoder.calibration)
    owners = {m.chain: chain for m, chain in zip(named, _right(reading, annotated), strict=True) if chain is not None}
    said = {(u.span.start, u.span.end): u.speaker for u in annotated.extraction.utterances}
    for span, (odds, chain) in speakers(named, reading, ontology).items():
        gold = next((who for (a, b), who in said.items() if min(b, span[1]) - max(a, span[0]) > 0.5 * (b - a)), None)
        yield odds, gold is not None and owners.get(chain) == gold
