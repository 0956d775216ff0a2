"""Text in, the language it or each of its passages is in out; `None` for a language that is none of ours."""

from __future__ import annotations

import functools
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from kg.errors import ModelError
from kg.languages import alike, languages, script
from kg.languages.scripts import LATIN, SCRIPTS, Script

if TYPE_CHECKING:
    from lingua import IsoCode639_1, LanguageDetector

# Below so many letters a line with names in it is often taken for another language (measured on company news in Latin letters).
SURE, SURE_FOREIGN = 60, 120
LIKELY, FOREIGN = 0.9, 0.75
FUNCTION, LEAST = 3.0, 1e-3  # how much likelier a function word makes its language, and how likely any is without
FEWEST, FEW = 300, 150  # hundredths of words
WORD = re.compile(r"[^\W\d_]+")
SMALL = re.compile(r"(?<![^\W\d_])[a-z\u00df-\u00ff][^\W\d_]*")
BRACKETED = re.compile(r"\([^()]*\)|（[^（）]*）")


class _Known(NamedTuple):
    """Scripts by name, the languages of ours that are written in each, and the codes of others that are read as one of them."""

    scripts: Mapping[str, Script]
    ours: Mapping[str, tuple[str, ...]]
    read_as: Mapping[str, str]


def identify(text: str) -> str | None:
    """Tell the main language of a text."""
    language = _guess(text[:20_000])
    return language if language in languages() else None


def named(text: str) -> str | None:
    """Name the likely language of a text that is none of ours; None if it has no words."""
    guess = _guess(text[:20_000])
    return guess if guess is None or guess in _known().scripts else _name(guess)


def weight(text: str) -> int:
    """Measure how much a text says, in hundredths of a word, so that Chinese and Latin letters compare."""
    return sum(_words(text).values())


def passages(text: str, default: str | None) -> list[tuple[int, int, str | None]]:
    """Cut a text into runs of whole lines of one language; lines too short to tell follow their neighbours, else `default`."""
    lines = text.splitlines(keepends=True)
    main = default or identify(text)
    runs: list[tuple[int, int, str | None]] = []
    position = 0
    for line, language in zip(lines, _settled([_told(line, main) for line in lines], lines, main), strict=True):
        end = position + len(line)
        if runs and runs[-1][2] == language:
            runs[-1] = (runs[-1][0], end, language)
        else:
            runs.append((position, end, language))
        position = end
    return runs


def _guess(text: str) -> str | None:
    """A code of ours, another code, or the name of a script's main language; None without letters."""
    words = _words(text)
    if not words:
        return None
    written = _around_names(text) if _most(words) == LATIN.name else None
    written = _blend(words, written or _most(words))
    ours = _known().ours[written]
    if not ours or not _shared(written):
        return ours[0] if ours else written
    prose = _prose(text, written)
    if prose:
        return _by_words(prose, written)[0]
    best, confidence = _likeliest(text, written)
    if best in ours or _letters(text)[written] >= SURE or confidence > 0.99:
        return best
    return _scored(text, written, ours)[0]


def _prose(text: str, written: str) -> tuple[str, ...]:
    """The words in small letters of a text that has few, so that its names would tell its language; nothing for other texts."""
    if written != LATIN.name:
        return ()
    words = tuple(word for word in WORD.findall(text) if word.islower())
    return words if sum(map(len, words)) < SURE else ()


def _by_words(words: tuple[str, ...], written: str) -> tuple[str, float]:
    """The likeliest language of a few words, function words above all, and how likely; none of ours only if it is rather sure."""
    odds: dict[str, float] = defaultdict(float)
    for code, likely in _weighed(" ".join(words), written):
        odds[_known().read_as.get(code, code)] += max(likely, LEAST) * FUNCTION ** sum(w in _function_words(code) for w in words)
    ours = [code for code in sorted(odds) if code in languages()]
    best = max(sorted(odds), key=lambda c: odds[c])
    told = best if best in ours or odds[best] > FOREIGN * sum(odds.values()) else max(ours, key=lambda c: odds[c])
    return told, odds[told] / sum(odds.values())


