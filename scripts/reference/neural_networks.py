#!/usr/bin/env python3
"""Reference values for the layers, losses and optimizers, from PyTorch in float64 on float32 inputs.

Needs torch and numpy; run from the repository's root: python3 scripts/reference/neural_networks.py
"""
import copy

import numpy as np
import torch
import torch.nn.functional as F
from swift_literals import spread, write

torch.set_default_dtype(torch.float64)
SCRIPT = "scripts/reference/neural_networks.py"
FOLDER = "Tests/NeuralNetworksTests/Reference/"


def tensor(array, grad=False):
    return torch.tensor(array.astype(np.float64), requires_grad=grad)


def linear_layers():
    x, w, b, up = spread(3, 4), spread(5, 4, seed=.3), spread(5, seed=.7), spread(3, 5, seed=.9)
    entries = [("input", x), ("weight", w), ("bias", b), ("upstream", up)]
    activations = {
        "identity": lambda v: v, "relu": F.relu, "leakyRelu": lambda v: F.leaky_relu(v, 0.2), "sigmoid": torch.sigmoid,
        "fallingRelu": lambda v: F.leaky_relu(v, -0.5), "tanh": torch.tanh, "silu": F.silu, "softplus": F.softplus, "gelu": F.gelu,
    }
    for name, activation in activations.items():
        tx, tw, tb = tensor(x, True), tensor(w, True), tensor(b, True)
        y = activation(F.linear(tx, tw, tb))
        y.backward(tensor(up))
        entries += [(name + "Output", y.detach()), (name + "Input", tx.grad), (name + "Weight", tw.grad),
                    (name + "Bias", tb.grad)]
    write(FOLDER + "LinearReference.swift", SCRIPT, "LinearReference", entries)


def losses():
    a, b = spread(4, 3, scale=2), spread(4, 3, scale=2, seed=.4)
    probabilities = (spread(4, 3, seed=.2) + 1) / 2
    logits = spread(4, 3, scale=30, seed=.6)
    labels = torch.tensor([2, 0, 1, 2])
    entries = [("predictions", a), ("targets", b), ("probabilities", probabilities), ("logits", logits)]
    for reduction in ("mean", "sum"):
        for name, function, x, y in [
            ("meanSquaredError", F.mse_loss, a, tensor(b)), ("meanAbsoluteError", F.l1_loss, a, tensor(b)),
            ("huber", F.huber_loss, a, tensor(b)),
            ("binaryCrossEntropy", F.binary_cross_entropy_with_logits, logits, tensor(probabilities)),
            ("crossEntropy", F.cross_entropy, logits, labels),
        ]:
            tx = tensor(x, True)
            value = function(tx, y, reduction=reduction)
            value.backward()
            entries += [(name + reduction.title(), [value.item()]), (name + reduction.title() + "Gradient", tx.grad)]
    write(FOLDER + "LossReference.swift", SCRIPT, "LossReference", entries)


def optimizers():
    sizes = [6, 8, 3, 8, 6]
    x = spread(7, 6, seed=.1)
    start = []
    for i, (n, m) in enumerate(zip(sizes, sizes[1:])):
        start += [spread(m, n, scale=n ** -.5, seed=i * .31), spread(m, scale=n ** -.5, seed=i * .17 + .05)]
    entries = [("batch", x), ("start", flat(start))]
    write(FOLDER + "OptimizerStart.swift", SCRIPT, "OptimizerStart", entries)
    entries = []
    kinds = {
        "sgd": lambda p: torch.optim.SGD(p, lr=.1),
        "momentum": lambda p: torch.optim.SGD(p, lr=.05, momentum=.9, weight_decay=.01),
        "nesterov": lambda p: torch.optim.SGD(p, lr=.05, momentum=.9, nesterov=True),
        "adam": lambda p: torch.optim.Adam(p, lr=1e-2),
        "adamBetas": lambda p: torch.optim.Adam(p, lr=1e-2, betas=(.5, .9), eps=1e-7),
        "adamW": lambda p: torch.optim.AdamW(p, lr=1e-2, weight_decay=.1),
        "clipped": lambda p: torch.optim.SGD(p, lr=.5),
        "clippedEntries": lambda p: torch.optim.SGD(p, lr=.5),
        "scheduled": lambda p: torch.optim.Adam(p, lr=1e-2),
        "averaged": lambda p: torch.optim.SGD(p, lr=.1),
    }
    for name, make in kinds.items():
        parameters = [tensor(p, True) for p in start]
        optimizer, values = make(parameters), []
        schedule = cosine_after_warmup(optimizer) if name == "scheduled" else None
        means = [p.detach().clone() for p in parameters]
        for _ in range(10):
            h = tensor(x)
            for i in range(0, 8, 2):
                h = F.linear(h, parameters[i], parameters[i + 1])
                if i < 6:
                    h = F.silu(h)
            loss = F.mse_loss(h, tensor(x))
            optimizer.zero_grad()
            loss.backward()
            if name == "clipped":
                torch.nn.utils.clip_grad_norm_(parameters, .1)
            if name == "clippedEntries":
                torch.nn.utils.clip_grad_value_(parameters, .01)
            optimizer.step()
            if schedule:
                schedule.step()
            torch.optim.swa_utils.get_ema_multi_avg_fn(.8)(means, parameters, None)
            values.append(loss.item())
        if name == "averaged":
            parameters = means
        entries += [(name + "Losses", values), (name + "End", flat([p.detach() for p in parameters]))]
    write(FOLDER + "OptimizerReference.swift", SCRIPT, "OptimizerReference", entries)


