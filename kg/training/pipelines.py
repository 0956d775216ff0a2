"""Treebanks of a language in; its tagger, parser and sentence splitter as files, with a model card and their scores, out."""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.vocab import Vocab
from thinc.api import Adam, fix_random_seed

from kg.errors import TrainingError
from kg.languages import blank
from kg.training.treebanks import DEV, FILES, Sentence, Word, onto, sentences

Scores = dict[str, float]


@dataclass(frozen=True, slots=True)
class Recipe:
    """What differs between languages: how often each treebank is read, passes over the data, and what stands between sentences."""

    weights: tuple[int, ...]
    passes: int
    between: str
    clitics: bool = True
    lemmas: bool = False


RECIPES = {
    "en": Recipe((1, 1), 3, " ", lemmas=True),
    "id": Recipe((1, 2), 5, " ", clitics=False),
    "zh": Recipe((1,), 6, ""),
}
LICENCES = {
    "UD_English-EWT": "CC BY-SA 4.0",
    "UD_English-GUM": "CC BY 4.0 and others by genre; only the genres that allow commercial use",
    "UD_Indonesian-GSD": "CC BY-SA 4.0",
    "UD_Indonesian-CSUI": "CC BY-SA 4.0",
    "UD_Chinese-GSDSimp": "CC BY-SA 4.0",
}
WIDTH = 96
BATCH = 12
ROWS = [6000, 1000, 2500, 1000]
PARTS = ("tok2vec", "morphologizer", "parser", "trainable_lemmatizer")
REPORTED = {"pos_acc": "UPOS accuracy", "dep_uas": "UAS", "dep_las": "LAS", "sents_f": "sentence F1", "lemma_acc": "lemma accuracy"}


def train_pipeline(language: str, corpora: Path, out: Path, seed: int = 0) -> Scores:
    """Train a language's pipeline from the treebanks below `corpora` and write it to `out` with its `card.md`, anew after each pass.

    The same corpora and seed give the same files on the same machine. Raises TrainingError for a missing or broken treebank.
    """
    if language not in RECIPES:
        raise TrainingError(f"{language}: no treebanks are named from which its trees could be learnt")
    recipe = RECIPES[language]
    fix_random_seed(seed)
    dice = random.Random(seed)
    nlp = _untrained(language, recipe)
    train = [s for path, n in zip(FILES[language], recipe.weights, strict=True) for s in list(_read(nlp, corpora / path, recipe)) * n]
    dev = [list(_read(nlp, corpora / path, recipe)) for path in DEV[language]]
    optimizer = nlp.initialize(lambda: [_example(nlp, _plain(s[:1], recipe), recipe) for s in _runs(train, dice)], sgd=Adam(0.001))
    held = [_example(nlp, _plain(run, recipe), recipe) for part in dev for run in _chunks(part, 8)]
    scores: Scores = {}
    for epoch in range(recipe.passes):
        optimizer.learn_rate = 0.001 * (1 - epoch / recipe.passes) + 0.0001
        _pass(nlp, optimizer, _texts(train, dice, recipe), recipe)
        with nlp.use_params(optimizer.averages):
            scores = scored(nlp, held)
            _write(nlp, language, out)
        (out / "card.md").write_text(_card(language, corpora, scores, (epoch + 1, recipe.passes, seed)), encoding="utf-8")
        print(f"{language} pass {epoch + 1} of {recipe.passes}: {scores}", flush=True)
    return scores


def scored(nlp: Language, examples: Sequence[Example]) -> Scores:
    """Score a pipeline on held-out text as a reader meets it: sentences run together, words its own."""
    fresh = [Example(nlp.make_doc(e.reference.text), e.reference) for e in examples]
    found = nlp.evaluate(fresh)
    return {words: round(float(found[key]), 4) for key, words in REPORTED.items() if found.get(key) is not None}


