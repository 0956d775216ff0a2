from collections.abc import Callable
from pathlib import Path

import pytest

from kg import history
from kg.errors import GraphError, InputError, QueryError
from kg.folder import begun, load
from kg.history import LOG, known, names, read, record, since
from kg.ontology import Ontology
from kg.pipeline import Options, build

Folder = Callable[[dict[str, str | bytes]], Path]

DAY = 86_400
BEGIN = 1_767_225_600  # 2026-01-01T00:00:00Z
FIRST: dict[str, str | bytes] = {"a.txt": "Mira Solano leads Larkfield Motors.", "b.txt": "Odd Berg leads Tallgrass Rail."}
LED = "Mira Solano – chief executive of – Larkfield Motors (current)"


@pytest.fixture
def out(folder: Folder, tmp_path: Path, read: list[str], monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder built on the first of January, then without a document on the third, then with it again on the fifth."""
    top, out = folder(FIRST), tmp_path / "out"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(BEGIN))
    build([top], out, Options(history=True))
    (top / "a.txt").unlink()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(BEGIN + 2 * DAY))
    build([top], out)
    folder(FIRST)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(BEGIN + 4 * DAY))
    build([top], out)
    return out


def test_each_build_records_what_came_and_went(out: Path) -> None:
    told = [(e.recorded, e.change) for e in read(out) if e.statement.said == LED]
    assert told == [("2026-01-01T00:00:00Z", "+"), ("2026-01-03T00:00:00Z", "-"), ("2026-01-05T00:00:00Z", "+")]
    assert [(e.statement.kind, e.change) for e in read(out) if e.recorded == "2026-01-03T00:00:00Z"] == [
        ("document", "-"), ("entity", "-"), ("entity", "-"), ("fact", "-"),
    ]  # fmt: skip
    facts = {e.statement.identifier for e in read(out) if e.statement.kind == "fact"}
    assert facts == {k for *_, k in load(out).edges(keys=True)}


def test_what_was_known_on_a_day_can_be_told(out: Path) -> None:
    days = {day: LED in {s.said for s in known(read(out), day)} for day in ("2025", "2026-01-01", "2026-01-03", "2026-01-04", "2026-01")}
    assert days == {"2025": False, "2026-01-01": True, "2026-01-03": False, "2026-01-04": False, "2026-01": True}
    assert known(read(out)) == known(read(out), "2026-01-01")
    assert {e.recorded[:10] for e in since(read(out), "2026-01-02")} == {"2026-01-03", "2026-01-05"}
    with pytest.raises(QueryError, match="soon is no date"):
        known(read(out), "soon")
    with pytest.raises(QueryError, match="soon is no date"):
        list(since(read(out), "soon"))


@pytest.mark.parametrize("told", ["99999999999999", "9" * 5000, "-" + "9" * 30, "yesterday"])
def test_a_clock_that_cannot_be_read_stops_a_build_that_would_record(
    out: Path, folder: Folder, monkeypatch: pytest.MonkeyPatch, told: str
) -> None:
    before = {p: p.read_bytes() for p in out.iterdir() if p.is_file()}
    monkeypatch.setenv("SOURCE_DATE_EPOCH", told)
    top = folder({"c.txt": "Lin Xiaoyun leads Heron Works."})
    with pytest.raises(InputError, match=r"SOURCE_DATE_EPOCH=.* is no time"):
        build([top], out)
    assert {p: p.read_bytes() for p in out.iterdir() if p.is_file()} == before
    assert build([top], out.with_name("other")).documents == 3


def test_a_build_that_changes_nothing_leaves_the_log_as_it_is(out: Path, folder: Folder) -> None:
    before = (out / LOG).read_bytes()
    build([folder({})], out)
    assert (out / LOG).read_bytes() == before


def test_a_log_without_entries_goes_on(folder: Folder, tmp_path: Path, read: list[str]) -> None:
    with begun(tmp_path / "out"):
        pass
    (tmp_path / "out" / LOG).write_text(",".join(history.COLUMNS) + "\n")
    assert history.read(tmp_path / "out") == ()
    build([folder(FIRST)], tmp_path / "out")
    assert LED in {s.said for s in known(history.read(tmp_path / "out") or ())}


def test_without_being_asked_no_log_is_kept(folder: Folder, tmp_path: Path, read: list[str]) -> None:
    build([folder(FIRST)], tmp_path / "out")
    assert not (tmp_path / "out" / LOG).exists()


def test_a_build_that_died_before_it_recorded_is_made_good_by_the_next(out: Path, folder: Folder) -> None:
    lines = (out / LOG).read_text(encoding="utf-8").splitlines(keepends=True)
    (out / LOG).write_text("".join(line for line in lines if not line.startswith("2026-01-05")), encoding="utf-8")
    build([folder({})], out)
    assert LED in {s.said for s in known(read(out))}


def test_any_words_survive_the_log(out: Path, ontology: Ontology) -> None:
    graph = load(out)
    hostile = 'A "quoted",\r\n=cmd()\x00 \u202e<script> name'
    graph.nodes[next(iter(graph))]["label"] = hostile
    record(out, read(out), graph, ontology)
    assert any(names(s, hostile) for s in known(read(out)) if s.kind == "entity")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"recorded,change,kind,identifier,said\n2026-01-01T00:00:00Z,?,fact,x,y\n", "line 2"),
        (b"kind,first,second\n", "line 1"),
        (b'recorded,change,kind,identifier,said\n"open', "damaged"),
        (b"\xff\xfe\x00", "damaged"),
    ],
)
def test_a_damaged_log_is_told_before_anything_is_written(
    folder: Folder, tmp_path: Path, read: list[str], content: bytes, reason: str
) -> None:
    build([folder(FIRST)], tmp_path / "out", Options(history=True))
    (tmp_path / "out" / LOG).write_bytes(content)
    before = (tmp_path / "out" / "graph.ttl").read_bytes()
    with pytest.raises(GraphError, match=reason):
        build([folder({"c.txt": "Pat Quill leads Northwind Bank."})], tmp_path / "out")
    assert (tmp_path / "out" / "graph.ttl").read_bytes() == before
