import re
import tomllib
from pathlib import Path

import pytest

from kg.cli import main

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


def test_options_named_in_the_text_exist() -> None:
    known = {o for c in main.commands.values() for p in c.params for o in p.opts} | {"--help"}
    assert set(re.findall(r"`(--[a-z-]+)", README)) <= known


def test_make_and_ci_say_the_commands_of_the_readme() -> None:
    demo, test = (line for line in SHELL if line.startswith("python3 -m venv"))
    said = MAKEFILE.replace("$(PYTHON)", "python3").replace("$(BIN)", ".venv/bin").replace("$(VENV)", ".venv")
    assert f"\t{demo}\n" in said
    assert f"\t{test}\n" in said
    script = (TOP / ".ci" / "run").read_text(encoding="utf-8")
    assert "install --quiet --disable-pip-version-check '.[dev]'" in script
    assert "\npython -m pytest\n" in script
    checks = [line.strip().removeprefix("$(BIN)/") for line in MAKEFILE.split("check: dev")[1].split("\n\n")[0].splitlines()[1:]]
    assert all(f"\n{check}\n" in script for check in checks)


def test_files_that_the_readme_names_exist() -> None:
    for name in re.findall(r"`((?:ontology|notebooks|seeds|kg|output)/[\w./-]*|[A-Z]+\.md|LICENSE)`", README):
        assert (TOP / name).exists(), name
    for name in re.findall(r"\]\((?!http)([^)]+)\)", README):
        assert (TOP / name).is_file(), name


def test_the_licence_is_the_one_that_is_named() -> None:
    project = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["license"] == "Apache-2.0"
    assert (TOP / "LICENSE").read_text(encoding="utf-8").lstrip().startswith("Apache License")
