"""The folder of glosses in, what words of other languages mean in English out."""

from __future__ import annotations

from pathlib import Path

GLOSSES = Path(__file__).parent / "glosses"


def glosses() -> dict[str, dict[str, str]]:
    """Read for each language its words with what they mean in English, one to four words in small letters."""
    paths = sorted(GLOSSES.glob("*.tsv"))
    return {p.stem: dict(line.split("\t") for line in p.read_text(encoding="utf-8").splitlines()) for p in paths}
