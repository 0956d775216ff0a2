"""The gold annotation of a document and a graph in, what is right, extra and missed out."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from kg.graph import Graph
from kg.ontology import Ontology

ASKED, ALLOWED = 0.8, 0.5  # share of a quotation to be covered to be right, and not to be extra
NOTHING, DUPLICATE = "nothing", "duplicate"

Key = tuple[str, str, str]
Post = tuple[str, str | None, str | None]  # title, start and end as they are stated


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that gold or graph says of a document: `outcome` is "right", "extra" or "missed".

    `kind` is "entities", "relations", "status", "titles", "dates" or "quotes", `label` the type, relation or status in question;
    `instead` is what the other side has in its place. `spans` are the places in the text.
    """

    document: str
    kind: str
    label: str
    outcome: str
    what: str
    instead: str = NOTHING
    spans: tuple[tuple[int, int], ...] = ()


def compare(document: tuple[str, str], annotation: dict[str, Any], given: Said, graph: Graph, ontology: Ontology) -> Iterator[Finding]:
    """Yield the findings of one document, given as name and text, its annotation, and what the graph says of it."""
    comparison = _Comparison(*document, _gold(annotation), given, graph, ontology)
    yield from comparison.entities()
    yield from comparison.relations()
    yield from comparison.quotes()


