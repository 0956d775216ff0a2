"""A written name in, a Form out: its tokens in comparable shape, without titles, legal forms and differences of script."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from kg.han import IDEOGRAPHS, has_han
from kg.model import Name
from kg.ontology import Ontology
from kg.resolve.transliteration import simplified

Tokens = tuple[str, ...]

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|(?<=\w)\++(?!\w)")
_HAN_OR_OTHER = re.compile(f"[{IDEOGRAPHS}]+|[^{IDEOGRAPHS}]+")
_POSSESSIVE = re.compile(r"(?<=\w)['’]s?(?=\W|$)")
_APOSTROPHE = re.compile(r"(?<=\w)['’ʻ`](?=\w)")
_DEGREES = re.compile(r",\s*(?:[^,]*\.[^,]*|[A-Z]{2,5})(?=,|$)")
_YEAR = re.compile(r"(?:19|20)\d\d")


class Kind(StrEnum):
    """How names of a class are built."""

    PERSON = "person"
    ORGANIZATION = "organization"
    OTHER = "other"


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """A name in comparable shape; one value for each name and kind, compared by identity.

    `tokens` are without honorifics and legal forms, `core` also without what follows a comma in other names, `whole` with everything.
    `numbers` are the tokens that tell versions, `years` those that may be left out. `han`: in Chinese characters. `key` is the tokens run
    together: equal for names that differ in spaces, marks or case only. `surname`: a person's name that is a surname of two characters,
    `compound`: one that begins with such a surname. `bearer`: what a body named after another has of its name ("Alidune" of "Alidune
    Foundation").
    """

    text: str
    kind: Kind
    han: bool
    whole: Tokens
    tokens: Tokens
    core: Tokens
    numbers: Tokens
    years: Tokens
    key: str
    surname: bool = False
    compound: bool = False
    bearer: str = ""

    @property
    def bare(self) -> bool:
        """Whether a person's name is but a surname, a given name or a nickname: one word, also one with a hyphen ("Berners-Lee")."""
        if self.kind is not Kind.PERSON:
            return False
        if len(self.tokens) == 1:
            return len(self.tokens[0]) < 2 or self.surname if self.native else True
        return not self.han and self.tokens == self.whole and len(self.text.split()) == 1

    @property
    def legal(self) -> bool:
        """Whether a name has a legal form, an honorific or an article beside its own words."""
        return self.whole != self.tokens

    @property
    def native(self) -> bool:
        """Whether a name in Chinese characters is no foreign one spelled by sound."""
        return self.han and len(self.tokens) == 1 and len(self.tokens[0]) <= 4


class Words:
    """The word lists of an ontology that names are cut by, as token sequences; parses names and remembers them."""

    def __init__(self, ontology: Ontology) -> None:
        self.ontology = ontology
        self._honorifics = _Affixes(self._list("honorific"))
        self._legal = _Affixes(self._list("legalForm", "article"))
        self._surnames = frozenset("".join(tokenize(n.text)) for n in self._list("compoundSurname"))
        self._bodies = _Affixes(self._list("ownBody"))
        self._persons = frozenset(map(ontology.top, ontology.holders()))
        self._organizations = frozenset(map(ontology.top, ontology.speakers())) - self._persons
        self._forms: dict[tuple[str, Kind], Form] = {}
        self.authority = {c.identifier: c for c in ontology.concepts}

    def _list(self, *keys: str) -> tuple[Name, ...]:
        return tuple(n for k in keys for n in self.ontology.words.get(k, ()))

    def kind(self, cls: str) -> Kind:
        """Tell how the names of a top class are built: members are persons, what they belong to is an organization."""
        if cls in self._persons:
            return Kind.PERSON
        return Kind.ORGANIZATION if cls in self._organizations else Kind.OTHER

    def speaks(self, cls: str) -> bool:
        """Whether things of a top class speak: people, and the organizations that they belong to."""
        return self.kind(cls) is not Kind.OTHER

    def concepts(self, form: Form, top: str) -> frozenset[str]:
        """Return the things of the authority file that bear a name, as it is or without its legal form."""
        known = _authority(self.ontology).concepts
        return frozenset(c for key in (form.key, "".join(form.whole)) for c in known.get((top, key), ()))

    def told(self, text: str) -> str | None:
        """Return the one top class under which the authority file has a name as it is written; None where it has none or several."""
        tops = _authority(self.ontology).tops.get("".join(tokenize(text)), set())
        return next(iter(tops)) if len(tops) == 1 else None

    def form(self, text: str, kind: Kind) -> Form:
        """Bring a name into comparable shape."""
        if (text, kind) not in self._forms:
            self._forms[text, kind] = self._form(text, kind)
        return self._forms[text, kind]

    def _form(self, text: str, kind: Kind) -> Form:
        whole = tokenize(_DEGREES.sub("", text) if kind is Kind.PERSON else text)
        whole = whole or tokenize(text) or (text.casefold(),)
        tokens = whole
        if kind is Kind.PERSON:
            tokens = self._honorifics.strip(whole)
        elif kind is Kind.ORGANIZATION:
            tokens = self._legal.strip(whole)
        core = tokenize(text.split(", ", maxsplit=1)[0]) if kind is Kind.OTHER else tokens
        years = tuple(t for t in tokens if _YEAR.fullmatch(t))
        numbers = tuple(t for t in tokens if t[0].isdigit() and t not in years)
        key = "".join(tokens)
        surname = kind is Kind.PERSON and key in self._surnames
        compound = kind is Kind.PERSON and key[:2] in self._surnames
        bearer = self._bodies.strip(whole) if kind is Kind.ORGANIZATION else whole
        named = "" if bearer == whole else "".join(bearer)
        return Form(text, kind, has_han(key), whole, tokens, core or tokens, numbers, years, key, surname, compound, named)


class _Authority(NamedTuple):
    """The authority file by names: the identifiers of its things by top class and key, and the top classes by the name as it is written."""

    concepts: Mapping[tuple[str, str], set[str]]
    tops: Mapping[str, set[str]]


@lru_cache(maxsize=8)
def _authority(ontology: Ontology) -> _Authority:
    words, found = Words(ontology), _Authority(defaultdict(set), defaultdict(set))
    for concept in ontology.concepts:
        top = ontology.top(concept.cls)
        for name in concept.names:
            found.tops["".join(tokenize(name.text))].add(top)
            for key in _keys(words.form(name.text, words.kind(top)), words.kind(top)):
                found.concepts[top, key].add(concept.identifier)
    return _Authority(dict(found.concepts), dict(found.tops))


def _keys(form: Form, kind: Kind) -> Iterator[str]:
    """Yield what a name of the authority file goes by: whole, and without its legal form if more than a word is left ("News Corp").

    A person's is whole: an initial that could be an honorific ("R. Budi") tells one from others.
    """
    yield "".join(form.whole)
    if len(form.tokens) > 1 and kind is not Kind.PERSON:
        yield form.key


class _Affixes:
    """Words that are cut off the ends of a name: whole tokens in Latin script, endings of a token in Chinese characters."""

    def __init__(self, names: Iterable[Name]) -> None:
        sequences = {tokenize(n.text) for n in names} - {()}
        self._latin = frozenset(s for s in sequences if not has_han("".join(s)))
        self._han = tuple(sorted({s[0] for s in sequences if len(s) == 1 and has_han(s[0])}, key=lambda w: (-len(w), w)))
        self._longest = max((len(s) for s in self._latin), default=0)

    def strip(self, tokens: Tokens) -> Tokens:
        """Cut every affix off both ends; something always stays."""
        while len(shorter := self._once(tokens)) < len(tokens) or shorter != tokens:
            tokens = shorter
        return tokens

    def _once(self, tokens: Tokens) -> Tokens:
        for n in range(min(self._longest, len(tokens) - 1), 0, -1):
            if tokens[:n] in self._latin:
                return tokens[n:]
            if tokens[-n:] in self._latin:
                return tokens[:-n]
        last = tokens[-1]
        for word in self._han:
            if last == word and len(tokens) > 1:
                return tokens[:-1]
            if last.endswith(word) and len(last) > len(word):
                return (*tokens[:-1], last.removesuffix(word))
        return tokens


@lru_cache(maxsize=200_000)
def tokenize(text: str) -> Tokens:
    """Cut a name into tokens: lower-case, simplified, without marks; letters, numbers and Chinese characters apart."""
    text = unicodedata.normalize("NFKC", text).replace(" & ", " and ")
    text = _APOSTROPHE.sub("", _POSSESSIVE.sub("", text))
    text = _plain(simplified(text).casefold())
    return tuple(piece for match in _TOKEN.finditer(text) for piece in _HAN_OR_OTHER.findall(match.group()))


def _plain(text: str) -> str:
    """Drop accents, keep letters that have no plain form."""
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFD", text)
    kept = "".join(c for c in decomposed if unicodedata.category(c) != "Mn")
    return unicodedata.normalize("NFC", kept).translate({0xF8: "o", 0x131: "i", 0x142: "l", 0xE6: "ae", 0x111: "d", 0xF0: "d", 0xFE: "th"})


def rotations(tokens: Tokens) -> Iterator[str]:
    """Yield the run-together orders of a personal name: as written, last token first, first token last."""
    if len(tokens) < 2:
        yield "".join(tokens)
        return
    yield "".join(tokens)
    yield "".join((tokens[-1], *tokens[:-1]))
    yield "".join((*tokens[1:], tokens[0]))
