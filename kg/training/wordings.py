"""The ontology's wordings and a stock of names in, invented texts that state relations out: so that rare ones are taught too."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from dataclasses import dataclass, field

from kg.model import Claim, Document, Extraction, Mention, Span
from kg.ontology import Ontology, Relation, Wording
from kg.training.gold import Annotated
from kg.training.renaming import Naming, Stock

SENTENCES = (1, 4)
AGAIN = 0.45
SPACED, FULL_STOP = {"zh": ""}, {"zh": "。"}
COMMA, ENDED = {"zh": "，"}, 0.5
_SLOT = re.compile(r"\[(subject|object|title|date)\]")


@dataclass
class _Draft:
    """A text that grows by sentences; `cast` are its things by type, each with its chain and name."""

    language: str
    names: Stock
    dice: random.Random
    text: str = ""
    cast: defaultdict[str, list[tuple[int, Naming]]] = field(default_factory=lambda: defaultdict(list))
    mentions: list[Mention] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)

    def thing(self, kinds: tuple[str, ...], other: int | None) -> tuple[int, str, str] | None:
        """Choose a thing of one of the types that is not `other`, often one named before: its chain, type and words."""
        kind = self.dice.choice(kinds)
        known = [t for t in self.cast[kind] if t[0] != other]
        if known and self.dice.random() < AGAIN:
            chain, naming = self.dice.choice(known)
            return chain, kind, self.dice.choice(naming)
        stock = self.names.get((kind, self.language))
        if not stock:
            return None
        naming = self.dice.choice(stock)
        if any(set(naming) & set(t[1]) for things in self.cast.values() for t in things):
            return None
        chain = sum(map(len, self.cast.values()))
        self.cast[kind].append((chain, naming))
        return chain, kind, naming.long


def invented(ontology: Ontology, names: Stock, dice: random.Random, count: int) -> list[Annotated]:
    """Give `count` texts of one to four sentences; each relation, and each status under it, is stated about as often as any other."""
    by_sense: dict[str, list[list[Wording]]] = {}
    languages = sorted({w.language for r in ontology.relations.values() for w in r.wordings})
    for language in languages:
        senses: defaultdict[tuple[str, str], list[Wording]] = defaultdict(list)
        for relation in ontology.relations.values():
            for wording in relation.wordings:
                if wording.language == language:
                    senses[wording.relation, wording.status].append(wording)
        by_sense[language] = [w for _, w in sorted(senses.items())]
    texts = []
    for number in range(count):
        language = dice.choice(languages)
        draft = _Draft(language, names, dice)
        for _ in range(dice.randint(*SENTENCES)):
            _state(draft, dice.choice(dice.choice(by_sense[language])), ontology)
        document = Document(f"invented-{number}", draft.text, language)
        texts.append(Annotated(Extraction(document, tuple(draft.mentions), tuple(draft.claims)), frozenset(), frozenset()))
    return texts


def _state(draft: _Draft, wording: Wording, ontology: Ontology) -> None:
    """Add one sentence; nothing where the stock lacks a fitting name."""
    relation = ontology.relations[wording.relation]
    subject = draft.thing(tuple(map(ontology.top, relation.domain)), None)
    other = draft.thing(tuple(map(ontology.top, relation.range)), subject[0]) if subject else None
    if subject is None or other is None:
        return
    title = _title(wording, relation, draft)
    filled = {"subject": subject[2], "object": other[2], "title": title or "", "date": _date(draft, ontology)}
    start = len(draft.text)
    identifier = ""
    last = 0
    things = {"subject": subject, "object": other}
    for slot in _SLOT.finditer(wording.text):
        draft.text += wording.text[last : slot.start()]
        place = len(draft.text)
        draft.text += filled[slot[1]]
        if slot[1] in things:
            chain, kind, words = things[slot[1]]
            draft.mentions.append(Mention(Span(identifier, place, len(draft.text)), words, kind, draft.language, chain))
        last = slot.end()
    draft.text += wording.text[last:]
    _capitalise(draft, start)
    draft.text += _ending(draft, ontology)
    evidence = Span(identifier, start, len(draft.text))
    draft.claims.append(Claim(subject[0], relation.name, other[0], evidence, wording.status, title, method="wording"))
    draft.text += SPACED.get(draft.language, " ")


def _capitalise(draft: _Draft, start: int) -> None:
    if draft.text[start : start + 1].islower():
        draft.text = draft.text[:start] + draft.text[start].upper() + draft.text[start + 1 :]


def _title(wording: Wording, relation: Relation, draft: _Draft) -> str | None:
    """A role for the wording's slot, else the longest role of the relation that the wording itself names."""
    roles = [r.text for r in relation.roles if r.language == draft.language]
    if "[title]" in wording.text:
        return draft.dice.choice(roles) if roles else None
    plain = _SLOT.sub("\0", wording.text)
    return max((r for r in roles if relation.membership and r in plain), key=len, default=None)


def _date(draft: _Draft, ontology: Ontology) -> str:
    """A month and a year as the language writes them."""
    month, year = draft.dice.randint(1, 12), draft.dice.randint(1995, 2026)
    if draft.language == "zh":
        return draft.dice.choice([f"{year}年", f"{year}年{month}月", f"{year}年{month}月{draft.dice.randint(1, 28)}日"])
    words = [n.text for n in ontology.words[f"month{month}"] if n.language == draft.language and len(n.text) > 3] or [str(month)]
    return draft.dice.choice([str(year), f"{words[0].title()} {year}", f"{draft.dice.randint(1, 28)} {words[0].title()} {year}"])


def _ending(draft: _Draft, ontology: Ontology) -> str:
    """A full stop, now and then after a day."""
    stop = FULL_STOP.get(draft.language, ".")
    days = [n.text for n in ontology.words["weekday"] if n.language == draft.language and len(n.text) > 2]
    return f"{COMMA.get(draft.language, ', ')}{draft.dice.choice(days)}{stop}" if draft.dice.random() > ENDED else stop
