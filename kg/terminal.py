"""Rows, issues, errors and the progress of long work in, what a person at a terminal (or a program at a pipe) sees out."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from kg.errors import KgError
from kg.model import Issue

if TYPE_CHECKING:
    from pathlib import Path

    from kg.evaluate import Evaluation
    from kg.pipeline import Progress, Summary
    from kg.query import Answer
    from kg.validate import Verification

INTERRUPTED, UNREAD, TERMINATED = 130, 141, 143  # how a command exits that Ctrl-C, a closed pipe or a signal ended, as shells have it


class _Refusal(click.ClickException):
    """One line for the user, exit 2."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        click.echo(f"kg: {' '.join(self.message.split())}", file=file, err=True)


class Commands(click.Group):
    """Lists commands in the order in which one meets them, and turns our own errors, and those of files, into one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        """Do what was asked; exit with 2 on an error of ours, 130 where it was interrupted."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:  # who reads has had enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is left goes nowhere when Python ends
            sys.exit(UNREAD)
        except (KgError, OSError, UnicodeEncodeError) as error:
            raise _Refusal(reason(error)) from error
        except KeyboardInterrupt:
            click.echo("kg: interrupted", err=True)
            sys.exit(INTERRUPTED)


def reason(error: Exception) -> str:
    """Say what went wrong, of a file with its name."""
    if isinstance(error, OSError):
        return f"{os.fsdecode(error.filename)}: {error.strerror}" if error.filename else str(error.strerror or error)
    if isinstance(error, UnicodeEncodeError):
        return f"{error.object[error.start]!a} cannot be shown in {error.encoding}; set PYTHONIOENCODING=utf-8"
    return str(error)


def table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table: drawn to fit a terminal, one row a line with tabs elsewhere."""
    if not sys.stdout.isatty():
        for row in (columns, *rows):
            click.echo("\t".join(" ".join(cell.split()) for cell in row))
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    drawn = Table(*columns, box=None, header_style="bold")
    for row in rows:
        drawn.add_row(*(Text(cell) for cell in row))
    Console().print(drawn)


def summary(built: Summary, page: Path) -> None:
    """Print what a build came to and where its page is, and list its issues."""
    for name in ("documents", "entities", "facts", "quotations"):
        click.echo(f"{name:<11}{getattr(built, name):>9,}")
    click.echo(f"{'issues':<11}{len(built.issues):>9,}\n{'seconds':<11}{built.seconds:>9.1f}\n{page}")
    issues(built.issues)


def written(path: Path) -> None:
    """Print where something was written, if that is not here."""
    from kg.outputs import standard

    if not standard(path):
        click.echo(path)


def counted(answer: Answer, *, always: bool) -> None:
    """Say on standard error how much an answer holds: always, or only where it was cut off."""
    if answer.boolean is None and (always or answer.truncated):
        number, what = (len(answer.rows), "rows") if answer.triples is None else (len(answer.triples), "triples")
        click.echo(f"{number:,} {what}{', cut off there' if answer.truncated else ''}, {answer.seconds:.3f} s", err=True)


def note(told: str) -> None:
    """Print a note on standard error, if there is one."""
    if told:
        click.echo(f"note: {told}", err=True)


def issues(found: Sequence[Issue]) -> None:
    """List issues on standard error, one a line, with nothing in them that could move the cursor."""
    from kg.explain import harmless

    for issue in found:
        click.echo(harmless(f"issue: {issue.path}: {issue.reason}"), err=True)


def lines(told: Iterable[str]) -> None:
    """Print lines with nothing in them that could move the cursor or turn the direction of text: names may be hostile."""
    from kg.explain import harmless

    for line in told:
        click.echo(harmless(line))


def verification(found: Verification) -> None:
    """Print how much is anchored in the kept texts, and list what is not sound."""
    for name, good, of in (("facts", found.anchored, found.facts), ("quotations", found.quoted, found.quotations)):
        share = 100 * good / of if of else 100.0
        click.echo(f"{good:,} of {of:,} {name} are anchored in the kept texts ({share:.1f} %)")
    issues(found.issues)


def evaluation(judged: Evaluation, *, as_json: bool) -> None:
    """Print the figures as JSON, or them, the commonest confusions and the worst documents; list the documents that the graph lacks."""
    if as_json:
        click.echo(json.dumps(judged.figures(), indent=1))
        return
    click.echo(f"{len(judged.texts)} documents\n{'':26}precision  recall     F1   gold")
    for kind, label in judged.rows():
        score = judged.score(kind, label)
        name = f"  {label}" if label else kind
        click.echo(f"{name:<26}{score.precision:>9.3f}{score.recall:>8.3f}{score.f1:>7.3f}{score.right + score.missed:>7}")
    click.echo(f"{'status accuracy':<42}{judged.status_accuracy:>8.3f}\n")
    rows = [(kind, gold, got, str(n)) for kind, gold, got, n in judged.confusions()[:20]]
    table(("what", "gold says", "graph says", "times"), rows)
    click.echo()
    worst = [(d, str(n), f"{e:.3f}", f"{r:.3f}") for d, n, e, r in judged.worst()]
    table(("worst documents", "errors", "entities F1", "relations F1"), worst)
    issues(judged.issues)


@contextmanager
def bars() -> Iterator[Progress | None]:
    """Yield what shows how far a long work is: on standard error, and only to a person."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    columns = TextColumn("{task.description:<10}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    with Bars(*columns, console=Console(stderr=True), transient=True) as shown:
        tasks: dict[str, Any] = {}

        def tell(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = shown.add_task(stage, total=total)
            shown.update(tasks[stage], completed=done, total=total)

        yield tell
