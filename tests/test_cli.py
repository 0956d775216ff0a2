import errno
import json
import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner, Result

from kg import __version__
from kg.cli import main
from kg.folder import begun
from kg.iris import BASE
from kg.outputs import FORMATS

Folder = Callable[[dict[str, str | bytes]], Path]
Run = Callable[..., Result]
TOP = Path(__file__).parent.parent

FILES: dict[str, str | bytes] = {
    "a.txt": "Mira Solano leads Larkfield Motors.",
    "b.txt": "Odd Berg leads Tallgrass Rail. Odd Berg leads Larkfield Motors.",
    "c.txt": "Pat Quill leads Northwind Bank.",
}


@pytest.fixture
def run() -> Run:
    def run(*words: object, code: int = 0, given: str | None = None) -> Result:
        result = CliRunner().invoke(main, [str(w) for w in words], input=given)
        assert result.exit_code == code, result.output + repr(result.exception)
        return result

    return run


@pytest.fixture
def out(folder: Folder, tmp_path: Path, read: list[str], run: Run) -> Path:
    run("build", folder(FILES), "-o", tmp_path / "out")
    return tmp_path / "out"


def test_every_command_says_what_it_does(run: Run) -> None:
    listed = run("--help").stdout
    for name, command in main.commands.items():
        assert f"\n  {name} " in listed
        text = run(name, "-h").stdout
        assert text.startswith(f"Usage: main {name}")
        assert command.get_short_help_str(200).endswith(".")
    assert run("--version").stdout == f"kg, version {__version__}\n"


def test_the_help_of_export_names_every_format(run: Run) -> None:
    assert f" {', '.join(FORMATS)}. " in " ".join(run("export", "-h").stdout.split())


def test_build_tells_what_came_of_it(folder: Folder, tmp_path: Path, read: list[str], run: Run) -> None:
    result = run("build", folder({**FILES, "empty.txt": ""}), "-o", tmp_path / "out")
    lines = dict(line.split() for line in result.stdout.splitlines() if " " in line)
    assert {k: lines[k] for k in ("documents", "entities", "facts", "quotations", "issues")} == {
        "documents": "3",
        "entities": "6",
        "facts": "4",
        "quotations": "0",
        "issues": "1",
    }
    assert float(lines["seconds"]) >= 0
    assert result.stdout.splitlines()[-1] == str(tmp_path / "out" / "graph.html")
    assert result.stderr == "issue: empty.txt: empty file\n"


def test_strict_makes_an_issue_a_failure(folder: Folder, tmp_path: Path, read: list[str], run: Run) -> None:
    top = folder(FILES)
    run("build", top, "-o", tmp_path / "out", "--strict")
    folder({"empty.txt": ""})
    run("build", top, "-o", tmp_path / "out", "--strict", code=1)
    assert (tmp_path / "out" / "graph.html").exists()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("build", "nowhere", "-o", "out"), "kg: nowhere: no such file or folder\n"),
        (("build", "bare", "-o", "out"), "kg: bare: holds no documents"),
        (("build", "documents", "-o", "notes.txt"), "kg: notes.txt: is a file; name a folder for the graph\n"),
        (("build", "documents", "-o", "mine"), "kg: mine: holds other things than a graph; name a new or empty folder\n"),
        (("build", "documents", "-o", "documents/out"), "kg: documents: the documents and the graph must lie in folders apart"),
        (("build", "documents", "-o", "out", "--ontology", "bare"), "kg: "),
        (("query", "bare", "leads"), "kg: bare: holds no graph.ttl"),
        (("why", "bare", "Odd Berg"), "kg: bare: is no graph folder"),
        (("verify", "nowhere"), "kg: nowhere: is no graph folder"),
        (("export", "bare", "--to", "papyrus"), "kg: no format is named papyrus; there are turtle"),
        (("merge", "bare", "A", "B"), "kg: bare: is no graph folder"),
        (("build", "documents", "-o", "out", "--base", "http://x.example/id#"), "kg: http://x.example/id#: is no base of IRIs"),
        (("build", "documents", "-o", "out", "--base", "x y/"), "kg: x y/: is no base of IRIs"),
        (
            ("train", "xx", "bare", "--gold", "bare", "-o", "out"),
            "kg: unknown weights 'xx': choose from encoder, periods\n",
        ),
        (
            ("train", "encoder", "bare", "--gold", "bare", "-o", "out"),
            "kg: encoder is trained from CORPORA and --gold and --from: --from is missing\n",
        ),
        (
            ("train", "encoder", "--gold", "bare", "--from", "bare", "-o", "out"),
            "kg: encoder is trained from CORPORA and --gold and --from: CORPORA is missing\n",
        ),
        (("train", "periods", "-o", "out"), "kg: periods is trained from --gold: --gold is missing\n"),
        (("train", "periods", "bare", "--gold", "bare", "-o", "out"), "kg: periods is trained from --gold: CORPORA would not be read\n"),
    ],
)
def test_a_wrong_call_is_one_line_and_exit_2(
    folder: Folder, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], message: str
) -> None:
    folder(FILES)
    monkeypatch.chdir(tmp_path)
    Path("bare").mkdir()
    Path("mine").mkdir()
    Path("mine/diary.txt").write_text("Dear diary")
    Path("notes.txt").write_text("mine")
    before = sorted(p for p in tmp_path.rglob("*"))
    result = run(*words, code=2)
    assert result.stdout == ""
    assert result.stderr.startswith(message)
    assert result.stderr.count("\n") == 1
    assert sorted(p for p in tmp_path.rglob("*")) == before


