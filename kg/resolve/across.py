"""Two profiles in, the evidence for and against their being one thing out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.model import Span
from kg.ontology import Relation
from kg.resolve.evidence import ACROSS, Evidence, Link
from kg.resolve.likeness import Likeness, likeness
from kg.resolve.names import Form, Kind
from kg.resolve.profiles import Anchor, Corpus, Profile
from kg.resolve.scene import parent, post
from kg.resolve.within import LEGAL, concept_evidence

CONCEPT = 6.5
APART, SHORT, POST, FEW, PLACE, TIE, STORY = -3.0, -1.0, 2.0, 1.2, 1.0, 0.6, 1.8
OTHER_TIES, OTHER_POST, OTHER_MARK, STRANGERS, UNMET, COMMON = -1.0, -1.5, -1.4, -0.5, -1.5, -0.8
MOST_NEIGHBOURS, ALIKE_STORIES, MOST_STORIES, YEARS = 1.5, 0.4, 8, 1

WEAK = frozenset(
    {
        *(Likeness.BEGINNING, Likeness.ENDING, Likeness.INSIDE, Likeness.SHARED, Likeness.ACRONYM, Likeness.BLEND),
        *(Likeness.YEAR, Likeness.BARE, Likeness.NICKNAME, Likeness.SPELLING, Likeness.INITIALS),
    }
)
NESTED = frozenset({Likeness.BEGINNING, Likeness.ENDING, Likeness.INSIDE, Likeness.SHARED, Likeness.YEAR})
WHOLE = frozenset({Likeness.SAME, Likeness.LEGAL})
APART_NAMES = frozenset({Likeness.GIVEN, Likeness.VERSION, Likeness.UNLIKE})
DIFFERING = APART_NAMES | {Likeness.SHARED}


def link(one: Profile, other: Profile) -> Link:
    """Gather all evidence of two profiles of one type."""
    first, second = sorted((one, other), key=lambda p: p.number)
    return Link(first.number, second.number, tuple(_evidence(first, second)))


def _evidence(one: Profile, other: Profile) -> Iterator[Evidence]:
    alike, mine, theirs = best(one, other)
    spans = (one.corpus.span(one.things[0]), other.corpus.span(other.things[0]))
    weight = ACROSS[one.kind][alike] + _commonness(one.kind, alike, mine)
    yield Evidence(f"{alike.value}: {mine.text} / {theirs.text}", round(weight, 3), spans)
    if one.kind is Kind.ORGANIZATION:
        yield from _short_forms(one, other, (alike, mine, theirs), spans)
    apart = bool(one.readings & other.readings)
    if one.concepts and other.concepts:
        yield from concept_evidence(one.concepts, other.concepts, spans, CONCEPT, apart=apart)
    if apart:
        yield Evidence("a document names both and does not take them for one", APART, spans)
    posts = tuple(_posts(one, other))
    yield from posts
    yield from _marks(one, other)
    if alike not in APART_NAMES or posts:
        yield from _surroundings(one, other, alike, spans)


def _short_forms(one: Profile, other: Profile, found: tuple[Likeness, Form, Form], spans: tuple[Span, ...]) -> Iterator[Evidence]:
    """Tell what speaks against two firms of one short name, and against one's short form being all of another's name."""
    alike, *names = found
    shared = {f.key for f in one.full} & {f.key for f in other.full}
    if shared and unlike(one.telling, other.telling):
        legal = any(parent(a, b, likeness(a, b)) for a in one.telling for b in other.telling)
        yield Evidence("what the one name is short for differs", LEGAL if legal else APART, spans)
    told = {f.key in {g.key for g in p.telling} for f, p in zip(names, (one, other), strict=True)}
    if alike in WHOLE and len(told) > 1:
        yield Evidence("one name is short for another there", SHORT, spans)


def best(one: Profile, other: Profile) -> tuple[Likeness, Form, Form]:
    """Return the two names that are most alike, and how.

    A short form counts for nothing where what it is short for differs, nor does another script where two people differ in one.
    """
    weights, names = ACROSS[one.kind], (one.full, other.full)
    if unlike(one.telling, other.telling):
        names = (one.telling, other.telling)
    pairs = [(likeness(a, b), a, b) for a in names[0] for b in names[1]]
    if one.kind is Kind.PERSON:
        within = [p for p in pairs if p[1].han == p[2].han]
        pairs = within if within and all(p[0] in APART_NAMES for p in within) else pairs
    return max(pairs, key=lambda p: (weights.get(p[0], -9.0), p[0]))


def unlike(one: Sequence[Form], other: Sequence[Form]) -> bool:
    """Whether the names of two things, without their short forms, are of one script and all differ."""
    if len({f.han for f in (*one, *other)}) > 1:
        return False
    return all(likeness(a, b) in DIFFERING or parent(a, b, likeness(a, b)) for a in one for b in other)


def _commonness(kind: Kind, alike: Likeness, form: Form) -> float:
    """Weigh down names that many bear: two characters, one word."""
    if alike is not Likeness.SAME:
        return 0.0
    if kind is Kind.PERSON:
        return -3.8 if form.bare else COMMON * (form.native and len(form.key) < 3)
    return COMMON * (len(form.tokens) == 1 and not form.han)


# Ties to third things


def _posts(one: Profile, other: Profile) -> Iterator[Evidence]:
    relations = one.corpus.words.ontology.relations
    shared = sorted(
        ((a, b) for a in one.anchors for b in other.anchors if (a.predicate, a.target) == (b.predicate, b.target)), key=_pair_order
    )
    held = sorted(shared, key=lambda pair: (-_post_score(relations[pair[0].predicate]), *_pair_order(pair)))
    if held and (score := _post_score(relations[held[0][0].predicate])):
        a, b = held[0]
        yield Evidence(f"both: {a.predicate} of one", score if _one_time(one.corpus, a, b) else score / 2, (a.span, b.span))
    elif one.targets & other.targets:
        yield Evidence("both belong to one", TIE, _spans(one, other, one.targets & other.targets))
    elif one.targets and other.targets:
        yield Evidence("they belong to different things", OTHER_TIES, _spans(one, other, one.targets | other.targets))
        yield from _rival_posts(one, other)


def _marks(one: Profile, other: Profile) -> Iterator[Evidence]:
    """Compare who began two organizations, and where they have their seat; what is spelled in two scripts may be one."""
    for predicate in sorted({m.predicate for m in one.marks} & {m.predicate for m in other.marks}):
        pairs = [(a, b) for a in one.marks for b in other.marks if a.predicate == b.predicate == predicate]
        if all(_differ(one.corpus, a.thing, b.thing) for a, b in pairs):
            yield Evidence(f"{predicate}: not the same", OTHER_MARK, (pairs[0][0].span, pairs[0][1].span))


def _differ(corpus: Corpus, one: int, other: int) -> bool:
    first, second = corpus.thing(one).forms, corpus.thing(other).forms
    unlike = all(a.han == b.han and likeness(a, b) in APART_NAMES for a in first for b in second)
    return unlike and corpus.names[one] != corpus.names[other]


def _post_score(relation: Relation) -> float:
    """Weigh a tie that both have: a post held by one, one held by few, a place."""
    if relation.exclusive:
        return POST
    return FEW if post(relation) else PLACE * relation.functional


def _rival_posts(one: Profile, other: Profile) -> Iterator[Evidence]:
    relations = one.corpus.words.ontology.relations
    for a in one.anchors:
        for b in other.anchors:
            if a.predicate == b.predicate and relations[a.predicate].exclusive and _one_time(one.corpus, a, b):
                yield Evidence(f"{a.predicate} of two different things at one time", OTHER_POST, (a.span, b.span))
                return


def _one_time(corpus: Corpus, a: Anchor, b: Anchor) -> bool:
    """Whether two posts are held at about one time, as far as the documents tell."""
    statuses = corpus.words.ontology.statuses
    if not all(s.plain for s in (statuses.get(x.status) for x in (a, b)) if s):
        return False
    if not a.issued or not b.issued:
        return True
    return abs(int(a.issued[:4]) - int(b.issued[:4])) <= YEARS


def _pair_order(pair: tuple[Anchor, Anchor]) -> tuple[str, str, Span, Span]:
    return pair[0].predicate, pair[0].target, pair[0].span, pair[1].span


def _spans(one: Profile, other: Profile, targets: frozenset[str]) -> tuple[Span, ...]:
    return tuple(min(a.span for a in p.anchors if a.target in targets) for p in (one, other))


# What surrounds them


def _surroundings(one: Profile, other: Profile, alike: Likeness, spans: tuple[Span, ...]) -> Iterator[Evidence]:
    small, large = sorted((one.neighbours, other.neighbours), key=len)
    shared = small & large
    if alike not in NESTED and shared and not one.readings & other.readings:
        weight = sum(sorted(one.corpus.rarity(n) for n in shared))
        yield Evidence("their documents name others in common", round(min(MOST_NEIGHBOURS, weight / 2), 3), spans)
    if one.kind is Kind.PERSON and _unmet(one, other, shared):
        yield Evidence("each belongs to what the other's documents do not speak of in common", UNMET, spans)
    if not shared and len(small) > 2 and one.kind is Kind.PERSON and not one.targets & other.targets:
        yield Evidence("their documents name nothing else in common", STRANGERS, spans)
    if alike in WEAK and _one_story(one, other):
        yield Evidence("their documents tell one story", STORY, spans)


def _unmet(one: Profile, other: Profile, shared: frozenset[str]) -> bool:
    """Whether two people are tied to different things, and their documents have nothing in common but perhaps these."""
    tied = bool(one.targets and other.targets) and not one.targets & other.targets
    return tied and not shared - one.ties - other.ties


def _one_story(one: Profile, other: Profile) -> bool:
    """Whether two documents that name them name mostly the same things."""
    if max(len(one.readings), len(other.readings)) > MOST_STORIES:
        return False
    around = one.corpus.around
    return any(len(around[a] & around[b]) >= ALIKE_STORIES * len(around[a] | around[b]) for a in one.readings for b in other.readings)
