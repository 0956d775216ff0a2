import json
import re
import resource
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from kg import folder as folders
from kg import history, pipeline
from kg.errors import GraphError, InputError
from kg.folder import load
from kg.graph import source
from kg.model import Extraction, Issue
from kg.ontology import Ontology
from kg.pipeline import Options, build
from kg.resolve.judgements import Judgement

Folder = Callable[[dict[str, str | bytes]], Path]

FILES: dict[str, str | bytes] = {
    "a.txt": "Mira Solano leads Larkfield Motors.",
    "b.txt": "Mira Solano leads Larkfield Motors. Odd Berg leads Tallgrass Rail.",
    "deep/c.md": "Lin Xiaoyun may lead Heron Works.",
}
QUANTITY = {"kind": "share", "value": "3", "unit": "%", "span": {"document": "gone.txt", "start": 0, "end": 4}, "date": None}
QUOTATION = {"speaker": "person/nobody", "text": "Mira", "language": "en", "span": {"document": "a.txt", "start": 0, "end": 4}}


def contents(out: Path) -> dict[str, bytes]:
    """All that was written but the kept extractions, by name."""
    paths = (p for p in out.rglob("*") if p.is_file() and ".cache" not in p.parts)
    return {p.relative_to(out).as_posix(): p.read_bytes() for p in paths}


def test_a_build_writes_every_output_and_the_texts_as_read(folder: Folder, tmp_path: Path, read: list[str]) -> None:
    summary = build([folder(FILES)], tmp_path / "out")
    written = contents(tmp_path / "out")
    assert sorted(written) == [
        "graph.html", "graph.json", "graph.ttl", "report.md", "sources/a.txt", "sources/b.txt", "sources/deep/c.md.text",
    ]  # fmt: skip
    assert written["sources/deep/c.md.text"].decode() == FILES["deep/c.md"]
    assert (summary.documents, summary.entities, summary.facts, summary.quotations, summary.issues) == (3, 6, 2, 0, ())
    assert summary.seconds > 0
    assert sorted(p.name for p in tmp_path.iterdir()) == ["documents", "out"]


def test_the_graph_comes_back_as_it_was_built(folder: Folder, tmp_path: Path, read: list[str]) -> None:
    build([folder(FILES)], tmp_path / "out")
    graph = load(tmp_path / "out")
    labels = {(graph.nodes[s]["label"], a["predicate"], graph.nodes[o]["label"]) for s, o, a in graph.edges(data=True)}
    assert ("Mira Solano", "chiefExecutiveOf", "Larkfield Motors") in labels
    assert graph.graph["documents"]["a.txt"]["text"] == FILES["a.txt"]
    written = (tmp_path / "out" / "graph.ttl").read_text(encoding="utf-8").partition("\n# The graph\n")[2].partition("\n# Entities\n")[0]
    assert "dcterms:conformsTo <https://w3id.org/kg/ontology/0.1.0> ;" in written and "void:entities 6 ." in written


@pytest.mark.parametrize("given", [str, lambda p: p, lambda p: [str(p)], lambda p: iter([p]), lambda p: (str(f) for f in p.rglob("*.*"))])
def test_paths_may_be_strings_one_alone_or_come_one_after_another(
    folder: Folder, tmp_path: Path, read: list[str], ontology: Ontology, given: Callable[[Path], Any]
) -> None:
    (tmp_path / "judged.csv").write_text("kind,first,second\n")
    options = Options(ontology=str(ontology.folder), judgements=str(tmp_path / "judged.csv"))
    assert build(given(folder(FILES)), str(tmp_path / "out"), options).documents == 3
    assert len(load(str(tmp_path / "out"))) == 6


def test_the_same_input_in_any_order_gives_the_same_bytes(folder: Folder, tmp_path: Path, read: list[str]) -> None:
    top = folder(FILES)
    one, two = [top / "a.txt", top / "b.txt"], [top / "b.txt", top / "a.txt", top / "a.txt"]
    build(one, tmp_path / "one")
    build(two, tmp_path / "two")
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


