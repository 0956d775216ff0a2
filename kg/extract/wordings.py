"""A parsed document and its mentions in, the claims that wordings of the ontology state of them out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.extract.attribution import SENTENCE
from kg.extract.clauses import governed
from kg.extract.lexicon import alternation, folded
from kg.extract.patterns import SPLIT_POSSESSIVE, Bindings, Pattern, Token, matches, patterns, stop_words
from kg.extract.titles import TOKEN, offices, roles, split
from kg.model import Claim, Mention, Span
from kg.ontology import Ontology
from kg.parse import Parsed, Part

LONGEST_SENTENCE = 1200
BEFORE = 24
SURE, PLAUSIBLE, STEP = 0.9, 0.5, 0.03
STATED, GOVERNED = 0.9, 1.0  # how sure a status is that a wording tells, and one that governs its clause


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence: its text, where it stands in the document, its tokens, and the mentions that some of them are."""

    text: str
    span: Span
    language: str
    tokens: tuple[Token, ...]
    mentions: Mapping[int, Mention]


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
    for start, end in _bounds(part):
        here = [(n, m) for n, m in inside if start <= m.span.start and m.span.end <= end]
        if len({m.chain for _, m in here}) < 2:
            continue
        text = part.text[start - part.start : end - part.start]
        short = [(n, m) for n, m in here if not m.nominal or not re.search(r"\s|[\u3400-\u9fff]{3}", m.text)]
        for view in (here, short) if len(short) < len(here) else (here,):
            tokens = tuple(_tokens(text, start, view, (ontology, part.language)))
            yield _Sentence(text, Span(here[0][1].span.document, start, end), part.language, tokens, dict(view))


def _bounds(part: Part) -> Iterator[tuple[int, int]]:
    """Where the sentences of a part start and end in the document: as parsed, else by punctuation."""
    text = part.text
    if part.doc.has_annotation("SENT_START"):
        ends = [s.end_char for s in part.doc.sents]
    else:
        ends = sorted({*(m.end() for m in SENTENCE.finditer(text)), *(m.end() for m in re.finditer(r"\n+", text)), len(text)})
    start = 0
    for end in ends:
        if end > start and end - start <= LONGEST_SENTENCE:
            yield part.start + start, part.start + end
        start = end


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
    stops = stop_words(*place)
    for role in (*roles(text, offices(*place), start, end), None):
        for match in TOKEN.finditer(text, start, role.start if role else end):
            word = folded(match.group())
            yield Token(word, match.start(), match.end(), stop=word in stops)
        if role:
            yield Token(" ".join(folded(text[role.start : role.end]).split()), role.start, role.end, role=True)
            start = role.end


def _claims(sentence: _Sentence, ontology: Ontology) -> Iterator[tuple[Pattern, Claim]]:
    words = {t.text for t in sentence.tokens}
    known = offices(ontology, sentence.language)
    titled = any(t.role for t in sentence.tokens)
    for pattern in patterns(ontology, sentence.language):
        if pattern.needs <= words and (titled or pattern.relation):
            for found in matches(pattern, sentence.tokens, known):
                yield from ((pattern, claim) for claim in _stated(found, pattern, sentence, ontology))


def _stated(found: Bindings, pattern: Pattern, sentence: _Sentence, ontology: Ontology) -> Iterator[Claim]:
    """The claims of one match: one, or one per office of its title."""
    subject, object_ = (sentence.mentions[sentence.tokens[found[s][0]].mention or 0] for s in ("[subject]", "[object]"))
    if subject.chain == object_.chain:
        return
    title = _text(sentence, found["[title]"]) if "[title]" in found else None
    stated = split(title, offices(ontology, sentence.language)) if title else iter([(None, pattern.relation)])
    clause = governed(sentence.text, sentence.tokens[found[""][0]].start, sentence.tokens[found[""][1] - 1].end, ontology)
    status = clause or _status(found[""], pattern, sentence, ontology)
    for office, name in stated:
        relation = ontology.relations[name]
        if (not title or name in pattern.offices) and ontology.links(relation, subject.type, object_.type):
            yield Claim(
                subject=subject.chain,
                predicate=name,
                object=object_.chain,
                evidence=sentence.span,
                status=status,
                title=_clean(office, sentence.language, ontology) if relation.membership else None,
                confidence=_confidence(found[""], pattern),
                method="wording",
                certainty=GOVERNED if clause else STATED,
            )


def _text(sentence: _Sentence, tokens: tuple[int, int]) -> str:
    return sentence.text[sentence.tokens[tokens[0]].start : sentence.tokens[tokens[1] - 1].end]


def _confidence(found: tuple[int, int], pattern: Pattern) -> float:
    """The fewer other words between those of the wording, the surer."""
    others = found[1] - found[0] - len(pattern.parts)
    return round(max(PLAUSIBLE, SURE - STEP * max(0, others)), 3)


def _status(found: tuple[int, int], pattern: Pattern, sentence: _Sentence, ontology: Ontology) -> str:
    """The wording's own status, else that of a cue within the match or right before it."""
    plain = _plain(ontology)
    if pattern.status != plain:
        return pattern.status
    start = sentence.tokens[found[0]].start
    before = re.split(r"[,;.，；。、：:\n]", sentence.text[max(0, start - BEFORE) : start])[-1]
    own = " ".join(sentence.text[t.start : t.end] for t in sentence.tokens[slice(*found)] if t.mention is None)
    near = (
        f"{before} {own}"
        if not any(t.start < start - 1 and t.mention is not None and t.end > start - len(before) for t in sentence.tokens)
        else own
    )
    return next((name for name, cue in _cues(ontology, sentence.language) if cue.search(folded(near))), pattern.status)


@lru_cache(maxsize=8)
def _plain(ontology: Ontology) -> str:
    """The status a claim has unless something says otherwise: that of most wordings."""
    found = [w.status for r in ontology.relations.values() for w in r.wordings]
    return max(sorted(set(found)), key=found.count) if found else ""


@lru_cache(maxsize=32)
def _cues(ontology: Ontology, language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The cues of each status but the plain one; those that assert nothing first."""
    statuses = sorted(ontology.statuses.values(), key=lambda s: (s.plain, s.name))
    told = ((s.name, {w for c in s.cues if c.language == language for w in (c.text, folded(c.text))}) for s in statuses)
    return tuple((name, re.compile(alternation(cues), re.IGNORECASE)) for name, cues in told if cues and name != _plain(ontology))


def _clean(title: str | None, language: str, ontology: Ontology) -> str | None:
    """A title without the words that only tell its status ("former", "interim")."""
    if not title:
        return None
    for _, cue in _cues(ontology, language):
        title = re.sub(rf"^\s*(?:{cue.pattern})\s*", "", title, flags=re.IGNORECASE)
    return re.sub(r"\s+", " ", title).strip() or None
