"""The tree of errors is whole, and drawn as it is."""

import inspect
import re
from pathlib import Path

from kg import errors

KINDS = {name: kind for name, kind in vars(errors).items() if inspect.isclass(kind)}


def test_the_tree_that_is_drawn_is_the_one_there_is() -> None:
    branches = re.findall(r"^((?:│   )*(?:[├└]── )?)(\w+Error)\b", str(errors.__doc__), re.MULTILINE)
    above: list[type] = []
    for branch, name in branches:
        above[len(branch) // 4 :] = [KINDS[name]]
        assert KINDS[name].__mro__[: len(above)] == tuple(reversed(above))
    assert sorted(name for _, name in branches) == sorted(KINDS)


def test_there_is_no_error_of_ours_elsewhere() -> None:
    ours = re.compile(rf"^class \w+\(({'|'.join(KINDS)})\)", re.MULTILINE)
    home = Path(str(errors.__file__))
    assert [p.name for p in home.parent.rglob("*.py") if ours.search(p.read_text(encoding="utf-8"))] == [home.name]
