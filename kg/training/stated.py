"""Names and relations that a corpus tells in; a text annotated in part out: what isn't told is neither taught nor punished."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.model import Claim, Document, Extraction, Mention, Span
from kg.training.examples import IGNORED
from kg.training.gold import Annotated

PERSON, ORGANIZATION, PRODUCT, PLACE = "Person", "Organization", "Product", "Place"
Stretch = tuple[int, int]
Link = tuple[int, str, int]


@dataclass(frozen=True, slots=True)
class RelationText:
    """A text with the names and relations that a corpus tells.

    `known` are the relations whose absence between two annotated names means that they don't hold; a pair of which even that is unknown
    has an arguable claim. `outside` is the target of words outside all names; names of the types `untold` are linked, but not taught.
    `dated` tells whether the statuses of the claims are the corpus's own.
    """

    annotated: Annotated
    known: frozenset[str]
    outside: int = IGNORED
    untold: frozenset[str] = frozenset()
    dated: bool = False

    @property
    def stated(self) -> list[Claim]:
        """The claims that are taught."""
        return [c for n, c in enumerate(self.annotated.extraction.claims) if n not in self.annotated.arguable_claims]


@dataclass
class Builder:
    """Gathers the names and claims of one text; things have numbers. A claim has the `usual` status where the corpus tells none."""

    identifier: str
    text: str
    language: str
    usual: str
    names: list[Mention] = field(default_factory=list)
    links: dict[Link, tuple[Claim, bool]] = field(default_factory=dict)

    def name(self, where: Stretch, kind: str, thing: int) -> None:
        """Note a name of a thing."""
        self.names.append(Mention(Span(self.identifier, *where), self.text[slice(*where)], kind, self.language, thing))

    def state(self, link: Link, evidence: Stretch | None = None, status: str | None = None) -> None:
        """Note that a relation holds, as `evidence` says (by default the whole text)."""
        claim = Claim(*link, Span(self.identifier, *(evidence or (0, len(self.text)))), status or self.usual, method="corpus")
        if not self.links.get(link, (claim, False))[1]:
            self.links[link] = (claim, True)

    def leave_open(self, link: Link) -> None:
        """Note that a relation may hold or not, unless it is stated."""
        self.links.setdefault(link, (Claim(*link, Span(self.identifier, 0, len(self.text)), self.usual, method="corpus"), False))

    def annotated(self, arguable: Iterable[int] = ()) -> Annotated:
        """Give the text as annotated; the names of `arguable` things are unknown too."""
        names = tuple(sorted(self.names, key=lambda m: (m.span.start, -m.span.end)))
        extraction = Extraction(Document(self.identifier, self.text, self.language), names, tuple(c for c, _ in self.links.values()), ())
        return Annotated(extraction, frozenset(arguable), frozenset(n for n, (_, sure) in enumerate(self.links.values()) if not sure))
