#!/usr/bin/env python3
"""The speed of convolutions in PyTorch at batch 64, channels last: the peer of `core-benchmark convolutions`.

At its best with glibc told to keep its blocks: MALLOC_MMAP_MAX_=0 MALLOC_TRIM_THRESHOLD_=4294967296
MALLOC_TOP_PAD_=67108864."""
import os
import time

import torch

torch.set_num_threads(int(os.environ.get("WALKTHROUGH_THREADS", torch.get_num_threads())))
last = torch.channels_last


def report(name, operations, body):
    body()
    best = 1e9
    for _ in range(25):
        start = time.perf_counter()
        body()
        best = min(best, time.perf_counter() - start)
    print(f"{name:40} {best * 1e6:10.1f} us {operations / best / 1e9:.1f} GFLOP/s")


# extent, inputs, outputs, kernel, stride: the layers of the diffusion model and of the adversarial one, padding 1
for extent, inputs, outputs, kernel, stride in [
    (28, 1, 32, 3, 1), (28, 32, 64, 3, 2), (14, 64, 64, 3, 1), (28, 64, 32, 3, 1), (28, 32, 1, 3, 1),
    (28, 1, 32, 4, 2), (14, 32, 64, 4, 2),
]:
    x = torch.randn(64, inputs, extent, extent).to(memory_format=last)
    w = torch.randn(outputs, inputs, kernel, kernel).to(memory_format=last)
    with torch.no_grad():
        u = torch.randn_like(torch.conv2d(x, w, padding=1, stride=stride))
    operations = 2 * u.numel() * kernel * kernel * inputs

    def backward(mask):
        return torch.ops.aten.convolution_backward(
            u, x, w, None, [stride] * 2, [1, 1], [1, 1], False, [0, 0], 1, mask)

    case = f" {extent}x{extent} {inputs}->{outputs} {kernel}x{kernel}/{stride}"
    with torch.no_grad():
        report("forward" + case, operations, lambda: torch.conv2d(x, w, padding=1, stride=stride))
        report("input gradient" + case, operations, lambda: backward([True, False, False]))
        report("weight gradient" + case, operations, lambda: backward([False, True, False]))
