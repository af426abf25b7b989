"""Writes calibration.json: forecasts, and what NumPy and SciPy say of them, for TemperatureTest, CalibratorTest and CalibrationTest."""

import json
from pathlib import Path

import numpy as np
from scipy.optimize import minimize, minimize_scalar

TINY = np.finfo(np.float32).tiny
BINS = 15


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def nll(p, y):
    return -np.log(np.maximum(p[np.arange(len(y)), y], TINY)).mean()


def figures(p, y):
    confidence, right = p.max(axis=1), p.argmax(axis=1) == y
    edges = np.linspace(0, 1, BINS + 1)
    error, bins = 0.0, []
    for low, high in zip(edges[:-1], edges[1:]):
        inside = (confidence > low) & (confidence <= high)
        bins.append([int(inside.sum()), float(confidence[inside].sum()), int(right[inside].sum())])
        if inside.any():
            error += inside.mean() * abs(right[inside].mean() - confidence[inside].mean())
    order = np.argsort(-confidence, kind="stable")
    accuracies = {}
    for coverage in (0.7, 0.8, 0.9, 1.0):
        answered = int(np.ceil(round(coverage * len(y), 6)))
        accuracies[str(coverage)] = float(right[order][:answered].mean())
    return {
        "nll": float(nll(p, y)),
        "brier": float(((p - np.eye(8)[y]) ** 2).sum(axis=1).mean()),
        "ece": float(error),
        "bins": bins,
        "accuracy_at": accuracies,
    }


def with_bias(z, y):
    """Temperature and bias of the classes in y, a posteriori: gamma prior on 1 / T, normal prior on each bias."""
    classes = np.unique(y)
    own, label = z[:, classes], np.searchsorted(classes, y)

    def loss(t):
        logits = np.exp(t[0]) * own + t[1:]
        logits -= logits.max(axis=1, keepdims=True)
        log_p = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
        return (
            -log_p[np.arange(len(y)), label].sum() + 32 * (np.exp(t[0]) - t[0]) + 4 / 2 * (t[1:] ** 2).sum()
        )

    t = np.zeros(len(classes) + 1)
    for _ in range(3):
        t = minimize(loss, t, method="BFGS", options={"gtol": 1e-9}).x
    bias = np.zeros(8)
    bias[classes] = t[1:]
    return float(np.exp(-t[0])), bias.tolist()


def case(name, sharpness, n, seed, cut=0.0):
    rng = np.random.default_rng(seed)
    logits = rng.normal(size=(n, 8)) * 1.5
    y = np.array([rng.choice(8, p=row) for row in softmax(logits)])
    p = softmax(logits * sharpness).astype(np.float32).astype(np.float64)
    p[p < cut] = 0
    z = np.log(np.maximum(p, TINY))
    fit = minimize_scalar(
        lambda t: nll(softmax(z / t), y), bounds=(0.2, 10), method="bounded", options={"xatol": 1e-12}
    )
    shrunk = minimize_scalar(
        lambda t: n * nll(softmax(z / t), y) + 32 * (1 / t + np.log(t)),
        bounds=(0.2, 10),
        method="bounded",
        options={"xatol": 1e-12},
    )
    biased = with_bias(z, y)
    return {
        "name": name,
        "labels": y.tolist(),
        "probabilities": p.tolist(),
        "temperature": float(fit.x),
        "shrunk_temperature": float(shrunk.x),
        "biased_temperature": biased[0],
        "bias": biased[1],
        "before": figures(p, y),
        "after": figures(softmax(z / fit.x), y),
    }


cases = [case("too sure", 2.5, 160, 1), case("too unsure", 0.4, 160, 2), case("with zeros", 3, 40, 3, cut=1e-4)]
(Path(__file__).parent / "calibration.json").write_text(json.dumps(cases))
for c in cases:
    print(c["name"], c["temperature"], c["before"]["ece"], c["after"]["ece"], c["before"]["accuracy_at"], len({max(p) for p in c["probabilities"]}))
