"""A trained joint network in, two quantised ONNX files out: `tag.onnx` and `link.onnx`, which the program runs."""

from __future__ import annotations

import tempfile
import warnings
from pathlib import Path

import torch
from torch import Tensor, nn

from kg.training.network import WIDTH, Reader


class _Part(nn.Module):
    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.kept = reader


class _Tag(_Part):
    """One window as onnxruntime sees it: pieces (1, length) in, states (1, length, WIDTH) and log-probabilities (length, labels) out."""

    def forward(self, ids: Tensor, cases: Tensor, hints: Tensor) -> tuple[Tensor, ...]:
        states, *logits = self.kept.tag(ids, cases, hints, torch.ones_like(ids, dtype=torch.bool))
        return states, *(torch.log_softmax(part[0], -1) for part in logits)


class _Link(_Part):
    """The mentions of one window in, with its states; the log-odds of all pairs out."""

    def forward(self, states: Tensor, mentions: Tensor, alike: Tensor) -> tuple[Tensor, ...]:
        firsts, lasts, kinds, sentences = mentions
        return self.kept.link(states[0], (firsts, lasts, kinds, sentences), alike)


def export(reader: Reader, folder: Path) -> None:
    """Write both files into a folder; weights are kept in 8 bits."""
    reader.eval()
    length, count = 24, 5
    row = torch.ones((1, length), dtype=torch.long)
    outputs = ["states", "names", "nominals", "titles"]
    links = ["relations", "statuses", "same", "dates"]
    _write(_Tag(reader).eval(), (row, row * 0, row * 0), ["ids", "cases", "hints"], outputs, folder / "tag.onnx")
    mention = torch.arange(count)
    mentions = torch.stack([mention, mention + 1, mention * 0, mention * 0])
    inputs = (torch.zeros(1, length, WIDTH), mentions, torch.zeros((count, count), dtype=torch.long))
    _write(_Link(reader).eval(), inputs, ["states", "mentions", "alike"], links, folder / "link.onnx")


def _write(module: nn.Module, inputs: tuple[Tensor, ...], names: list[str], outputs: list[str], path: Path) -> None:
    from onnxruntime.quantization import QuantType, quantize_dynamic

    lengthy = {"ids": {1: "length"}, "cases": {1: "length"}, "hints": {1: "length"}, "states": {1: "length"}}
    lengthy |= {"mentions": {1: "count"}, "alike": {0: "count", 1: "count"}}
    lengthy |= {n: {0: "length"} for n in ("names", "nominals", "titles")}
    lengthy |= {n: {0: "count", 1: "count"} for n in ("relations", "statuses", "same", "dates")}
    axes = {n: a for n, a in lengthy.items() if n in names or n in outputs}
    with tempfile.TemporaryDirectory() as scratch, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        whole = Path(scratch) / "whole.onnx"
        torch.onnx.export(
            module, inputs, str(whole), input_names=names, output_names=outputs, dynamic_axes=axes, opset_version=17, dynamo=False
        )
        quantize_dynamic(whole, path, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
