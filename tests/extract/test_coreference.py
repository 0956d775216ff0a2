"""Chains: equal names are one thing, others only where the network is for it."""

import numpy as np

from kg.extract.coreference import Same, chains
from kg.languages.encoder.calibration import Calibration

LEAST = Calibration(names=0.5, nominals=0.0)


def same(size: int, **pairs: float) -> Same:
    odds = np.full((size, size), -4.0)
    for pair, value in pairs.items():
        a, b = map(int, pair[1:].split("_"))
        odds[a, b] = odds[b, a] = value
    return Same(odds)


def test_equal_names_of_one_type_are_one_thing():
    assert chains(["Person", "Organization", "Person"], ["wulan", "wulan", "wulan"], same(3), LEAST) == [0, 1, 0]


def test_a_short_name_joins_the_full_name_that_the_network_sees_in_it():
    assert chains(["Person"] * 3, ["wulan hartanto", "hartanto", "budi hartanto"], same(3, p0_1=3.0), LEAST) == [0, 0, 1]


def test_a_pronoun_joins_the_cluster_of_its_surest_antecedent():
    assert chains(["Person"] * 3, ["mira", "otto", None], same(3, p0_2=0.5, p1_2=2.0), LEAST) == [0, 1, 1]


def test_a_nominal_without_antecedent_stays_alone():
    assert chains(["Organization"] * 2, ["laut biru", None], same(2), LEAST) == [0, 1]


def test_pairs_no_window_holds_say_nothing():
    odds = np.full((2, 2), np.nan)
    assert chains(["Person"] * 2, ["mira", None], Same(odds), LEAST) == [0, 1]
