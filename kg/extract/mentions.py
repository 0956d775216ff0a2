"""A network's reading in, mentions out: one type for one name throughout a document, and one chain for one thing."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from kg.brackets import bracketed
from kg.extract.coreference import Same, chains
from kg.extract.lexicon import alternation, listed
from kg.han import has_han
from kg.languages.encoder import Found, Reading
from kg.languages.encoder.calibration import Calibration
from kg.languages.encoder.lexicon import Lexicon
from kg.model import Mention, Span
from kg.ontology import Ontology
from kg.parse import Parsed

SURENESS = 1000  # votes of a mention whose type is certain
SHORT_NAME = 5
SURNAME = 0.8  # how likely a name is a person's before the authority file has no say
SHORT = 3  # letters of the longest word in small letters that may end a name
AROUND = {"So", "Sk", "Sm", "Pd", "Cc", "Cf", "Co", "Cn", "Cs", "Zs", "Zl", "Zp"}  # begin and end no name: emoji, dashes …
AFTER = ",;:、，；：。"  # end no name either, unlike other stops: "Inc.", "Yahoo!"
PAIRS = tuple(zip("(（[［【〔《〈「『“‘«", ")）]］】〕》〉」』”’»", strict=True))
CARRIED = "+®°"  # but these do ("Canal+"), and symbols that stand for letters ("™")
TRADE_MARK = r"\((?:R|TM|SM)\)?"
SELECTORS = "\ufe0e\ufe0f"  # they say whether a sign is drawn as text or as a picture
_WORD = re.compile(r"\S+")
_POSSESSOR = re.compile(r"[^'‘’]+\w['’]")  # unlike a name between such marks
_CAPITAL = re.compile(r"\.?\s+[^\W\d_a-z]")


def mentions(parsed: Parsed, reading: Reading, ontology: Ontology, least: Calibration) -> tuple[Mention, ...]:
    """Give the mentions of a reading, in its order, chained where it is sure enough."""
    text = parsed.document.text
    found = [_bare(f, text, ontology) for f in reading.mentions]
    types = kinds_of(text, found, ontology)
    labels = ontology.model_labels()
    kinds = [types[key(text, f)] if not f.nominal else f.kind for f in found]
    numbers = chains(kinds, [None if f.nominal else key(text, f) for f in found], Same.of(reading), least)
    spans = [Span(parsed.document.identifier, f.start, f.end) for f in found]
    return tuple(
        Mention(span, text[span.start : span.end], labels[kind], parsed.language(span.start), chain, f.nominal)
        for f, span, kind, chain in zip(found, spans, kinds, numbers, strict=True)
    )


def known(ontology: Ontology, name: str) -> bool:
    """Whether the authority file has a name: a short one in its own case ("IDC", but no "Idc"), a longer one in any with a capital."""
    return name in _labels(ontology) or (len(name) > SHORT_NAME and not name.islower() and _folded(name) in _tops(ontology))


def parted(ontology: Ontology, name: str) -> int:
    """Where a second name begins in what was found as one, 0 where none does.

    A thing that the authority file has, before an organization that it has ("ChatGPT OpenAI"), is no one name of 181,728 annotated ones; a
    person that it has, before two words or more ("Jokowi Rina Hartati"), is one of them.
    """
    words = list(_WORD.finditer(name))
    things, people, organizations = _sides(ontology)
    for n in range(1, 0 if known(ontology, name) else len(words)):
        first, second = (_told(ontology, part) for part in (name[: words[n - 1].end()], name[words[n].start() :]))
        owned = first <= things and second and second <= organizations
        if first and (owned or (first <= people and len(words) - n > 1)):
            return words[n].start()
    return 0


def joints(text: str, reading: Reading, ontology: Ontology) -> Mapping[str, int]:
    """Give names found as one whose halves the text has by themselves, with where the second begins: a person behind what is none.

    Of 16,311 annotated names none is made of two such names of its text. A single word is enough of a person only where the whole was not
    taken for one: what looks like a firm may be a given name.
    """
    people, kinds = _people(ontology), defaultdict[str, set[str]](set)
    for f in reading.mentions:
        if not f.nominal:
            kinds[text[f.start : f.end]].add(f.kind)
    found: dict[str, int] = {}
    for name in kinds.keys() - {name for name in kinds if known(ontology, name)}:
        words = list(_WORD.finditer(name))
        for before, after in pairwise(words):
            first, second = kinds.get(name[: before.end()]), kinds.get(name[after.start() :])
            alone = after is words[-1] and kinds[name] & people
            if first and second and not first & people and second <= people and not alone:
                found[name] = after.start()
    return found


@lru_cache(maxsize=8)
def _sides(ontology: Ontology) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """The top classes of things, of people, and of organizations."""
    people, speakers = (frozenset(map(ontology.top, classes)) for classes in (ontology.holders(), ontology.speakers()))
    return ontology.things(), people, speakers - people


def _told(ontology: Ontology, name: str) -> set[str]:
    """The top classes under which the authority file has a name as it is written."""
    return _tops(ontology)[_folded(name)] if name in _labels(ontology) else set()


def key(text: str, found: Found) -> str:
    """What two mentions of the same words share: case, width and inner space do not count."""
    return _folded(text[found.start : found.end])


def _folded(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def _bare(found: Found, text: str, ontology: Ontology) -> Found:
    """A name without the words and signs around it that are no part of it, a person's also without the "Mr" or "Ibu" before it.

    What names nothing (`_unnamed`) is a nominal.
    """
    if found.nominal or _unnamed(found, text, ontology):
        return replace(found, nominal=True)
    found = _han(_bounded(_paired(_trimmed(replace(found, end=_end(text, found)), text), text), text, ontology), text, ontology)
    if found.kind not in _people(ontology):
        return found
    before = _honorifics(ontology).match(text, found.start, found.end)
    return _signed(replace(found, start=before.end()) if before else found, text, ontology)


def _unnamed(found: Found, text: str, ontology: Ontology) -> bool:
    """Whether words are no name, as none of 16,311 annotated ones is: a credit's ("Photo"), a firm's organ ("RUPS"), a bare "Dr"."""
    name = text[found.start : found.end]
    organ = found.kind in _firms(ontology) and _organs(ontology).fullmatch(name) and not known(ontology, name)
    bare = found.kind in _people(ontology) and _title(ontology).fullmatch(name) and _CAPITAL.match(text, found.end)
    return bool(organ or bare or _credits(ontology).fullmatch(name))


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
    """
    name, person = text[found.start : found.end], found.kind in _people(ontology)
    if not has_han(name[-1]) or len(name) < SHORT or known(ontology, name):
        return found
    surname = 1 + name.startswith(listed(ontology, "zh", "compoundSurname"))
    stray = name.endswith(listed(ontology, "zh", "nameEnd")) and len(name) > (surname + 2 if person else 0)
    place = name.endswith(listed(ontology, "zh", "nameLocative")) and known(ontology, name[:-1])
    first, last = text.rfind("\n", 0, found.start) + 1, text.find("\n", found.end)
    verb = not person and first + Lexicon().verb(text[first : last if last >= 0 else None], found.end - first) == found.end - 1
    return replace(found, end=found.end - (stray or place or verb))


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


