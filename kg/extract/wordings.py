"""A parsed document and its mentions in, the claims that wordings of the ontology state of them out."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from kg.extract.clauses import governed
from kg.extract.cues import Cue, cues, status_words, unasserted
from kg.extract.lexicon import folded, listed
from kg.extract.patterns import ARGUMENTS, ASIDE, POSSESSIVE, SPLIT_POSSESSIVE, Bindings, Pattern, Token, matches, patterns, stop_words
from kg.extract.sentences import Sentences
from kg.extract.titles import TOKEN, Offices, bare, offices, roles, split
from kg.han import HAN
from kg.model import Claim, Mention, Span
from kg.ontology import Ontology
from kg.parse import Parsed, Part

LONGEST_SENTENCE = 1200
BEFORE = 24
SURE, PLAUSIBLE, STEP = 0.9, 0.5, 0.03
STATED, GOVERNED = 0.9, 1.0  # how sure a status is that a wording tells, and one that governs its clause, denies it or is part of its word
SKIPPED = 0.5  # the same where a Chinese wording skips a clause of what is ahead (将返回总部，出任): its verb may be ahead too


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence: its text, where it stands in the document, its tokens, the mentions that some of them are, and its cues."""

    text: str
    span: Span
    language: str
    tokens: tuple[Token, ...]
    mentions: Mapping[int, Mention]
    cues: tuple[Cue, ...]


def wordings(parsed: Parsed, mentions: Sequence[Mention], ontology: Ontology) -> tuple[Claim, ...]:
    """Find the claims that sentences state in the words of the ontology's wordings: the surest of each, in order."""
    best: dict[tuple[int, str, int, str | None], Claim] = {}
    for _, claim in matched(parsed, mentions, ontology):
        key = (claim.subject, claim.predicate, claim.object, claim.title)
        if key not in best or claim.confidence > best[key].confidence:
            best[key] = claim
    return tuple(sorted(best.values(), key=lambda c: (c.evidence, c.subject, c.predicate, c.object, c.title or "")))


def matched(parsed: Parsed, mentions: Sequence[Mention], ontology: Ontology) -> Iterator[tuple[Pattern, Claim]]:
    """Yield every claim that a wording states, behind the wording."""
    for part in parsed.parts:
        for sentence in _sentences(part, mentions, ontology):
            yield from _claims(sentence, ontology)


def _sentences(part: Part, mentions: Sequence[Mention], ontology: Ontology) -> Iterator[_Sentence]:
    """Sentences with two mentions or more; twice where a phrase that refers back may hide a role ("its chief executive")."""
    inside = [(n, m) for n, m in enumerate(mentions) if part.start <= m.span.start < part.end]
    edges = _edges(part, (m.span for _, m in inside))
    for start, end in _bounds(part):
        here = [(n, m) for n, m in inside if start <= m.span.start and m.span.end <= end]
        if len({m.chain for _, m in here}) < 2:
            continue
        text = part.text[start - part.start : end - part.start]
        told = cues(text, part.language, {e - start for e in edges[bisect_left(edges, start) : bisect_right(edges, end)]}, ontology)
        span = Span(here[0][1].span.document, end - len(text.lstrip()), start + len(text.rstrip()))
        short = [(n, m) for n, m in here if not m.nominal or not re.search(rf"\s|{HAN.pattern}{{3}}", m.text)]
        for view in (here, short) if len(short) < len(here) else (here,):
            tokens = tuple(_tokens(text, start, view, (ontology, part.language)))
            yield _Sentence(text, span, part.language, tokens, dict(view), told)


def _edges(part: Part, names: Iterable[Span]) -> list[int]:
    """Where in the document the words of a part and its names start and end."""
    ends = (part.start + place for word in part.doc for place in (word.idx, word.idx + len(word.text)))
    return sorted({*ends, *(place for name in names for place in (name.start, name.end))})


def _bounds(part: Part) -> Iterator[tuple[int, int]]:
    """Where the sentences of a part start and end in the document."""
    for start, end in pairwise((*Sentences.of("", part.text).starts, len(part.text))):
        if start < end <= start + LONGEST_SENTENCE:
            yield part.start + start, part.start + end


def _tokens(text: str, start: int, view: Sequence[tuple[int, Mention]], place: tuple[Ontology, str]) -> Iterator[Token]:
    """Mentions, the words of offices between them, and all other words and signs."""
    at = 0
    for n, mention in sorted(view, key=lambda x: (x[1].span.start, -x[1].span.end)):
        a, b = mention.span.start - start, mention.span.end - start
        if a < at:
            continue
        yield from _between(text, at, a, place)
        owned = SPLIT_POSSESSIVE.search(text[a:b])
        yield Token(text[a:b], a, b, n, mention.nominal or bool(owned))
        at = b
    yield from _between(text, at, len(text), place)


