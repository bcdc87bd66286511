#!/usr/bin/env python3
"""The sizes and the gzip member that Tests/CompressionTests expects, from Python's own gzip.

Run from the repository's root: python3 scripts/reference/compression.py
"""
import gzip


def noise(count):
    state = 1
    for _ in range(count):
        state = (state * 1_664_525 + 1_013_904_223) % 2**32
        yield state >> 24


for name, data in (
    ("empty", b""),
    ("zeros", bytes(100_000)),
    ("count", bytes(i // 7 % 251 for i in range(100_000))),
    ("noise", bytes(noise(200_000))),
):
    print(name, len(gzip.compress(data, compresslevel=6)))

print("member", gzip.compress(b"to be, or not to be, that is the question; " * 3, compresslevel=6, mtime=0).hex())
