"""Paths in, the documents they hold and an issue for every file that could not be read out."""

from __future__ import annotations

import importlib
import os
import re
import stat
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from html import unescape
from html.entities import html5
from mimetypes import MimeTypes
from pathlib import Path

from kg.errors import InputError
from kg.model import Document, Issue
from kg.readers.wrapping import lined

FORMATS = {
    ".txt": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".docx": "docx",
    ".eml": "eml",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
PASSED = {"image", "audio", "video", "font"}  # kinds of files beside documents that hold no text
ANNOTATIONS = {".json"}
ABOUT = {"readme", "license", "licence", "copying", "notice"}  # files that tell of their folder, where they are in no format of documents
_ENTITY = re.compile(r"&(?:#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|([A-Za-z][A-Za-z0-9]{1,31};))")
_INVISIBLE = re.compile(  # where a line may or must not break, and which way it runs
    "[\u00ad\u200b\u2060\ufeff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
_NONCHARACTER = re.compile("[\ufffe\uffff]")  # no XML may hold them
_SURROGATE = re.compile("[\ud800-\udfff]")  # no UTF-8 may hold them alone
_ESCAPED = re.compile(rb"\\(?=x[0-9a-f]{2})")
LONGEST = 1_000_000
LARGEST = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class _File:
    """A file to read; its identifier is the last `depth` names of its path."""

    path: Path
    depth: int

    @property
    def identifier(self) -> str:
        return _readable("/".join(self.path.parts[-self.depth :]))


def read(inputs: Sequence[Path]) -> tuple[tuple[Document, ...], tuple[Issue, ...]]:
    """Read files and whole folders, in an order that depends on identifiers alone.

    Raises InputError for a path that does not exist and for a folder without documents.
    """
    files, issues = _found(inputs)
    documents: dict[str, Document] = {}
    lost = Counter[str]()
    for file in sorted(_distinct(files), key=lambda f: f.identifier):
        for result in _read(file):
            if isinstance(result, Issue):
                issues.append(result)
            elif result.identifier in documents:
                lost[result.identifier] += 1
            else:
                documents[result.identifier] = result
    issues += [Issue(name, f"identifier occurs {times + 1} times: only the first document with it is used") for name, times in lost.items()]
    return tuple(documents[i] for i in sorted(documents)), tuple(sorted(set(issues)))


def _found(inputs: Sequence[Path]) -> tuple[list[_File], list[Issue]]:
    files: list[_File] = []
    issues: list[Issue] = []
    for given in inputs:
        path = Path(os.path.abspath(given))  # noqa: PTH100  (resolve() would follow links, and fail on loops)
        if not os.path.lexists(path):
            raise InputError(f"{given}: no such file or folder")
        if not path.is_dir():
            files.append(_File(path, 1))
            continue
        below = list(_walk(path, path, issues))
        if not any(f.path.suffix.lower() in FORMATS for f in below):
            raise InputError(f"{given}: holds no documents ({', '.join(FORMATS)})")
        files += below
    return files, issues


def _walk(folder: Path, top: Path, issues: list[Issue]) -> Iterator[_File]:
    """Yield the documents below a folder, following links but no loop of links.

    Hidden names and what holds no text (pictures, sound, annotations) are skipped; files of formats that nobody here reads are not.
    """
    try:
        names = sorted(os.listdir(folder))  # noqa: PTH208  (names, not paths)
    except OSError as error:
        issues.append(Issue(_below(folder, top), f"folder cannot be read: {error.strerror}"))
        return
    for path in (folder / n for n in names if not n.startswith(".")):
        if path.is_dir():
            if path.resolve() in (folder / "x").resolve().parents:
                issues.append(Issue(_below(path, top), "symbolic link loop"))
            else:
                yield from _walk(path, top, issues)
        elif path.suffix.lower() in FORMATS or not _passed(path):
            yield _File(path, len(path.relative_to(top).parts))


def _passed(path: Path) -> bool:
    """Whether a file is none that one would look for text in, by its name and the kinds that Python knows, not this machine's."""
    kind, _ = _kinds().guess_type(path.name)
    return path.suffix.lower() in ANNOTATIONS or path.stem.lower() in ABOUT or (kind or "").split("/")[0] in PASSED


@cache
def _kinds() -> MimeTypes:
    return MimeTypes()


def _below(path: Path, top: Path) -> str:
    return _readable(str(path.relative_to(top.parent) if path == top else path.relative_to(top)))


def _readable(name: str) -> str:
    """Give a name that may not be UTF-8 with such bytes escaped, and what looks like one, so that different names stay so."""
    return _ESCAPED.sub(rb"\\x5c", os.fsencode(name)).decode("utf-8", "backslashreplace")


def _distinct(files: list[_File]) -> list[_File]:
    """Take each path once; lengthen identifiers that clash with another or with a folder of another by the names of parent folders."""
    shortest = {f.path: f for f in sorted(files, key=lambda f: -f.depth)}
    chosen = list(shortest.values())
    while True:
        names = Counter(f.identifier for f in chosen)
        taken = {"/".join(parts[:n]) for parts in (name.split("/") for name in names) for n in range(1, len(parts))}
        taken |= {name for name, times in names.items() if times > 1}
        longer = [replace(f, depth=f.depth + 1) if f.identifier in taken and f.depth < len(f.path.parts) - 1 else f for f in chosen]
        if longer == chosen:
            return chosen
        chosen = longer


def _read(file: _File) -> Iterator[Document | Issue]:
    form = FORMATS.get(file.path.suffix.lower())
    if form is None:
        yield Issue(file.identifier, f"format that cannot be read; known are {', '.join(FORMATS)}")
        return
    try:
        status = file.path.stat()
        if not stat.S_ISREG(status.st_mode):
            yield Issue(file.identifier, "not a regular file")
        elif status.st_size == 0:
            yield Issue(file.identifier, "empty file")
        elif status.st_size > LARGEST and form != "jsonl":
            yield Issue(file.identifier, f"file of {status.st_size:,} bytes: over the limit of {LARGEST:,}")
        else:
            reader = importlib.import_module(f"{__name__}.{form}")
            yield from (_checked(r) for r in reader.read(file.path, file.identifier))
    except OSError as error:
        yield Issue(file.identifier, f"cannot be read: {error.strerror or error}")


def _checked(result: Document | Issue) -> Document | Issue:
    """Give a document with its line ends normalised, without what a scraper left behind, or the issue that keeps it out."""
    if isinstance(result, Issue):
        return result
    text, title = _cleaned(lined(result.text)), _cleaned(result.title or "")
    document = replace(result, text=text, title=title or None)
    reason = _unusable(document)
    return Issue(document.identifier, reason) if reason else document


def _cleaned(text: str) -> str:
    """Put characters for their entities, and leave out what cannot be seen."""
    return _NONCHARACTER.sub("\ufffd", _INVISIBLE.sub("", _ENTITY.sub(_character, text)))


def _character(entity: re.Match[str]) -> str:
    return html5.get(entity[1], entity[0]) if entity[1] else unescape(entity[0])


def _unusable(document: Document) -> str | None:
    text = document.text
    if not text or text.isspace():
        return "no text: only white space"
    if len(text) > LONGEST:
        return f"text of {len(text):,} characters: over the limit of {LONGEST:,}; split it"
    if "\0" in text:
        return "binary data (NUL characters)"
    if any(_SURROGATE.search(words) for words in (text, document.title, document.source, document.language) if words):
        return "not valid Unicode (lone surrogates)"
    return None
