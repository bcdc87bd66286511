#!/usr/bin/env python3
"""Writes ConvolutionReference.swift: results of PyTorch's convolutions and pooling, computed in double precision.

  python3 convolution.py > ../ConvolutionReference.swift      (needs torch)

The operands are `sin` of the scalars' positions, which the test computes too. Results are given by their weighted
sums with `cos` of the positions, and by their first scalars, in the order of channels last.
"""
import torch
import torch.nn.functional as F


def wave(shape, phase):
    count = torch.Size(shape).numel()
    return torch.sin(torch.arange(count, dtype=torch.float64) * 0.7 + phase).reshape(shape)


def entry(tensor):  # [batch, height, width, channels] or a kernel [height, width, in, out]
    flat = tensor.detach().contiguous().flatten()
    weighted = (flat * torch.cos(torch.arange(len(flat), dtype=torch.float64) * 1.3)).sum().item()
    return f"Values(sum: {weighted!r}, first: {flat[:4].tolist()})"


nchw = lambda t: t.permute(0, 3, 1, 2).contiguous()
nhwc = lambda t: t.permute(0, 2, 3, 1)

print("// Written by Reference/convolution.py.\n")
print("enum ConvolutionReference {")
print("  struct Values: Sendable {\n    var sum: Double\n    var first: [Double]\n  }\n")
print("  /// A convolution of `input` by `weight` with its gradients for the upstream gradient `wave(2)`, and the transposed")
print("  /// convolution of `wave(2)` by the same weight with `outputPadding`.")
print("  struct Convolution: Sendable {")
print("    var input: [Int]\n    var weight: [Int]\n    var stride: Int\n    var padding: Int\n    var outputPadding: Int")
print("    var output: Values\n    var inputGradient: Values\n    var weightGradient: Values\n    var transposed: Values\n  }\n")
print("  static let convolutions: [Convolution] = [")
for i, w, s, p, op in [
    ([2, 7, 8, 3], [3, 3, 3, 5], 1, 1, 0),
    ([2, 9, 8, 4], [4, 4, 4, 20], 2, 1, 1),
    ([1, 10, 11, 2], [3, 5, 2, 3], 3, 2, 2),
    ([3, 14, 14, 17], [3, 3, 17, 1], 1, 1, 0),
    ([2, 6, 6, 1], [2, 2, 1, 33], 2, 0, 0),
]:
    x, k = wave(i, 0).requires_grad_(), wave(w, 1).requires_grad_()
    y = nhwc(F.conv2d(nchw(x), k.permute(3, 2, 0, 1).contiguous(), stride=s, padding=p))
    u = wave(y.shape, 2)
    y.backward(u)
    t = nhwc(F.conv_transpose2d(nchw(u), k.permute(3, 2, 0, 1).contiguous(), stride=s, padding=p, output_padding=op))
    print(f"    Convolution(input: {i}, weight: {w}, stride: {s}, padding: {p}, outputPadding: {op}, output: {entry(y)}, "
          f"inputGradient: {entry(x.grad)}, weightGradient: {entry(k.grad)}, transposed: {entry(t)}),")
print("  ]\n")
x = wave([2, 8, 6, 3], 0)
for name, y in [
    ("upsampled", F.interpolate(nchw(x), scale_factor=2, mode="nearest")),
    ("averaged", F.avg_pool2d(nchw(x), 3, 2)),
    ("maxima", F.max_pool2d(nchw(x), 3, 2)),
]:
    print(f"  /// Of `wave(0)`, [2, 8, 6, 3].\n  static let {name} = {entry(nhwc(y))}")
# Whole numbers with many equals, in channels that fill two of the kernel's vectors and a part of a third.
shape = [2, 7, 9, 35]
count = torch.Size(shape).numel()
position = torch.arange(count)
x = (position * position * 7919 % 1009 % 7).to(torch.float64).reshape(shape)
_, plane = F.max_pool2d(nchw(x), 3, 2, return_indices=True)  # places within one image's channel
image, channel = torch.arange(2).reshape(2, 1, 1, 1), torch.arange(35)
places = ((nhwc(plane) + image * shape[1] * shape[2]) * 35 + channel).flatten()
weighted = (places * (torch.arange(len(places)) % 97 + 1)).sum().item()
print("  /// The places of the maxima of `i * i * 7919 % 1009 % 7`, [2, 7, 9, 35]: their sum weighted with `i % 97 + 1`, and")
print("  /// the first and the last.")
print(f"  static let placesSum = {weighted}")
print(f"  static let firstPlaces = {places[:40].tolist()}")
print(f"  static let lastPlaces = {places[-40:].tolist()}")
print("}")
