#!/usr/bin/env python3
"""Writes what PyTorch's LayerNorm does, and an attention over places made of PyTorch's functions: float32, little-endian. Made with PyTorch 1.13.1."""
import pathlib

import torch

FOLDER = pathlib.Path(__file__).parent


def write(case, **tensors):
    for name, values in tensors.items():
        FOLDER.joinpath(f"{case}.{name}.f32").write_bytes(values.detach().to(torch.float32).contiguous().numpy().astype("<f4").tobytes())


torch.manual_seed(6)
x = torch.randn(2, 7, 19, requires_grad=True)  # samples, places, channels
norm = torch.nn.LayerNorm(19)
torch.nn.init.normal_(norm.weight)
torch.nn.init.normal_(norm.bias)
y = norm(x)
dy = torch.randn_like(y)
y.backward(dy)
write("layer_norm", x=x, y=y, dy=dy, dx=x.grad, scale=norm.weight, shift=norm.bias, d_scale=norm.weight.grad, d_shift=norm.bias.grad)

x = torch.randn(2, 7, 19, requires_grad=True)
weight = torch.randn(19, 5, requires_grad=True)
bias = torch.randn(5, requires_grad=True)
score = torch.randn(5, requires_grad=True)
shares = torch.softmax(torch.tanh(x @ weight + bias) @ score, 1)
y = (shares.unsqueeze(2) * x).sum(1)
dy = torch.randn_like(y)
y.backward(dy)
write("attention", x=x, y=y, dy=dy, dx=x.grad, weight=weight, bias=bias, score=score, d_weight=weight.grad, d_bias=bias.grad, d_score=score.grad, shares=shares)
