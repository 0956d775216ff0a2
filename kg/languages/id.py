"""Indonesian: words by spaCy's rules, with a few abbreviations more; clitics such as -nya stay with their word."""

from __future__ import annotations

import functools
from typing import Any

import spacy
from spacy.attrs import ORTH  # type: ignore[import-not-found]
from spacy.language import Language

from kg.languages.loading import WEIGHTS as FOLDER
from kg.languages.loading import trained

WEIGHTS = FOLDER / "id"
ABBREVIATIONS = ("Tbk", "tbk", "Pte", "Ltd", "Inc", "Corp", "Co", "Sdn", "Bhd", "Jl", "Ir", "Ny", "Tn", "Sdr", "Bpk", "Rp")


def blank() -> Language:
    """Give a pipeline that only knows words."""
    nlp = spacy.blank("id")
    tokenizer: Any = nlp.tokenizer
    for word in ABBREVIATIONS:
        tokenizer.add_special_case(f"{word}.", [{ORTH: f"{word}."}])
    return nlp


@functools.cache
def pipeline() -> Language:
    """Give the trained pipeline."""
    return trained(blank(), WEIGHTS / "pipeline")
