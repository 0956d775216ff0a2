"""Extractions and two names in, the evidence that makes them one or keeps them two out, in lines for a reader."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg.model import Extraction, Span
from kg.ontology import Ontology
from kg.resolve import Judgement, distinct
from kg.resolve.evidence import ENOUGH, Link
from kg.resolve.identity import Identity, identify
from kg.resolve.judgements import matches
from kg.resolve.names import Words
from kg.resolve.things import read

MOST = 5


def reasons(
    extractions: Iterable[Extraction], ontology: Ontology, judgements: Sequence[Judgement], first: str, second: str
) -> Iterator[str]:
    """Tell what speaks for and against two names being one: judgements by hand, then the strongest chain of evidence between them."""
    words, found = Words(ontology), tuple(distinct(extractions))
    texts = {e.document.identifier: e.document.text for e in found}
    for judgement in (j for j in judgements if {j.first, j.second} == {first, second}):
        yield f"judged by hand: {judgement.kind}"
    identity = identify(tuple(read(e, words) for e in found), words, judgements)
    one, other = (frozenset(n for n, x in enumerate(identity.corpus.namings) if matches(x, name)) for name in (first, second))
    links = sorted(identity.links(), key=lambda k: (-k.score, k.first, k.second))
    chain = _chain([k for k in links if k.score >= ENOUGH], one, other)
    shown = chain or [k for k in links if (k.first in one and k.second in other) or (k.first in other and k.second in one)][:MOST]
    for link in shown:
        yield from _told(identity, link, texts)
    if not shown:
        yield "no evidence speaks for the two being one"


def _chain(links: Iterable[Link], one: frozenset[int], other: frozenset[int]) -> list[Link]:
    """The shortest way from one set of namings to the other over links that are strong enough."""
    beside: dict[int, list[Link]] = defaultdict(list)
    for link in links:
        beside[link.first].append(link)
        beside[link.second].append(link)
    ways: dict[int, list[Link]] = {n: [] for n in sorted(one)}
    waiting = deque(ways)
    while waiting:
        at = waiting.popleft()
        if at in other:
            return ways[at]
        for link in beside[at]:
            to = link.second if link.first == at else link.first
            if to not in ways:
                ways[to] = [*ways[at], link]
                waiting.append(to)
    return []


def _told(identity: Identity, link: Link, texts: Mapping[str, str]) -> Iterator[str]:
    a, b = (identity.corpus.namings[n] for n in (link.first, link.second))
    outcome = "one" if link.score >= ENOUGH else "not enough to be one"
    yield f"“{a.text}” ({a.document}) and “{b.text}” ({b.document}): {link.score:+.2f}, {outcome}"
    for evidence in link.evidence:
        places = ", ".join(_place(s, texts) for s in evidence.spans)
        yield f"  {evidence.score:+.2f} {evidence.reason}{': ' + places if places else ''}"


def _place(span: Span, texts: Mapping[str, str]) -> str:
    words = " ".join(texts.get(span.document, "")[span.start : span.end].split())
    return f"“{words}” in {span.document} at {span.start}"
