#!/usr/bin/env python3
"""Reference values for the layers, losses and optimizers, from PyTorch in float64 on float32 inputs.

Needs torch and numpy; run from the repository's root: python3 scripts/reference/neural_networks.py
"""
import numpy as np
import torch
import torch.nn.functional as F
from swift_literals import spread, write

torch.set_default_dtype(torch.float64)
SCRIPT = "scripts/reference/neural_networks.py"
FOLDER = "Tests/NeuralNetworksTests/Reference/"


def tensor(array, grad=False):
    return torch.tensor(array.astype(np.float64), requires_grad=grad)


def linear_layers():
    x, w, b, up = spread(3, 4), spread(5, 4, seed=.3), spread(5, seed=.7), spread(3, 5, seed=.9)
    entries = [("input", x), ("weight", w), ("bias", b), ("upstream", up)]
    activations = {
        "identity": lambda v: v, "relu": F.relu, "leakyRelu": lambda v: F.leaky_relu(v, 0.2), "sigmoid": torch.sigmoid,
        "tanh": torch.tanh, "silu": F.silu, "softplus": F.softplus, "gelu": F.gelu,
    }
    for name, activation in activations.items():
        tx, tw, tb = tensor(x, True), tensor(w, True), tensor(b, True)
        y = activation(F.linear(tx, tw, tb))
        y.backward(tensor(up))
        entries += [(name + "Output", y.detach()), (name + "Input", tx.grad), (name + "Weight", tw.grad),
                    (name + "Bias", tb.grad)]
    write(FOLDER + "LinearReference.swift", SCRIPT, "LinearReference", entries)


def losses():
    a, b = spread(4, 3, scale=2), spread(4, 3, scale=2, seed=.4)
    probabilities = (spread(4, 3, seed=.2) + 1) / 2
    logits = spread(4, 3, scale=30, seed=.6)
    labels = torch.tensor([2, 0, 1, 2])
    entries = [("predictions", a), ("targets", b), ("probabilities", probabilities), ("logits", logits)]
    for reduction in ("mean", "sum"):
        for name, function, x, y in [
            ("meanSquaredError", F.mse_loss, a, tensor(b)), ("meanAbsoluteError", F.l1_loss, a, tensor(b)),
            ("huber", F.huber_loss, a, tensor(b)),
            ("binaryCrossEntropy", F.binary_cross_entropy_with_logits, logits, tensor(probabilities)),
            ("crossEntropy", F.cross_entropy, logits, labels),
        ]:
            tx = tensor(x, True)
            value = function(tx, y, reduction=reduction)
            value.backward()
            entries += [(name + reduction.title(), [value.item()]), (name + reduction.title() + "Gradient", tx.grad)]
    write(FOLDER + "LossReference.swift", SCRIPT, "LossReference", entries)


def optimizers():
    sizes = [6, 8, 3, 8, 6]
    x = spread(7, 6, seed=.1)
    start = []
    for i, (n, m) in enumerate(zip(sizes, sizes[1:])):
        start += [spread(m, n, scale=n ** -.5, seed=i * .31), spread(m, scale=n ** -.5, seed=i * .17 + .05)]
    flat = lambda ps: np.concatenate([np.asarray(p).reshape(-1) for p in ps])
    entries = [("batch", x), ("start", flat(start))]
    write(FOLDER + "OptimizerStart.swift", SCRIPT, "OptimizerStart", entries)
    entries = []
    kinds = {
        "sgd": lambda p: torch.optim.SGD(p, lr=.1),
        "momentum": lambda p: torch.optim.SGD(p, lr=.05, momentum=.9, weight_decay=.01),
        "nesterov": lambda p: torch.optim.SGD(p, lr=.05, momentum=.9, nesterov=True),
        "adam": lambda p: torch.optim.Adam(p, lr=1e-2),
        "adamBetas": lambda p: torch.optim.Adam(p, lr=1e-2, betas=(.5, .9), eps=1e-7),
        "adamW": lambda p: torch.optim.AdamW(p, lr=1e-2, weight_decay=.1),
        "clipped": lambda p: torch.optim.SGD(p, lr=.5),
    }
    for name, make in kinds.items():
        parameters = [tensor(p, True) for p in start]
        optimizer, values = make(parameters), []
        for _ in range(10):
            h = tensor(x)
            for i in range(0, 8, 2):
                h = F.linear(h, parameters[i], parameters[i + 1])
                if i < 6:
                    h = F.silu(h)
            loss = F.mse_loss(h, tensor(x))
            optimizer.zero_grad()
            loss.backward()
            if name == "clipped":
                torch.nn.utils.clip_grad_norm_(parameters, .1)
            optimizer.step()
            values.append(loss.item())
        entries += [(name + "Losses", values), (name + "End", flat([p.detach() for p in parameters]))]
    write(FOLDER + "OptimizerReference.swift", SCRIPT, "OptimizerReference", entries)


linear_layers()
losses()
optimizers()
