"""How far a network's log-odds can be believed: measured on documents it was not trained on, kept beside its weights."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Calibration:
    """Believed log-odds are `scale * odds + shift` (Platt 1999); a relation is stated above its threshold of unscaled log-odds.

    Two different names are one thing above `names`, a nominal and its antecedent above `nominals`, a quotation has a speaker above
    `speaker`, a claim a start or an end above `date`, all unscaled. A written form is a name where one of its mentions has a mean
    probability of at least `believed`.
    """

    scale: float = 1.0
    shift: float = 0.0
    thresholds: Mapping[str, float] = field(default_factory=dict)
    default: float = 0.0
    speaker: float = 0.0
    names: float = 0.5
    nominals: float = 0.0
    date: float = 0.0
    believed: float = 0.0

    def odds(self, odds: float) -> float:
        """Give the believed log-odds."""
        return self.scale * odds + self.shift

    def threshold(self, relation: str) -> float:
        """Give the least unscaled log-odds at which a relation is stated."""
        return self.thresholds.get(relation, self.default)

    def write(self, path: Path) -> None:
        """Keep as JSON."""
        path.write_text(json.dumps(asdict(self), indent=1, sort_keys=True) + "\n", encoding="utf-8")


def read(path: Path) -> Calibration:
    """Read what `Calibration.write` kept."""
    return Calibration(**json.loads(path.read_text(encoding="utf-8")))
