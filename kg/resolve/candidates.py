"""Profiles in, the pairs worth comparing out: those that share a block, never all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from kg.resolve.names import Form, Kind, rotations
from kg.resolve.profiles import Profile
from kg.resolve.transliteration import is_han, romanized, sound, sounds, spellings
from kg.resolve.within import post

CROWD = 40
WINDOW = 8


def pairs(profiles: Iterable[Profile]) -> list[tuple[Profile, Profile]]:
    """Return the pairs of profiles that share a key, each once, in order.

    In a block with more than CROWD members each is compared with its next few in order of name only, so that work grows with the
    number of profiles.
    """
    blocks: dict[str, list[Profile]] = defaultdict(list)
    for profile in profiles:
        for key in sorted(set(keys(profile))):
            blocks[key].append(profile)
    found: dict[tuple[int, int], tuple[Profile, Profile]] = {}
    for members in blocks.values():
        for one, other in _within(members):
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


def _thing_keys(form: Form) -> Iterator[str]:
    yield "core " + "".join(form.core)
    yield "timeless " + " ".join(t for t in form.tokens if t not in form.years)
    if any(map(is_han, form.core)):
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
