"""A name as a network marked it in, the name without the words and signs at its edges that are no part of it out."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from functools import lru_cache

from kg.extract.authority import SHORT_NAME, firm_labels, known, person_labels
from kg.extract.lexicon import alternation, listed
from kg.han import has_han
from kg.languages.encoder import Found
from kg.languages.encoder.lexicon import Lexicon
from kg.ontology import Ontology

SHORT = 3  # letters of the longest word in small letters that may end a name
REACH = 24  # characters before a name in which a noun for a trade is sought
STRADDLING = 4  # characters behind a name in which a word goes on that begins with its last
AROUND = {"So", "Sk", "Sm", "Pd", "Cc", "Cf", "Co", "Cn", "Cs", "Zs", "Zl", "Zp"}  # begin and end no name: emoji, dashes …
AFTER = ",;:、，；：。"  # end no name either, unlike other stops: "Inc.", "Yahoo!"
PAIRS = tuple(zip("(（[［【〔《〈「『“‘«", ")）]］】〕》〉」』”’»", strict=True))
CARRIED = "+®°"  # but these do ("Canal+"), and symbols that stand for letters ("™")
TRADE_MARK = r"\((?:R|TM|SM)\)?"
SELECTORS = "\ufe0e\ufe0f"  # they say whether a sign is drawn as text or as a picture
_WORD = re.compile(r"\S+")
_POSSESSOR = re.compile(r"[^'‘’]+\w['’]")  # unlike a name between such marks
_CAPITAL = re.compile(r"\.?\s+[^\W\d_a-z]")


def bare(found: Found, text: str, ontology: Ontology) -> Found:
    """A name without the words and signs around it that are no part of it, a person's also without the "Mr" or "Ibu" before it.

    What names nothing (`_unnamed`) is a nominal.
    """
    if found.nominal or _unnamed(found, text, ontology):
        return replace(found, nominal=True)
    found = _han(_bounded(_paired(_trimmed(replace(found, end=_end(text, found)), text), text), text, ontology), text, ontology)
    if found.kind not in person_labels(ontology):
        return _led(_called(found, text, ontology), text, ontology)
    before = _honorifics(ontology).match(text, found.start, found.end)
    return _signed(replace(found, start=before.end()) if before else found, text, ontology)


def _called(found: Found, text: str, ontology: Ontology) -> Found:
    """A firm's name without the noun for its trade before it ("Toymaker Bobbin said …"), if the text has it without that, too."""
    words = _trade(ontology)
    trade = words.match(text, found.start, found.end) if found.kind in firm_labels(ontology) else None
    if not trade or not text[trade.end() : found.end][:1].isupper():
        return found
    name = re.compile(rf"(?<![\w-]){re.escape(text[trade.end() : found.end])}(?!\w)")
    before = (text[max(0, m.start() - REACH) : m.start()] for m in name.finditer(text))
    alone = any(all(m.end() < len(b) for m in words.finditer(b)) for b in before)
    return replace(found, start=trade.end()) if alone else found


@lru_cache(maxsize=8)
def _trade(ontology: Ontology) -> re.Pattern[str]:
    return re.compile(rf"{alternation(listed(ontology, None, 'tradeNoun'))}\s+", re.IGNORECASE)


def _unnamed(found: Found, text: str, ontology: Ontology) -> bool:
    """Whether words are no name, as none of 16,311 annotated ones is: a credit's ("Photo"), a firm's organ ("RUPS"), a bare "Dr"."""
    name = text[found.start : found.end]
    organ = found.kind in firm_labels(ontology) and _organs(ontology).fullmatch(name) and not known(ontology, name)
    titled = found.kind in person_labels(ontology) and _title(ontology).fullmatch(name) and _CAPITAL.match(text, found.end)
    return bool(organ or titled or _credits(ontology).fullmatch(name))


def _signed(found: Found, text: str, ontology: Ontology) -> Found:
    """A Chinese name in a byline without the place that follows it after a space: 记者 陆知远 海州报道."""
    name = _WORD.match(text, found.start, found.end)
    short = name and has_han(name[0]) and len(name[0]) > 1 and name.end() < found.end
    credited = short and _byline(ontology).search(text, max(0, found.start - SHORT_NAME), found.start)
    return replace(found, end=name.end()) if name and credited else found


@lru_cache(maxsize=8)
def _byline(ontology: Ontology) -> re.Pattern[str]:
    return re.compile(rf"{alternation(filter(has_han, listed(ontology, None, 'newsCredit')))}\s*$")


def _end(text: str, found: Found) -> int:
    """Where a name ends: words in small letters end one name in 500, and those few are short ("plc", "ev")."""
    words = list(_WORD.finditer(text, found.start, found.end))
    while any(w[0][0].isupper() for w in words[:-1]) and _plain(words[-1][0]):
        words.pop()
    return words[-1].end()


def _trimmed(found: Found, text: str) -> Found:
    """A name without the emoji, dashes, commas, brackets of one side and spaces at its edges; whole where nothing else is in it."""
    start, end = found.start, found.end
    while start < end and _outside(text[start:end], text[end - 1], AFTER):
        end -= 1
    while start < end and _outside(text[start:end], text[start]):
        start += 1
    return replace(found, start=start, end=end) if start < end else found


def _paired(found: Found, text: str) -> Found:
    """A name with the other half of a pair of quotation marks in it that stands right beside it: “青溪”二号."""
    before, behind = text[max(0, found.start - 1) : found.start], text[found.end : found.end + 1]
    name = text[found.start : found.end]
    pairs = [p for p in PAIRS if name.count(p[0]) != name.count(p[1]) and p[1] != "’"]
    opened = any(p[0] == before and name.count(p[1]) > name.count(p[0]) for p in pairs)
    closed = any(p[1] == behind and name.count(p[0]) > name.count(p[1]) for p in pairs)
    return replace(found, start=found.start - opened, end=found.end + closed)


