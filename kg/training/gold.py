"""Gold annotation (shared format of the annotation guide) in, `Extraction` values out: what a perfect extractor would find."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.model import Claim, Document, Extraction, Mention, Period, Span, Utterance
from kg.ontology import Ontology


@dataclass(frozen=True, slots=True)
class Annotated:
    """An extraction as annotated, with the numbers of chains and claims that are arguable: neither taught nor punished."""

    extraction: Extraction
    arguable_chains: frozenset[int]
    arguable_claims: frozenset[int]


def annotated_documents(folder: Path, domain: Ontology) -> Iterator[Annotated]:
    """Yield every annotated document (`x.txt` beside `x.json`) of a folder, in order of name."""
    for path in sorted(folder.glob("*.json")):
        annotation = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(annotation, dict) and "entities" in annotation:
            text = path.with_suffix(".txt").read_text(encoding="utf-8")
            yield _annotated(f"{path.stem}.txt", text, annotation, domain)


def annotated_passages(path: Path, domain: Ontology) -> Iterator[Annotated]:
    """Yield every annotated passage of a JSON Lines file, with its exact spans and nominals."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            annotation = json.loads(line)
            yield _annotated(annotation["id"], annotation["text"], annotation, domain)


def read_documents(folder: Path, domain: Ontology) -> Iterator[Extraction]:
    """Yield what a perfect extractor finds in each document of a folder."""
    return (a.extraction for a in annotated_documents(folder, domain))


def _annotated(identifier: str, text: str, annotation: dict[str, Any], domain: Ontology) -> Annotated:
    chains = frozenset(n for n, e in enumerate(annotation["entities"]) if e.get("optional"))
    claims = frozenset(n for n, r in enumerate(annotation["relations"]) if r.get("optional"))
    return Annotated(_extraction(identifier, text, annotation, domain.usual()), chains, claims)


def _extraction(identifier: str, text: str, annotation: dict[str, Any], usual: str) -> Extraction:
    chains = {e["id"]: n for n, e in enumerate(annotation["entities"])}
    language = annotation["language"]
    mentions = tuple(_mentions(identifier, text, annotation["entities"], language))
    document = Document(identifier, text, language, issued=annotation.get("published"), source=annotation.get("source"))
    claims = tuple(_claim(r, chains, document, usual) for r in annotation["relations"])
    utterances = (_utterance(q, chains, identifier, text, language) for q in annotation.get("quotes", []))
    return Extraction(document, mentions, claims, tuple(u for u in utterances if u))


def _mentions(identifier: str, text: str, entities: list[dict[str, Any]], language: str) -> Iterator[Mention]:
    """Exact spans where given; else every occurrence of a mention string, longest first."""
    if any("spans" in e for e in entities):
        spans = [(s, e, kind, n) for n, entity in enumerate(entities) for s, e, kind in entity.get("spans", [])]
    else:
        spans = [(s, e, "name", n) for s, e, n in _occurrences(text, entities)]
    for start, end, kind, n in sorted(spans):
        yield Mention(Span(identifier, start, end), text[start:end], entities[n]["type"], language, n, kind == "nominal")


def _occurrences(text: str, entities: list[dict[str, Any]]) -> Iterator[tuple[int, int, int]]:
    forms: dict[str, int] = {}
    for n, entity in sorted(enumerate(entities), key=lambda pair: bool(pair[1].get("optional"))):
        for form in {entity["name"], *entity["mentions"]}:
            forms.setdefault(form, n)
    if not forms:
        return
    alternatives = "|".join(_bounded(f) for f in sorted(forms, key=lambda f: (-len(f), f)))
    for match in re.finditer(alternatives, text):
        yield match.start(), match.end(), forms[match.group()]


def _bounded(form: str) -> str:
    """A pattern that matches a form as whole words, where its script has words."""
    left = r"(?<![A-Za-z0-9\u00c0-\u024f])" if re.match(r"[A-Za-z0-9\u00c0-\u024f]", form) else ""
    right = r"(?![A-Za-z0-9\u00c0-\u024f])" if re.search(r"[A-Za-z0-9\u00c0-\u024f]$", form) else ""
    return left + re.escape(form) + right


def _claim(relation: dict[str, Any], chains: dict[str, int], document: Document, usual: str) -> Claim:
    return Claim(
        subject=chains[relation["subject"]],
        predicate=relation["predicate"],
        object=chains[relation["object"]],
        evidence=_evidence(relation, document.identifier, document.text),
        status=(relation.get("status") or usual).capitalize(),
        title=relation.get("title"),
        period=Period(relation.get("start"), relation.get("end")),
        method="gold",
    )


def _evidence(relation: dict[str, Any], identifier: str, text: str) -> Span:
    """The stated evidence; where a passage states none, the whole passage."""
    quoted = relation.get("evidence") or ""
    start = text.find(quoted) if quoted else -1
    return Span(identifier, start, start + len(quoted)) if start >= 0 else Span(identifier, 0, len(text))


def _utterance(quote: dict[str, Any], chains: dict[str, int], identifier: str, text: str, language: str) -> Utterance | None:
    start = text.find(quote["text"])
    if start < 0:
        return None
    return Utterance(chains[quote["speaker"]], quote["text"], Span(identifier, start, start + len(quote["text"])), language)
