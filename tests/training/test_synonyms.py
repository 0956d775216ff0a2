"""A word gives way to one of the same gloss, and no mention ever does."""

import random

import numpy as np
import pytest

from kg.han import has_han
from kg.languages.encoder import WEIGHTS, inventory
from kg.languages.encoder.pieces import CASES, splitter
from kg.model import Document, Extraction, Mention, Span
from kg.ontology import load
from kg.training.examples import Example, examples
from kg.training.glossary import glosses
from kg.training.gold import Annotated
from kg.training.synonyms import Synonyms, synonyms

TEXTS = {
    "en": ("The founder of Fernhill resigned today, and the vaccine maker found another.", "Fernhill"),
    "id": ("Pendiri Rimba Kencana mundur hari ini, dan pembuat vaksin itu menemukan yang lain.", "Rimba Kencana"),
    "zh": ("青岚科技的创始人今天宣布辞职，疫苗公司与投资者表示惊讶。", "青岚科技"),
}
CUT = splitter(WEIGHTS / "vocabulary.txt")


@pytest.fixture(scope="module")
def alike() -> Synonyms:
    return synonyms(CUT)


def window(language: str) -> Example:
    text, name = TEXTS[language]
    start = text.index(name)
    mention = Mention(Span(language, start, start + len(name)), name, "Organization", language, 0)
    annotated = Annotated(Extraction(Document(language, text, language), (mention,)), frozenset(), frozenset())
    return next(examples(annotated, CUT, inventory.inventory(load()), exact=False))


def test_partners_have_one_gloss(alike: Synonyms) -> None:
    numbers = CUT.tokenizer.get_vocab()
    meant = {numbers[word]: {gloss} for words in glosses().values() for word, gloss in words.items() if word in numbers}
    for piece, number in numbers.items():
        meant.setdefault(number, set()).add(piece)
    assert len(alike.partners) > 10_000
    for number, partners in alike.partners.items():
        assert number not in partners
        assert all(meant[number] & meant[partner] for partner in partners.tolist())
    english, *others = map(CUT.number, ("vaccine", "vaksin", "疫苗"))
    assert set(alike.partners[english].tolist()) == set(others)


def test_a_passive_verb_stands_in_for_no_active_one(alike: Synonyms) -> None:
    assert CUT.number("diakuisisi") not in alike.partners[CUT.number("acquired")]


def test_an_english_word_is_not_taken_for_an_indonesian_one(alike: Synonyms) -> None:
    assert CUT.number("water") not in alike.partners.get(CUT.number("air"), np.zeros(0))


@pytest.mark.parametrize("language", TEXTS)
def test_words_change_and_mentions_stay(alike: Synonyms, language: str) -> None:
    before, dice = window(language), random.Random(1)
    pieces = {number: piece for piece, number in CUT.tokenizer.get_vocab().items()}
    kept = before.window.places < 0
    kept[before.firsts[0] : before.lasts[0] + 1] = True
    changed = 0
    for _ in range(40):
        after = alike.said_otherwise(before, dice)
        assert np.array_equal(after.window.ids[kept], before.window.ids[kept])
        new = np.flatnonzero(after.window.ids != before.window.ids)
        changed += len(new)
        for n in new.tolist():
            assert after.window.ids[n] in alike.partners[int(before.window.ids[n])]
            han = has_han(pieces[int(after.window.ids[n])])
            assert (after.window.cases[n] == CASES.index("other")) == han
            assert (after.window.hints[n] > 0) == han
    assert changed > 20
    assert np.array_equal(before.window.ids, window(language).window.ids)  # the text itself is as it was
