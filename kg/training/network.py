"""The joint network as torch modules: an encoder, taggers over its pieces, and links between pairs of mentions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

import torch
from torch import Tensor, nn
from torch.nn import functional

from kg.languages.encoder.inventory import Inventory
from kg.languages.encoder.pieces import CASES, HINT_COUNT

WIDTH, HEADS, INNER, POSITIONS = 384, 12, 1536, 512
PAIR, APART, BETWEEN = 256, 8, 3
TIMES = 4  # start and end, of a subject's claim and of an object's
DROPOUT = 0.1
RARE = -4.0  # log-odds of a relation before anything is learnt


class Layer(nn.Module):
    """One transformer block, normalised after each part as in BERT."""

    def __init__(self) -> None:
        super().__init__()
        self.mix = nn.Linear(WIDTH, 3 * WIDTH)
        self.join = nn.Linear(WIDTH, WIDTH)
        self.norm_mix = nn.LayerNorm(WIDTH, eps=1e-12)
        self.widen = nn.Linear(WIDTH, INNER)
        self.narrow = nn.Linear(INNER, WIDTH)
        self.norm_narrow = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(DROPOUT)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Give the new states (batch, pieces, width)."""
        batch, length, _ = x.shape
        q, k, v = self.mix(x).view(batch, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        y = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.norm_mix(x + self.dropout(self.join(y.transpose(1, 2).reshape(batch, length, WIDTH))))
        y = self.narrow(functional.gelu(self.widen(x)))
        return self.norm_narrow(x + self.dropout(y))


class Encoder(nn.Module):
    """Pieces, cases and hints (batch, pieces) in; states (batch, pieces, WIDTH) out."""

    def __init__(self, vocabulary: int, layers: int) -> None:
        super().__init__()
        self.pieces = nn.Embedding(vocabulary, WIDTH, padding_idx=0)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.cases = nn.Embedding(len(CASES), WIDTH)
        self.hints = nn.Embedding(HINT_COUNT, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))
        self.dropout = nn.Dropout(DROPOUT)

    def forward(self, ids: Tensor, cases: Tensor, hints: Tensor, mask: Tensor) -> Tensor:
        """Encode; `mask` is True where there is a piece, (batch, pieces)."""
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.pieces(ids) + self.positions(places) + self.cases(cases) + self.hints(hints)
        x = self.dropout(self.norm(x))
        wide = mask[:, None, None, :]
        for layer in self.layers:
            x = layer(x, wide)
        return x


