import re
from collections.abc import Callable

import pytest

from kg import languages
from kg.model import Document, Mention, Span
from kg.ontology import Ontology, load
from kg.parse import Parsed, Part


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    return load()


@pytest.fixture(scope="session")
def blank() -> Callable[..., Parsed]:
    """A text that is all in one language."""

    def parsed(text: str, language: str, issued: str | None = None) -> Parsed:
        doc = languages.pipeline(language)(text)
        return Parsed(Document("a.txt", text, language, issued=issued), (Part(0, language, text, doc),) if text else (), ())

    return parsed


@pytest.fixture(scope="session")
def marked() -> Callable[[str], tuple[str, tuple[Mention, ...], dict[str, int]]]:
    """Take names out of [person] {organization} <product> «event» ⟨place⟩ brackets; "*" marks words that refer to the one before."""
    kinds = {"[": "Person", "{": "Organization", "<": "Product", "«": "Event", "⟨": "Place"}

    def taken(text: str) -> tuple[str, tuple[Mention, ...], dict[str, int]]:
        plain, chains = "", dict[str, int]()
        mentions: list[Mention] = []
        for piece in re.split(r"(\[[^\]]+\]|\{[^}]+\}|<[^>]+>|«[^»]+»|⟨[^⟩]+⟩)", text):
            kind = kinds.get(piece[:1])
            word = piece[1:-1].lstrip("*") if kind else piece
            if kind:
                nominal = piece[1] == "*"
                same = [m.chain for m in mentions if m.type == kind]
                chain = same[-1] if nominal else chains.setdefault(word, len(chains))
                mentions.append(Mention(Span("a.txt", len(plain), len(plain) + len(word)), word, kind, "en", chain, nominal))
            plain += word
        return plain, tuple(mentions), chains

    return taken
