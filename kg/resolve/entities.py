"""Groups of namings in, Entities out: with a preferred name, finer classes and an identifier that depends on the content only."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.han import IDEOGRAPHS, has_han
from kg.model import Entity, Name, Quantity
from kg.ontology import Concept
from kg.resolve.classes import finer
from kg.resolve.names import Kind, Words, tokenize
from kg.resolve.namings import Naming
from kg.resolve.transliteration import romanized

_PIECES = re.compile(rf"[{IDEOGRAPHS}]+|[^\W_]+")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")


@dataclass(frozen=True, slots=True)
class Group:
    """All that the documents say of one entity: its type, its namings and its figures."""

    type: str
    namings: tuple[Naming, ...]
    quantities: tuple[Quantity, ...] = ()


def entities(groups: Sequence[Group], words: Words, texts: Mapping[str, str]) -> tuple[Entity, ...]:
    """Make one entity of each group, in the same order; identifiers are unique, and so is the concept that an entity is."""
    made = [_entity(g, words, texts) for g in groups]
    count, meant = Counter(e.identifier for e in made), Counter(e.concept for e in made)
    made = [e if not e.concept or meant[e.concept] == 1 else replace(e, concept=None) for e in made]  # what is told apart is not one
    return tuple(e if count[e.identifier] == 1 else replace(e, identifier=f"{e.identifier}-{_hash(e)}") for e in made)


def _entity(group: Group, words: Words, texts: Mapping[str, str]) -> Entity:
    names = _names(group.namings)
    concepts = _concepts(group, words)
    preferred = _preferred(group, names, frozenset(c.names[0].text for c in concepts))
    known = concepts[0] if len(concepts) == 1 else None
    return Entity(
        identifier=f"{group.type.casefold()}/{slug(preferred.text)}",
        classes=(group.type, *finer(group.type, known.cls if known else None, group.namings, words.ontology, texts)),
        preferred=preferred,
        names=tuple(sorted(names.values())),
        mentions=tuple(sorted({s for n in group.namings for s in n.spans})),
        quantities=tuple(sorted(set(group.quantities), key=lambda q: (q.span, q.kind, q.value, q.unit, q.date or ""))),
        concept=known.iri if known else None,
    )


def _names(namings: Iterable[Naming]) -> dict[str, Name]:
    """Tag every distinct string with the language that most of its mentions are in."""
    languages: dict[str, Counter[str]] = defaultdict(Counter)
    for naming in namings:
        languages[naming.text][language(naming.text, naming.language)] += len(naming.spans)
    return {text: Name(text, max(sorted(votes), key=lambda v: votes[v])) for text, votes in languages.items()}


def language(text: str, surrounding: str) -> str:
    """Tell the language of a name by its script where that differs from the text's around it."""
    if has_han(text):
        return surrounding if surrounding.startswith("zh") else "zh"
    if not surrounding.startswith("zh"):
        return surrounding or "und"
    return "en" if _LATIN.search(text) else "und"


def _preferred(group: Group, names: Mapping[str, Name], hints: frozenset[str]) -> Name:
    """Choose the name most documents use among full ones in mixed case without title or degree; the authority file has the first word.

    A ticker is the last choice, next to it a name of former times that the authority file does not have.
    """
    documents: dict[str, set[str]] = defaultdict(set)
    mentions: Counter[str] = Counter()
    for naming in group.namings:
        documents[naming.text].add(naming.document)
        mentions[naming.text] += len(naming.spans)
    forms = {n.text: n.form for n in group.namings}
    codes = {n.text for n in group.namings if n.code}
    former = {n.text for n in group.namings if n.former} - hints

    def rank(text: str) -> tuple[bool, bool, bool, bool, bool, bool, int, bool, int, int, str]:
        form = forms[text]
        shouted = text.isupper() and len(text) > 5
        titled = form.kind is Kind.PERSON and tokenize(text) != form.tokens
        return (
            text in codes,
            text in former,
            form.bare,
            shouted,
            titled,
            text not in hints,
            -len(documents[text]),
            form.han,
            -mentions[text],
            -len(text),
            text,
        )

    return names[min(names, key=rank)]


def _concepts(group: Group, words: Words) -> tuple[Concept, ...]:
    ids = frozenset[str]().union(*(words.concepts(n.form, group.type) for n in group.namings))
    return tuple(words.authority[i] for i in sorted(ids))


def slug(text: str) -> str:
    """Turn a name into a readable part of an IRI: lower case, pinyin for Chinese characters, hyphens between words."""
    text = unicodedata.normalize("NFKC", text)
    pieces = (romanized(p) if has_han(p) else _ascii(p) for p in _PIECES.findall(text.replace("’", "").replace("'", "")))
    joined = "-".join(p for p in pieces if p)
    return joined or hashlib.sha256(text.encode()).hexdigest()[:16]


def _ascii(piece: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFD", piece.casefold()) if unicodedata.category(c) != "Mn")
    return unicodedata.normalize("NFC", plain)


def _hash(entity: Entity) -> str:
    first = entity.mentions[0]
    content = "\n".join((entity.preferred.text, first.document, str(first.start), *(n.text for n in entity.names)))
    return hashlib.sha256(content.encode()).hexdigest()[:8]
