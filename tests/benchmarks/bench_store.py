"""Load, join and export one graph with ours, rdflib and bare pyoxigraph in one run: python tests/benchmarks/bench_store.py [TRIPLES]."""

from __future__ import annotations

import gc
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
    graph, ontology = _graph(size // 26 + 1), _ontology()
    stream, known = list(islice(triples(graph, ontology), size)), prefixes(graph, ontology)
    print(f"{len(stream):,} triples; seconds of processor time")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.ttl"
        row("export", _seconds(lambda: _write(path, stream, known)), *map(_seconds, _others(stream, known, Path(folder))))
        other = rdflib.Graph()
        slow = _seconds(lambda: other.parse(path)), _seconds(lambda: list(other.query(JOIN)))
        bare = ox.Store()
        _asked("served: ", path, bare, slow, size, resident=True)  # as kg serve holds it
        if path.stat().st_size > LARGE:
            _asked("on disk: ", path, ox.Store(Path(folder) / "bare"), slow, size, resident=False)  # as kg query opens it
            print(f"{'again':<14}{_seconds(lambda: opened(path, BASE)):8.2f}", flush=True)


def _asked(how: str, path: Path, bare: ox.Store, slow: tuple[float, float], size: int, *, resident: bool) -> None:
    load = _seconds(lambda: opened(path, BASE, resident=resident))
    theirs = bare.load if resident else bare.bulk_load
    row(f"{how}load", load, slow[0], _seconds(lambda: theirs(path=path, format=ox.RdfFormat.TURTLE)))
    ours = opened(path, BASE, resident=resident)
    join = _seconds(lambda: evaluate(ours, JOIN, size, {})["rows"])
    row(f"{how}join", join, slow[1], _seconds(lambda: list(bare.query(JOIN))))


def row(what: str, ours: float, rdflibs: float, oxigraphs: float) -> None:
    compared = f"rdflib {rdflibs:8.2f} ({rdflibs / ours:5.1f} times), pyoxigraph {oxigraphs:6.2f} (ours {ours / oxigraphs:4.2f} times)"
    print(f"{what:<14}{ours:8.2f}, {compared}", flush=True)


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
    gc.collect()
    gc.freeze()  # what was made before is no work of this one's collector
    begun = time.process_time()
    work()
    return time.process_time() - begun


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
