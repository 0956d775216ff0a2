"""Raw text in, an encoder that knows its characters out: masked-word pretraining on top of the MiniLM layers."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from kg.languages.encoder.pieces import FIRST, LAST, MASK, Pieces, Splitter
from kg.training.descent import descend, running
from kg.training.network import WIDTH, Encoder

LENGTH, BATCH, MASKED = 126, 16, 0.2


class Pace(NamedTuple):
    """How many batches, and the seed of all chance."""

    steps: int
    seed: int


def pretrain(encoder: Encoder, splitter: Splitter, texts: list[str], pace: Pace, log: Path) -> None:
    """Train the encoder in place on batches of 16 x 128 pieces (Devlin et al. 2019, whole words masked)."""
    steps, seed = pace
    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)
    head = nn.Sequential(nn.Linear(WIDTH, WIDTH), nn.GELU(), nn.LayerNorm(WIDTH))
    bias = nn.Parameter(torch.zeros(encoder.pieces.num_embeddings))
    fresh = [*encoder.pieces.parameters(), *encoder.cases.parameters(), *encoder.hints.parameters(), *head.parameters(), bias]
    known = {id(p) for p in fresh}
    body = [p for p in encoder.parameters() if id(p) not in known]
    optimizer = torch.optim.AdamW([{"params": fresh, "lr": 2e-3}, {"params": body, "lr": 4e-4}], weight_decay=0.01, betas=(0.9, 0.98))
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, [2e-3, 4e-4], total_steps=steps, pct_start=0.06)
    encoder.train()
    began, average = time.time(), 0.0
    for step, (batch, targets) in enumerate(_batches(splitter, texts, steps)):
        states = encoder(*batch, torch.ones_like(batch[0], dtype=torch.bool))
        picked = head(states[targets >= 0])
        loss = functional.cross_entropy(picked @ encoder.pieces.weight.T + bias, targets[targets >= 0])
        average = running(average, descend(encoder, loss, optimizer))
        schedule.step()
        if step % 50 == 0:
            with log.open("a") as out:
                out.write(f"{step} {average:.3f} {time.time() - began:.0f}s\n")


def _batches(splitter: Splitter, texts: list[str], steps: int) -> Iterator[tuple[tuple[Tensor, Tensor, Tensor], Tensor]]:
    windows = _windows(splitter, texts)
    for _ in range(steps):
        masked = [_masked(next(windows), splitter) for _ in range(BATCH)]
        ids, cases, hints, targets = (torch.tensor(np.stack(rows)) for rows in zip(*masked, strict=True))
        yield (ids, cases, hints), targets


def _windows(splitter: Splitter, texts: list[str]) -> Iterator[Pieces]:
    """Cut the shuffled texts, joined, into windows of equal length, again and again."""
    while True:
        random.shuffle(texts)
        pool: list[Pieces] = []
        held = 0
        for text in texts:
            pool.append(splitter(text))
            held += len(pool[-1].ids)
            while held >= LENGTH:
                joined = Pieces(*(np.concatenate(parts) for parts in zip(*pool, strict=True)))
                yield joined.slice(0, LENGTH)
                pool, held = [joined.slice(LENGTH, held)], held - LENGTH


def _masked(window: Pieces, splitter: Splitter) -> tuple[np.ndarray, ...]:
    """Hide a fifth of the words: 80 % as [MASK], 10 % as another piece, 10 % as they are."""
    first, last, mask = map(splitter.number, (FIRST, LAST, MASK))
    begins = (window.hints % 2 == 1) | ((window.hints == 0) & (np.diff(window.words, prepend=-2) != 0))
    groups = np.cumsum(begins)
    hidden = np.isin(groups, [g for g in np.unique(groups) if random.random() < MASKED])
    hidden[0] |= not hidden.any()
    ids, targets = window.ids.copy(), np.where(hidden, window.ids, -1)
    dice = np.random.rand(len(ids))
    ids[hidden & (dice < 0.8)] = mask
    swapped = hidden & (dice >= 0.9)
    ids[swapped] = np.random.randint(5, splitter.tokenizer.get_vocab_size(), swapped.sum())
    return _framed(ids, first, last), _framed(window.cases, 5, 5), _framed(window.hints, 0, 0), _framed(targets, -1, -1)


def _framed(array: np.ndarray, left: int, right: int) -> np.ndarray:
    return np.concatenate([[left], array, [right]])
