"""Corpora in, trained weights with their cards out: what `kg train` runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kg.errors import TrainingError


def train(language: str, corpora: Path, gold: Path, out: Path) -> dict[str, Any]:
    """Train a language's pipeline ("en", "id", "zh") or the network all share ("encoder") and write it to `out`; give the scores.

    Raise `TrainingError` where the `train` extra or a corpus is missing, or the language is unknown.
    """
    from kg.languages import languages

    if language == "encoder":
        try:
            import torch  # noqa: F401
        except ImportError as error:
            raise TrainingError("the encoder needs the train extra: pip install 'kg[train]'") from error
        from kg.training.encoder import train_encoder

        return train_encoder(corpora, gold, out)
    if language not in languages():
        raise TrainingError(f"unknown language {language!r}: choose from encoder, {', '.join(languages())}")
    from kg.training.pipelines import train_pipeline

    return dict(train_pipeline(language, corpora, out))
