"""A graph in, RDF 1.1 Turtle out: streamed, grouped by subject, blank nodes nested, the same bytes every time."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from pyoxigraph import Triple

from kg.graph import Graph
from kg.iris import VOCABULARIES
from kg.ontology import Ontology
from kg.outputs import writing
from kg.rdf import prefixes, sections

Row = tuple[str, str, str]  # subject, predicate and object in the words of N-Triples

_TYPE = f"<{VOCABULARIES['rdf']}type>"
# Letters, digits and marks that every Turtle reader takes in a local name; anything else is written as a full IRI.
_LOCAL = re.compile(r"[A-Za-z0-9_\u3400-\u4dbf\u4e00-\u9fff](?:[A-Za-z0-9_\u3400-\u4dbf\u4e00-\u9fff-])*")
# Signs that turn the direction of text, break lines or cannot be seen: escaped, so that the file reads as what it says.
_UNSEEN = re.compile("[\x80-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\uffff]")
_BARE = {"xsd:integer": re.compile(r"[+-]?[0-9]+"), "xsd:decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+")}
_FEW = 4


def write(graph: Graph, ontology: Ontology, path: Path) -> None:
    """Write graph.ttl."""
    known = prefixes(graph, ontology)
    with writing(path) as part, part.open("w", encoding="utf-8", newline="\n") as file:
        file.write(header(known))
        for heading, stream in sections(graph, ontology):
            file.write(f"\n# {heading}\n")
            file.writelines(blocks(stream, known))


def header(known: Mapping[str, str]) -> str:
    """Return the prefix lines."""
    return "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in sorted(known.items()))


def blocks(stream: Iterable[Triple], known: Mapping[str, str]) -> Iterator[str]:
    """Yield the Turtle of each subject of a stream; blank nodes must follow the subject that they belong to."""
    term = _shortener(known)
    subject, block = "", list[Row]()
    for triple in stream:
        row = str(triple).split(" ", 2)
        if row[0] != subject and row[0][0] == "<":
            if block:
                yield _block(block, term)
            subject, block = row[0], []
        block.append((row[0], row[1], row[2]))
    if block:
        yield _block(block, term)


def _block(rows: list[Row], term: Callable[[str], str]) -> str:
    nested: dict[str, list[Row]] = {}
    if any(o[0] == "_" for _, _, o in rows):
        uses = Counter(o for _, _, o in rows if o[0] == "_")
        for subject, described in groupby(rows, itemgetter(0)):
            if uses.get(subject) == 1:
                nested[subject] = [*nested.get(subject, ()), *described]
        nested = _loose(nested, rows)
    text = []
    for subject, described in groupby((r for r in rows if r[0] not in nested), itemgetter(0)):
        text.append(f"\n{term(subject)} {_pairs(described, nested, term, ' ;' + chr(10) + '    ')} .\n")
    return "".join(text)


def _loose(nested: dict[str, list[Row]], rows: list[Row]) -> dict[str, list[Row]]:
    """Leave out blank nodes that hang on each other in a circle: those need labels."""
    reached: list[str] = [s for s, _, _ in rows if s not in nested]
    seen = set(reached)
    children: dict[str, list[str]] = {}
    for s, _, o in rows:
        if o in nested:
            children.setdefault(s, []).append(o)
    while reached:
        fresh = [o for o in children.get(reached.pop(), ()) if o not in seen]
        seen.update(fresh)
        reached += fresh
    return {s: described for s, described in nested.items() if s in seen}


def _pairs(rows: Iterable[Row], nested: Mapping[str, list[Row]], term: Callable[[str], str], between: str) -> str:
    parts = []
    for predicate, same in groupby(rows, itemgetter(1)):
        objects = [f"[ {_pairs(nested[o], nested, term, ' ; ')} ]" if o in nested else term(o) for _, _, o in same]
        comma = " , " if len(objects) <= _FEW and objects[0][0] not in "[<" else " ,\n        "
        parts.append(("a " if predicate == _TYPE else term(predicate) + " ") + comma.join(objects))
    return between.join(parts)


def _shortener(known: Mapping[str, str]) -> Callable[[str], str]:
    """Return the function that shortens a term of N-Triples."""
    names = {f"<{namespace}": f"{prefix}:" for prefix, namespace in known.items()}

    def short(iri: str) -> str:
        cut = max(iri.rfind("/"), iri.rfind("#")) + 1
        prefix = names.get(iri[:cut])
        if prefix is not None and _LOCAL.fullmatch(iri, cut, len(iri) - 1):
            return prefix + iri[cut:-1]
        return iri

    def typed(literal: str) -> str:
        quote = literal.rfind('"')
        if not literal.startswith("^^", quote + 1):
            return literal
        datatype = short(literal[quote + 3 :])
        bare = _BARE.get(datatype)
        return literal[1:quote] if bare and bare.fullmatch(literal, 1, quote) else literal[: quote + 3] + datatype

    def term(text: str) -> str:
        if text[0] == '"':
            text = typed(text)
        elif text[0] == "<":
            text = short(text)
        return text if text.isascii() else _UNSEEN.sub(_escaped, text)

    return term


def _escaped(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04X}"
