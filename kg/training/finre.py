"""FinRE in, Chinese sentences of financial news out: two or more organizations and what holds between them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import chain, combinations
from pathlib import Path
from typing import NamedTuple

from kg.ontology import Ontology
from kg.training.stated import ORGANIZATION, Builder, RelationText


class Meaning(NamedTuple):
    """Our relation (`turned`: their head is our object), taught where the sentence has one of `words` and none of `unless`.

    FinRE also labels what readers know beforehand, and its labels cover more than ours: elsewhere nothing is known.
    """

    predicate: str
    turned: bool
    words: str
    unless: str = r"(?!)"
    status: str | None = None


_BUYS, _HOLDS, _ENTERS, _OWNS = "收购|并购|购并", "持有|持股|参股|股东", "入股|参股|战略投资", "子公司|旗下|下属"
_PLANS, _CONTROLS = "拟|计划|洽购|传|竞购", "控股|全资|绝对控"
MEANINGS = {
    "收购": Meaning("acquired", False, _BUYS, _PLANS), "被收购": Meaning("acquired", True, _BUYS, _PLANS),
    "拟收购": Meaning("acquired", False, _BUYS, status="Future"), "被拟收购": Meaning("acquired", True, _BUYS, status="Future"),
    "持股": Meaning("investorIn", False, _HOLDS, _CONTROLS), "被持股": Meaning("investorIn", True, _HOLDS, _CONTROLS),
    "入股": Meaning("investorIn", False, _ENTERS, _CONTROLS), "被入股": Meaning("investorIn", True, _ENTERS, _CONTROLS),
    "拥有": Meaning("subsidiaryOf", True, _OWNS), "被拥有": Meaning("subsidiaryOf", False, _OWNS),
    "合作": Meaning("partnerOf", False, "合作|联手|携手|联合|结盟"), "合资": Meaning("partnerOf", False, "合资"),
    "竞争": Meaning("competitorOf", False, "竞争|对手|抗衡"),
}  # fmt: skip
OURS = frozenset(m.predicate for m in MEANINGS.values())
UNRELATED = "unknown"
Label = tuple[str, str, str]


def texts(corpora: Path, domain: Ontology) -> Iterator[RelationText]:
    """Yield the sentences whose names are organizations, going by what the corpus says of them anywhere; figures are made up."""
    lines = (corpora / "FinRE" / "train.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line.count("\t") == 3]
    companies = set(chain.from_iterable(_companies(*row) for row in rows))
    sentences: dict[str, list[Label]] = defaultdict(list)
    for head, tail, relation, sentence in rows:
        if {head, tail} <= companies and "<N>" not in head + tail:
            sentences[sentence].append((head, tail, relation))
    for number, (sentence, labels) in enumerate(sentences.items()):
        text = sentence.replace("<N>", str(number % 9 + 1))
        yield _annotated(Builder(f"finre-{number}", text, "zh", domain.usual()), labels)


def _companies(head: str, tail: str, relation: str, sentence: str) -> list[str]:
    """Which of two names must be an organization's."""
    if not _says(relation, sentence):
        return []
    meaning = MEANINGS[relation]
    subject, other = (tail, head) if meaning.turned else (head, tail)
    return {"competitorOf": [], "investorIn": [other]}.get(meaning.predicate, [subject, other])


def _says(relation: str, sentence: str) -> bool:
    meaning = MEANINGS.get(relation)
    return meaning is not None and re.search(meaning.words, sentence) is not None and re.search(meaning.unless, sentence) is None


def _annotated(made: Builder, labels: list[Label]) -> RelationText:
    text = made.text
    things = {name: n for n, name in enumerate(dict.fromkeys(name for h, t, _ in labels for name in (h, t)))}
    for match in re.finditer("|".join(re.escape(name) for name in sorted(things, key=len, reverse=True)), text):
        made.name(match.span(), ORGANIZATION, things[match.group()])
    statuses = set()
    for head, tail, relation in labels:
        if _says(relation, text) and not _several(head, tail, labels):
            meaning = MEANINGS[relation]
            subject, other = (tail, head) if meaning.turned else (head, tail)
            made.state((things[subject], meaning.predicate, things[other]), status=meaning.status)
            statuses.add(meaning.status)
    worded = {m.predicate for m in MEANINGS.values() if re.search(m.words, text)}
    known = OURS - worded | {predicate for _, predicate, _ in made.links}
    _open(made, [(things[h], things[t], r) for h, t, r in labels], known)
    return RelationText(made.annotated(), known, dated=bool(statuses) and None not in statuses)


def _several(head: str, tail: str, labels: list[Label]) -> bool:
    """Whether a pair has labels of several meanings: then it is unclear which of them the sentence states."""
    return len({MEANINGS[r].predicate if r in MEANINGS else r for h, t, r in labels if {h, t} == {head, tail} and r != UNRELATED}) > 1


def _open(made: Builder, labels: list[tuple[int, int, str]], known: frozenset[str]) -> None:
    """Leave open what is unknown of each pair: all but pairs unrelated in both orders and the turned order of what is stated."""
    found: dict[frozenset[int], set[str]] = defaultdict(set)
    for head, tail, relation in labels:
        found[frozenset((head, tail))].add(relation)
    stated = {(frozenset((s, o)), predicate) for s, predicate, o in made.links}
    for one, other in combinations(sorted({n for h, t, _ in labels for n in (h, t)}), 2):
        pair = frozenset((one, other))
        for predicate in sorted(known) if found[pair] != {UNRELATED} else ():
            if (pair, predicate) not in stated:
                made.leave_open((one, predicate, other))
                made.leave_open((other, predicate, one))
