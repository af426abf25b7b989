"""Writes intervals.json: speakers' confusion matrices and their 95 % intervals by NumPy and SciPy, for SpeakerJackknifeTest."""

import json
from pathlib import Path

import numpy as np
from scipy.special import expit, logit
from scipy.stats import t


def scores(m):
    present = m.sum(axis=1) > 0
    correct, true, predicted = np.diag(m), m.sum(axis=1), m.sum(axis=0)
    recall = correct[present] / true[present]
    f1 = 2 * correct[present] / (true + predicted)[present]
    return np.array([correct.sum() / m.sum(), recall.mean(), f1.mean()])


def case(name, matrices):
    pooled, n, s = sum(matrices), sum(matrices).sum(), len(matrices)
    left_out = np.array([scores(pooled - m) for m in matrices])
    variance = left_out.var(axis=0) * (s - 1)
    center = (n * scores(pooled) + 1) / (n + 2)
    few = min(np.trace(pooled), n - np.trace(pooled))
    variance = np.maximum(variance, center * (1 - center) / n / (1 + few))
    reach = t.ppf(0.975, s - 1) * np.sqrt(variance) / (center * (1 - center))
    low, high = expit(logit(center) - reach), expit(logit(center) + reach)
    ends = np.array([np.minimum(low, scores(pooled)), np.maximum(high, scores(pooled))]).T
    return {"name": name, "matrices": [m.tolist() for m in matrices], "intervals": ends.tolist()}


def speaker(rng, clips, recall):
    matrix = np.zeros((8, 8), dtype=int)
    for emotion, count in enumerate(clips):
        right = rng.binomial(count, recall)
        matrix[emotion, emotion] = right
        for other in rng.choice([e for e in range(8) if e != emotion], count - right):
            matrix[emotion, other] += 1
    return matrix


rng = np.random.default_rng(5)
cases = [
    case("balanced", [speaker(rng, [4] + [8] * 7, recall) for recall in (0.5, 0.7, 0.6, 0.45)]),
    case(
        "classes missing",
        [speaker(rng, rng.integers(0, 12, 8) * (rng.random(8) < 0.7) + np.eye(8, dtype=int)[1], 0.6) for _ in range(6)],
    ),
    case("no errors", [speaker(rng, [2] * 8, 1) for _ in range(3)]),
    case("only errors", [speaker(rng, [2] * 8, 0) for _ in range(5)]),
]
Path(__file__).with_name("intervals.json").write_text(json.dumps(cases) + "\n")
