"""What a graph says is checked against the kept texts and against shapes; a finding names the fact and quotes its evidence."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

sys.path.insert(0, str(Path(__file__).parent / "outputs"))

from example_graph import example, ontology

from kg.discrepancies import discrepancies
from kg.errors import GraphError, OntologyError
from kg.graph import Graph
from kg.outputs import turtle
from kg.validate import Verification, validate

ONTOLOGY = Path(__file__).parent.parent / "ontology"
PREFIXES = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix oa: <http://www.w3.org/ns/oa#> .
@prefix kgo: <https://w3id.org/kg/ontology#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> ."""
FIRST = "“Maria Okafor – chief executive of – Larkfield Motors” (current)"


def kept(graph: Graph, folder: Path) -> Path:
    sources = folder / "sources"
    for identifier, document in graph.graph["documents"].items():
        path = sources / identifier
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(document["text"].encode())
    return sources


def reasons(verification: Verification) -> str:
    return "\n".join(f"{i.path}: {i.reason}" for i in verification.issues)


def test_an_untouched_graph_stands(tmp_path: Path) -> None:
    graph = example()
    found = validate(graph, ontology(tmp_path), kept(graph, tmp_path))
    assert found == Verification(anchored=6, facts=6, quotations=2, issues=(), quoted=2)


def test_the_written_file_is_what_is_checked(tmp_path: Path) -> None:
    graph = example()
    graph.graph["base"] = "https://other.example/things/"
    sources = kept(graph, tmp_path)
    turtle.write(graph, ontology(), tmp_path / "graph.ttl")
    assert validate(graph, ontology(tmp_path), sources).issues == ()
    text = (tmp_path / "graph.ttl").read_text(encoding="utf-8")
    (tmp_path / "graph.ttl").write_text(text.replace('oa:exact "She took over', 'oa:exact "He took over'), encoding="utf-8")
    found = validate(graph, ontology(tmp_path), sources)
    assert found.anchored == 4 and "“Maria Okafor – succeeds – Budi Hartanto” (current): characters 83 to 115 of the kept text" in reasons(
        found
    )
    (tmp_path / "graph.ttl").write_text("no turtle", encoding="utf-8")
    with pytest.raises(GraphError, match=r"graph\.ttl"):
        validate(graph, ontology(tmp_path), sources)


def test_a_changed_text_is_found_and_its_facts_named(tmp_path: Path) -> None:
    graph = example()
    sources = kept(graph, tmp_path)
    path = sources / "news" / "en-1.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("Okafor said, ", "Okafor told us, "), encoding="utf-8")
    found = validate(graph, ontology(tmp_path), sources)
    assert (found.anchored, found.quoted) == (4, 1)  # what stands before the change still stands where it stood
    assert "news/en-1.txt: its kept text is not the one that was read (its SHA-256 differs)" in reasons(found)
    assert "a quotation of Maria Okafor: characters 131 to 174 of the kept text are other words than its evidence" in reasons(found)


def test_a_missing_or_undecodable_text_is_found(tmp_path: Path) -> None:
    graph = example()
    sources = kept(graph, tmp_path)
    (sources / "zh-1.txt").unlink()
    (sources / "id-1.txt").write_bytes(b"\xff\xfe")
    found = validate(graph, ontology(tmp_path), sources)
    assert (found.anchored, found.quoted) == (4, 1)
    assert "zh-1.txt: its kept text cannot be read: No such file or directory" in reasons(found)
    assert "id-1.txt: its kept text cannot be read: not UTF-8" in reasons(found)
    assert "zh-1.txt: “林晓云 – chair of – 青溪科技” (current): the text of its evidence is not kept." in reasons(found)


def test_a_fact_without_evidence_is_found(tmp_path: Path) -> None:
    graph = example()
    graph.edges["person/maria-okafor", "person/budi-hartanto", "3c"]["evidence"] = []
    found = validate(graph, ontology(tmp_path), kept(graph, tmp_path))
    assert found.anchored == 5 and "graph.ttl: “Maria Okafor – succeeds – Budi Hartanto” (current): it has no evidence." in reasons(found)


def test_a_quotation_in_other_words_is_found(tmp_path: Path) -> None:
    graph = example()
    graph.graph["quotations"][0]["text"] = "We might build cars."
    found = validate(graph, ontology(tmp_path), kept(graph, tmp_path))
    assert found.quoted == 1 and "a quotation of Maria Okafor: its words differ from its evidence." in reasons(found)


