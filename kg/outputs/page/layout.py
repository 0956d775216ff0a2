"""A graph in, a place for every node out: communities apart, room for every label, the same picture on every machine."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import networkx as nx
import numpy as np
import numpy.typing as npt

from kg.outputs.page.communities import communities, plain, weights

Array = npt.NDArray[np.float64]

LINE, LETTER, WIDEST = 16.0, 6.9, 150.0  # of a label, in pixels; the page wraps labels at WIDEST
GAP = 34.0  # between communities, and around them
SCREEN = 1.25  # width of the usual picture over its height
MOST_SQUEEZED = 80  # communities; with more, trying several ways takes too long
STILL = 0.5  # pixels: where no node moves further in one step, a drawing is done


@dataclass(frozen=True, slots=True)
class Group:
    """A community: its members as positions in the order of identifiers, the most important first, and its box.

    `tray` says that the members have nothing to do with each other but to be alone, or two.
    """

    members: tuple[int, ...]
    x: float
    y: float
    width: float
    height: float
    tray: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each node stands, in order of identifiers: x, y and radius in pixels, and the index of its group."""

    xs: tuple[int, ...]
    ys: tuple[int, ...]
    radii: tuple[float, ...]
    groups: tuple[Group, ...]


def place(graph: nx.MultiDiGraph) -> Layout:
    """Lay a graph out; the centre is (0, 0), one unit is one pixel when nothing is scaled."""
    simple, importance = plain(graph), weights(graph)
    radii = [7.0 + 15.0 * math.sqrt(w) for w in importance]
    boxes = np.array([box(graph.nodes[n].get("label", ""), r) for n, r in zip(sorted(graph), radii, strict=True)]).reshape(-1, 2)
    tied, trays = communities(simple)
    linked = nx.Graph(simple.subgraph(n for members in tied for n in members))
    points, frames = _together(linked, tied, [_inside(simple, members, boxes) for members in tied], boxes)
    points, frames = _with_trays(simple, trays, boxes, (points, frames))
    framed = list(zip([*tied, *trays], frames, strict=True))
    return Layout(
        tuple(round(float(x)) for x in points[:, 0]),
        tuple(round(float(y)) for y in points[:, 1]),
        tuple(round(r, 1) for r in radii),
        tuple(_group(sorted(m, key=lambda i: (-importance[i], i)), f, n >= len(tied)) for n, (m, f) in enumerate(framed)),
    )


def _group(members: Sequence[int], frame: Array, tray: bool) -> Group:
    x, y, width, height = (round(float(v), 1) for v in frame)
    return Group(tuple(members), x, y, width, height, tray)


def box(label: str, radius: float) -> tuple[float, float]:
    """Return the width and height that a node needs with its label below it."""
    length = LETTER * sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in label)
    lines = 1 if length <= WIDEST else 2
    return max(min(length, WIDEST), 2 * radius) + 12, 2 * radius + 6 + lines * LINE


def _inside(simple: nx.Graph, members: Sequence[int], boxes: Array, width: float = 0.0) -> Array:
    """Place one group around (0, 0), each component by stress, several components in rows."""
    parts = [sorted(c) for c in nx.connected_components(simple.subgraph(members))]
    parts.sort(key=lambda c: (-len(c), c))
    drawn = [stress(simple.subgraph(p), [boxes[i] for i in p]) for p in parts]
    if len(parts) == 1:
        return drawn[0]
    drawn = [spread(points, boxes[part]) for points, part in zip(drawn, parts, strict=True)]
    frames = [_frame(points, boxes[part]) for points, part in zip(drawn, parts, strict=True)]
    spots = shelves([(f[2], f[3]) for f in frames], width)
    position: dict[int, Array] = {}
    for part, points, frame, spot in zip(parts, drawn, frames, spots, strict=True):
        position |= dict(zip(part, points - frame[:2] + spot, strict=True))
    return np.array([position[i] for i in members])


def _with_trays(simple: nx.Graph, trays: Sequence[list[int]], boxes: Array, tied: tuple[Array, list[Array]]) -> tuple[Array, list[Array]]:
    """Put the trays below the rest, as wide as that is."""
    points, frames = tied
    whole = _frame(np.array([f[:2] for f in frames]), np.array([f[2:] for f in frames])) if frames else np.zeros(4)
    y = whole[3] / 2
    points = points - whole[:2]
    frames = [np.concatenate([f[:2] - whole[:2], f[2:]]) for f in frames]
    for members in trays:
        inside = spread(_inside(simple, members, boxes, float(whole[2])), boxes[members])
        frame = _frame(inside, boxes[members])
        middle = np.array([0.0, y + (GAP if y else 0.0) + frame[3] / 2])
        points[members] = inside - frame[:2] + middle
        frames.append(np.array([*middle, *frame[2:]]))
        y = middle[1] + frame[3] / 2
    return points - (0.0, (y - whole[3] / 2) / 2), [f - (0.0, (y - whole[3] / 2) / 2, 0.0, 0.0) for f in frames]


