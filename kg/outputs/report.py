"""A graph in, one Markdown page out that tells a person what was found, on what grounds, and what was left out."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from kg.graph import Graph
from kg.ontology import Ontology
from kg.outputs import quote, writing
from kg.phrases import circumstances, label, sure, unheld, visible

TOP, PER_CLASS, LONGEST = 25, 15, 300

Edge = tuple[str, str, str, Mapping[str, Any]]

_SPECIAL = re.compile(r"([\\`*_\[\]#|~$])")


def write(graph: Graph, ontology: Ontology, path: Path) -> None:
    """Write report.md."""
    with writing(path) as part, part.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in _report(graph, ontology))


def _report(graph: Graph, ontology: Ontology) -> Iterator[str]:
    edges = sorted(((s, k, o, a) for s, o, k, a in graph.edges(keys=True, data=True)), key=lambda e: str(e[1]))
    documents, quotations, issues = (graph.graph.get(k, ()) for k in ("documents", "quotations", "issues"))
    counts = {"Documents": documents, "Entities": graph, "Facts": edges, "Quotations": quotations, "Issues": issues}
    yield "# Knowledge graph"
    if "as_of" in graph.graph:
        yield from ("", f"Only what held on {_text(graph.graph['as_of'])} is kept.")
    yield from _table(tuple(counts), [tuple(str(len(c)) for c in counts.values())])
    yield from _issues(issues)
    yield from _documents(graph, edges)
    yield from _entities(graph, ontology)
    yield from _relations(edges, ontology)
    yield from _facts(graph, edges, ontology)
    yield from _quotations(graph)
    yield from _conflicts(graph, edges, ontology)


def _issues(issues: Sequence[Mapping[str, str]]) -> Iterator[str]:
    if issues:
        yield from ("", "## Issues", "", "Left out, or used only in part:")
        yield from _table(("Path", "Reason"), [(_text(i["path"]), _text(i["reason"])) for i in issues])


def _documents(graph: Graph, edges: Sequence[Edge]) -> Iterator[str]:
    named = Counter(d for _, a in graph.nodes(data=True) for d in {s["document"] for s in a["mentions"]})
    stated = Counter(d for *_, a in edges for d in {s["document"] for s in a["evidence"]})
    yield from ("", "## Documents")
    yield from _table(
        ("Document", "Title", "Language", "Date", "Entities", "Facts"),
        [
            (_text(i), _text(d["title"] or ""), d["language"] or "", _text(d["issued"] or ""), str(named[i]), str(stated[i]))
            for i, d in sorted(graph.graph.get("documents", {}).items())
        ],
    )


def _entities(graph: Graph, ontology: Ontology) -> Iterator[str]:
    by_class = defaultdict(list)
    for node, a in sorted(graph.nodes(data=True)):
        by_class[a["classes"][-1]].append((-graph.degree(node), -len(a["mentions"]), node))
    yield from ("", "## Entities")
    for cls, ranked in sorted(by_class.items(), key=lambda i: (-len(i[1]), i[0])):
        yield from ("", f"### {_text(label(ontology.classes, cls))}: {len(ranked)}", "")
        for degree, mentions, node in sorted(ranked)[:PER_CLASS]:
            a = graph.nodes[node]
            others = sorted({n["text"] for n in a["names"]} - {a["label"]})
            also = f" ({', '.join(map(_text, others))})" if others else ""
            yield f"- **{_text(a['label'])}**{also}: facts {-degree}, mentions {-mentions}"
        if len(ranked) > PER_CLASS:
            yield f"- and {len(ranked) - PER_CLASS} more"


def _relations(edges: Sequence[Edge], ontology: Ontology) -> Iterator[str]:
    found = Counter((a["predicate"], a["status"]) for *_, a in edges)
    statuses = sorted({s for _, s in found})
    predicates = Counter(a["predicate"] for *_, a in edges)
    yield from ("", "## Facts by relation")
    yield from _table(
        ("Relation", "Facts", *map(_text, statuses)),
        [
            (_relation(p, ontology), str(total), *(str(found[p, s] or "") for s in statuses))
            for p, total in sorted(predicates.items(), key=lambda i: (-i[1], i[0]))
        ],
    )


def _facts(graph: Graph, edges: Sequence[Edge], ontology: Ontology) -> Iterator[str]:
    """Tell the facts with most support, and apart from them those that are not said to hold."""

    def support(edge: Edge) -> tuple[int, int, float, str]:
        a = edge[3]
        return -len({s["document"] for s in a["evidence"]}), -len(a["evidence"]), -a["confidence"], str(edge[1])

    ranked = sorted(edges, key=support)
    doubtful = [e for e in ranked if unheld(ontology, e[3])]
    parts = (("Facts with most support", [e for e in ranked if not unheld(ontology, e[3])]), ("Only rumoured, or denied", doubtful))
    for heading, listed in parts:
        if listed:
            yield from ("", f"## {heading}", "")
            for edge in listed[:TOP]:
                yield from (f"- {_fact(graph, edge, ontology)}", "", *_passages(graph, edge[3]))
            if len(listed) > TOP:
                yield f"- and {len(listed) - TOP} more"


def _passages(graph: Graph, a: Mapping[str, Any]) -> Iterator[str]:
    """Quote what states a fact, and what its inferred end follows from."""
    spans = [("", s) for s in a["evidence"][:2]] + [("end: ", s) for s in a.get("end_evidence", ())[:2]]
    for lead, span in spans:
        words = _text(_shortened(quote(span, graph.graph["documents"])))
        yield from (f"  > {lead}“{words}” ({_place(span)})", "")


def _quotations(graph: Graph) -> Iterator[str]:
    quotations = graph.graph.get("quotations", ())
    if quotations:
        speakers = Counter(q["speaker"] for q in quotations)
        yield from ("", "## Who is quoted", "")
        for speaker, times in sorted(speakers.items(), key=lambda i: (-i[1], i[0]))[:TOP]:
            first = next(q for q in quotations if q["speaker"] == speaker)
            yield f"- **{_name(graph, speaker)}**, {times}×: “{_text(_shortened(first['text']))}” ({_place(first['span'])})"


def _conflicts(graph: Graph, edges: Sequence[Edge], ontology: Ontology) -> Iterator[str]:
    known = {edge[1]: edge for edge in edges}
    pairs = sorted({tuple(sorted((e[1], c))) for e in edges for c in e[3]["conflicts"] if c in known})
    if pairs:
        yield from ("", "## Conflicts", "", "Statements that cannot hold together:", "")
        yield from (f"- {_fact(graph, known[one], ontology)}; but {_fact(graph, known[other], ontology)}" for one, other in pairs)


def _fact(graph: Graph, edge: Edge, ontology: Ontology) -> str:
    subject, _, object_, a = edge
    said = ", ".join((*circumstances(graph, ontology, a), sure(a)))
    return f"**{_name(graph, subject)}** – {_relation(a['predicate'], ontology)} – **{_name(graph, object_)}** ({_text(said)})"


def _place(span: Mapping[str, Any]) -> str:
    return f"{_text(span['document'])}, {span['start']}–{span['end']}"


def _relation(predicate: str, ontology: Ontology) -> str:
    return _text(label(ontology.relations, predicate))


def _name(graph: Graph, node: str) -> str:
    return _text(graph.nodes[node]["label"] if node in graph else node)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield from ("", f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}")
    yield from (f"| {' | '.join(row)} |" for row in rows)


def _text(words: str) -> str:
    """Write words so that Markdown shows them as they are; signs that cannot be seen show their number."""
    plain = " ".join(visible(words).split())
    return _SPECIAL.sub(r"\\\1", plain.replace("&", "&amp;")).replace("<", "&lt;").replace(">", "&gt;")


def _shortened(words: str) -> str:
    return words if len(words) <= LONGEST else words[:LONGEST] + " …"
