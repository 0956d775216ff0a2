"""Each kind of weights is trained from what it reads, and from nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kg import training

C, G, S, OUT = Path("corpora"), Path("gold"), Path("start"), Path("out")


@pytest.mark.parametrize(
    ("language", "trainer", "given", "handed"),
    [
        ("periods", "periods.train_periods", {"gold": G}, (G, OUT)),
        ("encoder", "encoder.train_encoder", {"corpora": C, "gold": G, "start": S}, (C, G, OUT, S)),
    ],
)
def test_what_is_given_is_handed_on(
    language: str, trainer: str, given: dict[str, Path], handed: tuple[Any, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    if "gold" in given:
        pytest.importorskip("torch", reason="the train extra is not installed")
    monkeypatch.setattr(f"kg.training.{trainer}", lambda *folders, **more: {"handed": (*folders, *more.values())})
    assert training.train(language, OUT, **given) == {"handed": handed}
