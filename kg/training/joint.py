"""Examples in, a trained joint network out: taggers and links are learnt together, one window at a time."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from kg.languages.encoder.inventory import Inventory
from kg.languages.encoder.likeness import likeness
from kg.languages.encoder.pieces import CASES, Spelling, Splitter
from kg.languages.encoder.tags import decode
from kg.training.examples import IGNORED, OTHER_KIND, Example
from kg.training.network import Reader


@dataclass(frozen=True)
class Plan:
    """How long and how fast to learn, on batches of about `pieces`.

    The rates rise at first and then fall to the part `slowest` of themselves. From epoch `noisy` on, names found wrongly take part as
    things without relations. `vocabulary` tells whether the vectors of pieces are learnt too.
    """

    epochs: int = 12
    rate: float = 3e-4
    head_rate: float = 1e-3
    slowest: float = 0.0
    pieces: int = 1200
    noisy: int = 3
    vocabulary: bool = False
    seed: int = 0


@dataclass(frozen=True)
class Losses:
    """Turns a batch, cut by a splitter, into one loss."""

    inventory: Inventory
    cut: Splitter
    mask: Tensor  # (types + 2, types + 2, relations + 1)

    @classmethod
    def of(cls, inventory: Inventory, cut: Splitter) -> Losses:
        """Make one for the labels of an inventory."""
        return cls(inventory, cut, torch.from_numpy(inventory.mask()))

    def __call__(self, reader: Reader, batch: Sequence[Example], *, noisy: bool) -> Tensor:
        """Add up what every head got wrong, each part averaged over what it could get wrong."""
        ids, cases, hints, mask = _padded(batch)
        with torch.autocast("cpu", torch.bfloat16, enabled=HALVED):
            told = reader.tag(ids, cases, hints, mask)
        states, names, nominals, titles = (part.float() for part in told)
        total = 8 * self._tags(names, [e.names for e in batch])
        total = total + 4 * self._tags(nominals, [e.nominals for e in batch]) + 4 * self._tags(titles, [e.titles for e in batch])
        parts = [self._links(reader, states[n], names[n], e, noisy) for n, e in enumerate(batch) if e.linked and len(e.firsts)]
        if parts:
            right = max(1, sum(int((e.relations == 1).sum()) for e in batch))
            relation, status, same, date = (torch.stack(column).sum() for column in zip(*parts, strict=True))
            total = total + (relation + 1.2 * status + 0.6 * same + date) / right
        return total

    def _tags(self, logits: Tensor, targets: list[np.ndarray]) -> Tensor:
        target = torch.full(logits.shape[:2], IGNORED)
        for n, row in enumerate(targets):
            target[n, : len(row)] = torch.from_numpy(row)
        known = target >= 0
        scores = torch.log_softmax(logits, -1)
        loss = -scores[known].gather(1, target[known][:, None]).sum()
        half = target == OTHER_KIND
        if half.any():
            open_labels = [0, *(1 + 2 * t + i for t, name in enumerate(self.inventory.types) if name not in HALF for i in (0, 1))]
            loss = loss - torch.logsumexp(scores[half][:, open_labels], -1).sum()
        return loss / max(1, int(known.sum() + half.sum()))

    def _links(self, reader: Reader, states: Tensor, names: Tensor, example: Example, noisy: bool) -> tuple[Tensor, ...]:
        linked = _with_noise(example, names, self.inventory) if noisy else example
        firsts, lasts, kinds, sentences, things = (
            torch.from_numpy(a) for a in (linked.firsts, linked.lasts, linked.kinds, linked.sentences, linked.things)
        )
        alike = torch.from_numpy(likeness(_written(linked, self.inventory, self.cut)))
        relation, status, same, dates = reader.link(states, (firsts, lasts, kinds, sentences), alike)
        group = functional.one_hot(things, len(linked.types)).float()
        pooled = pool(relation, group)
        targets = torch.from_numpy(linked.relations)
        types = torch.from_numpy(linked.types)
        valid = self.mask[types[:, None], types] & (targets != IGNORED)
        diagonal = torch.eye(len(types), dtype=torch.bool)
        valid &= ~diagonal[..., None]
        lost = functional.binary_cross_entropy_with_logits(pooled[valid], targets[valid].float(), reduction="sum")
        told = _status_loss(relation, status, group, linked.statuses)
        return lost, told, self._same_loss(same, things, kinds), date_loss(dates, group, linked.periods)

    def _same_loss(self, same: Tensor, things: Tensor, kinds: Tensor) -> Tensor:
        types = kinds % len(self.inventory.types)
        types = torch.where(kinds >= self.inventory.quote, -1, types)
        valid = (types[:, None] == types) & (types >= 0) & (torch.arange(len(types))[:, None] > torch.arange(len(types)))
        both = (same + same.T) / 2
        return functional.binary_cross_entropy_with_logits(both[valid], (things[:, None] == things)[valid].float(), reduction="sum")


HALVED = bool(torch.cpu.get_capabilities().get("avx512_bf16"))  # whether the processor multiplies numbers of 16 bits, half as long
SHOUTED, LOWERED, HEADLINED, HEADLINE = 0.06, 0.04, 0.14, 16  # how often to change the casing of a window; pieces of a headline
PUBLISHED = ("encoder.pieces", "encoder.positions", "encoder.norm", "encoder.layers")
CASED = ("title", "upper", "mixed", "opening", "headline")
HALF = ("Person", "Organization")  # what the tagged-only corpora annotate: see training.columns


def _written(example: Example, inventory: Inventory, cut: Splitter) -> list[Spelling]:
    """The pieces that each mention is written with; quotations and dates have none."""
    spans = zip(example.firsts.tolist(), example.lasts.tolist(), example.kinds.tolist(), strict=True)
    return [() if kind >= inventory.quote else cut.spelled(example.window.ids[a : b + 1].tolist()) for a, b, kind in spans]


def pool(relation: Tensor, group: Tensor) -> Tensor:
    """Pool logits of mention pairs (n, n, r) over things: log-sum-exp; `group` is (n, things) of 0 and 1."""
    raised = torch.exp(relation.clamp(-20, 20))
    return torch.log(torch.einsum("ie,ijr,jf->efr", group, raised, group) + 1e-9)


def _status_loss(relation: Tensor, status: Tensor, group: Tensor, rows: np.ndarray) -> Tensor:
    """Ask for the right status at the pair of mentions that states the relation most clearly."""
    if not len(rows):
        return relation.sum() * 0
    lost = []
    for subject, other, kind, right in rows.tolist():
        here = torch.where(group[:, subject, None] * group[:, other] > 0, relation[..., kind].detach(), -torch.inf)
        best = int(here.argmax())
        logits = status[best // len(here), best % len(here), kind]
        lost.append(functional.cross_entropy(logits[None], torch.tensor([right])))
    return torch.stack(lost).sum()


def date_loss(dates: Tensor, group: Tensor, rows: np.ndarray) -> Tensor:
    """Ask of every claim and date whether one is the start or the end of the other: what the subject and the object say, together."""
    if not len(rows):
        return dates.sum() * 0
    subject, other, relation, date, side, right = torch.from_numpy(rows).T.contiguous()
    size, things = group.shape
    days = date.unique()
    raised = torch.exp(dates.clamp(-20, 20)).reshape(size, size, -1)
    pooled = torch.log(torch.einsum("ie,ijr,jd->edr", group, raised, group[:, days]) + 1e-9).view(things, len(days), *dates.shape[2:])
    day = torch.searchsorted(days, date)
    odds = pooled[subject, day, relation, side - 1] + pooled[other, day, relation, side + 1]
    return functional.binary_cross_entropy_with_logits(odds, right.float(), reduction="sum")


def _with_noise(example: Example, names: Tensor, inventory: Inventory) -> Example:
    """Add the names that the network finds wrongly, as things without any relation."""
    places = np.flatnonzero(example.begins)
    scores = torch.log_softmax(names.detach(), -1).numpy()[places]
    fresh = np.diff(places, prepend=-9) > 8
    taken = np.zeros(len(example.begins), dtype=bool)
    for first, last in zip(example.firsts, example.lasts, strict=True):
        taken[first : last + 1] |= last - first < 30
    taken |= (example.names == IGNORED) & example.begins
    extra = [(int(places[t.first]), int(places[t.last]), t.kind) for t in decode(scores, fresh)]
    extra = [(a, b, k) for a, b, k in extra if not taken[a : b + 1].any()][:6]
    if not extra:
        return example
    size, more = len(example.types), len(extra)
    relations = np.zeros((size + more, size + more, example.relations.shape[2]), dtype=np.int64)
    relations[:size, :size] = example.relations
    firsts, lasts, kinds = (np.array(c, dtype=np.int64) for c in zip(*extra, strict=True))
    nearest = np.abs(example.firsts[:, None] - firsts).argmin(0)
    return Example(
        example.window, example.names, example.nominals, example.titles,
        np.concatenate([example.firsts, firsts]), np.concatenate([example.lasts, lasts]), np.concatenate([example.kinds, kinds]),
        np.concatenate([example.sentences, example.sentences[nearest]]), np.concatenate([example.things, np.arange(size, size + more)]),
        np.concatenate([example.types, kinds]), relations, example.statuses, example.periods, example.begins,
    )  # fmt: skip


def _padded(batch: Sequence[Example]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    length = max(len(e.window.ids) for e in batch)
    rows = torch.zeros((3, len(batch), length), dtype=torch.long)
    mask = torch.zeros((len(batch), length), dtype=torch.bool)
    for n, example in enumerate(batch):
        size = len(example.window.ids)
        for k in range(3):
            rows[k, n, :size] = torch.from_numpy(example.window[k])
        mask[n, :size] = True
    return rows[0], rows[1], rows[2], mask


def batches(examples: list[Example], pieces: int, dice: random.Random) -> Iterator[list[Example]]:
    """Group examples of like length so that a batch holds about `pieces`; in random order."""
    ordered = sorted(examples, key=lambda e: len(e.window.ids) + dice.random() * 12)
    groups: list[list[Example]] = [[]]
    for example in ordered:
        if groups[-1] and (len(groups[-1]) + 1) * len(example.window.ids) > pieces:
            groups.append([])
        groups[-1].append(example)
    dice.shuffle(groups)
    yield from groups


def _recased(example: Example, dice: random.Random) -> Example:
    """Now and then show a window in capitals or in small letters, or some words as in a headline: not everywhere do cases tell."""
    chance = dice.random()
    if chance > SHOUTED + LOWERED + HEADLINED:
        return example
    cases = example.window.cases.copy()
    words = np.isin(cases, [CASES.index(c) for c in ("lower", "title", "opening", "headline")])
    if chance < SHOUTED:
        cases[words | (cases == CASES.index("mixed"))] = CASES.index("upper")
    elif chance < SHOUTED + LOWERED:
        cases[np.isin(cases, [CASES.index(c) for c in CASED])] = CASES.index("lower")
    else:
        start = dice.randrange(len(cases))
        cases[start : start + HEADLINE][words[start : start + HEADLINE]] = CASES.index("headline")
    return replace(example, window=example.window._replace(cases=cases))


Draw = Callable[[random.Random], list[Example]]


def _optimizer(reader: Reader, plan: Plan) -> torch.optim.Optimizer:
    """Let what stems from a published encoder learn at the rate of the plan, all that is ours at that of the heads."""
    named = [(n, p) for n, p in reader.named_parameters() if p.requires_grad]
    published = [p for n, p in named if n.startswith(PUBLISHED)]
    ours = [p for n, p in named if not n.startswith(PUBLISHED)]
    groups = [{"params": published, "lr": plan.rate}, {"params": ours, "lr": plan.head_rate}]
    return torch.optim.AdamW(groups, weight_decay=0.01, fused=True)


def train(reader: Reader, draw: Draw, losses: Losses, plan: Plan, out: Path) -> None:
    """Train in place on what `draw` gives for each epoch; after every epoch the weights so far are kept in `out`, the loss in `out/log`."""
    torch.manual_seed(plan.seed)
    dice = random.Random(plan.seed)
    reader.encoder.pieces.weight.requires_grad_(plan.vocabulary)
    optimizer = _optimizer(reader, plan)
    shown = list(batches(draw(dice), plan.pieces, dice))
    steps = plan.epochs * len(shown)
    rates = [plan.rate, plan.head_rate]
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, rates, total_steps=steps, pct_start=0.08, anneal_strategy="linear", final_div_factor=1 / (25 * max(plan.slowest, 4e-6))
    )  # which counts from where the rates begin, at a 25th
    began, step = time.time(), 0
    for epoch in range(plan.epochs):
        reader.train()
        average = 0.0
        for batch in shown:
            loss = losses(reader, [_recased(e, dice) for e in batch], noisy=epoch >= plan.noisy)
            average = _running(average, _descend(reader, loss, optimizer))
            step += 1
            if step < steps:
                schedule.step()
            if step % 10 == 0:
                _log(out, f"epoch {epoch} step {step}/{steps} loss {average:.3f} {time.time() - began:.0f}s")
        torch.save(reader.state_dict(), out / "reader.pt")
        shown = list(batches(draw(dice), plan.pieces, dice)) if epoch + 1 < plan.epochs else []


def _log(out: Path, line: str) -> None:
    with (out / "log").open("a", encoding="utf-8") as log:
        log.write(line + "\n")


def _descend(reader: Reader, loss: Tensor, optimizer: torch.optim.Optimizer) -> float:
    """Take one step down a loss, the gradients being bounded; give the loss."""
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
    optimizer.step()
    return loss.item()


def _running(average: float, loss: float) -> float:
    """Give the running mean of losses, `average` being that so far, 0 before the first."""
    return loss if average == 0 else 0.98 * average + 0.02 * loss
