"""A trained network and annotated texts it has not seen in, its thresholds and the scale of its confidence out."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

import numpy as np

from kg.extract.classifier import claims
from kg.extract.mentions import mentions
from kg.extract.quotations import marked
from kg.extract.sentences import Sentences
from kg.languages.encoder import Encoder
from kg.languages.encoder.calibration import Calibration
from kg.model import Claim, Mention
from kg.ontology import Ontology
from kg.parse import Parsed
from kg.training.gold import Annotated

LOWEST, STEPS, TRUST, RECALL, PLATEAU = -4.0, 60, 100, 0.75, 0.04

Triple = tuple[int, str, int]  # chain, predicate, chain


@dataclass(frozen=True)
class Judged:
    """Relations proposed on unseen texts: each with its predicate, raw log-odds and whether it is right; and how many there are to find."""

    proposed: tuple[tuple[str, float, bool], ...]
    wanted: Counter[str]


def judge(texts: Iterable[Annotated], encoder: Encoder, ontology: Ontology) -> Judged:
    """Propose relations down to a low threshold and compare each with the annotation; what is arguable does not count."""
    loose = replace(encoder, calibration=replace(encoder.calibration, scale=1.0, shift=0.0, thresholds={}, default=LOWEST))
    proposed: list[tuple[str, float, bool]] = []
    wanted: Counter[str] = Counter()
    for annotated in texts:
        document = annotated.extraction.document
        reading = loose.read(document.text, marked(document.text))
        named = mentions(Parsed(document, ()), reading, ontology, encoder.calibration)
        found = claims(named, reading, loose, ontology, Sentences.of(document.identifier, document.text))
        things = things_of(named, annotated)
        gold, arguable = triples(annotated, ontology)
        wanted.update(predicate for _, predicate, _ in gold)
        surest = {(c.subject, c.predicate, c.object): c for c in sorted(found, key=attrgetter("confidence"))}  # of several posts one
        for claim in surest.values():
            triple = _triple(claim, things, ontology)
            if triple not in arguable:
                proposed.append((claim.predicate, _odds(claim.confidence), triple in gold))
    return Judged(tuple(proposed), wanted)


def calibrate(judged: Judged, calibration: Calibration) -> Calibration:
    """Choose the thresholds of the best F (a relation's own counts as far as it was seen often), then fit Platt's scale above them."""
    default = _best([(o, r) for _, o, r in judged.proposed], sum(judged.wanted.values()))
    thresholds = {}
    for predicate, wanted in sorted(judged.wanted.items()):
        own = _best([(o, r) for p, o, r in judged.proposed if p == predicate], wanted)
        thresholds[predicate] = round((wanted * own + TRUST * default) / (wanted + TRUST), 3)
    kept = [(o, r) for p, o, r in judged.proposed if o > thresholds.get(p, default)]
    scale, shift = _platt(kept)
    return replace(calibration, scale=scale, shift=shift, thresholds=thresholds, default=round(default, 3))


def triples(annotated: Annotated, ontology: Ontology) -> tuple[set[Triple], set[Triple]]:
    """Give what is annotated as a fact, and apart from it what is arguable."""
    gold: set[Triple] = set()
    arguable: set[Triple] = set()
    for n, claim in enumerate(annotated.extraction.claims):
        doubtful = n in annotated.arguable_claims or {claim.subject, claim.object} & annotated.arguable_chains
        (arguable if doubtful else gold).add(ordered((claim.subject, claim.predicate, claim.object), ontology))
    return gold, arguable - gold


def things_of(named: Sequence[Mention], annotated: Annotated) -> dict[int, int]:
    """Which annotated chain each found chain is: the one it shares most characters of mentions with; else a number of its own."""
    votes: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for mention in named:
        for right in annotated.extraction.mentions:
            shared = min(mention.span.end, right.span.end) - max(mention.span.start, right.span.start)
            if shared > 0 and mention.type == right.type and not mention.nominal:
                votes[mention.chain][right.chain] += shared
    return {chain: count.most_common(1)[0][0] for chain, count in votes.items()}


def _triple(claim: Claim, things: dict[int, int], ontology: Ontology) -> Triple:
    return ordered((things.get(claim.subject, -1 - claim.subject), claim.predicate, things.get(claim.object, -1 - claim.object)), ontology)


def ordered(triple: Triple, ontology: Ontology) -> Triple:
    """Give a triple of chains, the lesser first where the relation is symmetric."""
    subject, predicate, other = triple
    return (min(subject, other), predicate, max(subject, other)) if ontology.relations[predicate].symmetric else triple


def _odds(confidence: float) -> float:
    bounded = min(max(confidence, 1e-4), 1 - 1e-4)
    return math.log(bounded / (1 - bounded))


def f_measure(judged: Sequence[tuple[float, bool]], wanted: int, threshold: float, recall: float = 1.0) -> float:
    """Give the F measure of what lies above a threshold, where recall counts `recall` times as much as precision."""
    kept = [right for odds, right in judged if odds > threshold]
    return (1 + recall) * sum(kept) / max(1, len(kept) + recall * wanted)


def plateau(judged: Sequence[tuple[float, bool]], wanted: int, candidates: Sequence[float], recall: float = 1.0) -> list[float]:
    """Give the candidates whose F is within `PLATEAU` of the best: on few texts the best alone is chance."""
    reached = [f_measure(judged, wanted, t, recall) for t in candidates]
    return [t for t, f in zip(candidates, reached, strict=True) if f >= (1 - PLATEAU) * max(reached)]


def _best(judged: list[tuple[float, bool]], wanted: int) -> float:
    """The threshold of the best F, from LOWEST up; precision counts more: what a graph states should be true first."""
    return float(np.mean(plateau(judged, wanted, [float(t) for t in np.linspace(LOWEST + 1.5, 3, STEPS)], RECALL)))


def _platt(judged: list[tuple[float, bool]]) -> tuple[float, float]:
    """Fit `scale` and `shift` of log-odds to what was right, by gradient descent on the log-loss (Platt 1999)."""
    if not judged:
        return 1.0, 0.0
    odds, right = np.array([o for o, _ in judged]), np.array([r for _, r in judged], dtype=float)
    scale, shift = 1.0, 0.0
    for _ in range(4000):
        wrong = 1 / (1 + np.exp(-(scale * odds + shift))) - right
        scale -= 0.05 * float((wrong * odds).mean() + 0.01 * (scale - 1))
        shift -= 0.05 * float(wrong.mean())
    return round(scale, 4), round(shift, 4)


def reliability(judged: Judged, calibration: Calibration) -> list[tuple[int, float, float]]:
    """Give, for each tenth of confidence that relations have, how many have it, their mean confidence and the share that is right."""
    tenths: defaultdict[int, list[tuple[float, bool]]] = defaultdict(list)
    for predicate, odds, right in judged.proposed:
        if odds > calibration.threshold(predicate):
            confidence = 1 / (1 + math.exp(-calibration.odds(odds)))
            tenths[int(10 * confidence)].append((confidence, right))
    return [(len(t), *(round(float(np.mean(column)), 3) for column in zip(*t, strict=True))) for _, t in sorted(tenths.items())]  # type: ignore[misc]


def scored(right: int, found: int, wanted: int) -> tuple[float, float, float]:
    """Give precision, recall and F1."""
    return right / max(1, found), right / max(1, wanted), 2 * right / max(1, found + wanted)


def report(judged: Judged, calibration: Calibration) -> dict[str, tuple[float, float, float]]:
    """Give precision, recall and F1 per relation and over all at the thresholds chosen."""
    table = {}
    for predicate in [*sorted(judged.wanted), ""]:
        kept = [r for p, o, r in judged.proposed if (not predicate or p == predicate) and o > calibration.threshold(p)]
        wanted = judged.wanted[predicate] if predicate else sum(judged.wanted.values())
        table[predicate or "all"] = tuple(round(s, 3) for s in scored(sum(kept), len(kept), wanted))
    return table  # type: ignore[return-value]
