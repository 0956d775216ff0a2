"""A graph in, its communities and the weight of each node out: who belongs together, and who matters most."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import networkx as nx

SEED = 7
LARGEST = 400  # a community beyond this is split again: more nodes at once are not readable
LOOSE = 3  # components below this size lie together in trays


def plain(graph: nx.MultiDiGraph) -> nx.Graph:
    """Return the undirected simple graph on 0…n-1 in order of identifier; `weight` counts the facts between two nodes."""
    index = {node: i for i, node in enumerate(sorted(graph))}
    simple = nx.Graph()
    simple.add_nodes_from(range(len(index)))
    for subject, object_ in sorted((index[s], index[o]) for s, o, _ in graph.edges(keys=True)):
        if subject != object_:
            known = simple.get_edge_data(subject, object_, {"weight": 0})
            simple.add_edge(subject, object_, weight=known["weight"] + 1)
    return simple


def weights(graph: nx.MultiDiGraph) -> list[float]:
    """Return how much each node matters, in [0, 1] and in order of identifier: its facts first, its mentions a little."""
    raw = [degree + 0.3 * math.log1p(len(graph.nodes[node].get("mentions", ()))) for node, degree in sorted(graph.degree())]
    top = max(raw, default=0.0) or 1.0
    return [r / top for r in raw]


def communities(simple: nx.Graph) -> tuple[list[list[int]], list[list[int]]]:
    """Return the communities, the largest first, and trays of loose nodes: each a sorted list of nodes."""
    parts = sorted((sorted(c) for c in nx.connected_components(simple)), key=lambda c: (-len(c), c))
    loose = [node for part in parts if len(part) < LOOSE for node in part]
    tight = nx.Graph(simple.subgraph(node for part in parts if len(part) >= LOOSE for node in part))
    found = sorted(_split(tight), key=lambda g: (-len(g), g))
    return found, [loose[i : i + LARGEST] for i in range(0, len(loose), LARGEST)]


def _split(graph: nx.Graph, depth: int = 0) -> Iterator[list[int]]:
    # Sets of small integers iterate in the same order everywhere, so a seed is enough to repeat the result.
    if not graph:
        return
    found = [sorted(c) for c in nx.community.louvain_communities(graph, seed=SEED)]
    for members in _mended(graph, found):
        if len(members) <= LARGEST:
            yield members
        elif len(found) == 1 or depth > 4:
            yield from _sliced(graph, members)
        else:
            yield from _split(graph.subgraph(members).copy(), depth + 1)


def _mended(graph: nx.Graph, found: Sequence[list[int]]) -> Iterator[list[int]]:
    # Louvain may leave a community in pieces.
    for members in found:
        yield from (sorted(c) for c in nx.connected_components(graph.subgraph(members)))


def _sliced(graph: nx.Graph, members: Sequence[int]) -> Iterator[list[int]]:
    order = list(nx.bfs_tree(graph, max(members, key=lambda n: (graph.degree(n), -n))))
    for start in range(0, len(order), LARGEST):
        yield sorted(order[start : start + LARGEST])
