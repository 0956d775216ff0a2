"""Chinese, simplified and traditional: words by jieba, looked up and learnt in simplified characters, kept as written."""

from __future__ import annotations

import functools
from typing import Any

import spacy
from spacy.attrs import NORM, PREFIX, SHAPE, SUFFIX  # type: ignore[import-not-found]
from spacy.lang.lex_attrs import word_shape
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import DummyTokenizer
from spacy.vocab import Vocab

from kg.languages.encoder import lexicon
from kg.languages.loading import WEIGHTS as FOLDER
from kg.languages.loading import trained
from kg.languages.scripts import HAN

SCRIPT = HAN
WEIGHTS = FOLDER / "zh"
LEXICON = lexicon.Lexicon()


class Words(DummyTokenizer):
    """Cuts text into jieba's words; a single space belongs to the word before it, other white space is a token of its own."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Cut a text, of which every character is kept."""
        words: list[str] = []
        spaces: list[bool] = []
        position = 0
        for piece in lexicon._dictionary().cut(LEXICON.simplified(text)):
            word = text[position : position + len(piece)]
            position += len(piece)
            _append(word, words, spaces)
        return Doc(self.vocab, words=words, spaces=spaces)


def blank() -> Language:
    """Give a pipeline that only knows words; traditional characters look like simplified ones to all that is trained on it."""
    nlp = spacy.blank("zh")
    vocabulary: Any = nlp.vocab
    vocabulary.lex_attr_getters |= {NORM: _norm, PREFIX: _first, SUFFIX: _last, SHAPE: _kind}
    nlp.tokenizer = Words(nlp.vocab)
    return nlp


@functools.cache
def pipeline() -> Language:
    """Give the pipeline: with trees where they were trained, else with words and sentences."""
    return trained(blank(), WEIGHTS / "pipeline")


def _append(word: str, words: list[str], spaces: list[bool]) -> None:
    if word.isspace() and words:
        if words[-1].isspace():
            words[-1] += word
            return
        if word[0] == " " and not spaces[-1]:
            spaces[-1] = True
            word = word[1:]
    if word:
        words.append(word)
        spaces.append(False)


def _norm(word: str) -> str:
    return LEXICON.simplified(word).lower()


def _first(word: str) -> str:
    return _norm(word)[:1]


def _last(word: str) -> str:
    return _norm(word)[-1:]


def _kind(word: str) -> str:
    """The word's tag in jieba's dictionary, or the shape of a word that it lacks."""
    tag = lexicon._tags().get(LEXICON.simplified(word))
    return f"{tag}-{len(word)}" if tag else str(word_shape(word))
