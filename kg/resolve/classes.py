"""The namings of an entity in, its finer classes out: told by cue words of the ontology in the names or beside them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from kg.han import has_han
from kg.ontology import Ontology
from kg.resolve.names import Tokens, tokenize
from kg.resolve.namings import Naming

INSIDE, BESIDE, ENOUGH, MOST_PLACES = 3, 1, 2, 12
NEAR = 24

_CLAUSE = re.compile(r"[.;:!?\n。，；：！？、,]")


def finer(top: str, told: str | None, namings: Iterable[Naming], ontology: Ontology, texts: Mapping[str, str]) -> tuple[str, ...]:
    """Return the finer class that is told, or else that most cues speak for, and the classes between it and the top class."""
    best = told or _cued(top, namings, ontology, texts)
    if best in (None, top):
        return ()
    return (*(c for c in reversed(ontology.ancestors(best)) if c != top), best)


def _cued(top: str, namings: Iterable[Naming], ontology: Ontology, texts: Mapping[str, str]) -> str | None:
    cues = _cues(ontology, top)
    votes: Counter[str] = Counter()
    for naming in namings:
        votes.update({c: INSIDE * len(naming.spans) for c in cues.told(tokenize(naming.text))})
        for span in naming.spans[:MOST_PLACES]:
            for words in _beside(texts.get(naming.document, ""), span.start, span.end):
                votes.update(dict.fromkeys(cues.told(words), BESIDE))
    best = min(votes, key=lambda c: (-votes[c], c), default=None)
    return best if best and votes[best] >= ENOUGH else None


class _Cues:
    """The cue words of the classes below a top class, ready to be looked up."""

    def __init__(self, ontology: Ontology, top: str) -> None:
        self._latin: dict[str, list[tuple[Tokens, str]]] = defaultdict(list)
        self._han: dict[str, list[str]] = defaultdict(list)
        below = sorted(c.name for c in ontology.classes.values() if c.name != top and ontology.is_a(c.name, top))
        for name in below:
            for cue in sorted({tokenize(c.text) for c in ontology.classes[name].cues} - {()}):
                if has_han("".join(cue)):
                    self._han["".join(cue)].append(name)
                else:
                    self._latin[cue[0]].append((cue, name))
        self._longest = max(map(len, self._han), default=0)

    def told(self, tokens: Tokens) -> frozenset[str]:
        """Return the classes whose cues stand among words; of Chinese cues that end them, the longest counts: no 部 ends 俱乐部."""
        found = {c for n, t in enumerate(tokens) for cue, c in self._latin.get(t, ()) if tokens[n : n + len(cue)] == cue}
        joined = "".join(tokens)
        lengths = range(min(self._longest, len(joined) - 1), 0, -1) if has_han(joined) else ()
        ending = next((joined[-n:] for n in lengths if joined[-n:] in self._han), "")
        return frozenset(found.union(*(self._han.get(w, ()) for w in {ending, *tokens})))


@lru_cache(maxsize=64)
def _cues(ontology: Ontology, top: str) -> _Cues:
    return _Cues(ontology, top)


def _beside(text: str, start: int, end: int) -> Iterator[Tokens]:
    """Yield the words right before and right after a mention, within its clause."""
    before = _CLAUSE.split(text[max(0, start - NEAR) : start])[-1]
    after = _CLAUSE.split(text[end : end + NEAR])[0]
    yield tokenize(before)[-2:]
    following = tokenize(after)[:2]
    yield tuple(t[:4] for t in following[:1]) if following and has_han(following[0]) else following
