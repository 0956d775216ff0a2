"""What a trained network was taught to tell apart: an ontology in, numbered types, relations and statuses out; kept beside the weights."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from kg.ontology import Ontology


@dataclass(frozen=True)
class Inventory:
    """The labels of the heads, in their order, and which types each relation may join (`allowed[r]`: rows of subject, object)."""

    types: tuple[str, ...]
    relations: tuple[str, ...]
    statuses: tuple[str, ...]
    symmetric: tuple[str, ...]
    allowed: tuple[tuple[tuple[str, str], ...], ...]

    @property
    def quote(self) -> int:
        """The kind of a quotation: after all names and all nominals."""
        return 2 * len(self.types)

    @property
    def date(self) -> int:
        """The kind of a date: after the quotation."""
        return 2 * len(self.types) + 1

    @property
    def says(self) -> int:
        """The number of the link from a speaker to a quotation: after all relations."""
        return len(self.relations)

    def type_of(self, kind: int) -> int:
        """The type of a mention by its kind: of a name or nominal, or the number of quotations or dates among the types of `mask`."""
        return kind % len(self.types) if kind < self.quote else kind - len(self.types)

    def directions(self, relation: int, subject: int, other: int) -> list[tuple[int, int]]:
        """Both orders for a symmetric relation, else the one given."""
        pair = (subject, other)
        return [pair, pair[::-1]] if self.relations[relation] in self.symmetric else [pair]

    def mask(self) -> np.ndarray:
        """Which links types allow: bool (types + 2, types + 2, relations + 1); after all types come the quotation and the date."""
        quote = len(self.types)
        mask = np.zeros((quote + 2, quote + 2, len(self.relations) + 1), dtype=bool)
        for n, pairs in enumerate(self.allowed):
            for subject, other in pairs:
                mask[self.types.index(subject), self.types.index(other), n] = True
        mask[:quote, quote, -1] = True
        return mask

    def write(self, path: Path) -> None:
        """Keep as JSON."""
        path.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def read(path: Path) -> Inventory:
    """Read what `Inventory.write` kept."""
    kept = json.loads(path.read_text(encoding="utf-8"))
    allowed = tuple(tuple((s, o) for s, o in pairs) for pairs in kept.pop("allowed"))
    return Inventory(**{name: tuple(value) for name, value in kept.items()}, allowed=allowed)


def inventory(ontology: Ontology) -> Inventory:
    """Number an ontology's top classes, relations and statuses."""
    types = tuple(sorted(name for name in ontology.classes if ontology.top(name) == name and ontology.classes[name].model_labels))
    relations = tuple(sorted(ontology.relations))
    allowed = tuple(tuple(_pairs(ontology, name, types)) for name in relations)
    symmetric = tuple(name for name in relations if ontology.relations[name].symmetric)
    return Inventory(types, relations, tuple(sorted(ontology.statuses)), symmetric, allowed)


def _pairs(ontology: Ontology, relation: str, types: tuple[str, ...]) -> list[tuple[str, str]]:
    stated = ontology.relations[relation]
    subjects = [t for t in types if any(ontology.top(d) == t for d in stated.domain)]
    others = [t for t in types if any(ontology.top(d) == t for d in stated.range)]
    return [(s, o) for s in subjects for o in others]