def _together(simple: nx.Graph, groups: Sequence[list[int]], inner: list[Array], boxes: Array) -> tuple[Array, list[Array]]:
    """Place the groups beside each other, turned so that linked members face one another."""
    owner = {node: g for g, members in enumerate(groups) for node in members}
    meta = nx.Graph()
    meta.add_nodes_from(range(len(groups)))
    meta.add_edges_from(sorted({(owner[a], owner[b]) for a, b in simple.edges if owner[a] != owner[b]}))
    sizes = [_frame(p, boxes[m])[2:] for p, m in zip(inner, groups, strict=True)]
    centres = _components(meta, sizes)
    turned = [
        spread(_turned(simple, g, owner, points, centres), boxes[groups[g]]) if meta.degree(g) else spread(points, boxes[groups[g]])
        for g, points in enumerate(inner)
    ]
    frames = [_frame(p, boxes[m]) for p, m in zip(turned, groups, strict=True)]
    centres = _components(meta, [f[2:] for f in frames], centres)
    points = np.zeros((len(boxes), 2))
    for members, inside, frame, centre in zip(groups, turned, frames, centres, strict=True):
        points[members] = inside - frame[:2] + centre
    return points, [np.array([*centre, *frame[2:]]) for centre, frame in zip(centres, frames, strict=True)]


def _components(meta: nx.Graph, sizes: Sequence[Array], start: Array | None = None) -> Array:
    """Place boxes: linked ones by stress, then components of linked ones in rows."""
    wide = np.array(sizes).reshape(-1, 2) + GAP
    parts = sorted((sorted(c) for c in nx.connected_components(meta)), key=lambda c: (-len(c), c))
    drawn = [_dense(stress(meta.subgraph(p), wide[p], tight=True) if start is None else start[p], wide[p]) for p in parts]
    frames = [_frame(points, wide[part]) for points, part in zip(drawn, parts, strict=True)]
    spots = shelves([(f[2], f[3]) for f in frames])
    centres = np.zeros((len(wide), 2))
    for part, points, frame, spot in zip(parts, drawn, frames, spots, strict=True):
        centres[part] = points - frame[:2] + spot
    return centres


def _dense(points: Array, boxes: Array) -> Array:
    """Draw boxes together: of several ways to turn, squeeze and stretch, the one that looks largest on a screen after spreading."""
    if len(points) == 1 or len(points) > MOST_SQUEEZED:
        return spread(points, boxes)
    middle = points - points.mean(axis=0)
    ways = []
    for eighth in range(4):
        turned = middle @ _turn(eighth * math.pi / 4)
        ways += [spread(turned * (squeeze * stretch, squeeze / stretch), boxes) for squeeze in (1.0, 0.5) for stretch in (1.0, 1.4)]
    return min(ways, key=lambda way: round(_extent(way, boxes)))


def _turn(angle: float) -> Array:
    return np.array([[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]])


def _extent(points: Array, boxes: Array) -> float:
    _, _, width, height = _frame(points, boxes)
    return max(float(width) / SCREEN, float(height))


def _turned(simple: nx.Graph, group: int, owner: dict[int, int], points: Array, centres: Array) -> Array:
    """Rotate a group to bring members near the groups they are linked to (orthogonal Procrustes in the plane)."""
    members = [n for n in sorted(owner) if owner[n] == group]
    dot = cross = 0.0
    for node, point in zip(members, points, strict=True):
        for other in sorted(simple[node]):
            if owner[other] != group:
                towards = centres[owner[other]] - centres[group]
                towards = towards / (float(np.hypot(*towards)) or 1.0)
                dot += float(point @ towards)
                cross += float(point[0] * towards[1] - point[1] * towards[0])
    return points @ _turn(round(math.atan2(cross, dot), 3))


def _frame(points: Array, boxes: Array) -> Array:
    """Return centre x, centre y, width and height of what the boxes around the points cover."""
    low, high = (points - boxes / 2).min(axis=0), (points + boxes / 2).max(axis=0)
    return np.concatenate([(low + high) / 2, high - low])


def stress(graph: nx.Graph, boxes: Array | Sequence[Array], tight: bool = False) -> Array:
    """Place the nodes of a connected graph so that distances follow path lengths (SMACOF; Gansner et al. 2005, Graph Drawing)."""
    nodes = sorted(graph)
    if len(nodes) == 1:
        return np.zeros((1, 2))
    distances = _distances(graph, nodes, boxes, tight)
    with np.errstate(divide="ignore"):
        pull = np.where(distances > 0, distances**-2.0, 0.0)
    laplace = np.diag(pull.sum(axis=1)) - pull
    solve = np.linalg.inv(laplace + 1.0 / len(nodes))
    points = _radial(graph, nodes) * float(distances.max()) / 2
    for _ in range(120 if len(nodes) < 100 else 60):
        apart = np.linalg.norm(points[:, None] - points[None], axis=2)
        ratio = np.divide(pull * distances, apart, out=np.zeros_like(pull), where=apart > 1e-9)
        before, points = points, solve @ ((np.diag(ratio.sum(axis=1)) - ratio) @ points)
        if np.abs(points - before).max() < STILL:
            break
    stretched: Array = points * np.array([1.12, 0.95])  # screens are wider than high, and so are labels
    return stretched