def cosine_after_warmup(optimizer):
    scheduler = torch.optim.lr_scheduler
    return scheduler.SequentialLR(optimizer, [
        scheduler.LambdaLR(optimizer, lambda step: (step + 1) / 4),
        scheduler.CosineAnnealingLR(optimizer, 5, eta_min=1e-3)], [4])


def schedules():
    """The rates of twelve steps."""
    scheduler = torch.optim.lr_scheduler
    entries = []
    for name, make in {
        "cosine": lambda o: scheduler.CosineAnnealingLR(o, 11, eta_min=.01),
        "linear": lambda o: scheduler.LinearLR(o, 1., .25, 8),
        "decay": lambda o: scheduler.StepLR(o, 3, .5),
        "warmup": lambda o: scheduler.SequentialLR(o, [
            scheduler.LambdaLR(o, lambda step: (step + 1) / 4), scheduler.StepLR(o, 3, .5)], [4]),
    }.items():
        optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=.1)
        schedule, rates = make(optimizer), []
        for _ in range(12):
            rates.append(optimizer.param_groups[0]["lr"])
            optimizer.step()
            schedule.step()
        entries.append((name, rates))
    write(FOLDER + "ScheduleReference.swift", SCRIPT, "ScheduleReference", entries, kind="Double")


def ours(module):
    """The parameters in this project's order and layout: the weights of dense layers as [in, out], those of
    convolutions as [height, width, in, out], transposed [height, width, out, in]."""
    found = []
    for name, parameter in module.named_parameters():
        value = parameter.detach()
        if name == "in_proj_weight":
            found += [part.T for part in value.chunk(3)]
        elif name == "in_proj_bias":
            found += list(value.chunk(3))
        elif value.ndim == 4:
            found.append(value.permute(2, 3, 1, 0))
        else:
            found.append(value.T if name in TRANSPOSED else value)
    return order(found) if isinstance(module, torch.nn.MultiheadAttention) else flat(found)


def order(parts):
    """Weight and bias of each projection together: query, key, value, output."""
    (q, k, v), (qb, kb, vb), (w, b) = parts[:3], parts[3:6], parts[6:]
    return flat([q, qb, k, kb, v, vb, w, b])


def gradients(module):
    twin = copy.deepcopy(module)
    with torch.no_grad():
        for own, other in zip(twin.parameters(), module.parameters()):
            own.copy_(other.grad)
    return ours(twin)


TRANSPOSED = {"out_proj.weight", "parametrizations.weight.original"}


def flat(parts):
    return np.concatenate([np.asarray(part).reshape(-1) for part in parts])


def fill(module, around=0.):
    """Gives every parameter numbers that Float holds exactly."""
    with torch.no_grad():
        for index, parameter in enumerate(module.parameters()):
            parameter.copy_(torch.tensor(np.float32(around) + spread(*parameter.shape, scale=.5, seed=.37 * index)))


def layer(name, module, x, apply, extras=lambda module: [], rate=.1):
    """Forward, backward and ten steps of momentum on the squared distance from a target."""
    inputs = tensor(x, True) if x.dtype.kind == "f" else torch.tensor(x)
    entries = [("start", ours(module)), ("input", x)] + [("before" + key, value) for key, value in extras(module)]
    first = copy.deepcopy(module)
    y = apply(first, inputs)
    target = spread(*y.shape, seed=.77)
    F.mse_loss(y, tensor(target)).backward()
    entries += [("target", target), ("output", y.detach()),
                ("inputGradient", inputs.grad if x.dtype.kind == "f" else []), ("gradient", gradients(first))]
    optimizer, losses = torch.optim.SGD(module.parameters(), lr=rate, momentum=.9), []
    for _ in range(10):
        optimizer.zero_grad()
        loss = F.mse_loss(apply(module, inputs.detach()), tensor(target))
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    entries += [("losses", losses), ("end", ours(module))]
    after = [("after" + key, value) for key, value in extras(module)]
    enum = name + "Reference"
    common = {"start", "input", "target", "output", "inputGradient", "gradient", "losses", "end"}
    write(FOLDER + enum + ".swift", SCRIPT, enum, [entry for entry in entries if entry[0] in common],
          gather="LayerReference")
    rest = [entry for entry in entries + after if entry[0] not in common]
    if rest:
        write(FOLDER + enum + "Extras.swift", SCRIPT, enum + "Extras", rest)


