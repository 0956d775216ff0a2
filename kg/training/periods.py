"""Annotated texts in, the weights out by which a date is taken for the start or the end of a claim, with their card."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from kg import ontology
from kg.errors import TrainingError
from kg.extract.clock import SIDES, Odds
from kg.extract.clues import Scene
from kg.extract.dates import dates
from kg.extract.periods import Timing
from kg.extract.sentences import Sentences
from kg.model import Claim, Mention, Period, Span
from kg.ontology import Ontology
from kg.parse import parse
from kg.training.calibrate import scored
from kg.training.card import digest
from kg.training.encoder import split
from kg.training.gold import Annotated
from kg.training.written import DOCUMENTS

FOLDS, STEPS = 5, 60
RARE, RIDGE, WRITTEN = 5, 2.0, 0.5  # documents that a clue must occur in; penalty on squared weights; weight of texts written to learn from
CANDIDATES = tuple(n / 5 for n in range(-7, 5))  # log-odds
RECALL = 0.5  # what recall counts for in choosing the threshold of the card: a wrong date is worse than none

HEAD = """# When claims hold

A logistic regression over what the text says of a claim and a date together (`kg/extract/clues.py`): is the date the claim's start, its
end, or neither? The program adds what the network says; the scores of both together stand in the card of the network. Trained by
`kg train periods --gold GOLD` on gold/train, gold/passages (annotated documents and passages of this project; not published) and
kg/training/documents (written for kg by a language model; Apache-2.0), all dates of annotated claims.
"""


@dataclass(frozen=True)
class Row:
    """A claim of a document and a date beside it: the clues, and what the date is to the claim (0 neither, 1 start, 2 end)."""

    document: str
    claim: int
    value: str
    clues: tuple[str, ...]
    label: int
    weight: float


def train_periods(gold_folder: Path, out: Path) -> dict[str, Any]:
    """Train on all annotated texts but those held out, write `weights.json` and `card.md`; give the scores by cross-validation."""
    domain, material = ontology.load(), split(gold_folder)
    real = [*material.documents, *material.passages]
    rows = [row for a in real for row in _rows(a, domain, 1.0)] + [row for a in material.written for row in _rows(a, domain, WRITTEN)]
    if not any(row.label for row in rows):
        raise TrainingError(f"{gold_folder}: no annotated claim has a start or an end that its text gives")
    likely: dict[tuple[str, int], list[tuple[Odds, str]]] = defaultdict(list)
    for fold in range(FOLDS):
        timing = fit([r for r in rows if _fold(r.document) != fold])
        for row in rows:
            if _fold(row.document) == fold:
                likely[row.document, row.claim].append((timing.odds(row.clues), row.value))
    scores = {threshold: _score(real, likely, threshold) for threshold in CANDIDATES}
    threshold = max(CANDIDATES, key=lambda t: (_weighed(*scores[t]["all"][:2]), t))
    out.mkdir(parents=True, exist_ok=True)
    fit(rows).write(out / "weights.json")
    _card(out / "card.md", scores[threshold], gold_folder)
    return {"threshold": threshold, **scores[threshold]}


def fit(rows: Sequence[Row]) -> Timing:
    """Fit the weights of all clues that are frequent enough, by L-BFGS on the whole; the same each time."""
    seen: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for clue in row.clues:
            seen[clue].add(row.document)
    clues = sorted(clue for clue, where in seen.items() if len(where) >= RARE)
    table = _table(rows, {clue: n for n, clue in enumerate(clues)})
    labels, importance = torch.tensor([r.label for r in rows]), torch.tensor([r.weight for r in rows])
    weights, bias = torch.zeros(len(clues), len(SIDES), requires_grad=True), torch.zeros(len(SIDES), requires_grad=True)
    solver = torch.optim.LBFGS([weights, bias], max_iter=STEPS, history_size=8, line_search_fn="strong_wolfe")

    def loss() -> Tensor:
        solver.zero_grad()
        odds = torch.cat([torch.zeros(len(rows), 1), torch.sparse.mm(table, weights) + bias], 1)
        lost = (functional.cross_entropy(odds, labels, reduction="none") * importance).sum() + RIDGE * (weights**2).sum()
        lost.backward()
        return lost

    solver.step(loss)  # type: ignore[no-untyped-call]
    found = {clue: (round(start, 3), round(end, 3)) for clue, (start, end) in zip(clues, weights.tolist(), strict=True)}
    start, end = bias.tolist()
    return Timing({clue: sides for clue, sides in found.items() if any(sides)}, (round(start, 3), round(end, 3)))


def _table(rows: Sequence[Row], columns: dict[str, int]) -> Tensor:
    places = sorted({(n, columns[clue]) for n, row in enumerate(rows) for clue in row.clues if clue in columns})
    return torch.sparse_coo_tensor(torch.tensor(places).T, torch.ones(len(places)), (len(rows), len(columns)), check_invariants=True)


def _rows(annotated: Annotated, domain: Ontology, weight: float) -> Iterator[Row]:
    """Every claim with every date beside it, half for the evidence annotated, half for where its two things stand nearest.

    The program may take either for the evidence: a fact is often stated once plainly and once with its date.
    """
    extraction = annotated.extraction
    parsed = parse(extraction.document)
    days = dates(parsed, domain)
    sentences = Sentences.of(extraction.document.identifier, extraction.document.text)
    for placed in (_annotated, _nearest):
        bare = [replace(c, period=Period(), evidence=placed(c, sentences, extraction.mentions)) for c in extraction.claims]
        scene = Scene(parsed, bare, days, domain, extraction.mentions)
        for number, date, clues in scene.candidates():
            period, value = extraction.claims[number].period, scene.dates[date].value
            label = 1 if value == period.start else 2 if value == period.end else 0
            yield Row(extraction.document.identifier, number, value, tuple(sorted(set(clues))), label, weight / 2)


def _annotated(claim: Claim, sentences: Sentences, mentions: Sequence[Mention]) -> Span:
    """The sentences of the evidence as annotated."""
    return sentences.span(*sentences.of_span(claim.evidence))


def _nearest(claim: Claim, sentences: Sentences, mentions: Sequence[Mention]) -> Span:
    """The sentences from subject to object where these stand nearest; those annotated where one of them is not marked."""
    subjects, objects = ([m.span for m in mentions if m.chain == chain] for chain in (claim.subject, claim.object))
    pairs = ((max(a.start, b.start) - min(a.end, b.end), a, b) for a in subjects for b in objects)
    _, one, other = min(pairs, default=(0, None, None))
    return sentences.around(one, other) if one and other else _annotated(claim, sentences, mentions)


def _fold(document: str) -> int:
    return int(hashlib.sha256(document.encode()).hexdigest(), 16) % FOLDS


def _score(
    texts: Iterable[Annotated], likely: dict[tuple[str, int], list[tuple[Odds, str]]], threshold: float
) -> dict[str, tuple[float, float, float]]:
    """Precision, recall and F1 of starts and ends of real texts, by language and altogether."""
    right: Counter[str] = Counter()
    found: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    for annotated in texts:
        document = annotated.extraction.document
        for number, claim in enumerate(annotated.extraction.claims):
            rows = likely.get((document.identifier, number), [])
            best = {side: max(rows, key=lambda r, n=n: r[0][n], default=None) for n, side in enumerate(SIDES)}  # type: ignore[misc]
            given = {(side, row[1]) for n, (side, row) in enumerate(best.items()) if row and row[0][n] > threshold}
            there = {(side, getattr(claim.period, side)) for side in SIDES if getattr(claim.period, side)}
            for name in (document.language or "", "all"):
                right[name] += len(given & there)
                found[name] += len(given)
                wanted[name] += len(there)
    return {n: scored(right[n], found[n], wanted[n]) for n in sorted(wanted) if wanted[n]}


def _weighed(precision: float, recall: float) -> float:
    """F-measure in which recall counts `RECALL` times as much as precision."""
    return (1 + RECALL**2) * precision * recall / (RECALL**2 * precision + recall) if precision and recall else 0.0


def _card(path: Path, scores: dict[str, tuple[float, float, float]], gold_folder: Path) -> None:
    hashes = {"gold": digest(gold_folder / "train", gold_folder / "passages"), "documents": digest(DOCUMENTS)}
    lines = [HEAD, "SHA-256 over all files: " + ", ".join(f"{name} `{value}`" for name, value in hashes.items()) + ".", ""]
    lines += [f"## Starts and ends of annotated claims, in {FOLDS} folds by document (gold/train and gold/passages)", ""]
    lines += ["| language | precision | recall | F1 |", "|---|---|---|---|"]
    lines += [f"| {name} | " + " | ".join(f"{value:.3f}" for value in row) + " |" for name, row in scores.items()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
