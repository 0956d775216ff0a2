"""Two names in comparable shape in, how they are alike (or what sets them apart) out."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache

from kg.resolve.names import Form, Kind, Tokens, rotations
from kg.resolve.transliteration import blurred, heard, romanized, sound, sounds, spellings, surname_spellings, syllable_counts


class Likeness(StrEnum):
    """How two names are alike; the value is the wording of `kg why`."""

    SAME = "the same name"
    REORDERED = "the same name in another order"
    LEGAL = "the same name but for the legal form"
    FULLER = "one name is the other's with more parts"
    INITIALS = "one name has initials of the other"
    SPELLING = "the same name in another spelling"
    PINYIN = "one name spells the other in Latin letters"
    SURNAME = "one name may spell the other's surname in Latin letters"
    SOUND = "one name imitates the sound of the other"
    BARE = "one name is a part of the other person's name"
    NICKNAME = "one name is a short form of the other's given name"
    ACRONYM = "one name is the other's acronym"
    BLEND = "one name is built of the beginnings of the other's words"
    BEGINNING = "one name begins the other"
    ENDING = "one name ends the other"
    INSIDE = "one name's words stand in the other"
    SHARED = "the names share words"
    YEAR = "the names differ in a year only"
    GIVEN = "one surname, two given names"
    VERSION = "two versions"
    UNLIKE = "unlike names"


AGAINST = frozenset({Likeness.GIVEN, Likeness.VERSION, Likeness.UNLIKE})


@lru_cache(maxsize=400_000)
def likeness(first: Form, second: Form) -> Likeness:
    """Tell how two names are alike; the order of the two does not matter."""
    one, other = sorted((first, second), key=lambda f: (len(f.tokens), len(f.key), f.text))
    if one.kind is not other.kind:
        return Likeness.SAME if one.whole == other.whole else Likeness.UNLIKE
    if one.key == other.key:
        return Likeness.SAME if one.kind is Kind.PERSON or "".join(one.whole) == "".join(other.whole) else Likeness.LEGAL
    if one.kind is Kind.PERSON:
        return _persons(one, other)
    if (one.numbers or other.numbers) and one.numbers != other.numbers and not _acronym(one, other):
        return _versions(one, other)
    if one.core == other.core:
        return Likeness.LEGAL
    return _scripts(one, other) if one.han != other.han and not set(one.core) & set(other.core) else _things(one, other)


# Persons


def _persons(short: Form, long: Form) -> Likeness:
    if short.han and long.han:
        return _han_persons(short, long)
    if short.han or long.han:
        return _mixed_persons(*((short, long) if short.han else (long, short)))
    if set(rotations(short.tokens)) & set(rotations(long.tokens)):
        return Likeness.REORDERED
    if len(short.tokens) == 1:
        return _bare(short.tokens[0], long.tokens if short.tokens[0] in long.tokens else long.whole)
    return _latin_persons(short.tokens, long.tokens)


def _bare(token: str, long: Tokens) -> Likeness:
    if len(long) == 1:
        return Likeness.SPELLING if _alike(token, long[0]) else Likeness.UNLIKE
    if token in long:
        return Likeness.BARE
    if any(t[:3] == token[:3] and len(token) >= 3 for t in long[:-1]):
        return Likeness.NICKNAME
    return Likeness.NICKNAME if any(_alike(t, token) for t in long) else Likeness.UNLIKE


def _latin_persons(short: Tokens, long: Tokens) -> Likeness:
    unmatched = list(long)
    initials = fuzzy = 0
    for token in sorted(short, key=lambda t: (-len(t), t)):
        found = next((t for t in unmatched if t == token), None)
        if not found:
            found = next((t for t in unmatched if t[0] == token[0] and 1 in (len(t), len(token))), None)
            initials += bool(found)
        if not found:
            found = next((t for t in unmatched if _alike(t, token)), None)
            fuzzy += bool(found)
        if not found:
            return _apart(short, long)
        unmatched.remove(found)
    if initials + fuzzy == len(short) or (fuzzy and initials) or fuzzy > 1:
        return _apart(short, long)
    if fuzzy:
        return Likeness.SPELLING
    return Likeness.INITIALS if initials else Likeness.FULLER


def _apart(short: Tokens, long: Tokens) -> Likeness:
    return Likeness.GIVEN if set(short) & set(long) else Likeness.UNLIKE


def _alike(one: str, other: str) -> bool:
    """Whether two words are spellings of one: one letter apart, or of one sound and nearly one length."""
    if min(len(one), len(other)) < 5 or one[0] != other[0]:
        return False
    return _one_edit(one, other) or (sound(one) == sound(other) and abs(len(one) - len(other)) <= 2 and len(sound(one)) > 2)


def _one_edit(one: str, other: str) -> bool:
    one, other = sorted((one, other), key=len)
    if len(other) - len(one) > 1:
        return False
    n = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    return one[n:] == other[n + 1 :] or one[n + 1 :] == other[n + 1 :]


def _han_persons(short: Form, long: Form) -> Likeness:
    if len(short.tokens) == len(long.tokens) == 1:
        a, b = short.tokens[0], long.tokens[0]
        if (len(a) == 1 and b[0] == a) or (2 <= len(a) < len(b) <= 4 and (b.endswith(a) or _begins(short, b))):
            return Likeness.BARE
        return Likeness.GIVEN if a[0] == b[0] and len(a) > 1 else Likeness.UNLIKE
    if set(short.tokens) <= set(long.tokens):
        return Likeness.BARE if len(short.tokens) == 1 else Likeness.FULLER
    return Likeness.GIVEN if short.tokens[-1] == long.tokens[-1] else Likeness.UNLIKE


def _begins(short: Form, long: str) -> bool:
    """Whether a name is the surname that a longer one begins with, or all of it, read too long: 王建 is no part of 王建国."""
    return long.startswith(short.key) and (short.surname or (len(long) > 3 and not short.compound))


def _mixed_persons(han: Form, latin: Form) -> Likeness:
    if not han.native:
        return _imitated(han, latin)
    characters = han.tokens[0]
    if len(characters) > 1 and spellings(characters) & set(_orders(latin.tokens)):
        return Likeness.PINYIN
    surnames = surname_spellings(characters[0])
    places = [n for n in (len(latin.tokens) - 1, 0) if latin.tokens[n] in surnames]
    if not places:
        return (
            Likeness.NICKNAME
            if len(characters) > 2 and len(sounds(characters)) > 1 and sounds(characters) in map(sound, latin.tokens)
            else Likeness.UNLIKE
        )
    given = [t for n, t in enumerate(latin.tokens) if n != places[0]]
    if "".join(given) and len(characters) - 1 in syllable_counts("".join(given)):
        return Likeness.SURNAME if places[0] else Likeness.GIVEN
    return Likeness.SURNAME


def _orders(tokens: Tokens) -> Iterator[str]:
    """Yield the orders of a Latin name, of one with a further given name also without that: "Emma Lin Xiaoyun" is 林晓云, too."""
    yield from rotations(tokens)
    if len(tokens) > 2:
        yield from rotations(tokens[1:])
        yield from rotations(tokens[:-1])


def _imitated(han: Form, latin: Form) -> Likeness:
    """Compare a foreign name spelled by sound, word by word, with its Latin spelling."""
    spelled = [sounds(t) for t in han.tokens]
    if len(spelled) == len(latin.tokens) and all(map(_imitates, spelled, latin.tokens)):
        return Likeness.SOUND
    if len(spelled) > 1 and len(latin.tokens) > 1 and _imitates(spelled[0], latin.tokens[0]) and _imitates(spelled[-1], latin.tokens[-1]):
        return Likeness.SOUND
    if 1 in (len(spelled), len(latin.tokens)) and any(_imitates(s, t) and len(s) > 1 for s in spelled for t in latin.tokens):
        return Likeness.NICKNAME
    return Likeness.UNLIKE


def _imitates(spelled: str, word: str) -> bool:
    return _near(spelled, sound(word)) or _near(spelled, heard(word))


def _near(spelled: str, read: str) -> bool:
    """Whether two consonant skeletons agree in at least two thirds, in order."""
    if not spelled or not read:
        return spelled == read
    spelled, read = map(blurred, (spelled, read))
    return 3 * _common(spelled, read) >= 2 * max(len(spelled), len(read))


def _common(one: str, other: str) -> int:
    row = [0] * (len(other) + 1)
    for a in one:
        previous = row
        row = [0]
        for n, b in enumerate(other):
            row.append(previous[n] + 1 if a == b else max(previous[n + 1], row[n]))
    return row[-1]


# Organizations, products, events, places


def _versions(one: Form, other: Form) -> Likeness:
    """Names with different numbers: apart, unless one is the tail of the other after a maker's name."""
    if one.numbers and other.numbers:
        return Likeness.VERSION
    plain, numbered = sorted((one, other), key=lambda f: len(f.numbers))
    if plain.kind is Kind.OTHER and numbered.key.startswith(plain.key):
        return Likeness.VERSION
    if set(plain.tokens) <= set(numbered.tokens) or plain.key in numbered.key:
        whole_words = plain.han or numbered.text.casefold().endswith(" " + plain.text.casefold())
        return Likeness.ENDING if whole_words and numbered.key.endswith(plain.key) else Likeness.VERSION
    return Likeness.UNLIKE


