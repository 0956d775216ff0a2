"""One extraction and its namings in, a Scene out: what its chains state and are called, and where each name stands first."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice

from kg.model import Claim, Extraction, Mention, Span
from kg.ontology import Relation
from kg.resolve.likeness import Likeness, likeness
from kg.resolve.names import Form, Kind, Words
from kg.resolve.namings import Naming

_ENDS = re.compile(r"[.!?]\s|[。！？\n“「『]|[:：,，]\s?\"")  # what is quoted is a sentence of its own
_LINE = re.compile(r"[^\n]*\S[^\n]*")
_STOPPED = re.compile(r"[^\n]*[.!?。！？][\"'”’」』)）]*[^\S\n]*(?:\n|$)")

HEADLINES = 4  # lines that may stand before the running text


@dataclass(slots=True)
class Scene:
    """One document as its links are sought: namings by number, what their chains state and are called, and where each name stands.

    `body` is where its running text begins.
    """

    namings: tuple[Naming, ...]
    extraction: Extraction
    concepts: tuple[frozenset[str], ...]
    body: int = 0
    related: dict[tuple[int, int], list[Claim]] = field(default_factory=dict)
    posts: dict[int, dict[tuple[str, int], Claim]] = field(default_factory=dict)
    makers: dict[str, str] = field(default_factory=dict)
    chains: dict[int, list[Mention]] = field(default_factory=dict)
    places: dict[str, list[int]] = field(default_factory=dict)
    offices: dict[int, list[Claim]] = field(default_factory=dict)

    def alike(self, one: int, other: int) -> Likeness:
        """Compare the names of two numbers."""
        return likeness(self.namings[one].form, self.namings[other].form)


def staged(namings: tuple[Naming, ...], extraction: Extraction, words: Words) -> Scene:
    """Gather what a document says of its namings, numbered as given."""
    scene = Scene(namings, extraction, tuple(words.concepts(n.form, n.type) for n in namings), _body(extraction.document.text))
    for claim in sorted(extraction.claims, key=lambda c: (c.evidence, c.predicate, c.subject, c.object)):
        scene.related.setdefault((min(claim.subject, claim.object), max(claim.subject, claim.object)), []).append(claim)
        relation = words.ontology.relations.get(claim.predicate)
        if relation and (relation.membership or relation.roles):
            scene.offices.setdefault(claim.subject, []).append(claim)
        if relation and post(relation):
            scene.posts.setdefault(claim.subject, {}).setdefault((claim.predicate, claim.object), claim)
    scene.makers = {n.form.key: n.type for n in namings}
    for mention in extraction.mentions:
        scene.chains.setdefault(mention.chain, []).append(mention)
    for start, name in sorted((span.start, n.text.casefold()) for n in namings for span in n.spans):
        scene.places.setdefault(name, []).append(start)
    return scene


def _body(text: str) -> int:
    """Where the running text begins: behind a headline, or with the first line that ends in a stop if a few stand before it."""
    lines = [m.start() for m in islice(_LINE.finditer(text), HEADLINES + 1)]
    headed = lines[1] if len(lines) > 1 else 0
    return next((start for start in lines if _STOPPED.match(text, start)), headed)


def post(relation: Relation) -> bool:
    """Whether a relation is one post by itself, held by one or by few, so that holding it tells who someone is."""
    return relation.exclusive or (relation.membership and not relation.titled)


def by_length(one: Naming, other: Naming) -> tuple[Naming, Naming]:
    """Give two namings with the shorter name first."""
    short, long = sorted((one, other), key=lambda n: (len(n.form.key), n.text))
    return short, long


def calls(scene: Scene, naming: Naming, place: Span) -> bool:
    """Whether a place has this name of a chain, or only mentions of it that are no names ("the company")."""
    inside = [m for m in scene.chains.get(naming.chain, ()) if place.holds(m.span)]
    named = {m.span for m in inside if not m.nominal}
    return not named.isdisjoint(naming.spans) if named else bool(inside)


def made(scene: Scene, short: Naming, long: Naming) -> bool:
    """Whether a name is the shorter one behind a name of the document, as of its maker."""
    rest = long.form.key.removesuffix(short.form.key)
    return rest != long.form.key and rest in scene.makers


def introduces(scene: Scene, long: Naming, short: Naming) -> bool:
    """Whether the long name stands before the short one, headlines aside."""
    places = [s.start for s in short.spans if s.start >= scene.body]
    return not places or long.spans[0].start < places[0]


def stands_for(scene: Scene, long: Naming, short: Naming) -> bool:
    """Whether the long name of a firm stands before the short one that it begins with, and may have brought that in.

    In the sentence that alone has named it in full another is meant ("Tarrow Optics was founded by a professor at Tarrow"): so were 4 of 4
    in annotated news, brackets aside. So is one that makes up the long name with what is named besides ("Carrow", "Stendal").
    """
    if not introduces(scene, long, short) or made_up(scene, long, short):
        return False
    text = scene.extraction.document.text
    first = next((s.start for s in short.spans if s.start >= scene.body), 0)
    between = [text[s.end : first] for s in long.spans if s.end <= first]
    if not between or not _whole_words(short.form, long.form):
        return True
    return any(_ENDS.search(words) for words in between) or not any(map(str.isalpha, between[-1]))


def made_up(scene: Scene, long: Naming, short: Naming) -> bool:
    """Whether a name of the document is what a longer one has besides a shorter one."""
    key = long.form.key
    rests = {key.removeprefix(short.form.key), key.removesuffix(short.form.key)} - {key}
    return any(scene.makers.get(rest) == short.type for rest in rests)


def described_apart(scene: Scene, long: Naming, short: Naming) -> bool:
    """Whether running text brings in a name with an office of its own, and only then a longer one, with another.

    A mere surname may have it at the same firm, a full name not: "Ana Ruiz" there may become "Ana Ruiz Vega" in a list of its directors.
    A line that ends in no stop is a headline, where a surname comes before the full name as a rule. Of 234 annotated documents two have
    a surname before the full name in running text, neither with an office of its own.
    """
    text = scene.extraction.document.text
    first = next((s for s in short.spans if _STOPPED.match(text, s.end)), None)
    if first is None or long.spans[0].start < first.start:
        return False
    mine, theirs = _held(scene, short, first), _held(scene, long, long.spans[0])
    if not short.form.bare:
        mine, theirs = ({("", where) for _, where in held} for held in (mine, theirs))
    return bool(mine and theirs) and mine.isdisjoint(theirs)


def namesakes(one: Naming, other: Naming, alike: Likeness) -> bool:
    """Whether two full names have one word in common in one place: "Ana Ruiz" is not "Leo Ruiz", though "Leo Ruan" may be "Ruan Mingyu"."""
    if alike is not Likeness.GIVEN or one.form.han != other.form.han:
        return False
    first, second = one.form.tokens, other.form.tokens
    return one.form.han or first[0] == second[0] or first[-1] == second[-1]


def named_after(scene: Scene, long: Naming, short: Naming, alike: Likeness) -> bool:
    """Whether a name is that of a body of its own, as a union, and the other that of the firm after which it is called.

    A body whose kind is its legal form may be called in short as well, once it is named in full.
    """
    bearer = long.form.bearer
    if long.form.kind is not Kind.ORGANIZATION or short.form.bearer or not bearer.startswith(short.form.key):
        return False
    return alike is not Likeness.LEGAL or short.form.legal or not introduces(scene, long, short)


def parent(one: Form, other: Form, alike: Likeness) -> bool:
    """Whether a firm's name with a legal form of its own begins another: "Tarrow Group" is not short for "Tarrow Optics"."""
    short, long = sorted((one, other), key=lambda f: (len(f.key), f.text))
    return alike is Likeness.BEGINNING and one.kind is Kind.ORGANIZATION and short.legal and _whole_words(short, long)


def _whole_words(short: Form, long: Form) -> bool:
    """Whether the words of a name that begins another are whole words of that: those of "Nu Holdings" are none of "Nubank"."""
    return long.han or long.core[: len(short.core)] == short.core


def _held(scene: Scene, naming: Naming, place: Span) -> set[tuple[str, int]]:
    """The offices that a chain is said to hold where it is named: an office that has a title is of the name nearest to that."""
    return {(c.predicate, c.object) for c in scene.offices.get(naming.chain, ()) if c.evidence.holds(place) and _titled(scene, c, place)}


def _titled(scene: Scene, claim: Claim, place: Span) -> bool:
    if not claim.title:
        return True
    at = scene.extraction.document.text.find(claim.title, claim.evidence.start, claim.evidence.end)
    named = [m.span for m in scene.chains[claim.subject] if not m.nominal and claim.evidence.holds(m.span)]
    return at >= 0 and place == min(named, key=lambda s: abs(s.start - at), default=None)


def introduced(scene: Scene, naming: Naming) -> int:
    """Return where a name first stands, in any case of its letters, headlines aside."""
    places = scene.places[naming.text.casefold()]
    return next((p for p in places if p >= scene.body), places[0])
