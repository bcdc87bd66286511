#!/usr/bin/env python3
"""The tasks of `task-benchmark` in PyTorch at its best on a CPU: fused Adam, channels last, inference mode.

Usage: pytorch_peer.py TASK THREADS. Compiling (`torch.compile`) does not help networks this small; run it with glibc told to
keep freed blocks (compare.py does), which saves PyTorch the page faults.
"""
import math
import sys
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

from common import BETAS, CENTRES, DEVIATION, MODES, STEPS, pixels, report, ring_quality, timed_blocks

TASK = sys.argv[1]
THREADS = int(sys.argv[2]) if len(sys.argv) > 2 else 1
torch.set_num_threads(THREADS)
torch.manual_seed(0)
LAST = torch.channels_last

beta = torch.tensor(BETAS)
alpha = 1 - beta
alpha_bar = torch.cumprod(alpha, 0)
signal, noise = alpha_bar.sqrt(), (1 - alpha_bar).sqrt()
frequencies = torch.exp(-math.log(10000.0) * torch.arange(16) / 16)
angles = (torch.arange(STEPS).float() * (1000.0 / STEPS))[:, None] * frequencies[None]
embeddings = torch.cat([angles.sin(), angles.cos()], 1)


def images(name):
    return torch.frombuffer(bytearray(pixels(name)), dtype=torch.uint8).view(-1, 784).float() / 255


def adam(network, rate, betas=(0.9, 0.999)):
    return torch.optim.Adam(network.parameters(), lr=rate, betas=betas, fused=True)


def dense(widths, activation):
    layers = []
    for index, (i, o) in enumerate(zip(widths, widths[1:])):
        layers += [nn.Linear(i, o)] + ([activation()] if index < len(widths) - 2 else [])
    return nn.Sequential(*layers)


def ring(count):
    centres = torch.tensor(CENTRES)
    return centres[torch.randint(MODES, (count,))] + DEVIATION * torch.randn(count, 2)


def ddpm2d():
    batch, scale = 256, float(torch.tensor(CENTRES).pow(2).mean().sqrt())
    network = dense([34, 128, 128, 128, 2], nn.SiLU)
    optimizer = adam(network, 1e-3)
    last = []

    def step():
        x0, t, e = ring(batch) / scale, torch.randint(STEPS, (batch,)), torch.randn(batch, 2)
        xt = signal[t][:, None] * x0 + noise[t][:, None] * e
        loss = F.mse_loss(network(torch.cat([xt, embeddings[t]], 1)), e)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        last[:] = [loss]

    for _ in range(50):
        step()
    times = timed_blocks(step, 4950, 50)
    previous = torch.cat([torch.ones(1), alpha_bar[:-1]])
    deviation = (beta * (1 - previous) / (1 - alpha_bar)).sqrt()
    sampling = []
    with torch.inference_mode():
        for _ in range(3):
            start = time.perf_counter()
            x = torch.randn(10000, 2)
            for t in reversed(range(STEPS)):
                e = network(torch.cat([x, embeddings[t].expand(10000, 32)], 1))
                x = (x - beta[t] / noise[t] * e) / alpha[t].sqrt()
                if t:
                    x = x + deviation[t] * torch.randn_like(x)
            sampling.append((time.perf_counter() - start) * 1e6)
    report("ddpm2d", THREADS, times, dict(ring_quality((x * scale).tolist()), loss=last[0].item()), sampling)


def gan2d():
    batch = 256
    generator = dense([64, 128, 128, 2], nn.ReLU)
    discriminator = dense([2, 128, 128, 1], lambda: nn.LeakyReLU(0.2))
    parameters = list(generator.parameters())
    first, second = adam(generator, 1e-3, (0.5, 0.999)), adam(discriminator, 1e-3, (0.5, 0.999))
    last = {}

    def step():
        fake = generator(torch.randn(batch, 64))
        logits = discriminator(torch.cat([ring(batch), fake.detach()]))
        loss = F.softplus(-logits[:batch]).mean() + F.softplus(logits[batch:]).mean()
        second.zero_grad(set_to_none=True)
        loss.backward()
        second.step()
        last["discriminator loss"] = loss.detach()
        loss = F.softplus(-discriminator(fake)).mean()
        first.zero_grad(set_to_none=True)
        loss.backward(inputs=parameters)
        first.step()
        last["generator loss"] = loss.detach()

    for _ in range(50):
        step()
    times = timed_blocks(step, 4950, 50)
    with torch.inference_mode():
        quality = ring_quality(generator(torch.randn(10000, 64)).tolist())
    report("gan2d", THREADS, times, dict(quality, **{name: value.item() for name, value in last.items()}))


def ae():
    batch, train = 128, images("train")
    network = dense([784, 256, 32, 256, 784], nn.ReLU)
    optimizer = adam(network, 1e-3)
    order = [torch.randperm(len(train)), 0]

    def step():
        x = train[order[0][order[1] : order[1] + batch]]
        order[1] += batch
        optimizer.zero_grad(set_to_none=True)
        F.mse_loss(network(x), x).backward()
        optimizer.step()

    times = timed_blocks(step, 468, 39)
    with torch.inference_mode():
        test = images("t10k")
        error = F.mse_loss(network(test), test).item()
    report("ae", THREADS, times, {"test error": error})


