"""Links with scores in, groups of nodes out: greedy from the strongest link down, never across more evidence against than for."""

from __future__ import annotations

from collections.abc import Iterable

from kg.resolve.evidence import AGAINST, ENOUGH, Link


class Forest:
    """Groups of the numbers 0 … n-1 that grow together; each group is named by its smallest number."""

    def __init__(self, size: int) -> None:
        self._parents = list(range(size))

    def find(self, node: int) -> int:
        """Return the name of a node's group."""
        root = node
        while self._parents[root] != root:
            root = self._parents[root]
        while self._parents[node] != root:
            self._parents[node], node = root, self._parents[node]
        return root

    def join(self, first: int, second: int) -> int:
        """Make one group of two; return its name."""
        one, other = sorted((self.find(first), self.find(second)))
        self._parents[other] = one
        return one

    def groups(self) -> tuple[tuple[int, ...], ...]:
        """Return all groups, each sorted, in order of their names."""
        members: dict[int, list[int]] = {}
        for node in range(len(self._parents)):
            members.setdefault(self.find(node), []).append(node)
        return tuple(tuple(m) for _, m in sorted(members.items()))


def cluster(size: int, links: Iterable[Link]) -> tuple[tuple[int, ...], ...]:
    """Group nodes. A link joins two groups if its score outweighs the worst evidence between any of their members.

    The outcome depends on the scores and the numbering of the nodes only, not on the order of the links.
    """
    forest = Forest(size)
    foes: dict[int, dict[int, float]] = {}
    ordered = sorted(links, key=lambda link: (-link.score, link.first, link.second))
    for link in ordered:
        if link.score <= AGAINST:
            _oppose(foes, link.first, link.second, link.score)
    for link in ordered:
        if link.score < ENOUGH:
            break
        one, other = forest.find(link.first), forest.find(link.second)
        if one != other and link.score + foes.get(one, {}).get(other, 0.0) >= ENOUGH:
            root = forest.join(one, other)
            _inherit(foes, root, other if root == one else one)
    return forest.groups()


def _oppose(foes: dict[int, dict[int, float]], one: int, other: int, score: float) -> None:
    for a, b in ((one, other), (other, one)):
        mine = foes.setdefault(a, {})
        mine[b] = min(mine.get(b, 0.0), score)


def _inherit(foes: dict[int, dict[int, float]], root: int, joined: int) -> None:
    """Let a joined group's opponents oppose its new group."""
    for foe, score in sorted(foes.pop(joined, {}).items()):
        foes[foe].pop(joined, None)
        if foe != root:
            _oppose(foes, root, foe, score)
