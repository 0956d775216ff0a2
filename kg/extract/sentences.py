"""A text in, the bounds of its sentences out: what is shown as evidence."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.lang.en.tokenizer_exceptions import TOKENIZER_EXCEPTIONS as ENGLISH
from spacy.lang.id.tokenizer_exceptions import TOKENIZER_EXCEPTIONS as INDONESIAN

from kg.languages.encoder.windows import sentence_ends
from kg.model import Span

FAR = 4
ABBREVIATED = frozenset(word for word in (*ENGLISH, *INDONESIAN) if word.endswith("."))  # "Mr.", "Sept.", "Inc.", "Tbk."
_WORD = re.compile(r"(\S*\.)[^\S\n]+$")  # the last word before a place, if it ends in a stop and its line goes on
_INITIALS = re.compile(r"\W*(?:[^\W\d_]\.)+")  # "J.", "U.S."
LONGEST = 24  # characters of an abbreviation and the space after it


def begun(spans: Sequence[Span], stretch: Span) -> Sequence[Span]:
    """Give the spans, themselves in order, that begin within a stretch."""
    first, last = (bisect_left(spans, place, key=lambda s: s.start) for place in (stretch.start, stretch.end))
    return spans[first:last]


@dataclass(frozen=True, slots=True)
class Sentences:
    """A document's text and where its sentences begin."""

    document: str
    text: str
    starts: tuple[int, ...]

    @classmethod
    def of(cls, document: str, text: str) -> Sentences:
        """Split a text; line breaks end sentences too."""
        return cls(document, text, (0, *_begins(text)))

    def at(self, position: int) -> int:
        """Number the sentence that holds a character."""
        return bisect_right(self.starts, position) - 1

    def span(self, first: int, last: int) -> Span:
        """Give sentences `first` to `last` as one span, without white space around."""
        start = self.starts[first]
        end = self.starts[last + 1] if last + 1 < len(self.starts) else len(self.text)
        words = self.text[start:end]
        start += len(words) - len(words.lstrip())
        return Span(self.document, start, max(start, start + len(words.strip())))

    def of_span(self, span: Span) -> tuple[int, int]:
        """Number the first and the last sentence that a span touches."""
        return self.at(span.start), self.at(max(span.start, span.end - 1))

    def around(self, one: Span, other: Span) -> Span:
        """Give the sentences from one mention to the other; of two far apart, the sentence of the later."""
        first, last = sorted((self.at(one.start), self.at(other.start)))
        return self.span(first if last - first < FAR else last, last)


def _begins(text: str) -> Iterator[int]:
    """Give where sentences begin: none does after initials or an abbreviation, nor at a small letter or digit after a stop."""
    for end in sentence_ends(text):
        if 0 < end < len(text):
            word = _WORD.search(text, max(0, end - LONGEST), end)
            if not word or not (_goes_on(text[end]) or _INITIALS.fullmatch(word[1]) or word[1].lstrip("(“\"'‘") in ABBREVIATED):
                yield end


def _goes_on(character: str) -> bool:
    return character.islower() or character.isdigit()
