"""Load, join and export one graph with ours, rdflib and bare pyoxigraph in one run: python tests/benchmarks/bench_store.py [TRIPLES]."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import rdflib
from bench_turtle import _graph, _ontology

from kg.iris import BASE
from kg.outputs.turtle import blocks, header
from kg.rdf import prefixes, triples
from kg.store import LARGE, evaluate, opened

JOIN = """PREFIX kgo: <https://w3id.org/kg/ontology#> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?name ?firm { ?fact rdf:subject ?who . ?who skos:prefLabel ?name . ?who kgo:chiefExecutiveOf ?firm }"""


def main(size: int) -> None:
    graph, ontology = _graph(size // 30 + 1), _ontology()
    stream, known = list(islice(triples(graph, ontology), size)), prefixes(graph, ontology)
    print(f"{len(stream):,} triples; seconds of processor time")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.ttl"
        row("export", lambda: _write(path, stream, known), *_others(stream, known, Path(folder)))
        bare, other = ox.Store(Path(folder) / "bare") if path.stat().st_size > LARGE else ox.Store(), rdflib.Graph()
        load = row(
            "load",
            lambda: opened(path, BASE),
            lambda: other.parse(path),
            lambda: bare.bulk_load(path=path, format=ox.RdfFormat.TURTLE),
        )
        ours = opened(path, BASE)
        row(
            "join",
            lambda: len(evaluate(ours, JOIN, size, {})["rows"]),
            lambda: len(list(other.query(JOIN))),
            lambda: len(list(bare.query(JOIN))),
        )
        again = _seconds(lambda: opened(path, BASE))
        print(f"{'load again':<11}{again:8.2f}, rdflib {load / max(again, 1e-3):.0f} times as long")


def row(what: str, ours: Callable[[], Any], theirs: Callable[[], Any], bare: Callable[[], Any]) -> float:
    mine, rdflibs, oxigraphs = map(_seconds, (ours, theirs, bare))
    compared = f"rdflib {rdflibs:8.2f} ({rdflibs / mine:5.1f} times), pyoxigraph {oxigraphs:6.2f} (ours {mine / oxigraphs:4.2f} times)"
    print(f"{what:<11}{mine:8.2f}, {compared}", flush=True)
    return rdflibs


def _others(stream: list[ox.Triple], known: dict[str, str], folder: Path) -> tuple[Callable[[], Any], Callable[[], Any]]:
    graph = rdflib.Graph()
    for prefix, namespace in known.items():
        graph.bind(prefix, namespace)
    graph.parse(data=ox.serialize(stream, format=ox.RdfFormat.N_TRIPLES), format="ox-nt")
    return (
        lambda: graph.serialize(folder / "rdflib.ttl", format="turtle"),
        lambda: ox.serialize(stream, str(folder / "ox.ttl"), ox.RdfFormat.TURTLE, prefixes=known),
    )


def _write(path: Path, stream: list[ox.Triple], known: dict[str, str]) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(header(known))
        file.writelines(blocks(stream, known))


def _seconds(work: Callable[[], Any]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