def test_questions_are_listed_asked_and_given_parameters(out: Path, run: Run) -> None:
    assert "leads\tWho leads what now?\t--organization --person" in run("query", out).stdout
    everyone = run("query", out, "leads")
    assert {"Mira Solano", "Odd Berg", "Tallgrass Rail"} <= {w for w in everyone.stdout.replace("  ", "\n").split("\n") if w}
    assert everyone.stderr.startswith("4 rows, ")
    for words in (("--organization", "Tallgrass Rail"), ("--organization=Tallgrass Rail",)):
        csv = run("query", out, "leads", *words, "--format", "csv").stdout
        assert "Odd Berg" in csv
        assert "Mira" not in csv


def test_sparql_comes_as_an_argument_or_from_standard_input(out: Path, run: Run) -> None:
    text = "SELECT (COUNT(?f) AS ?n) { ?f a rdf:Statement }"
    assert run("query", out, text, "--format", "csv").stdout.split() == ["n", "4"]
    assert run("query", out, "-", "--format", "csv", given=text).stdout.split() == ["n", "4"]


def test_an_answer_that_was_cut_off_says_so_in_every_format(out: Path, run: Run) -> None:
    for form in ("csv", "json", "table"):
        assert run("query", out, "SELECT * { ?s ?p ?o }", "--rows", "2", "--format", form).stderr.startswith("2 rows, cut off there")
    assert run("query", out, "CONSTRUCT WHERE { ?s ?p ?o }", "--rows", "3").stderr.startswith("3 triples, cut off there")
    assert run("query", out, "ASK { ?s ?p ?o }").stderr == ""


def test_what_is_written_later_stands_under_the_base_of_the_build(folder: Folder, tmp_path: Path, read: list[str], run: Run) -> None:
    base = "http://x.example/ü/"
    run("build", folder(FILES), "-o", tmp_path / "out", "--base", base, "--infer")
    run("export", tmp_path / "out", "--to", "ntriples", "-o", tmp_path / "x.nt")
    assert f"<{base}organization/" in (tmp_path / "x.nt").read_text(encoding="utf-8")
    run("export", tmp_path / "out", "--to", "json", "-o", tmp_path / "x.json", "--base", "http://y.example/")
    assert json.loads((tmp_path / "x.json").read_bytes())["graph"]["base"] == "http://y.example/"
    employers = "SELECT ?person { ?person schema:worksFor ?firm }"
    assert f"{base}person/" in run("query", tmp_path / "out", employers, "--as-of", "2031", "--format", "csv").stdout
    former = (tmp_path / "out" / "inferred.ttl").read_bytes()
    run("build", folder(FILES), "-o", tmp_path / "out")
    assert (tmp_path / "out" / "inferred.ttl").read_bytes() == former
    assert base.encode() in former
    run("build", folder(FILES), "-o", tmp_path / "out", "--base", BASE, "--no-infer")
    assert base.encode() not in (tmp_path / "out" / "graph.ttl").read_bytes()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("build", "documents", "-o", "new", "--min-confidence", "nan"), "nan is no confidence: those are from 0 to 1"),
        (("build", "documents", "-o", "new", "--as-of", ""), "nothing is no date; write 2023-09-10, 2023-09 or 2023"),
        (("build", "documents", "-o", "new", "--base", ""), ": is no base of IRIs"),
        (("export", "out", "-o", "new", "--base", ""), ": is no base of IRIs"),
        (("query", "out", "leads", "--as-of", ""), "nothing is no date"),
        (("query", "out", "leads", "--seconds", "nan"), "nan is no limit in seconds: it is more than 0, and a day (86,400) at most"),
        (("query", "out", "leads", "--seconds", "1e300"), "1e+300 is no limit in seconds"),
        (("serve", "out", "--seconds", "inf"), "inf is no limit in seconds"),
        (("query", "out", ""), "the query is empty"),
        (("query", "out", "--organization", "Larkfield Motors"), "the query is empty"),
        (("history", "out", "--since", ""), "nothing is no date"),
        (("history", "out", "--on", ""), "nothing is no date"),
    ],
)
def test_a_value_that_is_empty_or_no_number_is_one_line_and_exit_2(
    out: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*words, code=2)
    assert result.stdout == ""
    (line,) = (line for line in result.stderr.splitlines() if line.startswith("kg: "))
    assert told in line
    assert not Path("new").exists()