def _between(text: str, start: int, end: int, place: tuple[Ontology, str]) -> Iterator[Token]:
    stops, telling = stop_words(*place), status_words(*place)
    for role in (*roles(text, offices(*place), start, end), None):
        for match in TOKEN.finditer(text, start, role.start if role else end):
            word = folded(match.group())
            common = match.group().islower() and word not in telling
            yield Token(word, match.start(), match.end(), stop=word in stops, common=common)
        if role:
            name = text[role.start : role.end]
            capital = name[0].isupper() and not name.isupper()
            yield Token(" ".join(folded(name).split()), role.start, role.end, role=True, capital=capital)
            start = role.end


def _claims(sentence: _Sentence, ontology: Ontology) -> Iterator[tuple[Pattern, Claim]]:
    told = {t.text for t in sentence.tokens}
    known = offices(ontology, sentence.language)
    titled = any(t.role for t in sentence.tokens)
    for pattern in patterns(ontology, sentence.language):
        if pattern.needs <= told and (titled or pattern.relation):
            for found in matches(pattern, sentence.tokens, known):
                yield from ((pattern, claim) for claim in _stated(found, pattern, sentence, ontology))


def _stated(found: Bindings, pattern: Pattern, sentence: _Sentence, ontology: Ontology) -> Iterator[Claim]:
    """The claims of one match: one, or one per office of its title."""
    subject, object_ = (sentence.mentions[sentence.tokens[found[s][0]].mention or 0] for s in ("[subject]", "[object]"))
    if subject.chain == object_.chain:
        return
    title = _text(sentence, found["[title]"]) if "[title]" in found else None
    stated = split(title, offices(ontology, sentence.language)) if title else iter([(None, pattern.relation)])
    ends = sentence.tokens[found[""][0]].start, sentence.tokens[found[""][1] - 1].end
    clause = governed(sentence.text, *ends, ontology) if _asserted(pattern, sentence.language, ontology) else None
    cue = None if clause else _cue(found, pattern, sentence, ontology)
    status = clause or (cue.status if cue else pattern.status)
    glued = cue is not None and "-" in (sentence.text[cue.start], sentence.text[cue.end - 1])
    if clause and pattern.status == ontology.over() and ontology.statuses[clause].denies:
        status = ontology.usual()  # the denial of an end is no end
    shy = SKIPPED if _skips(found, pattern, sentence, ontology) else STATED
    denied = ontology.statuses[status].denies and _clausal(pattern, sentence.language, ontology)
    place = sentence.tokens[found["[title]"][0]].start if title else 0
    for office, name in stated:
        relation = ontology.relations[name]
        place = sentence.text.index(office, place) if office else place
        if (not title or name in pattern.offices) and ontology.links(relation, subject.type, object_.type):
            yield Claim(
                subject=subject.chain,
                predicate=name,
                object=object_.chain,
                evidence=sentence.span,
                status=status,
                title=_clean(office, place, sentence, offices(ontology, sentence.language)) if relation.membership else None,
                confidence=_confidence(found[""], pattern),
                method="wording",
                certainty=GOVERNED if clause or denied or glued or ontology.statuses[pattern.status].denies else shy,
            )


def _skips(found: Bindings, pattern: Pattern, sentence: _Sentence, ontology: Ontology) -> bool:
    """Whether a wording leaves out a Chinese clause that tells of what is ahead: unlike an aside, such a clause has the same subject."""
    asides = [sentence.tokens[a:b] for slot, (a, b) in found.items() if slot.startswith(ASIDE)] if pattern.han else []
    ahead = [c for c in sentence.cues if ontology.statuses[c.status].tense == "future" and not c.modifier] if asides else []
    return any(aside[0].start < cue.start < aside[-1].end for aside in asides for cue in ahead)


def _text(sentence: _Sentence, tokens: tuple[int, int]) -> str:
    return sentence.text[sentence.tokens[tokens[0]].start : sentence.tokens[tokens[1] - 1].end]


def _confidence(found: tuple[int, int], pattern: Pattern) -> float:
    """The fewer other words between those of the wording, the surer."""
    others = found[1] - found[0] - len(pattern.parts)
    return round(max(PLAUSIBLE, SURE - STEP * max(0, others)), 3)


