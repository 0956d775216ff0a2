"""An evaluation in, one HTML page out that shows its figures and marks every error in the text it was made in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from pathlib import Path

from kg.comparison import Finding
from kg.evaluate import DETAILS, Evaluation, Score
from kg.outputs import writing

HEAD = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>What kg got right and wrong</title>
<style>
:root { color-scheme: light dark; --right: #0a7d4f; --extra: #c2410c; --missed: #1d4ed8 }
@media (prefers-color-scheme: dark) { :root { --right: #4ade80; --extra: #fb923c; --missed: #93c5fd } }
body { font: 16px/1.6 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem }
table { border-collapse: collapse; margin: 1rem 0 } td, th { padding: .1rem .8rem; text-align: right }
td:first-child, th:first-child { text-align: left }
.text { white-space: pre-wrap; border-left: 3px solid #8884; padding-left: 1rem }
mark, b { background: none; font-weight: inherit; color: inherit }
mark.right { border-bottom: 2px solid var(--right) }
mark.extra { border-bottom: 2px dashed var(--extra); text-decoration: line-through; text-decoration-color: var(--extra) }
mark.missed { border-bottom: 3px double var(--missed) }
b.right { color: var(--right) } b.extra { color: var(--extra) } b.missed { color: var(--missed) }
</style></head><body><h1>What kg got right and wrong</h1>
<p><mark class="right">right</mark> · <mark class="extra">extra: the graph has it, the annotation does not</mark> ·
<mark class="missed">missed: the annotation has it, the graph does not</mark></p>
"""


def write(evaluation: Evaluation, path: Path) -> None:
    """Write the page, documents with the most errors first."""
    worst = [d for d, *_ in evaluation.worst(len(evaluation.texts))]
    order = [*worst, *sorted(evaluation.texts.keys() - set(worst))]
    findings = evaluation.by_document()
    documents = (_document(d, evaluation.texts[d], findings.get(d, ())) for d in order)
    parts = [HEAD, _figures(evaluation), *documents, "</body></html>\n"]
    with writing(path) as part:
        part.write_text("".join(parts), encoding="utf-8")


def _figures(evaluation: Evaluation) -> str:
    rows = ["<table><tr><th></th><th>precision</th><th>recall</th><th>F1</th><th>right</th><th>extra</th><th>missed</th></tr>"]
    rows += (_row(f"\u2003{label}" if label else kind, evaluation.score(kind, label)) for kind, label in evaluation.rows())
    return "".join(rows) + f"</table><p>Status accuracy {evaluation.status_accuracy:.3f}</p>\n"


def _row(name: str, score: Score) -> str:
    figures = (f"{x:.3f}" for x in (score.precision, score.recall, score.f1))
    cells = "".join(f"<td>{x}</td>" for x in (*figures, score.right, score.extra, score.missed))
    return f"<tr><td>{escape(name)}</td>{cells}</tr>\n"


def _document(document: str, text: str, findings: Sequence[Finding]) -> str:
    names = (f for f in findings if f.kind == "entities")
    errors = "".join(_line(f) for f in findings if f.kind != "entities")
    return f'<h2>{escape(document)}</h2><div class="text">{_mark(text, names)}</div><ul>{errors}</ul>\n'


def _line(finding: Finding) -> str:
    other = "" if finding.kind in DETAILS else f"; other side: {finding.instead}"
    instead = f" ({escape(finding.kind)}{escape(other)})" if finding.outcome != "right" or finding.kind in DETAILS else ""
    return f'<li><b class="{finding.outcome}">{finding.outcome}</b> {escape(finding.what)}{instead}</li>\n'


def _mark(text: str, findings: Iterable[Finding]) -> str:
    """Mark spans in the text; where two overlap, the one that starts first, and of those the longer, is marked."""
    spans = sorted((start, -end, f) for f in findings for start, end in f.spans)
    return "".join(_pieces(text, ((start, -end, f) for start, end, f in spans)))


def _pieces(text: str, spans: Iterable[tuple[int, int, Finding]]) -> Iterator[str]:
    at = 0
    for start, end, finding in spans:
        if start >= at:
            says = escape(f"{finding.outcome}: {finding.label} {finding.what} (other side: {finding.instead})")
            yield escape(text[at:start])
            yield f'<mark class="{finding.outcome}" title="{says}">{escape(text[start:end])}</mark>'
            at = end
    yield escape(text[at:])
