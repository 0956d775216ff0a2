"""A graph folder and a question (SPARQL, or the name of a query and its parameters) in, an Answer out, within limits of time and size."""

from __future__ import annotations

import difflib
import io
import json
import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg import store
from kg.dates import bounds, no_date
from kg.errors import GraphError, QueryError
from kg.ontology import NAMESPACE, Ontology
from kg.sparql import names_graphs, refuse

FORMATS = ("table", "csv", "tsv", "json", "xml", "turtle")

_NAME = re.compile(r"[\w.-]+")
_HEADER = re.compile(
    r"# title@(?P<language>[\w-]+): (?P<title>.+)"
    r"|# parameter (?P<name>\w+) \((?P<need>required|optional)(?P<date>, date)?\): (?P<text>.+)"
)

DAY = 86_400
DEEP = "the query is nested too deeply, or too long, to be read"

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may use: seconds (with loading), rows of its answer, bytes of memory."""

    seconds: float = 60.0
    rows: int = 100_000
    memory: int = 8 << 30

    def __post_init__(self) -> None:
        """Raise QueryError for what no clock can wait for."""
        if not 0 < self.seconds <= DAY:
            raise QueryError(f"{self.seconds:g} is no limit in seconds: it is more than 0, and a day ({DAY:,}) at most")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that a named query takes, with a line for its user; `dated` where it is a date."""

    name: str
    text: str
    required: bool
    dated: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A named query: its titles by language, its parameters, its SPARQL."""

    name: str
    titles: Mapping[str, str]
    parameters: tuple[Parameter, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The result of one query: rows under columns, or a truth value, or triples; `truncated` where the row limit cut it off."""

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Term | None, ...], ...] = ()
    boolean: bool | None = None
    triples: tuple[ox.Triple, ...] | None = None
    seconds: float = 0.0
    truncated: bool = False
    prefixes: Mapping[str, str] | None = None


def questions(ontology: Ontology) -> tuple[Question, ...]:
    """Return the named queries of an ontology, sorted by name."""
    return tuple(_question(name, text) for name, text in sorted(ontology.queries.items()))


def _question(name: str, text: str) -> Question:
    matches = [m for line in text.splitlines() if (m := _HEADER.fullmatch(line.strip()))]
    titles = {m["language"]: m["title"] for m in matches if m["title"]}
    parameters = tuple(Parameter(m["name"], m["text"], m["need"] == "required", bool(m["date"])) for m in matches if m["name"])
    return Question(name, titles, parameters, text)


def run(out: Path, text_or_name: str, ontology: Ontology, parameters: Mapping[str, str] | None = None, limits: Limits = Limits()) -> Answer:
    """Answer a question from OUT/graph.ttl in a process of its own, which is stopped at the limits."""
    graph = out / store.STATED_FILE
    if not graph.is_file():
        raise GraphError(f"{out}: holds no {graph.name}; build one with `kg build`")
    text = prepare(text_or_name, ontology, parameters or {})
    prefixes = known_prefixes(ontology, graph)
    conversation = store.setup(graph, prefixes, limits.memory) + store.request(text, limits.rows, dataset(text))
    return Answer(**_ask(conversation, limits), prefixes=prefixes)


def prepare(text_or_name: str, ontology: Ontology, parameters: Mapping[str, str]) -> str:
    """Return the SPARQL of a question with its parameters bound; refuse what is unknown, updates and SERVICE."""
    question = _find(text_or_name.removeprefix("\ufeff"), ontology)  # a byte order mark is no SPARQL, but files begin with it
    text = question.text
    _check_parameters(question, parameters)
    for name, value in parameters.items():
        literal = _literal(name, value)
        text = _place(name).sub(lambda _, name=name, literal=literal: f"VALUES ?{name} {{ {literal} }}", text)  # type: ignore[misc]
    refuse(text)
    return text


def _find(text_or_name: str, ontology: Ontology) -> Question:
    wanted = text_or_name.strip()
    if not wanted:
        raise QueryError("the query is empty")
    if not wanted.isascii() and re.search("[\ud800-\udfff]", wanted):
        raise QueryError("the query is not UTF-8")
    if not _NAME.fullmatch(wanted):
        return _question("", text_or_name)
    if wanted in ontology.queries:
        return _question(wanted, ontology.queries[wanted])
    raise QueryError(f"no query is named {wanted}{_near(wanted, ontology.queries)}; there are {', '.join(sorted(ontology.queries))}")


def _literal(name: str, value: str) -> str:
    r"""Return a value as an escaped SPARQL literal.

    Engines differ on whether \\u0041 is an escaped backslash or an escaped letter (SPARQL 1.1, section 19.2): it is written as neither.
    """
    try:
        return re.sub(r"(?<=\\\\)[uU]", lambda m: f"\\U{ord(m[0]):08X}", str(ox.Literal(value)))
    except ValueError as error:
        raise QueryError(f"the value of {name} is not valid Unicode") from error


def _place(name: str) -> re.Pattern[str]:
    return re.compile(rf'VALUES\s+\?{re.escape(name)}\s*\{{\s*""\s*\}}')


def _check_parameters(question: Question, given: Mapping[str, str]) -> None:
    names = [p.name for p in question.parameters] or re.findall(r'VALUES\s+\?(\w+)\s*\{\s*""\s*\}', question.text)
    title = f"the query {question.name}" if question.name else "the query"
    for name in sorted(given):
        if name not in names:
            raise QueryError(f"{title} has no parameter {name}{_near(name, names)}; it takes {', '.join(names) or 'none'}")
    for parameter in question.parameters:
        value = given.get(parameter.name)
        if parameter.dated and value and not bounds(value):
            raise QueryError(no_date(value, parameter.name))
    missing = [p.name for p in question.parameters if p.required and not given.get(p.name)]
    if missing:
        raise QueryError(f"{title} needs the parameter {', '.join(missing)}")


