"""A word begins as what it means in English, where the published network has learnt English only; needs the `train` extra."""

import re

import pytest

torch = pytest.importorskip("torch", reason="the train extra is not installed")

from tokenizers import Tokenizer, models, pre_tokenizers  # noqa: E402

from kg.han import has_han  # noqa: E402
from kg.languages.encoder.lexicon import Lexicon  # noqa: E402
from kg.training import vocabulary  # noqa: E402
from kg.training.encoder import LANGUAGES, LEARNT  # noqa: E402
from kg.training.glossary import glosses  # noqa: E402
from kg.training.network import WIDTH  # noqa: E402
from kg.training.upstream import VECTORS, Upstream  # noqa: E402

PUBLISHED = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "[unused0]", "chief", "executive", "air", "water", "##s", "chi", "ship", "ш"]


@pytest.fixture(scope="module")
def source():
    tokenizer = Tokenizer(models.WordPiece({p: n for n, p in enumerate(PUBLISHED)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    torch.manual_seed(0)
    return Upstream({VECTORS: torch.randn(len(PUBLISHED), WIDTH)}, tokenizer)


def test_every_gloss_is_a_few_english_words():
    read = glosses()
    assert set(read) == set(LANGUAGES) - {LEARNT}
    for language, words in read.items():
        assert len(words) > 10_000
        for word, gloss in words.items():
            assert re.fullmatch(r"[\u3400-\u9fff]+" if language == "zh" else "[a-z]+", word), word
            assert 1 <= len(gloss.split()) <= 4, word
            assert gloss == gloss.lower().strip(), word
            assert not has_han(gloss), word
            assert Lexicon().simplified(word) == word


def test_a_word_begins_as_what_it_means(source):
    known = {"dirut": "chief executive", "air": "water", "船": "ship"}
    pieces = vocabulary.choose(PUBLISHED, known, ["踟"])
    first = dict(zip(pieces, vocabulary.vectors(pieces, source, known), strict=True))
    published = dict(zip(PUBLISHED, source.vectors, strict=True))
    assert torch.equal(first["dirut"], (published["chief"] + published["executive"]) / 2)
    assert torch.equal(first["air"], published["water"])
    assert torch.equal(first["船"], published["ship"])
    assert torch.equal(first["##s"], published["##s"])
    assert torch.equal(first["踟"], published["chi"])  # as it is read


def test_the_vocabulary_has_each_piece_once_and_every_ideograph_of_simplified_chinese():
    pieces = vocabulary.choose(PUBLISHED, ["dirut", "chief", "银行"], ["踟"])
    assert len(set(pieces)) == len(pieces)
    assert pieces[:5] == list(vocabulary.SPECIAL)
    assert {"dirut", "chief", "银行", "踟", "啊", "齄"} <= set(pieces)
    assert not {"ш", "[unused0]"} & set(pieces)


def test_a_word_that_is_english_too_keeps_its_english_meaning_unless_it_is_rare_there():
    texts = {"en": ["the main office"] * 3, "id": ["ia bermain main"] * 5, "zh": []}
    assert "main" not in vocabulary.meanings(texts, ["main"])
    assert vocabulary.meanings({**texts, "id": ["main"] * 40}, ["main"])["main"] == glosses()["id"]["main"]
    assert "main" in vocabulary.meanings(texts, ["chief"])
    assert "main" not in vocabulary.meanings({}, ["main"])
    assert vocabulary.meanings({}, ["main"])["银行"] == "bank"
