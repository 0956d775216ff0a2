import ast
import importlib
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

import kg

TOP = Path(__file__).parent.parent
HEAVY = ("spacy", "rdflib", "torch", "onnxruntime", "pyvis", "trafilatura", "networkx", "pyoxigraph", "numpy", "rich", "pyshacl", "lingua")


def loaded(code: str) -> set[str]:
    """The top-level modules that a fresh Python has loaded after running code."""
    code += "\nimport sys; print(*{m.partition('.')[0] for m in sys.modules})"
    return set(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=TOP).stdout.split())


@pytest.mark.parametrize("code", ["import kg", "import kg.cli", "import kg; kg.Span; kg.KgError; dir(kg)"])
def test_nothing_heavy_is_loaded_before_it_is_used(code: str) -> None:
    assert loaded(code).isdisjoint(HEAVY)


def test_every_public_name_can_be_had() -> None:
    for name in kg.__all__:
        value = getattr(kg, name)
        assert value.__name__ == name
        assert getattr(kg, name) is value
    assert set(kg.__all__) <= set(dir(kg))
    code = "import kg; print(kg.query.run, kg.ontology.load, kg.validate.validate, kg.evaluate.evaluate, kg.folder.export)"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=TOP, capture_output=True)
    assert kg.__version__.count(".") == 2


def test_types_and_names_at_run_time_agree() -> None:
    tree = ast.parse((TOP / "kg" / "__init__.py").read_text(encoding="utf-8"))
    (guarded,) = (n for n in tree.body if isinstance(n, ast.If))
    imports = [n for n in guarded.body if isinstance(n, ast.ImportFrom)]
    assert sorted(a.name for i in imports for a in i.names) == kg.__all__
    for node in imports:
        assert all(getattr(importlib.import_module(str(node.module)), a.name) is getattr(kg, a.name) for a in node.names)


@pytest.mark.parametrize("name", ["graph.ttl", "inferred.ttl"])
def test_the_files_that_are_asked_are_named_in_one_place(name: str) -> None:
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in (TOP / "kg").rglob("*.py")}
    naming = [p.name for p, tree in trees.items() for node in ast.walk(tree) if isinstance(node, ast.Constant) and node.value == name]
    assert naming == ["store.py"]


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'biuld'"):
        _ = kg.biuld


def test_data_flows_one_way() -> None:
    command = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run([command, "--no-cache"], capture_output=True, text=True, check=False, cwd=TOP)
    assert result.returncode == 0, result.stdout


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The names in the wheel that `pip install` makes of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    code = f"from hatchling.build import build_wheel; print(build_wheel({str(folder)!r}))"
    subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, cwd=TOP)
    (path,) = folder.glob("kg-*.whl")
    return zipfile.ZipFile(path).namelist()


def test_the_wheel_carries_ontology_weights_and_every_other_file_of_the_package(wheel: list[str]) -> None:
    if not shutil.which("git"):
        pytest.skip("git is not installed")
    tracked = subprocess.run(["git", "ls-files", "kg", "ontology"], capture_output=True, text=True, check=False, cwd=TOP).stdout.split("\n")
    wanted = {f"kg/data/{p}" if p.startswith("ontology/") else p for p in tracked if p and (TOP / p).is_file()}
    if not wanted:
        pytest.skip("no git checkout")
    assert wanted <= set(wheel)
    assert any(p.startswith("kg/data/ontology/queries/") for p in wheel)
    assert any(p.startswith("kg/languages/weights/") for p in wheel)


def test_the_wheel_tells_type_checkers_that_it_is_typed(wheel: list[str]) -> None:
    assert "kg/py.typed" in wheel


def test_the_wheel_carries_nothing_else(wheel: list[str]) -> None:
    assert {p.partition("/")[0] for p in wheel if not p.startswith("kg-")} == {"kg"}
    assert not [p for p in wheel if "__pycache__" in p]


PROJECT = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS: dict[str, list[str]] = {"": PROJECT["project"]["dependencies"], **PROJECT["project"]["optional-dependencies"]}


@pytest.mark.parametrize(("room", "extras"), [("kg", ("",)), ("kg/training", ("", "train")), ("tests", ("", "train", "dev"))])
def test_what_is_imported_is_named(room: str, extras: tuple[str, ...]) -> None:
    named = {re.split(r"[^\w-]", d)[0].lower().replace("_", "-") for extra in extras for d in EXTRAS[extra]}
    paths = [p for p in (TOP / room).rglob("*.py") if room != "kg" or p.parent.name != "training"]
    known = sys.stdlib_module_names | {"kg", *(p.stem for p in paths)}
    distributions = packages_distributions()
    for module in {m for p in paths for m in imported(p)} - known:
        assert named & {d.lower().replace("_", "-") for d in [module, *distributions.get(module, ())]}, module


def imported(path: Path) -> set[str]:
    """The top-level modules that a file imports."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    whole = {a.name for n in nodes if isinstance(n, ast.Import) for a in n.names}
    return {m.partition(".")[0] for m in whole | {str(n.module) for n in nodes if isinstance(n, ast.ImportFrom) and not n.level}}


def test_tests_build_the_wheel_as_pip_does() -> None:
    assert PROJECT["build-system"]["requires"] == [d for d in EXTRAS["dev"] if d.startswith("hatchling")] == ["hatchling>=1.26"]


def test_torch_is_for_training_only() -> None:
    assert {name for name, extra in EXTRAS.items() if any("torch" in d for d in extra)} == {"train"}
