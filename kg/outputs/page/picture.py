"""What the page knows in, the network of its first view out, made by pyvis: nodes, edges and options of vis-network."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

MOST = 2000  # nodes shown at once; a larger graph opens on its communities

_OPTIONS = {
    "autoResize": True,
    "nodes": {"borderWidth": 0, "chosen": False},
    "edges": {
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.5}},
        "color": {"inherit": False},
        "chosen": False,
        "hoverWidth": 0,
        "selectionWidth": 0,
        "smooth": False,
        "width": 1.2,
    },
    "interaction": {"hover": True, "keyboard": False, "multiselect": False, "tooltipDelay": 200, "hideEdgesOnDrag": False},
    "layout": {"improvedLayout": False, "randomSeed": 1},
    "physics": {
        "enabled": False,
        "solver": "forceAtlas2Based",
        "stabilization": {"enabled": False},
        "forceAtlas2Based": {"gravitationalConstant": -90, "springLength": 110, "avoidOverlap": 0.6},
    },
}


def picture(page: dict[str, Any]) -> dict[str, Any]:
    """Return `nodes`, `edges`, `options` and whether this is an overview of communities."""
    from pyvis.network import Network  # noqa: PLC0415 - imports IPython: 0.7 s that only a page pays

    network = Network(directed=True)
    network.set_options(json.dumps(_OPTIONS))
    overview = len(page["entities"]) > MOST
    (_communities if overview else _everything)(network, page)
    return {"nodes": network.nodes, "edges": network.edges, "options": network.options, "overview": overview}


def _everything(network: Any, page: dict[str, Any]) -> None:
    for number, (_, label, _, kind, _, _, _, x, y, radius, _) in enumerate(page["entities"]):
        network.add_node(number, label=label or " ", group=page["kinds"][kind][-1], x=x, y=y, size=radius)
    for number, (subject, object_, *_) in enumerate(page["facts"]):
        network.add_edge(subject, object_, id=f"f{number}")


def _communities(network: Any, page: dict[str, Any]) -> None:
    owner = [entity[-1] for entity in page["entities"]]
    for number, (members, x, y, width, height, _) in enumerate(page["groups"]):
        label = page["entities"][members[0]][1] or " "
        network.add_node(f"g{number}", label=label, group="", x=round(x), y=round(y), size=round(min(width, height) * 0.3, 1))
    links = Counter(tuple(sorted((owner[f[0]], owner[f[1]]))) for f in page["facts"] if owner[f[0]] != owner[f[1]])
    for (one, other), count in sorted(links.items()):
        network.add_edge(f"g{one}", f"g{other}", id=f"l{one}-{other}", value=count)


def library() -> str:
    """Return the source of the vis-network that pyvis brings along, without the reference to a source map."""
    import pyvis  # noqa: PLC0415 - as above

    found = sorted(Path(pyvis.__file__).parent.glob("lib/vis-9*/vis-network.min.js"), key=_version)
    return re.sub(r"\s*//# sourceMappingURL=.*", "", found[-1].read_text(encoding="utf-8"))


def _version(path: Path) -> tuple[int, ...]:
    return tuple(int(n) for n in re.findall(r"\d+", path.parent.name))
