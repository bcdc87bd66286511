#!/usr/bin/env python3
"""Reference values for the measures, from packages that others wrote: prdc, SciPy, POT and scikit-learn.

Needs numpy, scipy, scikit-learn, prdc and POT (pip install numpy scipy scikit-learn prdc POT); run from the
repository's root: python3 scripts/reference/measures.py
"""
import numpy as np
import ot
import prdc
import scipy.linalg
import scipy.stats
from sklearn.linear_model import LogisticRegression
from sklearn.metrics.pairwise import polynomial_kernel, rbf_kernel
from sklearn.neighbors import KNeighborsClassifier, NearestNeighbors
from sklearn.preprocessing import StandardScaler
from swift_literals import spread, write

SCRIPT = "scripts/reference/measures.py"


def sets(width, rows, other_rows):
    """Two overlapping sets of float32 rows; the tests make the same numbers."""
    real = spread(rows, width, seed=.3)
    fake = spread(other_rows, width, scale=1.1, seed=7.7) + np.float32(.15)
    return real.astype(np.float64), fake.astype(np.float32).astype(np.float64)


def overlap(real, fake, neighbors):
    values = prdc.compute_prdc(real_features=real, fake_features=fake, nearest_k=neighbors)
    return [values[name] for name in ("precision", "recall", "density", "coverage")]


def frechet(a, b):
    first, second = np.cov(a, rowvar=False), np.cov(b, rowvar=False)
    root = scipy.linalg.sqrtm(first @ second)
    return np.sum((a.mean(0) - b.mean(0)) ** 2) + np.trace(first + second - 2 * root.real)


def mmd(a, b, kernel):
    n, m = len(a), len(b)
    within = sum((k.sum() - np.trace(k)) / (len(k) * (len(k) - 1)) for k in (kernel(a, a), kernel(b, b)))
    return within - 2 * kernel(a, b).sum() / (n * m)


entries = []
for name, width, rows, other_rows in [("narrow", 3, 80, 60), ("wide", 24, 70, 90)]:
    real, fake = sets(width, rows, other_rows)
    directions = spread(7, width, seed=2.1).astype(np.float64)
    directions /= np.linalg.norm(directions, axis=1, keepdims=True)
    distances, neighbors = NearestNeighbors(n_neighbors=4).fit(real).kneighbors(fake)
    entries += [
        (name + "Overlap3", overlap(real, fake, 3)), (name + "Overlap5", overlap(real, fake, 5)),
        (name + "Frechet", [frechet(real, fake)]),
        (name + "Sliced", [ot.sliced_wasserstein_distance(real, fake, projections=directions.T, p=2)]),
        (name + "Polynomial", [mmd(real, fake, lambda x, y: polynomial_kernel(x, y, degree=3))]),
        (name + "Gaussian", [mmd(real, fake, lambda x, y: rbf_kernel(x, y, gamma=.5 / .7 ** 2))]),
        (name + "Distances", distances[:12]), (name + "Neighbors", neighbors[:12]),
    ]

# Three classes on features of different scales, one of them constant.
features, _ = sets(6, 90, 60)
features = features * np.array([1, 10, .1, 3, 0, 1]) + np.array([0, 100, 0, -5, 2, 0])
features = features.astype(np.float32).astype(np.float64)
mixed = features[:, 0] + .1 * (features[:, 1] - 100) + spread(90, seed=5.5)
labels = np.digitize(mixed, np.quantile(mixed, [.3, .6]))
penalty = .01
scaler = StandardScaler().fit(features)
model = LogisticRegression(C=1 / (len(labels) * penalty), tol=1e-12, max_iter=10000)
model.fit(scaler.transform(features), labels)
probabilities = model.predict_proba(scaler.transform(features))
objective = -np.log(probabilities[np.arange(90), labels]).mean() + penalty / 2 * (model.coef_ ** 2).sum()
classifier = KNeighborsClassifier(n_neighbors=1).fit(scaler.transform(features)[:60], labels[:60])
entries += [
    ("probeLabels", labels), ("probeObjective", [objective]),
    ("probeWeight", model.coef_.T), ("probeBias", model.intercept_ - model.intercept_.mean()),
    ("probeProbabilities", probabilities[:10]),
    ("nearestPredictions", classifier.predict(scaler.transform(features)[60:])),
]

wilson = [(0, 10), (3, 10), (10, 10), (2470, 2500), (1, 1)]
entries.append(("wilson", [
    bound for s, n in wilson for level in (.95, .99)
    for bound in scipy.stats.binomtest(s, n).proportion_ci(level, method="wilson")]))
runs = [.31, .29, .35, .30, .33, .28, .34, .32, .27, .36]
entries.append(("student", [
    bound for n in (2, 3, 4, 5, 10)
    for bound in scipy.stats.t.interval(.95, n - 1, loc=np.mean(runs[:n]), scale=scipy.stats.sem(runs[:n]))]))
entries.append(("ballMass", [scipy.stats.chi2.cdf(9, d) for d in (1, 2, 3, 4, 5, 10, 31)]))
entries.append(("wasserstein", [np.sqrt(ot.wasserstein_1d(
    np.array([0., 1, 2.5, 4]), np.array([-1., .5, 3, 3, 5, 7]), p=2))]))

write("Tests/MetricsTests/Reference/MeasuresReference.swift", SCRIPT, "MeasuresReference", entries, kind="Double")
