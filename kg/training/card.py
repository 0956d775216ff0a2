"""Scores and the folders trained from in, a model card out: data with hashes and licences, what was measured."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from kg.training.glossary import GLOSSES
from kg.training.written import DOCUMENTS

LICENCES = (
    ("gold/train, gold/passages", "annotated documents and passages of this project; not published"),
    ("kg/training/documents", "written for kg by a language model, people and firms invented; Apache-2.0"),
    ("kg/training/glosses", "made for kg by a language model; Apache-2.0"),
    ("UNER_English-EWT, UNER_Chinese-GSDSIMP, UNER_Chinese-GSD", "CC BY-SA 4.0"),
    ("CrossNER, FinRE, Re-DocRED, idner-news-2k", "MIT"),
    ("KnowledgeNet", "CC BY-SA 4.0"),
    ("indonlu_nergrit_ner-grit", "Apache-2.0"),
    ("gazetteers (Company-Names-Corpus, DBpedia, S&P 500)", "Apache-2.0, CC BY-SA 3.0, PDDL: names of firms swapped into training texts"),
)

ABOUT = """# The joint network

One encoder for English, Indonesian and Chinese. One pass over a window of text marks names, nominals and titles; a second small network
reads pairs of mentions: relation, status, identity, who says a quotation, and which date is the start or the end of what is stated.

- Start: a published English BERT; that of the weights that ship with kg is bge-small-en-v1.5 (BAAI, MIT), twelve layers of 384. This work
  changes it: the vocabulary has words of Indonesian and Chinese besides, which begin as what they mean in English; casing and dictionary
  hints stand at the input; heads are added; all learnt together. The weights here are therefore modified; the original licence applies to
  what remains of them. They are kept in 8 bits.
- Trained by `kg train encoder CORPORA --gold GOLD --from BERT`, fixed seeds, on a CPU; BERT is a folder with the published network
  (`tokenizer.json`, and `model.safetensors` or `model.onnx`), or with weights of kg, to go on from these.
- Made for news about companies. It has seen little else; it misses what readers infer, and its confidence is calibrated on such news only.
"""


def card(out: Path, scores: dict[str, Any], corpora: Path, gold: Path) -> None:
    """Write the card of the network in a folder; `joint.train` has kept the losses in `training/log` there."""
    lines = [ABOUT, "## Data", "", "| corpus | licence |", "|---|---|", *(f"| {name} | {licence} |" for name, licence in LICENCES), ""]
    hashes = {"corpora": digest(corpora), "gold": digest(gold / "train", gold / "passages"), "documents": digest(DOCUMENTS)}
    hashes["glosses"] = digest(GLOSSES)
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