def _near(name: str, names: Any) -> str:
    close = difflib.get_close_matches(name.lower(), list(names), n=1)
    return f" (did you mean {close[0]}?)" if close else ""


def dataset(text: str) -> store.Dataset | None:
    """Return the dataset of SPARQL: its own where it says FROM which graphs it asks, else None for all."""
    return store.OWN if names_graphs(text) else None


def known_prefixes(ontology: Ontology, graph: Path) -> dict[str, str]:
    """Return the prefixes that need no declaration: the vocabularies, and those that a Turtle file declares at its head.

    `kg` is the base under which the file's documents stand, if it has any.
    """
    from kg.iris import BASE, VOCABULARIES  # noqa: PLC0415  (the child process never needs it)

    prefixes = {"own": ontology.namespace, "kg": BASE, "kgo": NAMESPACE, "owl": "http://www.w3.org/2002/07/owl#", **VOCABULARIES}
    prefixes |= store.declared(graph)
    return {**prefixes, "kg": prefixes.get("doc", prefixes["kg"]).removesuffix("doc/")}


def _ask(conversation: bytes, limits: Limits) -> dict[str, Any]:
    """Let a child process answer, and stop it at the time limit."""
    try:
        done = subprocess.run(  # noqa: S603  (our own interpreter and code)
            store.command(), input=conversation, capture_output=True, timeout=limits.seconds, env=store.environment(), check=False
        )
    except subprocess.TimeoutExpired as error:
        raise QueryError(f"the query was stopped after {limits.seconds:g} seconds") from error
    if done.returncode:
        much = f"the query was stopped: it needed more than {limits.memory >> 20} MB"
        raise QueryError(DEEP if done.returncode == store.OVERFLOW else much)
    replies = io.BytesIO(done.stdout)
    reply = {**(store.receive(replies) or {}), **(store.receive(replies) or {})}
    if "error" in reply:
        raise QueryError(reply["error"])
    return reply


def render(answer: Answer, form: str) -> str:
    """Return an answer in one of FORMATS; those of W3C are written by the store's own serializers."""
    if form not in FORMATS:
        raise QueryError(f"no format {form}{_near(form, FORMATS)}; there are {', '.join(FORMATS)}")
    if answer.triples is not None:
        if form not in ("table", "turtle"):
            raise QueryError(f"this query makes triples, which cannot be written as {form}: use turtle")
        return str(ox.serialize(answer.triples, format=ox.RdfFormat.TURTLE, prefixes=dict(answer.prefixes or {})) or b"", "utf-8")
    if form == "turtle":
        raise QueryError("only CONSTRUCT and DESCRIBE can be written as turtle")
    if form == "table":
        return _table(answer)
    results = ox.parse_query_results(_json(answer), format=ox.QueryResultsFormat.JSON)
    formats = {
        "csv": ox.QueryResultsFormat.CSV,
        "tsv": ox.QueryResultsFormat.TSV,
        "json": ox.QueryResultsFormat.JSON,
        "xml": ox.QueryResultsFormat.XML,
    }
    written = str(results.serialize(format=formats[form]) or b"", "utf-8")
    from kg.literals import for_xml  # noqa: PLC0415  (the child process never needs it)

    return for_xml(written) if form == "xml" else written


def _json(answer: Answer) -> bytes:
    """Return SPARQL 1.1 Query Results JSON, from which the other formats are made."""
    if answer.boolean is not None:
        return json.dumps({"head": {}, "boolean": answer.boolean}).encode()
    bindings = [{c: _binding(t) for c, t in zip(answer.columns, row, strict=True) if t is not None} for row in answer.rows]
    return json.dumps({"head": {"vars": answer.columns}, "results": {"bindings": bindings}}).encode()


def _binding(term: Term) -> dict[str, Any]:
    if isinstance(term, ox.Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {k: _binding(v) for k, v in parts.items()}}
    if isinstance(term, ox.Literal):
        extra = {"xml:lang": term.language} if term.language else {"datatype": term.datatype.value}
        return {"type": "literal", "value": term.value, **extra}
    return {"type": "uri" if isinstance(term, ox.NamedNode) else "bnode", "value": term.value}


def _table(answer: Answer) -> str:
    if answer.boolean is not None:
        return "yes\n" if answer.boolean else "no\n"
    from rich.cells import cell_len  # noqa: PLC0415  (only where a table is drawn)

    lines = [answer.columns, *(tuple(_cell(t, answer.prefixes or {}) for t in row) for row in answer.rows)]
    widths = [max(cell_len(line[i]) for line in lines) for i in range(len(answer.columns))]
    lines.insert(1, tuple("─" * w for w in widths))
    return "".join("  ".join(c + " " * (w - cell_len(c)) for c, w in zip(line, widths, strict=True)).rstrip() + "\n" for line in lines)


def _cell(term: Term | None, prefixes: Mapping[str, str]) -> str:
    """Return a term for the eye: plain words, short names, nothing that could move the cursor or turn the line around."""
    if term is None:
        return ""
    if isinstance(term, ox.NamedNode):
        return next((f"{p}:{term.value[len(n) :]}" for p, n in _longest(prefixes) if term.value.startswith(n)), term.value)
    text = str(term) if isinstance(term, ox.Triple) else term.value
    return "".join(c if c.isprintable() else " " for c in text)


def _longest(prefixes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    yield from sorted(prefixes.items(), key=lambda p: (-len(p[1]), p[0]))
