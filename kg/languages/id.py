"""Indonesian: words by spaCy's rules; clitics such as -nya stay with their word."""

from __future__ import annotations

import functools

import spacy
from spacy.language import Language

from kg.languages.loading import WEIGHTS as FOLDER
from kg.languages.loading import trained

WEIGHTS = FOLDER / "id"


def blank() -> Language:
    """Give a pipeline that only knows words."""
    return spacy.blank("id")


@functools.cache
def pipeline() -> Language:
    """Give the trained pipeline."""
    return trained(blank(), WEIGHTS / "pipeline")
