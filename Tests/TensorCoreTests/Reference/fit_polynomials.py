#!/usr/bin/env python3
"""Fits the Float polynomials of Sources/TensorCore/Mathematics/Vector+*.swift.

For each function: the weighted least-squares polynomial on Chebyshev nodes, in 200-bit arithmetic, re-weighted
(Lawson's iteration) towards the minimax one; then the coefficients, rounded to Float, and the largest relative error
of the exact polynomial with the rounded coefficients. Needs mpmath.
"""
import struct

import mpmath as mp

mp.mp.prec = 200


def to_float(x):
    return struct.unpack("f", struct.pack("f", float(x)))[0]


def fit(name, f, low, high, degree, weight):
    """Coefficients, lowest first, of p with weight(x) * (p(x) - f(x)) small on [low, high]."""
    count = 12 * (degree + 1)
    nodes = [(low + high) / 2 + (high - low) / 2 * mp.cos(mp.pi * (2 * i + 1) / (2 * count)) for i in range(count)]
    values = [f(x) for x in nodes]
    weights = [abs(weight(x)) for x in nodes]
    lawson = [mp.mpf(1)] * count
    for _ in range(40):
        a = mp.matrix(degree + 1, degree + 1)
        b = mp.matrix(degree + 1, 1)
        for x, y, w, l in zip(nodes, values, weights, lawson):
            s = l * w * w
            powers = [x ** k for k in range(degree + 1)]
            for i in range(degree + 1):
                b[i] += s * powers[i] * y
                for j in range(degree + 1):
                    a[i, j] += s * powers[i] * powers[j]
        c = mp.lu_solve(a, b)
        errors = [w * abs(sum(c[k] * x ** k for k in range(degree + 1)) - y) for x, y, w in zip(nodes, values, weights)]
        lawson = [l * e for l, e in zip(lawson, errors)]
        total = sum(lawson)
        lawson = [l / total for l in lawson]
    rounded = [to_float(c[k]) for k in range(degree + 1)]
    worst = max(w * abs(sum(r * x ** k for k, r in enumerate(rounded)) - y) for x, y, w in zip(nodes, values, weights))
    print(f"{name} on [{mp.nstr(low, 8)}, {mp.nstr(high, 8)}]: worst {mp.nstr(worst, 3)} = 2^{mp.nstr(mp.log(worst, 2), 4)}")
    for r in rounded:
        print(f"  {r.hex():>24}  {r!r}")


half_log_two = mp.log(2) / 2 * mp.mpf("1.001")
fit("exp: (e^r - 1 - r) / r^2", lambda r: (mp.expm1(r) - r) / r ** 2, -half_log_two, half_log_two, 4,
    lambda r: r ** 2 / mp.exp(r))
fit("expm1: (e^r - 1 - r) / r^2", lambda r: (mp.expm1(r) - r) / r ** 2, -half_log_two, half_log_two, 5,
    lambda r: r ** 2 / mp.expm1(r))
fit("log: (log(1 + f) - f + f^2 / 2) / f^3", lambda f: (mp.log1p(f) - f + f ** 2 / 2) / f ** 3,
    mp.sqrt(mp.mpf(1) / 2) - 1, mp.sqrt(2) - 1, 8, lambda f: f ** 3 / mp.log1p(f))
quarter = mp.pi / 4 * mp.mpf("1.001")
fit("sin: (sin x - x) / x^3 in x^2", lambda s: (mp.sin(mp.sqrt(s)) / mp.sqrt(s) - 1) / s, mp.mpf("1e-12"), quarter ** 2, 3,
    lambda s: s)
fit("cos: (cos x - 1 + x^2 / 2) / x^4 in x^2", lambda s: (mp.cos(mp.sqrt(s)) - 1 + s / 2) / s ** 2, mp.mpf("1e-12"),
    quarter ** 2, 2, lambda s: s ** 2)
border = mp.mpf("0.875")
fit("erf: erf(x) / x - 1 in x^2", lambda s: mp.erf(mp.sqrt(s)) / mp.sqrt(s) - 1, mp.mpf("1e-12"), border ** 2, 6,
    lambda s: mp.sqrt(s) / mp.erf(mp.sqrt(s)))
fit("erf: -log(erfc(x)), above", lambda x: -mp.log(mp.erfc(x)), border, mp.mpf("4.1"), 9,
    lambda x: mp.erfc(x) / mp.erf(x))
