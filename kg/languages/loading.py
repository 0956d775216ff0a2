"""A language's words and a folder of trained parts in, its working pipeline out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.util import load_config

from kg.errors import ModelError

WEIGHTS = Path(__file__).parent / "weights"
STOPS = [".", "!", "?", "…", "。", "！", "？", "．"]


def trained(nlp: Language, folder: Path) -> Language:
    """Add the trained parts of a folder to a blank pipeline; where there is none, split sentences at their stops.

    Raises ModelError if the folder holds something else than `kg.training.pipelines` writes.
    """
    if not folder.is_dir():
        nlp.add_pipe("sentencizer", config={"punct_chars": STOPS})
        return nlp
    try:
        config = load_config(folder / "config.cfg")
        nlp.vocab.strings.from_disk(folder / "strings.json")
        for name in config["nlp"]["pipeline"]:
            part = config["components"][name]
            component: Any = nlp.add_pipe(part.pop("factory"), name=name, config=part)
            component.from_disk(folder / name, exclude=["vocab"])
    except (OSError, KeyError, ValueError) as error:
        raise ModelError(f"{folder}: damaged weights: {error}") from error
    return nlp
