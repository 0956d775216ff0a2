"""A document's claims in, the posts that the one person of a sentence about one firm comes to hold there out: "…, its CFO, becomes CEO"."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from kg.extract.cues import cues
from kg.extract.lexicon import alternation, folded, listed, possessive, until
from kg.extract.posts import Day, leads, titled
from kg.extract.sentences import Sentences
from kg.extract.titles import TOKEN, Offices, bare, offices, roles, split, tokens
from kg.han import HAN
from kg.languages.encoder import Found
from kg.model import Claim, Mention, Span
from kg.ontology import Ontology
from kg.parse import Parsed, Part

LIKELY, STATED, SURE = 0.8, 0.9, 0.99
NARROWING, REACH = 4, 160  # words that may narrow an office down; characters behind a verb in which its office is sought
NAMED = 40  # characters between a verb and its office, a firm among them
OWNER = 40  # characters of a name with a possessive mark
BLOT = "x"
IDLE, IDLE_HAN = 1, 6  # words, and Chinese characters, that may stand between a subject and its verb and tell nothing ("later")
CLAUSE = re.compile(r"[,;:()，；：。（）\n]")
BYLINE = re.compile(r"[(（【〔\[][^()（）【】〔〕\[\]\n]*[)）】〕\]]")  # before a sentence: its agency and reporter are no part of it


def promotions(
    parsed: Parsed, claims: Sequence[Claim], mentions: Sequence[Mention], titles: Sequence[Found], ontology: Ontology
) -> Iterator[Claim]:
    """Yield the posts that a verb of becoming gives to one of whom its sentence claims a post at its only firm, there.

    `titles` are what a network takes for titles: they tell how far an office reaches ("head of research").
    """
    sentences, told = Sentences.of(parsed.document.identifier, parsed.document.text), set[tuple[int, int, Span, str | None, str]]()
    for claim in sorted((c for c in claims if ontology.relations[c.predicate].membership), key=lambda c: (c.evidence, c.subject, c.object)):
        first, last = sentences.of_span(claim.evidence)
        key = claim.subject, claim.object, claim.evidence, claim.title, claim.status
        part = next((p for p in parsed.parts if p.start <= claim.evidence.start < p.end), None)
        here = _Place.of(claim, part, mentions, titles) if part and first == last and key not in told else None
        if part and here:
            told.add(key)
            yield from (
                p for p in _posts(claim, part, here, ontology) if p.certainty >= SURE or not any(_claimed(p, c, ontology) for c in claims)
            )


def _claimed(post: Claim, claim: Claim, ontology: Ontology) -> bool:
    """Whether a claim is of a post too, and of another time."""
    same = (post.subject, post.object, post.title, post.evidence) == (claim.subject, claim.object, claim.title, claim.evidence)
    return same and post.status != claim.status and ontology.relations[claim.predicate].membership


class _Name(NamedTuple):
    """Where a name stands in its part of a document, and its chain."""

    start: int
    end: int
    chain: int


class _Place(NamedTuple):
    """Where the sentence of a claim begins in its part, its text up to where it ends, its people, firms and other names, and titles.

    `plain` is the text with its names blotted out, whose words may tell something elsewhere; `edges` are where words and names end.
    """

    start: int
    text: str
    plain: str
    edges: Sequence[int]
    people: Sequence[_Name]
    named: Sequence[_Name]
    titles: Sequence[tuple[int, int]]

    @classmethod
    def of(cls, claim: Claim, part: Part, mentions: Sequence[Mention], titles: Sequence[Found]) -> _Place | None:
        """Gather what the sentence of a claim names behind its byline, if that is both of the claim by name and no other firm."""
        byline = BYLINE.match(part.text, claim.evidence.start - part.start)
        begin = part.start + byline.end() if byline else claim.evidence.start
        here = [m for m in mentions if claim.evidence.holds(m.span) and m.span.start >= begin]
        who, firm = ({m.type for m in here if m.chain == chain} for chain in (claim.subject, claim.object))
        if not who or not firm or who & firm or {m.chain for m in here if m.type in firm} != {claim.object}:
            return None
        named = sorted((_Name(m.span.start - part.start, m.span.end - part.start, m.chain), m.type) for m in here)
        people, names = [name for name, kind in named if kind in who], [name for name, _ in named]
        marked = [(t.start - part.start, t.end - part.start) for t in titles]
        start, end = claim.evidence.start - part.start, claim.evidence.end - part.start
        words = part.doc.char_span(start, end, alignment_mode="expand") or ()
        ends = (place for name in names for place in (name.start, name.end))
        edges = sorted({*ends, *(place for w in words for place in (w.idx, w.idx + len(w.text)))})
        plain = list(part.text[:end])
        for name in names:
            plain[name.start : name.end] = BLOT * (min(name.end, end) - name.start)
        return cls(start, part.text[:end], "".join(plain), edges, people, names, marked)

    def led(self, claim: Claim, clause: int, verb: int) -> bool:
        """Whether the subject of a claim is that of a verb: the only one in its clause, or of its sentence; and its title leads."""
        mine = {p.chain for p in self.people if clause <= p.start < verb}
        if claim.title and claim.title not in self.text[self.start : verb]:
            return False
        if mine or {p.chain for p in self.people} != {claim.subject}:
            return mine == {claim.subject}
        return bool(claim.title) and any(p.start < verb for p in self.people)

    def behind(self, chain: int, start: int, end: int) -> int:
        """Where the last name of a chain in a stretch ends, else where the stretch begins."""
        return max((n.end for n in self.people if n.chain == chain and start <= n.start < end), default=start)

    def owned(self, place: int, chain: int) -> int:
        """Where a name of a chain ends that stands right at a place: the place itself if none does."""
        return next((n.end for n in self.named if n.chain == chain and not self.text[place : n.start].strip() and place <= n.start), place)


def _posts(claim: Claim, part: Part, here: _Place, ontology: Ontology) -> Iterator[Claim]:
    """The posts that the verbs of a sentence give to the subject of a claim that stands before them; of who left one the last goes on."""
    words, over, usual = _words(ontology, part.language), ontology.over(), ontology.usual()
    found = [post for verb in words.verb.finditer(here.text, here.start) for post in _post(claim, verb, here, part, ontology)]
    for n, (rises, post) in enumerate(found):
        former = claim.status == over and any(p.title != post.title for _, p in found[n + 1 :])
        ahead = rises and post.status == usual and _ahead(claim, post, ontology)
        if ahead:
            yield replace(claim, status=usual, method="wording", certainty=1.0)  # it is the other that is yet to be held
        yield replace(post, status=claim.status if ahead else over if over and former and post.status == usual else post.status)
        if rises and claim.title and claim.status == over and post.status == usual and words.joining.search(here.text, here.start):
            yield replace(claim, method="wording", confidence=LIKELY, certainty=SURE)  # "joined" tells of a post that goes on
        if claim.title and claim.title != post.title and claim.status == post.status not in (usual, over) and _present(post, ontology):
            yield replace(claim, status=usual, method="wording", certainty=1.0)  # it is the other that is held for the time being


def _ahead(claim: Claim, post: Claim, ontology: Ontology) -> bool:
    """Whether a claim says of a post with a title, which a move to another follows, that it is yet to be held."""
    return bool(claim.title) and claim.title != post.title and ontology.statuses[claim.status].tense == "future"


def _present(post: Claim, ontology: Ontology) -> bool:
    """Whether a post is held now."""
    return ontology.statuses[post.status].tense == ontology.statuses[ontology.usual()].tense


def _post(claim: Claim, verb: re.Match[str], here: _Place, part: Part, ontology: Ontology) -> Iterator[tuple[bool, Claim]]:
    """The posts that one verb gives to the subject of a claim, and whether it is a verb of moving within a firm."""
    known, words, text = offices(ontology, part.language), _words(ontology, part.language), here.text
    at = here.owned(verb.end(), claim.object)
    end = _office(text, at, here.titles, known)
    begin = _clause(text, here.start, verb.start(), end)[0]
    given = not end and _handed(text, (begin, verb.start()), here.titles, part.language, ontology)
    stated, ahead = given or (at, end), end or verb.end()
    if (
        not (end or given)
        or not here.led(claim, begin, verb.start())
        or _strays(text, (here.behind(claim.subject, begin, verb.start()), verb.start()), part.language, ontology)
        or (not given and _another(text, (at, end), part.language, ontology))
        or any(verb.start() <= n.start < ahead and n.end > at for n in here.named)
    ):
        return
    elsewhere, rises = words.elsewhere.match(text, ahead), bool(words.rising.fullmatch(verb.group()))
    owned = at > verb.end() or bool(elsewhere and here.owned(elsewhere.end(), claim.object) > elsewhere.end())
    joined = words.joining.search(text, here.start, verb.start())
    if (elsewhere and not owned) or (claim.status == ontology.over() and not (owned or rises or joined or given)):
        return
    status = _told(here, _clause(text, here.start, verb.start(), ahead), verb.span(), part.language, ontology)
    sure = rises and not words.departure.search(text, ahead)
    for office, name in split(bare(text[slice(*stated)], known), known) if status else ():
        if status and ontology.relations[name].membership:
            post = Claim(claim.subject, name, claim.object, claim.evidence, status, office, method="wording")
            yield rises, replace(post, confidence=LIKELY, certainty=SURE if sure else STATED)


def _strays(text: str, stretch: tuple[int, int], language: str, ontology: Ontology) -> bool:
    """Whether what stands between a subject and a verb makes the verb another's: speech, a clause of its own, somebody else."""
    words = _gap(ontology, language)
    start = max((m.end() for m in words.joint.finditer(text, *stretch)), default=stretch[0])  # "joined as … and was promoted"
    told = [folded(t.group()) for t in TOKEN.finditer(text, start, stretch[1])]
    other = [t for t in told if t not in words.idle and t[0].isalnum() and not t[0].isdigit()]
    most = IDLE_HAN if other and HAN.match(other[0]) else IDLE
    return len(other) > most or bool(words.another.search(text, *stretch) or words.some.search(text, start, stretch[1]))


