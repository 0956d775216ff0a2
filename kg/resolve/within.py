"""The namings of one document in, links between them out: what in this document speaks for and against two being one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import combinations, pairwise

from kg.brackets import bracketed, renamed
from kg.model import Alias, Claim, Extraction, Span
from kg.resolve.evidence import AGAINST, JUDGED, WITHIN, Evidence, Link
from kg.resolve.likeness import AGAINST as APART
from kg.resolve.likeness import Likeness
from kg.resolve.names import Form, Kind, Words
from kg.resolve.namings import Naming
from kg.resolve.scene import (
    Scene,
    by_length,
    calls,
    described_apart,
    introduced,
    introduces,
    made,
    made_up,
    named_after,
    namesakes,
    parent,
    staged,
    stands_for,
)
from kg.resolve.transliteration import heard, sound, sounds

CONCEPT, TELLING, CONTESTED = 4.0, 0.8, 0.5
CHAIN, DOUBTED_CHAIN, NO_CHAIN, ALIAS, BRACKET, RELATED, TYPES = 3.0, 1.0, -1.5, 4.0, 2.5, -3.0, -2.0
RIVAL, INTRODUCED, MAKER, POST, DENIED, WHOLE, OWN = -3.0, 2.6, 1.0, 1.5, -6.0, -3.0, -5.0
HALF, LEGAL, BODY = -2.0, -1.5, -6.0
SAID = {"bracket": BRACKET, "coreference": CHAIN}
CROWD = 60

PARTIAL = frozenset(
    {
        *(Likeness.BARE, Likeness.NICKNAME, Likeness.BEGINNING, Likeness.ENDING, Likeness.INSIDE, Likeness.ACRONYM),
        *(Likeness.BLEND, Likeness.SURNAME, Likeness.SOUND, Likeness.INITIALS),
    }
)
UNCONTAINED = APART | {Likeness.SHARED}
PART = frozenset({Likeness.BEGINNING, Likeness.ENDING, Likeness.INSIDE})
Told = dict[tuple[int, int], tuple[Evidence, ...]]
STRONG = frozenset({Likeness.SAME, Likeness.LEGAL})
ONE = frozenset({Likeness.SAME, Likeness.REORDERED, Likeness.FULLER, Likeness.LEGAL, Likeness.INITIALS, Likeness.BARE, Likeness.PINYIN})


def links(namings: tuple[Naming, ...], extraction: Extraction, words: Words) -> tuple[Link, ...]:
    """Link the namings of a document, numbered as given, with all evidence that the document holds."""
    scene = staged(namings, extraction, words)
    told = _told(scene, words.ontology.acting())
    pairs = sorted({*_pairs(scene), *told, *_same_posts(scene), *_related(scene)})
    alike = {pair: scene.alike(*pair) for pair in pairs}
    rivals = _rivals(scene, alike, told)
    return tuple(Link(a, b, (*told.get((a, b), ()), *_evidence(scene, a, b, alike[a, b], rivals))) for a, b in pairs)


# Which pairs to look at


def _pairs(scene: Scene) -> Iterator[tuple[int, int]]:
    """Yield pairs of one type that share a block; blocks that stay too large are compared with their neighbours only."""
    blocks: dict[tuple[str, str], list[int]] = defaultdict(list)
    for n, naming in enumerate(scene.namings):
        for concept in scene.concepts[n]:
            blocks["", f"concept {concept}"].append(n)
        for key in set(_keys(naming.form)):
            blocks[naming.type, key].append(n)
        blocks["", naming.form.key].append(n)
        blocks["", f"chain {naming.chain}"].append(n)
    for members in blocks.values():
        if len(members) <= CROWD:
            yield from combinations(members, 2)
        else:
            yield from ((a, b) for n, a in enumerate(members) for b in members[n + 1 : n + 1 + CROWD // 4])


def _keys(form: Form) -> Iterator[str]:
    for token in form.tokens:
        yield token[:3] if not form.han else token[0]
    yield "^" + form.whole[0][0]
    yield "#" + "".join(t[0] for t in form.whole)
    yield "#" + form.key
    if form.han:
        yield from (f"~{s[:1]}" for t in form.core for s in (sounds(t),))
        yield from form.key[:1] + form.key[-1:]
    else:
        yield from (f"~{reduced(t)[:1]}" for t in form.core for reduced in (sound, heard))


def _same_posts(scene: Scene) -> Iterator[tuple[int, int]]:
    """Yield pairs in different scripts whose chains hold the same exclusive post."""
    holders: dict[tuple[str, int], list[int]] = defaultdict(list)
    for n, naming in enumerate(scene.namings):
        for post in scene.posts.get(naming.chain, ()):
            holders[post].append(n)
    for members in holders.values():
        yield from ((a, b) for a, b in combinations(members, 2) if scene.namings[a].form.han != scene.namings[b].form.han)


def _related(scene: Scene) -> Iterator[tuple[int, int]]:
    """Yield pairs of one type whose chains the text relates to each other, also where their names have nothing in common."""
    chains: dict[int, list[int]] = defaultdict(list)
    for n, naming in enumerate(scene.namings):
        chains[naming.chain].append(n)
    for one, other in scene.related:
        if one != other:
            pairs = ((a, b) for a in chains[one] for b in chains[other] if scene.namings[a].type == scene.namings[b].type)
            yield from ((min(pair), max(pair)) for pair in pairs)


# What the text itself says


def _told(scene: Scene, acting: frozenset[str]) -> Told:
    found: dict[tuple[int, int], list[Evidence]] = defaultdict(list)
    at = {s: n for n, naming in enumerate(scene.namings) for s in naming.spans}
    for alias in sorted(scene.extraction.aliases):
        pair = _located(alias, at)
        if pair:
            score = SAID.get(alias.kind, ALIAS) if alias.same else DENIED
            found[pair].append(Evidence(f"the text says so: {alias.kind}", score, (alias.first, alias.second)))
    for one, other in _brackets(scene, sorted(at), acting):
        pair = (min(at[one], at[other]), max(at[one], at[other]))
        if pair[0] != pair[1] and pair not in found:
            found[pair].append(Evidence("one stands in brackets after the other", BRACKET, (one, other)))
    return {pair: tuple(dict.fromkeys(evidence)) for pair, evidence in found.items()}


def _located(alias: Alias, at: dict[Span, int]) -> tuple[int, int] | None:
    """Find the namings of an alias by exact span, else by overlap."""
    numbers = [
        at.get(s, next((n for k, n in sorted(at.items()) if k.start < s.end and s.start < k.end), -1)) for s in (alias.first, alias.second)
    ]
    one, other = sorted(numbers)
    return (one, other) if 0 <= one < other else None


def _brackets(scene: Scene, spans: list[Span], acting: frozenset[str]) -> Iterator[tuple[Span, Span]]:
    text = scene.extraction.document.text
    named = {s: n for n in scene.namings for s in n.spans}
    for one, other in pairwise(spans):
        first, second = named[one], named[other]
        again = first.type == second.type and renamed(first.text, second.text, acting=second.type in acting)
        if again and bracketed(text, one.end, other.start, other.end):
            yield one, other


# Evidence of a pair


def _evidence(scene: Scene, a: int, b: int, alike: Likeness, rivals: frozenset[tuple[int, int]]) -> Iterator[Evidence]:
    one, other = scene.namings[a], scene.namings[b]
    spans = (one.spans[0], other.spans[0])
    weight = CONTESTED if _contested(scene, a, b, rivals) else _weight(scene, a, b, alike)
    yield Evidence(f"{alike.value}: {one.text} / {other.text}", weight, spans)
    claim = None
    if one.chain == other.chain and one.part != other.part:
        yield Evidence("judged by hand: different", -JUDGED, spans)
    elif one.chain == other.chain:
        yield Evidence("the text refers to both as one", _chain(scene, one, other, alike), spans)
    elif claim := _relating(scene, one, other):
        yield Evidence(f"the text relates one to the other: {claim.predicate}", RELATED, (claim.evidence,))
    if scene.concepts[a] and scene.concepts[b]:
        yield from concept_evidence(scene.concepts[a], scene.concepts[b], spans, apart=claim is not None)
    else:
        yield from _whole(scene, a, b, alike)
    if one.type != other.type:
        yield Evidence(f"{one.type} and {other.type}", TYPES / 2 if alike is Likeness.SAME else TYPES, spans)
    if (a, b) in rivals:
        yield Evidence("another name of the document fits better", RIVAL, spans)
    yield from _context(scene, one, other, alike)


def _relating(scene: Scene, one: Naming, other: Naming) -> Claim | None:
    """The first claim between two chains whose evidence has for each the name asked for, or refers to it without any."""
    claims = scene.related.get((min(one.chain, other.chain), max(one.chain, other.chain)), ())
    return next((c for c in claims if calls(scene, one, c.evidence) and calls(scene, other, c.evidence)), None)


def _whole(scene: Scene, a: int, b: int, alike: Likeness) -> Iterator[Evidence]:
    """Tell why one firm's name that begins another's is not short for it: it alone is known ("Google", "Google Brain"), or has a form."""
    one, other = scene.namings[a], scene.namings[b]
    spans = (one.spans[0], other.spans[0])
    known = one if scene.concepts[a] else other if scene.concepts[b] else None
    if alike is Likeness.BEGINNING and one.form.kind is Kind.ORGANIZATION and by_length(one, other)[0] is known:
        yield Evidence("the authority file has the shorter name as a whole", WHOLE, spans)
    elif parent(one.form, other.form, alike):
        yield Evidence("the shorter name has a legal form of its own", OWN, spans)


def _chain(scene: Scene, one: Naming, other: Naming, alike: Likeness) -> float:
    """Weigh one chain: little where chains err most.

    That is for names of one script that have nothing in common or each a word of its own ("Alder & Brightwater", "Brightwater Radio"), for
    two given names, for a firm that is named in short before it is named in full: "Brightwater … Brightwater Capital" are more often two
    firms than one; for a body named after a firm; and for a surname with an office before a full name with another. Two full names that
    share a word only are rather mixed up for it.
    """
    if namesakes(one, other, alike):
        return NO_CHAIN
    short, long = by_length(one, other)
    unlike = alike in UNCONTAINED and one.form.han == other.form.han
    follows = stands_for if alike is Likeness.BEGINNING else introduces
    backwards = alike in PART and one.form.kind is Kind.ORGANIZATION and not follows(scene, long, short)
    apart = _two(scene, one, other, alike) or named_after(scene, long, short, alike) or parent(long.form, short.form, alike)
    return DOUBTED_CHAIN if unlike or backwards or alike is Likeness.GIVEN or apart else CHAIN


def _two(scene: Scene, one: Naming, other: Naming, alike: Likeness) -> bool:
    """Whether a name and a fuller one that has it are brought in as two people."""
    short, long = by_length(one, other)
    may = (alike is Likeness.BARE and short.form.bare) or (alike is Likeness.FULLER and short.form.kind is Kind.PERSON)
    return may and described_apart(scene, long, short)


def concept_evidence(
    one: frozenset[str], other: frozenset[str], spans: tuple[Span, ...], score: float = CONCEPT, *, apart: bool
) -> Iterator[Evidence]:
    """Compare what the authority file holds two names for; it joins none that a text tells `apart` ("Nubank is owned by Nu Holdings")."""
    shared = sorted(one & other)
    if not shared:
        yield Evidence(f"the authority file tells {min(one)} from {min(other)}", -score, spans)
    elif not apart:
        yield Evidence(f"the authority file gives both names to one: {shared[0]}", score, spans)


def _contested(scene: Scene, a: int, b: int, rivals: frozenset[tuple[int, int]]) -> bool:
    """Whether two names are one surname, written in two ways, that several full names of the document share."""
    one, other = scene.namings[a], scene.namings[b]
    bare = one.form.bare and other.form.bare and one.text.casefold() != other.text.casefold()
    return bare and all(any(n in pair for pair in rivals) for n in (a, b))


def _weight(scene: Scene, a: int, b: int, alike: Likeness) -> float:
    kind = scene.namings[a].form.kind
    if scene.namings[b].form.kind is not kind:
        return WITHIN[kind][Likeness.SAME] if alike is Likeness.SAME else WITHIN[kind][Likeness.UNLIKE]
    return WITHIN[kind].get(alike, WITHIN[kind][Likeness.UNLIKE])


def _context(scene: Scene, one: Naming, other: Naming, alike: Likeness) -> Iterator[Evidence]:
    short, long = by_length(one, other)
    yield from _apart(scene, long, short, alike)
    beginning = alike is Likeness.BEGINNING and one.form.kind is Kind.ORGANIZATION
    if beginning and not short.form.legal and stands_for(scene, long, short):
        yield Evidence("the longer name comes first", INTRODUCED, (long.spans[0], short.spans[0]))
    if alike in (Likeness.ENDING, Likeness.INSIDE) and one.form.kind is Kind.ORGANIZATION:
        yield from _ending(scene, long, short)
    if alike in (Likeness.ENDING, Likeness.BEGINNING) and one.form.kind is Kind.OTHER:
        if made(scene, short, long):
            yield Evidence("the longer name is the shorter after a name of its maker", MAKER, (long.spans[0], short.spans[0]))
        if alike is Likeness.ENDING and (len(short.form.tokens) > 1 or short.form.numbers or (short.form.han and len(short.form.key) > 3)):
            yield Evidence("the shorter name is telling by itself", TELLING, (long.spans[0], short.spans[0]))
    held = scene.posts.get(one.chain, {})
    shared = sorted(p for p in held if p in scene.posts.get(other.chain, {}))
    if shared and one.chain != other.chain and one.form.han != other.form.han:
        spans = (held[shared[0]].evidence, scene.posts[other.chain][shared[0]].evidence)
        yield Evidence(f"both hold one post: {shared[0][0]}", POST, spans)


def _apart(scene: Scene, long: Naming, short: Naming, alike: Likeness) -> Iterator[Evidence]:
    """Tell what makes two things of a name and a longer one that has it."""
    spans = (long.spans[0], short.spans[0])
    if _two(scene, long, short, alike):
        yield Evidence("each is brought in with an office of its own", OWN, spans)
    if named_after(scene, long, short, alike):
        yield Evidence("the longer name is of a body of its own", BODY, spans)


def _ending(scene: Scene, long: Naming, short: Naming) -> Iterator[Evidence]:
    """Tell what speaks against a firm's name being short for one that ends with it: a short form adds no "Group"."""
    spans = (long.spans[0], short.spans[0])
    if short.form.legal:
        yield Evidence("the shorter name has a legal form of its own", LEGAL, spans)
    if made_up(scene, long, short):
        yield Evidence("the longer name is made up of two that the document has", HALF, spans)


