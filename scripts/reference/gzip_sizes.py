#!/usr/bin/env python3
"""The sizes that Tests/CompressionTests expects."""
import gzip

for name, data in (
    ("empty", b""),
    ("zeros", bytes(100_000)),
    ("count", bytes(i // 7 % 251 for i in range(100_000))),
):
    print(name, len(gzip.compress(data, compresslevel=6)))
