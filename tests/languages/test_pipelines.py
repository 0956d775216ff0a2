"""Each language's pipeline finds words and sentences; `kg train` makes one that also tags and parses."""

import shutil
from pathlib import Path

import pytest

from kg.errors import ModelError, TrainingError
from kg.languages import blank, languages, loading, pipeline
from kg.training.pipelines import train_pipeline
from kg.training.treebanks import DEV, FILES


def test_there_are_three_languages() -> None:
    assert languages() == ("en", "id", "zh")


def test_an_unknown_language_is_an_error() -> None:
    with pytest.raises(ModelError, match="'th'"):
        pipeline("th")


def test_a_pipeline_is_loaded_once() -> None:
    assert pipeline("zh") is pipeline("zh")


SENTENCES = [
    ("en", "Tarrow Mills named Ines Okafor as chief executive. She will start in May, the company said.", 2),
    ("en", "Mr. Brandt left Tarrow Mills Ltd. in 2019 with a loss of $3.5 million. Who follows? Nobody knows.", 3),
    ("id", "Tarrow Mills menunjuk Sari Wulandari sebagai direktur utama. Ia mulai bekerja pada bulan Mei.", 2),
    ("id", "PT Rimba Kencana Tbk. berdiri pada 1990. Perusahaan itu berkantor pusat di Bandung.", 2),
    ("zh", "青岚科技任命陆知远为首席执行官。他将于五月上任。", 2),
    ("zh", "青嵐科技任命陸知遠為首席執行官。他將於五月上任！誰接替他？", 3),
]


@pytest.mark.parametrize(("language", "text", "count"), SENTENCES)
def test_sentences_are_told_apart(language: str, text: str, count: int) -> None:
    assert len(list(pipeline(language)(text).sents)) == count


@pytest.mark.parametrize(("language", "text"), [*((s[0], s[1]) for s in SENTENCES), *((n, " Ltd.   \n \tb  ") for n in languages())])
def test_words_add_up_to_the_text(language: str, text: str) -> None:
    assert "".join(t.text_with_ws for t in pipeline(language)(text)) == text


WORDS = [
    ("The", "the", "DET", 2, "det"),
    ("company", "company", "NOUN", 3, "nsubj"),
    ("bought", "buy", "VERB", 0, "root"),
    ("a", "a", "DET", 5, "det"),
    ("rival", "rival", "NOUN", 3, "obj"),
    (".", ".", "PUNCT", 3, "punct"),
]
ROWS = "".join(f"{n}\t{w}\t{lemma}\t{pos}\t_\t_\t{head}\t{dep}\t_\t_\n" for n, (w, lemma, pos, head, dep) in enumerate(WORDS, 1))


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `kg train en` writes, learnt from one sentence said forty times."""
    corpora = tmp_path_factory.mktemp("corpora")
    for name in (*FILES["en"], *DEV["en"]):
        (corpora / name).parent.mkdir(exist_ok=True)
        (corpora / name).write_text(f"# text = The company bought a rival.\n{ROWS}\n" * 40, encoding="utf-8")
    scores = train_pipeline("en", corpora, corpora / "out")
    assert scores["UPOS accuracy"] == scores["lemma accuracy"] == 1
    return corpora / "out"


def test_trained_parts_do_what_they_learnt(weights: Path) -> None:
    nlp = loading.trained(blank("en"), weights)
    assert nlp.pipe_names == ["tok2vec", "morphologizer", "parser", "trainable_lemmatizer"]
    found = nlp("The company bought a rival.")
    assert [(t.text, t.lemma_, t.pos_) for t in found] == [word[:3] for word in WORDS]
    assert found.has_annotation("DEP")


def test_trained_weights_are_small_and_have_a_card(weights: Path) -> None:
    assert sum(p.stat().st_size for p in weights.rglob("*") if p.is_file()) < 10_000_000
    card = (weights / "card.md").read_text(encoding="utf-8")
    assert "CC BY-SA" in card
    assert "| UPOS accuracy | 1.000 |" in card
    assert "bought" not in (weights / "strings.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("missing", ["config.cfg", "strings.json", "parser/model"])
def test_damaged_weights_are_an_error(missing: str, weights: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(weights, tmp_path / "copy")
    (copy / missing).unlink()
    with pytest.raises(ModelError, match="damaged weights"):
        loading.trained(blank("en"), copy)


def test_a_language_without_treebanks_has_no_trees_to_learn(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="xx: no treebanks"):
        train_pipeline("xx", tmp_path, tmp_path / "out")