def _distances(graph: nx.Graph, nodes: Sequence[int], boxes: Array | Sequence[Array], tight: bool) -> Array:
    index = {n: i for i, n in enumerate(nodes)}
    reach = np.full((len(nodes), len(nodes)), np.inf)
    np.fill_diagonal(reach, 0.0)
    for a, b in graph.edges:
        i, j = index[a], index[b]
        if tight:
            length = float(np.hypot(*boxes[i]) + np.hypot(*boxes[j])) / 2.4
        else:
            length = 62.0 + 17.0 * math.sqrt(max(graph.degree(a), graph.degree(b)))
        reach[i, j] = reach[j, i] = length
    for k in range(len(nodes)):
        reach = np.minimum(reach, reach[:, k, None] + reach[None, k])
    return reach


def _radial(graph: nx.Graph, nodes: Sequence[int]) -> Array:
    """Start from the tree of shortest paths around the best linked node: each child gets its share of its parent's angle."""
    hub = max(nodes, key=lambda n: (graph.degree(n), -n))
    tree = nx.DiGraph()
    tree.add_node(hub)
    tree.add_edges_from(nx.bfs_edges(graph, hub, sort_neighbors=sorted))
    leaves: dict[int, int] = {}
    for node in nx.dfs_postorder_nodes(tree, hub):
        leaves[node] = sum(leaves[c] for c in tree[node]) or 1
    place_of, sector = {hub: (0.0, 0.0)}, {hub: (0.0, 2 * math.pi, 0)}
    for parent, child in nx.bfs_edges(tree, hub):
        start, width, depth = sector[parent]
        share = width * leaves[child] / leaves[parent] if parent == hub else width * leaves[child] / max(leaves[parent], 1)
        sector[child] = (start, share, depth + 1)
        sector[parent] = (start + share, width, depth)
        middle = start + share / 2
        place_of[child] = ((depth + 1) * math.cos(middle), (depth + 1) * math.sin(middle))
    points = np.array([place_of[n] for n in nodes])
    return points / (float(np.abs(points).max()) or 1.0)


def spread(points: Array, boxes: Array, rounds: int = 300) -> Array:
    """Push boxes apart, each pair along the axis where they overlap least, until none overlap."""
    points = points.copy()
    first, second = np.triu_indices(len(points), 1)
    half = (boxes[first] + boxes[second]) / 2
    for _ in range(rounds):
        across = np.abs(points[first, 0] - points[second, 0])
        hit = np.flatnonzero(across < half[:, 0] - 0.01)
        inside = half[hit, 1] - np.abs(points[first[hit], 1] - points[second[hit], 1])
        hit, inside = hit[inside > 0.01], inside[inside > 0.01]
        if not len(hit):
            break
        sideways = half[hit, 0] - across[hit] <= inside
        for axis, these in ((0, hit[sideways]), (1, hit[~sideways])):
            one, other = first[these], second[these]
            apart = points[one, axis] - points[other, axis]
            push = np.where(apart > 0, 0.3, -0.3) * (half[these, axis] - np.abs(apart))
            points[:, axis] += np.bincount(one, push, len(points)) - np.bincount(other, push, len(points))
    return points


def shelves(sizes: Sequence[tuple[float, float]], width: float = 0.0) -> list[tuple[float, float]]:
    """Put boxes in rows of at least a width and return their centres; a first box that outweighs all others has the first row to itself."""
    total = sum(w * h for w, h in sizes)
    width = max([width, math.sqrt(total * SCREEN), *(w for w, _ in sizes)], default=0.0)
    alone = len(sizes) > 1 and sizes[0][0] * sizes[0][1] * 2 > total
    rows: list[list[int]] = [[]]
    for i in range(len(sizes)):
        if rows[-1] and (sum(sizes[j][0] for j in rows[-1]) + sizes[i][0] > width or (alone and i == 1)):
            rows.append([])
        rows[-1].append(i)
    spots, y = [], 0.0
    for row in rows:
        x, height = -sum(sizes[i][0] for i in row) / 2, max((sizes[i][1] for i in row), default=0.0)
        for i in row:
            spots.append((x + sizes[i][0] / 2, y + height / 2))
            x += sizes[i][0]
        y += height
    return [(sx, sy - y / 2) for sx, sy in spots]
