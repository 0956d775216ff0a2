"""KnowledgeNet in folds, one of them unseen: the network learns from the others, and is judged on that one by KnowledgeNet's own measure.

`python -m kg.training.folds CORPORA GOLD BERT FOLD OUT`. What ships has learnt from all folds; this is another network, learnt from
the published BERT, our annotated English texts and two folds. Mesquita et al. 2019, "KnowledgeNet", text evaluation: a fact found is right
where an annotated one of its property overlaps it at both ends, pronouns being ends like names.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

from kg import ontology
from kg.errors import TrainingError
from kg.extract.classifier import claims
from kg.extract.mentions import mentions
from kg.extract.quotations import marked
from kg.extract.sentences import Sentences
from kg.languages.encoder import Encoder, inventory
from kg.languages.encoder.pieces import splitter
from kg.model import Document, Mention
from kg.ontology import Ontology
from kg.parse import Parsed
from kg.training import joint, knowledgenet, renaming, upstream, vocabulary
from kg.training.encoder import Lessons, Shares, begun, calibrated, split
from kg.training.export import export
from kg.training.stated import PLACE, Stretch
from kg.training.synonyms import synonyms

Fact = tuple[str, Stretch, Stretch]  # property, subject, object, as KnowledgeNet has them
OFFICES = ("holdsPositionAt", "chiefExecutiveOf", "chairOf")  # who holds one is an employee or member
LANGUAGE = "en"
RELATIVE = re.compile(r",?\s+(who|whom|whose|which|that)\b")  # behind a name: an end of facts, too
EPOCHS = 6
WRITTEN = 500  # of our own English texts, drawn anew for each epoch


def train_fold(corpora: Path, gold: Path, start: Path, fold: int, out: Path) -> Encoder:
    """Learn from all folds of KnowledgeNet but one; give the network with thresholds chosen on our annotated texts that it has not seen."""
    out.mkdir(parents=True, exist_ok=True)
    domain = ontology.load()
    numbered = inventory.inventory(domain)
    numbered.write(out / "inventory.json")
    source = upstream.read(start)
    pieces = vocabulary.choose(source.pieces, (), ())
    vocabulary.write(pieces, out)
    spoken = split(gold).of(LANGUAGE)
    known = list(knowledgenet.texts(corpora, domain, without=fold))
    cut = splitter(out / "vocabulary.txt")
    alike = synonyms(cut)
    names = renaming.stock(spoken.learnt, corpora / "gazetteers", cut)
    shares = Shares(open_texts=0, related_texts=len(known), invented_texts=0)

    def draw(dice: random.Random) -> list[Any]:
        some = replace(spoken, written=dice.sample(spoken.written, min(WRITTEN, len(spoken.written))))
        return Lessons(some, names, [], known, cut, alike, numbered, shares).blurred(dice)

    reader = begun(source, pieces, numbered, {})
    joint.train(reader, draw, joint.Losses.of(numbered, cut), joint.Plan(EPOCHS), out)
    export(reader, out)
    network, _, calibration = calibrated(spoken, out, domain)
    return replace(network, calibration=calibration)


def found(passage: dict[str, Any], network: Encoder, domain: Ontology) -> Iterator[Fact]:
    """Yield every pair of names or pronouns between which a property holds that was asked of a passage."""
    document = Document(passage["doc"], passage["text"], LANGUAGE)
    reading = network.read(document.text, marked(document.text))
    named = mentions(Parsed(document, ()), reading, domain, network.calibration)
    pronouns = knowledgenet.pronouns_of(domain)
    ends = [replace(m, nominal=False) for m in named]  # here what is never named may have relations, too
    spans = [m for m in named if not m.nominal or m.text.lower() in pronouns]
    for claim in claims(ends, reading, network, domain, Sentences.of(document.identifier, document.text)):
        pairs = [[*_ends(document.text, spans, chain)] for chain in (claim.subject, claim.object)]
        for relation, (predicate, turned) in knowledgenet.MEANINGS.items():
            meant = OFFICES if predicate in OFFICES[:1] else (predicate,)
            if relation in passage["props"] and claim.predicate in meant:
                yield from ((relation, head, tail) for head, tail in product(*(pairs[::-1] if turned else pairs)))


def _ends(text: str, spans: Sequence[Mention], chain: int) -> Iterator[Stretch]:
    """Yield where a thing is named, the relative pronoun behind that, and the place that says where it lies ("Wylie, Texas")."""
    places = [(m.span.start, m.span.end) for m in spans if m.type == PLACE]
    for named in ((m.span.start, m.span.end) for m in spans if m.chain == chain):
        yield named
        if relative := RELATIVE.match(text, named[1]):
            yield relative.span(1)
        if named in places:
            yield from (p for p in places if knowledgenet.lies_in(text, named, p))


def score(passages: Sequence[dict[str, Any]], network: Encoder, domain: Ontology) -> dict[str, tuple[float, float, float]]:
    """Give precision, recall and F1 of each property and of all, "all"."""
    counts: Counter[tuple[str, str]] = Counter()
    for passage in passages:
        wanted: list[Fact] = [(f["rel"], (*f["s"],), (*f["o"],)) for f in passage["facts"] if f["rel"] in knowledgenet.MEANINGS]
        given = sorted(set(found(passage, network, domain)))
        for fact in given:
            counts[fact[0], "right"] += any(_alike(fact, w) for w in wanted)
        for fact in wanted:
            counts[fact[0], "met"] += any(_alike(fact, g) for g in given)
        counts.update((relation, "given") for relation, *_ in given)
        counts.update((relation, "wanted") for relation, *_ in wanted)
    for part in ("right", "met", "given", "wanted"):
        counts["all", part] = sum(counts[relation, part] for relation in knowledgenet.MEANINGS)
    return {name: _rates(*(counts[name, part] for part in ("right", "given", "met", "wanted"))) for name in (*knowledgenet.MEANINGS, "all")}


def _alike(one: Fact, other: Fact) -> bool:
    return one[0] == other[0] and all(a[0] < b[1] and b[0] < a[1] for a, b in zip(one[1:], other[1:], strict=True))


def _rates(right: int, given: int, met: int, wanted: int) -> tuple[float, float, float]:
    precision, recall = right / max(given, 1), met / max(wanted, 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def main() -> None:
    """Train without one fold and print how it is read."""
    if len(sys.argv) != 6:
        raise TrainingError("python -m kg.training.folds CORPORA GOLD BERT FOLD OUT")
    (corpora, gold, start), fold, out = map(Path, sys.argv[1:4]), int(sys.argv[4]), Path(sys.argv[5])
    network = train_fold(corpora, gold, start, fold, out)
    unseen = [p for p in knowledgenet.passages(corpora) if p["fold"] == fold and knowledgenet.MEANINGS.keys() & set(p["props"])]
    for name, rates in score(unseen, network, ontology.load()).items():
        print(name, *(f"{rate:.3f}" for rate in rates))


if __name__ == "__main__":
    main()
