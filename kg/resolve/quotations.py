"""Utterances and the entities who spoke them in, Quotations out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from kg.model import Name, Quotation, Utterance


def quotations(spoken: Iterable[tuple[str, Utterance]]) -> tuple[Quotation, ...]:
    """Make one quotation of each utterance, sorted by identifier: the hash of its place, its words and its speaker."""
    made = (_quotation(speaker, utterance) for speaker, utterance in spoken)
    return tuple(sorted({q.identifier: q for q in made}.values(), key=lambda q: q.identifier))


def _quotation(speaker: str, utterance: Utterance) -> Quotation:
    content = "\n".join((speaker, utterance.span.document, str(utterance.span.start), str(utterance.span.end), utterance.text))
    digest = hashlib.sha256(content.encode()).hexdigest()[:16]
    return Quotation(f"quotation/{digest}", speaker, Name(utterance.text, utterance.language or "und"), utterance.span)