class ImageDenoiser(nn.Module):
    def __init__(self):
        super().__init__()
        self.time = nn.Linear(32, 64)
        self.first = nn.Conv2d(1, 32, 3, padding=1)
        self.down = nn.Conv2d(32, 64, 3, stride=2, padding=1)
        self.middle = nn.Conv2d(64, 64, 3, padding=1)
        self.up = nn.Conv2d(64, 32, 3, padding=1)
        self.final = nn.Conv2d(32, 1, 3, padding=1)

    def forward(self, x, t):
        h = F.silu(self.first(x))
        h = F.silu(self.down(h) + self.time(embeddings[t])[:, :, None, None])
        h = F.interpolate(F.silu(self.middle(h)), scale_factor=2, mode="nearest")
        return self.final(F.silu(self.up(h)))


def image_batches(batch):
    train = images("train") * 2 - 1
    return lambda: train[torch.randint(len(train), (batch,))].view(batch, 1, 28, 28)


def ddpm_img():
    batch = 64
    draw = image_batches(batch)
    network = ImageDenoiser().to(memory_format=LAST)
    optimizer = adam(network, 1e-3)
    losses = []

    def step():
        x0, t, e = draw(), torch.randint(STEPS, (batch,)), torch.randn(batch, 1, 28, 28)
        xt = signal[t].view(-1, 1, 1, 1) * x0 + noise[t].view(-1, 1, 1, 1) * e
        loss = F.mse_loss(network(xt.contiguous(memory_format=LAST), t), e)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        losses.append(loss.detach())

    for _ in range(5):
        step()
    times = timed_blocks(step, 100, 5)
    denoising = []
    with torch.inference_mode():
        x = torch.randn(batch, 1, 28, 28).contiguous(memory_format=LAST)
        for t in reversed(range(STEPS - 40, STEPS)):
            start = time.perf_counter()
            e = network(x, torch.full((batch,), t))
            x = (x - beta[t] / noise[t] * e) / alpha[t].sqrt() + beta[t].sqrt() * torch.randn_like(x)
            denoising.append((time.perf_counter() - start) * 1e6)
    report("ddpm-img", THREADS, times, {"loss": torch.stack(losses[-20:]).mean().item()}, denoising)


class ImageGenerator(nn.Module):
    def __init__(self):
        super().__init__()
        self.dense = nn.Linear(64, 3136)
        self.first = nn.ConvTranspose2d(64, 32, 4, 2, 1)
        self.second = nn.ConvTranspose2d(32, 1, 4, 2, 1)

    def forward(self, latent):
        h = F.relu(self.dense(latent)).view(-1, 64, 7, 7)
        return torch.tanh(self.second(F.relu(self.first(h))))


class ImageDiscriminator(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(1, 32, 4, 2, 1)
        self.second = nn.Conv2d(32, 64, 4, 2, 1)
        self.head = nn.Linear(3136, 5)

    def forward(self, x):
        h = F.leaky_relu(self.first(x), 0.2)
        return self.head(F.leaky_relu(self.second(h), 0.2).flatten(1))


def turned(x):
    return [torch.rot90(x, turn, (2, 3)) for turn in range(4)]


def ssgan_img():
    batch, few = 64, 16
    draw = image_batches(batch)
    turns = torch.arange(4).repeat_interleave(few)
    generator, discriminator = ImageGenerator(), ImageDiscriminator()
    if "nhwc" in sys.argv[3:]:
        generator, discriminator = generator.to(memory_format=LAST), discriminator.to(memory_format=LAST)
    first, second = adam(generator, 2e-4, (0.5, 0.999)), adam(discriminator, 2e-4, (0.5, 0.999))
    frozen = list(discriminator.parameters())
    last = {}

    def step():
        real, fake = draw(), generator(torch.randn(batch, 64))
        o = discriminator(torch.cat([real, fake.detach()] + turned(real[:few])))
        loss = (F.softplus(-o[:batch, 0]).mean() + F.softplus(o[batch : 2 * batch, 0]).mean()
                + F.cross_entropy(o[2 * batch :, 1:], turns))
        second.zero_grad(set_to_none=True)
        loss.backward()
        second.step()
        last["discriminator loss"] = loss.detach()
        for parameter in frozen:
            parameter.requires_grad_(False)
        o = discriminator(torch.cat([fake] + turned(fake[:few])))
        loss = F.softplus(-o[:batch, 0]).mean() + 0.2 * F.cross_entropy(o[batch:, 1:], turns)
        first.zero_grad(set_to_none=True)
        loss.backward()
        for parameter in frozen:
            parameter.requires_grad_(True)
        first.step()
        last["generator loss"] = loss.detach()

    for _ in range(5):
        step()
    times = timed_blocks(step, 200, 5)
    with torch.inference_mode():
        some = (images("train")[:1000] * 2 - 1).view(-1, 1, 28, 28)
        answers = torch.cat([discriminator(x)[:, 1:].argmax(1) for x in turned(some)])
        accuracy = (answers == torch.arange(4).repeat_interleave(1000)).float().mean().item()
    values = {name: value.item() for name, value in last.items()}
    report("ssgan-img", THREADS, times, {"rotation accuracy": accuracy, **values})


def start_up():
    network = dense([34, 128, 128, 128, 2], nn.SiLU)
    optimizer = torch.optim.Adam(network.parameters(), lr=1e-3)
    F.mse_loss(network(torch.randn(256, 34)), torch.randn(256, 2)).backward()
    optimizer.step()


tasks = {"ddpm2d": ddpm2d, "gan2d": gan2d, "ae": ae, "ddpm-img": ddpm_img, "ssgan-img": ssgan_img, "start-up": start_up}
tasks[TASK]()
