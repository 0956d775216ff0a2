"""A language's code in, its spaCy pipeline out, which cuts words; each language is one file of this folder.

A file has `pipeline()`, the `SCRIPT` that the language is written in, and in `ALIKE` the codes of languages that are read as it.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
from types import ModuleType
from typing import TYPE_CHECKING

from kg.errors import ModelError

if TYPE_CHECKING:
    from spacy.language import Language

    from kg.languages.scripts import Script


def languages() -> tuple[str, ...]:
    """Give the codes of the languages that can be read, sorted."""
    return _listed(tuple(__path__))


def pipeline(language: str) -> Language:
    """Give the pipeline of a language, loaded once.

    Raises ModelError for a language that has no file here.
    """
    loaded: Language = _file(language).pipeline()
    return loaded


def script(language: str) -> Script:
    """Give the script that a language is written in."""
    written: Script = _file(language).SCRIPT
    return written


def alike(language: str) -> tuple[str, ...]:
    """Give the codes of the languages that are read as a language."""
    return getattr(_file(language), "ALIKE", ())


@functools.cache
def _listed(folders: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(m.name for m in pkgutil.iter_modules(folders) if len(m.name) in {2, 3}))


def _file(language: str) -> ModuleType:
    if language not in languages():
        raise ModelError(f"no pipeline for language {language!r}; there are {', '.join(languages())}")
    return importlib.import_module(f"{__name__}.{language}")
