"""Arguments in, calls out: the command `kg`."""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from typing import Any

import click

from kg import __version__, terminal
from kg.model import LIKELY

FOLDER = click.Path(path_type=Path, readable=False)  # what cannot be read is told by those who try


@click.group(cls=terminal.Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="kg")
def main() -> None:
    """Build a knowledge graph from news, press releases and interviews, and ask it questions.

    Every fact points to the sentence that states it. Start with `kg build INPUT... -o OUT`, then open OUT/graph.html.
    """


def _ontology_option(command: Any) -> Any:
    return click.option("--ontology", type=FOLDER, metavar="DIR", help="Another domain: a folder of Turtle like ours.")(command)


def _complete_question(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
    from kg.ontology import load

    return [] if ctx.params.get("question") else [n for n in sorted(load(ctx.params.get("ontology")).queries) if n.startswith(incomplete)]


def _complete_format(_: click.Context, __: click.Parameter, incomplete: str) -> list[str]:
    from kg.outputs import FORMATS

    return [f for f in FORMATS if f.startswith(incomplete)]


class _Format(click.Option):
    """Names in its help the formats that there are; what writes them is loaded only then."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        self.help = f"{', '.join(_complete_format(ctx, self, ''))}."
        return super().get_help_record(ctx)


@main.command()
@click.argument("inputs", nargs=-1, required=True, type=FOLDER, metavar="INPUT...")
@click.option("-o", "--out", required=True, type=FOLDER, metavar="OUT", help="The folder to write the graph to.")
@_ontology_option
@click.option("--base", metavar="IRI", help="What IRIs start with, now and in later builds of OUT.")
@click.option("-j", "--workers", default=0, type=click.IntRange(0), metavar="N", help="Processes to use (0: as many as pay).")
@click.option("--min-confidence", default=LIKELY, show_default=True, type=click.FloatRange(0, 1), metavar="P", help="Least of a fact.")
@click.option("--judgements", type=FOLDER, metavar="FILE", help="Judgements by hand, where they are not in OUT/resolution.csv.")
@click.option("--infer/--no-infer", default=None, help="Also write what the ontology entails (schema.org …) to OUT/inferred.ttl.")
@click.option("--as-of", metavar="DATE", help="Keep only what held on that day (2023-09-10, 2023-09 or 2023).")
@click.option("--history", is_flag=True, help="Keep a log of when OUT said what, from now on: see kg history.")
@click.option("--no-cache", is_flag=True, help="Read every document anew.")
@click.option("--strict", is_flag=True, help="Exit with 1 if anything was odd.")
def build(inputs: tuple[Path, ...], out: Path, strict: bool, no_cache: bool, **rest: Any) -> None:
    """Read documents and write their knowledge graph to OUT.

    INPUT is a file or a folder: text, Markdown, HTML, PDF, DOCX, e-mail or JSON Lines, in English, Indonesian or Chinese. OUT
    receives graph.html to look at, graph.ttl for triple stores, graph.json for NetworkX, report.md and the texts as read. Building
    again reads only what changed.
    """
    from kg.pipeline import Options, build

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(terminal.TERMINATED))
    with terminal.bars() as progress:
        summary = build(inputs, out, Options(cache=not no_cache, **rest), progress)
    terminal.summary(summary, out / "graph.html")
    sys.exit(1 if strict and summary.issues else 0)


@main.command(context_settings={"ignore_unknown_options": True})
@click.argument("out", type=FOLDER)
@click.argument("question", nargs=-1, type=click.UNPROCESSED, shell_complete=_complete_question, metavar="[QUESTION [--NAME VALUE]...]")
@_ontology_option
@click.option("--as-of", metavar="DATE", help="Ask about what held on that day (2023-09-10, 2023-09 or 2023).")
@click.option("--format", "form", default="table", metavar="FORMAT", help="table, csv, tsv, json, xml or turtle.")
@click.option("--seconds", default=60.0, type=click.FloatRange(0, min_open=True), metavar="N", help="When to stop.")
@click.option("--rows", default=100_000, type=click.IntRange(1), metavar="N", help="How many rows at most.")
def query(out: Path, question: tuple[str, ...], ontology: Path | None, as_of: str | None, form: str, **limits: Any) -> None:
    """Ask the graph in OUT a question.

    QUESTION is the name of a ready query with its parameters (kg query OUT leads --organization NAME), SPARQL, or "-" for SPARQL
    from standard input. Without a question, the ready queries are listed.
    """
    from kg.moment import dated
    from kg.ontology import load
    from kg.query import Limits, questions, render, run

    known, (text, parameters) = load(ontology), _question(question)
    if not question:
        listed = [(q.name, q.titles.get("en", ""), " ".join(f"--{p.name}" for p in q.parameters)) for q in questions(known)]
        terminal.table(("question", "asks", "parameters"), listed)
        return
    with dated(out, known, as_of) as (folder, note):
        answer = run(folder, sys.stdin.read() if text == "-" else text, known, parameters, Limits(**limits))
    click.echo(render(answer, form), nl=False)
    terminal.note(note)
    terminal.counted(answer, always=form == "table")


def _question(words: tuple[str, ...]) -> tuple[str, dict[str, str]]:
    """Part `leads --organization Larkfield --person=Wu` into the question and its parameters."""
    parameters: dict[str, str] = {}
    text: list[str] = []
    rest = iter(words)
    for word in rest:
        name, equals, value = word.removeprefix("--").partition("=")
        if not word.startswith("--"):
            text.append(word)
        elif equals:
            parameters[name] = value
        elif (given := next(rest, None)) is None:
            raise click.UsageError(f"--{name} needs a value")
        else:
            parameters[name] = given
    if len(text) > 1:
        raise click.UsageError(f"one question at a time; put it in quotation marks: {' '.join(text)}")
    return "".join(text), parameters


@main.command()
@click.argument("out", type=FOLDER)
@_ontology_option
@click.option("--shapes", multiple=True, type=FOLDER, metavar="FILE", help="Further SHACL shapes of your own.")
def verify(out: Path, ontology: Path | None, shapes: tuple[Path, ...]) -> None:
    """Check all evidence against the kept texts, graph.ttl against graph.json, and all shapes.

    Exits with 1 if anything does not stand up; warnings and notes of a shape do not count.
    """
    from kg.folder import SOURCES, load
    from kg.ontology import load as load_ontology
    from kg.validate import validate

    found = validate(load(out), load_ontology(ontology), out / SOURCES, shapes)
    terminal.verification(found)
    sys.exit(0 if found.sound else 1)


@main.command()
@click.argument("out", type=FOLDER)
@click.argument("name")
@click.argument("other", required=False)
@_ontology_option
@click.option("--judgements", "judged", type=FOLDER, metavar="FILE", help="Those that OUT was built with, if not OUT/resolution.csv.")
def why(out: Path, name: str, other: str | None, ontology: Path | None, judged: Path | None) -> None:
    """Tell what is known of NAME, and where it stands.

    With OTHER, another name: whether the two are one, and why.
    """
    from kg import explain
    from kg.folder import extractions, judgements, load
    from kg.ontology import load as load_ontology
    from kg.resolve import explain as resolve

    graph, known = load(out), load_ontology(ontology)
    told = explain.verdict(graph, name, other) if other else explain.about(graph, known, name)
    terminal.lines(("\n".join(told).strip() + "\n").split("\n"))
    names = (name, other) if other else (name,)
    terminal.lines(explain.reasons(graph, resolve.why(extractions(out, graph), known, names, judgements(out, judged))))


@main.command()
@click.argument("out", type=FOLDER)
@_ontology_option
def conflicts(out: Path, ontology: Path | None) -> None:
    """List facts that cannot both hold.

    Each is shown with the sentences that state it.
    """
    from kg import explain
    from kg.folder import load
    from kg.ontology import load as load_ontology

    terminal.lines(tuple(explain.conflicts(load(out), load_ontology(ontology))) or ("no conflicts",))


@main.command()
@click.argument("out", type=FOLDER)
@click.argument("name")
@click.argument("other")
def merge(out: Path, name: str, other: str) -> None:
    """Judge that NAME and OTHER are one; the next build of OUT obeys.

    Each is a name, or one place of it, written document#char=120,136.
    """
    _judge(out, None, "same", name, other)


@main.command()
@click.argument("out", type=FOLDER)
@click.argument("name")
@click.argument("other")
def split(out: Path, name: str, other: str) -> None:
    """Judge that NAME and OTHER are two; the next build of OUT obeys."""
    _judge(out, None, "different", name, other)


@main.command()
@click.argument("out", type=FOLDER)
@click.argument("name")
@click.argument("relation", required=False, default="")
@click.argument("other", required=False, default="")
@_ontology_option
def reject(out: Path, name: str, relation: str, other: str, ontology: Path | None) -> None:
    """Judge that a fact, or a thing, is wrong; the next build of OUT leaves it out.

    Of a fact give both ends and the RELATION between them as kg why tells it (kg reject OUT 'Mary Lim' 'chair of' Larkfield), of what is
    no person, organization or product its NAME alone. All that bears the name is meant, or stands at a place (document#char=120,136).
    """
    if relation and not (relation.strip() and other):
        raise click.UsageError("a fact needs both its ends: NAME RELATION OTHER")
    _judge(out, ontology, "wrong", name, other, relation)


def _judge(out: Path, ontology: Path | None, *judgement: str) -> None:
    from kg.explain import overlooked, related
    from kg.folder import judge, load
    from kg.ontology import load as load_ontology
    from kg.resolve.judgements import Judgement

    known = load_ontology(ontology)
    made = related(Judgement(*(word.strip() for word in judgement)), known)
    notes = overlooked(load(out), known, made)
    click.echo(f"{judge(out, made)}: {made.told()}; build again to apply it, or take its line out of the file")
    for line in notes:
        terminal.note(line)


@main.command()
@click.argument("out", type=FOLDER)
@_ontology_option
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="Where to listen; on 0.0.0.0 others can ask, too.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), metavar="N")
@click.option("--seconds", default=20.0, type=click.FloatRange(0, min_open=True), show_default=True, help="When to stop a query.")
@click.option("--rows", default=10_000, type=click.IntRange(1), show_default=True, metavar="N", help="Rows at most (X-Truncated: more).")
@click.option("--origin", "origins", multiple=True, metavar="URL", help="Pages of this origin may ask, too (CORS); * for all.")
def serve(out: Path, ontology: Path | None, host: str, port: int, origins: tuple[str, ...], **limits: Any) -> None:
    """Serve the graph in OUT over HTTP, read-only.

    / leads to what is in the graph, /graph is its picture, /query a page to write queries in (?query=... is asked at once), /sparql speaks
    the SPARQL 1.1 Protocol, and /entity/... are a page each for entities, facts, documents and quotations.
    """
    from kg.ontology import load
    from kg.query import Limits
    from kg.server import access, addresses, app, listening, serve

    service = app(out, load(ontology), Limits(**limits), access(host, origins))
    with listening(host, port) as place:
        click.echo(addresses(host, port), err=True)
        serve(service, place)


@main.command()
@click.argument("out", type=FOLDER)
@click.option("--to", "form", default="turtle", show_default=True, cls=_Format, metavar="FORMAT", shell_complete=_complete_format)
@click.option("-o", "--output", type=FOLDER, metavar="FILE", help="Where to write (-: standard output; else a usual name, here).")
@_ontology_option
@click.option("--base", metavar="IRI", help="What IRIs start with, if not with what OUT was built with.")
def export(out: Path, form: str, output: Path | None, ontology: Path | None, base: str | None) -> None:
    """Write the graph in OUT in another format."""
    from kg.folder import export
    from kg.ontology import load

    terminal.written(export(out, form, output, load(ontology), base))


@main.command()
@click.argument("old", type=FOLDER)
@click.argument("new", type=FOLDER)
@_ontology_option
def diff(old: Path, new: Path, ontology: Path | None) -> None:
    """List what changed between two graphs.

    + is what only NEW says, - what only OLD says. Exits with 1 if they differ.
    """
    from kg.difference import compare
    from kg.folder import load
    from kg.ontology import load as load_ontology

    changes = compare(load(old), load(new), load_ontology(ontology))
    terminal.lines(f"{'+' if c.added else '-'} {c.kind} {c.what}" for c in changes)
    sys.exit(1 if changes else 0)


@main.command()
@click.argument("out", type=FOLDER)
@click.argument("name", required=False)
@click.option("--since", metavar="DATE", help="Only what was recorded from then on (2023-09-10, 2023-09 or 2023).")
@click.option("--on", "on", metavar="DATE", help="Instead, all that the graph said on that day.")
def history(out: Path, name: str | None, since: str | None, on: str | None) -> None:
    """Tell when the graph in OUT came to say what, and when it ceased to.

    With NAME, only what names it. The log is kept from `kg build --history` on; + is what was added, - what was taken out.
    """
    from kg.history import read, told

    entries = read(out)
    if entries is None:
        click.echo(f"note: {out} keeps no history; kg build --history begins one", err=True)
    lines = tuple(told(entries or (), name or "", since, on))
    terminal.lines(lines)
    if entries and not lines:
        click.echo("note: the log tells nothing of that", err=True)


@main.command()
@click.argument("out", type=FOLDER)
@click.argument("gold", nargs=-1, required=True, type=FOLDER, metavar="GOLD...")
@_ontology_option
@click.option("--html", type=FOLDER, metavar="FILE", help="Also write a page with the errors marked in the text.")
@click.option("--json", "as_json", is_flag=True, help="Print figures as JSON.")
def evaluate(out: Path, gold: tuple[Path, ...], ontology: Path | None, html: Path | None, as_json: bool) -> None:
    """Compare the graph in OUT with folders of annotated documents."""
    from kg import marked
    from kg.evaluate import evaluate
    from kg.folder import load
    from kg.ontology import load as load_ontology

    evaluation = evaluate(load(out), load_ontology(ontology), gold)
    if html:
        marked.write(evaluation, html)
    terminal.evaluation(evaluation, as_json=as_json)


@main.command()
@click.argument("kind", metavar="WEIGHTS")
@click.argument("corpora", required=False, type=FOLDER)
@click.option("--gold", type=FOLDER, metavar="DIR", help="Annotated documents and passages.")
@click.option("-o", "--out", required=True, type=FOLDER, metavar="DIR", help="Where to write weights and their card.")
@click.option("--from", "start", type=FOLDER, metavar="DIR", help="A published English BERT to begin with, or weights to go on from.")
def train(kind: str, corpora: Path | None, gold: Path | None, out: Path, start: Path | None) -> None:
    """Train the WEIGHTS of a name; needs the extra: pip install 'kg[train]'.

    They are the network that reads all languages, encoder (CORPORA, --gold, --from), and periods (--gold).
    """
    from kg.training import train

    for name, score in train(kind, out, corpora, gold, start).items():
        click.echo(f"{name}\t{score}")