@pytest.mark.parametrize("words", [("leads", "--organization"), ("leads", "led")])
def test_a_question_half_asked_is_a_usage_error(tmp_path: Path, run: Run, words: tuple[str, ...]) -> None:
    assert "Usage" in run("query", tmp_path, *words, code=2).stderr


def test_why_shows_names_facts_and_sentences(out: Path, run: Run) -> None:
    text = run("why", out, "odd berg").stdout
    assert "named “Odd Berg” 2×, first in b.txt at 0" in text
    assert "Odd Berg – chief executive of – Tallgrass Rail" in text
    assert "b.txt 0–30: “Odd Berg leads Tallgrass Rail.”" in text


def test_why_says_whether_two_names_are_one(out: Path, run: Run) -> None:
    assert "are one" in run("why", out, "Odd Berg", "Odd  Berg").stdout
    assert "are not one" in run("why", out, "Odd Berg", "Mira Solano").stdout
    assert "their documents name others in common: a.txt 0–11: “Mira Solano”" in run("why", out, "Odd Berg", "Mira Solano").stdout
    run("merge", out, "Odd Berg", "Mira Solano")
    assert "judged by hand: same: Odd Berg, Mira Solano" in run("why", out, "Odd Berg", "Mira Solano").stdout
    assert run("why", out, "Odd Borg", code=2).stderr == "kg: nothing is named Odd Borg; did you mean Odd Berg?\n"


def test_a_fact_is_rejected_until_its_line_is_taken_out(out: Path, folder: Folder, run: Run) -> None:
    fact = ("Odd Berg", "chiefExecutiveOf", "Tallgrass Rail")
    told = run("reject", out, "Odd Berg", "chief executive of", "Tallgrass Rail").stdout
    assert told == f"{out / 'resolution.csv'}: wrong: {', '.join(fact)}; build again to apply it, or take its line out of the file\n"
    run("build", folder(FILES), "-o", out)
    text = run("why", out, "Odd Berg").stdout
    assert "Tallgrass Rail" not in text.partition("judged by hand: wrong: Odd Berg, chiefExecutiveOf, Tallgrass Rail")[0]
    assert run("reject", out, "Mira Solano", "founderOf", "Larkfield Motors").stderr.startswith("note: the graph does not say so, but:")
    before = (out / "resolution.csv").read_bytes()
    assert "no relation is named leads" in run("reject", out, "Odd Berg", "leads", "Tallgrass Rail", code=2).stderr
    assert "a fact needs both its ends" in run("reject", out, "Odd Berg", "leads", code=2).stderr
    assert (out / "resolution.csv").read_bytes() == before


def test_conflicts_show_both_sides(out: Path, run: Run) -> None:
    lines = run("conflicts", out).stdout.splitlines()
    assert sorted(line.removeprefix("but ").partition(" (")[0] for line in lines if not line.startswith(" ")) == [
        "Mira Solano – chief executive of – Larkfield Motors",
        "Odd Berg – chief executive of – Larkfield Motors",
    ]
    assert "      a.txt 0–35: “Mira Solano leads Larkfield Motors.”" in lines