# Names that fit more than one


def _rivals(scene: Scene, alike: dict[tuple[int, int], Likeness], told: Told) -> frozenset[tuple[int, int]]:
    """Find the pairs in which a short name would fit, but another, unlike name of the document fits it better."""
    fitting: dict[int, set[int]] = defaultdict(set)
    for (a, b), how in alike.items():
        if _fits(scene, a, b, how):
            for short, long in _directions(scene, a, b, how):
                fitting[short].add(long)
    worse: set[tuple[int, int]] = set()
    for short, longs in sorted(fitting.items()):
        best = min(longs, key=partial(_preference, scene, told, short))
        unlike = (n for n in longs if n != best and not _may_be_one(scene, best, n, told))
        worse.update((min(short, n), max(short, n)) for n in unlike)
    return frozenset(worse)


def _fits(scene: Scene, a: int, b: int, how: Likeness) -> bool:
    """Whether one name may be the short form of the other's, or its equal that is no mere surname."""
    one, other = scene.namings[a], scene.namings[b]
    if one.type != other.type or _weight(scene, a, b, how) <= AGAINST:
        return False
    return how in PARTIAL or (how in STRONG and not one.form.bare)


def _directions(scene: Scene, a: int, b: int, how: Likeness) -> Iterable[tuple[int, int]]:
    if how in (Likeness.SOUND, Likeness.SURNAME):
        return ((a, b), (b, a))
    short, long = sorted((a, b), key=lambda n: (len(scene.namings[n].form.key), n))
    return ((short, long),)


def _may_be_one(scene: Scene, one: int, other: int, told: Told) -> bool:
    """Whether two full names that a short one fits are no rivals: alike but for the maker, told to be one, or in two scripts."""
    first, second = scene.namings[one], scene.namings[other]
    chained = first.chain == second.chain and not namesakes(first, second, scene.alike(one, other))
    if first.form.han != second.form.han or chained:
        return True
    of_maker = first.form.kind is Kind.OTHER and made(scene, *by_length(first, second))
    return of_maker or scene.alike(one, other) in ONE or any(e.score > 0 for e in told.get((min(one, other), max(one, other)), ()))


def _preference(scene: Scene, told: Told, short: int, long: int) -> tuple[bool, bool, bool, bool, int, int]:
    """Rank full names for a short one: its own chain, what the text says, equal names, the last before it, the next after it."""
    mine, theirs = scene.namings[short], scene.namings[long]
    start = introduced(scene, mine)
    before = max((s.start for s in theirs.spans if s.start < start), default=-1)
    distance = start - before if before >= 0 else theirs.spans[0].start - start
    return (
        mine.chain != theirs.chain,
        (min(short, long), max(short, long)) not in told,
        scene.alike(short, long) not in STRONG,
        before < 0,
        distance,
        long,
    )
