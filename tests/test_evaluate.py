import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from networkx import MultiDiGraph

from kg import marked
from kg.comparison import Finding
from kg.errors import InputError
from kg.evaluate import Evaluation, _Counterparts, evaluate
from kg.graph import Graph, assemble
from kg.model import Document, Entity, Fact, Name, Period, Quotation, Resolution, Span
from kg.ontology import Ontology

TEXT = (
    "Mira Solano runs Larkfield Motors in Porto Belo. Solano founded it; Larkfield has partnered with Tallgrass Rail. "
    'Its new car is the Heron 2 <beta>. "We will build it here, in our own works," Solano said.'
)
GOLD: dict[str, Any] = {
    "id": "a",
    "language": "en",
    "entities": [
        {"id": "e1", "type": "Person", "name": "Mira Solano", "mentions": ["Mira Solano", "Solano"]},
        {"id": "e2", "type": "Organization", "name": "Larkfield Motors", "mentions": ["Larkfield Motors", "Larkfield"]},
        {"id": "e3", "type": "Organization", "name": "Tallgrass Rail", "mentions": ["Tallgrass Rail"]},
        {"id": "e4", "type": "Product", "name": "Heron 2", "mentions": ["Heron 2"]},
        {"id": "e5", "type": "Place", "name": "Porto Belo", "mentions": ["Porto Belo"]},
        {"id": "e6", "type": "Event", "name": "Spring Fair", "mentions": ["Spring Fair"], "optional": True},
    ],
    "relations": [
        {"subject": "e1", "predicate": "chiefExecutiveOf", "object": "e2", "status": "current"},
        {"subject": "e1", "predicate": "founderOf", "object": "e2", "status": "past", "evidence": "Solano founded it"},
        {"subject": "e2", "predicate": "partnerOf", "object": "e3"},
        {"subject": "e4", "predicate": "releasedBy", "object": "e2"},
        {"subject": "e2", "predicate": "headquarteredIn", "object": "e5", "optional": True},
    ],
    "quotes": [{"speaker": "e1", "text": "We will build it here, in our own works,"}],
}


def places(word: str) -> tuple[Span, ...]:
    starts = [n for n in range(len(TEXT)) if TEXT.startswith(word, n)]
    return tuple(Span("news/a.txt", n, n + len(word)) for n in starts)


def entity(identifier: str, type_: str, *names: str) -> Entity:
    return Entity(
        identifier, (type_,), Name(names[0], "en"), tuple(Name(n, "en") for n in names), tuple(s for n in names for s in places(n))
    )


SOLANO = entity("person/mira-solano", "Person", "Mira Solano", "Solano")
LARKFIELD = entity("organization/larkfield", "Organization", "Larkfield Motors", "Larkfield")
TALLGRASS = entity("organization/tallgrass-rail", "Organization", "Tallgrass Rail")
HERON = entity("product/heron-2", "Product", "Heron 2")


def graph(*entities: Entity, facts: str = "", quote: tuple[str, str] | None = None) -> Graph:
    """A graph whose facts are given as lines of subject, predicate, object and status."""
    rows = (line.split() for line in facts.splitlines() if line.strip())
    stated = tuple(Fact(f"fact/{n}", s, p, o, status, (Span("news/a.txt", 0, 48),)) for n, (s, p, o, status) in enumerate(rows))
    quotations = (Quotation("quotation/1", quote[0], Name(quote[1], "en"), places(quote[1])[0]),) if quote else ()
    return assemble(Resolution(entities, stated, quotations), [Document("news/a.txt", TEXT, "en")])


PERFECT = """
person/mira-solano chiefExecutiveOf organization/larkfield Current
person/mira-solano founderOf organization/larkfield Past
organization/tallgrass-rail partnerOf organization/larkfield Current
product/heron-2 releasedBy organization/larkfield Current
"""
WORDS = ("person/mira-solano", "We will build it here, in our own works,")


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    folder = tmp_path / "gold"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    (folder / "a.json").write_text(json.dumps(GOLD), encoding="utf-8")
    (folder / "clusters.json").write_text("{}")
    return folder


@pytest.fixture
def judge(gold: Path, ontology: Ontology):
    return lambda graph: evaluate(graph, ontology, [gold])


def errors(evaluation: Evaluation) -> set[tuple[str, str, str, str]]:
    return {(f.kind, f.outcome, f.label, f.instead) for f in evaluation.findings if f.outcome != "right"}