def test_a_build_and_a_question_are_as_of_a_day(out: Path, folder: Folder, tmp_path: Path, run: Run) -> None:
    assert "Mira Solano" in run("query", out, "leads", "--as-of", "2031").stdout
    assert run("query", out, "leads", "--as-of", "soon", code=2).stderr == "kg: soon is no date; write 2023-09-10, 2023-09 or 2023\n"
    assert "soon is no date" in run("build", folder(FILES), "-o", tmp_path / "then", "--as-of", "soon", code=2).stderr
    assert not (tmp_path / "then").exists()
    run("build", folder(FILES), "-o", then := tmp_path / "then", "--as-of", "2031")
    assert "Only what held on 2031-12-31 is kept." in (then / "report.md").read_text(encoding="utf-8").splitlines()
    told = f"note: {then} keeps only what held on 2031-12-31; what else held on 2032-12-31 is missing\n"
    assert {day: told in run("query", then, "leads", "--as-of", day).stderr for day in ("2032", "2031", "2031-12-31")} == {
        "2032": True,
        "2031": False,
        "2031-12-31": False,
    }


def test_merge_and_split_keep_a_judgement_for_the_next_build(out: Path, run: Run) -> None:
    assert "build again" in run("merge", out, "Odd Berg", "Mira Solano").stdout
    assert (out / "resolution.csv").read_text(encoding="utf-8").splitlines() == ["kind,first,second", "same,Odd Berg,Mira Solano"]
    run("split", out, "Odd Berg", "Mira Solano")
    assert (out / "resolution.csv").read_text(encoding="utf-8").splitlines()[1:] == ["different,Odd Berg,Mira Solano"]
    assert run("merge", out, "Odd Berk", "a.txt#char=0,5").stderr == "note: nothing is named Odd Berk; did you mean Odd Berg?\n"
    assert "a judgement is about two" in run("merge", out, "Odd Berg", "Odd Berg", code=2).stderr


def test_judgements_of_another_file_are_told_and_those_of_the_folder_not_passed_over_in_silence(
    out: Path, folder: Folder, tmp_path: Path, run: Run
) -> None:
    pair, file, note = ("Odd Berg", "Mira Solano"), tmp_path / "mine.csv", "issue: resolution.csv: not read"
    file.write_text("kind,first,second\nsame,Odd Berg,Mira Solano\n")
    build = ("build", folder(FILES), "-o", out, "--judgements")
    assert note not in run(*build, file).stderr
    assert "built with other judgements (see --judgements)" in run("why", out, *pair).stdout
    told = run("why", out, *pair, "--judgements", file).stdout
    assert "are one" in told and "judged by hand: same: Odd Berg, Mira Solano" in told and "otherwise" not in told
    run("split", out, *pair)
    assert f"{note}: judgements are taken from another file, mine.csv" in run(*build, file).stderr
    assert note not in run(*build, out / "resolution.csv").stderr
    assert "are not one" in run("why", out, *pair).stdout


def test_a_judgement_needs_two_names_and_keeps_them_without_the_space_around(out: Path, run: Run) -> None:
    for names in (("Odd Berg", ""), (" ", "Odd Berg"), ("", " "), ("Odd Berg", " Odd Berg ")):
        assert "a judgement is about two names or places" in run("merge", out, *names, code=2).stderr
    assert not (out / "resolution.csv").exists()
    run("merge", out, " Odd Berg", "Mira Solano ")
    assert (out / "resolution.csv").read_text(encoding="utf-8").splitlines()[1:] == ["same,Odd Berg,Mira Solano"]
    run("merge", out, "Odd Berg", "Mira Solano")
    assert (out / "resolution.csv").read_text(encoding="utf-8").count("Odd Berg") == 1


def test_export_writes_another_format(out: Path, tmp_path: Path, run: Run) -> None:
    path = tmp_path / "x.nt"
    assert run("export", out, "--to", "ntriples", "-o", path).stdout == f"{path}\n"
    assert "Tallgrass Rail" in path.read_text(encoding="utf-8")
    assert run("export", out, "--to", "ntriples", "-o", "-").stdout == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["-", "/dev/stdout"])
def test_what_is_exported_to_standard_output_is_added_to_its_file_and_nothing_else(out: Path, tmp_path: Path, run: Run, name: str) -> None:
    run("export", out, "--to", "ntriples", "-o", tmp_path / "x.nt")
    log = tmp_path / "log"
    log.write_text("before\n")
    if name != "-":  # a link of our own: what /dev/stdout is may be at stake
        (tmp_path / "stdout").symlink_to("/proc/self/fd/1")
        name = str(tmp_path / "stdout")
    with log.open("ab") as file:
        words = command("export", out, "--to", "ntriples", "-o", name)
        subprocess.run(words, check=True, stdout=file, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(TOP)})
    assert log.read_bytes() == b"before\n" + (tmp_path / "x.nt").read_bytes()


