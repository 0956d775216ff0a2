"""The values that stages hand on: documents, spans, mentions, claims, entities, facts; they know nothing of files or libraries."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

LIKELY = 0.58  # the least confidence of a fact that a graph states if nothing else is asked for: it is clearly likelier right than wrong


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `[start, end)` of a document's text, in Unicode code points."""

    document: str
    start: int
    end: int

    def holds(self, other: Span) -> bool:
        """Whether another span of the document begins within."""
        return self.start <= other.start < self.end


@dataclass(frozen=True, slots=True, order=True)
class Issue:
    """Odd input that was left out or only partly used: where, and why, in words for its owner."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Document:
    """One text as read. `identifier` is its path below the input folder, `/`-separated, unique in a build.

    `language` is the main language (BCP 47, lower case). `issued` is ISO 8601 in the precision stated:
    "2023", "2023-09" or "2023-09-12".
    """

    identifier: str
    text: str
    language: str | None = None
    title: str | None = None
    issued: str | None = None
    source: str | None = None

    @property
    def sha256(self) -> str:
        """Hash of the text in UTF-8: the document's identity in the graph."""
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where the text names (or, if `nominal`, refers to) something.

    `type` is the local name of a top class of the ontology. Mentions of one document with the same `chain` are one thing.
    """

    span: Span
    text: str
    type: str
    language: str
    chain: int
    nominal: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """When a claim holds: ISO 8601 in the precision stated, `None` where the text is silent."""

    start: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True, order=True)
class Quantity:
    """A figure stated about a claim or a thing: `kind` is the local name of an ontology property (amount, share, count).

    `value` is a plain decimal ("1500000000"), `unit` an ISO 4217 code, "%", or a noun of the text.
    """

    kind: str
    value: str
    unit: str
    span: Span
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """What one passage states of two chains of its document.

    `predicate` and `status` are local names of the ontology; `title` is the words of the text. `asserted_by` is the chain of the
    person quoted or named as the source. `method` says which finder found it ("wording", "classifier"). `certainty` is how probable the
    status is if the claim is right.
    """

    subject: int
    predicate: str
    object: int
    evidence: Span
    status: str
    title: str | None = None
    period: Period = Period()
    confidence: float = 1.0
    asserted_by: int | None = None
    quantities: tuple[Quantity, ...] = ()
    method: str = "classifier"
    certainty: float = 1.0


@dataclass(frozen=True, slots=True)
class Utterance:
    """Words in quotation marks and the chain of the one who said them; `span` covers the words without the marks."""

    speaker: int
    text: str
    span: Span
    language: str


@dataclass(frozen=True, slots=True, order=True)
class Alias:
    """Two mentions that the text itself calls one (`same`) or not one: "Northwind Bank (NWB)", "formerly", "no relation to".

    `kind` is a word for the reader: "bracket", "formerly", "known as", "coreference", "no relation".
    """

    first: Span
    second: Span
    kind: str
    same: bool = True


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was found in one document: a pure function of that document alone."""

    document: Document
    mentions: tuple[Mention, ...] = ()
    claims: tuple[Claim, ...] = ()
    utterances: tuple[Utterance, ...] = ()
    aliases: tuple[Alias, ...] = ()
    quantities: tuple[tuple[int, Quantity], ...] = ()
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """A name in a language (BCP 47, lower case; "und" where unknown)."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing across all documents. `identifier` is "person/eddie-wu": the IRI without its base.

    `classes` holds the top class first and finer classes after it. `mentions` are the spans that name it (not nominals), sorted.
    `concept` is the IRI of the one concept of the authority file that it is, if any.
    """

    identifier: str
    classes: tuple[str, ...]
    preferred: Name
    names: tuple[Name, ...]
    mentions: tuple[Span, ...]
    quantities: tuple[Quantity, ...] = ()
    concept: str | None = None


@dataclass(frozen=True, slots=True, order=True)
class Assertion:
    """Who states a fact, and in which of its spans; the other spans are the document's own words."""

    speaker: str
    evidence: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """One relation between two entities, with all the spans that state it.

    `earliest`/`latest` of start and end are full dates that bound the stated precision; of an end that no text dates, the documents between
    which it came. `inferred` facts or ends are entailed, not
    stated (a successor ends a predecessor's term): such an end has its own `end_confidence`, and `end_evidence` tells what entails it.
    `asserted_by` lists the entities who say so. `conflicts` lists fact identifiers that cannot hold together with this one.
    """

    identifier: str
    subject: str
    predicate: str
    object: str
    status: str
    evidence: tuple[Span, ...]
    title: Name | None = None
    period: Period = Period()
    start_bounds: tuple[str, str] | None = None
    end_bounds: tuple[str, str] | None = None
    confidence: float = 1.0
    asserted_by: tuple[Assertion, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    inferred: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    end_confidence: float | None = None
    end_evidence: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Quotation:
    """What an entity said, word for word, and where it stands."""

    identifier: str
    speaker: str
    text: Name
    span: Span


@dataclass(frozen=True, slots=True)
class Resolution:
    """All documents taken together: entities, facts and quotations, each sorted by identifier; `issues` tell what could not be obeyed."""

    entities: tuple[Entity, ...]
    facts: tuple[Fact, ...]
    quotations: tuple[Quotation, ...]
    issues: tuple[Issue, ...] = ()