def test_a_perfect_graph_has_no_errors(judge) -> None:
    place = entity("place/porto-belo", "Place", "Porto Belo")
    evaluation = judge(graph(SOLANO, LARKFIELD, TALLGRASS, HERON, place, facts=PERFECT, quote=WORDS))
    assert errors(evaluation) == set()
    assert [evaluation.score(k).f1 for k in ("entities", "relations", "quotes")] == [1, 1, 1]
    assert evaluation.status_accuracy == 1
    assert evaluation.confusions() == evaluation.worst() == []


def test_titles_and_dates_of_right_relations_are_compared(gold, ontology) -> None:
    def job(title: str | None, start: str | None = None, end: str | None = None, status: str = "current") -> dict[str, Any]:
        ends = {"subject": "e1", "predicate": "holdsPositionAt", "object": "e2"}
        return ends | {"title": title, "start": start, "end": end, "status": status}

    def held(title: str, number: int, *days: str | None) -> Fact:
        ends, evidence = (SOLANO.identifier, "holdsPositionAt", LARKFIELD.identifier), (Span("news/a.txt", 0, 48),)
        return Fact(f"fact/{number}", *ends, "Current", evidence, Name(title, "en"), Period(*days))

    jobs = [job("treasurer", "2009", "2012", "past"), job("head of design", "2020-05"), job("adviser")]
    jobs += [job("patron", "1999") | {"optional": True}, job("friend", "1998") | {"optional": True}]
    (gold / "a.json").write_text(json.dumps(GOLD | {"relations": jobs, "quotes": []}), encoding="utf-8")
    facts = (held("Treasurer", 1, "2009", "2012"), held("head of design", 2, "2012"), held("chair", 3), held("patron", 4, "1999"))
    told = assemble(Resolution((SOLANO, LARKFIELD), facts, ()), [Document("news/a.txt", TEXT, "en")])
    evaluation = evaluate(told, ontology, [gold])
    assert [(f.outcome, f.what.rpartition(": ")[2]) for f in evaluation.findings if f.kind == "titles"] == [
        ("extra", "chair"), ("missed", "adviser"), ("right", "headofdesign"), ("right", "treasurer"),
    ]  # fmt: skip
    assert [(f.outcome, f.what.rpartition(": ")[2]) for f in evaluation.findings if f.kind == "dates"] == [
        ("extra", "start 2012 headofdesign"), ("missed", "start 2020-05 headofdesign"),
        ("right", "end 2012 treasurer"), ("right", "start 2009 treasurer"),
    ]  # fmt: skip
    assert evaluation.figures()["titles"]["precision"] == round(2 / 3, 4)
    assert not [c for c in evaluation.confusions() if c[0] in ("titles", "dates")]


def test_an_empty_graph_misses_everything_asked_for(judge) -> None:
    evaluation = judge(graph())
    assert [evaluation.score(k).missed for k in ("entities", "relations", "quotes")] == [5, 4, 1]
    assert [evaluation.score(k).f1 for k in ("entities", "relations", "quotes")] == [0, 0, 0]
    assert evaluation.worst() == [("a.txt", 10, 0, 0)]


@pytest.mark.parametrize(
    ("entities", "expected"),
    [
        ([SOLANO, LARKFIELD, TALLGRASS], ("missed", "Product", "nothing")),
        ([SOLANO, LARKFIELD, TALLGRASS, HERON, entity("person/x", "Person", "Its")], ("extra", "Person", "nothing")),
        (
            [SOLANO, LARKFIELD, TALLGRASS, HERON, entity("organization/x", "Organization", "Larkfield")],
            ("extra", "Organization", "duplicate"),
        ),
        ([SOLANO, LARKFIELD, TALLGRASS, entity("person/x", "Person", "Heron 2")], ("missed", "Product", "Person")),
        ([SOLANO, LARKFIELD, TALLGRASS, entity("person/x", "Person", "Heron 2")], ("extra", "Person", "Product")),
    ],
)
def test_errors_in_entities_say_what_the_other_side_has(judge, entities: list[Entity], expected: tuple[str, str, str]) -> None:
    outcome, label, instead = expected
    assert ("entities", outcome, label, instead) in errors(judge(graph(*entities)))


def test_extra_places_do_not_count(judge) -> None:
    evaluation = judge(graph(SOLANO, LARKFIELD, TALLGRASS, HERON, entity("place/x", "Place", "here")))
    assert evaluation.score("entities").extra == 0


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ("person/mira-solano chairOf organization/larkfield Current", ("relations", "extra", "chairOf", "chiefExecutiveOf")),
        ("organization/larkfield releasedBy product/heron-2 Current", ("relations", "missed", "releasedBy", "releasedBy reversed")),
        ("person/mira-solano founderOf organization/larkfield Current", ("status", "missed", "past", "current")),
        ("organization/larkfield competitorOf organization/tallgrass-rail Current", ("relations", "missed", "partnerOf", "competitorOf")),
    ],
)
def test_errors_in_relations_say_what_the_other_side_has(judge, facts: str, expected: tuple[str, str, str, str]) -> None:
    assert expected in errors(judge(graph(SOLANO, LARKFIELD, TALLGRASS, HERON, facts=facts)))


