#!/usr/bin/env python3
"""Reference values for noise schedules and the terms of the variational bound, from NumPy in float64.

The formulas are those of DDPM (arXiv 2006.11239) and Improved DDPM (arXiv 2102.09672), with the latter's published
conventions: beta clipped at 0.999, beta~_2 in the place of beta~_1 = 0, v = (output + 1) / 2.

Needs numpy; run from the repository's root: python3 scripts/reference/diffusion.py
"""
import math

import numpy as np
from swift_literals import spread, write

SCRIPT = "scripts/reference/diffusion.py"
FOLDER = "Tests/GenerativeModelsTests/Diffusion/Reference/"


def linear(steps, scaled=False):
    scale = 1000 / steps if scaled else 1
    return np.minimum(.999, np.linspace(1e-4, .02, steps) * scale)


def quadratic(steps):
    return np.linspace(1e-4 ** .5, .02 ** .5, steps) ** 2


def cosine(steps, s=.008, most=.999):
    f = np.cos((np.arange(steps + 1) / steps + s) / (1 + s) * np.pi / 2) ** 2
    return np.minimum(most, 1 - f[1:] / f[:-1])


class Process:
    """Arrays over t = 1...T at 0...T-1."""

    def __init__(self, betas):
        self.betas = betas
        self.alpha_bar = np.cumprod(1 - betas)
        self.previous = np.append(1, self.alpha_bar[:-1])
        self.variance = betas * (1 - self.previous) / (1 - self.alpha_bar)
        self.from_x0 = np.sqrt(self.previous) * betas / (1 - self.alpha_bar)
        self.from_xt = np.sqrt(1 - betas) * (1 - self.previous) / (1 - self.alpha_bar)
        self.log_variance = np.log(np.append(self.variance[1], self.variance[1:]))


def schedules():
    entries = []
    for name, betas in [("linear", linear(1000)), ("scaledLinear", linear(10, scaled=True)),
                        ("quadratic", quadratic(100)), ("cosine", cosine(100))]:
        process = Process(betas)
        for column in ("betas", "alpha_bar", "variance", "from_x0", "from_xt", "log_variance"):
            values = getattr(process, column)
            if len(values) == 1000:
                values = values[[0, 1, 9, 99, 499, 998, 999]]
            elif len(values) == 100:
                values = values[[0, 1, 9, 49, 98, 99]]
            camel = "".join(part.title() for part in column.split("_"))
            entries.append((name + camel, values))
    # Ten of a thousand steps: abar at the stops, and the betas between them.
    stops = np.arange(100, 1001, 100)
    kept = Process(cosine(1000)).alpha_bar[stops - 1]
    entries += [("stridedAlphaBar", kept), ("stridedBetas", 1 - kept / np.append(1, kept[:-1]))]
    write(FOLDER + "ScheduleReference.swift", SCRIPT, "ScheduleReference", entries, kind="Double")


def normal_kl(mean1, log1, mean2, log2):
    return .5 * (log2 - log1 - 1 + np.exp(log1 - log2) + (mean1 - mean2) ** 2 * np.exp(-log2))


def cdf(x):
    return .5 * (1 + np.vectorize(math.erf)(x / math.sqrt(2)))


def discretized_nll(x, mean, log_variance):
    """-ln of the mass of N(mean, e^log_variance) within 1/255 of x, open-ended at -1 and 1."""
    deviation = np.exp(.5 * log_variance)
    upper = np.where(x > .999, 1, cdf((x + 1 / 255 - mean) / deviation))
    lower = np.where(x < -.999, 0, cdf((x - 1 / 255 - mean) / deviation))
    return -np.log(upper - lower)


def terms():
    """The bound's terms of one batch under a made-up network, learned variances included."""
    process = Process(cosine(50))
    levels = np.round((spread(4, 6, seed=.3).astype(np.float64) + 1) / 2 * 255)
    levels[0, 0], levels[1, 1] = 0, 255
    x0 = (levels / 255 * 2 - 1).astype(np.float32).astype(np.float64)
    noise = spread(4, 6, scale=1.7, seed=.6).astype(np.float64)
    error = spread(4, 6, scale=.3, seed=.1).astype(np.float64)
    spreads = spread(4, 6, seed=.9).astype(np.float64)
    entries = [("data", x0), ("noise", noise), ("error", error), ("spreads", spreads)]
    for t in (1, 2, 20, 50):
        i = t - 1
        xt = np.sqrt(process.alpha_bar[i]) * x0 + np.sqrt(1 - process.alpha_bar[i]) * noise
        epsilon = noise + error
        estimate = (xt - np.sqrt(1 - process.alpha_bar[i]) * epsilon) / np.sqrt(process.alpha_bar[i])
        true_mean = process.from_x0[i] * x0 + process.from_xt[i] * xt
        mean = process.from_x0[i] * estimate + process.from_xt[i] * xt
        v = (spreads + 1) / 2
        log_variance = v * np.log(process.betas[i]) + (1 - v) * process.log_variance[i]
        kl = normal_kl(true_mean, process.log_variance[i], mean, log_variance)
        term = discretized_nll(x0, mean, log_variance) if t == 1 else kl
        entries += [(f"logVariance{t}", log_variance), (f"term{t}", term.sum(1))]
    prior = normal_kl(np.sqrt(process.alpha_bar[-1]) * x0, np.log(1 - process.alpha_bar[-1]), 0, 0)
    entries.append(("prior", prior.sum(1)))
    write(FOLDER + "BoundReference.swift", SCRIPT, "BoundReference", entries, kind="Double")


schedules()
terms()
