#!/usr/bin/env python3
"""The dense tasks of `task-benchmark` in JAX: whole blocks of steps compiled into one program (jit of a scan).

Usage: jax_peer.py TASK THREADS. XLA sizes its pool of threads by the cores that the process may run on: for one thread,
run it under `taskset -c 0`.
"""
import math
import sys
import time

import jax
import jax.numpy as jnp
import numpy as np

from common import BETAS, CENTRES, DEVIATION, MODES, STEPS, pixels, report, ring_quality

TASK, THREADS = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1
beta = jnp.asarray(np.array(BETAS, np.float32))
alpha = 1 - beta
alpha_bar = jnp.cumprod(alpha)
signal, noise = jnp.sqrt(alpha_bar), jnp.sqrt(1 - alpha_bar)
angles = (jnp.arange(STEPS) * (1000.0 / STEPS))[:, None] * jnp.exp(-math.log(10000.0) * jnp.arange(16) / 16)[None]
embeddings = jnp.concatenate([jnp.sin(angles), jnp.cos(angles)], 1)
centres = jnp.asarray(np.array(CENTRES, np.float32))


def dense(key, widths):
    layers = []
    for i, o in zip(widths, widths[1:]):
        key, first, second = jax.random.split(key, 3)
        bound = 1 / math.sqrt(i)
        layers.append((jax.random.uniform(first, (i, o), minval=-bound, maxval=bound),
                       jax.random.uniform(second, (o,), minval=-bound, maxval=bound)))
    return layers


def apply(layers, x, activation):
    for weight, bias in layers[:-1]:
        x = activation(x @ weight + bias)
    weight, bias = layers[-1]
    return x @ weight + bias


def adam_state(layers):
    return jax.tree.map(jnp.zeros_like, layers), jax.tree.map(jnp.zeros_like, layers), jnp.zeros(())


def adam(layers, gradients, state, rate, first=0.9, second=0.999):
    m, v, t = state
    t = t + 1
    m = jax.tree.map(lambda m, g: first * m + (1 - first) * g, m, gradients)
    v = jax.tree.map(lambda v, g: second * v + (1 - second) * g * g, v, gradients)
    a, b = 1 - first**t, 1 - second**t
    layers = jax.tree.map(lambda p, m, v: p - rate * (m / a) / (jnp.sqrt(v / b) + 1e-8), layers, m, v)
    return layers, (m, v, t)


def ring(key, count):
    first, second = jax.random.split(key)
    return centres[jax.random.randint(first, (count,), 0, MODES)] + DEVIATION * jax.random.normal(second, (count, 2))