def _scripts(one: Form, other: Form) -> Likeness:
    han, latin = (one, other) if one.han else (other, one)
    if len(han.core) > 1:
        return Likeness.UNLIKE
    if "".join(latin.core) in spellings(han.core[0]) or "".join(latin.core) == romanized(han.core[0]):
        return Likeness.PINYIN
    spelled, read = sounds(han.core[0]), "".join(sound(t) for t in latin.core)
    return Likeness.SOUND if min(len(spelled), len(read)) > 3 and _near(spelled, read) else Likeness.UNLIKE


def _things(short: Form, long: Form) -> Likeness:
    if _acronym(short, long) or _acronym(long, short):
        return Likeness.ACRONYM
    if short.years != long.years:
        if short.years and long.years:
            return Likeness.VERSION
        if _without_years(short) == _without_years(long):
            return Likeness.YEAR
    return _han_things(short.key, long.key) if short.han and long.han else _latin_things(short, long)


def _latin_things(short: Form, long: Form) -> Likeness:
    a, b = short.core, long.core
    if b[: len(a)] == a or long.key.startswith(short.key):
        return Likeness.BEGINNING
    if b[-len(a) :] == a:
        return Likeness.ENDING
    return _loosely(short, long)


def _loosely(short: Form, long: Form) -> Likeness:
    a, b = short.core, long.core
    if set(a) <= set(b):
        return Likeness.INSIDE
    if len(a) == 1 and _blend(a[0], b):
        return Likeness.BLEND
    if (
        len(a) == len(b)
        and sum(x != y for x, y in zip(a, b, strict=True)) == 1
        and any(x != y and _alike(x, y) for x, y in zip(a, b, strict=True))
    ):
        return Likeness.SPELLING
    return Likeness.SHARED if 2 * len(set(a) & set(b)) >= len(a) and len(a) > 1 else Likeness.UNLIKE