def _untrained(language: str, recipe: Recipe) -> Language:
    """A pipeline whose parts share one small convolutional network over hashed word features."""
    nlp = blank(language)
    embed = {"@architectures": "spacy.MultiHashEmbed.v2", "width": WIDTH, "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE"], "rows": ROWS}
    encode = {"@architectures": "spacy.MaxoutWindowEncoder.v2", "width": WIDTH, "depth": 4, "window_size": 1, "maxout_pieces": 3}
    embed["include_static_vectors"] = False
    nlp.add_pipe("tok2vec", config={"model": {"@architectures": "spacy.Tok2Vec.v2", "embed": embed, "encode": encode}})
    shared = {"@architectures": "spacy.Tok2VecListener.v1", "width": WIDTH}
    tagger = {"@architectures": "spacy.Tagger.v2", "tok2vec": shared}
    parser = {"@architectures": "spacy.TransitionBasedParser.v2", "state_type": "parser", "extra_state_tokens": False, "tok2vec": shared}
    parser |= {"hidden_width": 64, "maxout_pieces": 2, "use_upper": True, "nO": None}
    nlp.add_pipe("morphologizer", config={"model": tagger})
    nlp.add_pipe("parser", config={"model": parser, "min_action_freq": 8})
    if recipe.lemmas:
        nlp.add_pipe("trainable_lemmatizer", config={"model": tagger, "min_tree_freq": 5, "top_k": 1})
    return nlp


def _read(nlp: Language, path: Path, recipe: Recipe) -> Iterator[Sentence]:
    """The sentences of a treebank; where a language writes no spaces, on the words of our own tokenizer."""
    for sentence in sentences(path, clitics=recipe.clitics):
        if recipe.between:
            yield sentence
        else:
            yield onto(sentence, [t.idx + len(t) for t in nlp.make_doc(sentence.text)])


def _runs(train: Sequence[Sentence], dice: random.Random) -> Iterator[Sequence[Sentence]]:
    """Neighbouring sentences, one to eight together, so that the parser learns where one ends."""
    place = 0
    while place < len(train):
        length = dice.choice((1, 1, 2, 3, 4, 6, 8))
        yield train[place : place + length]
        place += length


def _chunks(part: Sequence[Sentence], size: int) -> Iterator[Sequence[Sentence]]:
    return (part[n : n + size] for n in range(0, len(part), size))


def _texts(train: Sequence[Sentence], dice: random.Random, recipe: Recipe) -> list[Sentence]:
    """One pass over the data as pages have it: line breaks between sentences, headlines without stops, wrapped lines, capitals."""
    texts = []
    for run in _runs(train, dice):
        varied = [_shouted(s) if dice.random() < 0.02 else s for s in run]
        breaks = [dice.choice((recipe.between,) * 4 + ("\n", "\n\n")) for _ in varied]
        varied = [_unstopped(s) if "\n" in b and dice.random() < 0.3 else s for s, b in zip(varied, breaks, strict=True)]
        text = _joined(varied, breaks)
        texts.append(_wrapped(text, dice.randrange(30, 90)) if dice.random() < 0.05 else text)
    dice.shuffle(texts)
    return texts


def _plain(run: Sequence[Sentence], recipe: Recipe) -> Sentence:
    return _joined(run, [recipe.between] * len(run))


def _joined(run: Sequence[Sentence], breaks: Sequence[str]) -> Sentence:
    """Write sentences one after another, each followed by its break."""
    text, words = "", list[Word]()
    for sentence, pause in zip(run, breaks, strict=True):
        offset, place = len(text), len(words)
        words += [replace(w, start=w.start + offset, end=w.end + offset, head=w.head + place) for w in sentence.words]
        text += sentence.text + pause
    return Sentence(text, tuple(words))


def _shouted(sentence: Sentence) -> Sentence:
    upper = sentence.text.upper()
    return replace(sentence, text=upper) if len(upper) == len(sentence.text) else sentence


def _unstopped(sentence: Sentence) -> Sentence:
    """Take the full stop off, as headlines have none."""
    last = len(sentence.words) - 1
    stop = sentence.words[-1]
    if stop.upos != "PUNCT" or stop.head == last or any(w.head == last for w in sentence.words):
        return sentence
    return Sentence(sentence.text[: stop.start].rstrip(), sentence.words[:-1])


