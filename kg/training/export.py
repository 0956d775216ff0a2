"""Trained joint networks in, two quantised ONNX files out: `tag.onnx` and `link.onnx`, which the program runs.

The networks are one ensemble: each reads by itself, what they say is averaged (log-probabilities of tags, log-odds of links).
"""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor, nn

from kg.training.network import WIDTH, Reader


class _Ensemble(nn.Module):
    def __init__(self, readers: Sequence[Reader]) -> None:
        super().__init__()
        self.readers = readers
        self.kept = nn.ModuleList(readers)


class _Tag(_Ensemble):
    """One window as onnxruntime sees it: pieces (1, length) in, the states of each member and the mean log-probabilities out."""

    def forward(self, ids: Tensor, cases: Tensor, hints: Tensor) -> tuple[Tensor, ...]:
        mask = torch.ones_like(ids, dtype=torch.bool)
        states, *logits = zip(*(reader.tag(ids, cases, hints, mask) for reader in self.readers), strict=True)
        return torch.cat(states), *(torch.log_softmax(torch.cat(part), -1).mean(0) for part in logits)


class _Link(_Ensemble):
    """The mentions of one window in, the mean log-odds of all pairs out; every member reads its own states (members, length, WIDTH)."""

    def forward(self, states: Tensor, mentions: Tensor, alike: Tensor) -> tuple[Tensor, ...]:
        firsts, lasts, kinds, sentences = mentions
        said = (reader.link(states[n], (firsts, lasts, kinds, sentences), alike) for n, reader in enumerate(self.readers))
        return tuple(torch.stack(part).mean(0) for part in zip(*said, strict=True))


def export(readers: Sequence[Reader], folder: Path) -> None:
    """Write both files into a folder; weights are kept in 8 bits, the vectors of pieces once where the members share them."""
    pieces = readers[0].encoder.pieces
    for reader in readers:
        reader.eval()
        if torch.equal(reader.encoder.pieces.weight, pieces.weight):
            reader.encoder.pieces = pieces
    length, count = 24, 5
    row = torch.ones((1, length), dtype=torch.long)
    outputs = ["states", "names", "nominals", "titles"]
    links = ["relations", "statuses", "same", "dates"]
    _write(_Tag(readers).eval(), (row, row * 0, row * 0), ["ids", "cases", "hints"], outputs, folder / "tag.onnx")
    mention = torch.arange(count)
    mentions = torch.stack([mention, mention + 1, mention * 0, mention * 0])
    inputs = (torch.zeros(len(readers), length, WIDTH), mentions, torch.zeros((count, count), dtype=torch.long))
    _write(_Link(readers).eval(), inputs, ["states", "mentions", "alike"], links, folder / "link.onnx")


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
