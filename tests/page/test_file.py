"""The file of the page: the same each time, whole, safe as text."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from example_graph import example, shuffled
from graphs import firm, posts
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg import rdf
from kg.ontology import Ontology
from kg.outputs import page as output


def test_the_same_graph_gives_the_same_bytes(ontology: Ontology) -> None:
    assert output.render(example(), ontology) == output.render(shuffled(example()), ontology)


def test_the_file_is_written_whole_and_is_small(tmp_path: Path, ontology: Ontology) -> None:
    path = tmp_path / "graph.html"
    graph = firm(200)
    output.write(graph, ontology, path)
    assert path.stat().st_size < 1_500_000 + 1_000 * graph.number_of_edges()
    assert [p.name for p in tmp_path.iterdir()] == ["graph.html"]


def test_the_file_names_no_other_file(ontology: Ontology) -> None:
    html = output.render(example(), ontology)
    own = html.replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"""<(?:link|script|img|iframe)[^>]+(?:src|href)=(?!["']?data:)""", own)
    assert "sourceMappingURL" not in html
    assert html.startswith("<!doctype html>\n<html lang=")


def test_the_page_is_told_which_facts_are_memberships(ontology: Ontology) -> None:
    graph = posts(ontology)
    (data,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', output.render(graph, ontology))
    told = {key for _, _, key, *_, member in json.loads(data)["facts"] if member}
    stated = {t.subject.value for t in rdf.triples(graph, ontology) if str(t.object).endswith("#Membership>")}
    assert {k.split("/")[-1] for k in told} == {s.split("/")[-1] for s in stated}
    assert told


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.recursive(st.text() | st.integers() | st.none(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8))
def test_embedded_data_reads_back_and_cannot_end_its_element(value: Any) -> None:
    text = output.embed(value)
    assert json.loads(text) == value
    assert not re.search("[<>&\u2028\u2029]", text)
    text.encode()


def test_what_the_ontology_does_not_know_is_still_shown(ontology: Ontology) -> None:
    graph = example()
    graph.add_node("thing/x", type="Thing", classes=["Thing"], label="X", language="en", names=[], mentions=[], quantities=[])
    odd = {**next(a for *_, a in graph.edges(data=True)), "predicate": "knowsOf", "status": "Odd"}
    graph.add_edge("thing/x", "person/maria-okafor", key="odd", **odd)
    assert '"name":"knowsOf"' in output.render(graph, ontology)