@pytest.mark.parametrize("words", [("export", "out", "--to", "ntriples", "-o"), ("evaluate", "out", "gold", "--html")])
@pytest.mark.parametrize("name", ["precious", "."])
def test_no_folder_is_lost_to_a_file(
    out: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    for file in ("precious/diary.txt", "gold/c.json"):
        Path(file).parent.mkdir()
        Path(file).write_text('{"entities": [], "relations": []}')
    told = run(*words, name, code=2).stderr
    assert told.startswith("kg: ") and told.endswith("Is a directory\n")
    assert Path("precious/diary.txt").exists()


def test_what_is_inferred_is_written_apart_and_found_by_queries(folder: Folder, tmp_path: Path, read: list[str], run: Run) -> None:
    top, out = folder(FILES), tmp_path / "out"
    employers = "SELECT ?name { ?person schema:worksFor ?firm . ?firm schema:name ?name }"
    run("build", top, "-o", out)
    stated = (out / "graph.ttl").read_bytes()
    assert run("query", out, employers, "--format", "csv").stdout.split() == ["name"]
    run("build", top, "-o", out, "--infer")
    assert (out / "graph.ttl").read_bytes() == stated
    assert b"schema:worksFor" not in stated
    assert "Tallgrass Rail" in run("query", out, employers, "--format", "csv").stdout
    assert "Tallgrass Rail" in run("query", out, employers.replace("{", "{ GRAPH kg:inferred {") + "}", "--format", "csv").stdout
    run("build", top, "-o", out)
    assert (out / "inferred.ttl").exists()
    run("build", top, "-o", out, "--no-infer")
    assert not (out / "inferred.ttl").exists()


def test_verify_counts_what_stands_in_the_texts(out: Path, run: Run) -> None:
    result = run("verify", out)
    assert "4 of 4 facts are anchored in the kept texts (100.0 %)" in result.stdout
    assert "warning: More than one chief executive at a time" in result.stderr
    (out / "sources" / "c.txt").write_text("Somebody else leads Northwind Bank.")
    result = run("verify", out, code=1)
    assert "3 of 4 facts" in result.stdout
    assert "c.txt" in result.stderr


def test_diff_lists_what_only_one_graph_says(out: Path, folder: Folder, tmp_path: Path, run: Run) -> None:
    assert run("diff", out, out).stdout == ""
    (folder({"a.txt": "Ana Ruiz leads Larkfield Motors."}) / "c.txt").unlink()
    run("build", tmp_path / "documents", "-o", tmp_path / "new")
    lines = run("diff", out, tmp_path / "new", code=1).stdout.splitlines()
    facts = {line.split(" (")[0] for line in lines if " fact " in line}
    assert facts == {
        "+ fact Ana Ruiz – chief executive of – Larkfield Motors",
        "- fact Mira Solano – chief executive of – Larkfield Motors",
        "- fact Pat Quill – chief executive of – Northwind Bank",
    }
    assert any(line.startswith("- document c.txt") for line in lines)


@pytest.mark.parametrize(
    ("field", "value"), [("title", "Solano goes"), ("date", "2031-05"), ("source", "https://a.example/2"), ("text", "Mira Solano leads.")]
)
def test_whatever_changes_of_a_document_is_told_and_recorded(
    folder: Folder, tmp_path: Path, read: list[str], run: Run, field: str, value: str
) -> None:
    record = {"text": "It rained.", "title": "Solano stays", "date": "2031-04", "source": "https://a.example/1"}
    for out, content in ((tmp_path / "old", record), (tmp_path / "new", {**record, field: value})):
        run("build", folder({"n.jsonl": json.dumps(content)}), "-o", tmp_path / "kept", "--history")
        run("build", tmp_path / "documents", "-o", out)
    told = run("diff", tmp_path / "old", tmp_path / "new", code=1).stdout.splitlines()
    assert sorted(line.split()[:3] for line in told) == [["+", "document", "n.jsonl/1"], ["-", "document", "n.jsonl/1"]]
    assert [line.split()[1:3] for line in run("history", tmp_path / "kept").stdout.splitlines()] == [
        ["+", "document"],
        ["+", "document"],
        ["-", "document"],
    ]
    if field != "text":
        assert value in next(line for line in told if line.startswith("+"))


def test_history_tells_what_was_recorded_when(
    folder: Folder, tmp_path: Path, read: list[str], run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    out = tmp_path / "kept"
    run("build", folder(FILES), "-o", out, "--history")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767312000")
    run("build", folder({"a.txt": "Ana Ruiz leads Larkfield Motors."}), "-o", out)
    assert run("history", out, "ana ruiz", "--since", "2026-01-02").stdout.splitlines() == [
        "2026-01-02T00:00:00Z + entity Ana Ruiz [Person]",
        "2026-01-02T00:00:00Z + fact Ana Ruiz – chief executive of – Larkfield Motors (current)",
    ]
    assert "entity Mira Solano [Person]" in run("history", out, "--on", "2026-01-01").stdout.splitlines()
    assert "Mira Solano" not in run("history", out, "--on", "2026").stdout
    run("history", out, "--on", "2026", "--since", "2026", code=2)
    (out / "history.csv").unlink()
    assert "keeps no history" in run("history", out).stderr
    assert run("history", tmp_path / "nothing", code=2).stderr == f"kg: {tmp_path / 'nothing'}: is no graph folder\n"


def test_a_hostile_name_does_not_move_the_cursor(out: Path, run: Run) -> None:
    graph = json.loads((out / "graph.json").read_text(encoding="utf-8"))
    for node in graph["nodes"]:
        node["label"] = f"{node['label']}\x1b[2J\u202e"
    (out / "graph.json").write_text(json.dumps(graph), encoding="utf-8")
    told = run("why", out, "Odd Berg").stdout + run("conflicts", out).stdout
    assert "Odd Berg\ufffd[2J\ufffd" in told
    assert not {"\x1b", "\u202e"} & set(told)


def test_evaluate_prints_figures_and_marks_errors(out: Path, tmp_path: Path, run: Run) -> None:
    gold = tmp_path / "gold"
    gold.mkdir()
    people = [{"id": "p", "type": "Person", "name": "Pat Quill", "mentions": ["Pat Quill"]}]
    firms = [{"id": "o", "type": "Organization", "name": "Northwind Bank", "mentions": ["Northwind Bank"]}]
    relations = [{"subject": "p", "predicate": "chairOf", "object": "o"}]
    (gold / "c.json").write_text(json.dumps({"entities": [*people, *firms], "relations": relations}))
    (gold / "c.txt").write_text(str(FILES["c.txt"]))
    text = run("evaluate", out, gold, "--html", tmp_path / "errors.html").stdout
    assert "1 documents" in text
    assert "relations\tchairOf\tchiefExecutiveOf\t1" in text
    assert "c.txt\t2\t1.000\t0.000" in text
    assert "<mark" in (tmp_path / "errors.html").read_text(encoding="utf-8")
    (gold / "d.json").write_text((gold / "c.json").read_text())
    assert run("evaluate", out, gold).stderr == "issue: d.txt: the graph has no such document: all of it counts as missed\n"
    (gold / "d.json").unlink()
    figures = json.loads(run("evaluate", out, gold, "--json").stdout)
    assert figures["entities"]["all"] == {"precision": 1, "recall": 1, "f1": 1, "gold": 2}
    assert figures["relations"]["chairOf"]["recall"] == 0


def test_a_page_of_errors_that_the_disk_cannot_hold_is_told_in_one_line(out: Path, tmp_path: Path, run: Run) -> None:
    (gold := tmp_path / "gold").mkdir()
    (gold / "c.json").write_text('{"entities": [], "relations": []}')
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, limits[1]))
    try:
        told = run("evaluate", out, gold, "--html", tmp_path / "page.html", code=2).stderr
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert told == f"kg: {tmp_path / 'page.html'}: File too large\n"
    assert not [p for p in tmp_path.iterdir() if "page" in p.name]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize(
    ("encoding", "target", "told"),
    [
        ("latin-1", "/dev/null", "kg: '\\u201c' cannot be shown in latin-1; set PYTHONIOENCODING=utf-8\n"),
        ("utf-8", "/dev/full", "kg: No space left on device\n"),
        ("utf-8", "/dev/null", ""),
    ],
)
def test_what_cannot_be_shown_is_told_in_one_line(out: Path, encoding: str, target: str, told: str) -> None:
    environment = {**os.environ, "PYTHONPATH": str(TOP), "PYTHONIOENCODING": encoding}
    with Path(target).open("w") as shown:
        result = subprocess.run(
            command("why", out, "Mira Solano"), stdout=shown, stderr=subprocess.PIPE, text=True, check=False, env=environment
        )
    assert (result.stderr, result.returncode) == (told, 2 if told else 0)


