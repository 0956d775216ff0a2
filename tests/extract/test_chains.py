"""The chains of a window are told once, for whatever is asked of their mentions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract import classifier, clock
from kg.extract.chains import chains
from kg.languages.encoder import Links
from kg.model import Mention, Span


def link(members: list[int]) -> Links:
    size, kinds = len(members), np.random.default_rng(7)
    relations = kinds.normal(0, 5, (size, size, 3))
    return Links(np.array(members, dtype=np.int64), relations, *(np.zeros((size, size)) for _ in range(3)))


def mentions(*numbers: int) -> list[Mention]:
    return [Mention(Span("d", n, n + 1), "x", "Person", "en", chain) for n, chain in enumerate(numbers)]


def test_a_chain_has_the_places_of_its_mentions_and_no_quotation_or_date():
    assert chains(link([0, 2, 3, 1, 4, 5]), mentions(7, 5, 7, 6)) == {5: [3], 6: [2], 7: [0, 1]}
    assert chains(link([4, 5]), mentions(7, 5, 7, 6)) == {}


@pytest.mark.parametrize("module", [classifier, clock])
def test_claims_and_dates_ask_the_same_chains(module):
    assert module.chains is chains


@given(st.lists(st.integers(0, 3), min_size=2, max_size=6))
def test_the_clearest_pair_of_two_chains_is_of_their_mentions(numbers):
    window, found = link(list(range(len(numbers)))), chains(link(list(range(len(numbers)))), mentions(*numbers))
    for rows in found.values():
        for columns in found.values():
            row, column = classifier._pair(window.relations[..., 1], rows, columns)
            assert (row in rows, column in columns) == (True, True)
            assert window.relations[row, column, 1] == max(window.relations[r, c, 1] for r in rows for c in columns)