def test_symmetric_relations_hold_in_either_order(judge) -> None:
    for facts in (
        "organization/larkfield partnerOf organization/tallgrass-rail Current",
        "organization/tallgrass-rail partnerOf organization/larkfield Current",
    ):
        assert judge(graph(LARKFIELD, TALLGRASS, facts=facts)).score("relations", "partnerOf").f1 == 1


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        (("person/mira-solano", "We will build it here, in our own works"), {"right": 1, "extra": 0, "missed": 0}),
        (("person/mira-solano", "We will build it here, in"), {"right": 0, "extra": 0, "missed": 1}),
        (("person/mira-solano", "in our own"), {"right": 0, "extra": 1, "missed": 1}),
        (("organization/larkfield", "We will build it here, in our own works"), {"right": 0, "extra": 1, "missed": 1}),
    ],
)
def test_a_quotation_is_right_with_its_speaker_and_most_of_its_words(judge, quote: tuple[str, str], expected: dict[str, int]) -> None:
    score = judge(graph(SOLANO, LARKFIELD, quote=quote)).score("quotes")
    assert {"right": score.right, "extra": score.extra, "missed": score.missed} == expected


def test_confusions_count_each_error_once(judge) -> None:
    wrong = entity("person/x", "Person", "Heron 2")
    facts = "person/mira-solano chairOf organization/larkfield Current"
    evaluation = judge(graph(SOLANO, LARKFIELD, TALLGRASS, wrong, facts=facts))
    rows = evaluation.confusions()
    assert ("entities", "Product", "Person", 1) in rows
    assert ("relations", "chiefExecutiveOf", "chairOf", 1) in rows
    assert ("relations", "releasedBy", "nothing", 1) in rows
    assert not any(gold == "nothing" for _, gold, _, _ in rows)


def test_findings_point_into_the_text(judge) -> None:
    evaluation = judge(graph(LARKFIELD))
    missed = {f.what: [TEXT[s:e] for s, e in f.spans] for f in evaluation.findings if f.outcome == "missed"}
    assert missed["Tallgrass Rail"] == ["Tallgrass Rail"]
    assert missed["Mira Solano – founderOf – Larkfield Motors"] == ["Solano founded it"]


def test_the_page_marks_errors_and_escapes_the_text(judge, tmp_path: Path) -> None:
    extra = entity("person/x", "Person", "<beta>")
    evaluation = judge(graph(SOLANO, LARKFIELD, extra, facts=PERFECT.splitlines()[1]))
    marked.write(evaluation, tmp_path / "errors.html")
    page = (tmp_path / "errors.html").read_text(encoding="utf-8")
    assert ">&lt;beta&gt;</mark>" in page
    assert "<beta>" not in page
    assert '<mark class="missed" title="missed: Organization Tallgrass Rail (other side: nothing)">Tallgrass Rail</mark>' in page
    assert '<mark class="right"' in page
    assert "<script" not in page


def test_overlapping_marks_keep_the_text_whole() -> None:
    findings = [
        Finding("a.txt", "entities", "Person", "right", "x", spans=((0, 5), (3, 8))),
        Finding("a.txt", "entities", "Person", "extra", "y", spans=((0, 9),)),
    ]
    evaluation = Evaluation(tuple(findings), {"a.txt": "0123456789"})
    page = marked._mark("0123456789", evaluation.findings)
    assert page.replace("</mark>", "").split(">", 1)[1] == "0123456789"


@pytest.mark.parametrize(
    ("content", "message"),
    [("{", "is no JSON"), ('{"entities": [{"id": "e1"}], "relations": []}', "is no annotation")],
)
def test_broken_gold_names_its_file(gold: Path, ontology: Ontology, content: str, message: str) -> None:
    (gold / "b.json").write_text(content)
    with pytest.raises(InputError, match=f"b.json: {message}"):
        evaluate(graph(), ontology, [gold])


def test_gold_text_that_is_not_utf_8_names_its_file(gold: Path, ontology: Ontology) -> None:
    (gold / "a.txt").write_bytes("Café Tarrow".encode("latin-1"))
    with pytest.raises(InputError, match=r"a.txt: not valid UTF-8 \(byte 3\)"):
        evaluate(graph(), ontology, [gold])


