"""Texts marked by hand in, `Annotated` values out; kg/training/documents/README.md tells how they are marked."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

from kg import ontology
from kg.errors import TrainingError
from kg.extract.quotations import quoted
from kg.model import Claim, Document, Extraction, Mention, Period, Span, Utterance
from kg.ontology import Ontology
from kg.training.gold import Annotated

DOCUMENTS = Path(__file__).parent / "documents"
TYPES = {"P": "Person", "O": "Organization", "G": "Product", "E": "Event", "L": "Place"}
HELD = "held"
BETWEEN = {"zh": ""}
_MARK = re.compile(r"\[([POGEL]\d+)([:~])([^\[\]]+)\]")
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


@dataclass
class _Draft:
    """One text as it is put together from its lines; chains are numbered as they are first named."""

    place: str
    name: str
    language: str
    published: str | None
    text: str = ""
    line: tuple[int, int] = (0, 0)
    chains: dict[str, int] = field(default_factory=dict)
    named: set[str] = field(default_factory=set)
    mentions: list[Mention] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    arguable: set[int] = field(default_factory=set)
    utterances: list[Utterance] = field(default_factory=list)


def written_texts(folder: Path, *, held: bool = False) -> list[Annotated]:
    """Read the marked texts of a folder (`en-….txt`, `id-….txt`, `zh-….txt`) to learn from, or those held out for thresholds.

    TrainingError names the line of the first mistake.
    """
    domain = ontology.load()
    blocks = (block for path in sorted(folder.glob("*-*.txt")) for block in _blocks(path))
    return [_read(block, domain) for block in blocks if block.held == held]


@dataclass(frozen=True, slots=True)
class _Block:
    """The numbered lines of one text in a file; the first is its heading."""

    file: str
    lines: list[tuple[int, str]]

    @property
    def held(self) -> bool:
        """Whether its heading says that nothing is to be learnt from it."""
        return HELD in (part.strip() for part in self.lines[0][1].split("|"))


def _blocks(path: Path) -> list[_Block]:
    blocks: list[_Block] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("# "):
            blocks.append(_Block(path.name, []))
        elif not blocks:
            raise TrainingError(f"{path.name}:{number}: a text begins with a line '# name'")
        blocks[-1].lines.append((number, line))
    return blocks


def _read(block: _Block, domain: Ontology) -> Annotated:
    number, heading = block.lines[0]
    draft = _begun(heading, f"{block.file}:{number}", block.file.split("-")[0])
    paragraph = True
    for number, line in block.lines[1:]:
        place = f"{block.file}:{number}"
        if not line.strip():
            paragraph = True
        elif line.startswith("  "):
            _state(draft, line.strip(), place, domain)
        else:
            _add(draft, line.strip(), place, paragraph)
            paragraph = False
    return _finished(draft)


def _begun(line: str, place: str, language: str) -> _Draft:
    name, *settings = (part.strip() for part in line[2:].split("|"))
    published = next((s.removeprefix("published=") for s in settings if s.startswith("published=")), None)
    if published and not _DATE.fullmatch(published):
        raise TrainingError(f"{place}: published={published} is no date")
    return _Draft(place, name, language, published)


def _add(draft: _Draft, line: str, place: str, paragraph: bool) -> None:
    """Append a line of text, its marks taken out and kept as mentions."""
    if draft.text:
        draft.text += "\n\n" if paragraph else BETWEEN.get(draft.language, " ")
    start, last = len(draft.text), 0
    for mark in _MARK.finditer(line):
        draft.text += line[last : mark.start()]
        last = mark.end()
        thing, kind, words = mark.groups()
        chain = draft.chains.setdefault(thing, len(draft.chains))
        if kind == ":":
            draft.named.add(thing)
        span = Span(draft.name, len(draft.text), len(draft.text) + len(words))
        draft.mentions.append(Mention(span, words, TYPES[thing[0]], draft.language, chain, kind == "~"))
        draft.text += words
    draft.text += line[last:]
    if re.search(r"[\[\]]", draft.text[start:]):
        raise TrainingError(f"{place}: a bracket that is no mark such as [P1:name] or [P1~she]")
    draft.line = start, len(draft.text)


def _state(draft: _Draft, line: str, place: str, domain: Ontology) -> None:
    """Read a fact that the line of text above states."""
    head, *rest = (part.strip() for part in line.split("|"))
    words = head.split()
    if not draft.text or len(words) not in (2, 3):
        raise TrainingError(f"{place}: a fact such as 'P1 chairOf O1 | title=chair' stands below the text that states it")
    unknown = [w for w in words[::2] if w not in draft.chains]
    if unknown:
        raise TrainingError(f"{place}: {unknown[0]} is not marked in the text so far")
    if words[1] == "says" and len(words) == 2:
        _say(draft, words[0], rest, place)
    elif len(words) == 3 and words[1] in domain.relations:
        _claim(draft, (words[0], words[1], words[2]), rest, place, domain)
    else:
        raise TrainingError(f"{place}: no relation {words[1]}")


def _say(draft: _Draft, speaker: str, rest: list[str], place: str) -> None:
    start, end = draft.line
    found = [(a, b) for a, b in quoted(draft.text) if start <= a and b <= end]
    found = [(a, b) for a, b in found if not rest or any(r in draft.text[a:b] for r in rest)]
    if not found:
        raise TrainingError(f"{place}: no quotation of four words (Chinese: eight characters) in the line above")
    for a, b in found:
        draft.utterances.append(Utterance(draft.chains[speaker], draft.text[a:b], Span(draft.name, a, b), draft.language))


def _claim(draft: _Draft, fact: tuple[str, str, str], rest: list[str], place: str, domain: Ontology) -> None:
    subject, predicate, other = fact
    relation = domain.relations[predicate]
    if not domain.links(relation, TYPES[subject[0]], TYPES[other[0]]):
        raise TrainingError(f"{place}: {subject} and {other} cannot stand in {predicate}")
    told = {key: value for key, _, value in (r.partition("=") for r in rest)}
    status, title = told.pop("status", domain.usual().lower()), told.pop("title", None)
    period = Period(told.pop("start", None), told.pop("end", None))
    optional = told.pop("optional", None) is not None
    statuses = {name.lower() for name, s in domain.statuses.items() if not s.denies}  # what is denied is not annotated
    if told or status not in statuses or any(d and not _DATE.fullmatch(d) for d in (period.start, period.end)):
        raise TrainingError(f"{place}: unknown or wrong: {' '.join(rest)}")
    if title and title not in draft.text[slice(*draft.line)]:
        raise TrainingError(f"{place}: the title {title!r} does not stand in the line above")
    if optional:
        draft.arguable.add(len(draft.claims))
    evidence = Span(draft.name, *draft.line)
    draft.claims.append(
        Claim(draft.chains[subject], predicate, draft.chains[other], evidence, status.capitalize(), title, period, method="written")
    )


def _finished(draft: _Draft) -> Annotated:
    nameless = [thing for thing in draft.chains if thing not in draft.named]
    if nameless:
        raise TrainingError(f"{draft.place}: {nameless[0]} is never named")
    _complete(draft)
    document = Document(draft.name, draft.text, draft.language, issued=draft.published)
    extraction = Extraction(document, tuple(draft.mentions), tuple(draft.claims), tuple(draft.utterances))
    return Annotated(extraction, frozenset(), frozenset(draft.arguable))


def _complete(draft: _Draft) -> None:
    """Refuse a name that is marked at one place and bare at another."""
    marked = [(m.span.start, m.span.end) for m in draft.mentions]
    for form in {m.text for m in draft.mentions if not m.nominal and (len(m.text) > 2 or draft.language != "zh")}:
        for found in re.finditer(rf"(?<![A-Za-z0-9]){re.escape(form)}(?![A-Za-z0-9])", draft.text):
            if not any(a < found.end() and found.start() < b for a, b in marked):
                around = draft.text[max(0, found.start() - 12) : found.end() + 12]
                raise TrainingError(f"{draft.place}: {form!r} is not marked in '…{around}…'")


def main() -> None:
    """Check files of marked texts and count what they hold."""
    domain = ontology.load()
    for path in map(Path, sys.argv[1:]):
        right: list[Annotated] = []
        for block in _blocks(path):
            try:
                right.append(_read(block, domain))
            except TrainingError as error:
                print(error)
        claims = sum(len(a.extraction.claims) for a in right)
        characters = sum(len(a.extraction.document.text) for a in right)
        print(f"{path.name}: {len(right)} texts are right: {characters} characters, {claims} facts")


if __name__ == "__main__":
    main()