NHWC = lambda m, x: m(x.permute(0, 3, 1, 2).contiguous()).permute(0, 2, 3, 1)


def convolutions():
    images = spread(2, 5, 4, 2, seed=.3)
    for name, module, activation in [
        ("Conv2d", torch.nn.Conv2d(2, 3, 3, padding=1), F.silu),
        ("StridedConv2d", torch.nn.Conv2d(2, 3, 3, stride=2, padding=1, bias=False), torch.tanh),
        ("ConvTransposed2d", torch.nn.ConvTranspose2d(2, 3, 4, stride=2, padding=1), F.silu),
        ("PaddedConvTransposed2d",
         torch.nn.ConvTranspose2d(2, 3, 3, stride=2, padding=1, output_padding=1, bias=False), torch.tanh),
    ]:
        fill(module)
        layer(name, module, images, lambda m, x, f=activation: f(NHWC(m, x)), rate=.5)


def layers():
    norm = torch.nn.LayerNorm(6)
    fill(norm, 1.)
    layer("LayerNorm", norm, spread(5, 6, scale=3), lambda m, x: m(x))
    norm = torch.nn.GroupNorm(2, 6)
    fill(norm, 1.)
    layer("GroupNorm", norm, spread(2, 3, 2, 6, scale=2), NHWC)

    norm = torch.nn.LayerNorm(6)
    fill(norm, 1.)
    layer("ActivatedLayerNorm", norm, spread(5, 6, scale=3), lambda m, x: F.gelu(m(x)))
    norm = torch.nn.GroupNorm(2, 6)
    fill(norm, 1.)
    layer("ActivatedGroupNorm", norm, spread(2, 3, 2, 6, scale=2), lambda m, x: F.silu(NHWC(m, x)))

    other = spread(2, 3, 2, 4, seed=.2)

    def statistics(module):
        evaluated = copy.deepcopy(module).eval()
        return [("Mean", module.running_mean.clone()), ("Variance", module.running_var.clone()), ("Input", other),
                ("Evaluation", NHWC(evaluated, tensor(other)).detach())]
    norm = torch.nn.BatchNorm2d(4)
    fill(norm, 1.)
    layer("BatchNorm", norm, spread(2, 3, 2, 4, scale=2), NHWC, statistics)
    norm = torch.nn.BatchNorm2d(4)
    fill(norm, 1.)
    layer("ActivatedBatchNorm", norm, spread(2, 3, 2, 4, scale=2), lambda m, x: F.silu(NHWC(m, x)))
    table = torch.nn.Embedding(7, 3)
    fill(table)
    layer("Embedding", table, np.array([3, 0, 6, 3, 5, 3]), lambda m, x: m(x), rate=1.)

    attention = torch.nn.MultiheadAttention(4, 2, batch_first=True)
    fill(attention)
    layer("Attention", attention, spread(2, 3, 4, seed=.1), lambda m, x: m(x, x, x, need_weights=False)[0])
    causal = torch.nn.Transformer.generate_square_subsequent_mask(3, dtype=torch.float64)
    fill(attention)
    layer("CausalAttention", attention, spread(2, 3, 4, seed=.1),
          lambda m, x: m(x, x, x, attn_mask=causal, need_weights=False)[0])
    single = torch.nn.MultiheadAttention(4, 1, batch_first=True)
    fill(single)
    layer("SingleHeadAttention", single, spread(2, 3, 4, seed=.1), lambda m, x: m(x, x, x, need_weights=False)[0])
    dense = torch.nn.Linear(4, 3)
    fill(dense)
    torch.manual_seed(1)
    dense = torch.nn.utils.parametrizations.spectral_norm(dense)
    hidden = dense.parametrizations.weight[0]
    with torch.no_grad():  # a start that Float holds exactly, far enough from the singular vectors to move
        hidden._u.copy_(F.normalize(tensor(spread(3, seed=.4)), dim=0).float())
        hidden._v.copy_(F.normalize(tensor(spread(4, seed=.8)), dim=0).float())
    layer("SpectralNorm", dense, spread(5, 4, seed=.1), lambda m, x: m(x),
          lambda m: [(k, getattr(m.parametrizations.weight[0], "_" + k.lower()).clone()) for k in ("U", "V")])


def sinusoids():
    times, half = [0., 1., 17., 999., .125], 4
    angles = np.outer(times, 1e4 ** (-np.arange(half) / half))
    write(FOLDER + "SinusoidalReference.swift", SCRIPT, "SinusoidalReference",
          [("times", times), ("output", np.concatenate([np.sin(angles), np.cos(angles)], axis=1))])


linear_layers()
losses()
optimizers()
schedules()
convolutions()
layers()
sinusoids()
