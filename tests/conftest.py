"""What tests of several rooms share: our own ontology, and a folder of documents to build from."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kg.ontology import Ontology, load

Folder = Callable[[dict[str, str | bytes]], Path]


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    return load()


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Write files given by name and content to a new folder."""

    def write(files: dict[str, str | bytes]) -> Path:
        top = tmp_path / "documents"
        for name, content in files.items():
            path = top / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return top

    return write
