#!/usr/bin/env python3
"""The same epochs in PyTorch, at its best here: fused Adam. Usage: autoencoder.py FOLDER_OF_FASHION_MNIST THREADS"""
import gzip
import sys
import time

import torch
import torch.nn as nn
import torch.nn.functional as F


def images(name):
    raw = gzip.open(f"{sys.argv[1]}/{name}-images-idx3-ubyte.gz").read()
    return torch.frombuffer(bytearray(raw[16:]), dtype=torch.uint8).view(-1, 784).float() / 255


torch.set_num_threads(int(sys.argv[2]))
torch.manual_seed(7)
train, test = images("train"), images("t10k")
network = nn.Sequential(
    nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 32), nn.Linear(32, 256), nn.ReLU(), nn.Linear(256, 784)
)
adam = torch.optim.Adam(network.parameters(), lr=1e-3, fused=True)
for epoch in range(1, 6):
    start = time.perf_counter()
    order = torch.randperm(len(train))
    for first in range(0, len(order), 128):
        batch = train[order[first : first + 128]]
        adam.zero_grad(set_to_none=True)
        F.mse_loss(network(batch), batch).backward()
        adam.step()
    seconds = time.perf_counter() - start
    with torch.inference_mode():
        error = F.mse_loss(network(test), test).item()
    print(f"epoch {epoch}: {seconds:.3f} seconds, test error {error:.5f}", flush=True)
