"""Treebanks in CoNLL-U in, sentences whose words know their places in the text out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from kg.errors import TrainingError

FILES = {
    "en": ("UD_English-EWT/en_ewt-ud-train.conllu", "UD_English-GUM/en_gum-ud-train.commercial.conllu"),
    "id": ("UD_Indonesian-GSD/id_gsd-ud-train.converted.conllu", "UD_Indonesian-CSUI/id_csui-ud-train.conllu"),
    "zh": ("UD_Chinese-GSDSimp/zh_gsdsimp-ud-train.converted.conllu",),
}
DEV = {
    "en": ("UD_English-EWT/en_ewt-ud-dev.conllu", "UD_English-GUM/en_gum-ud-dev.commercial.conllu"),
    "id": ("UD_Indonesian-GSD/id_gsd-ud-dev.conllu",),
    "zh": ("UD_Chinese-GSDSimp/zh_gsdsimp-ud-dev.conllu",),
}


@dataclass(frozen=True, slots=True)
class Word:
    """A word at `[start, end)` of its sentence; `head` is the place of its head among the words, its own for the root."""

    start: int
    end: int
    upos: str
    head: int
    relation: str
    lemma: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A text and its words in order."""

    text: str
    words: tuple[Word, ...]

    def form(self, word: Word) -> str:
        """Give the characters of a word."""
        return self.text[word.start : word.end]


def sentences(path: Path, *, clitics: bool = True) -> Iterator[Sentence]:
    """Yield the sentences of a file.

    Parts of a word written together ("don't") stay apart if `clitics` and their letters add up to it; else they become one word.
    Raises TrainingError for a missing file and for words that do not lie in their text.
    """
    if not path.is_file():
        raise TrainingError(f"{path}: no such treebank")
    text, rows = "", []
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("# text = "):
                text = line.removeprefix("# text = ").rstrip("\n")
            elif line[:1].isdigit():
                rows.append(line.rstrip("\n").split("\t"))
            elif not line.strip() and rows:
                yield _sentence(text, rows, path, clitics=clitics)
                rows = []
    if rows:
        yield _sentence(text, rows, path, clitics=clitics)


def onto(sentence: Sentence, ends: Iterable[int]) -> Sentence:
    """Project a tree onto other words of the same text, given by their ends; where borders cross, the treebank's words stay.

    Several words that become one are headed as the one among them that hangs highest; a word that is cut hangs on its last piece.
    """
    theirs = {w.end for w in sentence.words}
    ours = set(ends) | {0}
    shared = sorted((theirs | {0}) & ours | {sentence.words[-1].end})
    split: list[Word] = []
    groups: list[int] = []
    for start, end in pairwise(shared):
        inside = [n for n, w in enumerate(sentence.words) if start <= w.start and w.end <= end]
        cuts = sorted(o for o in ours if start < o < end)
        if not inside:
            continue
        if len(inside) > 1 and not cuts:
            groups += [len(split)] * len(inside)
            split.append(_united(sentence, inside))
        elif len(inside) == 1 and cuts:
            split += _cut(sentence.words[inside[0]], cuts, len(split))
            groups.append(len(split) - 1)
        else:
            groups += range(len(split), len(split) + len(inside))
            split += [sentence.words[n] for n in inside]
    return replace(sentence, words=tuple(_rehung(w, n, groups) for n, w in enumerate(split)))


def _rehung(word: Word, place: int, groups: Sequence[int]) -> Word:
    """Translate a head from the old words to the new; negative heads are already new ones."""
    return replace(word, head=-word.head - 1 if word.head < 0 else groups[word.head])


def _united(sentence: Sentence, inside: Sequence[int]) -> Word:
    words = [sentence.words[n] for n in inside]
    top = next((n for n in inside if sentence.words[n].head not in inside or sentence.words[n].head == n), inside[-1])
    return replace(sentence.words[top], start=words[0].start, end=words[-1].end, lemma="")


def _cut(word: Word, cuts: Sequence[int], place: int) -> Iterator[Word]:
    borders = [word.start, *cuts, word.end]
    last = place + len(borders) - 2
    for start, end in pairwise(borders[:-1]):
        yield Word(start, end, word.upos, -last - 1, "compound")
    yield replace(word, start=borders[-2], lemma="")


def _sentence(text: str, rows: list[list[str]], path: Path, *, clitics: bool) -> Sentence:
    words: list[Word] = []
    heads = {row[0]: row for row in rows if row[0].isdigit()}
    place: dict[str, int] = {"0": -1}
    position, skip = 0, set[str]()
    for row in rows:
        if row[0] in skip or "." in row[0]:
            continue
        parts = _parts(row, heads)
        position = text.find(row[1], position)
        if position < 0:
            raise TrainingError(f"{path}: {row[1]!r} is not in {text!r}")
        skip |= {p[0] for p in parts}
        ends = _ends(row[1], parts, position, clitics=clitics)
        kept = parts if len(ends) == len(parts) else [_highest(parts)]
        place |= {p[0]: len(words) + (n if len(kept) > 1 else 0) for n, p in enumerate(parts)}
        for part, end in zip(kept, ends, strict=True):
            lemma = part[2] if part[2] != "_" or part[1] == "_" else ""
            words.append(Word(position, end, part[3], int(part[6]), part[7], lemma))
            position = end
    return Sentence(text, tuple(_placed(w, n, place) for n, w in enumerate(words)))


def _placed(word: Word, number: int, place: dict[str, int]) -> Word:
    head = place[str(word.head)]
    return replace(word, head=number if head < 0 else head)


def _parts(row: list[str], heads: dict[str, list[str]]) -> list[list[str]]:
    """The syntactic words of a row: itself, or those of a range such as 6-7."""
    first, _, last = row[0].partition("-")
    return [heads[str(n)] for n in range(int(first), int(last) + 1)] if last else [row]


def _ends(form: str, parts: list[list[str]], start: int, *, clitics: bool) -> list[int]:
    if len(parts) > 1 and clitics and "".join(p[1] for p in parts) == form:
        lengths = [len(p[1]) for p in parts]
        return [start + sum(lengths[: n + 1]) for n in range(len(parts))]
    return [start + len(form)]


def _highest(parts: list[list[str]]) -> list[str]:
    numbers = {p[0] for p in parts}
    return next((p for p in parts if p[6] not in numbers), parts[0])
