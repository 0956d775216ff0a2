"""A language's code in, its spaCy pipeline out; each language is one file of this folder, and weights where they were trained."""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING

from kg.errors import ModelError

if TYPE_CHECKING:
    from spacy.language import Language


def languages() -> tuple[str, ...]:
    """Give the codes of the languages that can be read, sorted."""
    return tuple(sorted(m.name for m in pkgutil.iter_modules(__path__) if len(m.name) in {2, 3}))


def pipeline(language: str) -> Language:
    """Give the pipeline of a language: words and sentences, with weights in its folder also tags and trees; loaded once.

    Raises ModelError for a language that has no file here, and for damaged weights.
    """
    if language not in languages():
        raise ModelError(f"no pipeline for language {language!r}; there are {', '.join(languages())}")
    loaded: Language = importlib.import_module(f"{__name__}.{language}").pipeline()
    return loaded


def blank(language: str) -> Language:
    """Give a new pipeline of a language that only knows its words: what training starts from."""
    if language not in languages():
        raise ModelError(f"no pipeline for language {language!r}; there are {', '.join(languages())}")
    new: Language = importlib.import_module(f"{__name__}.{language}").blank()
    return new
