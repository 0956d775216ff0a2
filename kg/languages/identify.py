"""Text in, the language it or each of its passages is in out; `None` for a language that is none of ours."""

from __future__ import annotations

import functools
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.han import IDEOGRAPHS
from kg.languages import languages

if TYPE_CHECKING:
    from lingua import LanguageDetector

# What Latin letters may also be, so that it is not taken for one of ours; Malay reads as Indonesian.
FOREIGN = ("fr", "de", "es", "pt", "it", "nl", "vi", "tr", "pl", "sv")
READ_AS = {"ms": "id"}
SCRIPTS = {
    "han": IDEOGRAPHS,
    "japanese": "\u3041-\u30ff\u31f0-\u31ff\uff66-\uff9f",
    "korean": "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af",
    "thai": "\u0e00-\u0e7f",
    "lao": "\u0e80-\u0eff",
    "burmese": "\u1000-\u109f",
    "khmer": "\u1780-\u17ff",
    "arabic": "\u0600-\u06ff\u0750-\u077f",
    "hebrew": "\u0590-\u05ff",
    "greek": "\u0370-\u03ff",
    "russian": "\u0400-\u052f",
    "armenian": "\u0530-\u058f",
    "georgian": "\u10a0-\u10ff",
    "hindi": "\u0900-\u0dff",
    "latin": r"A-Za-z\u00c0-\u024f\u1e00-\u1eff",
}
# Words are what scripts are weighed by: about so many characters of each make one.
WORD = {"han": 1.5, "japanese": 1.5, "korean": 2.5, "thai": 5.0, "lao": 5.0, "burmese": 5.0, "khmer": 5.0}
LETTERS = {name: re.compile(f"[{characters}]") for name, characters in SCRIPTS.items()}
# Below so many Latin letters a line with names in it is often taken for another language (measured on company news).
SURE, SURE_FOREIGN = 60, 120
LIKELY = 0.9
FEWEST = 300  # hundredths of words
SMALL = re.compile(r"(?<![^\W\d_])[a-z\u00df-\u00ff][^\W\d_]*")
BRACKETED = re.compile(r"\([^()]*\)|（[^（）]*）")


def identify(text: str) -> str | None:
    """Tell the main language of a text."""
    language = _guess(text[:20_000])
    return language if language in languages() else None


def named(text: str) -> str | None:
    """Name the likely language of a text that is none of ours; None if it has no words."""
    guess = _guess(text[:20_000])
    return guess if guess is None or guess in SCRIPTS else _name(guess)


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
    script = max(sorted(words), key=lambda s: words[s])
    if script == "latin" and _names_only(text):
        script = "han"
    if script == "han":
        return "japanese" if words["japanese"] > 0.1 * words["han"] else "zh"
    if script != "latin":
        return script
    best, confidence = _likeliest(text)
    if best in languages() or _count("latin", text) >= SURE or confidence > 0.99:
        return best
    return _latin(text, ours=True)[0]


def _names_only(text: str) -> bool:
    """Whether the Latin letters of a text in Chinese are names: words in small letters would tell otherwise, glosses in brackets do not."""
    bare = BRACKETED.sub(" ", text)
    han = _words(bare)["han"]
    return han >= FEWEST and han > 2 * _words(" ".join(SMALL.findall(bare)))["latin"]


def _words(text: str) -> Counter[str]:
    """About how many words of each script a text has."""
    words: Counter[str] = Counter()
    for script in SCRIPTS:
        letters = _count(script, text)
        if letters:
            words[script] = round(letters / WORD.get(script, 6.0) * 100)
    return words


def _count(script: str, text: str) -> int:
    return len(LETTERS[script].findall(text))


def _likeliest(text: str) -> tuple[str, float]:
    """The likeliest language of a text in Latin letters, and how likely.

    The letters of names come from anywhere ("Élodie Brûlé founded …"), so that words in small letters go before them if they are ours.
    """
    found = _latin(text)
    if found[0] in languages():
        return found
    small = _latin(" ".join(word for word in text.split() if word.islower()))
    return small if small[0] in languages() and small[1] > LIKELY else found


def _latin(text: str, *, ours: bool = False) -> tuple[str, float]:
    """The likeliest language of a text in Latin letters, and how likely."""
    weights: dict[str, float] = defaultdict(float)
    for value in _detector().compute_language_confidence_values(text):
        code = value.language.iso_code_639_1.name.lower()
        weights[READ_AS.get(code, code)] += value.value
    codes = [c for c in sorted(weights) if not ours or c in languages()]
    best = max(codes, key=lambda c: weights[c])
    return best, weights[best]


def _told(line: str, main: str | None) -> str | bool | None:
    """The language of one line, None if it is none of ours, False if it cannot be told."""
    words = _words(line[:5_000])
    if not words or sum(words.values()) < FEWEST:
        return False
    script, weight = words.most_common(1)[0]
    if script not in {"latin", "han"} or words["japanese"] > 0.1 * words["han"] > 0:
        return None
    if script == "han" or words["han"] * 10 > weight:
        return "zh" if script == "han" and weight > 2 * words["latin"] else False
    best, confidence = _likeliest(line[:5_000])
    letters = _count("latin", line)
    if best in languages():
        return best if letters >= SURE and confidence > LIKELY else False
    certain = confidence > LIKELY and letters >= (SURE if main is None else SURE_FOREIGN)
    return None if certain else False


def _settled(told: list[str | bool | None], lines: list[str], main: str | None) -> Iterator[str | None]:
    """Let every line that could not be told follow the line before it, or the next, whichever is of its script."""
    following = _next(told)
    before: str | bool | None = False
    for language, line, after in zip(told, lines, following, strict=True):
        if language is False:
            near = [n for n in (before, after) if n is not False] or [main]
            alike = [n for n in near if not _alien(line, n)]
            language = (alike or near)[0]  # noqa: PLW2901
        before = language
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
    if words["latin"] >= FEWEST and not words["han"]:
        return language == "zh" or language is None
    return words["han"] > 0 and not words["latin"] and language != "zh"


@functools.cache
def _name(code: str) -> str:
    from lingua import IsoCode639_1, Language

    return str(Language.from_iso_code_639_1(getattr(IsoCode639_1, code.upper())).name.lower())


@functools.cache
def _detector() -> LanguageDetector:
    """The detector over few languages with small models: 30 MB instead of 240, and as sure on lines of 60 letters."""
    from lingua import IsoCode639_1, LanguageDetectorBuilder

    codes = sorted({*languages(), *FOREIGN, *READ_AS} - {"zh"})
    return LanguageDetectorBuilder.from_iso_codes_639_1(*(getattr(IsoCode639_1, c.upper()) for c in codes)).with_low_accuracy_mode().build()
