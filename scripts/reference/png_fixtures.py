#!/usr/bin/env python3
"""PNG files of the kinds that libpng's own writer here does not make: palettes, few bits, 16 bits, interlaced rows.

Needs Pillow and numpy; run from the repository's root: python3 scripts/reference/png_fixtures.py
The pixels follow the formulas below, which the tests repeat.
"""
import struct
import zlib

import numpy as np
from PIL import Image

FOLDER = "Tests/PNGCodingTests/Fixtures/"


def chunk(kind, data):
    body = kind + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


def png(name, width, height, depth, color, rows, interlaced=False, extra=b""):
    header = struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, int(interlaced))
    data = b"".join(b"\0" + row for row in rows)
    with open(FOLDER + name, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + extra + chunk(b"IDAT", zlib.compress(data))
                   + chunk(b"IEND", b""))


# 16 bits: sample (row, column, channel) is (row * 9001 + column * 1237 + channel * 517) mod 65536.
def deep(channels):
    i, j, c = np.meshgrid(np.arange(5), np.arange(7), np.arange(channels), indexing="ij")
    return ((i * 9001 + j * 1237 + c * 517) % 65536).astype(">u2")


png("gray16.png", 7, 5, 16, 0, [row.tobytes() for row in deep(1)])
# A gamma that, were it applied, would change every number.
png("rgb16-gamma.png", 7, 5, 16, 2, [row.tobytes() for row in deep(3)], extra=chunk(b"gAMA", struct.pack(">I", 100000)))

# One bit a pixel: (row + column) mod 2, 9 columns, so the last byte is cut.
png("gray1.png", 9, 4, 1, 0, [np.packbits([(i + j) % 2 for j in range(9)]).tobytes() for i in range(4)])

# A palette: index (row * 3 + column) mod 4 of four colours.
palette = chunk(b"PLTE", bytes([255, 0, 0, 0, 255, 0, 0, 0, 255, 10, 20, 30]))
indices = [bytes((i * 3 + j) % 4 for j in range(6)) for i in range(3)]
png("palette.png", 6, 3, 8, 3, indices, extra=palette)
png("palette-transparent.png", 6, 3, 8, 3, indices, extra=palette + chunk(b"tRNS", bytes([255, 128])))

# 8 bits with an alpha channel that is opaque everywhere: grey (row * 40 + column).
png("gray-alpha.png", 4, 3, 8, 4, [bytes(v for j in range(4) for v in (i * 40 + j, 255)) for i in range(3)])

# Interlaced (Adam7): grey (row * 16 + column), 10 x 9.
passes = [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)]
rows = [bytes(i * 16 + j for j in range(x, 10, dx)) for y, x, dy, dx in passes for i in range(y, 9, dy)]
png("interlaced.png", 10, 9, 8, 0, [row for row in rows if row], interlaced=True)

# What another writer makes of a colour picture: (row * 60, column * 40, 7).
picture = np.zeros((4, 6, 3), np.uint8)
for i in range(4):
    for j in range(6):
        picture[i, j] = (i * 60, j * 40, 7)
Image.fromarray(picture).save(FOLDER + "pillow.png", optimize=True)

for name in ["gray16", "rgb16-gamma", "gray1", "palette", "gray-alpha", "interlaced"]:
    Image.open(FOLDER + name + ".png").load()