def _cue(found: Bindings, pattern: Pattern, sentence: _Sentence, ontology: Ontology) -> Cue | None:
    """The cue within a match or right before it that tells its status, if not its wording does; denial and rumour overrule what is ahead.

    Within, only a clause is denied: who denies that the founder leaves does not deny the founder. What only names somebody by his post
    is neither denied nor heard by words before it, but for those of its own noun ("possible").
    """
    clausal, start = _clausal(pattern, sentence.language, ontology), sentence.tokens[found[""][0]].start
    named = not _asserted(pattern, sentence.language, ontology)
    own = (c for c in sentence.cues if clausal or not ontology.statuses[c.status].denies or c.end <= start)
    own = (c for c in own if not (named and c.end <= start and unasserted(c.status, ontology)) or c.modifier)
    own = (c for c in own if not _marks(c, found, pattern, sentence, ontology))
    told = (c for c in own if _within(c, found, sentence) or _before(c, found, clausal, sentence, ontology))
    if pattern.status != ontology.usual():
        told = (c for c in told if pattern.status != ontology.over() and unasserted(c.status, ontology))
    return next(told, None)


def _marks(cue: Cue, found: Bindings, pattern: Pattern, sentence: _Sentence, ontology: Ontology) -> bool:
    """Whether a cue is a wording's own word that only leads what the verb behind it is done to: 将总部迁至, unlike 将收购."""
    word = folded(sentence.text[cue.start : cue.end])
    if word not in pattern.parts or word not in listed(ontology, sentence.language, "objectMarker"):
        return False
    after = pattern.parts[pattern.parts.index(word) + 1]
    return sentence.tokens[found[after][0]].start == cue.end if after in found else folded(sentence.text[cue.end :]).startswith(after)


def _within(cue: Cue, found: Bindings, sentence: _Sentence) -> bool:
    """Whether a cue is a match's own word, none of its names and asides; an aside that is nothing but a cue ("reportedly") counts."""
    tokens, (first, last) = sentence.tokens, found[""]
    if not (tokens[first].start <= cue.start and cue.end <= tokens[last - 1].end):
        return False
    names = any(t.mention is not None and t.start < cue.end and cue.start < t.end for t in tokens[first:last])
    asides = [tokens[a:b] for slot, (a, b) in found.items() if slot.startswith(ASIDE)]
    return not names and all(
        cue.end <= aside[0].start or aside[-1].end <= cue.start or (aside[1].start, aside[-2].end) == (cue.start, cue.end)
        for aside in asides
    )


def _before(cue: Cue, found: Bindings, clausal: bool, sentence: _Sentence, ontology: Ontology) -> bool:
    """Whether a cue stands before a match in its clause, with no name there, and right before it where it modifies a noun.

    What somebody denies or drops ("denied it had bought", "abandoned its purchase of") follows at once, whoever stands before; so does the
    office that a word for its status modifies ("hired former … chief").
    """
    start = sentence.tokens[found[""][0]].start
    clause = start - len(re.split(r"[,;.，；。、：:\n]", sentence.text[max(0, start - BEFORE) : start])[-1])
    if not clause <= cue.start < cue.end <= start:
        return False
    next_to = not sentence.text[cue.end : start].strip()
    if next_to and (unasserted(cue.status, ontology) if clausal else cue.modifier):
        return True
    named = any(t.mention is not None and t.start < start - 1 and t.end > clause for t in sentence.tokens)
    return not named and not cue.inner and (next_to or not cue.modifier)


@lru_cache(maxsize=4096)
def _clausal(pattern: Pattern, language: str, ontology: Ontology) -> bool:
    """Whether a wording is a clause ("… acquired …") or names an event ("…'s purchase of …"), not a thing by another ("…'s unit …")."""
    ends = [n for n, part in enumerate(pattern.parts) if part in ARGUMENTS]
    between = pattern.parts[ends[0] + 1 : ends[-1]]
    if ends[0] or not between or any(not (part[0].isalnum() or part in ("[title]", *POSSESSIVE)) for part in between):
        return False
    if between[0] in POSSESSIVE:
        return len(between) > 2 and "[title]" not in between
    nouns = {folded(w) for w in listed(ontology, language, "genericNoun", "roleNoun")}
    return not {between[0], "".join(between)} & {"[title]", *nouns}


@lru_cache(maxsize=4096)
def _asserted(pattern: Pattern, language: str, ontology: Ontology) -> bool:
    """Whether a wording is what a sentence says ("… acquired …", "the acquisition of …"), not how it names things ("… CEO …")."""
    if _clausal(pattern, language, ontology):
        return True
    relation = ontology.relations.get(pattern.relation)
    words = [part for part in pattern.parts if part not in ARGUMENTS]
    noun = relation is None or relation.membership or pattern.parts[0] in ARGUMENTS
    return not noun and all(word[0].isalnum() for word in words)


def _clean(office: str | None, place: int, sentence: _Sentence, known: Offices) -> str | None:
    """An office without the words at its start that only tell its status ("former", "interim") or are no part of it ("its")."""
    end = place + len(office or "")
    while cue := next((c for c in sentence.cues if c.start == place and c.end <= end), None):
        place = end - len(sentence.text[cue.end : end].lstrip())
    return re.sub(r"\s+", " ", bare(sentence.text[place:end], known)).strip() or None