def test_a_pipe_that_nobody_reads_is_no_finding(out: Path) -> None:
    with subprocess.Popen(command("export", out, "--to", "ntriples", "-o", "-"), stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout and running.stderr
        running.stdout.close()
        assert (running.stderr.read(), running.wait()) == (b"", 141)


@pytest.mark.parametrize(
    ("words", "incomplete", "expected"),
    [
        ([], "ev", {"evaluate"}),
        (["query", "out"], "succ", {"succession"}),
        (["export", "out", "--to"], "graph", {"graphml"}),
        (["build", "documents"], "--st", {"--strict"}),
    ],
)
def test_the_shell_completes_commands_questions_and_formats(words: list[str], incomplete: str, expected: set[str]) -> None:
    found = ShellComplete(main, {}, "kg", "_KG_COMPLETE").get_completions(words, incomplete)
    assert {c.value for c in found} == expected


# The real command, with trained weights

ODD: dict[str, str | bytes] = {
    "empty.txt": "",
    "binary.txt": bytes(range(256)) * 8,
    "latin.txt": "Der Vorstand von Köln Süd überlegt.".encode("latin-1"),
    "long.txt": "Mira Solano leads Larkfield Motors. " * 150_000,
    "thai.txt": "บริษัท ลาร์กฟิลด์ มอเตอร์ส แต่งตั้งประธานเจ้าหน้าที่บริหารคนใหม่เมื่อวันจันทร์ที่ผ่านมา",
}
GOOD: dict[str, str | bytes] = {
    "good.txt": "Mira Solano is the chief executive of Larkfield Motors, a carmaker based in Porto Belo.",
    "baik.txt": "Budi Hartanto ditunjuk sebagai direktur utama PT Samudra Biru pada Senin.",
    "好.txt": "林晓云是青禾科技的首席执行官。",
}


def command(*words: object) -> list[str]:
    return [sys.executable, "-m", "kg", *map(str, words)]


def test_odd_files_are_issues_and_the_rest_is_built(folder: Folder, tmp_path: Path, powerless: Callable[[], None]) -> None:
    top, out = folder({**ODD, **GOOD}), tmp_path / "out"
    (top / "dangling.txt").symlink_to(tmp_path / "nowhere")
    (top / "self.txt").symlink_to("self.txt")
    (top / "loop").symlink_to(".")
    locked = top / "locked.txt"
    locked.write_text("Mira Solano leads Larkfield Motors.")
    locked.chmod(0)
    result = subprocess.run(command("build", top, "-o", out), capture_output=True, text=True, check=False, preexec_fn=powerless)
    assert result.returncode == 0, result.stderr
    issues = dict(line.removeprefix("issue: ").split(": ", 1) for line in result.stderr.splitlines())
    assert set(issues) == {*ODD, "dangling.txt", "self.txt", "loop", "locked.txt"}, result.stderr
    assert "Traceback" not in result.stderr
    graph = json.loads((out / "graph.json").read_bytes())
    assert set(GOOD) <= set(graph["graph"]["documents"])
    assert {s["document"] for n in graph["nodes"] for s in n["mentions"]} >= set(GOOD)
    assert {"empty.txt", "thai.txt"} <= {w for line in (out / "report.md").read_text(encoding="utf-8").splitlines() for w in line.split()}
    assert subprocess.run(command("build", top, "-o", out, "--strict"), capture_output=True, check=False).returncode == 1


def test_order_workers_and_hashes_leave_no_trace(folder: Folder, tmp_path: Path) -> None:
    top = folder(GOOD)
    for name in ("01-newspaper.txt", "05-interview.txt"):
        shutil.copy(TOP / "seeds" / name, top)
    files = sorted(top.iterdir())
    environment = {**os.environ, "PYTHONPATH": str(TOP)}
    written: list[dict[str, bytes]] = []
    for seed, inputs, workers in (("1", [top], 1), ("2", files[::-1], 2)):
        out = tmp_path / f"out{seed}"
        line = command("build", *inputs, "-o", out, "-j", workers)
        subprocess.run(line, check=True, capture_output=True, cwd=tmp_path, env={**environment, "PYTHONHASHSEED": seed})
        written.append({p.relative_to(out).as_posix(): p.read_bytes() for p in out.rglob("*") if p.is_file() and ".cache" not in p.parts})
    assert written[0] == written[1]
    assert len(written[0]) == len(files) + 4


@pytest.mark.parametrize(
    ("words", "closed", "told"),
    [
        (("build", "documents", "-o", "out"), "out", "kg: out: cannot be written: Permission denied\n"),
        (("build", "documents", "-o", "out/deep"), "out", "kg: out/deep: cannot be written: Permission denied\n"),
        (("build", "documents", "-o", "loop"), "out", "kg: loop: cannot be written: Too many levels of symbolic links\n"),
        (("merge", "graph", "A", "B"), "graph", "kg: graph/resolution.csv: cannot be written: Permission denied\n"),
        (("verify", "graph"), "graph/graph.json", "kg: graph/graph.json: cannot be read: Permission denied\n"),
        (("export", "graph", "--to", "jsonld", "-o", "out/g.jsonld"), "out", "kg: out/g.jsonld: cannot be written: Permission denied\n"),
    ],
)
def test_what_may_not_be_read_or_written_is_told_in_one_line(
    folder: Folder, tmp_path: Path, powerless: Callable[[], None], words: tuple[str, ...], closed: str, told: str
) -> None:
    folder(GOOD)
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "out").mkdir()
    with begun(tmp_path / "graph"):
        (tmp_path / "graph" / "graph.json").write_text('{"graph": {"documents": {}, "quotations": []}, "nodes": [], "edges": []}')
    (tmp_path / closed).chmod(0o000 if closed.endswith(".json") else 0o555)
    environment = {**os.environ, "PYTHONPATH": str(TOP)}
    result = subprocess.run(
        command(*words), capture_output=True, text=True, check=False, cwd=tmp_path, env=environment, preexec_fn=powerless
    )
    assert (result.returncode, result.stderr) == (2, told)
    assert not [p for p in tmp_path.rglob("*") if "part" in p.name]


