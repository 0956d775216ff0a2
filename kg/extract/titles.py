"""Role words of the ontology in, titles out: where a text names an office, which offices a title joins, and which relation each states."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from kg.extract.lexicon import folded
from kg.ontology import Ontology

TOKEN = re.compile(r"['’]s\b|[\u3400-\u9fff]|[^\W_\u3400-\u9fff](?:[\w.’'&-]*[^\W_\u3400-\u9fff])?|[^\s]")
SIGNS = frozenset(",、/&，")
EDGE = " \t\n,，、/&·-–—"


@dataclass(frozen=True, slots=True)
class Role:
    """The words of one office in a text, and the relation they state."""

    start: int
    end: int
    relation: str


@dataclass(frozen=True, slots=True)
class Offices:
    """The role words of one language, by their first token, with the relation each states; and the words that join two offices."""

    heads: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    joints: frozenset[str]


@lru_cache(maxsize=32)
def offices(ontology: Ontology, language: str) -> Offices:
    """Gather the role words of a language; nouns for offices in general ("director") state the relation that has the most of them."""
    held = [r for r in ontology.relations.values() if r.membership and r.roles]
    general = max(held, key=lambda r: (len(r.roles), r.name)).name if held else ""
    nouns = [w.text for w in ontology.words.get("roleNoun", ()) if w.language == language] if general else []
    relations = {tokens(w): general for w in nouns}
    for name, relation in sorted(ontology.relations.items(), key=lambda x: (x[0] != general, x[0])):
        relations |= {tokens(r.text): name for r in relation.roles if r.language == language}
    heads: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for words, name in sorted(relations.items(), key=lambda x: (-len(x[0]), x)):
        heads.setdefault(words[0], []).append((words, name))
    joints = (folded(w.text) for w in ontology.words.get("roleJoint", ()) if w.language == language)
    return Offices({h: tuple(x) for h, x in heads.items()}, frozenset(joints))


def tokens(text: str) -> tuple[str, ...]:
    """Split a text into folded words, Chinese characters and signs."""
    return tuple(folded(m.group()) for m in TOKEN.finditer(text))


def roles(text: str, known: Offices, start: int = 0, end: int | None = None) -> Iterator[Role]:
    """Yield the offices that a stretch of text names, the longest words first, in order."""
    found = list(TOKEN.finditer(text, start, len(text) if end is None else end))
    words = [folded(m.group()) for m in found]
    n = 0
    while n < len(words):
        options = known.heads.get(words[n], ())
        match = next(((w, r) for w, r in options if tuple(words[n : n + len(w)]) == w), None)
        if match:
            yield Role(found[n].start(), found[n + len(match[0]) - 1].end(), match[1])
        n += len(match[0]) if match else 1


def joins(text: str, known: Offices) -> bool:
    """Whether what stands between two offices joins them: a sign, a word, or both."""
    words = [t for t in tokens(text) if t not in SIGNS]
    return bool(text.strip()) and (not words or "".join(words) in known.joints or " ".join(words) in known.joints)


def split(title: str, known: Offices) -> Iterator[tuple[str, str]]:
    """Yield each office that a title joins and the relation it states: "chairman and CEO" are two."""
    found = list(roles(title, known))
    start = 0
    for n, role in enumerate(found):
        joint = _joint(title, role.end, found[n + 1].start, known) if n + 1 < len(found) else None
        if n + 1 < len(found) and not joint:
            continue
        yield title[start : role.end if joint else len(title)].strip(EDGE), role.relation
        start = joint or role.end


def _joint(title: str, start: int, end: int, known: Offices) -> int | None:
    """Where the next office begins, if its words and the joint are all that stands between."""
    found = list(TOKEN.finditer(title, start, end))
    until = None
    for k in range(min(3, len(found)), 0, -1):
        if joins(title[start : found[k - 1].end()], known):
            until = found[k - 1].end()
            break
    return until
