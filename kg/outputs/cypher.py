"""A graph in, Cypher statements out, for property-graph databases; running them twice changes nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kg.graph import Graph
from kg.ontology import Ontology
from kg.outputs import dates, quote, writing

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


def write(graph: Graph, ontology: Ontology, path: Path) -> None:
    """Write graph.cypher: a node per entity, a relationship per fact."""
    documents = graph.graph.get("documents", {})
    with writing(path) as part, part.open("w", encoding="utf-8", newline="\n") as file:
        file.write("CREATE CONSTRAINT entity_id IF NOT EXISTS FOR (n:Entity) REQUIRE n.id IS UNIQUE;\n")
        for node in sorted(graph):
            file.write(_node(node, graph.nodes[node]))
        for subject, object_, key, a in sorted(graph.edges(keys=True, data=True), key=lambda e: str(e[2])):
            file.write(_edge((subject, key, object_), a, documents))


def _node(node: str, a: Mapping[str, Any]) -> str:
    labels = "".join(f":{_word(c)}" for c in a["classes"])
    kept = {"label": a["label"], "language": a["language"], "names": sorted({n["text"] for n in a["names"]} | {a["label"]})}
    if a.get("concept"):
        kept["concept"] = a["concept"]
    kept |= _figures(a)
    return f"MERGE (n:Entity {{id: {_literal(node)}}}) SET n{labels}, n += {_map(kept)};\n"


def _edge(ends: tuple[str, str, str], a: Mapping[str, Any], documents: Mapping[str, Any]) -> str:
    subject, key, object_ = map(_literal, ends)
    kept = {k: a[k] for k in ("status", "confidence", "inferred", "conflicts") if a[k]} | dates(a) | _figures(a)
    if a["asserted_by"]:
        kept["asserted_by"] = sorted(a["asserted_by"])
    if a["title"]:
        kept["title"] = a["title"]["text"]
    kept["evidence"] = [quote(s, documents) for s in a["evidence"]]
    kept["documents"] = sorted({s["document"] for s in a["evidence"]})
    found = f"MATCH (s:Entity {{id: {subject}}}) MATCH (o:Entity {{id: {object_}}})"
    return f"{found} MERGE (s)-[r:{_word(a['predicate'])} {{id: {key}}}]->(o) SET r += {_map(kept)};\n"


def _figures(a: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Return the figures of a fact or a thing by kind: values, and beside them units and dates, "" where none is stated."""
    kinds = {kind: [q for q in a["quantities"] if q["kind"] == kind] for kind in sorted({q["kind"] for q in a["quantities"]})}
    parts = (("", lambda q: float(q["value"])), ("_unit", lambda q: q["unit"]), ("_date", lambda q: q["date"] or ""))
    return {kind + name: [part(q) for q in figures] for kind, figures in kinds.items() for name, part in parts}


def _map(values: Mapping[str, Any]) -> str:
    return "{" + ", ".join(f"{k if k.isidentifier() else _word(k)}: {_literal(v)}" for k, v in values.items()) + "}"


def _literal(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_literal, value))}]"
    if not isinstance(value, str):
        return repr(value)
    text = value.replace("\\", "\\\\").replace("'", "\\'")
    text = _CONTROL.sub(lambda m: f"\\u{ord(m[0]):04X}", text)
    # Neo4j before 5 reads \uXXXX before it reads \\, so that "\\u0027" would end the string: keep the two apart.
    return "'" + re.sub(r"(\\\\)(?=u)", r"\1' + '", text) + "'"


def _word(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"
