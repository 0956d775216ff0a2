"""Chains: equal names are one thing, others only where the network is for it."""

from itertools import combinations, product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.coreference import Same, chains
from kg.languages.encoder import Found, Links, Reading
from kg.languages.encoder.calibration import Calibration

LEAST = Calibration(names=0.5, nominals=0.0)
NOTHING = np.zeros(0)


def told(odds: dict[tuple[int, int], float]) -> Same:
    pairs = np.array(sorted(odds), dtype=np.int64).reshape(-1, 2)
    return Same(pairs[:, 0], pairs[:, 1], np.array([odds[pair] for pair in sorted(odds)], dtype=float))


def same(size: int, **pairs: float) -> Same:
    given = {(int(a), int(b)): odds for pair, odds in pairs.items() for a, b in [pair[1:].split("_")]}
    return told(dict.fromkeys(combinations(range(size), 2), -4.0) | given)


def test_equal_names_of_one_type_are_one_thing():
    assert chains(["Person", "Organization", "Person"], ["wulan", "wulan", "wulan"], same(3), LEAST) == [0, 1, 0]


def test_a_short_name_joins_the_full_name_that_the_network_sees_in_it():
    assert chains(["Person"] * 3, ["wulan hartanto", "hartanto", "budi hartanto"], same(3, p0_1=3.0), LEAST) == [0, 0, 1]


def test_a_pronoun_joins_the_cluster_of_its_surest_antecedent():
    assert chains(["Person"] * 3, ["mira", "otto", None], same(3, p0_2=0.5, p1_2=2.0), LEAST) == [0, 1, 1]


def test_a_nominal_without_antecedent_stays_alone():
    assert chains(["Organization"] * 2, ["laut biru", None], same(2), LEAST) == [0, 1]


def test_pairs_no_window_holds_say_nothing():
    assert chains(["Person"] * 2, ["mira", None], told({}), LEAST) == [0, 1]


# The same, said plainly: every pair of clusters is compared anew after every join.


def plainly(types, names, odds, least):
    known = odds | {(b, a): x for (a, b), x in odds.items()}
    clusters: dict[tuple[str, str], list[int]] = {}
    for n, name in enumerate(names):
        if name is not None:
            clusters.setdefault((types[n], name), []).append(n)
    joined = list(clusters.values())
    while pair := favourite(joined, types, known, least.names):
        joined[pair[0]] += joined.pop(pair[1])
    for n in (n for n, name in enumerate(names) if name is None):
        alike = [c for c in joined if types[c[0]] == types[n]]
        surest = [max((known[n, m] for m in c if (n, m) in known), default=-np.inf) for c in alike]
        if max(surest, default=-np.inf) > least.nominals:
            alike[surest.index(max(surest))].append(n)
        else:
            joined.append([n])
    numbers = {n: chain for chain, members in enumerate(sorted(joined, key=min)) for n in members}
    return [numbers[n] for n in range(len(types))]


def favourite(clusters, types, known, least):
    best, pair = least, None
    for (a, one), (b, other) in combinations(enumerate(clusters), 2):
        between = [known[p] for p in product(one, other) if p in known]
        if types[one[0]] == types[other[0]] and between and sum(between) / len(between) > best:
            best, pair = sum(between) / len(between), (a, b)
    return pair


@st.composite
def documents(draw):
    size = draw(st.integers(0, 12))
    types = draw(st.lists(st.sampled_from("PO"), min_size=size, max_size=size))
    names = draw(st.lists(st.sampled_from([*"abcdefgh", None]), min_size=size, max_size=size))
    held = draw(st.sets(st.sampled_from([*combinations(range(size), 2)]))) if size > 1 else set()
    return types, names, {pair: draw(st.integers(-4, 8)) / 4 for pair in sorted(held)}  # few values: many are equal


@given(documents())
@settings(deadline=None)
def test_the_surest_of_all_pairs_joins_first_and_of_equals_the_earlier(document):
    types, names, odds = document
    assert chains(types, names, told(odds), LEAST) == plainly(types, names, odds, LEAST)


@st.composite
def readings(draw):
    size, others = draw(st.integers(0, 6)), 3
    links = []
    for members in draw(st.lists(st.sets(st.integers(0, size + others - 1), min_size=2), max_size=5)):
        half = np.array(draw(st.lists(st.integers(-8, 8), min_size=len(members) ** 2, max_size=len(members) ** 2))) / 8
        square = half.reshape(len(members), -1).astype(np.float32)
        links.append(Links(np.array(sorted(members)), NOTHING, NOTHING, (square + square.T) / 2, NOTHING))
    return Reading((Found(0, 1, "Person"),) * size, (), (), tuple(links))


@given(readings())
@settings(deadline=None)
def test_odds_are_means_over_the_windows_that_hold_a_pair(reading):
    held: dict[tuple[int, int], list[float]] = {}
    for link in reading.links:
        for a, b in combinations(range(len(link.members)), 2):
            if link.members[b] < len(reading.mentions):
                held.setdefault((int(link.members[a]), int(link.members[b])), []).append(float(link.same[a, b]))
    found = Same.of(reading)
    assert [*zip(found.first, found.second, strict=True)] == sorted(held)
    assert found.odds.tolist() == [sum(held[pair]) / len(held[pair]) for pair in sorted(held)]


def long(windows: int) -> Reading:
    """Windows of ten mentions that share five with the next; every tenth mention is like the one after it."""
    links = []
    for start in range(0, 5 * windows, 5):
        members = np.arange(start, start + 10)
        odds = np.where((members[:, None] % 10 == 0) & (members == members[:, None] + 1), 2 + members / 10**6, -3.0)
        links.append(Links(members, NOTHING, NOTHING, np.maximum(odds, odds.T), NOTHING))
    return Reading((Found(0, 1, "Person"),) * (5 * windows + 5), (), (), tuple(links))


def test_a_text_twice_as_long_has_twice_as_many_pairs_and_takes_twice_the_work(steps):
    pairs, work = [], []
    for windows in (40, 80):
        reading = long(windows)
        found, size = Same.of(reading), len(reading.mentions)
        names = [None if n % 7 == 6 else f"name {n}" for n in range(size)]
        pairs.append(len(found.odds))
        work.append(steps(lambda names=names, found=found: chains(["Person"] * len(names), names, found, LEAST)))
    assert pairs[1] <= 2.1 * pairs[0]
    assert work[1] <= 2.5 * work[0]
