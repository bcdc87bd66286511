#!/usr/bin/env python3
"""Reference values for the principal components and the symmetric eigenvalue problem, from NumPy.

Needs numpy; run from the repository's root: python3 scripts/reference/metrics.py
"""
import numpy as np
from swift_literals import spread, write

SCRIPT = "scripts/reference/metrics.py"


def fix_signs(rows):
    largest = np.argmax(np.abs(rows), axis=1)
    return rows * np.sign(rows[np.arange(len(rows)), largest])[:, None]


def eigen(matrix):
    values, vectors = np.linalg.eigh(matrix)
    return values[::-1], fix_signs(vectors.T[::-1])


data = spread(20, 6).astype(np.float64) @ np.diag([5, 3, 2, 1, .5, .25]) + np.array([10, -4, 0, 2, 7, 1])
data = data.astype(np.float32).astype(np.float64)
values, vectors = eigen(np.cov(data.T, bias=True))
mean = data.mean(0)
codes = (data - mean) @ vectors[:2].T

square = spread(9, 9, seed=.8).astype(np.float64)
square = square + square.T
square_values, square_vectors = eigen(square)

write("Tests/MetricsTests/Reference/ComponentsReference.swift", SCRIPT, "ComponentsReference", [
    ("data", data), ("mean", mean), ("eigenvalues", values), ("vectors", vectors[:2]), ("codes", codes),
    ("reconstruction", codes @ vectors[:2] + mean),
    ("square", square), ("squareValues", square_values), ("squareVectors", square_vectors),
], kind="Double")