def test_our_shapes_pass_the_example(tmp_path: Path) -> None:
    graph = example()
    assert reasons(validate(graph, ontology(ONTOLOGY), kept(graph, tmp_path))) == ""


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"confidence": 1.5}, f"{FIRST}: A fact needs a confidence from 0 to 1. It is “1.5”. It rests on “Maria Okafor has been chief"),
        ({"start_bounds": ["2032-01-01", "2031-01-01"]}, f"{FIRST}: The earliest start lies after the latest."),
        ({"status": "Perhaps"}, "A fact needs exactly one known status."),
    ],
)
def test_a_violation_names_the_fact_and_quotes_it(tmp_path: Path, change: dict[str, object], expected: str) -> None:
    graph = example()
    graph.edges["person/maria-okafor", "organization/larkfield-motors", "1a"].update(change)
    assert expected in reasons(validate(graph, ontology(ONTOLOGY), kept(graph, tmp_path)))


def test_a_violation_of_an_entity_names_its_facts(tmp_path: Path) -> None:
    graph = example()
    second = graph.edges["person/budi-hartanto", "organization/larkfield-motors", "2b"]
    second.update(status="Current", end_confidence=None)  # no succession has ended it
    found = reasons(validate(graph, ontology(ONTOLOGY), kept(graph, tmp_path)))
    assert f"{FIRST}: warning: More than one chief executive at a time." in found
    assert "“Budi Hartanto – chief executive of – Larkfield Motors” (current): warning: More than one" in found


def test_a_finding_of_a_value_names_the_fact_with_that_value_only(tmp_path: Path) -> None:
    graph, shapes = example(), tmp_path / "mine.ttl"
    first = next(o for s, o, a in graph.edges(data=True) if a["predicate"] == "succeeds")
    allowed = f"sh:property [ sh:path kgo:succeeds ; sh:in ( <https://w3id.org/kg/id/{first}> ) ]"
    shapes.write_text(f"{PREFIXES} [] a sh:NodeShape ; sh:targetClass kgo:Person ; {allowed} .", encoding="utf-8")
    assert validate(graph, ontology(ONTOLOGY), kept(graph, tmp_path), [shapes]).sound
    shapes.write_text(f"{PREFIXES} [] a sh:NodeShape ; sh:targetClass kgo:Person ; {allowed.replace(first, 'person/nobody')} .")
    found = validate(graph, ontology(ONTOLOGY), kept(graph, tmp_path), [shapes])
    assert not found.sound and "succeeds" in reasons(found)


def test_a_shape_for_a_class_is_one_for_its_parts_and_a_note_leaves_the_graph_sound(tmp_path: Path) -> None:
    graph, shapes = example(), tmp_path / "mine.ttl"
    wanted = "sh:targetClass kgo:Entity ; sh:property [ sh:path skos:hiddenLabel ; sh:minCount 1 ; sh:severity sh:Info ]"
    shapes.write_text(f"{PREFIXES} [] a sh:NodeShape ; {wanted} .", encoding="utf-8")
    found = validate(graph, ontology(ONTOLOGY), kept(graph, tmp_path), [shapes])
    assert found.sound and reasons(found).count(": note: ") == len(graph)


def test_shapes_of_the_user_count_too(tmp_path: Path) -> None:
    shapes = tmp_path / "mine.ttl"
    shapes.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix oa: <http://www.w3.org/ns/oa#> . [] a sh:NodeShape ; "
        "sh:targetClass oa:TextQuoteSelector ; sh:property [ sh:path oa:exact ; sh:maxLength 60 ; "
        'sh:message "too long"@en , "terlalu panjang"@id ] .',
        encoding="utf-8",
    )
    graph = example()
    found = reasons(validate(graph, ontology(tmp_path), kept(graph, tmp_path), [shapes]))
    assert "id-1.txt: evidence “Budi Hartanto memimpin Larkfield Motors sampai September 2031.”: too long" in found
    with pytest.raises(OntologyError, match=r"other\.ttl: there is no such file"):
        validate(graph, ontology(tmp_path), tmp_path / "sources", [tmp_path / "other.ttl"])
    for faulty in ("sh:property [ sh:minCount 1 ]", 'sh:property [ sh:path oa:exact ; sh:pattern "(" ]'):
        shapes.write_text(f"{PREFIXES} [] a sh:NodeShape ; sh:targetClass oa:TextQuoteSelector ; {faulty} .", encoding="utf-8")
        with pytest.raises(OntologyError, match=r"mine\.ttl: the shapes cannot be used"):
            validate(graph, ontology(tmp_path), tmp_path / "sources", [shapes])
    shapes.write_text("not turtle", encoding="utf-8")
    with pytest.raises(OntologyError, match=r"mine\.ttl: is no Turtle"):
        validate(graph, ontology(tmp_path), tmp_path / "sources", [shapes])


