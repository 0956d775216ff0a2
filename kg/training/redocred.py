"""Re-DocRED in, English documents out: persons and organizations throughout, and Wikidata's relations between them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.ontology import Ontology
from kg.training.examples import OTHER_KIND
from kg.training.gold import Annotated
from kg.training.knowledgenet import offices
from kg.training.stated import ORGANIZATION, PERSON, PLACE, PRODUCT, Builder, Link, RelationText, Stretch

# Their relation with the types of head and tail (MISC: a product): ours, and whether their head is our object. P127 (owner) may be any
# holder; P488 (chairperson) covers popes and party leaders too; P169 (chief executive) isn't annotated.
MEANINGS = {
    ("P112", "ORG", "PER"): ("founderOf", True),
    ("P159", "ORG", "LOC"): ("headquarteredIn", False),
    ("P749", "ORG", "ORG"): ("subsidiaryOf", False),
    ("P355", "ORG", "ORG"): ("subsidiaryOf", True),
    ("P108", "PER", "ORG"): ("holdsPositionAt", False),
    ("P463", "PER", "ORG"): ("holdsPositionAt", False),
    ("P54", "PER", "ORG"): ("holdsPositionAt", False),
    ("P176", "MISC", "ORG"): ("releasedBy", False),
    ("P178", "MISC", "ORG"): ("releasedBy", False),
    ("P123", "MISC", "ORG"): ("releasedBy", False),
    ("P1056", "ORG", "MISC"): ("releasedBy", True),
}
KNOWN = frozenset({"founderOf", "headquarteredIn", "subsidiaryOf", "releasedBy"})
OURS = frozenset(predicate for predicate, _ in MEANINGS.values())
TYPES = {"PER": PERSON, "ORG": ORGANIZATION, "LOC": PLACE, "MISC": PRODUCT}
_POSITION = "holdsPositionAt"


def texts(corpora: Path, domain: Ontology) -> Iterator[RelationText]:
    """Yield the documents; places are linked, but their names not taught, since ours are annotated only where they take part."""
    office = offices(domain)
    for number, document in enumerate(json.loads((corpora / "Re-DocRED" / "dev_revised.json").read_text(encoding="utf-8"))):
        annotated = _annotated(f"redocred-{number}", document, office, domain.usual())
        yield RelationText(annotated, KNOWN, OTHER_KIND, frozenset({PLACE}))


def _annotated(identifier: str, document: dict[str, Any], office: re.Pattern[str], usual: str) -> Annotated:
    text, words = joined(document["sents"])
    made = Builder(identifier, text, "en", usual)
    entities = document["vertexSet"]
    kinds = [e[0]["type"] for e in entities]
    for number, entity in enumerate(entities):
        for mention in entity if kinds[number] in TYPES else ():
            first, last = mention["pos"]
            row = words[mention["sent_id"]]
            made.name((row[first][0], row[last - 1][1]), TYPES[kinds[number]], number)
    sentences = [(row[0][0], row[-1][1]) for row in words]
    for label in document["labels"]:
        _state(made, label, entities, sentences, office)
    products = {subject for (subject, predicate, _), (_, sure) in made.links.items() if sure and predicate == "releasedBy"}
    unclear = {n for n, e in enumerate(entities) if len({m["type"] for m in e}) > 1 or (kinds[n] == "MISC" and n not in products)}
    return made.annotated(unclear)


def _state(made: Builder, label: dict[str, Any], entities: list[Any], sentences: list[Stretch], office: re.Pattern[str]) -> None:
    """Note what a label says; one of another meaning leaves both orders of its pair open, one without evidence its own."""
    head, tail = label["h"], label["t"]
    meaning = MEANINGS.get((label["r"], entities[head][0]["type"], entities[tail][0]["type"]))
    if meaning is None:
        for pair in ((head, tail), (tail, head)):
            for predicate in sorted(OURS):
                made.leave_open((pair[0], predicate, pair[1]))
        return
    predicate, turned = meaning
    link: Link = (tail, predicate, head) if turned else (head, predicate, tail)
    shown = label["evidence"]
    evidence = (sentences[min(shown)][0], sentences[max(shown)][1]) if shown else (0, 0)
    if not shown or (predicate == _POSITION and office.search(made.text[slice(*evidence)])):
        made.leave_open(link)
    else:
        made.state(link, evidence)


_LEANS_LEFT = re.compile(r"[.,;:!?)\]}%]+|['’][Ss]|n['’]t|['’](?:re|ve|ll|d|m)?|[-/]")
_LEANS_RIGHT = re.compile(r"[(\[{$£€]|[-/]")


def joined(sentences: list[list[str]]) -> tuple[str, list[list[Stretch]]]:
    """Write sentences of words as one would, on one line; give where each word stands."""
    text, leans = "", True
    places: list[list[Stretch]] = []
    for sentence in sentences:
        row: list[Stretch] = []
        inside = False
        for word in map(str.strip, sentence):
            mark = word == '"'
            if word and not (leans or (mark and inside) or _LEANS_LEFT.fullmatch(word)):
                text += " "
            row.append((len(text), len(text) + len(word)))
            text += word
            leans = (leans and not word) or (mark and not inside) or _LEANS_RIGHT.fullmatch(word) is not None
            inside ^= mark
        places.append(row)
        leans = False
    return text, places
