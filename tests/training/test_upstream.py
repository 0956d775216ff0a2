"""A published BERT is read alike from both of its forms, and nothing else is taken for one."""

from __future__ import annotations

import warnings
from dataclasses import replace

import pytest

pytest.importorskip("torch", reason="the train extra is not installed")

import torch
from safetensors.torch import save_file
from tokenizers import Tokenizer, models
from torch import nn

from kg.errors import TrainingError
from kg.languages.encoder.inventory import inventory
from kg.ontology import load
from kg.training import upstream
from kg.training.encoder import begun
from kg.training.network import WIDTH, Encoder, load_bert

PIECES, LAYERS, INNER = 7, 3, 4 * WIDTH


class Joined(nn.Module):
    """What a part of a block gives, added to what it was given. Parts have the names that transformers gives them."""

    def __init__(self, width):
        super().__init__()
        self.dense, self.LayerNorm = nn.Linear(width, WIDTH), nn.LayerNorm(WIDTH)

    def forward(self, given, before):
        return self.LayerNorm(self.dense(given) + before)


class Mixed(nn.Module):
    def __init__(self):
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(WIDTH, WIDTH) for _ in range(3))

    def forward(self, x):
        return self.query(x) + self.key(x) + self.value(x)


class Attention(nn.Module):
    def __init__(self):
        super().__init__()
        self.self, self.output = Mixed(), Joined(WIDTH)

    def forward(self, x):
        return self.output(self.self(x), x)


class Wider(nn.Module):
    def __init__(self):
        super().__init__()
        self.dense = nn.Linear(WIDTH, INNER)

    def forward(self, x):
        return self.dense(x)


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.attention, self.intermediate, self.output = Attention(), Wider(), Joined(INNER)

    def forward(self, x):
        x = self.attention(x)
        return self.output(self.intermediate(x), x)


class Blocks(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.ModuleList(Block() for _ in range(LAYERS))

    def forward(self, x):
        for block in self.layer:
            x = block(x)
        return x


class Bert(nn.Module):
    def __init__(self):
        super().__init__()
        sizes = {"word_embeddings": PIECES, "position_embeddings": 512, "token_type_embeddings": 2}
        self.embeddings = nn.ModuleDict({name: nn.Embedding(size, WIDTH) for name, size in sizes.items()})
        self.embeddings["LayerNorm"] = nn.LayerNorm(WIDTH)
        self.encoder = Blocks()
        for weights in self.parameters():
            nn.init.normal_(weights)  # else those of all norms are the same and written once

    def forward(self, ids):
        e = self.embeddings
        return self.encoder(e["LayerNorm"](e["word_embeddings"](ids) + e["position_embeddings"](ids) + e["token_type_embeddings"](ids * 0)))


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """One network as safetensors and as ONNX."""
    torch.manual_seed(0)
    bert = Bert().eval()
    there = {}
    for form in ("safetensors", "onnx"):
        folder = there[form] = tmp_path_factory.mktemp(form)
        Tokenizer(models.WordPiece({f"piece{n}": n for n in range(PIECES)}, unk_token="piece0")).save(str(folder / "tokenizer.json"))
    save_file(bert.state_dict(), there["safetensors"] / "model.safetensors")
    (there["onnx"] / "onnx").mkdir()
    row = torch.arange(5)[None]
    with warnings.catch_warnings(action="ignore"):
        torch.onnx.export(bert, (row,), str(there["onnx"] / "onnx" / "model.onnx"), dynamo=False, opset_version=17)
    return there, bert


def test_both_forms_give_the_same_network(folders):
    there, bert = folders
    for folder in there.values():
        read = upstream.read(folder)
        assert read.layers == LAYERS
        assert read.pieces == [f"piece{n}" for n in range(PIECES)]
        assert {n: w.tolist() for n, w in read.weights.items() if n in bert.state_dict()} == {
            n: w.tolist() for n, w in bert.state_dict().items()
        }


def test_an_encoder_of_as_many_layers_takes_its_weights(folders):
    there, bert = folders
    read = upstream.read(there["onnx"])
    encoder = Encoder(PIECES, read.layers)
    load_bert(encoder, read.weights, read.vectors)
    wanted = bert.encoder.layer[2].output.dense
    assert torch.equal(encoder.layers[2].narrow.weight, wanted.weight)
    assert torch.equal(encoder.layers[2].narrow.bias, wanted.bias)


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "there is no tokenizer.json in it"),
        ({"tokenizer.json"}, "there is no model.safetensors or model.onnx in it"),
        ({"tokenizer.json", "narrow"}, "is not a BERT of width 384"),
        ({"tokenizer.json", "noise"}, "model.onnx: "),
    ],
)
def test_what_is_none_is_refused(files, said, folders, tmp_path):
    if "tokenizer.json" in files:
        (tmp_path / "tokenizer.json").write_bytes((folders[0]["onnx"] / "tokenizer.json").read_bytes())
    if "narrow" in files:
        save_file({upstream.VECTORS: torch.zeros(PIECES, 128)}, tmp_path / "model.safetensors")
    if "noise" in files:
        (tmp_path / "model.onnx").write_bytes(b"\xff\xff no network")
    with pytest.raises(TrainingError, match=said):
        upstream.read(tmp_path)


def test_what_a_published_network_lacks_is_named(folders):
    read = upstream.read(folders[0]["safetensors"])
    lacking = replace(read, weights={name: w for name, w in read.weights.items() if "layer.1.intermediate" not in name})
    with pytest.raises(TrainingError, match=r"no weights named 'encoder\.layer\.1\.intermediate"):
        begun(lacking, ["piece1"], inventory(load()), {})
