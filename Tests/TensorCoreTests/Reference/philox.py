#!/usr/bin/env python3
"""Writes PhiloxReference.swift: words of NumPy's Philox (4x64-10), and of Philox4x32-10 written in NumPy.

  python3 philox.py > ../PhiloxReference.swift      (needs numpy)

NumPy counts up before it draws, so its first block is that of the counter after the given one.
"""
import numpy as np


def philox4x32(counter, key):
    c, k = [np.uint64(w) for w in counter], [np.uint64(w) for w in key]
    mask, shift = np.uint64(0xFFFFFFFF), np.uint64(32)
    for _ in range(10):
        a, b = c[0] * np.uint64(0xD2511F53), c[2] * np.uint64(0xCD9E8D57)
        c = [(b >> shift) ^ c[1] ^ k[0], b & mask, (a >> shift) ^ c[3] ^ k[1], a & mask]
        k = [(k[0] + np.uint64(0x9E3779B9)) & mask, (k[1] + np.uint64(0xBB67AE85)) & mask]
    return [int(w) for w in c]


print("// Written by Reference/philox.py.\n")
print("enum PhiloxReference {")
print("  /// `(counter + 1, key, words)` of `numpy.random.Philox(counter=..., key=...).random_raw(4)`.")
print("  static let numpy: [(counter: SIMD4<UInt64>, key: SIMD2<UInt64>, words: SIMD4<UInt64>)] = [")
generator = np.random.default_rng(3)
for _ in range(6):
    counter = [int(w) for w in generator.integers(0, 2 ** 63, 4)]
    key = [int(w) for w in generator.integers(0, 2 ** 63, 2)]
    words = np.random.Philox(counter=sum(w << 64 * i for i, w in enumerate(counter)), key=sum(w << 64 * i for i, w in enumerate(key))).random_raw(4)
    counter[0] += 1
    f = lambda words: ", ".join(f"0x{int(w):016x}" for w in words)
    print(f"    (SIMD4({f(counter)}), SIMD2({f(key)}), SIMD4({f(words)})),")
print("  ]\n")
print("  static let words32: [(counter: SIMD4<UInt32>, key: SIMD2<UInt32>, words: SIMD4<UInt32>)] = [")
with np.errstate(over="ignore"):
    for _ in range(6):
        counter = [int(w) for w in generator.integers(0, 2 ** 32, 4)]
        key = [int(w) for w in generator.integers(0, 2 ** 32, 2)]
        f = lambda words: ", ".join(f"0x{int(w):08x}" for w in words)
        print(f"    (SIMD4({f(counter)}), SIMD2({f(key)}), SIMD4({f(philox4x32(counter, key))})),")
print("  ]\n}")
