#!/usr/bin/env python3
"""Writes MathematicsReference.swift: values of the elementary functions to 106 bits, as a sum of two doubles.

  python3 mathematics.py > ../MathematicsReference.swift      (needs mpmath)
"""
import random
import struct

import mpmath as mp

mp.mp.prec = 1400  # enough to reduce the largest double by pi

random.seed(1)


def spread(low, high, count):
    return [random.uniform(low, high) for _ in range(count)]


def magnitudes(low, high, count, signs=True):
    """Uniform in the exponent."""
    return [2.0 ** random.uniform(low, high) * (random.choice([-1, 1]) if signs else 1) for _ in range(count)]


def bits(x):
    return struct.unpack("<Q", struct.pack("<d", x))[0]


CASES = {
    "exp": (mp.exp, spread(-740, 709, 30) + spread(-3, 3, 20) + magnitudes(-60, 0, 10)),
    "expm1": (mp.expm1, spread(-36, 700, 20) + spread(-1, 1, 20) + magnitudes(-60, 0, 20)),
    "log": (mp.log, magnitudes(-1070, 1020, 30, False) + spread(0.5, 2, 30)),
    "log1p": (mp.log1p, spread(-0.999, 3, 30) + magnitudes(-60, -1, 20) + magnitudes(0, 900, 10, False)),
    "log2": (lambda x: mp.log(x, 2), magnitudes(-1000, 1000, 15, False) + spread(0.5, 2, 15)),
    "log10": (lambda x: mp.log(x, 10), magnitudes(-1000, 1000, 15, False) + spread(0.5, 2, 15)),
    "sin": (mp.sin, spread(-10, 10, 30) + magnitudes(-30, 30, 20) + magnitudes(30, 1020, 20)
            + [float(mp.pi), float(mp.pi / 2), 6381956970095103.0 * 2.0 ** 797]),
    "cos": (mp.cos, spread(-10, 10, 30) + magnitudes(-30, 30, 20) + magnitudes(30, 1020, 20)
            + [float(mp.pi), float(mp.pi / 2), 6381956970095103.0 * 2.0 ** 797]),
    "tanh": (mp.tanh, spread(-20, 20, 30) + magnitudes(-40, 2, 30)),
    "erf": (mp.erf, spread(-6, 6, 40) + magnitudes(-40, 1, 20)),
    "erfc": (mp.erfc, spread(-6, 26, 50) + magnitudes(-40, 1, 10)),
}

print("// Written by Reference/mathematics.py.\n")
print("/// A function's value at `x` is `high + low`, to 106 bits.")
print("struct ReferencePoint: Sendable {\n  let x: Double\n  let high: Double\n  let low: Double\n")
print("  init(_ x: UInt64, _ high: UInt64, _ low: UInt64) {\n    self.x = Double(bitPattern: x)")
print("    self.high = Double(bitPattern: high)\n    self.low = Double(bitPattern: low)\n  }\n}\n")
print("enum MathematicsReference {")
for name, (function, points) in CASES.items():
    print(f"  static let {name}: [ReferencePoint] = [")
    for x in points:
        y = function(mp.mpf(x))
        high = float(y)
        low = float(y - mp.mpf(high))
        print("    ReferencePoint(" + ", ".join(f"0x{bits(v):016x}" for v in (x, high, low)) + "),")
    print("  ]\n")
print("}")
