#!/usr/bin/env python3
"""Reference values for the variational autoencoder, from the same network in PyTorch (float64).

All parameters are set by a rule that the test repeats, so that only results are stored: the two parts of the bound, all
gradients one after another, and the importance-weighted bound of each row.

Needs torch and numpy; run from the repository's root: python3 scripts/reference/vae.py
"""
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from swift_literals import spread, write
from torch.distributions import Bernoulli, Independent, Normal, kl_divergence

torch.set_default_dtype(torch.float64)
WIDTH, HIDDEN, LATENT, ROWS, DRAWS, BETA = 5, 4, 2, 3, 6, 0.5


def rule(count, number):
    """The values of parameter `number`, exact in Float: multiples of 1/1024 below 1/2 in magnitude."""
    index = np.arange(count)
    return ((index * 389 + number * 97 + index * index * 13) % 1024 - 512) / 1024


def layer(inputs, outputs, number):
    result = nn.Linear(inputs, outputs)
    # Stored here as [in, out], in PyTorch as [out, in].
    result.weight.data = torch.tensor(rule(inputs * outputs, number).reshape(inputs, outputs).T.copy())
    result.bias.data = torch.tensor(rule(outputs, number + 1))
    return result


class VAE(nn.Module):
    def __init__(self, observation):
        super().__init__()
        self.encoder = nn.Sequential(layer(WIDTH, HIDDEN, 0), nn.Tanh(), layer(HIDDEN, 2 * LATENT, 2))
        self.decoder = nn.Sequential(layer(LATENT, HIDDEN, 4), nn.Tanh(), layer(HIDDEN, WIDTH, 6))
        self.observation = observation
        self.logVariance = nn.Parameter(torch.tensor([rule(1, 8)[0]]))

    def posterior(self, x):
        mean, log = self.encoder(x).chunk(2, 1)
        return Independent(Normal(mean, (log / 2).exp()), 1)

    def likelihood(self, z):
        out = self.decoder(z)
        if self.observation == "bernoulli":
            return Independent(Bernoulli(logits=out, validate_args=False), 1)
        deviation = (self.logVariance / 2).exp() if self.observation == "learned" else torch.tensor(0.7)
        return Independent(Normal(out, deviation), 1)


x = torch.tensor(spread(ROWS, WIDTH, scale=.5, seed=.4).astype(np.float64)) + .5
noise = torch.tensor(spread(DRAWS, ROWS, LATENT, scale=1.5, seed=3.2).astype(np.float64))
prior = Independent(Normal(torch.zeros(LATENT), torch.ones(LATENT)), 1)
entries = [("rows", x), ("noise", noise)]
for observation in ("bernoulli", "fixed", "learned"):
    model = VAE(observation)
    posterior = model.posterior(x)
    draw = posterior.mean + posterior.stddev * noise[0]
    reconstruction = -model.likelihood(draw).log_prob(x).mean()
    divergence = kl_divergence(posterior, prior).mean()
    (reconstruction + BETA * divergence).backward()
    gradients = [
        (p.grad.T if p.dim() == 2 else p.grad).reshape(-1).numpy()
        for name, p in model.named_parameters() if p.grad is not None]
    # The parameter of no layer comes first in PyTorch, last here.
    if observation == "learned":
        gradients = gradients[1:] + gradients[:1]
    with torch.no_grad():
        weights = torch.stack([
            model.likelihood(z).log_prob(x) + prior.log_prob(z) - posterior.log_prob(z)
            for z in posterior.mean + posterior.stddev * noise])
        importance = np.log(DRAWS) - torch.logsumexp(weights, 0)
    entries += [
        (observation + "Terms", [reconstruction.item(), divergence.item()]),
        (observation + "Gradients", np.concatenate(gradients)),
        (observation + "Importance", importance),
    ]

write(
    "Tests/GenerativeModelsTests/Autoencoders/Reference/VAEReference.swift", "scripts/reference/vae.py",
    "VAEReference", entries)