def _han(found: Found, text: str, ontology: Ontology) -> Found:
    """A Chinese name without a function word or the start of a verb behind it: 天溪食品 of 与天溪食品展开竞争, 云溪 of 陆云溪于.

    Of 5,380 annotated ones none but a person's ends in such a word, or with the first character of a verb that the dictionary sees there.
    A person's is cut only where it would be too long, one that the authority file has without its end (淘宝上) also before a place word.
    Any is where a word runs over its end (`_straddled`).
    """
    name, person = text[found.start : found.end], found.kind in person_labels(ontology)
    if not has_han(name[-1]) or len(name) < SHORT or known(ontology, name):
        return found
    surname = 1 + name.startswith(listed(ontology, "zh", "compoundSurname"))
    stray = name.endswith(listed(ontology, "zh", "nameEnd")) and len(name) > (surname + 2 if person else 0)
    place = name.endswith(listed(ontology, "zh", "nameLocative")) and known(ontology, name[:-1])
    verb = not person and Lexicon().verb(text, found.end) == found.end - 1
    return replace(found, end=found.end - (stray or place or verb or _straddled(found, text, person, ontology)))


def _straddled(found: Found, text: str, person: bool, ontology: Ontology) -> bool:
    """Whether a word that no name's end is part of runs over the end of one: 刘岚于|2015年, 云溪集团所|持.

    Where a word of the dictionary ends there that word is meant: 交易所|持有. But for people: 勇于 is a word too.
    """
    plain, at = Lexicon().simplified(text[found.start : found.end + STRADDLING]), found.end - found.start
    over = plain.startswith(listed(ontology, "zh", "straddling"), at - 1)
    return over and (person or not Lexicon().ends(plain[:at]))


def _led(found: Found, text: str, ontology: Ontology) -> Found:
    """A Chinese name without the word before it that looks like one with its first character: 前|台岭, as 前台 is a word too."""
    name = Lexicon().simplified(text[found.start : found.end])
    word = next((w for w in listed(ontology, "zh", "straddlingStart") if name.startswith(w) and len(name) > len(w)), "")
    return replace(found, start=found.start + len(word[:-1])) if word and not known(ontology, name) else found


def _bounded(found: Found, text: str, ontology: Ontology) -> Found:
    """A name without the function words at its edges (of 78,293 Chinese names 8 had 的 or 与 there) and the "(R)" of a trade mark.

    Nor does a possessor's apostrophe belong to it ("Tolmers' plant"). The authority file knows better: there is an Ex-Im Bank, a Dunkin'.
    """
    name = text[found.start : found.end]
    if known(ontology, name):
        return found
    first, last = _bounds(ontology)
    before, behind = first.match(text, found.start, found.end), last.search(text, found.start, found.end)
    start, end = before.end() if before else found.start, behind.start() if behind else found.end
    end -= bool(_POSSESSOR.fullmatch(text, start, end)) and not _title(ontology).fullmatch(text, start, end)
    return replace(found, start=start, end=end) if start < end else found


@lru_cache(maxsize=8)
def _bounds(ontology: Ontology) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What no name begins with, and what none ends with."""
    words = alternation(listed(ontology, None, "nameBound"))
    short = alternation(w for w in listed(ontology, None, "newsCredit") if w.endswith("."))
    return re.compile(rf"(?:(?:{words}|{short})\s*)+"), re.compile(rf"(?:\s*(?:{words}|{TRADE_MARK}))+\Z")


@lru_cache(maxsize=8)
def _credits(ontology: Ontology) -> re.Pattern[str]:
    words = alternation({w.rstrip(".") for w in listed(ontology, None, "newsCredit")})
    return re.compile(rf"{words}[.:：]?", re.IGNORECASE)


@lru_cache(maxsize=8)
def _organs(ontology: Ontology) -> re.Pattern[str]:
    article, organ = alternation(listed(ontology, None, "article")), alternation(listed(ontology, None, "organ"))
    return re.compile(rf"(?:{article}\s+)?{organ}(?:\s*[(（]{organ}[)）])?", re.IGNORECASE)


@lru_cache(maxsize=8)
def _title(ontology: Ontology) -> re.Pattern[str]:
    return re.compile(rf"{alternation(listed(ontology, None, 'honorific'))}\.?".replace("'", "['’]"))


def _outside(name: str, sign: str, stops: str = "") -> bool:
    """Whether a sign at the edge of a name is no part of it: a bracket or quotation mark is, if its other half stands there too."""
    return sign in stops or _around(sign) or _single(name, sign)


def _single(name: str, sign: str) -> bool:
    """Whether a bracket or quotation mark lacks its other half; an apostrophe has none."""
    if sign == '"':
        return name.count(sign) % 2 > 0
    return any(name.count(opening) != name.count(closing) for opening, closing in PAIRS if sign in (opening, closing) and sign != "’")


def _around(sign: str) -> bool:
    if sign in SELECTORS:
        return True
    letters = any(c.isalnum() for c in unicodedata.normalize("NFKC", sign))
    return unicodedata.category(sign) in AROUND and sign not in CARRIED and not letters


def _plain(word: str) -> bool:
    return word.isalpha() and word.islower() and len(word) > SHORT


@lru_cache(maxsize=8)
def _honorifics(ontology: Ontology) -> re.Pattern[str]:
    return re.compile(rf"(?:{alternation(listed(ontology, None, 'honorific'))}\.?\s+)+(?=\S)", re.IGNORECASE)
