"""Indonesian: words by spaCy's rules, with a few abbreviations more; clitics such as -nya stay with their word."""

from __future__ import annotations

import functools
import re
from typing import Any

from spacy.attrs import ORTH  # type: ignore[import-not-found]
from spacy.lang.id import Indonesian
from spacy.language import Language

from kg.languages.scripts import LATIN

SCRIPT, ALIKE = LATIN, ("ms",)
ABBREVIATIONS = ("Tbk", "tbk", "Pte", "Ltd", "Inc", "Corp", "Co", "Sdn", "Bhd", "Jl", "Ir", "Ny", "Tn", "Sdr", "Bpk", "Rp")
DOUBLED = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)+")


_KNOWN: Any = Indonesian.Defaults


class _Defaults(_KNOWN):  # type: ignore[misc]
    """Doubled words ("anak-anak") stay whole by one pattern: spaCy's list of them, 15,000 long, takes a second to load."""

    tokenizer_exceptions = {  # noqa: RUF012 (as spaCy reads it)
        **{word: parts for word, parts in _KNOWN.tokenizer_exceptions.items() if "-" not in word},
        **{f"{word}.": [{ORTH: f"{word}."}] for word in ABBREVIATIONS},
    }
    token_match = DOUBLED.fullmatch


class _Words(Indonesian):  # type: ignore[no-untyped-call]
    Defaults = _Defaults


@functools.cache
def pipeline() -> Language:
    """Give the pipeline, which cuts a text into words."""
    return _Words()