@pytest.mark.parametrize(
    ("change", "again"),
    [
        ({}, []),
        ({"d.txt": "Pat Quill leads Northwind Bank."}, ["d.txt"]),
        ({"a.txt": "Ana Ruiz leads Larkfield Motors."}, ["a.txt"]),
        ({"a.txt": None}, []),
        ({"a.txt": None, "z.txt": FILES["a.txt"]}, ["z.txt"]),
    ],
)
def test_a_rebuild_reads_only_what_changed_and_equals_a_fresh_build(
    folder: Folder, tmp_path: Path, read: list[str], change: dict[str, str | None], again: list[str]
) -> None:
    build([top := folder(FILES)], tmp_path / "out")
    read.clear()
    folder({name: text for name, text in change.items() if text is not None})
    for name in (n for n, text in change.items() if text is None):
        (top / name).unlink()
    build([top], tmp_path / "out")
    assert read == again
    build([top], tmp_path / "fresh")
    assert contents(tmp_path / "out") == contents(tmp_path / "fresh")
    kept = [{p.name for p in (tmp_path / o / ".cache").iterdir()} for o in ("out", "fresh")]
    assert kept[0] == kept[1]


def test_without_the_cache_everything_is_read_anew(folder: Folder, tmp_path: Path, read: list[str]) -> None:
    for _ in range(2):
        build([folder(FILES)], tmp_path / "out", Options(cache=False))
    assert len(read) == 2 * len(FILES)