def normal(name: str) -> str:
    """Reduce a name to what counts when names are compared: letters and digits, without case or width."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", name).casefold())


@dataclass(slots=True)
class _Gold:
    """One annotation, made ready: `names` and `accepted` types of each entity; `canon` maps arguable twins to the entity they double."""

    names: dict[str, set[str]]
    labels: dict[str, str]
    types: dict[str, str]
    accepted: dict[str, set[str]]
    optional: set[str]
    canon: dict[str, str]
    relations: list[dict[str, Any]]
    quotes: list[dict[str, Any]]


def _gold(annotation: dict[str, Any]) -> _Gold:
    entities = {e["id"]: e for e in annotation["entities"]}
    names = {i: {normal(m) for m in (e["name"], *e["mentions"])} for i, e in entities.items()}
    types = {i: e["type"] for i, e in entities.items()}
    accepted = {i: {t} for i, t in types.items()}
    canon = {i: i for i in entities}
    arguable = {i for i, e in entities.items() if e.get("optional")}
    for i in sorted(arguable):
        twin = next((g for g in names if g not in arguable and names[g] & names[i]), None)
        if twin:
            accepted[twin].add(types[i])
            canon[i] = twin
            del names[i]
    labels = {i: e["name"] for i, e in entities.items()}
    return _Gold(names, labels, types, accepted, arguable & set(names), canon, annotation["relations"], annotation.get("quotes", []))


@dataclass(slots=True)
class Said:
    """What the graph says of one document."""

    mentions: dict[str, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))
    facts: dict[tuple[str, str, str, str], list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))
    posts: dict[Key, set[Post]] = field(default_factory=lambda: defaultdict(set))
    quotes: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)


def said(graph: Graph) -> dict[str, Said]:
    """Sort what a graph says by document."""
    documents: dict[str, Said] = defaultdict(Said)
    for node, attributes in graph.nodes(data=True):
        for span in attributes["mentions"]:
            documents[span["document"]].mentions[node].append((span["start"], span["end"]))
    for subject, object_, attributes in graph.edges(data=True):
        fact = (subject, attributes["predicate"], object_, attributes["status"].lower())
        title = attributes["title"]
        for span in attributes["evidence"]:
            document = documents[span["document"]]
            document.facts[fact].append((span["start"], span["end"]))
            document.posts[fact[:3]].add((title["text"] if title else "", attributes["start"], attributes["end"]))
    for quote in graph.graph["quotations"]:
        span = quote["span"]
        documents[span["document"]].quotes[quote["speaker"], quote["text"]] = (span["start"], span["end"])
    return documents


@dataclass(slots=True)
class _Comparison:
    """Gold and graph of one document, their entities matched by name."""

    document: str
    text: str
    gold: _Gold
    said: Said
    graph: Graph
    ontology: Ontology
    names: dict[str, set[str]] = field(init=False)
    match: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        ends = {e for subject, _, object_, _ in self.said.facts for e in (subject, object_)}
        nodes = {*self.said.mentions, *ends, *(speaker for speaker, _ in self.said.quotes)}
        self.names = {n: {normal(x["text"]) for x in self.graph.nodes[n]["names"]} | {normal(self._label(n))} for n in nodes}
        self.match = {n: g for n in nodes if (g := self._match(n))}

    def _match(self, node: str) -> str | None:
        """The gold entity of an entity: of the right type first, then of the most names in common."""
        shared = {g: len(self.names[node] & names) for g, names in self.gold.names.items()}
        hits = [(self._type(node) in self.gold.accepted[g], n, g) for g, n in shared.items() if n]
        return max(hits)[2] if hits else None

    def _type(self, node: str) -> str:
        return str(self.graph.nodes[node]["type"])

    def _label(self, node: str) -> str:
        return str(self.graph.nodes[node]["label"])

    def _only_led_to(self, type_: str) -> bool:
        """Whether no relation starts from a type: such entities are annotated only where a relation leads to them."""
        return not any(self.ontology.is_a(d, type_) for r in self.ontology.relations.values() for d in r.domain)

    def entities(self) -> Iterator[Finding]:
        """Compare the entities that the document names."""
        found: set[str] = set()
        mistaken: dict[str, str] = {}
        for node in sorted(self.said.mentions, key=lambda n: (-len(self.names[n]), n)):
            gold, type_ = self.match.get(node), self._type(node)
            spans = tuple(sorted(self.said.mentions[node]))
            if gold in self.gold.optional:
                continue
            if gold and type_ in self.gold.accepted[gold] and gold not in found:
                found.add(gold)
                yield Finding(self.document, "entities", self.gold.types[gold], "right", self._label(node), spans=spans)
            elif not self._only_led_to(type_):
                instead = self._instead(gold, type_)
                if gold:
                    mistaken.setdefault(gold, type_)
                yield Finding(self.document, "entities", type_, "extra", self._label(node), instead, spans)
        for gold in sorted(set(self.gold.names) - found - self.gold.optional):
            what, type_ = self.gold.labels[gold], self.gold.types[gold]
            yield Finding(self.document, "entities", type_, "missed", what, mistaken.get(gold, NOTHING), self._places(gold))

    def _instead(self, gold: str | None, type_: str) -> str:
        if gold is None:
            return NOTHING
        return DUPLICATE if type_ in self.gold.accepted[gold] else self.gold.types[gold]

    def _places(self, gold: str) -> tuple[tuple[int, int], ...]:
        return tuple(m.span() for m in re.finditer(re.escape(self.gold.labels[gold]), self.text))

    def relations(self) -> Iterator[Finding]:
        """Compare the relations that the document states, and the statuses, titles and dates of the right ones."""
        required, optional = self._required()
        got, spans = self._got()
        held, arguable, posts = self._gold_posts(optional=False), self._gold_posts(optional=True), self._posts()
        for key in sorted(got):
            if key in required:
                yield Finding(self.document, "relations", key[0], "right", self._words(key), spans=spans[key])
                yield self._status(key, required[key], got[key])
                yield from self._held(key, held[key], arguable[key], posts[key])
            elif key not in optional:
                yield Finding(self.document, "relations", key[0], "extra", self._words(key), _other(key, required), spans[key])
        for key in sorted(set(required) - set(got)):
            yield Finding(self.document, "relations", key[0], "missed", self._words(key), _other(key, got), self._evidence(key))

    def _status(self, key: Key, required: set[str], got: set[str]) -> Finding:
        agreed = sorted(required & got)
        if agreed:
            return Finding(self.document, "status", agreed[0], "right", self._words(key))
        return Finding(self.document, "status", min(required), "missed", self._words(key), min(got))

    def _held(self, key: Key, gold: set[Post], arguable: set[Post], got: set[Post]) -> Iterator[Finding]:
        """Compare the titles of a relation where gold has any, and its dates, each with its title where gold tells several posts apart."""
        several = len({_named(post) for post in gold | arguable}) > 1
        titles, doubtful, given = ({_named(post) for post in posts if post[0]} for posts in (gold, arguable, got))
        days, doubted, dated = (_days(posts, several) for posts in (gold, arguable, got))
        compared = (("titles", titles, doubtful, given if titles else set()), ("dates", days, doubted, dated))
        for kind, asked, excused, told in compared:
            for outcome, items in (("right", asked & told), ("extra", told - asked - excused), ("missed", asked - told)):
                for item in sorted(items):
                    yield Finding(self.document, kind, key[0], outcome, f"{self._words(key)}: {item}")

    def _gold_posts(self, *, optional: bool) -> dict[Key, set[Post]]:
        held: dict[Key, set[Post]] = defaultdict(set)
        for relation in self.gold.relations:
            if bool(relation.get("optional")) is optional:
                held[self._gold_key(relation)].add((relation.get("title") or "", relation.get("start"), relation.get("end")))
        return held

    def _posts(self) -> dict[Key, set[Post]]:
        posts: dict[Key, set[Post]] = defaultdict(set)
        for (subject, predicate, object_), told in self.said.posts.items():
            if subject in self.match and object_ in self.match:
                posts[self._key(self.match[subject], predicate, self.match[object_])] |= told
        return posts

    def _key(self, subject: str, predicate: str, object_: str) -> Key:
        relation = self.ontology.relations.get(predicate)
        if relation and relation.symmetric:
            subject, object_ = sorted((subject, object_))
        return predicate, subject, object_

    def _gold_key(self, relation: Mapping[str, Any]) -> Key:
        return self._key(self.gold.canon[relation["subject"]], relation["predicate"], self.gold.canon[relation["object"]])

    def _required(self) -> tuple[dict[Key, set[str]], set[Key]]:
        required: dict[Key, set[str]] = {}
        optional: set[Key] = set()
        for relation in self.gold.relations:
            key = self._gold_key(relation)
            if relation.get("optional") or {relation["subject"], relation["object"]} & self.gold.optional:
                optional.add(key)
            else:
                required.setdefault(key, set()).add(relation.get("status") or self.ontology.usual().lower())
        return required, optional

    def _got(self) -> tuple[dict[Key, set[str]], dict[Key, tuple[tuple[int, int], ...]]]:
        got: dict[Key, set[str]] = defaultdict(set)
        spans: dict[Key, set[tuple[int, int]]] = defaultdict(set)
        for (subject, predicate, object_, status), places in self.said.facts.items():
            both = subject in self.match and object_ in self.match
            ends = (self.match[subject], self.match[object_]) if both else (subject, object_)
            key = self._key(ends[0], predicate, ends[1])
            got[key].add(status)
            spans[key].update(places)
        return got, {k: tuple(sorted(v)) for k, v in spans.items()}

    def _evidence(self, key: Key) -> tuple[tuple[int, int], ...]:
        quoted = [str(r.get("evidence") or "") for r in self.gold.relations if self._gold_key(r) == key]
        starts = ((self.text.find(q), len(q)) for q in quoted if q)
        return tuple(sorted((start, start + length) for start, length in starts if start >= 0))

    def _words(self, key: Key) -> str:
        predicate, *ends = key
        subject, object_ = (self.gold.labels.get(e) or self._label(e) for e in ends)
        return f"{subject} – {predicate} – {object_}"

    def quotes(self) -> Iterator[Finding]:
        """Compare who says what."""
        hits: set[tuple[str, str]] = set()
        for quote in self.gold.quotes:
            speaker, text = self.gold.canon[quote["speaker"]], quote["text"]
            near = {q: _covered(text, q[1]) for q in sorted(self.said.quotes) if self.match.get(q[0]) == speaker}
            hits.update(q for q, share in near.items() if share >= ALLOWED)
            right = any(share >= ASKED for share in near.values())
            start = self.text.find(text)
            spans = ((start, start + len(text)),) if start >= 0 else ()
            what = f"{self.gold.labels[speaker]}: {text}"
            yield Finding(self.document, "quotes", "quotation", "right" if right else "missed", what, spans=spans)
        for speaker, text in sorted(set(self.said.quotes) - hits):
            span = self.said.quotes[speaker, text]
            yield Finding(self.document, "quotes", "quotation", "extra", f"{self._label(speaker)}: {text}", spans=(span,))


def _named(post: Post) -> str:
    return normal(post[0])


def _days(posts: Iterable[Post], several: bool) -> set[str]:
    """The dates of posts in words: which side, which date, and of which post where there are several."""
    sides = ((post, side, day) for post in posts for side, day in zip(("start", "end"), post[1:], strict=True) if day)
    return {" ".join((side, day, *([_named(post)] if several else ()))) for post, side, day in sides}


def _other(key: Key, keys: Iterable[Key]) -> str:
    """What the other side says of the same two: another relation, or the same the other way round."""
    predicate, subject, object_ = key
    same = sorted(p for p, s, o in keys if (s, o) == (subject, object_) and p != predicate)
    turned = sorted(p for p, s, o in keys if (o, s) == (subject, object_))
    return (same or [f"{p} reversed" for p in turned] or [NOTHING])[0]


def _covered(asked: str, given: str) -> float:
    """Share of the asked characters that the given holds in order."""
    a, b = normal(asked), normal(given)
    same = sum(block.size for block in SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks())
    return same / len(a) if a else 0.0