def test_documents_that_the_graph_lacks_are_named(gold: Path, ontology: Ontology) -> None:
    (gold / "b.json").write_text(json.dumps(GOLD), encoding="utf-8")
    evaluation = evaluate(graph(), ontology, [gold])
    assert [i.path for i in evaluation.issues] == evaluation.figures()["missing"] == ["b.txt"]


def test_of_documents_that_share_a_name_that_with_the_text_is_meant(gold: Path, ontology: Ontology) -> None:
    news = graph(SOLANO, LARKFIELD, TALLGRASS, HERON, facts=PERFECT, quote=WORDS)
    other = {**news.graph["documents"]["news/a.txt"], "text": "It rained."}
    alone = evaluate(news, ontology, [gold])
    news.graph["documents"] |= {"b/a.txt": other, "z/a.txt": other}
    assert evaluate(news, ontology, [gold]) == alone
    news.graph["documents"]["news/a.txt"]["text"] = "It snowed."
    (issue,) = evaluate(news, ontology, [gold]).issues
    assert issue.path == "a.txt"
    assert issue.reason.startswith("none of the graph's 3 documents of this name has this text")


def test_gold_documents_that_share_a_name_go_by_their_paths(gold: Path, ontology: Ontology, tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "a.txt").write_text("It rained.")
    (tmp_path / "more" / "a.json").write_text(json.dumps({"entities": [], "relations": []}))
    news = graph(SOLANO, LARKFIELD, TALLGRASS, HERON, facts=PERFECT, quote=WORDS)
    news.graph["documents"]["more/a.txt"] = {**news.graph["documents"]["news/a.txt"], "text": "It rained."}
    evaluation = evaluate(news, ontology, [gold, tmp_path / "more"])
    assert evaluation.texts == {(gold / "a.txt").as_posix(): TEXT, (tmp_path / "more" / "a.txt").as_posix(): "It rained."}
    assert {f.document for f in evaluation.findings} == {(gold / "a.txt").as_posix()}
    assert evaluation.score("relations").f1 == 1


def test_a_folder_without_gold_is_refused(ontology: Ontology, tmp_path: Path) -> None:
    (tmp_path / "clusters.json").write_text("{}")
    with pytest.raises(InputError, match="holds no gold document"):
        evaluate(graph(), ontology, [tmp_path])


def test_a_missing_folder_is_named(ontology: Ontology, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nowhere"):
        evaluate(graph(), ontology, [tmp_path / "nowhere"])


FINDINGS = st.builds(
    Finding,
    st.sampled_from("abc"),
    st.sampled_from(["entities", "relations", "quotes", "status"]),
    st.sampled_from("xy"),
    st.sampled_from(["right", "extra", "missed"]),
    st.just("what"),
)


@given(st.lists(FINDINGS, max_size=20))
def test_the_worst_documents_are_those_with_the_most_errors(findings) -> None:
    expected = []
    for document in "abc":
        own = [f for f in findings if f.document == document]
        errors = sum(f.outcome != "right" and f.kind != "status" for f in own)
        alone = Evaluation(tuple(own), {})
        expected += [(document, errors, alone.score("entities").f1, alone.score("relations").f1)] if errors else []
    assert Evaluation(tuple(findings), {}).worst(2) == sorted(expected, key=lambda e: (-e[1], e[0]))[:2]


def test_twice_as_many_documents_take_twice_the_work(tmp_path: Path, steps) -> None:
    work: dict[str, list[int]] = {"page": [], "documents": []}
    for size in (60, 120):
        names = [f"d{n}.txt" for n in range(size)]
        findings = tuple(Finding(d, "relations", "acquired", outcome, "w") for d in names for outcome in ("extra", "right", "right"))
        evaluation = Evaluation(findings, dict.fromkeys([*names, *(f"whole-{d}" for d in names)], "x"))
        found = MultiDiGraph(documents={f"{top}/{d}": {"text": f"{top} {d}"} for d in names for top in ("a", "b", f"c/{d}")})
        work["page"].append(steps(lambda evaluation=evaluation: marked.write(evaluation, tmp_path / "errors.html")))
        work["documents"].append(steps(lambda found=found, names=names: counterparts(found, names)))
    assert all(many <= 2.5 * few for few, many in work.values())


def counterparts(found: Graph, names: list[str]) -> None:
    known = _Counterparts(found)
    assert [known.of(d, f"b {d}") for d in names] == [(f"b/{d}", "") for d in names]
