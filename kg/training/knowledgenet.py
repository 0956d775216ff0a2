"""KnowledgeNet in, English passages out: facts with exact spans, and for each passage the relations that were looked for."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations, permutations
from pathlib import Path
from typing import Any

from kg.ontology import Ontology
from kg.training.gold import Annotated
from kg.training.stated import ORGANIZATION, PERSON, PLACE, Builder, RelationText, Stretch

# Their relation: ours, and whether their subject is our object.
MEANINGS = {"CEO": ("chiefExecutiveOf", True), "FOUNDED_BY": ("founderOf", True), "SUBSIDIARY_OF": ("subsidiaryOf", False),
            "HEADQUARTERS": ("headquarteredIn", False), "EMPLOYEE_OR_MEMBER_OF": ("holdsPositionAt", False)}  # fmt: skip
# Their relation: the types of its subject and object; None where ours has none or a place that takes part in no relation of ours.
TYPES = {"CEO": (ORGANIZATION, PERSON), "FOUNDED_BY": (ORGANIZATION, PERSON), "SUBSIDIARY_OF": (ORGANIZATION, ORGANIZATION),
         "HEADQUARTERS": (ORGANIZATION, PLACE), "EMPLOYEE_OR_MEMBER_OF": (PERSON, ORGANIZATION), "DATE_FOUNDED": (ORGANIZATION, None),
         "EDUCATED_AT": (PERSON, ORGANIZATION), "POLITICAL_AFFILIATION": (PERSON, ORGANIZATION), "SPOUSE": (PERSON, PERSON),
         "CHILD_OF": (PERSON, PERSON)}  # fmt: skip
_POSITION = "holdsPositionAt"
_OFFICES = ("chiefExecutiveOf", "chairOf", "founderOf")


def texts(corpora: Path, domain: Ontology, without: int | None = None) -> Iterator[RelationText]:
    """Yield the passages in which a relation of ours was looked for and a name is known; `without` one fold, if asked."""
    pronouns = pronouns_of(domain)
    office = offices(domain)
    for number, passage in enumerate(passages(corpora)):
        known = frozenset(MEANINGS[p][0] for p in passage["props"] if p in MEANINGS)
        made = Builder(f"knowledgenet-{number}", passage["text"], "en", domain.usual())
        annotated = _annotated(made, passage, pronouns, office) if known else None
        if annotated and annotated.extraction.mentions and passage["fold"] != without:
            yield RelationText(annotated, known)


def pronouns_of(domain: Ontology) -> frozenset[str]:
    """English pronouns, which are ends of facts like names; noun phrases that refer to a name are none."""
    return frozenset(w.text.lower() for group in ("pronoun", "firstPerson") for w in domain.words[group] if w.language == "en")


def passages(corpora: Path) -> Iterator[dict[str, Any]]:
    """Yield the passages as they are published: `text`, `fold`, `props` asked of it, `facts` with spans."""
    with (corpora / "KnowledgeNet" / "train.jsonl").open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def offices(domain: Ontology) -> re.Pattern[str]:
    """Words of the offices that have a relation of their own: where one stands, "employee" or "member" says too little."""
    words = {r.text for name in _OFFICES for r in domain.relations[name].roles if r.language == "en"}
    return re.compile(r"\b(?:" + "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w))) + r")\b", re.IGNORECASE)


def _annotated(made: Builder, passage: dict[str, Any], pronouns: frozenset[str], office: re.Pattern[str]) -> Annotated:
    text = made.text
    kinds, links = _spans(passage, pronouns)
    facts = [(f["rel"], (*f["s"],), (*f["o"],)) for f in passage["facts"] if f["rel"] in MEANINGS]
    things = _things(text, kinds, links, {frozenset((s, o)) for _, s, o in facts})
    for where, found in kinds.items():
        made.name(where, min(found), things[where])
    wider = _wider(text, [o for relation, _, o in facts if relation == "HEADQUARTERS"])
    for relation, head, tail in facts:
        if head in things and tail in things:
            predicate, turned = MEANINGS[relation]
            subject, other = (things[tail], things[head]) if turned else (things[head], things[tail])
            if tail in wider or (predicate == _POSITION and office.search(text)):
                made.leave_open((subject, predicate, other))
            else:
                made.state((subject, predicate, other))
            if predicate in _OFFICES:
                made.leave_open((subject, _POSITION, other))
    return made.annotated({things[where] for where, found in kinds.items() if len(found) > 1})


def _spans(passage: dict[str, Any], pronouns: frozenset[str]) -> tuple[dict[Stretch, set[str]], dict[Stretch, str]]:
    """The types that the facts give to each name, and its entity in Wikidata where they tell."""
    kinds: dict[Stretch, set[str]] = defaultdict(set)
    links: dict[Stretch, str] = {}
    for fact in passage["facts"]:
        types = TYPES.get(fact["rel"], (None, None))
        for (start, end), link, kind in zip((fact["s"], fact["o"]), (fact["su"], fact["ou"]), types, strict=True):
            if kind and _is_name(passage["text"][start:end], pronouns):
                kinds[start, end].add(kind)
                links.update({(start, end): link} if link else {})
    return dict(kinds), links


def _is_name(form: str, pronouns: frozenset[str]) -> bool:
    return form.lower() not in pronouns and any(c.isupper() or (c.isalpha() and not c.islower()) for c in form)


def _things(text: str, kinds: dict[Stretch, set[str]], links: dict[Stretch, str], related: set[frozenset[Stretch]]) -> dict[Stretch, int]:
    """Number the names so that those of one thing share a number."""
    things = {where: n for n, where in enumerate(kinds)}
    for a, b in combinations(kinds, 2):
        linked = a in links and links[a] == links.get(b)
        if kinds[a] == kinds[b] and frozenset((a, b)) not in related and (linked or _same(text, a, b, kinds[a])):
            old, new = things[b], things[a]
            things = {where: new if n == old else n for where, n in things.items()}
    return things


def _same(text: str, a: Stretch, b: Stretch, kinds: set[str]) -> bool:
    """Whether two names are one form, one stands in brackets behind the other, or one is part of a person's other."""
    one, other = sorted((a, b))
    words, others = text[slice(*one)].casefold().split(), text[slice(*other)].casefold().split()
    bracketed = re.fullmatch(r"\s*\(", text[one[1] : other[0]]) is not None
    return words == others or bracketed or (kinds == {PERSON} and (set(words) <= set(others) or set(words) >= set(others)))


def _wider(text: str, places: list[Stretch]) -> set[Stretch]:
    """The places that only say where the one before them lies."""
    return {b for a, b in permutations(places, 2) if lies_in(text, a, b)}


def lies_in(text: str, place: Stretch, wider: Stretch) -> bool:
    """Whether a place stands right behind another to say where that lies ("Wylie, Texas", "Shouguang City of Shandong")."""
    return place[1] <= wider[0] and re.fullmatch(r"[\s,(]*(?:(?:of|in)\s)?", text[place[1] : wider[0]]) is not None
