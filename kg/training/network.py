"""The encoder as a torch module: BERT's layers with casing and dictionary hints added to the input."""

from __future__ import annotations

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from kg.languages.encoder.pieces import CASES, HINT_COUNT

WIDTH, HEADS, INNER, LAYERS, POSITIONS = 384, 12, 1536, 6, 512


class Layer(nn.Module):
    """One transformer block, normalised after each part as in BERT."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.mix = nn.Linear(WIDTH, 3 * WIDTH)
        self.join = nn.Linear(WIDTH, WIDTH)
        self.norm_mix = nn.LayerNorm(WIDTH, eps=1e-12)
        self.widen = nn.Linear(WIDTH, INNER)
        self.narrow = nn.Linear(INNER, WIDTH)
        self.norm_narrow = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Give the new states and the heads' queries and keys (batch, heads, pieces, width / heads)."""
        batch, length, _ = x.shape
        q, k, v = self.mix(x).view(batch, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        y = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.norm_mix(x + self.dropout(self.join(y.transpose(1, 2).reshape(batch, length, WIDTH))))
        y = self.narrow(functional.gelu(self.widen(x)))
        return self.norm_narrow(x + self.dropout(y)), q, k


class Encoder(nn.Module):
    """Pieces, cases and hints (batch, pieces) in; states (batch, pieces, WIDTH) out."""

    def __init__(self, vocabulary: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.pieces = nn.Embedding(vocabulary, WIDTH, padding_idx=0)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.cases = nn.Embedding(len(CASES), WIDTH)
        self.hints = nn.Embedding(HINT_COUNT, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.dropout = nn.Dropout(dropout)

    def forward(self, ids: Tensor, cases: Tensor, hints: Tensor, mask: Tensor) -> Tensor:
        """Encode; `mask` is True where there is a piece, (batch, pieces)."""
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.pieces(ids) + self.positions(places) + self.cases(cases) + self.hints(hints)
        x = self.dropout(self.norm(x))
        wide = mask[:, None, None, :]
        for layer in self.layers:
            x, _, _ = layer(x, wide)
        return x


def load_minilm(encoder: Encoder, weights: str, vectors: Tensor) -> None:
    """Copy the published MiniLM weights into an encoder; `vectors` are the first vectors of our pieces."""
    source = load_file(weights)
    with torch.no_grad():
        encoder.pieces.weight[:] = vectors
        encoder.positions.weight[:] = source["embeddings.position_embeddings.weight"]
        encoder.cases.weight[:] = source["embeddings.token_type_embeddings.weight"][0]
        encoder.cases.weight[1:] += 0.02 * torch.randn(len(CASES) - 1, WIDTH)
        encoder.hints.weight[:] = 0.02 * torch.randn(HINT_COUNT, WIDTH)
        encoder.hints.weight[0] = 0
        _copy(encoder.norm, source, "embeddings.LayerNorm")
        for n, layer in enumerate(encoder.layers):
            load_layer(layer, source, n)


def load_layer(layer: nn.Module, source: dict[str, Tensor], number: int) -> None:
    """Copy one upstream layer."""
    here = f"encoder.layer.{number}."
    with torch.no_grad():
        for part in ("weight", "bias"):
            stacked = [source[f"{here}attention.self.{name}.{part}"] for name in ("query", "key", "value")]
            getattr(layer.mix, part)[:] = torch.cat(stacked)
    _copy(layer.join, source, here + "attention.output.dense")
    _copy(layer.norm_mix, source, here + "attention.output.LayerNorm")
    _copy(layer.widen, source, here + "intermediate.dense")
    _copy(layer.narrow, source, here + "output.dense")
    _copy(layer.norm_narrow, source, here + "output.LayerNorm")


def _copy(module: nn.Module, source: dict[str, Tensor], name: str) -> None:
    with torch.no_grad():
        module.weight[:] = source[name + ".weight"]
        module.bias[:] = source[name + ".bias"]
