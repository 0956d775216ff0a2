"""Chinese, simplified and traditional: words by jieba, looked up in simplified characters, kept as written."""

from __future__ import annotations

import functools

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import DummyTokenizer
from spacy.vocab import Vocab

from kg.languages.encoder import lexicon
from kg.languages.scripts import HAN

SCRIPT = HAN
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


@functools.cache
def pipeline() -> Language:
    """Give the pipeline, which cuts a text into words."""
    nlp = spacy.blank("zh")
    nlp.tokenizer = Words(nlp.vocab)
    return nlp


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
