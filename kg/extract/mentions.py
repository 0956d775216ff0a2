"""A network's reading in, mentions out: one type for one name throughout a document, and one chain for one thing."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from kg.brackets import bracketed
from kg.extract.authority import firm_labels, folded, known, person_labels, sides, told_of, tops
from kg.extract.coreference import Same, chains
from kg.extract.edges import bare
from kg.extract.lexicon import alternation, listed
from kg.han import has_han
from kg.languages.encoder import Found, Reading
from kg.languages.encoder.calibration import Calibration
from kg.model import Mention, Span
from kg.ontology import Ontology
from kg.parse import Parsed

SURENESS = 1000  # votes of a mention whose type is certain
SURNAME = 0.8  # how likely a name is a person's before the authority file has no say
_WORD = re.compile(r"\S+")


def mentions(parsed: Parsed, reading: Reading, ontology: Ontology, least: Calibration) -> tuple[Mention, ...]:
    """Give the mentions of a reading, in its order, chained where it is sure enough."""
    text = parsed.document.text
    found = [bare(f, text, ontology) for f in reading.mentions]
    types = kinds_of(text, found, ontology)
    labels = ontology.model_labels()
    kinds = [types[key(text, f)] if not f.nominal else f.kind for f in found]
    numbers = chains(kinds, [None if f.nominal else key(text, f) for f in found], Same.of(reading), least)
    spans = [Span(parsed.document.identifier, f.start, f.end) for f in found]
    return tuple(
        Mention(span, text[span.start : span.end], labels[kind], parsed.language(span.start), chain, f.nominal)
        for f, span, kind, chain in zip(found, spans, kinds, numbers, strict=True)
    )


def parted(ontology: Ontology, name: str) -> int:
    """Where a second name begins in what was found as one, 0 where none does.

    A thing that the authority file has, before an organization that it has ("ChatGPT OpenAI"), is no one name of 181,728 annotated ones; a
    person that it has, before two words or more ("Jokowi Rina Hartati"), is one of them.
    """
    words = list(_WORD.finditer(name))
    things, people, organizations = sides(ontology)
    for n in range(1, 0 if known(ontology, name) else len(words)):
        first, second = (told_of(ontology, part) for part in (name[: words[n - 1].end()], name[words[n].start() :]))
        owned = first <= things and second and second <= organizations
        if first and (owned or (first <= people and len(words) - n > 1)):
            return words[n].start()
    return 0


def joints(text: str, reading: Reading, ontology: Ontology) -> Mapping[str, int]:
    """Give names found as one whose halves the text has by themselves, with where the second begins: a person behind what is none.

    Of 16,311 annotated names none is made of two such names of its text. A single word is enough of a person only where the whole was not
    taken for one: what looks like a firm may be a given name. Two firms may have an "and" between them.
    """
    people, kinds = person_labels(ontology), defaultdict[str, set[str]](set)
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
        if place := _second(name, kinds, ontology):
            found[name] = place
    return found


def _second(name: str, kinds: Mapping[str, set[str]], ontology: Ontology) -> int:
    """Where the second of two organizations begins that an "and" joins, 0 where both are not named alone in the text or known.

    Of 58 annotated names with such a word inside none is made of two such names.
    """
    firms, organizations = firm_labels(ontology), sides(ontology)[2]
    for joint in _joint(ontology).finditer(name):
        told = [(kinds.get(half), told_of(ontology, half)) for half in (name[: joint.start()], name[joint.end() :])]
        if all(read <= firms if read else tops and tops <= organizations for read, tops in told):
            return joint.end()
    return 0


@lru_cache(maxsize=8)
def _joint(ontology: Ontology) -> re.Pattern[str]:
    """Words that join two and are trimmed from the edge of a name."""
    return re.compile(rf"\s*{alternation(w for w in listed(ontology, None, 'roleJoint') if w in listed(ontology, None, 'nameBound'))}\s*")


def key(text: str, found: Found) -> str:
    """What two mentions of the same words share: case, width and inner space do not count."""
    return folded(text[found.start : found.end])


def kinds_of(text: str, found: Sequence[Found], ontology: Ontology) -> Mapping[str, str]:
    """Give by `key` the type likeliest for all mentions of the same words together.

    So are a name and what it is in another script, in brackets behind it. A person's full name speaks for its words too; for a name that is
    not clearly a person's, the authority file has the last word.
    """
    people, authority = person_labels(ontology), _authority(ontology)
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
    single = ((name, told) for name, (told, *others) in tops(ontology).items() if not others and told in labels)
    return {(name, label): own[told] for name, told in single for label in wrong[told]}
