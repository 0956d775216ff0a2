"""Arguments in, calls out: the command `kg`."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg import __version__
from kg.errors import KgError

if TYPE_CHECKING:
    from kg.evaluate import Evaluation
    from kg.model import Issue
    from kg.pipeline import Progress

FOLDER = click.Path(path_type=Path)


class _Refusal(click.ClickException):
    """One line for the user, exit 2."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        click.echo(f"kg: {' '.join(self.message.split())}", file=file, err=True)


class _Commands(click.Group):
    """Lists commands in the order in which one meets them, and turns our own errors into one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KgError as error:
            raise _Refusal(str(error)) from error


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="kg")
def main() -> None:
    """Build a knowledge graph from news, press releases and interviews, and ask it questions.

    Every fact points to the sentence that states it. Start with `kg build INPUT... -o OUT`, then open OUT/graph.html.
    """


def _ontology_option(command: Any) -> Any:
    return click.option("--ontology", type=FOLDER, metavar="DIR", help="Another domain: a folder of Turtle like ours.")(command)


@main.command()
@click.argument("inputs", nargs=-1, required=True, type=FOLDER, metavar="INPUT...")
@click.option("-o", "--out", required=True, type=FOLDER, metavar="OUT", help="The folder to write the graph to.")
@_ontology_option
@click.option("--base", metavar="IRI", help="What the IRIs of entities and facts start with.")
@click.option("-j", "--workers", default=0, type=click.IntRange(0), metavar="N", help="Processes to use (0: as many as pay).")
@click.option("--min-confidence", default=0.0, type=click.FloatRange(0, 1), metavar="P", help="Leave out facts of less confidence.")
@click.option("--no-cache", is_flag=True, help="Read every document anew.")
@click.option("--strict", is_flag=True, help="Exit with 1 if anything was odd.")
def build(inputs: tuple[Path, ...], out: Path, strict: bool, base: str | None, no_cache: bool, **rest: Any) -> None:
    """Read documents and write their knowledge graph to OUT.

    INPUT is a file or a folder: text, Markdown, HTML, PDF, DOCX or JSON Lines, in English, Indonesian or Chinese. OUT receives
    graph.html to look at, graph.ttl for triple stores, graph.json for NetworkX, report.md and the texts as read. Building again
    reads only what changed.
    """
    from kg.pipeline import Options, build
    from kg.rdf import BASE

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with _bars() as progress:
        summary = build(inputs, out, Options(base=base or BASE, cache=not no_cache, **rest), progress)
    for name in ("documents", "entities", "facts", "quotations"):
        click.echo(f"{name:<11}{getattr(summary, name):>9,}")
    click.echo(f"{'issues':<11}{len(summary.issues):>9,}\n{'seconds':<11}{summary.seconds:>9.1f}\n{out / 'graph.html'}")
    _list(summary.issues)
    sys.exit(1 if strict and summary.issues else 0)


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
    if as_json:
        import json

        click.echo(json.dumps(evaluation.figures(), indent=1))
    else:
        _print_evaluation(evaluation)


def _print_evaluation(evaluation: Evaluation) -> None:
    from kg.evaluate import KINDS

    click.echo(f"{len(evaluation.texts)} documents\n{'':26}precision  recall     F1   gold")
    for kind in KINDS:
        for label in (None, *(evaluation.labels(kind) if kind != "quotes" else ())):
            score = evaluation.score(kind, label)
            name = f"  {label}" if label else kind
            click.echo(f"{name:<26}{score.precision:>9.3f}{score.recall:>8.3f}{score.f1:>7.3f}{score.right + score.missed:>7}")
    click.echo(f"{'status accuracy':<42}{evaluation.status_accuracy:>8.3f}\n")
    rows = [(kind, gold, got, str(n)) for kind, gold, got, n in evaluation.confusions()[:20]]
    _table(("what", "gold says", "graph says", "times"), rows)
    click.echo()
    worst = [(d, str(n), f"{e:.3f}", f"{r:.3f}") for d, n, e, r in evaluation.worst()]
    _table(("worst documents", "errors", "entities F1", "relations F1"), worst)


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table: drawn to fit a terminal, one row a line with tabs elsewhere."""
    if not sys.stdout.isatty():
        for row in (columns, *rows):
            click.echo("\t".join(" ".join(cell.split()) for cell in row))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(*columns, box=None, header_style="bold")
    for row in rows:
        table.add_row(*row)
    Console(markup=False, highlight=False).print(table)


def _list(issues: Sequence[Issue]) -> None:
    for issue in issues:
        click.echo(f"issue: {issue.path}: {issue.reason}", err=True)


@contextmanager
def _bars() -> Iterator[Progress | None]:
    """Show how far a long work is, on standard error and only to a person."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = TextColumn("{task.description:<10}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, Any] = {}

        def tell(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total)
            bars.update(tasks[stage], completed=done, total=total)

        yield tell
