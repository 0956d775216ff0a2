from collections.abc import Callable

import pytest
import spacy

from kg.model import Document
from kg.ontology import Ontology, load
from kg.parse import Parsed, Part


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    return load()


@pytest.fixture(scope="session")
def blank() -> Callable[..., Parsed]:
    """Words without trees: what the finders see where no parse can be trusted."""

    def parsed(text: str, language: str, issued: str | None = None) -> Parsed:
        doc = spacy.blank(language)(text)
        return Parsed(Document("a.txt", text, language, issued=issued), (Part(0, language, doc),) if text else (), ())

    return parsed
