"""A graph in, GEXF out, for Gephi."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import ElementTree

from networkx.readwrite.gexf import GEXFWriter

from kg.graph import Graph
from kg.ontology import Ontology
from kg.outputs import flat, without_forbidden, writing


def write(graph: Graph, ontology: Ontology, path: Path) -> None:
    """Write graph.gexf, without the date that NetworkX would put in: the same graph gives the same bytes on every day."""
    xml = GEXFWriter(graph=without_forbidden(flat(graph)), version="1.2draft").xml
    for meta in [e for e in xml if e.tag.endswith("meta")]:
        xml.remove(meta)
    with writing(path) as part:
        ElementTree(xml).write(part, encoding="utf-8", xml_declaration=True)