def test_facts_of_little_confidence_are_cut_on_demand(folder: Folder, tmp_path: Path, read: list[str]) -> None:
    top = folder(FILES)
    assert build([top], tmp_path / "out", Options(min_confidence=0.0)).facts == 3
    assert build([top], tmp_path / "out").facts == 2
    assert build([top], tmp_path / "out", Options(min_confidence=1.0)).facts == 0


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"min_confidence": 80}, "80 is no confidence"),
        ({"min_confidence": -0.1}, "-0.1 is no confidence"),
        ({"min_confidence": float("nan")}, "nan is no confidence"),
        ({"workers": -1}, "-1 is no number of processes"),
        ({"as_of": "soon"}, "soon is no date"),
        ({"as_of": ""}, "nothing is no date"),
        ({"base": "here"}, "here: is no base of IRIs"),
    ],
)
def test_an_option_out_of_range_is_refused(wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        Options(**wrong)


def test_issues_come_from_reading_and_from_extraction_and_stand_in_the_report(folder: Folder, tmp_path: Path, read: list[str]) -> None:
    summary = build([folder({**FILES, "empty.txt": "", "dull.txt": "It rained."})], tmp_path / "out")
    assert [i.path for i in summary.issues] == ["dull.txt", "empty.txt"]
    assert summary.documents == 4
    assert "states nothing" in (tmp_path / "out" / "report.md").read_text(encoding="utf-8")
    assert load(tmp_path / "out").graph["issues"] == [{"path": i.path, "reason": i.reason} for i in summary.issues]


def test_an_unforeseen_error_costs_its_document_only_and_is_not_kept(
    folder: Folder, tmp_path: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = pipeline.extract
    monkeypatch.setattr(pipeline, "extract", lambda d, o: 1 / 0 if d.identifier == "a.txt" else honest(d, o))  # type: ignore[arg-type]
    summary = build([folder(FILES)], tmp_path / "out")
    assert [i.path for i in summary.issues] == ["a.txt"]
    assert "ZeroDivisionError" in summary.issues[0].reason
    monkeypatch.setattr(pipeline, "extract", honest)
    read.clear()
    assert build([folder(FILES)], tmp_path / "out").issues == ()
    assert read == ["a.txt"]


def test_judgements_made_by_hand_are_obeyed(folder: Folder, tmp_path: Path, read: list[str]) -> None:
    top, out = folder({"a.txt": "Mira Solano leads Larkfield Motors.", "b.txt": "Odd Berg leads Larkfield Works."}), tmp_path / "out"
    assert build([top], out).entities == 4
    folders.judge(out, Judgement("same", "Larkfield Motors", "Larkfield Works"))
    assert build([top], out).entities == 3
    folders.judge(out, Judgement("different", "Larkfield Works", "Larkfield Motors"))
    assert build([top], out).entities == 4
    assert (out / "resolution.csv").read_text(encoding="utf-8").count("Larkfield Works") == 1
    folders.judge(out, Judgement("same", "Larkfield Motors", "z.txt#char=0,5"))
    folders.judge(out, Judgement("wrong", "Odd Berg", "Larkfield Works", "chiefExecutiveOf"))
    (issue,) = build([top], out).issues
    assert [d["predicate"] for _, _, d in load(out).edges(data=True)] == ["chiefExecutiveOf"]
    assert issue.reason == "same: Larkfield Motors, z.txt#char=0,5: had no effect: no document names z.txt#char=0,5"


def test_judgements_that_cannot_be_read_stop_a_build_before_it_reads_and_are_not_replaced(
    folder: Folder, tmp_path: Path, read: list[str]
) -> None:
    out = tmp_path / "out"
    with folders.begun(out):
        pass
    (out / "resolution.csv").mkdir()
    with pytest.raises(InputError, match=r"resolution\.csv: cannot be read: Is a directory"):
        build([folder(FILES)], out)
    with pytest.raises(InputError, match=r"none\.csv: cannot be read: No such file"):
        build([folder(FILES)], tmp_path / "new", Options(judgements=tmp_path / "none.csv"))
    assert read == []
    with pytest.raises(GraphError, match="Is a directory"):
        folders.judge(out, Judgement("same", "Odd Berg", "Mira Solano"))
    assert (out / "resolution.csv").is_dir()


def test_progress_is_told_stage_by_stage(folder: Folder, tmp_path: Path, read: list[str]) -> None:
    told: list[tuple[str, int, int]] = []
    build([folder(FILES)], tmp_path / "out", progress=lambda *step: told.append(step))
    assert [s for s, *_ in told] == ["reading", *["extracting"] * 3, "resolving", "writing"]
    assert told[3] == ("extracting", 3, 3)


def test_a_failed_write_leaves_the_former_graph_whole(
    folder: Folder, tmp_path: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    build([top := folder(FILES)], tmp_path / "out")
    before = contents(tmp_path / "out")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kg.outputs.report.write", fail)
    (top / "a.txt").write_text("Ana Ruiz leads Larkfield Motors.")
    with pytest.raises(GraphError, match="out: cannot be written: No space left on device"):
        build([top], tmp_path / "out")
    assert contents(tmp_path / "out") == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["documents", "out"]


@pytest.mark.parametrize("most", [64, 1_000, 100_000], ids=["kept", "source", "page"])
def test_a_disk_that_is_full_stops_a_build_and_leaves_the_former_graph_whole(
    folder: Folder, tmp_path: Path, read: list[str], most: int
) -> None:
    build([top := folder(FILES)], tmp_path / "out")
    before = contents(tmp_path / "out")
    folder({"a.txt": "Ana Ruiz leads Larkfield Motors." + " Nothing else is told here." * 100})
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, limits[1]))
    try:
        with pytest.raises(GraphError, match=r"out(/.cache)?: cannot be written: File too large"):
            build([top], tmp_path / "out")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert contents(tmp_path / "out") == before
    assert {p.suffix for p in (tmp_path / "out" / ".cache").iterdir()} == {".json", ".TAG", ".lock"}
    assert build([top], tmp_path / "out").documents == 3


def test_documents_whose_names_differ_only_in_their_ends_or_are_too_long_keep_their_texts_apart(
    folder: Folder, tmp_path: Path, read: list[str]
) -> None:
    lines = [json.dumps({"id": i, "text": f"Mira Solano leads Larkfield {i[-4:]}."}) for i in ("3", "3.txt", "q" * 300)]
    names = ("a.md", "a.md.txt", "长" * 84 + ".md", "长" * 82 + ".txt", "b.md", "b.md.text/c.md", "b.md.text.folder/c.md")
    files = {name: f"Odd Berg leads Tallgrass {n}." for n, name in enumerate(names)}
    build([folder({**files, "l.jsonl": "\n".join(lines)})], tmp_path / "out")
    graph = load(tmp_path / "out")
    assert len(graph.graph["documents"]) == len({source(d) for d in graph.graph["documents"]}) == 10
    for identifier, document in graph.graph["documents"].items():
        assert (tmp_path / "out" / "sources" / source(identifier)).read_text(encoding="utf-8") == document["text"]


def test_builds_to_one_folder_take_turns_and_each_is_recorded(folder: Folder, tmp_path: Path, read: list[str]) -> None:
    top, out = folder({f"{n}.txt": f"Mira Solano leads Larkfield {n}." for n in "abc"}), tmp_path / "out"
    with ThreadPoolExecutor(3) as threads:
        built = list(threads.map(lambda path: build([path], out, Options(history=True)), sorted(top.iterdir())))
    assert [summary.documents for summary in built] == [1, 1, 1]
    (last,) = load(out).graph["documents"]
    assert (out / "sources" / last).read_bytes() == (top / last).read_bytes()
    recorded = [(e.change, e.statement.identifier) for e in history.read(out) or () if e.statement.kind == "document"]
    assert sorted(i for change, i in recorded if change == "+") == ["a.txt", "b.txt", "c.txt"]
    assert {i for change, i in recorded if change == "-"} == {"a.txt", "b.txt", "c.txt"} - {last}
    assert sorted(p.name for p in out.iterdir()) == [
        ".cache", "graph.html", "graph.json", "graph.ttl", "history.csv", "report.md", "sources",
    ]  # fmt: skip


@pytest.mark.parametrize(("within", "free"), [([], True), (["build.lock"], True), (["build.lock", "thumbnail.png"], False)])
def test_a_folder_that_another_build_just_begins_is_no_folder_of_other_things(
    folder: Folder, tmp_path: Path, read: list[str], within: list[str], free: bool
) -> None:
    (kept := tmp_path / "out" / ".cache").mkdir(parents=True)
    for name in within:
        (kept / name).touch()
    if free:
        assert build([folder(FILES)], tmp_path / "out").documents == 3
    else:
        with pytest.raises(GraphError, match="holds other things than a graph"):
            build([folder(FILES)], tmp_path / "out")


def test_what_a_killed_run_left_is_swept_away(folder: Folder, tmp_path: Path, read: list[str]) -> None:
    left = tmp_path / "out" / ".partial" / "sources"
    left.mkdir(parents=True)
    with folders.begun(tmp_path / "out"):
        (left / "former.txt").write_text("half a fil")
    build([folder(FILES)], tmp_path / "out")
    assert not left.parent.exists()
    assert not (tmp_path / "out" / "sources" / "former.txt").exists()


def test_a_file_and_a_folder_of_other_things_are_not_overwritten(folder: Folder, tmp_path: Path, read: list[str]) -> None:
    top = folder(FILES)
    (tmp_path / "notes.txt").write_text("mine")
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "graph.json").write_text("mine")
    with pytest.raises(GraphError, match="is a file"):
        build([top], tmp_path / "notes.txt")
    with pytest.raises(GraphError, match="photos: holds other things than a graph"):
        build([top], tmp_path / "photos")
    with pytest.raises(InputError, match="apart"):
        build([top], top / "out")
    assert read == []
    assert (tmp_path / "photos" / "graph.json").read_text() == "mine"
    assert not (top / "out").exists()


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({}, "there is no document to build from$"),
        ({"z.json": "{}"}, r"build from: z\.json: format that cannot be read"),
        ({"z.jsonl": "\n"}, "there is no document to build from$"),
        ({f"{n}.txt": "" for n in range(5)}, r"build from: 0\.txt: empty file; 1\.txt: empty file; 2\.txt: empty file; and 2 more$"),
    ],
)
def test_a_build_that_reads_nothing_leaves_the_graph_as_it_was(
    folder: Folder, tmp_path: Path, read: list[str], files: dict[str, str | bytes], message: str
) -> None:
    build([folder(FILES)], tmp_path / "out")
    before = contents(tmp_path / "out")
    top = folder({f"odd/{name}": content for name, content in files.items()})
    for out in (tmp_path / "out", tmp_path / "new"):
        with pytest.raises(InputError, match=message):
            build([top / "odd" / name for name in files], out)
    assert contents(tmp_path / "out") == before
    assert not (tmp_path / "new").exists()


