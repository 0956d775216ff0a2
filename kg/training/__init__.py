"""Corpora in, trained weights with their cards out: what `kg train` runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kg.errors import TrainingError

SHARED = ("encoder", "periods")


def train(language: str, corpora: Path, gold: Path, out: Path, start: Path | None = None) -> dict[str, Any]:
    """Train a language's pipeline ("en", "id", "zh") or what all share and write it to `out`; give the scores.

    "encoder" is the network, "periods" the weights that tell when claims hold. The network goes on from the weights in `start`, if given.

    Raise `TrainingError` where the `train` extra or a corpus is missing, the language is unknown, or what it names goes on from nothing.
    """
    from kg.languages import languages

    if start and language != "encoder":
        raise TrainingError(f"{language} is trained from the beginning: only encoder goes on from weights")
    if language in SHARED:
        try:
            import torch  # noqa: F401
        except ImportError as error:
            raise TrainingError(f"training {language} needs the train extra: pip install 'kg[train]'") from error
        if language == "periods":
            from kg.training.periods import train_periods

            return train_periods(gold, out)
        from kg.training.encoder import train_encoder

        return train_encoder(corpora, gold, out, start=start)
    if language not in languages():
        raise TrainingError(f"unknown language {language!r}: choose from {', '.join((*SHARED, *languages()))}")
    from kg.training.pipelines import train_pipeline

    return dict(train_pipeline(language, corpora, out))
