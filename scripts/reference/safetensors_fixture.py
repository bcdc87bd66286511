#!/usr/bin/env python3
"""Files of weights made by Python's safetensors, and a reader of those made here.

Needs torch, numpy and safetensors; run from the repository's root:
  python3 scripts/reference/safetensors_fixture.py                 writes the fixtures
  python3 scripts/reference/safetensors_fixture.py check FILE      reads FILE and compares it with the fixture
"""
import sys

import torch
from safetensors.torch import load_file, save_file
from swift_literals import spread

FOLDER = "Tests/NeuralNetworksTests/Fixtures/"


def single():
    return {
        "norm.weight": torch.tensor(spread(3)), "layers.0.weight": torch.tensor(spread(2, 3, seed=.5)),
        "scalar": torch.tensor(1.5), "empty": torch.zeros(0, 4),
    }


def formats():
    values = [0., -0., 1., -2.5, 65504., 6e-8, 6.1035e-05, float("inf"), -float("inf")]
    return {name: torch.tensor(values, dtype=kind) for name, kind in
            [("double", torch.float64), ("half", torch.float16), ("brain", torch.bfloat16)]}


if sys.argv[1:2] == ["check"]:
    found = load_file(sys.argv[2])
    assert found.keys() == single().keys(), found.keys()
    for name, value in single().items():
        assert found[name].dtype == torch.float32 and torch.equal(found[name], value), name
    print("as expected")
else:
    save_file(single(), FOLDER + "python.safetensors", metadata={"format": "pt", "note": "a \"quoted\" \u00e9\n"})
    save_file(formats(), FOLDER + "formats.safetensors")
    save_file({"x": torch.tensor([1, 2])}, FOLDER + "integers.safetensors")