def _another(text: str, office: tuple[int, int], language: str, ontology: Ontology) -> bool:
    """Whether an office behind a verb is rather one elsewhere: "a minister", that of an association, "of the year"."""
    words = _gap(ontology, language)
    return bool(words.some.match(text, *office) or words.body.search(text, *office) or words.goes_on.match(text, office[1]))


class _Gap(NamedTuple):
    """Words that tell nothing between a subject and its verb, and patterns of those that join two verbs, and that tell of others.

    Further how an office begins that is not the only one, bodies that have offices of their own, and how one goes on that is elsewhere.
    """

    idle: frozenset[str]
    joint: re.Pattern[str]
    another: re.Pattern[str]
    some: re.Pattern[str]
    body: re.Pattern[str]
    goes_on: re.Pattern[str]


@lru_cache(maxsize=32)
def _gap(ontology: Ontology, language: str) -> _Gap:
    cued = (c.text for s in ontology.statuses.values() for c in s.cues if c.language == language)
    idle = ("auxiliary", "copula", "pronoun", "dateStart", "dateEnd", "weekday", "titleStray", "roleJoint")
    words = frozenset(token for w in (*listed(ontology, language, *idle), *cued) for token in tokens(w))
    another = alternation(listed(ontology, language, "speechVerb", "complementizer", "kin"))
    some, body = (alternation(listed(ontology, language, name)) for name in ("indefinite", "ownBody"))
    article, firm = (alternation(listed(ontology, language, name)) for name in ("article", "genericNoun"))
    of = alternation(listed(ontology, language, "preposition"))
    goes_on = rf"\s+{of}\s+{article}\s+(?!(?:[\w-]+\s+)?{firm})[a-z]"
    patterns = (alternation(listed(ontology, language, "roleJoint")), another, rf"\s*{some}", body, goes_on)
    return _Gap(words, *(re.compile(pattern, re.IGNORECASE) for pattern in patterns))


