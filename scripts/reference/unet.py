#!/usr/bin/env python3
"""Reference values for the U-Net, from the same network in PyTorch (float64).

All parameters are set by a rule that the test repeats, so that only results are stored: the output, the input's gradient,
and of each parameter's gradient its length and its product with a fixed vector.

Needs torch and numpy; run from the repository's root: python3 scripts/reference/unet.py
"""
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from swift_literals import spread, write

torch.set_default_dtype(torch.float64)
WIDTHS, BLOCKS, GROUPS, TIME, CLASSES, HEADS, CHANNELS = [4, 8], 1, 2, 4, 3, 2, 2


class Block(nn.Module):
    def __init__(self, i, o):
        super().__init__()
        self.firstNorm, self.first = nn.GroupNorm(GROUPS, i), nn.Conv2d(i, o, 3, padding=1)
        self.time = nn.Linear(4 * TIME, o)
        self.secondNorm, self.second = nn.GroupNorm(GROUPS, o), nn.Conv2d(o, o, 3, padding=1)
        self.shortcut = nn.ModuleList([] if i == o else [nn.Conv2d(i, o, 1)])

    def forward(self, x, context):
        h = self.first(F.silu(self.firstNorm(x))) + self.time(context)[:, :, None, None]
        h = self.second(F.silu(self.secondNorm(h)))
        return h + (self.shortcut[0](x) if len(self.shortcut) else x)


class Attention(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.norm = nn.GroupNorm(GROUPS, c)
        self.query, self.key, self.value, self.output = (nn.Linear(c, c) for _ in range(4))

    def forward(self, x):
        n, c, height, width = x.shape
        h = self.norm(x).flatten(2).transpose(1, 2)
        q, k, v = (f(h).view(n, -1, HEADS, c // HEADS).transpose(1, 2) for f in (self.query, self.key, self.value))
        y = F.scaled_dot_product_attention(q, k, v).transpose(1, 2).reshape(n, -1, c)
        return x + self.output(y).transpose(1, 2).reshape(n, c, height, width)


class UNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.time = nn.ModuleList([nn.Linear(TIME, 4 * TIME), nn.Linear(4 * TIME, 4 * TIME)])
        self.labels = nn.Embedding(CLASSES + 1, 4 * TIME)
        self.input = nn.Conv2d(CHANNELS, WIDTHS[0], 3, padding=1)
        self.down = nn.ModuleList([Block(4, 4), Block(4, 8)])
        self.halve = nn.ModuleList([nn.Conv2d(4, 4, 3, stride=2, padding=1)])
        self.middle = nn.ModuleList([Block(8, 8), Block(8, 8)])
        self.attention = Attention(8)
        self.up = nn.ModuleList([Block(16, 8), Block(12, 4)])
        self.outputNorm, self.output = nn.GroupNorm(GROUPS, 4), nn.Conv2d(4, CHANNELS, 3, padding=1)

    def forward(self, x, times, labels):
        angles = 1000 * times[:, None] * 10_000 ** (-torch.arange(TIME // 2) / (TIME // 2))[None]
        e = torch.cat([angles.sin(), angles.cos()], 1)
        context = F.silu(self.time[1](F.silu(self.time[0](e))) + self.labels(labels))
        a = self.down[0](self.input(x), context)
        b = self.down[1](self.halve[0](a), context)
        h = self.middle[1](self.attention(self.middle[0](b, context)), context)
        h = self.up[0](torch.cat([h, b], 1), context)
        h = self.up[1](torch.cat([F.interpolate(h, scale_factor=2, mode="nearest"), a], 1), context)
        return self.output(F.silu(self.outputNorm(h)))


def rule(count, number):
    """The values of parameter `number`, exact in Float: multiples of 1/1024 below 1/2 in magnitude."""
    index = np.arange(count)
    return ((index * 389 + number * 97 + index * index * 13) % 1024 - 512) / 1024


def to_swift(parameter):
    """From PyTorch's layout to NHWC's."""
    if parameter.ndim == 4:
        return parameter.permute(2, 3, 1, 0)
    return parameter if parameter is net.labels.weight or parameter.ndim == 1 else parameter.T


def from_swift(values, parameter):
    if parameter.ndim == 4:
        o, i, h, w = parameter.shape
        return values.reshape(h, w, i, o).permute(3, 2, 0, 1)
    if parameter.ndim == 1 or parameter is net.labels.weight:
        return values.reshape(parameter.shape)
    return values.reshape(parameter.shape[1], parameter.shape[0]).T


net = UNet()
for number, (name, parameter) in enumerate(net.named_parameters()):
    values = torch.tensor(rule(parameter.numel(), number))
    # Gains near 1, as in a network that learns.
    values = 1 + values if name.lower().endswith("norm.weight") else values
    parameter.data = from_swift(values, parameter).contiguous()

x = torch.tensor(spread(2, 4, 4, CHANNELS, scale=1.5).astype(np.float64), requires_grad=True)
times, labels = torch.tensor([.25, .8]), torch.tensor([1, CLASSES])
y = net(x.permute(0, 3, 1, 2), times, labels).permute(0, 2, 3, 1)
upstream = torch.tensor(spread(*y.shape, seed=.4).astype(np.float64))
(y * upstream).sum().backward()
lengths, products = [], []
for number, parameter in enumerate(net.parameters()):
    flat = torch.zeros_like(parameter) if parameter.grad is None else parameter.grad
    flat = (flat if parameter is net.labels.weight else to_swift(flat)).reshape(-1)
    lengths.append(flat.norm().item())
    products.append((flat * torch.tensor(rule(len(flat), number + 1000))).sum().item())

write("Tests/GenerativeModelsTests/Diffusion/Reference/UNetReference.swift", "scripts/reference/unet.py", "UNetReference",
      [("input", x.detach()), ("upstream", upstream), ("output", y.detach()), ("inputGradient", x.grad),
       ("gradientLengths", lengths), ("gradientProducts", products)])
