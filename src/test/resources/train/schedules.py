"""Writes the learning rate of every epoch or step, as PyTorch's schedulers give it, for a learning rate of 0.4."""

import json
import sys
from pathlib import Path

import torch
from torch.optim.lr_scheduler import (
    ConstantLR,
    CosineAnnealingLR,
    CosineAnnealingWarmRestarts,
    LinearLR,
    OneCycleLR,
)

PEAK = 0.4
STEPS = ["rate.every=step"]


def rates(scheduler, count):
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=PEAK)
    scheduler = scheduler(optimizer)
    values = []
    for step in range(count):
        values.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        if step < count - 1:
            scheduler.step()
    return values


def warmed_up(warm_up, scheduler, count):
    """The schedule begins when the warm-up has ended."""
    rise = rates(lambda o: LinearLR(o, start_factor=1 / (warm_up + 1), total_iters=warm_up), warm_up)
    return rise + rates(scheduler, count - warm_up)


def case(epochs, settings, values):
    """values: of as many epochs, or of as many steps where there are 3 in an epoch."""
    assert len(values) == (3 * epochs if STEPS[0] in settings else epochs)
    return {"settings": [f"epochs={epochs}", f"learning-rate={PEAK}", *settings], "rates": values}


def constant(optimizer):
    return ConstantLR(optimizer, factor=1)


def linear(total, lowest=0.0):
    return lambda o: LinearLR(o, start_factor=1, end_factor=lowest, total_iters=total)


def cosine(total, lowest=0.0):
    return lambda o: CosineAnnealingLR(o, T_max=total, eta_min=lowest * PEAK)


def restarts(first, growth, lowest=0.0):
    return lambda o: CosineAnnealingWarmRestarts(o, T_0=first, T_mult=growth, eta_min=lowest * PEAK)


def one_cycle(total, **how):
    return lambda o: OneCycleLR(o, max_lr=PEAK, total_steps=total, cycle_momentum=False, **how)


CASES = [
    case(5, ["schedule=constant"], rates(constant, 5)),
    case(5, ["schedule=constant", "rate.warm-up-epochs=3"], warmed_up(3, constant, 5)),
    case(5, ["schedule=linear"], rates(linear(5), 5)),
    case(5, ["schedule=linear", "rate.lowest-share=0.1"], rates(linear(5, 0.1), 5)),
    case(4, ["schedule=linear", *STEPS], rates(linear(12), 12)),
    case(4, ["schedule=linear", "rate.warm-up-epochs=1.33", *STEPS], warmed_up(4, linear(8), 12)),
    case(7, ["schedule=cosine"], rates(cosine(7), 7)),
    case(7, ["schedule=cosine", "rate.lowest-share=0.25"], rates(cosine(7, 0.25), 7)),
    case(7, ["schedule=cosine", "rate.warm-up-epochs=2"], warmed_up(2, cosine(5), 7)),
    case(4, ["schedule=cosine", "rate.warm-up-steps=5", *STEPS], warmed_up(5, cosine(7), 12)),
    case(12, ["schedule=cosine-restarts", "rate.cycle-epochs=3", "rate.cycle-growth=1"], rates(restarts(3, 1), 12)),
    case(12, ["schedule=cosine-restarts", "rate.cycle-epochs=2"], rates(restarts(2, 2), 12)),
    case(
        5,
        ["schedule=cosine-restarts", "rate.cycle-epochs=0.67", "rate.lowest-share=0.1", *STEPS],
        rates(restarts(2, 2, 0.1), 15),
    ),
    case(
        6,
        ["schedule=cosine-restarts", "rate.cycle-epochs=2", "rate.warm-up-epochs=1"],
        warmed_up(1, restarts(2, 2), 6),
    ),
    case(10, ["schedule=one-cycle"], rates(one_cycle(10), 10)),
    case(
        4,
        ["schedule=one-cycle", "rate.rise-share=0.5", "rate.start-divisor=10", "rate.end-divisor=100", *STEPS],
        rates(one_cycle(12, pct_start=0.5, div_factor=10, final_div_factor=100), 12),
    ),
]

if __name__ == "__main__":
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else ".")
    text = ",\n".join(json.dumps(one) for one in CASES)
    (folder / "schedules.json").write_text(f"[\n{text}\n]\n")
