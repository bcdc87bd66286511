#!/usr/bin/env python3
"""Reference values for adversarial training, from PyTorch in float64 on float32 inputs: losses with and without a
gradient penalty or packing, the minibatch standard deviation, and a discriminator unrolled through steps of Adam.

Needs torch and numpy; run from the repository's root: python3 scripts/reference/adversarial.py
"""
import numpy as np
import torch
import torch.nn.functional as F
from swift_literals import spread, write

torch.set_default_dtype(torch.float64)
SCRIPT = "scripts/reference/adversarial.py"
# What RandomGenerator(seed: 9).uniform(shape: [5, 1]) draws; the test looks whether it still does.
SHARES = np.array([0.80353427, 0.91678697, 0.9618555, 0.15446293, 0.46407402], dtype=np.float32)


def tensor(array, grad=False):
    return torch.tensor(np.asarray(array, dtype=np.float64), requires_grad=grad)


def network(inputs):
    """The weights of a perceptron [inputs, 4, 1], in the order in which they are listed."""
    return [tensor(a, True) for a in (
        spread(inputs, 4, seed=.2), spread(4, scale=.5, seed=.4), spread(4, 1, seed=.6), spread(1, seed=.8))]


def logits(x, weights):
    hidden = torch.tanh(x @ weights[0] + weights[1])
    return hidden @ weights[2] + weights[3]


real, fake = spread(6, 3, seed=1.3), spread(6, 3, scale=2, seed=3.1)
real5, fake5 = real[:5], fake[:5]
cross_entropy = F.binary_cross_entropy_with_logits
LOSSES = {
    "saturating": (
        lambda r, f: cross_entropy(r, torch.ones_like(r)) + cross_entropy(f, torch.zeros_like(f)),
        lambda f: -cross_entropy(f, torch.zeros_like(f))),
    "nonSaturating": (
        lambda r, f: cross_entropy(r, torch.ones_like(r)) + cross_entropy(f, torch.zeros_like(f)),
        lambda f: cross_entropy(f, torch.ones_like(f))),
    "leastSquares": (
        lambda r, f: (F.mse_loss(r, torch.ones_like(r)) + F.mse_loss(f, torch.zeros_like(f))) / 2,
        lambda f: F.mse_loss(f, torch.ones_like(f)) / 2),
    "hinge": (lambda r, f: F.relu(1 - r).mean() + F.relu(1 + f).mean(), lambda f: -f.mean()),
    "wasserstein": (lambda r, f: f.mean() - r.mean(), lambda f: -f.mean()),
}


def slopes(x, weights):
    x = x.detach().requires_grad_()
    return torch.autograd.grad(logits(x, weights).sum(), x, create_graph=True)[0]


def r1(real, fake, weights):
    return .7 / 2 * slopes(real, weights).square().sum(1).mean()


def wasserstein_penalty(real, fake, weights):
    share = tensor(SHARES)[:, None]
    return 10 * (slopes(share * real + (1 - share) * fake, weights).norm(dim=1) - 1).square().mean()


def none(real, fake, weights):
    return torch.zeros(())


def pack(x, count):
    return x.reshape(len(x) // count, -1)


def objective(name, loss, real, fake, penalty=none, packing=1):
    """Both losses, the discriminator's gradient in its weights, and the generator's in what it made."""
    weights = network(3 * packing)
    real, made = pack(tensor(real), packing), tensor(fake, True)
    of_discriminator, of_generator = LOSSES[loss]
    packed = pack(made, packing)
    value = of_discriminator(logits(real, weights), logits(packed, weights)) + penalty(real, packed, weights)
    gradients = torch.autograd.grad(value, weights)
    generator = of_generator(logits(pack(made, packing), weights))
    return [
        (name + "Losses", [value.item(), generator.item()]),
        (name + "Weights", torch.cat([g.reshape(-1) for g in gradients])),
        (name + "Fake", torch.autograd.grad(generator, made)[0]),
    ]


entries = [("real", real), ("fake", fake), ("shares", SHARES)]
for loss in LOSSES:
    entries += objective(loss, loss, real, fake)
entries += objective("r1", "nonSaturating", real5, fake5, penalty=r1)
entries += objective("gradientPenalty", "wasserstein", real5, fake5, penalty=wasserstein_penalty)
entries += objective("packed", "hinge", real, fake, packing=2)
entries += objective("packedR1", "nonSaturating", real, fake, penalty=r1, packing=3)

# Karras et al. 2018: the standard deviation over a group for each feature, averaged over features.
features = spread(6, 4, seed=2.2)
x, up = tensor(features, True), tensor(spread(6, 5, seed=4.4))
groups = x.reshape(2, 3, 4)
statistic = torch.sqrt(groups.var(dim=1, unbiased=False) + 1e-8).mean(1)
y = torch.cat([x, statistic.repeat_interleave(3)[:, None]], 1)
y.backward(up)
entries += [("features", features), ("upstream", up), ("statistic", y.detach()), ("statisticGradient", x.grad)]

# Metz et al. 2017: three steps of Adam into the future, after two that are past.
weights = network(3)
optimizer = torch.optim.Adam(weights, lr=.05, betas=(.5, .999))
discriminate, generate = LOSSES["nonSaturating"]
for _ in range(2):
    optimizer.zero_grad()
    discriminate(logits(tensor(real), weights), logits(tensor(fake), weights)).backward()
    optimizer.step()
entries.append(("pastWeights", torch.cat([w.detach().reshape(-1) for w in weights])))
for name, differentiate in [("unrolled", True), ("unrolledAsGiven", False)]:
    made = tensor(fake, True)
    current = [w.detach().requires_grad_() for w in weights]
    first = [optimizer.state[w]["exp_avg"].clone() for w in weights]
    second = [optimizer.state[w]["exp_avg_sq"].clone() for w in weights]
    for step in (3, 4, 5):
        shown = made if differentiate else made.detach()
        loss = discriminate(logits(tensor(real), current), logits(shown, current))
        gradients = torch.autograd.grad(loss, current, create_graph=True)
        first = [.5 * m + .5 * g for m, g in zip(first, gradients)]
        second = [.999 * v + .001 * g * g for v, g in zip(second, gradients)]
        current = [
            w - .05 * (m / (1 - .5 ** step)) / (torch.sqrt(v / (1 - .999 ** step)) + 1e-8)
            for w, m, v in zip(current, first, second)]
    loss = generate(logits(made, current))
    entries += [
        (name + "Weights", torch.cat([w.detach().reshape(-1) for w in current])),
        (name + "Loss", [loss.item()]), (name + "Fake", torch.autograd.grad(loss, made)[0]),
    ]
entries = [(name, v.detach() if torch.is_tensor(v) else v) for name, v in entries]
write("Tests/GenerativeModelsTests/Adversarial/Reference/AdversarialReference.swift", SCRIPT, "AdversarialReference",
      entries)