def test_a_folder_in_which_another_program_keeps_a_cache_is_not_ours(folder: Folder, tmp_path: Path, read: list[str]) -> None:
    theirs = {".cache/CACHEDIR.TAG": folders.TAG.splitlines()[0], ".cache/a.bin": "theirs", "sources/a.c": "theirs", "report.md": "theirs"}
    for name, content in theirs.items():
        (tmp_path / "out" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "out" / name).write_text(content)
    with pytest.raises(GraphError, match="out: holds other things than a graph"):
        build([folder(FILES)], tmp_path / "out")
    assert {p.relative_to(tmp_path / "out").as_posix(): p.read_text() for p in (tmp_path / "out").rglob("*") if p.is_file()} == theirs


def test_kept_sources_are_not_read_into_their_own_graph(folder: Folder, tmp_path: Path, read: list[str]) -> None:
    build([folder(FILES)], tmp_path / "out")
    with pytest.raises(InputError, match="apart"):
        build([tmp_path / "out" / "sources"], tmp_path / "out")


def test_an_empty_folder_and_an_earlier_graph_are_written_to(folder: Folder, tmp_path: Path, read: list[str]) -> None:
    out = tmp_path / "out"
    out.mkdir()
    build([folder(FILES)], out)
    for path in (out / ".cache").iterdir():
        path.unlink()
    (out / "mine.txt").write_text("a note beside the graph")
    assert build([folder(FILES)], out).documents == 3
    assert (out / "mine.txt").exists()


