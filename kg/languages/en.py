"""English: words by spaCy's rules."""

from __future__ import annotations

import functools

import spacy
from spacy.language import Language

from kg.languages.scripts import LATIN

SCRIPT = LATIN


@functools.cache
def pipeline() -> Language:
    """Give the pipeline, which cuts a text into words."""
    return spacy.blank("en")
