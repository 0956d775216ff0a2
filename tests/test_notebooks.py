import shutil
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

TOP = Path(__file__).parent.parent


@pytest.mark.parametrize("path", sorted((TOP / "notebooks").glob("*.ipynb")), ids=lambda p: p.stem)
def test_a_notebook_runs_from_top_to_bottom(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(TOP))
    shutil.copytree(TOP / "seeds", tmp_path / "seeds")
    (tmp_path / "notebooks").mkdir()
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=600, kernel_name="python3", resources={"metadata": {"path": str(tmp_path / "notebooks")}}).execute()
    cells = [c for c in notebook.cells if c.cell_type == "code"]
    assert all(c.outputs for c in cells)
    assert "graph.html" in cells[-1].outputs[-1]["data"]["text/html"]
    assert (tmp_path / "notebooks" / "graph" / "graph.html").is_file()


def test_notebooks_are_kept_without_what_they_printed() -> None:
    for path in (TOP / "notebooks").glob("*.ipynb"):
        assert not [c for c in nbformat.read(path, as_version=4).cells if c.get("outputs")]