def _told(here: _Place, clause: tuple[int, int], verb: tuple[int, int], language: str, ontology: Ontology) -> str | None:
    """The status that a clause tells of the post that its verb gives; None if that is denied or no fact."""
    words, text, status = _words(ontology, language), here.plain, _status(here, clause, verb, language, ontology)
    unsaid = words.denied if status != ontology.usual() else words.aimed
    denied = words.denied.search(text, clause[0], verb[0]) or unsaid.search(text[clause[0] : verb[0]])
    return None if denied else status


def _handed(
    text: str, place: tuple[int, int], titles: Sequence[tuple[int, int]], language: str, ontology: Ontology
) -> tuple[int, int] | None:
    """Where before a verb of becoming the office stands that it gives, if words hand that to its subject: 总裁一职由…接任."""
    for found in _words(ontology, language).handing.finditer(text, *place):
        role = next((r for r in roles(text, offices(ontology, language), *place) if r.end == found.start()), None)
        if role:
            return min([role.start, *(a for a, b in titles if place[0] <= a < role.end <= b)]), role.end
    return None


def taken(text: str, stretch: tuple[int, int], language: str, ontology: Ontology) -> Iterator[tuple[int, int, int, bool]]:
    """Yield where in a stretch of a (simplified) text a verb of becoming or holding stands; its end and its office's; if the former."""
    known, words = offices(ontology, language), _words(ontology, language)
    for verb in words.taking.finditer(text, *stretch):
        role = next(roles(text, known, verb.end(), min(until(CLAUSE, text, verb.end(), stretch[1]), verb.end() + NAMED)), None)
        becoming = bool(words.verb.fullmatch(verb.group()))
        if role:
            yield verb.start(), verb.end(), role.end, becoming
        elif _handed(text, (_clause(text, stretch[0], verb.start(), verb.end())[0], verb.start()), (), language, ontology):
            yield verb.start(), verb.start(), verb.end(), becoming


