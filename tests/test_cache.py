import sys
from importlib.metadata import packages_distributions, version
from pathlib import Path

import grimp
import pytest

from kg import cache
from kg.model import Alias, Claim, Document, Extraction, Issue, Mention, Period, Quantity, Span, Utterance

TEXT = "Mira Solano has led Larkfield Motors since May 2021. “We will double,” she said. 林晓云说：“好。”"
DOCUMENT = Document("news/一.txt", TEXT, "en", "A title", "2024-05", "https://news.example/1")
QUANTITY = Quantity("share", "12.5", "%", Span("news/一.txt", 3, 9), "2021")
FULL = Extraction(
    DOCUMENT,
    (
        Mention(Span("news/一.txt", 0, 11), "Mira Solano", "Person", "en", 0),
        Mention(Span("news/一.txt", 72, 75), "she", "Person", "en", 0, True),
    ),
    (
        Claim(0, "leads", 1, Span("news/一.txt", 0, 52), "Past", "chief", Period("2021-05", None), 0.75, 0, (QUANTITY,), "wording"),
        Claim(0, "owns", 1, Span("news/一.txt", 0, 52), "Current"),
    ),
    (Utterance(0, "We will double,", Span("news/一.txt", 54, 69), "en"),),
    (Alias(Span("news/一.txt", 0, 11), Span("news/一.txt", 72, 75), "coreference"),),
    ((1, QUANTITY),),
    (Issue("news/一.txt", "passage of no known language"),),
)


@pytest.mark.parametrize("extraction", [FULL, Extraction(DOCUMENT)])
def test_what_is_kept_comes_back_equal(tmp_path: Path, extraction: Extraction) -> None:
    cache.keep(tmp_path, "x", extraction)
    assert cache.kept(tmp_path, "x", Document(DOCUMENT.identifier, TEXT)) == extraction


def test_the_text_is_not_kept_twice(tmp_path: Path) -> None:
    cache.keep(tmp_path, "x", FULL)
    assert "has led" not in (tmp_path / "x.json").read_text(encoding="utf-8")


def test_all_that_is_kept_of_some_documents_can_be_had(tmp_path: Path) -> None:
    cache.keep(tmp_path, "x", FULL)
    cache.keep(tmp_path, "y", Extraction(Document("2.txt", "another text")))
    (tmp_path / "z.json").write_text("{")
    assert list(cache.everything(tmp_path, [DOCUMENT])) == [FULL]
    assert list(cache.everything(tmp_path, [Document(DOCUMENT.identifier, "has changed")])) == []


@pytest.mark.parametrize("damage", ["", "{", "[]", "{}", '{"document": []}', "\0\0"])
def test_a_damaged_file_is_as_good_as_none(tmp_path: Path, damage: str) -> None:
    (tmp_path / "x.json").write_text(damage)
    assert cache.kept(tmp_path, "x", DOCUMENT) is None
    assert cache.kept(tmp_path, "not there", DOCUMENT) is None


@pytest.mark.parametrize(
    "other",
    [
        Document("2.txt", "a text"),
        Document("1.txt", "another text"),
        Document("1.txt", "a text", title="A title"),
        Document("1.txt", "a text", issued="2024"),
    ],
)
def test_anything_that_changes_in_a_document_changes_its_key(other: Document) -> None:
    document = Document("1.txt", "a text")
    assert cache.key(document, "rest") == cache.key(Document("1.txt", "a text"), "rest")
    assert cache.key(document, "rest") != cache.key(other, "rest")
    assert cache.key(document, "rest") != cache.key(document, "other rest")


def test_the_fingerprint_is_of_all_code_that_an_extraction_rests_on() -> None:
    graph = grimp.build_graph("kg", include_external_packages=True)
    finders = [m for m in graph.modules if m == "kg.parse" or m.startswith(("kg.extract", "kg.languages"))]
    used = {*finders, *(u for m in finders for u in graph.find_upstream_modules(m))}
    rooms = {m.split(".")[1] for m in used if m.startswith("kg.")}
    assert rooms - {"errors"} == {name.removesuffix(".py") for name in cache.FOUND_BY}
    assert {m for m in used if not m.startswith("kg.")} - sys.stdlib_module_names == set(cache.LIBRARIES)
    distributions = packages_distributions()
    assert all(d in map(str.lower, distributions[m]) for m, d in cache.LIBRARIES.items())


@pytest.mark.parametrize("library", [*cache.LIBRARIES.values(), "python"])
def test_the_fingerprint_follows_the_versions_of_libraries(library: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "FOUND_BY", ())
    before = cache.fingerprint(tmp_path)
    assert cache.fingerprint(tmp_path) == before
    monkeypatch.setattr(cache, "version", lambda name: "next" if name == library else version(name))
    if library == "python":
        monkeypatch.setattr("platform.python_version", lambda: "next")
    assert cache.fingerprint(tmp_path) != before


def test_a_library_may_come_in_a_distribution_of_another_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "packages_distributions", lambda: {"onnxruntime": ["pytest"]})
    assert cache._version("onnxruntime", "onnxruntime-of-ours") == f"pytest {pytest.__version__}"


def test_the_fingerprint_follows_code_and_weights(tmp_path: Path) -> None:
    package = tmp_path / "kg"
    files = [package / n for n in ("model.py", "brackets.py", "cover.py", "dates.py", "han.py", "ontology.py", "terms.py", "parse.py")]
    files += [package / "extract" / "titles.py", package / "languages" / "weights" / "xx" / "model.onnx"]
    for path in files:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("before")
    seen = {cache.fingerprint(package)}
    for path in files:
        path.write_text("afterwards")
        seen.add(cache.fingerprint(package))
    assert len(seen) == len(files) + 1
    (package / "cli.py").write_text("does not matter")
    (package / "extract" / "__pycache__").mkdir()
    (package / "extract" / "__pycache__" / "titles.pyc").write_text("does not matter")
    assert cache.fingerprint(package) in seen


def test_what_is_no_longer_wanted_is_forgotten(tmp_path: Path) -> None:
    for name in ("a", "b"):
        cache.keep(tmp_path, name, FULL)
    (tmp_path / "c.partial").write_text("half of")
    for name in ("CACHEDIR.TAG", "store.lock"):
        (tmp_path / name).touch()
    cache.forget(tmp_path, ["b"])
    assert sorted(p.name for p in tmp_path.iterdir()) == ["CACHEDIR.TAG", "b.json", "store.lock"]
