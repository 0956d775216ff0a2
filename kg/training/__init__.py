"""Corpora and annotated texts in, trained weights with their cards out: what `kg train` runs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kg.errors import TrainingError

SHARED: Mapping[str, tuple[str, ...]] = {"encoder": ("CORPORA", "--gold"), "periods": ("--gold",)}
PIPELINE = ("CORPORA",)


def reads(language: str) -> tuple[str, ...]:
    """Name what a language's pipeline, or what all languages share, is trained from; raise `TrainingError` for an unknown one."""
    from kg.languages import languages

    if language not in (*SHARED, *languages()):
        raise TrainingError(f"unknown language {language!r}: choose from {', '.join((*SHARED, *languages()))}")
    return SHARED.get(language, PIPELINE)


def train(language: str, out: Path, corpora: Path | None = None, gold: Path | None = None, start: Path | None = None) -> dict[str, Any]:
    """Train a language's pipeline ("en", "id", "zh") or what all share and write it to `out`; give the scores.

    "encoder" is the network, "periods" the weights that tell when claims hold. The network goes on from the weights in `start`, if given.

    Raise `TrainingError` where the `train` extra or a corpus is missing, the language is unknown, or other folders are given than it reads.
    """
    given = {name: path for name, path in (("CORPORA", corpora), ("--gold", gold), ("--from", start)) if path is not None}
    _check(language, given)
    if language in SHARED:
        try:
            import torch  # noqa: F401
        except ImportError as error:
            raise TrainingError(f"training {language} needs the train extra: pip install 'kg[train]'") from error
        if language == "periods":
            from kg.training.periods import train_periods

            return train_periods(given["--gold"], out)
        from kg.training.encoder import train_encoder

        return train_encoder(given["CORPORA"], given["--gold"], out, start=start)
    from kg.training.pipelines import train_pipeline

    return dict(train_pipeline(language, given["CORPORA"], out))


def _check(language: str, given: Mapping[str, Path]) -> None:
    """Raise TrainingError for what is missing, and for what would not be read."""
    read = reads(language)
    for name in read:
        if name not in given:
            raise TrainingError(f"{language} is trained from {' and '.join(read)}: {name} is missing")
    for name in given:
        if name not in (*read, *(["--from"] if language == "encoder" else ())):
            raise TrainingError(f"{language} is trained from {' and '.join(read)}: {name} would not be read")
