"""An extraction and a folder in, one small JSON file out, and back: what was found stays until anything it rests on changes."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from importlib.metadata import PackageNotFoundError, packages_distributions, version
from pathlib import Path
from typing import Any

from kg.errors import GraphError
from kg.model import Alias, Claim, Document, Extraction, Issue, Mention, Period, Quantity, Span, Utterance

DAMAGED = (OSError, ValueError, KeyError, TypeError, IndexError)
STAY = (".TAG", ".lock")  # what else lies in the folder
FOUND_BY = ("model.py", "brackets.py", "cover.py", "dates.py", "han.py", "terms.py", "ontology.py", "parse.py", "extract", "languages")
LIBRARIES = {  # what these import, and the distribution that it is usually of
    "jieba": "jieba",
    "lingua": "lingua-language-detector",
    "numpy": "numpy",
    "onnxruntime": "onnxruntime",
    "opencc": "opencc",
    "pyoxigraph": "pyoxigraph",
    "spacy": "spacy",
    "tokenizers": "tokenizers",
}


def fingerprint(package: Path) -> str:
    """Hash what an extraction rests on besides its document and the ontology: code, weights (by size and time), versions of libraries."""
    digest = hashlib.sha256(repr((platform.python_version(), *(_version(m, d) for m, d in LIBRARIES.items()))).encode())
    for path in sorted(_code(package)):
        if path.suffix == ".py":
            digest.update(path.read_bytes())
        else:
            digest.update(f"{path.name} {path.stat().st_size} {path.stat().st_mtime_ns}".encode())
    return digest.hexdigest()


def key(document: Document, rest: str) -> str:
    """Name the extraction of a document, given the fingerprint of the rest."""
    parts = (document.identifier, document.text, document.language, document.title, document.issued, document.source, rest)
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32]


def keep(folder: Path, name: str, extraction: Extraction) -> None:
    """Write an extraction without its document's text; a reader never sees half of it. GraphError where it cannot be written.

    Nobody else may write to the folder meanwhile.
    """
    document = extraction.document
    found = {
        "of": [document.identifier, document.sha256],
        "document": [document.language, document.title, document.issued, document.source],
        **{f.name: _plain(getattr(extraction, f.name)) for f in fields(extraction) if f.name != "document"},
    }
    partial = folder / f"{name}.partial"
    try:
        partial.write_text(json.dumps(found, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
        partial.replace(folder / f"{name}.json")
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise GraphError(f"{folder}: cannot be written: {error.strerror}") from error


def kept(folder: Path, name: str, document: Document) -> Extraction | None:
    """Return the extraction kept of a document, `None` where there is none or its file is damaged."""
    try:
        found = json.loads((folder / f"{name}.json").read_bytes())
        return _extraction(document, found)
    except DAMAGED:
        return None


def everything(folder: Path, documents: Iterable[Document]) -> Iterator[Extraction]:
    """Yield what is kept of documents, whatever it was named by."""
    known = {(d.identifier, d.sha256): d for d in documents}
    for path in sorted(folder.glob("*.json")):
        document = known.get(_of(path))
        extraction = kept(folder, path.stem, document) if document else None
        if extraction:
            yield extraction


def forget(folder: Path, names: Iterable[str]) -> None:
    """Delete every extraction but the named, and what a killed run left half written."""
    wanted = {f"{n}.json" for n in names}
    for path in folder.glob("*.*"):
        if path.name not in wanted and path.is_file() and path.suffix not in STAY:
            path.unlink(missing_ok=True)


def _of(path: Path) -> tuple[str, str]:
    try:
        identifier, sha256 = json.loads(path.read_bytes())["of"]
    except DAMAGED:
        return "", ""
    return str(identifier), str(sha256)


def _version(module: str, distribution: str) -> str:
    """Return the version of the distribution that a module is of; it may be one of another name, such as onnxruntime-gpu."""
    try:
        return version(distribution)
    except PackageNotFoundError:
        return " ".join(f"{d} {version(d)}" for d in sorted(packages_distributions().get(module, ())))


def _code(package: Path) -> Iterable[Path]:
    for name in FOUND_BY:
        path = package / name
        yield from (p for p in path.rglob("*") if p.is_file() and "__pycache__" not in p.parts) if path.is_dir() else [path]


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return [_plain(getattr(value, f.name)) for f in fields(value)]
    return [_plain(v) for v in value] if isinstance(value, tuple) else value


def _extraction(document: Document, found: dict[str, Any]) -> Extraction:
    return Extraction(
        Document(document.identifier, document.text, *found["document"]),
        tuple(Mention(Span(*m[0]), *m[1:]) for m in found["mentions"]),
        tuple(_claim(c) for c in found["claims"]),
        tuple(Utterance(u[0], u[1], Span(*u[2]), u[3]) for u in found["utterances"]),
        tuple(Alias(Span(*a[0]), Span(*a[1]), *a[2:]) for a in found["aliases"]),
        tuple((chain, _quantity(q)) for chain, q in found["quantities"]),
        tuple(Issue(*i) for i in found["issues"]),
    )


def _claim(values: list[Any]) -> Claim:
    subject, predicate, object_, evidence, status, title, period, confidence, by, quantities, method, certainty = values
    return Claim(
        subject,
        predicate,
        object_,
        Span(*evidence),
        status,
        title,
        Period(*period),
        confidence,
        by,
        tuple(map(_quantity, quantities)),
        method,
        certainty,
    )


def _quantity(values: list[Any]) -> Quantity:
    kind, value, unit, span, date = values
    return Quantity(kind, value, unit, Span(*span), date)