def begun(claim: Claim, day: Day, text: str, language: str, ontology: Ontology) -> bool:
    """Whether a date tells when the post of a claim begins: it stands beside a verb of becoming that gives it, or is one of several."""
    if day.respective and len(day.dates) > 1:
        return ontology.statuses[claim.status].plain
    words, places = _words(ontology, language), [*titled(claim, day, text)]
    given = [(verb, end) for verb, start, end, becoming in day.taken if becoming and any(start <= a and b <= end for a, b in places)]
    return any(
        leads(day.place, verb, text) or (end <= day.place.start and words.since.fullmatch(text, end, day.place.start))
        for verb, end in given
    )


def _office(text: str, start: int, titles: Sequence[tuple[int, int]], known: Offices) -> int:
    """Where the office ends that words right behind a verb name, if they name one: 0 if not."""
    role = next(roles(text, known, start, min(len(text), start + REACH)), None)
    if not role or not _next(text[start : role.start]):
        return 0
    return max([role.end, *(b for a, b in titles if a <= role.start < b)])


def _next(between: str) -> bool:
    """Whether what stands between a verb and an office may narrow the office down."""
    words = TOKEN.findall(between)
    return len(words) <= NARROWING and all(w[0].isalnum() for w in words)


def _clause(text: str, start: int, verb: int, end: int) -> tuple[int, int]:
    """Where the clause of a verb and its office begins and ends."""
    begin = max((m.end() for m in CLAUSE.finditer(text, start, verb)), default=start)
    return begin, until(CLAUSE, text, end)


def _status(here: _Place, clause: tuple[int, int], verb: tuple[int, int], language: str, ontology: Ontology) -> str:
    """The status that a clause tells: a verb in the pluperfect ("had been named") ends no post, nor does what modifies a noun before it."""
    within = here.edges[bisect_left(here.edges, clause[0]) : bisect_right(here.edges, clause[1])]
    told = cues(here.plain[slice(*clause)], language, {place - clause[0] for place in within}, ontology)
    tense = {c for c in told if c.status == ontology.over() and c.start + clause[0] < verb[1] and verb[0] < c.end + clause[0]}
    former = {c for c in told if c.modifier and c.end + clause[0] <= verb[0]}
    return next((c.status for c in told if c not in tense | former), ontology.usual())


class _Words(NamedTuple):
    """Patterns: verbs of becoming; these and of holding; of moving within a firm; of joining one.

    Further what hands an office to somebody; words of leaving; what denies a verb or makes it no fact; "to" right before; "of …" behind it.
    """

    verb: re.Pattern[str]
    taking: re.Pattern[str]
    rising: re.Pattern[str]
    joining: re.Pattern[str]
    handing: re.Pattern[str]
    departure: re.Pattern[str]
    denied: re.Pattern[str]
    aimed: re.Pattern[str]
    elsewhere: re.Pattern[str]
    since: re.Pattern[str]


@lru_cache(maxsize=32)
def _words(ontology: Ontology, language: str) -> _Words:
    lists = (
        *(("becoming", "rising"), ("becoming", "rising", "holding"), ("rising",), ("joining",), ("handing",), ("departure",)),
        *(("negation", "hypothetical"), ("preposition",), ("dateStart",), ("article",)),
    )
    *verbs, denied, prepositions, dates, articles = (alternation(listed(ontology, language, *names)) for names in lists)
    owned = rf"{articles}[^,.;]{{1,{OWNER}}}{possessive(ontology)}"
    texts = *verbs, denied, rf"{prepositions}\s*$", rf"\s*(?!{dates}){prepositions}(?:(?!\s*{articles})|\s*{owned})", rf"\s*(?:{dates}\s*)*"
    return _Words(*(re.compile(text, re.IGNORECASE) for text in texts))
