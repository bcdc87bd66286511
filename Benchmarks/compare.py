#!/usr/bin/env python3
"""Runs every task here and in the peers' libraries in turn, several rounds, and prints one table.

Usage: compare.py [--rounds N] [--tasks a,b] [--threads 1,2] [--neighbor]
The interpreters with PyTorch and JAX are those that scripts/setup-peers installed, or named by TORCH_PYTHON and
JAX_PYTHON; a peer without one is left out.
"""
import argparse
import json
import os
import pathlib
import platform
import resource
import statistics
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
OURS = HERE / ".build/release/task-benchmark"
JAX_TASKS = {"ddpm2d", "gan2d", "ae"}
SECOND = {"ddpm2d": "sampling 10,000 x 100", "ddpm-img": "denoising 64 images"}
# PyTorch at its best: glibc keeps freed blocks instead of giving them back, which saves page faults.
KEEP = {"MALLOC_MMAP_MAX_": "0", "MALLOC_TRIM_THRESHOLD_": "4294967296", "MALLOC_TOP_PAD_": "67108864"}


def interpreter(variable, name):
    """The Python that has a peer, or nothing."""
    installed = HERE.parent / ".build/peers" / name
    return os.environ.get(variable) or (installed / "bin/python" if (installed / "ready").exists() else None)


def run(command, **environment):
    result = subprocess.run(
        command, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **environment}, capture_output=True, text=True)
    if result.returncode:
        sys.exit(f"{' '.join(map(str, command))} failed:\n{result.stderr}")
    return result.stdout


def programs(task, threads):
    """The name and the command of each library that has the task."""
    found = {"walkthrough": ([OURS, task], {"WALKTHROUGH_THREADS": str(threads)})}
    if torch := interpreter("TORCH_PYTHON", "torch"):
        peer = [torch, HERE / "Peers/pytorch_peer.py", task, str(threads)]
        found["PyTorch"] = (peer, KEEP)
        if task == "ssgan-img":
            found["PyTorch, channels last"] = (peer + ["nhwc"], KEEP)
    if (jax := interpreter("JAX_PYTHON", "jax")) and task in JAX_TASKS:
        pin = ["taskset", "-c", "0"] if threads == 1 else []
        found["JAX"] = (pin + [jax, HERE / "Peers/jax_peer.py", task, str(threads)], {})
    return found


def measure(task, threads, rounds):
    """For each library its reports, taken in turn so that all see the same machine."""
    reports = {}
    for _ in range(rounds):
        for name, (command, environment) in programs(task, threads).items():
            reports.setdefault(name, []).append(json.loads(run(command, **environment).splitlines()[-1]))
    return reports


def middle(reports, key):
    return statistics.median(report[key] for report in reports)


def rows(title, threads, reports, key, operations, peak):
    """A table row for each library: the time, its share of the peak, and how many times longer the others take."""
    times = {name: middle(found, key + "Median") for name, found in reports.items() if key + "Median" in found[0]}
    ours = times["walkthrough"]
    peers = [time for name, time in times.items() if name != "walkthrough"]
    for name, time in times.items():
        fastest = min(report[key + "Minimum"] for report in reports[name])
        share = operations / time / 1e3 / (peak * threads)
        memory = max(report["peakMegabytes"] for report in reports[name])
        ratio = f"**{min(peers) / ours:.2f}**" if name == "walkthrough" and peers else f"{time / ours:.2f}"
        print(f"| {title} | {threads} | {name} | {time:,.0f} | {fastest:,.0f} | {share:.0%} | {ratio} | {memory:,.0f} |")


def start_up(rounds):
    """Milliseconds from nothing to the end of the first training step, and the memory that took."""
    commands = {name: pair for name, pair in programs("ddpm2d", 1).items()}
    print("\n| start-up to the end of the first step | ms, median | ms, minimum | MB |\n|---|---|---|---|")
    for name, (command, environment) in commands.items():
        command = ["start-up" if part == "ddpm2d" else part for part in command]
        times, memory = [], 0
        for _ in range(5 * rounds if name == "walkthrough" else rounds):
            start = time.perf_counter()
            child = subprocess.Popen(
                list(map(str, command)), env={**os.environ, **environment}, stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL)
            _, status, usage = os.wait4(child.pid, 0)
            child.returncode = status
            if status:
                sys.exit(f"{name} does not start")
            times.append((time.perf_counter() - start) * 1e3)
            memory = max(memory, usage.ru_maxrss / 1024)
        print(f"| {name} | {statistics.median(times):,.1f} | {min(times):,.1f} | {memory:,.0f} |")


def with_neighbor(tasks, threads, rounds):
    """Our own step while another program spins on the last core: more threads must not be slower than one."""
    core = max(os.sched_getaffinity(0))
    spinner = subprocess.Popen(["taskset", "-c", str(core), sys.executable, "-c", "while True: pass"])
    print(f"| a program spins on core {core}: task | threads | us a step, median | minimum |\n|---|---|---|---|")
    try:
        for task in tasks:
            found = {count: [] for count in threads}
            for _ in range(rounds):
                for count in threads:
                    command, environment = programs(task, count)["walkthrough"]
                    found[count].append(json.loads(run(command, **environment).splitlines()[-1]))
            for count, reports in found.items():
                fastest = min(report["stepMinimum"] for report in reports)
                print(f"| {task} | {count} | {middle(reports, 'stepMedian'):,.0f} | {fastest:,.0f} |", flush=True)
    finally:
        spinner.kill()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--tasks", default="ddpm2d,gan2d,ae,ddpm-img,ssgan-img")
    parser.add_argument("--threads", default="1,2")
    parser.add_argument("--neighbor", action="store_true", help="ours alone, with a program spinning on the last core")
    arguments = parser.parse_args()
    model = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "?")
    peak = json.loads(run([OURS, "peak"], WALKTHROUGH_THREADS="1"))["gigaflops"]
    print(f"{model}, {os.cpu_count()} cores; {peak:.0f} GFLOP/s of fused multiply-adds a core; {platform.system()}\n")
    if arguments.neighbor:
        return with_neighbor(arguments.tasks.split(","), list(map(int, arguments.threads.split(","))), arguments.rounds)
    print("| task | threads | library | us a step, median | minimum | of the peak | fastest peer's / our time | peak MB |")
    print("|---|---|---|---|---|---|---|---|")
    qualities = []
    for task in arguments.tasks.split(","):
        for threads in map(int, arguments.threads.split(",")):
            reports = measure(task, threads, arguments.rounds)
            ours = reports["walkthrough"][0]
            rows(task, threads, reports, "step", ours["operations"], peak)
            if task in SECOND:
                rows(SECOND[task], threads, reports, "sampling", ours["samplingOperations"], peak)
            qualities += [(task, threads, name, found[0]["quality"]) for name, found in reports.items()]
            sys.stdout.flush()
    start_up(arguments.rounds)
    print("\n| task | threads | library | learned |\n|---|---|---|---|")
    for task, threads, name, quality in qualities:
        told = ", ".join(f"{what} {value:.4g}" for what, value in sorted(quality.items()))
        print(f"| {task} | {threads} | {name} | {told} |")


main()