@pytest.mark.parametrize("content", [None, "", "{", "[]", json.dumps({"nodes": []})])
def test_what_is_no_graph_is_refused(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "graph.json").write_text(content)
    with pytest.raises(GraphError, match="is no graph"):
        load(tmp_path)


@pytest.mark.parametrize(
    ("damage", "lack"),
    [
        (lambda content: content["graph"].pop("quotations"), "KeyError('quotations')"),
        (lambda content: content["graph"].update(documents={}), "it lacks a.txt"),
        (lambda content: content["graph"].update(documents=[]), "it lacks documents"),
        (lambda content: content["graph"]["documents"].pop("b.txt"), "it lacks b.txt"),
        (lambda content: content.update(nodes=[]), "KeyError('mentions')"),
        (lambda content: content["edges"][0].pop("evidence"), "KeyError('evidence')"),
        (lambda content: content["graph"].update(quotations=[QUOTATION]), "it lacks person/nobody"),
        (lambda content: content["edges"][0].update(asserted_by=["person/nobody"]), "it lacks person/nobody"),
        (lambda content: content["edges"][0].update(quantities=[QUANTITY]), "it lacks gone.txt"),
        (lambda content: content["nodes"][0].update(quantities=[QUANTITY]), "it lacks gone.txt"),
    ],
)
def test_a_graph_that_lacks_what_it_refers_to_is_refused(
    folder: Folder, tmp_path: Path, read: list[str], damage: Callable[[dict[str, Any]], object], lack: str
) -> None:
    build([folder(FILES)], tmp_path / "out")
    path = tmp_path / "out" / "graph.json"
    content = json.loads(path.read_bytes())
    damage(content)
    path.write_text(json.dumps(content))
    with pytest.raises(GraphError, match=re.escape(f"is no graph of ours: {lack}")):
        load(tmp_path / "out")


@pytest.fixture
def domain(tmp_path: Path, ontology: Ontology, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of our ontology; of each document, how many names the copy has is told as an issue."""
    monkeypatch.setattr(pipeline, "parse", lambda document: document)
    monkeypatch.setattr(pipeline, "extract", lambda d, o: Extraction(d, issues=(Issue(d.identifier, f"{len(o.concepts)} names"),)))
    return shutil.copytree(ontology.folder, tmp_path / "ontology")


def add_name(domain: Path) -> None:
    with (domain / "names.ttl").open("a", encoding="utf-8") as names:
        names.write('\nkgo:Solano a skos:Concept ; kgo:denotes kgo:Person ; skos:prefLabel "Mira Solano"@en .\n')


def test_an_ontology_edited_between_two_builds_is_read_anew(folder: Folder, tmp_path: Path, domain: Path, ontology: Ontology) -> None:
    for more in (0, 1):
        for _ in "built", "kept":
            summary = build([folder({"a.txt": "text"})], tmp_path / "out", Options(ontology=domain))
            assert [i.reason for i in summary.issues] == [f"{len(ontology.concepts) + more} names"]
        add_name(domain)


def test_what_other_processes_find_is_found_by_the_ontology_of_the_build(folder: Folder, tmp_path: Path, domain: Path) -> None:
    def late(task: Any, documents: Any, _: int) -> Any:
        add_name(domain)
        return map(task, documents)

    with pytest.raises(InputError, match="was changed while documents were read"):
        build([folder({"a.txt": "text"})], tmp_path / "out", Options(ontology=domain, engine=late))
