"""Characters of both Chinese scripts."""

from __future__ import annotations

import pytest

from kg.outputs.page.variants import variants


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ([], ["", ""]),
        (["Ann", "Ünal"], ["", ""]),
        (["云"], ["雲", "云"]),
        (["雲"], ["雲", "云"]),
        (["台湾", "Joe"], ["檯灣臺颱", "台湾台台"]),
        (["人"], ["", ""]),
    ],
)
def test_the_traditional_characters_of_names_come_with_their_simplified_ones(names: list[str], expected: list[str]) -> None:
    assert variants(names) == expected