def _wrapped(sentence: Sentence, width: int) -> Sentence:
    """Break lines at a width, a line break for a space, so that no place moves."""
    text = re.sub(rf"(.{{{width - 12},{width}}}) (?=\S)", r"\1\n", sentence.text)
    return replace(sentence, text=text)


def _example(nlp: Language, text: Sentence, recipe: Recipe) -> Example:
    reference = _doc(nlp.vocab, text, recipe)
    return Example(nlp.make_doc(reference.text), reference)


def _doc(vocab: Vocab, text: Sentence, recipe: Recipe) -> Doc:
    """The treebank's own analysis as a Doc; white space that is no single space is a token of its own, as spaCy's tokenizers have it."""
    words: list[str] = []
    spaces: list[bool] = []
    columns: list[tuple[str, int, str, str]] = []
    places = [0] * len(text.words)
    for number, word in enumerate(text.words):
        following = text.words[number + 1].start if number + 1 < len(text.words) else len(text.text)
        gap = text.text[word.end : following]
        places[number] = len(words)
        words.append(text.form(word))
        columns.append((word.upos, word.head, word.relation, word.lemma or text.form(word)))
        spaces.append(gap.startswith(" "))
        if gap := gap.removeprefix(" "):
            words.append(gap)
            spaces.append(False)
            columns.append(("SPACE", number, "dep", gap))
    heads = [places[c[1]] for c in columns]
    lemmas = [c[3] for c in columns] if recipe.lemmas else None
    return Doc(vocab, words=words, spaces=spaces, pos=[c[0] for c in columns], heads=heads, deps=_relations(columns), lemmas=lemmas)


def _relations(columns: Iterable[tuple[str, int, str, str]]) -> list[str]:
    return ["ROOT" if relation == "root" else relation for _, _, relation, _ in columns]


def _pass(nlp: Language, optimizer: Any, texts: Sequence[Sentence], recipe: Recipe) -> None:
    for start in range(0, len(texts), BATCH):
        nlp.update([_example(nlp, text, recipe) for text in texts[start : start + BATCH]], sgd=optimizer, drop=0.1)


def _write(nlp: Language, language: str, out: Path) -> None:
    """Write the parts with only the strings they need: labels, not the words of the corpora."""
    out.mkdir(parents=True, exist_ok=True)
    lean = blank(language)
    strings = {label for part in nlp.pipe_names for label in _labels(nlp, part)}
    for text in sorted(strings):
        lean.vocab.strings.add(text)
    lean.vocab.strings.to_disk(out / "strings.json")
    nlp.config.to_disk(out / "config.cfg")
    for name in nlp.pipe_names:
        component: Any = nlp.get_pipe(name)
        component.to_disk(out / name, exclude=["vocab"])


def _labels(nlp: Language, part: str) -> Iterator[str]:
    component: Any = nlp.get_pipe(part)
    if part == "trainable_lemmatizer":
        for node in component.label_data["trees"]:
            yield from (node[k] for k in ("orig", "subst") if k in node)
    else:
        yield from getattr(component, "labels", ())


def _card(language: str, corpora: Path, scores: Scores, run: tuple[int, int, int]) -> str:
    done, passes, seed = run
    files = [*FILES[language], *DEV[language]]
    used = "\n".join(f"- {f} ({LICENCES[f.split('/')[0]]}), sha256 {_hash(corpora / f)[:16]}…" for f in files)
    reached = "\n".join(f"| {name} | {value:.3f} |" for name, value in scores.items())
    return f"""# Pipeline for `{language}`: words, tags, trees, sentences

Made by `kg.training.pipelines.train_pipeline("{language}", corpora, out, seed={seed})`.
Nothing in it was pretrained; {done} of {passes} passes over the data.

A convolutional network (width {WIDTH}, depth 4, hashed features of each word's norm, prefix, suffix and shape) shared by a tagger
of universal parts of speech and a transition-based parser of Universal Dependencies.

## Data
{used}

The weights are an adaptation of these treebanks and under the same terms (CC BY-SA 4.0); cite Universal Dependencies.

## Scores on the dev sets
Eight sentences run together, words by our own tokenizer; where it differs from the treebank's, a word counts as wrong or is left out
as spaCy's scorer does.

| measure | value |
|---|---|
{reached}
"""


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
