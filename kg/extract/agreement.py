"""Claims of several finders in, one claim per statement out, none of which says what another rules out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import reduce
from itertools import product
from operator import attrgetter

from kg.extract.lexicon import folded
from kg.extract.titles import Offices, offices, overruled, same_office, same_post
from kg.model import Claim, Mention, Period, Span
from kg.ontology import Ontology, Relation

Key = tuple[int, str, int, str | None]  # subject, predicate, object, title


def agreed(found: Iterable[Claim], mentions: Sequence[Mention], ontology: Ontology) -> tuple[Claim, ...]:
    """Join claims of one subject, predicate and object: the first one's words, all confidence (noisy or); nameless things drop out.

    Where titles tell posts apart, each post stays; that two finders state a post there makes each post surer. What two finders say is
    surer than what one says, and the surer tells the status: of 1,119 right claims that both found, 1,015 had the wording's, 1,016 the
    network's and 1,037 the surer one's. Words that govern a clause ("denied that") are surer than the network, which has read few of them,
    since what is denied is not annotated.
    """
    named, languages = {m.chain for m in mentions if not m.nominal}, {m.chain: m.language for m in mentions}
    groups: defaultdict[tuple[int, str, int], list[Claim]] = defaultdict(list)
    for claim in found:
        if claim.subject in named and claim.object in named and claim.subject != claim.object:
            groups[claim.subject, claim.predicate, claim.object].append(claim)
    parts = ((key, part) for key in sorted(groups) for part in _parts(groups[key], ontology) if part)
    return tuple(c for key, part in parts for c in _posts(part, ontology.relations[key[1]], offices(ontology, languages[key[0]])))


def _parts(claims: Sequence[Claim], ontology: Ontology) -> tuple[list[Claim], list[Claim]]:
    """Part claims that are denied from those that other passages state: who failed to become chair in 2010 may have become it in 2015."""
    stated = [c for c in claims if not ontology.statuses[c.status].denies]
    apart = [c for c in claims if ontology.statuses[c.status].denies and not any(_meet(c.evidence, s.evidence) for s in stated)]
    return [c for c in claims if c not in apart], apart


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _posts(claims: Sequence[Claim], relation: Relation, known: Offices) -> Iterator[Claim]:
    """Join the claims of one subject, predicate and object, where titles tell posts apart those of one post, the longest titles first.

    What another finder says of another post makes the first one surer too: that there is a post at all.
    """
    posts, titled = list[list[int]](), relation.titled
    for n in sorted(range(len(claims)), key=lambda n: -len(claims[n].title or "")):
        fitting = [p for p in posts if not titled or _same(claims[p[0]], claims[n], known)]
        if fitting:
            min(fitting, key=lambda p: (claims[p[0]].title != claims[n].title, min(p))).append(n)
        else:
            posts.append([n])
    for numbers in sorted(posts, key=min):
        members = [claims[n] for n in sorted(numbers)]
        own = [c for c in members if c.method == members[0].method]
        named = max(own, key=lambda c: len(c.title or "")) if titled else own[0]
        first = replace(named, confidence=max(named.confidence, own[0].confidence))
        joined = reduce(_joined, (c for c in members if c.method != first.method), first)
        beside = (c.confidence for n, c in enumerate(claims) if 0 in numbers and n not in numbers and c.method != first.method)
        yield replace(joined, confidence=reduce(_either, beside, joined.confidence))


def _same(post: Claim, claim: Claim, known: Offices) -> bool:
    """Whether a claim is of a post that another states; one without a title is of any that another finder states."""
    if post.title is None or claim.title is None:
        return claim.title is None and (post.title is None or claim.method != post.method)
    if post.method == claim.method != "wording":  # the network has told these apart where a text joins their titles
        return same_office(post.title, claim.title)
    return same_post(post.title, claim.title, known)


def assisted(found: Iterable[Claim], mentions: Iterable[Mention], ontology: Ontology) -> tuple[Claim, ...]:
    """Take an office that a title rules out ("deputy chief executive") for the one that it states, unless a wording states it too."""
    claims, languages = tuple(found), {m.chain: m.language for m in mentions}
    worded = {(c.subject, c.predicate, c.object) for c in claims if c.method == "wording"}
    told = {(c.subject, p, c.object): c.title for c in claims for p in _overruled(c, languages, ontology)}
    return tuple(_assisted(c, told, ontology) if (c.subject, c.predicate, c.object) in told.keys() - worded else c for c in claims)


def _overruled(claim: Claim, languages: Mapping[int, str], ontology: Ontology) -> frozenset[str]:
    return overruled(claim.title, offices(ontology, languages[claim.subject])) if claim.title else frozenset()


def _assisted(claim: Claim, told: Mapping[tuple[int, str, int], str | None], ontology: Ontology) -> Claim:
    return replace(claim, predicate=offices(ontology, "").general, title=told[claim.subject, claim.predicate, claim.object])


def _joined(first: Claim, second: Claim) -> Claim:
    told = max(second, first, key=attrgetter("certainty"))
    both = _either(first.confidence, second.confidence)
    return replace(first, confidence=both, title=first.title or second.title, status=told.status, certainty=told.certainty)


def _either(one: float, other: float) -> float:
    """How likely one of two witnesses is right at least."""
    return round(1 - (1 - one) * (1 - other), 4)


def succeeded(claims: Sequence[Claim], ontology: Ontology) -> tuple[Claim, ...]:
    """Give an office the status that a claimed succession leaves it: over for who was succeeded, held now by who is yet to be.

    Where who gave it up has given up another post there, and surely holds this one, the other rather took over that post.
    """
    over, usual = ontology.over(), ontology.usual()
    if over is None:
        return tuple(claims)
    plain, general = {name for name, s in ontology.statuses.items() if s.plain}, offices(ontology, "").general
    left = {(c.subject, c.object): c.title for c in claims if c.predicate == general and c.status == over and c.title}
    told, taken = dict[Key, str](), dict[Key, str]()
    for succession, earlier, later in _successions(claims, ontology):
        post = left.get((earlier.subject, earlier.object))
        if succession.status not in plain:
            told |= {_key(earlier): usual} if ontology.statuses[earlier.status].tense == "future" else {}
        elif post and earlier.status in plain and earlier.confidence > later.confidence:
            taken[_key(later)] = post
        else:
            told[_key(earlier)] = over
    changed = (replace(c, predicate=general, title=taken[_key(c)]) if _key(c) in taken else c for c in claims)
    return tuple(replace(c, status=told.get(_key(c), c.status)) for c in changed)


def relieved(claims: Sequence[Claim], ontology: Ontology) -> tuple[Claim, ...]:
    """Make the day of a succession the end of the predecessor's office that is over, or to pass on, and as dated would begin that day."""
    handed = {
        (_key(earlier), earlier.period)
        for succession, earlier, later in _successions(claims, ontology)
        if earlier.period.start and earlier.period == Period(_handed(succession, earlier, later, ontology))
    }
    return tuple(_until(c, ontology) if (_key(c), c.period) in handed else c for c in claims)


