"""Corpora and annotated texts in, trained weights with their cards out: what `kg train` runs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kg.errors import TrainingError

CORPORA, GOLD, START = "CORPORA", "--gold", "--from"
NETWORK, PERIODS = "encoder", "periods"


def kinds() -> dict[str, tuple[str, ...]]:
    """Name what can be trained, each with what it is trained from.

    "encoder" is the network that reads all languages; "periods" are the weights that tell when claims hold.
    """
    return {NETWORK: (CORPORA, GOLD, START), PERIODS: (GOLD,)}


def train(kind: str, out: Path, corpora: Path | None = None, gold: Path | None = None, start: Path | None = None) -> dict[str, Any]:
    """Train one of `kinds` and write it to `out`; give the scores.

    "encoder" begins with the published English BERT in `start`, or goes on from the weights of kg there.

    Raise `TrainingError` where the `train` extra or a corpus is missing, the kind is unknown, or other folders are given than it reads.
    """
    given = {name: path for name, path in ((CORPORA, corpora), (GOLD, gold), (START, start)) if path is not None}
    _check(kind, given)
    try:
        import torch  # noqa: F401
    except ImportError as error:
        raise TrainingError(f"training {kind} needs the train extra: pip install 'kg[train]'") from error
    if kind == PERIODS:
        from kg.training.periods import train_periods

        return train_periods(given[GOLD], out)
    from kg.training.encoder import train_encoder

    return train_encoder(given[CORPORA], given[GOLD], out, given[START])


def _check(kind: str, given: Mapping[str, Path]) -> None:
    """Raise TrainingError for what is missing, and for what would not be read."""
    known = kinds()
    if kind not in known:
        raise TrainingError(f"unknown weights {kind!r}: choose from {', '.join(sorted(known))}")
    read = known[kind]
    for name in read:
        if name not in given:
            raise TrainingError(f"{kind} is trained from {' and '.join(read)}: {name} is missing")
    for name in given:
        if name not in read:
            raise TrainingError(f"{kind} is trained from {' and '.join(read)}: {name} would not be read")
