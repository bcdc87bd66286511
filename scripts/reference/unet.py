#!/usr/bin/env python3
"""Reference values for the U-Net, from the same network in PyTorch (float64), in two sizes.

All parameters are set by a rule that the test repeats, so that only results are stored: the output, the input's gradient,
and of each parameter's gradient its length and its product with a fixed vector.

Needs torch and numpy; run from the repository's root: python3 scripts/reference/unet.py
"""
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from swift_literals import spread, write

torch.set_default_dtype(torch.float64)
FOLDER = "Tests/GenerativeModelsTests/Diffusion/Reference/"
GROUPS, TIME, HEADS = 2, 4, 2


@dataclass
class Size:
    channels: int
    patch: int
    widths: list
    blocks: int
    classes: int
    outputs: int


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
    def __init__(self, size):
        super().__init__()
        self.size = size
        widths, area = size.widths, size.patch ** 2
        self.time = nn.ModuleList([nn.Linear(TIME, 4 * TIME), nn.Linear(4 * TIME, 4 * TIME)])
        if size.classes:
            self.labels = nn.Embedding(size.classes + 1, 4 * TIME)
        self.input = nn.Conv2d(size.channels * area, widths[0], 3, padding=1)
        self.down, channels = nn.ModuleList(), widths[0]
        for width in widths:
            for _ in range(size.blocks):
                self.down.append(Block(channels, width))
                channels = width
        self.halve = nn.ModuleList([nn.Conv2d(width, width, 3, stride=2, padding=1) for width in widths[:-1]])
        self.middle = nn.ModuleList([Block(channels, channels), Block(channels, channels)])
        self.attention = Attention(channels)
        self.up = nn.ModuleList()
        for width in reversed(widths):
            for _ in range(size.blocks):
                self.up.append(Block(channels + width, width))
                channels = width
        self.outputNorm = nn.GroupNorm(GROUPS, channels)
        self.output = nn.Conv2d(channels, size.outputs * area, 3, padding=1)

    def fold(self, x):
        """The pixels of a patch become channels, those of the first pixel first."""
        p, (n, c, height, width) = self.size.patch, x.shape
        return x.view(n, c, height // p, p, width // p, p).permute(0, 3, 5, 1, 2, 4).reshape(
            n, p * p * c, height // p, width // p)

    def unfold(self, x):
        p, (n, c, height, width) = self.size.patch, x.shape
        return x.view(n, p, p, c // (p * p), height, width).permute(0, 3, 4, 1, 5, 2).reshape(
            n, c // (p * p), height * p, width * p)

    def forward(self, x, times, labels):
        angles = 1000 * times[:, None] * 10_000 ** (-torch.arange(TIME // 2) / (TIME // 2))[None]
        e = torch.cat([angles.sin(), angles.cos()], 1)
        context = self.time[1](F.silu(self.time[0](e)))
        context = F.silu(context + self.labels(labels) if self.size.classes else context)
        h, skips, down, up = self.input(self.fold(x)), [], iter(self.down), iter(self.up)
        for level in range(len(self.size.widths)):
            if level:
                h = self.halve[level - 1](h)
            for _ in range(self.size.blocks):
                h = next(down)(h, context)
                skips.append(h)
        h = self.middle[1](self.attention(self.middle[0](h, context)), context)
        for level in range(len(self.size.widths)):
            if level:
                h = F.interpolate(h, scale_factor=2, mode="nearest")
            for _ in range(self.size.blocks):
                h = next(up)(torch.cat([h, skips.pop()], 1), context)
        return self.unfold(self.output(F.silu(self.outputNorm(h))))


def rule(count, number):
    """The values of parameter `number`, exact in Float: multiples of 1/1024 below 1/2 in magnitude."""
    index = np.arange(count)
    return ((index * 389 + number * 97 + index * index * 13) % 1024 - 512) / 1024


def to_swift(name, parameter):
    """From PyTorch's layout to NHWC's."""
    if parameter.ndim == 4:
        return parameter.permute(2, 3, 1, 0)
    return parameter if name == "labels.weight" or parameter.ndim == 1 else parameter.T


def from_swift(name, values, parameter):
    if parameter.ndim == 4:
        o, i, h, w = parameter.shape
        return values.reshape(h, w, i, o).permute(3, 2, 0, 1)
    if parameter.ndim == 1 or name == "labels.weight":
        return values.reshape(parameter.shape)
    return values.reshape(parameter.shape[1], parameter.shape[0]).T


def results(size, x, times, labels, upstream):
    net = UNet(size)
    for number, (name, parameter) in enumerate(net.named_parameters()):
        values = torch.tensor(rule(parameter.numel(), number))
        # Gains near 1, as in a network that learns.
        values = 1 + values if name.lower().endswith("norm.weight") else values
        parameter.data = from_swift(name, values, parameter).contiguous()
    x.requires_grad_()
    y = net(x.permute(0, 3, 1, 2), times, labels).permute(0, 2, 3, 1)
    (y * upstream).sum().backward()
    lengths, products = [], []
    for number, (name, parameter) in enumerate(net.named_parameters()):
        flat = torch.zeros_like(parameter) if parameter.grad is None else parameter.grad
        flat = to_swift(name, flat).reshape(-1)
        lengths.append(flat.norm().item())
        products.append((flat * torch.tensor(rule(len(flat), number + 1000))).sum().item())
    return [("output", y.detach()), ("inputGradient", x.grad), ("gradientLengths", lengths),
            ("gradientProducts", products)]


def store(name, entries):
    write(FOLDER + name + ".swift", "scripts/reference/unet.py", name, entries)


# Two resolutions, one block at each, labels.
x = torch.tensor(spread(2, 4, 4, 2, scale=1.5).astype(np.float64))
upstream = torch.tensor(spread(2, 4, 4, 2, seed=.4).astype(np.float64))
small = Size(channels=2, patch=1, widths=[4, 8], blocks=1, classes=3, outputs=2)
found = results(small, x, torch.tensor([.25, .8]), torch.tensor([1, 3]), upstream)
store("UNetReference", [("input", x.detach()), ("upstream", upstream)] + found)

# Patches, three resolutions, two blocks at each, a second output for the variance, an image that is not square; what
# goes in follows the rule of the parameters.
patched = Size(channels=1, patch=2, widths=[4, 6, 8], blocks=2, classes=0, outputs=2)
x = torch.tensor(2 * rule(8 * 16, 500).reshape(1, 8, 16, 1))
upstream = torch.tensor(rule(8 * 16 * 2, 501).reshape(1, 8, 16, 2))
store("PatchedUNetReference", results(patched, x, torch.tensor([.6]), None, upstream))