def _without_years(form: Form) -> Tokens:
    return tuple(t for t in form.tokens if t not in form.years)


def _han_things(short: str, long: str) -> Likeness:
    short, long = sorted((short, long), key=len)
    if len(short) < 2:
        return Likeness.UNLIKE
    if long.startswith(short):
        return Likeness.BEGINNING
    if long.endswith(short):
        return Likeness.ENDING
    if short in long:
        return Likeness.INSIDE
    if len(short) <= 5 and _common(short, long) == len(short) and (short[0] == long[0] or len(short) > 2):
        return Likeness.ACRONYM
    return Likeness.UNLIKE


def _acronym(short: Form, long: Form) -> bool:
    """Whether a name of one word is made of the initials of another's words; a legal form before them may stand in full."""
    letters = "".join(short.whole)
    if short.han or long.han or not 2 <= len(letters) <= 8 or len(short.core) > 2 or len(long.whole) < 2:
        return False
    legal = "".join(long.whole[: len(long.whole) - len(long.tokens)]) if long.whole[-len(long.tokens) :] == long.tokens else ""
    cuts = {tuple(t for t in tokens if len(t) > least) for tokens in (long.whole, long.tokens) for least in (0, 2, 3)}
    return any(letters in ("".join(t[0] for t in cut), legal + "".join(t[0] for t in cut)) for cut in cuts)


def _blend(word: str, tokens: Tokens) -> bool:
    """Whether a word is beginnings of a name's words, the first and the last among them, in order."""
    if len(tokens) < 2 or len(word) < 4 or word[0] != tokens[0][0]:
        return False
    ends = {0}
    for n, token in enumerate(tokens):
        longer = {e + k for e in ends for k in range(1, len(token) + 1) if word[e : e + k] == token[:k]}
        ends = longer if n in (0, len(tokens) - 1) else ends | longer
    return len(word) in ends


def nested(short: Form, long: Form) -> bool:
    """Whether the words of one name stand, in order and unbroken, in the other."""
    n = len(short.core)
    return any(long.core[k : k + n] == short.core for k in range(len(long.core) - n + 1))


__all__ = ["AGAINST", "Likeness", "likeness", "nested"]
