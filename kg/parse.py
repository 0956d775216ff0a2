"""A Document in, its words out: one spaCy Doc for each run of text in one language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from kg.languages import languages, pipeline
from kg.languages.identify import named, passages, weight
from kg.model import Document, Issue

LONGEST = 30_000
MARKS = (("\n",), ("。", "！", "？", ". ", "! ", "? "), (" ",))


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a document in one language: `text` is the document's from `start` on, and `doc.text` is the same, to the character."""

    start: int
    language: str
    text: str
    doc: Doc

    @property
    def end(self) -> int:
        """Where in the document it ends."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Parsed:
    """A document whose `language` is filled, and its parts in order; stretches in other languages are issues."""

    document: Document
    parts: tuple[Part, ...]
    issues: tuple[Issue, ...] = ()

    def language(self, at: int) -> str:
        """Return the language of the text at a place, that of the document where no part holds it, "und" where it has none."""
        return next((p.language for p in self.parts if p.start <= at < p.end), self.document.language or "und")


def parse(document: Document) -> Parsed:
    """Parse the passages of a document in the languages known; a stated language decides where a passage is too short to tell."""
    stated = (document.language or "").split("-")[0]
    runs = passages(document.text, stated if stated in languages() else None)
    parts: list[Part] = []
    issues: list[Issue] = []
    held: Counter[str] = Counter()
    for start, end, language in runs:
        if language is not None:
            held[language] += weight(document.text[start:end])
            parts += [_part(document.text, a, b, language) for a, b in _pieces(document.text, start, end)]
        elif not document.text[start:end].isspace():
            issues.append(_unknown(document, start, end))
    if held and stated and stated not in languages():
        issues.append(Issue(document.identifier, f"stated language {stated[:40]!r} is not read here: the text tells its own"))
    main = max(sorted(held), key=lambda x: held[x]) if held else None
    return Parsed(replace(document, language=main), tuple(parts), tuple(issues))


def _unknown(document: Document, start: int, end: int) -> Issue:
    name = named(document.text[start:end])
    reason = f"language not supported: {name}?" if name else "no words to tell a language by"
    where = "" if end - start == len(document.text) else f" (characters {start}–{end})"
    return Issue(document.identifier, reason + where)


def _part(document: str, start: int, end: int, language: str) -> Part:
    text = document[start:end]
    return Part(start, language, text, pipeline(language)(text))


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a run that is too long for one Doc."""
    while end - start > LONGEST:
        cut = start + _cut(text[start : start + LONGEST])
        yield start, cut
        start = cut
    yield start, end


def _cut(window: str) -> int:
    """Where to cut: after the last line end, else the last stop, else the last space, else at the end."""
    for marks in MARKS:
        ends = [window.rfind(mark) + len(mark) for mark in marks if mark in window]
        if ends:
            return max(ends)
    return len(window)
