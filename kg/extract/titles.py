"""Role words of the ontology in, titles out: where a text names an office, which offices a title joins, and which relation each states."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.extract.lexicon import alternation, folded, listed
from kg.han import HAN, IDEOGRAPHS
from kg.ontology import Ontology

TOKEN = re.compile(rf"['’]s\b|[{IDEOGRAPHS}]|[^\W_{IDEOGRAPHS}](?:[\w.’'&-]*[^\W_{IDEOGRAPHS}])?|[^\s]")
SIGNS = frozenset(",、/&")
NEAR = 24  # characters before a title in which a word that joins it is sought
EDGE = " \t\n,，、/&·-–—"


@dataclass(frozen=True, slots=True)
class Role:
    """The words of one office in a text, and the relation they state."""

    start: int
    end: int
    relation: str


@dataclass(frozen=True, slots=True)
class Offices:
    """The role words of one language, by their first token, with the relation each states; and the words that join two offices.

    Beside these, `fillers` ("a", "the") say nothing. Beside words for an aide ("deputy", "assistant to the") an office that is held
    (`held`) is another one, of the `general` relation. `strays` ("now", "its new") before a title and `links` ("of the", 为) behind it
    are no part of it, nor is a verb of `becoming` or what stands before it (2022年起任). Behind `origin` ("from") stands where somebody
    comes from, if `marker` ("as its") leads on to the office taken; behind `former` an office that is over.
    """

    heads: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    joints: frozenset[str]
    fillers: frozenset[str]
    aides: tuple[tuple[str, ...], ...]
    held: frozenset[str]
    general: str
    strays: frozenset[tuple[str, ...]] = frozenset()
    links: frozenset[tuple[str, ...]] = frozenset()
    becoming: re.Pattern[str] = re.compile(r"(?!)")
    origin: re.Pattern[str] = re.compile(r"(?!)")
    marker: re.Pattern[str] = re.compile(r"(?!)")
    former: re.Pattern[str] = re.compile(r"(?!)")


@lru_cache(maxsize=32)
def offices(ontology: Ontology, language: str) -> Offices:
    """Gather the role words of a language; nouns for offices in general ("director") state the relation that has the most of them."""
    held = [r for r in ontology.relations.values() if r.membership and r.roles]
    general = max(held, key=lambda r: (len(r.roles), r.name)).name if held else ""
    nouns = listed(ontology, language, "roleNoun") if general else ()
    relations = {tokens(w): general for w in nouns}
    for name, relation in sorted(ontology.relations.items(), key=lambda x: (x[0] != general, x[0])):
        relations |= {tokens(r.text): name for r in relation.roles if r.language == language}
    aides = {tokens(w) for w in listed(ontology, language, "roleAide")}
    joined = ((f"{aide[0]}-{words[0]}", *words[1:]) for aide in aides if len(aide) == 1 for words in relations)
    relations = dict.fromkeys(joined, general) | relations  # "vice-chairman"
    heads: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for words, name in sorted(relations.items(), key=lambda x: (-len(x[0]), x)):
        heads.setdefault(words[0], []).append((words, name))
    joints = frozenset(map(folded, listed(ontology, language, "roleJoint")))
    fillers = frozenset(map(folded, listed(ontology, language, "article", "determiner")))
    longest = tuple(sorted(aides, key=lambda w: (-len(w), w)))
    usual = (c.text for name, s in ontology.statuses.items() if name == ontology.usual() for c in s.cues if c.language == language)
    stray = (*listed(ontology, language, "article", "determiner", "titleStray"), *usual)
    strays, links = (
        frozenset(tokens(w) for w in words if len(w) > 1 or not HAN.match(w))  # one character may begin or end another word
        for words in (stray, (*listed(ontology, language, "preposition"), *fillers))
    )
    links |= {tokens(w) for w in listed(ontology, language, "officeVerb", "titleTail")}
    found = {h: tuple(x) for h, x in heads.items()}
    lists = (("becoming", "rising"), ("origin",), ("officeMarker",), ("article", "determiner"))
    becoming, origin, marker, filler = (alternation(listed(ontology, language, *names)) for names in lists)
    modifiers, over = {*listed(ontology, language, "statusModifier")}, ontology.over()
    former = alternation(c.text for c in ontology.statuses[over].cues if c.text in modifiers) if over else r"(?!)"
    patterns = (becoming, rf"{origin}\s*$", rf"\s*,?\s*{marker}\s+(?:{filler}\s+)*", rf"{former}\s*$")
    told = (re.compile(pattern, re.IGNORECASE) for pattern in patterns)
    return Offices(found, joints, fillers, longest, frozenset(r.name for r in held), general, strays, links, *told)


def office_words(ontology: Ontology, language: str | None) -> frozenset[str]:
    """Return the words for offices: nouns for any of a language, or of all where that is None, and the names that relations give theirs."""
    roles = (role.text for r in ontology.relations.values() if r.membership for role in r.roles)
    return frozenset({*listed(ontology, language, "roleNoun"), *roles})


def tokens(text: str) -> tuple[str, ...]:
    """Split a text into folded words, Chinese characters and signs."""
    return tuple(folded(m.group()) for m in TOKEN.finditer(text))


def roles(text: str, known: Offices, start: int = 0, end: int | None = None) -> Iterator[Role]:
    """Yield the offices that a stretch of text names, the longest words first, in order, with the words for an aide beside them."""
    found = list(TOKEN.finditer(text, start, len(text) if end is None else end))
    words = [folded(m.group()) for m in found]
    n = first = 0
    while n < len(words):
        before, role = _aide(words, n, known), _role(words, n, known)
        if before and _leads(words, n + before, known):
            n += before
            continue
        last = n + (len(role[0]) if role else 1)
        if role:
            after = last
            while role[1] in known.held and (more := _aide(words, after, known)):
                after += more
            aided = role[1] in known.held and (first, last) != (n, after)
            yield Role(found[first if aided else n].start(), found[after - 1].end(), known.general if aided else role[1])
            last = after
        n = first = last


def _role(words: Sequence[str], at: int, known: Offices) -> tuple[tuple[str, ...], str] | None:
    """The longest role words that start at a token, with the relation they state."""
    options = known.heads.get(words[at], ()) if at < len(words) else ()
    return next(((w, r) for w, r in options if tuple(words[at : at + len(w)]) == w), None)


def _aide(words: Sequence[str], at: int, known: Offices) -> int:
    """How many tokens the words for an aide have that start at a token."""
    return next((len(w) for w in known.aides if tuple(words[at : at + len(w)]) == w), 0)


def _leads(words: Sequence[str], at: int, known: Offices) -> bool:
    """Whether an office stands at a token, or behind more words for an aide."""
    more = _aide(words, at, known)
    return bool(_role(words, at, known)) or bool(more and _leads(words, at + more, known))


def joins(text: str, known: Offices) -> bool:
    """Whether what stands between two offices joins them: a sign, a word, or both."""
    words = [t for t in tokens(text) if t not in SIGNS and t not in known.fillers]
    return bool(text.strip()) and (not words or "".join(words) in known.joints or " ".join(words) in known.joints)


def together(text: str, places: Sequence[tuple[int, int]], chosen: int, known: Offices) -> range:
    """Number the titles that a text joins to one of them, the one itself among them; `places` are theirs in the text, in order."""
    first = last = chosen
    while first and joins(text[places[first - 1][1] : places[first][0]], known):
        first -= 1
    while last + 1 < len(places) and joins(text[places[last][1] : places[last + 1][0]], known):
        last += 1
    return range(first, last + 1)


def joined(text: str, place: int, known: Offices) -> bool:
    """Whether a word that joins offices stands right before a place ("… until 2016 and")."""
    before = [t for t in tokens(text[max(0, place - NEAR) : place]) if t not in known.fillers]
    return any({"".join(before[-n:]), " ".join(before[-n:])} & known.joints for n in (1, 2, 3))


def split(title: str, known: Offices) -> Iterator[tuple[str, str]]:
    """Yield each office that a title joins and the relation it states: "chairman and CEO" are two."""
    found = list(roles(title, known))
    start = 0
    for n, role in enumerate(found):
        joint = _joint(title, role.end, found[n + 1].start, known) if n + 1 < len(found) else None
        if n + 1 < len(found) and not joint:
            continue
        office = title[start : role.end if joint else len(title)].strip(EDGE)
        yield office, known.general if role.relation in known.held and _aided(office, known) else role.relation
        start = joint or role.end


def bare(title: str, known: Offices) -> str:
    """A title without words at its start and end that are no part of it: "now chief executive", "member of the"."""
    title = title[max((m.end() for m in known.becoming.finditer(title)), default=0) :]
    found = list(TOKEN.finditer(title))
    words, first, last = [folded(m.group()) for m in found], 0, len(found)
    while more := next((n for n in (3, 2, 1) if first + n < last and _stray(title, found[first], words[first : first + n], known)), 0):
        first += more
    while less := next((n for n in (2, 1) if first + n < last and tuple(words[last - n : last]) in known.links), 0):
        last -= less
    return title[found[first].start() : found[last - 1].end()] if found else title


def _stray(title: str, start: re.Match[str], words: Sequence[str], known: Offices) -> bool:
    """Whether words before a title are no part of it; written large ("New Markets Director") they are, unless an article."""
    return tuple(words) in known.strays and (words[0] in known.fillers or not title[start.start()].isupper())


def _aided(office: str, known: Offices) -> bool:
    """Whether words for an aide stand anywhere in an office, also apart from its role ("deputy global CEO")."""
    words = tokens(office)
    return any(_aide(words, n, known) for n in range(len(words)))


def same_post(one: str, other: str, known: Offices) -> bool:
    """Whether two titles may name one post: one is the other's initials, or stands in it while both or neither are an aide's."""
    shorter, longer = sorted((_words(one), _words(other)), key=len)
    within = any(longer[n : n + len(shorter)] == shorter for n in range(len(longer) - len(shorter) + 1))
    return same_office(one, other) or (within and _aided(one, known) == _aided(other, known))


def same_office(one: str, other: str) -> bool:
    """Whether two titles that stand side by side name one post: they are the same, or one is the other's initials."""
    shorter, longer = sorted((_words(one), _words(other)), key=len)
    return shorter == longer or (len(shorter) == 1 and "".join(word[0] for word in longer) == shorter[0])


def _words(title: str) -> tuple[str, ...]:
    """The tokens of a title, in which hyphens part words."""
    return tokens(title.replace("-", " "))


def overruled(title: str, known: Offices) -> frozenset[str]:
    """The relations that an aide's title names but does not state: the deputy chief executive is no chief executive."""
    words, stated = tokens(title), {relation for _, relation in split(title, known)}
    named = (_role(words, n, known) for n in range(len(words)))
    return frozenset(role[1] for role in named if role and role[1] in known.held) - stated if _aided(title, known) else frozenset()


def _joint(title: str, start: int, end: int, known: Offices) -> int | None:
    """Where the next office begins, if its words and the joint are all that stands between."""
    found = list(TOKEN.finditer(title, start, end))
    until = None
    for k in range(min(3, len(found)), 0, -1):
        if joins(title[start : found[k - 1].end()], known):
            until = found[k - 1].end()
            break
    return until
