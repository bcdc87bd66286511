"""What the peers' programs share: timing in blocks, the ring of Gaussians, Fashion-MNIST, one line of JSON."""
import gzip
import json
import math
import os
import resource
import statistics
import time

FOLDER = os.environ.get("WALKTHROUGH_FASHION_MNIST", "/usr/share/datasets/fashion-mnist")
MODES, DEVIATION, RADIUS = 8, 0.02, 2.0
CENTRES = [[RADIUS * math.cos(2 * math.pi * k / MODES), RADIUS * math.sin(2 * math.pi * k / MODES)] for k in range(MODES)]
STEPS = 100
BETAS = [1e-4 + (0.1 - 1e-4) * t / (STEPS - 1) for t in range(STEPS)]


def pixels(name):
    """The bytes of all images, 784 each."""
    with gzip.open(f"{FOLDER}/{name}-images-idx3-ubyte.gz") as file:
        return file.read()[16:]


def timed_blocks(step, steps, block):
    """Microseconds a step, one number for each block of steps."""
    times = []
    for _ in range(steps // block):
        start = time.perf_counter()
        for _ in range(block):
            step()
        times.append((time.perf_counter() - start) / block * 1e6)
    return times


def ring_quality(points):
    """The modes with a sample within three standard deviations, and the share of such samples; as in Ring.swift."""
    hits = [0] * MODES
    for x, y in points:
        for mode, (a, b) in enumerate(CENTRES):
            if math.hypot(x - a, y - b) <= 3 * DEVIATION:
                hits[mode] += 1
    return {"modes": sum(1 for count in hits if count), "high quality %": 100 * sum(hits) / len(points)}


def report(task, threads, steps, quality, sampling=None):
    line = dict(
        task=task, threads=threads, stepMedian=statistics.median(steps), stepMinimum=min(steps), quality=quality,
        peakMegabytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    if sampling:
        line.update(samplingMedian=statistics.median(sampling), samplingMinimum=min(sampling))
    print(json.dumps(line), flush=True)
