"""Scores and the folders trained from in, a model card out: data with hashes and licences, what was measured."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from kg.training.written import DOCUMENTS

LICENCES = (
    ("gold/train, gold/passages", "annotated documents and passages of this project; not published"),
    ("kg/training/documents", "written for kg by a language model, people and firms invented; Apache-2.0"),
    ("raw-zh-lctt", "Apache-2.0; some of the articles translated are CC BY-NC-SA (text, pretraining only)"),
    ("UD_English-EWT, UD_Indonesian-GSD, UD_Indonesian-CSUI, UD_Chinese-GSDSimp", "CC BY-SA 4.0 (text, pretraining only)"),
    ("UD_English-GUM", "CC BY 4.0 and others by genre, commercial genres only (text, pretraining only)"),
    ("UNER_English-EWT, UNER_Chinese-GSDSIMP, UNER_Chinese-GSD", "CC BY-SA 4.0"),
    ("CrossNER, FinRE, Re-DocRED, idner-news-2k", "MIT"),
    ("KnowledgeNet", "CC BY-SA 4.0"),
    ("indonlu_nergrit_ner-grit", "Apache-2.0"),
    ("indonlu_nerp_ner-prosa", "Apache-2.0 (text, pretraining only)"),
    ("wikigold", "CC BY 4.0 (text, pretraining only)"),
    ("gazetteers (Company-Names-Corpus, DBpedia, S&P 500)", "Apache-2.0, CC BY-SA 3.0, PDDL: names of firms swapped into training texts"),
)

SHARED = """# The joint network

One encoder for English, Indonesian and Chinese. One pass over a window of text marks names, nominals and titles; a second small network
reads pairs of mentions: relation, status, identity, who says a quotation, and which date is the start or the end of what is stated. Both
are ensembles of two, trained apart from a common start, whose log-probabilities are averaged; they share the vectors of pieces.

- Start: MiniLM-L6 (sentence-transformers/all-MiniLM-L6-v2, Apache-2.0), six layers of 384. This work changes it: another vocabulary
  (Latin pieces kept, frequent Indonesian words and Chinese characters added), casing and dictionary hints at the input, further
  pretraining, heads. The weights here are therefore modified; the original licence applies to what remains of them.
- Size: 38 M parameters in 8 bits.
- Trained by `kg train encoder CORPORA --gold GOLD`, fixed seeds, on a CPU.
- Made for news about companies. It has seen little else; it misses what readers infer, and its confidence is calibrated on such news only.
"""

OWN = """# The network for texts all in one language: {language}

One pass over a window of text marks names, nominals and titles; a second small network reads pairs of mentions: relation, status,
identity, who says a quotation, and which date is the start or the end of what is stated. The network that all languages share reads
the texts in several.

- Start: {start}, with the vocabulary, the hints at the input and the heads of the shared network. First its states were
  brought to those of the shared network, so that the heads fitted; then all learnt together.
- Trained by `kg train encoder-{language} CORPORA --gold GOLD --from BERT`, fixed seeds, on a CPU; BERT is a folder with the published
  network (`tokenizer.json`, and `model.safetensors` or `model.onnx`).
- Made for news about companies. It has seen little else; it misses what readers infer, and its confidence is calibrated on such news only.
"""


def card(out: Path, about: str, scores: dict[str, Any], corpora: Path, gold: Path) -> None:
    """Write the card of the network in a folder, `about` first; `training/log` there is what `joint.train` kept of the losses."""
    lines = [about, "## Data", "", "| corpus | licence |", "|---|---|", *(f"| {name} | {licence} |" for name, licence in LICENCES), ""]
    hashes = {"corpora": digest(corpora), "gold": digest(gold / "train", gold / "passages"), "documents": digest(DOCUMENTS)}
    lines += ["SHA-256 over all files: " + ", ".join(f"{name} `{value}`" for name, value in hashes.items()) + ".", ""]
    lines += ["## Scores on texts held out from training (every thirteenth), at the thresholds chosen on the same texts", ""]
    lines += ["| relations | precision | recall | F1 |", "|---|---|---|---|"]
    others = {name: score for name, score in scores.items() if name not in {"relations", "reliability"}}
    lines += _rows({**scores["relations"], **{name: score for name, score in others.items() if not name.startswith("dates")}})
    lines += ["", "Starts and ends of annotated claims whose things are found:", ""]
    lines += ["| texts | precision | recall | F1 |", "|---|---|---|---|"]
    lines += _rows({name: score for name, score in others.items() if name.startswith("dates")})
    lines += ["", "How far confidence can be trusted, on the same texts:", "", "| relations | mean confidence | right |", "|---|---|---|"]
    lines += [f"| {count} | {confidence:.3f} | {right:.3f} |" for count, confidence, right in scores["reliability"]]
    lines += ["", "## Learning curve: the running loss at the end of each epoch", ""]
    lines += [", ".join(f"{loss:.2f}" for loss in losses(out / "training" / "log")) or "not recorded"]
    (out / "card.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _rows(scores: Mapping[str, Sequence[float]]) -> list[str]:
    return [f"| {name} | " + " | ".join(f"{value:.3f}" for value in row) + " |" for name, row in scores.items()]


def losses(log: Path) -> list[float]:
    """Read the last loss of each epoch from a log of lines "epoch 3 step 70/900 loss 1.234 56s"."""
    found: list[tuple[str, float]] = []
    for line in log.read_text(encoding="utf-8").splitlines() if log.is_file() else ():
        if line.startswith("epoch "):
            words = line.split()
            if found and found[-1][0] == words[1]:
                found.pop()
            found.append((words[1], float(words[5])))
    return [loss for _, loss in found]


def digest(*folders: Path) -> str:
    """Hash names and bytes of all files below some folders, in order of name."""
    total = hashlib.sha256()
    for folder in folders:
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            total.update(path.relative_to(folder).as_posix().encode())
            total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()