class Reader(nn.Module):
    """The encoder with its heads.

    Taggers: names and nominals in BIO over the types, titles in BIO. Links: for every ordered pair of mentions (n, n, …) the relations
    (the last one joins a speaker to a quotation), the status under each relation, whether both are one thing, and, where the second is a
    date, whether it is the start or the end of what the first is the subject or the object of. Statuses and dates have layers of their
    own, and what they have in common under all relations is learnt once. The pair's context is what both mentions attend to (Zhou et al.
    2021, "localized context pooling", with attention of its own).
    """

    def __init__(self, vocabulary: int, types: int, relations: int, statuses: int, layers: int) -> None:
        super().__init__()
        self.encoder = Encoder(vocabulary, layers)
        self.names = nn.Linear(WIDTH, 1 + 2 * types)
        self.nominals = nn.Linear(WIDTH, 1 + 2 * types)
        self.titles = nn.Linear(WIDTH, 3)
        self.kinds = nn.Embedding(2 * types + 2, 2 * WIDTH)
        self.roles = nn.ModuleList(nn.Linear(2 * WIDTH, PAIR) for _ in range(2))
        self.seek = nn.ModuleList(nn.Linear(2 * WIDTH, PAIR) for _ in range(2))
        self.keys, self.values = nn.Linear(WIDTH, PAIR), nn.Linear(WIDTH, PAIR)
        self.context, self.product = nn.Linear(PAIR, PAIR), nn.Linear(PAIR, PAIR)
        self.apart, self.between = nn.Embedding(2 * APART + 1, PAIR), nn.Embedding(2 * BETWEEN + 1, PAIR)
        self.alike = nn.Embedding(4, PAIR)
        self.norm = nn.LayerNorm(PAIR)
        self.hidden = nn.Linear(PAIR, PAIR)
        self.telling, self.dating = nn.Linear(PAIR, PAIR), nn.Linear(PAIR, PAIR)
        self.relation, self.status, self.same = (nn.Linear(PAIR, n) for n in (relations + 1, relations * statuses, 1))
        self.tense = nn.Linear(PAIR, statuses)
        self.period, self.clock = nn.Linear(PAIR, relations * TIMES), nn.Linear(PAIR, TIMES)
        nn.init.constant_(self.relation.bias, RARE)
        nn.init.constant_(self.same.bias, RARE / 2)
        nn.init.constant_(self.clock.bias, RARE / 2)
        self.dropout = nn.Dropout(DROPOUT)
        self.statuses = statuses

    @classmethod
    def of(cls, vocabulary: int, inventory: Inventory, layers: int) -> Reader:
        """Make one, untrained, for so many pieces and the labels of an inventory."""
        return cls(vocabulary, len(inventory.types), len(inventory.relations), len(inventory.statuses), layers)

    def tag(self, ids: Tensor, cases: Tensor, hints: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Give states and the logits of names, nominals and titles, each (batch, pieces, …)."""
        states = self.encoder(ids, cases, hints, mask)
        dropped = self.dropout(states)
        return states, self.names(dropped), self.nominals(dropped), self.titles(dropped)

    def link(self, states: Tensor, mentions: tuple[Tensor, Tensor, Tensor, Tensor], alike: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Give the logits of relations (n, n, relations + 1), statuses (n, n, relations, statuses), identity (n, n) and dates.

        Those of dates are (n, n, relations + 1, TIMES): a mention and a date, under each relation and, last, under none in particular;
        start and end as its subject's, then as its object's.

        `states` is one window (pieces, width); `mentions` are first piece, last piece, kind and sentence, each (n,); `alike` (n, n) is
        their likeness in writing.
        """
        firsts, lasts, kinds, sentences = mentions
        heads = PAIR // 64
        spans = self.dropout(torch.cat([states[firsts], states[lasts]], -1) + self.kinds(kinds))
        subject, other = (role(spans) for role in self.roles)
        keys, values = (part(states).view(-1, heads, 64).transpose(0, 1) for part in (self.keys, self.values))
        ahead, behind = (part(spans).view(-1, heads, 64).transpose(0, 1) @ keys.transpose(1, 2) / 8 for part in self.seek)
        focus = torch.softmax(ahead[:, :, None] + behind[:, None], -1)
        context = (focus @ values[:, None]).permute(1, 2, 0, 3).flatten(2)
        apart = _steps(firsts[:, None] - firsts, APART)
        between = (sentences[:, None] - sentences).clamp(-BETWEEN, BETWEEN) + BETWEEN
        pair = subject[:, None] + other + self.context(context) + self.product(subject[:, None] * other)
        pair = self.norm(pair + self.apart(apart) + self.between(between) + self.alike(alike))
        pair = functional.gelu(pair)
        told = self.dropout(functional.gelu(self.telling(pair)))
        timed = self.dropout(functional.gelu(self.dating(pair)))
        pair = self.dropout(functional.gelu(self.hidden(pair)))
        status = self.status(told)
        status = status.view(*status.shape[:2], -1, self.statuses) + self.tense(told)[..., None, :]
        common = self.clock(timed)[..., None, :]
        dates = torch.cat([self.period(timed).view(*common.shape[:2], -1, TIMES) + common, common], 2)
        return self.relation(pair), status, self.same(pair)[..., 0], dates


def _steps(distance: Tensor, most: int) -> Tensor:
    """Bucket signed distances by powers of two: 0 … 2 * most."""
    size = torch.log2(distance.abs().float() + 1).floor().long().clamp(max=most)
    return size * torch.sign(distance) + most


def load_bert(encoder: Encoder, source: Mapping[str, Tensor], vectors: Tensor) -> None:
    """Copy the published weights of a BERT of our width into an encoder; `vectors` are the first vectors of our pieces."""
    with torch.no_grad():
        encoder.pieces.weight[:] = vectors
        encoder.positions.weight[:] = source["embeddings.position_embeddings.weight"]
        encoder.cases.weight[:] = source["embeddings.token_type_embeddings.weight"][0]
        encoder.cases.weight[1:] += 0.02 * torch.randn(len(CASES) - 1, WIDTH)
        encoder.hints.weight[:] = 0.02 * torch.randn(HINT_COUNT, WIDTH)
        encoder.hints.weight[0] = 0
        _copy(encoder.norm, source, "embeddings.LayerNorm")
        for n, layer in enumerate(encoder.layers):
            load_layer(cast("Layer", layer), source, n)


def load_layer(layer: Layer, source: Mapping[str, Tensor], number: int) -> None:
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


def _copy(module: nn.Linear | nn.LayerNorm, source: Mapping[str, Tensor], name: str) -> None:
    with torch.no_grad():
        module.weight[:] = source[name + ".weight"]
        module.bias[:] = source[name + ".bias"]
