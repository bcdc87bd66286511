#!/usr/bin/env python3
"""Reference values for the measures of graphs, from NetworkX, SciPy and POT.

Needs numpy, scipy, networkx and POT (pip install numpy scipy networkx POT); run from the repository's root:
python3 scripts/reference/graphs.py
"""
import networkx as nx
import numpy as np
import ot
import scipy.linalg
from swift_literals import write

SCRIPT = "scripts/reference/graphs.py"


def spectrum(graph):
    laplacian = nx.normalized_laplacian_matrix(graph).toarray()
    return scipy.linalg.eigvalsh(laplacian)


def mmd(a, b, bandwidth):
    def kernel(x, y):
        return np.array([[np.exp(-ot.emd2_1d(p, q, metric="sqeuclidean") / (2 * bandwidth ** 2)) for q in y] for p in x])
    n, m = len(a), len(b)
    within = sum((k.sum() - np.trace(k)) / (len(k) * (len(k) - 1)) for k in (kernel(a, a), kernel(b, b)))
    return within - 2 * kernel(a, b).sum() / (n * m)


# A graph of two components, one of which is a vertex alone.
mixed = nx.Graph()
mixed.add_nodes_from(range(9))
mixed.add_edges_from([(0, 1), (0, 2), (1, 2), (2, 3), (3, 4), (4, 5), (5, 3), (4, 6), (6, 7), (1, 7)])
grids = [nx.grid_2d_graph(rows, columns) for rows, columns in [(2, 3), (3, 3), (2, 5), (3, 4)]]
rings = [nx.circular_ladder_graph(n) for n in (3, 4, 5)]
first, second = [spectrum(g) for g in grids], [spectrum(g) for g in rings]
degrees = [np.array([d for _, d in g.degree()], dtype=float) for g in grids], \
    [np.array([d for _, d in g.degree()], dtype=float) for g in rings]
write("Tests/MetricsTests/Reference/GraphReference.swift", SCRIPT, "GraphReference", [
    ("mixedSpectrum", spectrum(mixed)), ("gridSpectrum", first[3]), ("prismSpectrum", second[0]),
    ("spectralMMD", [mmd(first, second, .1)]), ("degreeMMD", [mmd(*degrees, 1.)]),
], kind="Double")
