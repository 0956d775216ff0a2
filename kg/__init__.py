"""Documents in, one knowledge graph out.

    import kg
    from pathlib import Path

    summary = kg.build([Path("seeds")], Path("output"))
    graph = kg.load(Path("output"))          # a networkx.MultiDiGraph

Names are imported when first used, so that `import kg` costs nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.errors import GraphError, InputError, KgError, ModelError, OntologyError, QueryError, TrainingError
    from kg.folder import load
    from kg.model import Claim, Document, Entity, Fact, Issue, Mention, Name, Period, Quantity, Quotation, Span
    from kg.pipeline import Options, Summary, build

__version__ = "0.1.0"
__all__ = [
    "Claim",
    "Document",
    "Entity",
    "Fact",
    "GraphError",
    "InputError",
    "Issue",
    "KgError",
    "Mention",
    "ModelError",
    "Name",
    "OntologyError",
    "Options",
    "Period",
    "Quantity",
    "QueryError",
    "Quotation",
    "Span",
    "Summary",
    "TrainingError",
    "build",
    "load",
]

_HOMES = {"pipeline": ("Options", "Summary", "build"), "folder": ("load",)}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'kg' has no attribute '{name}'")
    homes = (home for home, names in _HOMES.items() if name in names)
    home = next(homes, "errors" if name.endswith("Error") else "model")
    return getattr(importlib.import_module(f"kg.{home}"), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
