"""A fact or figure of a graph in, the words that tell it to a reader out: what is linked, how sure, when, and who says so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from kg.graph import Graph
from kg.ontology import Ontology

UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]")

Attributes = Mapping[str, Any]


def label(terms: Mapping[str, Any], name: str) -> str:
    """Return the English label of a class, relation or status, its name where it has none."""
    return str(terms[name].labels.get("en", name)) if name in terms else name


def circumstances(graph: Graph, ontology: Ontology, a: Attributes) -> list[str]:
    """Say how a fact holds, its status first: title, dates, figures, who says so."""
    said = [label(ontology.statuses, a["status"])]
    said += [f"“{a['title']['text']}”"] if a["title"] else []
    said += [f"from {a['start']}"] if a["start"] else []
    said += [f"until {a['end']}{_inferred(a)}"] if a["end"] else []
    said += grouped(a["quantities"])
    said += [f"says {graph.nodes[n]['label']}" for n in a["asserted_by"]]
    return said


def sure(a: Attributes) -> str:
    """Say how sure a fact is: "confidence 0.91"."""
    return f"confidence {a['confidence']:.2f}"


def figure(quantity: Attributes) -> str:
    """Say a figure: "1,500,000,000 USD", "90,000 models (2025-02)"."""
    whole, dot, part = quantity["value"].partition(".")
    number = f"{int(whole):,}{dot}{part}" if whole.isdigit() else quantity["value"]
    return f"{number} {quantity['unit']}" + (f" ({quantity['date']})" if quantity["date"] else "")


def grouped(quantities: Iterable[Attributes]) -> dict[str, list[Attributes]]:
    """Group quantities by the words that say them."""
    groups: dict[str, list[Attributes]] = {}
    for quantity in quantities:
        groups.setdefault(figure(quantity), []).append(quantity)
    return groups


def unheld(ontology: Ontology, a: Attributes) -> bool:
    """Whether a fact is not said to hold at any time: it is rumoured or denied."""
    status = ontology.statuses.get(a["status"])
    return status is not None and status.tense is None


def visible(words: str) -> str:
    """Write the numbers of signs that cannot be seen but turn or hide text: "⟨U+202E⟩"."""
    return UNSEEN.sub(lambda m: f"⟨U+{ord(m[0]):04X}⟩", words)


def _inferred(a: Attributes) -> str:
    """What to say of an end that no text states."""
    likely = a.get("end_confidence")
    return "" if likely is None else f" (inferred, {likely:.2f})"