def kinds_of(text: str, found: Sequence[Found], ontology: Ontology) -> Mapping[str, str]:
    """Give by `key` the type likeliest for all mentions of the same words together.

    So are a name and what it is in another script, in brackets behind it. A person's full name speaks for its words too; for a name that is
    not clearly a person's, the authority file has the last word.
    """
    people, authority = _people(ontology), _authority(ontology)
    votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    named = [f for f in found if not f.nominal]
    for f in named:
        for kind, likely in f.kinds.items() or ((f.kind, 1.0),):
            votes[key(text, f)][kind] += round(SURENESS * f.score * likely)
    for name, again in _in_another_script(text, named):
        votes[name] = votes[again] = votes[name] + votes[again]
    parts: set[str] = set()
    for f in named:
        words = text[f.start : f.end].casefold().split()
        for word in words if f.kind in people and len(words) > 1 else ():
            if word in votes:
                votes[word][f.kind] += round(SURENESS * f.score)
                parts.add(word)
    parts |= {name for name, kinds in votes.items() if sum(kinds[k] for k in people) > SURNAME * kinds.total()}
    likeliest = {name: min(kinds, key=lambda k, kinds=kinds: (-kinds[k], k)) for name, kinds in votes.items()}  # type: ignore[misc]
    return {name: kind if name in parts else authority.get((name, kind), kind) for name, kind in likeliest.items()}


def _in_another_script(text: str, named: Sequence[Found]) -> Iterator[tuple[str, str]]:
    """Yield the keys of names that stand one in brackets behind the other, one with ideographs, one without: 779 of 784 were one thing."""
    for one, other in pairwise(sorted(named, key=lambda f: f.start)):
        scripts = {has_han(text[f.start : f.end]) for f in (one, other)}
        if len(scripts) > 1 and bracketed(text, one.end, other.start, other.end):
            yield key(text, one), key(text, other)


@lru_cache(maxsize=8)
def _authority(ontology: Ontology) -> Mapping[tuple[str, str], str]:
    """What the authority file knows better of a name that was read as of some type, if it has the name under one type only."""
    labels = {name: c.model_labels for name, c in ontology.classes.items() if ontology.top(name) == name and c.model_labels}
    own = {told: min(found, key=lambda n, told=told: (n != told, n)) for told, found in labels.items()}  # type: ignore[misc]
    wrong = {told: [label for read in labels if ontology.prevails(told, read) for label in labels[read]] for told in labels}
    single = ((name, told) for name, (told, *others) in _tops(ontology).items() if not others and told in labels)
    return {(name, label): own[told] for name, told in single for label in wrong[told]}


@lru_cache(maxsize=8)
def _tops(ontology: Ontology) -> Mapping[str, set[str]]:
    """The top classes under which the authority file has each name."""
    tops: defaultdict[str, set[str]] = defaultdict(set)
    for concept in ontology.concepts:
        for name in concept.names:
            tops[_folded(name.text)].add(ontology.top(concept.cls))
    return dict(tops)


@lru_cache(maxsize=8)
def _labels(ontology: Ontology) -> frozenset[str]:
    """The names of the authority file as they are written there."""
    return frozenset(name.text for concept in ontology.concepts for name in concept.names)


@lru_cache(maxsize=8)
def _firms(ontology: Ontology) -> frozenset[str]:
    """The labels of those at which offices are held."""
    return frozenset(label for c in ontology.speakers() - ontology.holders() for label in ontology.classes[c].model_labels)


@lru_cache(maxsize=8)
def _people(ontology: Ontology) -> frozenset[str]:
    """The labels of those who can hold an office."""
    return frozenset(label for c in ontology.holders() for label in ontology.classes[c].model_labels)
