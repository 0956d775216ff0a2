"""A folder with a published BERT in, its weights and its tokenizer out: what training starts from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import torch
from google.protobuf.message import DecodeError
from onnx import numpy_helper
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor

from kg.errors import TrainingError
from kg.training.network import WIDTH

VECTORS = "embeddings.word_embeddings.weight"
_LAYER = re.compile(r"encoder\.layer\.\d+\.output\.LayerNorm\.weight")  # one in each layer
_NAMELESS = "onnx::"  # how torch's export calls the weights of a product, whose node still has the module's name


@dataclass(frozen=True)
class Upstream:
    """The weights of a published BERT under the names that transformers gives them, and the tokenizer of its word pieces."""

    weights: dict[str, Tensor]
    tokenizer: Tokenizer

    @property
    def vectors(self) -> Tensor:
        """The vectors of its pieces, (pieces, WIDTH)."""
        return self.weights[VECTORS]

    @property
    def pieces(self) -> list[str]:
        """Its word pieces in the order of their vectors."""
        numbers = self.tokenizer.get_vocab()
        return sorted(numbers, key=lambda piece: numbers[piece])

    @property
    def layers(self) -> int:
        """How many layers it has."""
        return sum(1 for name in self.weights if _LAYER.fullmatch(name))


def read(folder: Path) -> Upstream:
    """Read `tokenizer.json` and `model.safetensors` or, exported by torch, `model.onnx`, wherever below the folder they lie.

    Raises TrainingError where one is missing or the network is not a BERT as wide as ours.
    """
    tokenizer = Tokenizer.from_file(str(_only(folder, "tokenizer.json")))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    file = _only(folder, "model.safetensors", "model.onnx")
    weights = load_file(file) if file.suffix == ".safetensors" else dict(_exported(file))
    if VECTORS not in weights or weights[VECTORS].shape[1] != WIDTH:
        raise TrainingError(f"{file}: is not a BERT of width {WIDTH}")
    return Upstream(weights, tokenizer)


def _only(folder: Path, *names: str) -> Path:
    """Return the first file below a folder that has one of the names, the first of which is preferred."""
    found = [path for name in names for path in sorted(folder.rglob(name))]
    if not found:
        raise TrainingError(f"{folder}: there is no {' or '.join(names)} in it")
    return found[0]


def _exported(file: Path) -> Iterator[tuple[str, Tensor]]:
    try:
        graph = onnx.load(str(file)).graph
    except DecodeError as error:
        raise TrainingError(f"{file}: {error}") from None
    values = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    yield from ((name, _tensor(value)) for name, value in values.items() if not name.startswith(_NAMELESS))
    for node in graph.node:
        if node.op_type == "MatMul" and node.input[1].startswith(_NAMELESS):
            module = node.name.strip("/").removesuffix("/MatMul").replace("/", ".")
            yield module + ".weight", _tensor(values[node.input[1]].T)


def _tensor(values: np.ndarray) -> Tensor:
    return torch.from_numpy(values.copy())
