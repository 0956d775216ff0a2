"""English: words by spaCy's rules, which are the treebanks' own."""

from __future__ import annotations

import functools

import spacy
from spacy.language import Language

from kg.languages.loading import WEIGHTS as FOLDER
from kg.languages.loading import trained
from kg.languages.scripts import LATIN

SCRIPT = LATIN
WEIGHTS = FOLDER / "en"


def blank() -> Language:
    """Give a pipeline that only knows words."""
    return spacy.blank("en")


@functools.cache
def pipeline() -> Language:
    """Give the pipeline: with trees where they were trained, else with words and sentences."""
    return trained(blank(), WEIGHTS / "pipeline")
