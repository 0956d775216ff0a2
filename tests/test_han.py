"""Which characters are Chinese is said once."""

from pathlib import Path

import pytest

import kg
from kg.extract.lexicon import alternation
from kg.extract.titles import TOKEN
from kg.han import HAN, has_han

PACKAGE = Path(kg.__file__).parent
SYNTAX = {"outputs/turtle.py"}  # which characters a local name of Turtle may have


@pytest.mark.parametrize(
    ("character", "han"), [("青", True), ("㐀", True), ("\uf900", True), ("𫖮", True), ("カ", False), ("。", False), ("e", False)]
)
def test_rare_ideographs_are_chinese_too(character: str, han: bool) -> None:
    assert has_han(f"Bo{character}") == bool(HAN.match(character)) == han


def test_rare_ideographs_are_cut_and_found_like_others() -> None:
    assert TOKEN.findall("任𫖮CEO") == ["任", "𫖮", "CEO"]
    assert HAN.search("𫖮") and alternation(["𫖮"]) == "(?:(?:𫖮))"


def test_no_other_module_spells_them_out() -> None:
    spelled = {p.relative_to(PACKAGE).as_posix() for p in PACKAGE.rglob("*.py") if r"\u3400" in p.read_text(encoding="utf-8")}
    assert spelled == {"han.py"} | SYNTAX
