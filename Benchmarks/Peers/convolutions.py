#!/usr/bin/env python3
"""The speed of 3 x 3 convolutions in PyTorch at batch 64, channels last: the peer of `core-benchmark convolutions`."""
import time

import torch

torch.set_num_threads(int(__import__("os").environ.get("WALKTHROUGH_THREADS", torch.get_num_threads())))


def report(name, operations, body):
    body()
    best = 1e9
    for _ in range(20):
        start = time.perf_counter()
        body()
        best = min(best, time.perf_counter() - start)
    print(f"{name:30} {best * 1e6:10.1f} us {operations / best / 1e9:.1f} GFLOP/s")


last = torch.channels_last
for extent, inputs, outputs in [(28, 1, 32), (28, 32, 32), (28, 64, 64), (28, 64, 1), (14, 64, 64), (7, 64, 64)]:
    x = torch.randn(64, inputs, extent, extent).to(memory_format=last)
    w = torch.randn(outputs, inputs, 3, 3).to(memory_format=last)
    u = torch.randn(64, outputs, extent, extent).to(memory_format=last)
    operations = 2 * 64 * 9 * extent * extent * inputs * outputs
    backward = lambda mask: torch.ops.aten.convolution_backward(
        u, x, w, None, [1, 1], [1, 1], [1, 1], False, [0, 0], 1, mask)
    case = f" {extent}x{extent} {inputs}->{outputs}"
    with torch.no_grad():
        report("forward" + case, operations, lambda: torch.conv2d(x, w, padding=1))
        report("input gradient" + case, operations, lambda: backward([True, False, False]))
        report("weight gradient" + case, operations, lambda: backward([False, True, False]))
