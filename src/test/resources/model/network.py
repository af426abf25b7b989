"""Writes the expected outputs, loss and gradients of a tiny network, as PyTorch computes them in double precision.

Each clip goes through by itself, at its own length: nothing is padded but each convolution's ends, and nothing is masked.
"""

import json
import sys
from pathlib import Path

import torch
from torch.nn import functional as F

FRAME_WIDTH, CONTEXT_WIDTH, HIDDEN_WIDTH, EMOTIONS = 3, 4, 5, 8
KERNELS, STRIDES = [5, 3], [2, 1]
LENGTHS, LABELS = [7, 12], [3, 6]


def draw(generator, *shape, scale=0.5, centre=0.0):
    """Values that are the same in single precision."""
    return (torch.randn(*shape, generator=generator) * scale + centre).float().double()


def parameters(generator, normalization):
    values = {}
    width = FRAME_WIDTH
    for i, kernel in enumerate(KERNELS):
        values[f"pooling_branch-0-context-{i}-weight"] = draw(generator, CONTEXT_WIDTH, width, kernel)
        values[f"pooling_branch-0-context-{i}-bias"] = draw(generator, CONTEXT_WIDTH)
        width = CONTEXT_WIDTH
    values["pooling_branch-0-score"] = draw(generator, CONTEXT_WIDTH)
    if normalization:
        values["pooling-normalization_gamma"] = draw(generator, 2 * CONTEXT_WIDTH, centre=1.0)
        values["pooling-normalization_beta"] = draw(generator, 2 * CONTEXT_WIDTH)
        values["pooling-normalization_mean"] = draw(generator, 2 * CONTEXT_WIDTH)
        values["pooling-normalization_log10stdev"] = draw(generator, 2 * CONTEXT_WIDTH, scale=0.2)
    values["head_branch-0-hidden-weight"] = draw(generator, HIDDEN_WIDTH, 2 * CONTEXT_WIDTH)
    values["head_branch-0-hidden-bias"] = draw(generator, HIDDEN_WIDTH)
    values["head_branch-0-logits-weight"] = draw(generator, EMOTIONS, HIDDEN_WIDTH)
    values["head_branch-0-logits-bias"] = draw(generator, EMOTIONS)
    return values


def convolution(frames, weight, bias, stride):
    """[time, in] to [ceil(time / stride), out]."""
    time, kernel = frames.shape[0], weight.shape[2]
    left = (kernel - 1) // 2
    padded = F.pad(frames.T[None], (left, kernel))
    out = F.conv1d(padded, weight, stride=stride)[0].T[: -(-time // stride)]
    return F.gelu(F.layer_norm(out, (weight.shape[0],), eps=1e-5) + bias)


def pooled(frames, score):
    weights = torch.softmax(frames @ score, dim=0)[:, None]
    mean = (weights * frames).sum(0)
    variance = (weights * (frames - mean) ** 2).sum(0)
    return torch.cat([mean, torch.sqrt(variance + 1e-5)])


def logits(clips, values, normalization):
    rows = []
    for frames in clips:
        for i, stride in enumerate(STRIDES):
            name = f"pooling_branch-0-context-{i}"
            frames = convolution(frames, values[f"{name}-weight"], values[f"{name}-bias"], stride)
        rows.append(pooled(frames, values["pooling_branch-0-score"]))
    batch = torch.stack(rows)
    if normalization:
        batch = F.batch_norm(
            batch,
            values["pooling-normalization_mean"],
            10 ** (2 * values["pooling-normalization_log10stdev"]),
            values["pooling-normalization_gamma"],
            values["pooling-normalization_beta"],
            training=False,
            eps=1e-5,
        )
    hidden = F.gelu(F.linear(batch, values["head_branch-0-hidden-weight"], values["head_branch-0-hidden-bias"]))
    return F.linear(hidden, values["head_branch-0-logits-weight"], values["head_branch-0-logits-bias"])


def in_network_layout(tensor):
    """PyTorch's [out, in, kernel] as [kernel · in, out], its [out, in] as [in, out], flat and row-major."""
    if tensor.dim() == 3:
        tensor = tensor.permute(2, 1, 0)
    elif tensor.dim() == 2:
        tensor = tensor.T
    return tensor.detach().flatten().tolist()


def rounded(values):
    return [float(f"{value:.9g}") for value in values]


def fixture(seed, normalization):
    generator = torch.Generator().manual_seed(seed)
    clips = [draw(generator, length, FRAME_WIDTH, scale=1.0) for length in LENGTHS]
    values = parameters(generator, normalization)
    content = {
        "clips": [rounded(clip.flatten().tolist()) for clip in clips],
        "labels": LABELS,
        "parameters": {name: rounded(in_network_layout(tensor)) for name, tensor in values.items()},
    }
    for tensor in values.values():
        tensor.requires_grad_(not normalization)
    scores = logits(clips, values, normalization)
    content["probabilities"] = [rounded(row) for row in torch.softmax(scores, 1).tolist()]
    loss = F.cross_entropy(scores, torch.tensor(LABELS))
    content["loss"] = loss.item()
    if not normalization:
        loss.backward()
        content["gradients"] = {
            name: rounded(in_network_layout(tensor.grad)) for name, tensor in values.items()
        }
    return content


if __name__ == "__main__":
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else ".")
    for name, seed, normalization in [("network.json", 1, False), ("network-normalized.json", 2, True)]:
        (folder / name).write_text(json.dumps(fixture(seed, normalization)) + "\n")
