"""A loss in, one step of gradient descent out: what all training here does at every batch."""

from __future__ import annotations

import torch
from torch import Tensor, nn


def descend(module: nn.Module, loss: Tensor, optimizer: torch.optim.Optimizer) -> float:
    """Take one step down a loss, the gradients of a module being bounded; give the loss."""
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(module.parameters(), 1.0)
    optimizer.step()
    return loss.item()


def running(average: float, loss: float) -> float:
    """Give the running mean of losses, `average` being that so far, 0 before the first."""
    return loss if average == 0 else 0.98 * average + 0.02 * loss
