"""Extractions resolve into entities, facts and quotations."""

from __future__ import annotations

from kg.model import Document, Extraction
from kg.resolve import resolve


def test_nothing_resolves_to_nothing(ontology):
    resolution = resolve([Extraction(Document("empty.txt", ""))], ontology)
    assert (resolution.entities, resolution.facts, resolution.quotations) == ((), (), ())
