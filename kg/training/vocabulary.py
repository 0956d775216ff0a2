"""An upstream word-piece vocabulary and raw text in, our vocabulary and its first vectors out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from kg.languages.encoder.pieces import FIRST, LAST, MASK, PAD, UNKNOWN

SPECIAL = (PAD, UNKNOWN, FIRST, LAST, MASK)
LATIN_END = 0x250
PUNCTUATION = range(0x2000, 0x2200)
REACH = 5


def choose(upstream: list[str], han: Iterable[str], latin: Iterable[str], least: int = 3, frequent: int = 25) -> list[str]:
    """Keep upstream's Latin pieces; add the characters of `han` seen `least` times and the words of `latin` seen `frequent` times."""
    kept = [p for p in upstream if p not in SPECIAL and not p.startswith("[unused") and all(map(_latin, p.removeprefix("##")))]
    characters: Counter[str] = Counter()
    for text in han:
        characters.update(c for c in text.lower() if not _latin(c) and not c.isspace())
    words: Counter[str] = Counter()
    for text in latin:
        words.update(re.findall(r"[a-z]{3,}", text.lower()))
    known = set(kept)
    fresh = sorted(w for w, n in words.items() if n >= frequent and w not in known)
    return [*SPECIAL, *(p for p in kept if p), *fresh, *sorted(c for c, n in characters.items() if n >= least)]


def vectors(pieces: list[str], upstream: Tokenizer, weights: Tensor, texts: list[str]) -> Tensor:
    """First vectors (pieces, width): upstream's own; means of upstream's pieces for new words; from co-occurrence for new characters."""
    rows = upstream.get_vocab()
    known = weights[sorted(rows[p] for p in pieces if p in rows)]
    table = known.mean(0) + known.std(0) * torch.randn(len(pieces), weights.shape[1])
    for n, piece in enumerate(pieces):
        if piece in rows:
            table[n] = weights[rows[piece]]
        elif len(piece) > 1:
            table[n] = weights[upstream.encode(piece, add_special_tokens=False).ids].mean(0)
    characters = [n for n, p in enumerate(pieces) if p not in rows and len(p) == 1]
    table[characters] = known.mean(0) + _cooccurrence([pieces[n] for n in characters], texts, weights.shape[1]) * known.std()
    return table


def _cooccurrence(characters: list[str], texts: list[str], width: int) -> Tensor:
    """Unit-variance vectors of characters: singular vectors of their positive pointwise mutual information (Levy & Goldberg 2014)."""
    size = len(characters) + 1
    codes = np.zeros(0x110000, dtype=np.int64)
    codes[[ord(c) for c in characters]] = np.arange(1, size)
    stream = codes[np.frombuffer("\n".join(texts).encode("utf-32-le"), dtype=np.uint32)]
    counts = np.zeros(size * size)
    for distance in range(1, REACH):
        counts += np.bincount(stream[:-distance] * size + stream[distance:], minlength=size * size)
    counts = counts.reshape(size, size)[1:, 1:]
    counts += counts.T
    sums = counts.sum(0) + 1
    with np.errstate(divide="ignore"):
        information = np.maximum(np.log(counts * sums.sum() / (sums[:, None] * sums**0.75 * (sums.sum() / (sums**0.75).sum()))), 0)
    u, s, _ = torch.svd_lowrank(torch.tensor(information, dtype=torch.float32), q=width, niter=3)
    found = u * s.sqrt()
    rotation, _ = torch.linalg.qr(torch.randn(width, width))  # spreads the leading directions over all dimensions
    found = found @ rotation
    return (found - found.mean(0)) / found.std()


def _latin(character: str) -> bool:
    return ord(character) < LATIN_END or ord(character) in PUNCTUATION