@functools.cache
def _function_words(code: str) -> frozenset[str]:
    """The most common words of a language, as spaCy lists them; none where it does not know the language."""
    from spacy.util import get_lang_class

    try:
        return frozenset(get_lang_class(code).Defaults.stop_words)
    except ImportError:
        return frozenset()


def _around_names(text: str) -> str | None:
    """The script of ours in which the Latin letters of a text are names: words in small letters would tell otherwise, not so glosses."""
    bare = BRACKETED.sub(" ", text)
    words = _ours(_words(bare))
    written = _most(words)
    small = _words(" ".join(SMALL.findall(bare)))[LATIN.name]
    return written if words[written] >= (FEWEST if small else FEW) and words[written] > 2 * small else None


def _words(text: str) -> Counter[str]:
    """About how many words of each script a text has, in hundredths: words are what scripts are weighed by."""
    letters = _letters(text)
    return Counter({name: round(letters[name] / s.word * 100) for name, s in _known().scripts.items() if name in letters})


def _letters(text: str) -> Counter[str]:
    """How many letters of each script a text has."""
    letters: Counter[str] = Counter()
    codes = languages()
    for character, times in Counter(text).items():
        if written := _script(character, codes):
            letters[written] += times
    return letters


@functools.lru_cache(maxsize=65536)
def _script(character: str, codes: tuple[str, ...]) -> str | None:
    """The script of a letter; what a language of ours says of its script goes first."""
    scripts = _gathered(codes).scripts.values()
    return next((s.name for s in sorted(scripts, key=lambda s: s in SCRIPTS) if re.match(f"[{s.letters}]", character)), None)


def _ours(words: Counter[str]) -> Counter[str]:
    """Those of the words that are in a script of ours other than Latin."""
    return Counter({name: count for name, count in words.items() if name != LATIN.name and _known().ours[name]})


def _most(words: Counter[str]) -> str:
    return max(words, key=lambda name: words[name], default="")


def _blend(words: Counter[str], written: str) -> str:
    """The script that stands among the letters of another, as kana among ideographs, or that other where none does."""
    among = (s.name for s in _known().scripts.values() if s.among == written)
    return next((name for name in among if words[name] > 0.1 * words[written] > 0), written)


def _likeliest(text: str, written: str) -> tuple[str, float]:
    """The likeliest language of a text in a script, and how likely.

    The letters of names come from anywhere ("Élodie Brûlé founded …"), so that words in small letters go before them if they are ours.
    """
    found = _scored(text, written)
    if found[0] in languages():
        return found
    small = _scored(" ".join(word for word in text.split() if word.islower()), written)
    return small if small[0] in languages() and small[1] > LIKELY else found


def _scored(text: str, written: str, among: tuple[str, ...] = ()) -> tuple[str, float]:
    """The likeliest language of a text in a script, or of a few of its languages, and how likely."""
    weights: dict[str, float] = defaultdict(float)
    for code, likely in _weighed(text, written):
        weights[_known().read_as.get(code, code)] += likely
    best = max(sorted(among or weights), key=lambda c: weights[c])
    return best, weights[best]


def _weighed(text: str, written: str) -> Iterator[tuple[str, float]]:
    """Yield how likely a text in a script is in each of its languages."""
    for value in _detector(_shared(written)).compute_language_confidence_values(text):
        yield value.language.iso_code_639_1.name.lower(), value.value


def _told(line: str, main: str | None) -> str | bool | None:
    """The language of one line, None if it is none of ours, False if it cannot be told."""
    words = _words(line[:5_000])
    if sum(words.values()) < FEWEST:
        return False
    most = _most(words)
    written = next((blend for name in words if (blend := _blend(words, name)) != name), most)
    ours = _known().ours[written]
    if not ours:
        return None
    if written == LATIN.name:
        mixed = any(count * 10 > words[most] for count in _ours(words).values())
    else:
        mixed = words[most] <= 2 * words[LATIN.name]
    if mixed:
        return False
    return _told_apart(line, written, main) if _shared(written) else ours[0]


