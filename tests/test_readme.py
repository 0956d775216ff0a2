import re
import shlex
import shutil
import tomllib
from pathlib import Path
from typing import Any

import docx
import pytest
from click.testing import CliRunner

from kg import training
from kg.cli import main
from kg.training import card, columns

TOP = Path(__file__).parent.parent
README = (TOP / "README.md").read_text(encoding="utf-8")
SHELL = [line for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL) for line in block.splitlines() if line]
USES = [line for line in SHELL if line.startswith("kg ")]
MAKEFILE = (TOP / "Makefile").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_is_in_the_readme(name: str) -> None:
    assert any(line.split()[1] == name for line in USES)


@pytest.mark.parametrize("line", USES)
def test_what_the_readme_shows_exists(line: str) -> None:
    command = main.commands[line.split()[1]]
    if command.context_settings.get("ignore_unknown_options"):  # it takes the parameters of questions
        return
    known = {o for p in command.params for o in (*p.opts, *p.secondary_opts)}
    assert {w for w in line.split() if w.startswith("-")} <= known


@pytest.fixture
def newcomer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the documents that the README's commands speak of, and all that its build makes of them."""
    monkeypatch.chdir(tmp_path)
    for name in ("seeds", "reports"):
        shutil.copytree(TOP / "seeds", name)
    interview = docx.Document()
    interview.add_paragraph("Mira Solano is the chief executive of Larkfield Motors.")
    interview.save("interview.docx")
    return tmp_path


LONG = ("serve", "train")  # one waits for others, one learns for hours; both have tests of their own


def test_the_tour_works_as_written(newcomer: Path) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    names: dict[str, Any] = {}
    exec(code, names)
    assert names["graph"].number_of_edges() == names["summary"].facts > 0
    shutil.copytree("output", "out-of-yesterday")
    for line in (u for u in USES if u.split()[1] not in LONG):
        result = CliRunner().invoke(main, shlex.split(line)[1:])
        assert result.exit_code in ((0, 1) if line.split()[1] == "diff" else (0,)), f"{line}\n{result.output}"
        assert result.stdout.strip(), line
    assert {p.name for p in newcomer.iterdir()} >= {"out", "output", "errors.html", "graph.graphml"}


@pytest.mark.parametrize("line", [u for u in USES if u.split()[1] == "train"])
def test_training_is_shown_with_what_it_reads(line: str) -> None:
    top = main.make_context("kg", ["train"])
    given = main.commands["train"].make_context("train", shlex.split(line, comments=True)[2:], top).params
    named = (("CORPORA", "corpora"), ("--gold", "gold"), ("--from", "start"))
    assert training.kinds()[given["kind"]] == tuple(name for name, key in named if given[key])


def test_the_data_named_are_the_data_used() -> None:
    paths = [c.path for c in columns.CORPORA]
    code = "\n".join(p.read_text(encoding="utf-8") for p in (TOP / "kg" / "training").glob("*.py"))
    used = {p.split("/")[0] for p in [*paths, *re.findall(r'corpora / f?"([\w./-]+)', code)]}
    rows = [line.split("|")[1] for line in README.split("| source |")[1].splitlines() if line.startswith("|")]
    named = re.findall(r"[\w-]+", " ".join(rows))
    licensed = re.findall(r"[\w-]+", " ".join(name for name, _ in card.LICENCES))
    known = used | {"WNUT17", "GUM-NER"}
    assert used == known & set(named) == known & set(licensed)


def test_options_named_in_the_text_exist() -> None:
    known = {o for c in main.commands.values() for p in c.params for o in p.opts} | {"--help"}
    assert set(re.findall(r"`(--[a-z-]+)", README)) <= known


def test_make_and_ci_say_the_commands_of_the_readme() -> None:
    demo, test = (line for line in SHELL if line.startswith("python3 -m venv"))
    said = MAKEFILE.replace("$(PYTHON)", "python3").replace("$(BIN)", ".venv/bin").replace("$(VENV)", ".venv")
    assert f"\t{demo}\n" in said
    assert f"\t{test}\n" in said
    script = (TOP / ".ci" / "run").read_text(encoding="utf-8")
    assert script.endswith(f"\n{test}\n")
    checks = [line.strip().replace("$(BIN)", ".venv/bin") for line in MAKEFILE.split("check: dev")[1].split("\n\n")[0].splitlines()[1:]]
    assert all(check in script.splitlines() or script.endswith(f"{check}\n") for check in checks)


def test_files_that_the_readme_names_exist() -> None:
    for name in re.findall(r"`((?:ontology|notebooks|seeds|kg|output)/[\w./-]*|[A-Z]+\.md|LICENSE)`", README):
        assert (TOP / name).exists(), name
    for name in re.findall(r"\]\((?!http)([^)]+)\)", README):
        assert (TOP / name).is_file(), name


def test_the_licence_is_the_one_that_is_named() -> None:
    project = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["license"] == "Apache-2.0 AND CC-BY-SA-4.0" and all((TOP / name).is_file() for name in project["license-files"])
    assert "CC BY-SA 4.0" in (TOP / "kg/languages/weights/LICENSE.md").read_text(encoding="utf-8")
    assert (TOP / "LICENSE").read_text(encoding="utf-8").lstrip().startswith("Apache License")
