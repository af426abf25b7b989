"""Writes the parameters of the tiny network of ../model after a few steps of training, as PyTorch computes them."""

import json
import math
import sys
from pathlib import Path

import torch
from torch.nn import functional as F
from torch.optim.lr_scheduler import LinearLR

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "model"))
import network  # noqa: E402

STEPS = 4


def decays(name):
    return name.endswith(("-weight", "-score"))


def train(
    settings,
    optimizer,
    seed,
    weight_decay=0.0,
    scheduler=None,
    clip_norm=None,
    class_weights=None,
    smoothing=0.0,
    soft_labels=None,
    epsilon=1e-8,
):
    """class_weights: of all emotions. The mean is over clips, as DL4J has it, and not over weights, as PyTorch has it."""
    generator = torch.Generator().manual_seed(seed)
    clips = [network.draw(generator, length, network.FRAME_WIDTH, scale=1.0) for length in network.LENGTHS]
    values = network.parameters(generator, False)
    before = stored(values)
    for tensor in values.values():
        tensor.requires_grad_(True)
    made = optimizer(
        [
            {"params": [tensor for name, tensor in values.items() if decays(name)], "weight_decay": weight_decay},
            {"params": [tensor for name, tensor in values.items() if not decays(name)], "weight_decay": 0.0},
        ]
    )
    schedule = scheduler(made) if scheduler else None
    labels = torch.tensor(network.LABELS)
    if soft_labels:
        labels = torch.tensor(soft_labels, dtype=torch.float64)
    weights = None if class_weights is None else torch.tensor(class_weights, dtype=torch.float64)
    losses = []
    norms = []
    for step in range(1, STEPS + 1):
        made.zero_grad()
        scores = network.logits(clips, values, False)
        loss = F.cross_entropy(scores, labels, weight=weights, label_smoothing=smoothing, reduction="none").sum() / 2
        losses.append(loss.item())
        loss.backward()
        norms.append(math.sqrt(sum(tensor.grad.square().sum().item() for tensor in values.values())))
        if clip_norm:
            torch.nn.utils.clip_grad_norm_(values.values(), clip_norm)
        for group in made.param_groups:
            if "betas" in group:
                # DL4J's epsilon is the one of the Adam paper's section 2, which is added before the bias is corrected.
                group["eps"] = epsilon / math.sqrt(1 - group["betas"][1] ** step)
        made.step()
        if schedule:
            schedule.step()
    return {
        "settings": settings,
        "classWeights": class_weights or [],
        "softLabels": soft_labels or [],
        "clips": [network.rounded(clip.flatten().tolist()) for clip in clips],
        "losses": network.rounded(losses),
        "gradientNorms": network.rounded(norms),
        "before": before,
        "after": stored(values),
    }


def stored(values):
    return {name: network.rounded(network.in_network_layout(tensor)) for name, tensor in values.items()}


CONSTANT = ["schedule=constant", "learning-rate=0.05"]
ADAMW = [*CONSTANT, "optimizer.name=adamw", "optimizer.weight-decay=0.3"]
SGD = [*CONSTANT, "optimizer.name=sgd"]


def adam(groups):
    return torch.optim.Adam(groups, lr=0.05)


def adamw(groups):
    return torch.optim.AdamW(groups, lr=0.05)


def sgd(momentum):
    return lambda groups: torch.optim.SGD(groups, lr=0.05, momentum=momentum, nesterov=momentum > 0)


# What raters heard, as shares of the emotions.
VOTES = [[0.1, 0.0, 0.0, 0.6, 0.2, 0.1, 0.0, 0.0], [0.0, 0.25, 0.0, 0.0, 0.25, 0.0, 0.5, 0.0]]

CASES = [
    train(CONSTANT, adam, 3),
    train([*CONSTANT, "optimizer.weight-decay=0.3"], adam, 4, weight_decay=0.3),
    train(
        [*CONSTANT, "optimizer.beta1=0.8", "optimizer.beta2=0.9", "optimizer.epsilon=1e-4"],
        lambda groups: torch.optim.Adam(groups, lr=0.05, betas=(0.8, 0.9)),
        5,
        epsilon=1e-4,
    ),
    train(ADAMW, adamw, 3, weight_decay=0.3),
    train(
        [*ADAMW, "schedule=linear", "epochs=1", "rate.every=step"],
        adamw,
        3,
        weight_decay=0.3,
        scheduler=lambda o: LinearLR(o, start_factor=1, end_factor=0, total_iters=STEPS),
    ),
    train([*SGD, "optimizer.momentum=0"], sgd(0), 3),
    train([*SGD, "optimizer.momentum=0.8"], sgd(0.8), 3),
    train([*SGD, "optimizer.momentum=0.8", "optimizer.weight-decay=0.3"], sgd(0.8), 4, weight_decay=0.3),
    train([*SGD, "optimizer.momentum=0", "optimizer.clip-norm=0.2"], sgd(0), 3, clip_norm=0.2),
    train([*SGD, "optimizer.momentum=0", "loss.label-smoothing=0.2"], sgd(0), 4, smoothing=0.2),
    train(
        [*SGD, "optimizer.momentum=0", "loss.label-smoothing=0.2"],
        sgd(0),
        4,
        smoothing=0.2,
        class_weights=[0.5, 2.0, 1.0, 3.0, 1.0, 0.25, 0.75, 1.5],
    ),
    train([*SGD, "optimizer.momentum=0", "loss.soft-labels=true"], sgd(0), 4, soft_labels=VOTES),
    train(
        [*SGD, "optimizer.momentum=0", "loss.soft-labels=true", "loss.label-smoothing=0.2"],
        sgd(0),
        4,
        smoothing=0.2,
        class_weights=[0.5, 2.0, 1.0, 3.0, 1.0, 0.25, 0.75, 1.5],
        soft_labels=VOTES,
    ),
]

if __name__ == "__main__":
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else ".")
    text = ",\n".join(json.dumps(one) for one in CASES)
    (folder / "steps.json").write_text(f"[\n{text}\n]\n")
