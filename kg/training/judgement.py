"""Annotated texts in, how often each wording of the ontology is right out: `python -m kg.training.judgement [GOLD_DIR …]`.

Wordings are matched against the annotated mentions, so that only they are judged. Those in `kg/training/documents` always take part. The
table lists the wordings that are wrong most often; what is arguable does not count.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kg import ontology
from kg.extract.patterns import Pattern
from kg.extract.wordings import matched
from kg.languages import pipeline
from kg.model import Claim
from kg.ontology import Ontology
from kg.parse import Parsed, Part
from kg.training.calibrate import ordered, triples
from kg.training.gold import Annotated, annotated_documents
from kg.training.written import DOCUMENTS, written_texts

LISTED = 30


@dataclass
class Judgement:
    """How many claims each wording states rightly and wrongly, and how many of the annotated ones any wording states, by relation."""

    right: Counter[Pattern] = field(default_factory=Counter)
    wrong: Counter[Pattern] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    wanted: Counter[str] = field(default_factory=Counter)


def judge(texts: Iterable[Annotated], domain: Ontology) -> Judgement:
    """Compare what wordings state with what is annotated."""
    result = Judgement()
    for annotated in texts:
        gold, arguable = triples(annotated, domain)
        found = _matched(annotated, domain)
        stated = {(pattern, ordered((claim.subject, claim.predicate, claim.object), domain)) for pattern, claim in found}
        for pattern, triple in stated:
            if triple not in arguable:
                (result.right if triple in gold else result.wrong)[pattern] += 1
        result.wanted.update(predicate for _, predicate, _ in gold)
        result.found.update(predicate for _, predicate, _ in gold & {triple for _, triple in stated})
    return result


def _matched(annotated: Annotated, domain: Ontology) -> Iterator[tuple[Pattern, Claim]]:
    document = annotated.extraction.document
    language = document.language or ""
    part = Part(0, language, document.text, pipeline(language)(document.text))
    return matched(Parsed(document, (part,)), annotated.extraction.mentions, domain)


def main(folders: Sequence[str]) -> None:
    """Print the table."""
    domain = ontology.load()
    texts = [*written_texts(DOCUMENTS), *(a for folder in folders for a in annotated_documents(Path(folder), domain))]
    result = judge(texts, domain)
    right, wrong = result.right.total(), result.wrong.total()
    print(f"{len(texts)} texts: wordings state {right} claims rightly, {wrong} wrongly")
    print("found by a wording: " + ", ".join(f"{name} {result.found[name]}/{n}" for name, n in sorted(result.wanted.items())))
    worst = sorted(result.wrong, key=lambda p: (result.right[p] - result.wrong[p], p.parts))[:LISTED]
    for pattern in worst:
        print(f"{result.right[pattern]:5} right {result.wrong[pattern]:5} wrong  {pattern.relation or 'office'}: {' '.join(pattern.parts)}")


if __name__ == "__main__":
    main(sys.argv[1:])