def test_an_interrupted_build_says_so_and_exits_as_shells_have_it(folder: Folder, tmp_path: Path) -> None:
    top, out = folder({f"{n:03}.txt": f"Mira Solano leads Larkfield Motors {n}." for n in range(400)}), tmp_path / "out"
    running = subprocess.Popen(command("build", top, "-o", out, "-j", "1"), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    while running.poll() is None and not list((out / ".cache").glob("*.json")):
        time.sleep(0.01)
    running.send_signal(signal.SIGINT)
    _, told = running.communicate(timeout=60)
    assert (running.returncode, told.splitlines()[-1]) == (130, "kg: interrupted")
    assert {p.name for p in out.iterdir()} == {".cache"}


def test_nothing_is_said_to_be_served_where_it_is_not(out: Path, tmp_path: Path, run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        refused = run("serve", out, "--port", port, code=2)
    assert refused.output == f"kg: cannot listen on port {port} of 127.0.0.1: {os.strerror(errno.EADDRINUSE)}\n"
    (tmp_path / "bare").mkdir()
    refused = run("serve", tmp_path / "bare", "--port", port, code=2)
    assert refused.output == f"kg: {tmp_path / 'bare'}: holds no graph.ttl; build one with `kg build`\n"


def test_a_killed_build_leaves_no_half_file_and_goes_on_where_it_was(folder: Folder, tmp_path: Path) -> None:
    top, out = folder({f"{n:03}.txt": f"Mira Solano leads Larkfield Motors {n}." for n in range(400)}), tmp_path / "out"
    running = subprocess.Popen(command("build", top, "-o", out, "-j", "1"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while running.poll() is None and len(list((out / ".cache").glob("*.json"))) < 3:
        time.sleep(0.01)
    running.send_signal(signal.SIGKILL)
    running.wait()
    kept = {p.name: p.stat().st_mtime_ns for p in (out / ".cache").glob("*.json")}
    assert kept
    assert {p.name for p in out.iterdir()} == {".cache"}
    for path in sorted(top.iterdir())[10:]:
        path.unlink()
    subprocess.run(command("build", top, "-o", out), check=True, capture_output=True)
    assert (out / "graph.html").read_text(encoding="utf-8").rstrip().endswith("</html>")
    again = {p.name: p.stat().st_mtime_ns for p in (out / ".cache").glob("*.json")}
    assert len(again) == 10
    assert any(again[name] == when for name, when in kept.items() if name in again)
