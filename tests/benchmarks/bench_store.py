"""Load, join and export one graph with ours, rdflib and bare pyoxigraph in one run: python tests/benchmarks/bench_store.py [TRIPLES]."""

from __future__ import annotations

import gc
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any, cast

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
        _exported(stream, known, path)
        other = rdflib.Graph()
        slow = least(lambda: other.parse(path))[0], least(lambda: list(other.query(JOIN)))[0]
        _held(path, slow, size)  # as kg serve holds it
        if path.stat().st_size > LARGE:
            _on_disk(path, slow, size)  # as kg query opens it
            print(f"{'again':<14}{least(lambda: opened(path, BASE))[0]:8.2f}", flush=True)


def _exported(stream: list[ox.Triple], known: dict[str, str], path: Path) -> None:
    graph = rdflib.Graph()
    for prefix, namespace in known.items():
        graph.bind(prefix, namespace)
    graph.parse(data=ox.serialize(stream, format=ox.RdfFormat.N_TRIPLES), format="ox-nt")
    other = str(path.with_name("other.ttl"))
    export = least(lambda: _write(path, stream, known), lambda: ox.serialize(stream, other, ox.RdfFormat.TURTLE, prefixes=known), times=3)
    row("export", export[0], least(lambda: graph.serialize(other, format="turtle"))[0], export[1])


def _held(path: Path, slow: tuple[float, float], size: int) -> None:
    load = least(lambda: opened(path, BASE, resident=True), lambda: ox.Store().load(path=path, format=ox.RdfFormat.TURTLE), times=3)
    row("served: load", load[0], slow[0], load[1])
    bare = ox.Store()
    bare.load(path=path, format=ox.RdfFormat.TURTLE)
    _joined("served: join", opened(path, BASE, resident=True), bare, slow[1], size)


def _on_disk(path: Path, slow: tuple[float, float], size: int) -> None:
    def ours() -> None:
        shutil.rmtree(path.parent / ".cache", ignore_errors=True)
        opened(path, BASE)

    def theirs() -> None:
        shutil.rmtree(path.parent / "bare", ignore_errors=True)
        ox.Store(path.parent / "bare").bulk_load(path=path, format=ox.RdfFormat.TURTLE)

    load = least(ours, theirs, times=3)
    row("on disk: load", load[0], slow[0], load[1])
    _joined("on disk: join", opened(path, BASE), ox.Store.read_only(str(path.parent / "bare")), slow[1], size)


def _joined(what: str, ours: ox.Store, bare: ox.Store, slow: float, size: int) -> None:
    join = least(lambda: evaluate(ours, JOIN, size, {})["rows"], lambda: list(cast("ox.QuerySolutions", bare.query(JOIN))), times=5)
    row(what, join[0], slow, join[1])


def row(what: str, ours: float, rdflibs: float, oxigraphs: float) -> None:
    compared = f"rdflib {rdflibs:8.2f} ({rdflibs / ours:5.1f} times), pyoxigraph {oxigraphs:6.2f} (ours {ours / oxigraphs:4.2f} times)"
    print(f"{what:<14}{ours:8.2f}, {compared}", flush=True)


def _write(path: Path, stream: list[ox.Triple], known: dict[str, str]) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(header(known))
        file.writelines(blocks(stream, known))


def least(*works: Callable[[], Any], times: int = 1) -> list[float]:
    """Do each work in turn, several times; return the least seconds of processor time of each: what comes first pays for new memory."""
    measured: list[list[float]] = [[] for _ in works]
    for _ in range(times):
        for work, seconds in zip(works, measured, strict=True):
            gc.collect()
            gc.freeze()  # what was made before is no work of this one's collector
            begun = time.process_time()
            work()
            seconds.append(time.process_time() - begun)
    return [min(seconds) for seconds in measured]


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
