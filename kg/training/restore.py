"""Two quantised ONNX files in, the trained joint network out, to learn on from what ships: `kg.training.export` the other way round.

Weights kept in 8 bits come back rounded to them; the first steps of further training make that good.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx
import torch
from google.protobuf.message import DecodeError
from onnx import numpy_helper

from kg.errors import TrainingError
from kg.languages.encoder.inventory import Inventory
from kg.training.network import Reader

PIECES = "encoder.pieces.weight"
_KEPT = re.compile(r"kept\.(.+)")  # what `export` names the weights
_LAYER = re.compile(r"encoder\.layers\.\d+\.norm_mix\.weight")  # one in each layer
_PRODUCT = re.compile(r"/(?:kept/)?(.+?)/MatMul_quant")  # what torch names a product with weights it leaves nameless


def restore(folder: Path, inventory: Inventory) -> Reader:
    """Read an exported network; TrainingError where the files hold another than `Reader`."""
    weights = {
        name: torch.from_numpy(values.copy()) for file in ("tag.onnx", "link.onnx") for name, values in _weights(_graph(folder / file))
    }
    if PIECES not in weights:
        raise TrainingError(f"{folder}: holds no weights that kg exported")
    reader = Reader.of(len(weights[PIECES]), inventory, len({name for name in weights if _LAYER.fullmatch(name)}))
    try:
        reader.load_state_dict(weights)
    except RuntimeError as error:
        raise TrainingError(f"{folder}: these weights are not of this network: {error}") from None
    return reader


def _graph(path: Path) -> onnx.GraphProto:
    if not path.is_file():
        raise TrainingError(f"{path}: no such file; a folder of weights holds tag.onnx and link.onnx")
    try:
        return onnx.load(str(path)).graph
    except DecodeError as error:
        raise TrainingError(f"{path}: {error}") from None


def _weights(graph: onnx.GraphProto) -> Iterator[tuple[str, np.ndarray]]:
    """Yield the name in `Reader` and the values of every weight in one file."""
    values = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    for name, value in values.items():
        kept = _KEPT.fullmatch(name.removesuffix("_Transposed_quantized").removesuffix("_quantized"))
        if kept and not name.endswith(("_scale", "_zero_point")):
            found = _whole(values, name) if name.endswith("_quantized") else value
            yield kept[1], found.T if name.endswith("_Transposed_quantized") else found
    for node in graph.node:
        product = _PRODUCT.fullmatch(node.name) if node.op_type == "MatMulInteger" else None
        if product and not _KEPT.match(node.input[1]):
            yield product[1].replace("/", ".") + ".weight", _whole(values, node.input[1]).T


def _whole(values: dict[str, np.ndarray], name: str) -> np.ndarray:
    """Turn 8 bits back into 32: by column of a matrix, or by one scale for a table."""
    stem = name.removesuffix("_quantized")
    steps = values[name].astype(np.float32) - values[stem + "_zero_point"].astype(np.float32)
    return np.asarray(steps * values[stem + "_scale"], dtype=np.float32)