def train(carry, step, steps, block):
    """Runs the steps; gives the carry and microseconds a step for each block."""
    program = jax.jit(
        lambda carry: jax.lax.scan(lambda c, _: (step(c), None), carry, None, length=block)[0], donate_argnums=0)
    program = program.lower(carry).compile()
    times = []
    for _ in range(steps // block):
        start = time.perf_counter()
        carry = jax.block_until_ready(program(carry))
        times.append((time.perf_counter() - start) / block * 1e6)
    return carry, times


def ddpm2d():
    batch, scale = 256, float(jnp.sqrt((centres**2).mean()))
    network = lambda layers, x, e: apply(layers, jnp.concatenate([x, e], 1), jax.nn.silu)
    layers = dense(jax.random.key(0), [34, 128, 128, 128, 2])

    def step(carry):
        layers, state, key, _ = carry
        key, a, b, c = jax.random.split(key, 4)
        x0, t, e = ring(a, batch) / scale, jax.random.randint(b, (batch,), 0, STEPS), jax.random.normal(c, (batch, 2))
        xt = signal[t][:, None] * x0 + noise[t][:, None] * e
        loss, gradients = jax.value_and_grad(lambda p: jnp.mean((network(p, xt, embeddings[t]) - e) ** 2))(layers)
        layers, state = adam(layers, gradients, state, 1e-3)
        return layers, state, key, loss

    carry, times = train((layers, adam_state(layers), jax.random.key(1), jnp.zeros(())), step, 5000, 500)
    previous = jnp.concatenate([jnp.ones(1), alpha_bar[:-1]])
    deviation = jnp.sqrt(beta * (1 - previous) / (1 - alpha_bar))

    def denoise(index, carry):
        x, key = carry
        t = STEPS - 1 - index
        key, a = jax.random.split(key)
        e = network(layers, x, jnp.broadcast_to(embeddings[t], (10000, 32)))
        x = (x - beta[t] / noise[t] * e) / jnp.sqrt(alpha[t]) + deviation[t] * jax.random.normal(a, x.shape)
        return x, key

    layers = carry[0]
    sample = jax.jit(lambda key: jax.lax.fori_loop(0, STEPS, denoise, (jax.random.normal(key, (10000, 2)), key))[0])
    jax.block_until_ready(sample(jax.random.key(2)))
    sampling = []
    for seed in range(3):
        start = time.perf_counter()
        points = jax.block_until_ready(sample(jax.random.key(seed)))
        sampling.append((time.perf_counter() - start) * 1e6)
    quality = dict(ring_quality((points * scale).tolist()), loss=float(carry[3]))
    report("ddpm2d", THREADS, times, quality, sampling)


def gan2d():
    batch = 256
    leaky = lambda x: jax.nn.leaky_relu(x, 0.2)
    generate = lambda layers, z: apply(layers, z, jax.nn.relu)
    judge = lambda layers, x: apply(layers, x, leaky)
    g, d = dense(jax.random.key(0), [64, 128, 128, 2]), dense(jax.random.key(1), [2, 128, 128, 1])

    def step(carry):
        g, g_state, d, d_state, key, _ = carry
        key, a, b = jax.random.split(key, 3)
        z, real = jax.random.normal(a, (batch, 64)), ring(b, batch)
        fake, pull = jax.vjp(lambda layers: generate(layers, z), g)

        def d_loss(layers):
            logits = judge(layers, jnp.concatenate([real, fake]))
            return jnp.mean(jax.nn.softplus(-logits[:batch])) + jnp.mean(jax.nn.softplus(logits[batch:]))

        d_value, gradients = jax.value_and_grad(d_loss)(d)
        d, d_state = adam(d, gradients, d_state, 1e-3, 0.5)
        g_value, slope = jax.value_and_grad(lambda x: jnp.mean(jax.nn.softplus(-judge(d, x))))(fake)
        g, g_state = adam(g, pull(slope)[0], g_state, 1e-3, 0.5)
        return g, g_state, d, d_state, key, (g_value, d_value)

    zeros = (jnp.zeros(()), jnp.zeros(()))
    carry, times = train((g, adam_state(g), d, adam_state(d), jax.random.key(2), zeros), step, 5000, 500)
    quality = ring_quality(generate(carry[0], jax.random.normal(jax.random.key(3), (10000, 64))).tolist())
    losses = {"generator loss": float(carry[5][0]), "discriminator loss": float(carry[5][1])}
    report("gan2d", THREADS, times, dict(quality, **losses))


def ae():
    images = lambda name: jnp.asarray(np.frombuffer(pixels(name), np.uint8).reshape(-1, 784).astype(np.float32) / 255)
    batch, data, key = 128, images("train"), jax.random.key(0)
    layers = dense(key, [784, 256, 32, 256, 784])
    error = lambda layers, x: jnp.mean((apply(layers, x, jax.nn.relu) - x) ** 2)

    def step(carry):
        layers, state, index, data, order = carry
        x = data[jax.lax.dynamic_slice(order, (index * batch,), (batch,))]
        layers, state = adam(layers, jax.grad(error)(layers, x), state, 1e-3)
        return layers, state, index + 1, data, order

    order = jax.random.permutation(key, len(data))
    carry, times = train((layers, adam_state(layers), jnp.int32(0), data, order), step, 468, 39)
    report("ae", THREADS, times, {"test error": float(error(carry[0], images("t10k")))})


def start_up():
    layers = dense(jax.random.key(0), [34, 128, 128, 128, 2])
    x, y = jnp.ones((256, 34)), jnp.ones((256, 2))

    def step(layers, state):
        gradients = jax.grad(lambda p: jnp.mean((apply(p, x, jax.nn.silu) - y) ** 2))(layers)
        return adam(layers, gradients, state, 1e-3)

    jax.block_until_ready(jax.jit(step)(layers, adam_state(layers)))


{"ddpm2d": ddpm2d, "gan2d": gan2d, "ae": ae, "start-up": start_up}[TASK]()
