"""Documents in, one knowledge graph out.

    import kg
    from pathlib import Path

    summary = kg.build([Path("seeds")], Path("output"))
    graph = kg.load(Path("output"))          # a networkx.MultiDiGraph

`kg.disassemble` gives the entities, facts and quotations of a graph as typed records. Public, too, are the modules `kg.ontology` (`load`),
`kg.query` (`run`, `render`), `kg.validate` (`validate`), `kg.evaluate` (`evaluate`) and `kg.folder` (`export`, `judge`).

Names and modules are imported when first used, so that `import kg` costs nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.errors import GraphError, InputError, KgError, ModelError, OntologyError, QueryError, TrainingError
    from kg.folder import load
    from kg.graph import disassemble
    from kg.model import Claim, Document, Entity, Extraction, Fact, Issue, Mention, Name, Period, Quantity, Quotation, Resolution, Span
    from kg.pipeline import Options, Summary, build

__version__ = "0.1.0"
__all__ = [
    "Claim",
    "Document",
    "Entity",
    "Extraction",
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
    "Resolution",
    "Span",
    "Summary",
    "TrainingError",
    "build",
    "disassemble",
    "load",
]

_HOMES = {"pipeline": ("Options", "Summary", "build"), "folder": ("load",), "graph": ("disassemble",)}
_MODULES = ("evaluate", "folder", "ontology", "query", "validate")


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return importlib.import_module(f"kg.{name}")
    if name not in __all__:
        raise AttributeError(f"module 'kg' has no attribute '{name}'")
    homes = (home for home, names in _HOMES.items() if name in names)
    home = next(homes, "errors" if name.endswith("Error") else "model")
    return getattr(importlib.import_module(f"kg.{home}"), name)


def __dir__() -> list[str]:
    return [*__all__, *_MODULES, "__version__"]