def _told_apart(line: str, written: str, main: str | None) -> str | bool | None:
    """The language of one line in a script that several share, None if it is none of ours, False if it cannot be told."""
    prose = _prose(line[:5_000], written)
    best, confidence = _likeliest(line[:5_000], written)
    if prose and not (best in languages() and confidence > LIKELY):
        best, confidence = _by_words(prose, written)
    letters = _letters(line)[written]
    if best in languages():
        return best if letters >= SURE and confidence > LIKELY else False
    certain = confidence > LIKELY and letters >= (SURE if main is None else SURE_FOREIGN)
    return None if certain else False


def _settled(told: list[str | bool | None], lines: list[str], main: str | None) -> Iterator[str | None]:
    """Let every line that could not be told follow the line before it, or the next, whichever is of its script."""
    following = _next(told)
    before: str | bool | None = False
    above: Counter[str] = Counter()
    for language, line, after in zip(told, lines, following, strict=True):
        words = _words(line)
        if language is False:
            ended = before is None and words and _most(words) != _most(above)  # what is none of ours does not go on in another script
            near = [n for n in (False if ended else before, after) if n is not False] or [main]
            alike = [n for n in near if not _alien(line, n)]
            language = (alike or near)[0]  # noqa: PLW2901
        before, above = language, words or above
        yield language if not isinstance(language, bool) else main


def _next(told: list[str | bool | None]) -> list[str | bool | None]:
    following: list[str | bool | None] = []
    after: str | bool | None = False
    for language in reversed(told):
        following.append(after)
        after = after if language is False else language
    return following[::-1]


def _alien(line: str, language: str | bool | None) -> bool:
    """Whether several words of a line are all in a script that a language is not written in."""
    words = _words(line[:5_000])
    ours, written = _ours(words), script(language) if isinstance(language, str) else None
    if words[LATIN.name] >= FEWEST and not ours:
        return written != LATIN
    return bool(ours) and not words[LATIN.name] and (written is None or ours.keys().isdisjoint({written.name, written.among}))


def _known() -> _Known:
    return _gathered(languages())


@functools.cache
def _gathered(codes: tuple[str, ...]) -> _Known:
    of = {code: script(code) for code in codes}
    scripts = {s.name: s for s in (*SCRIPTS, *of.values())}
    ours = {name: tuple(code for code in codes if of[code].name == name) for name in scripts}
    return _Known(scripts, ours, {other: code for code in codes for other in alike(code)})


def _shared(written: str) -> tuple[str, ...]:
    """The languages that a text in a script of ours may be in; none where it can be in one only."""
    known = _known()
    ours = known.ours[written]
    found = {*ours, *known.scripts[written].languages, *(other for other, code in known.read_as.items() if code in ours)}
    return tuple(sorted(found)) if len(found) > 1 else ()


def _name(code: str) -> str:
    from lingua import Language

    return str(Language.from_iso_code_639_1(_iso(code)).name.lower())


def _iso(code: str) -> IsoCode639_1:
    from lingua import IsoCode639_1

    found: IsoCode639_1 | None = getattr(IsoCode639_1, code.upper(), None)
    if found is None:
        raise ModelError(f"language {code!r} cannot be told from others of its script: lingua does not know it")
    return found


@functools.cache
def _detector(codes: tuple[str, ...]) -> LanguageDetector:
    """The detector over few languages with small models: 30 MB instead of 240, and as sure on lines of 60 letters."""
    from lingua import LanguageDetectorBuilder

    return LanguageDetectorBuilder.from_iso_codes_639_1(*map(_iso, codes)).with_low_accuracy_mode().build()
