"""Places, communities and passages: the parts of the page that need no browser."""

from __future__ import annotations

import random
from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from example_graph import example, shuffled
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.outputs.page.communities import LARGEST, communities, plain, weights
from kg.outputs.page.layout import box, place, shelves, spread
from kg.outputs.page.passages import Passages, around, units

Pairs = st.lists(st.tuples(st.integers(0, 25), st.integers(0, 25)), max_size=60)


def graph_of(pairs: list[tuple[int, int]], lonely: int = 0) -> nx.MultiDiGraph:
    graph = nx.MultiDiGraph(documents={}, quotations=[])
    for node in sorted({n for pair in pairs for n in pair} | set(range(100, 100 + lonely))):
        graph.add_node(f"n{node:03}", label=f"Name number {node}", mentions=[])
    for key, (one, other) in enumerate(pairs):
        graph.add_edge(f"n{one:03}", f"n{other:03}", key=str(key))
    return graph


def rings(count: int, size: int) -> list[tuple[int, int]]:
    """Rings in a row, each linked to the next by one edge."""
    inner = [(r * size + i, r * size + (i + 1) % size) for r in range(count) for i in range(size)]
    return inner + [(r * size, (r + 1) * size) for r in range(count - 1)]


@settings(max_examples=25, deadline=None)
@given(Pairs, st.integers(0, 5))
def test_no_two_nodes_with_their_labels_overlap(pairs: list[tuple[int, int]], lonely: int) -> None:
    graph = graph_of(pairs, lonely)
    layout = place(graph)
    sizes = [box(graph.nodes[n]["label"], r) for n, r in zip(sorted(graph), layout.radii, strict=True)]
    for i, j in combinations(range(len(sizes)), 2):
        across = abs(layout.xs[i] - layout.xs[j]) - (sizes[i][0] + sizes[j][0]) / 2
        along = abs(layout.ys[i] - layout.ys[j]) - (sizes[i][1] + sizes[j][1]) / 2
        assert max(across, along) > -2, (i, j)


def test_the_same_graph_put_together_in_another_order_is_laid_out_the_same() -> None:
    assert place(example()) == place(shuffled(example())) == place(example())


def test_rings_are_communities_and_stand_apart() -> None:
    graph = graph_of(rings(4, 6))
    groups = [sorted(group.members) for group in place(graph).groups]
    assert sorted(groups) == [list(range(r * 6, r * 6 + 6)) for r in range(4)]
    frames = place(graph).groups
    for one, other in combinations(frames, 2):
        assert abs(one.x - other.x) >= (one.width + other.width) / 2 - 1 or abs(one.y - other.y) >= (one.height + other.height) / 2 - 1


def test_a_graph_without_nodes_and_one_with_a_single_node_are_laid_out() -> None:
    assert place(graph_of([])).xs == ()
    assert place(graph_of([], 1)).xs == (0,)


def test_a_star_too_large_for_one_community_is_cut() -> None:
    simple = plain(graph_of([(0, n) for n in range(1, 2 * LARGEST)]))
    groups, trays = communities(simple)
    assert trays == []
    assert sorted(n for g in groups for n in g) == list(range(2 * LARGEST))
    assert max(map(len, groups)) <= LARGEST


def test_the_best_linked_node_weighs_most() -> None:
    found = weights(graph_of([(0, 1), (0, 2), (0, 3), (2, 3)]))
    assert found[0] == max(found) == 1.0
    assert found[1] < found[2]


def test_a_loop_and_a_second_fact_are_no_second_link() -> None:
    simple = plain(graph_of([(1, 1), (1, 2), (2, 1)]))
    assert list(simple.edges(data="weight")) == [(0, 1, 2)]


def test_boxes_on_one_spot_are_pushed_apart() -> None:
    boxes = np.full((5, 2), 10.0)
    points = spread(np.zeros((5, 2)), boxes)
    assert all(np.abs(points[i] - points[j]).max() > 9.9 for i, j in combinations(range(5), 2))


def test_shelves_keep_order_and_do_not_overlap() -> None:
    sizes = [(float(w), float(h)) for w, h in [(400, 300), (50, 20), (60, 30), (50, 20)]]
    spots = shelves(sizes)
    assert all(y > spots[0][1] for _, y in spots[1:])
    assert shelves([]) == []


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("One here. Two there. Three.", "Two", "Two there."),
        ("第一句。林晓云任董事长。第三句。", "董事长", "林晓云任董事长。"),
        ("Kata Bpk. Budi Hartanto memimpin. Lalu?", "Hartanto", "Kata Bpk. Budi Hartanto memimpin."),
        ("Mr. Lind runs J. P. Marwick. Next", "runs", "Mr. Lind runs J. P. Marwick."),
        ("Headline\nBody of it", "Body", "Body of it"),
        ("Alone. Two three. Four five. Six.", "three. Four", "Two three. Four five."),
        ("  word  ", "word", "word"),
    ],
)
def test_the_sentence_around_the_evidence_is_shown(text: str, words: str, expected: str) -> None:
    start = text.index(words)
    low, high = around(text, start, start + len(words))
    assert text[low:high] == expected


@settings(deadline=None)
@given(st.text(max_size=300), st.data())
def test_a_passage_always_holds_its_evidence(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    low, high = around(text, start, end)
    assert 0 <= low <= start <= end <= high <= len(text)


def test_a_very_long_line_is_cut_around_the_evidence() -> None:
    text = "word " * 100_000
    low, high = around(text, 250_000, 250_004)
    assert high - low < 500


def test_offsets_count_what_a_browser_counts() -> None:
    assert units("a😀b", 2) == 3
    assert units("abc", 2) == 2


def test_a_sentence_is_kept_once_with_the_names_in_it() -> None:
    graph = example()
    nodes = {n: i for i, n in enumerate(sorted(graph))}
    passages = Passages(graph, nodes, {d: i for i, d in enumerate(sorted(graph.graph["documents"]))})
    spans = [a["evidence"][0] for _, _, a in graph.edges(data=True) if a["predicate"] in ("acquired", "partnerOf")]
    assert len({passages.add(s)[0] for s in spans}) == 1
    names = [(passages.rows[0][2][a:b], n) for a, b, n in passages.rows[0][3]]
    assert ("Qingxi", nodes["organization/青溪科技"]) in names


def test_random_graphs_of_a_hundred_nodes_take_a_landscape_picture() -> None:
    rng = random.Random(5)
    layout = place(graph_of([(rng.randrange(60), rng.randrange(60)) for _ in range(90)]))
    width, height = max(layout.xs) - min(layout.xs), max(layout.ys) - min(layout.ys)
    assert 0.6 < width / height < 3