def _handed(succession: Claim, earlier: Claim, later: Claim, ontology: Ontology) -> str | None:
    """The day on which an office passes on: that of the succession where it is over, that of the successor's where this lies ahead."""
    if ontology.statuses[later.status].tense == "future":
        return later.period.start
    return succession.period.start if earlier.status == ontology.over() else None


def _until(claim: Claim, ontology: Ontology) -> Claim:
    """End a claim where it would begin; what lay ahead is held until then."""
    ahead = ontology.statuses[claim.status].tense == "future"
    return replace(claim, period=Period(None, claim.period.start), status=ontology.usual() if ahead else claim.status)


def _successions(claims: Sequence[Claim], ontology: Ontology) -> Iterator[tuple[Claim, Claim, Claim]]:
    """Yield each succession with the claims of one office by who was or will be succeeded and by the successor.

    Of one that has no relation of its own both claims must have its title.
    """
    held: defaultdict[int, list[Claim]] = defaultdict(list)
    for c in claims:
        if ontology.relations[c.predicate].membership and ontology.statuses[c.status].tense:
            held[c.subject].append(c)
    for claim in claims:
        if claim.predicate in ontology.successions() and ontology.statuses[claim.status].tense in ("present", "future"):
            for later, earlier in product(held[claim.subject], held[claim.object]):
                if (later.predicate, later.object) == (earlier.predicate, earlier.object) and _one_post(earlier, later, ontology):
                    yield claim, earlier, later


def _one_post(one: Claim, other: Claim, ontology: Ontology) -> bool:
    if not ontology.relations[one.predicate].titled:
        return True
    return bool(one.title and other.title) and folded(one.title or "") == folded(other.title or "")


def _key(claim: Claim) -> Key:
    return claim.subject, claim.predicate, claim.object, claim.title
