"""Profiles in, the pairs worth comparing out: those that share a block, never all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations, product

from kg.han import has_han
from kg.resolve.names import Form, Kind, rotations
from kg.resolve.profiles import Profile
from kg.resolve.scene import post
from kg.resolve.transliteration import blurred, heard, romanized, sound, sounds, spellings

CROWD = 40
WINDOW = 8
LONGEST = 9


def pairs(profiles: Iterable[Profile]) -> list[tuple[Profile, Profile]]:
    """Return the pairs of profiles that share a key, each once, in order.

    In a block with more than CROWD members each is compared with its next few in order of name only, so that work grows with the
    number of profiles.
    """
    profiles, blocks = tuple(profiles), defaultdict[str, list[Profile]](list)
    for profile in profiles:
        for key in sorted(set(keys(profile))):
            blocks[key].append(profile)
    found: dict[tuple[int, int], tuple[Profile, Profile]] = {}
    for members in blocks.values():
        for one, other in _within(members):
            found[min(one.number, other.number), max(one.number, other.number)] = (one, other)
    for one, other in _imitations(profiles):
        found[min(one.number, other.number), max(one.number, other.number)] = (one, other)
    return [found[k] for k in sorted(found)]


def _within(members: list[Profile]) -> Iterator[tuple[Profile, Profile]]:
    if len(members) <= CROWD:
        yield from combinations(members, 2)
        return
    ordered = sorted(members, key=lambda p: (p.full[0].key, p.number))
    for n, one in enumerate(ordered):
        yield from ((one, other) for other in ordered[n + 1 : n + 1 + WINDOW])


def keys(profile: Profile) -> Iterator[str]:
    """Yield the blocks of a profile: what its names, posts and concepts may share with another name of the same thing."""
    yield from (f"concept {c}" for c in profile.concepts)
    relations = profile.corpus.words.ontology.relations
    for anchor in profile.anchors:
        if post(relations[anchor.predicate]) or (relations[anchor.predicate].functional and profile.kind is Kind.OTHER):
            yield f"post {anchor.predicate} {anchor.target}"
    for form in profile.full:
        yield from _person_keys(form) if profile.kind is Kind.PERSON else _thing_keys(form)


def _person_keys(form: Form) -> Iterator[str]:
    if form.han:
        yield from (f"spelled {s}" for s in sorted(spellings(form.key)))
        yield "sound " + " ".join(sounds(t) for t in form.tokens)
        return
    yield from (f"spelled {r}" for r in rotations(form.tokens))
    if len(form.tokens) == 1:
        return
    yield "sound " + " ".join(sound(t) for t in form.tokens)
    tokens = sorted(set(form.tokens[:5]))
    yield from (f"words {a} {b}" for a, b in combinations(tokens, 2) if len(a) > 1 and len(b) > 1)
    yield f"initial {form.tokens[0][0]} {form.tokens[-1]}"


def _imitations(profiles: Iterable[Profile]) -> Iterator[tuple[Profile, Profile]]:
    """Yield persons whose foreign names are spelled in Chinese with those whose names sound nearly so; keys of too many say nothing."""
    sides: tuple[dict[str, list[Profile]], ...] = (defaultdict(list), defaultdict(list))
    people = [p for p in profiles if p.kind is Kind.PERSON]
    for profile in people:
        for key in _nearly(profile, han=True):
            sides[0][key].append(profile)
    for profile in people if sides[0] else ():
        for key in _nearly(profile, han=False) & sides[0].keys():
            sides[1][key].append(profile)
    for key, latin in sorted(sides[1].items()):
        if len(latin) + len(sides[0][key]) <= CROWD:
            yield from ((one, other) for one, other in product(sides[0][key], latin) if one is not other)


def _nearly(profile: Profile, *, han: bool) -> set[str]:
    """Give what names that sound nearly alike share: the consonants of their first and last words, less a third."""
    names = (f.tokens for f in profile.full if f.han == han and not f.native and len(f.tokens) > 1)
    reduced = (sounds,) if han else (sound, heard)
    ends = ([{key for r in reduced for key in _shortened(blurred(r(t)))} for t in (tokens[0], tokens[-1])] for tokens in names)
    return {f"{first} {last}" for firsts, lasts in ends for first, last in product(firsts, lasts)}


def _shortened(consonants: str) -> Iterator[str]:
    """Yield consonants with up to a third of them left out; where they are very many, only all."""
    fewest = len(consonants) - len(consonants) // 3 if len(consonants) <= LONGEST else len(consonants)
    for kept in range(fewest, len(consonants) + 1):
        yield from map("".join, combinations(consonants, kept))


def _thing_keys(form: Form) -> Iterator[str]:
    yield "core " + "".join(form.core)
    yield "timeless " + " ".join(t for t in form.tokens if t not in form.years)
    if any(map(has_han, form.core)):
        yield from (f"core {s}" for s in sorted(spellings(form.core[0])))
        yield "core " + romanized("".join(form.core))
        yield f"begins {form.core[0][:2]}"
        yield f"ends {form.core[-1][-2:]}"
        return
    yield f"begins {form.core[0]}"
    if len(form.core) > 1:
        yield f"ends {form.core[-1]}"
        yield "letters " + "".join(t[0] for t in form.tokens)
    elif len(form.key) <= 6:
        yield f"letters {form.key}"