@pytest.mark.parametrize("words", ["1.5 billion dollars", "since 10 September 2031"])
def test_every_span_is_checked_whatever_points_to_it(tmp_path: Path, words: str) -> None:
    graph = example()
    start = graph.graph["documents"]["news/en-1.txt"]["text"].index("since 10 September 2031")
    end_evidence = [{"document": "news/en-1.txt", "start": start, "end": start + len("since 10 September 2031")}]
    graph.edges["person/budi-hartanto", "organization/larkfield-motors", "2b"]["end_evidence"] = end_evidence
    sources, path = kept(graph, tmp_path), tmp_path / "graph.ttl"
    turtle.write(graph, ontology(), path)
    assert validate(graph, ontology(tmp_path), sources).sound
    written = path.read_text(encoding="utf-8")
    path.write_text(written.replace(f'oa:exact "{words}"', 'oa:exact "12 zillion cats"'), encoding="utf-8")
    assert "news/en-1.txt: evidence “12 zillion cats”: characters" in reasons(validate(graph, ontology(tmp_path), sources))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "",
            "person:budi-hartanto kgo:chiefExecutiveOf organization:larkfield-motors .",
            "says what graph.json does not say: 1 triple, such",
        ),
        ("kgo:status kgo:Past", "kgo:status kgo:Current", "does not say what graph.json says: 1 triple, such as"),
        ("kgo:value 1500000000", "kgo:value 7", "ontology#value> "),
        ("void:entities ", "void:entities 1", "does not say what graph.json says: 1 triple, such as <https://w3id.org/kg/id/> "),
        ('kgo:sha256 "', 'kgo:sha256 "00', "ontology#sha256> "),
        ("oa:start ", "oa:start 1", "oa#hasSelector> \\[\\] ."),
        ('oa:prefix "', 'oa:prefix "not ', "oa#hasSelector> \\[\\] ."),
        ("", '<https://x.example/a> skos:note [ skos:note "b" ] .', "says what graph.json does not say: 2 triples, such as <"),
    ],
)
def test_the_written_file_says_what_the_graph_says(tmp_path: Path, old: str, new: str, expected: str) -> None:
    graph = example()
    sources = kept(graph, tmp_path)
    path = tmp_path / "graph.ttl"
    turtle.write(graph, ontology(), path)
    written = path.read_text(encoding="utf-8")
    assert old in written
    path.write_text(written.replace(old, new, 1) if old else written + new, encoding="utf-8")
    found = validate(graph, ontology(tmp_path), sources)
    assert not found.sound and re.search(f"graph.ttl: it .*{expected}", reasons(found))


def test_blank_nodes_are_compared_by_what_is_said_of_them_and_each_counts_once() -> None:
    stated = [*ox.parse("<a:a> <a:b> _:x , _:y . _:x <a:c> 1 . _:y <a:c> 2 . <a:d> <a:b> _:z . _:z <a:c> 1 .", ox.RdfFormat.TURTLE)]
    store = ox.Store()
    store.extend(ox.parse("<a:d> <a:b> [ <a:c> 1 ] . <a:a> <a:b> [ <a:c> 2 ] , [ <a:c> 1 ] .", ox.RdfFormat.TURTLE))

    def counts(more: str = "") -> tuple[int, int]:
        other = ox.Store()
        other.extend([*store, *ox.parse(more, ox.RdfFormat.TURTLE)])
        lacking, besides = discrepancies(other, lambda: (q.triple for q in stated))
        return lacking.count, besides.count

    assert counts() == (0, 0)
    assert counts("<a:a> <a:b> [ <a:c> 2 ] .") == (0, 2)
    assert counts("<a:a> <a:b> <a:e> .") == (0, 1)


def test_a_file_without_a_shape_is_told(tmp_path: Path) -> None:
    shapes, graph = tmp_path / "mine.ttl", example()
    sources = kept(graph, tmp_path)
    shape = f"{PREFIXES} [] a sh:NodeShape ; sh:targetClass kgo:Person ; sh:property [ sh:path kgo:nothing ; sh:minCount 1 ] ."
    shapes.write_text(shape, encoding="utf-8")
    assert not validate(graph, ontology(ONTOLOGY), sources, [shapes]).sound
    for nothing in ("<http://e.example/a> <http://e.example/b> <http://e.example/c> .", shape.replace("ns/shacl#", "ns/shackl#"), ""):
        shapes.write_text(nothing, encoding="utf-8")
        with pytest.raises(OntologyError, match=r"mine\.ttl: there are no shapes in it"):
            validate(graph, ontology(ONTOLOGY), sources, [shapes])
