"""The rival of `scripts/benchmark-training`: what one would write today to train the default network on ready frames.

    pip install torch numpy
    python training_rival.py VIEWS EPOCHS

VIEWS is a file of ViewExport with views in half precision. The five branches of the network, the optimiser and its schedule
are those of the default settings, and so are the batches: clips of similar length, another view of each clip in every
epoch. It trains on the clips that have augmented views, on one thread, validates nothing, and prints the loss of the last
epoch.
"""

import struct
import sys

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

BATCH = 16
WIDTH = 128
PROSODY = 4  # the leading values of a frame, which two of the five branches see alone
torch.set_num_threads(1)
torch.manual_seed(1)
random = np.random.default_rng(1)
path, epochs = sys.argv[1], int(sys.argv[2])

views = {}
labels = {}
with open(path, "rb") as file:
    while length := file.read(2):
        clip = file.read(struct.unpack(">H", length)[0])
        labels[clip], view, time, width = struct.unpack(">4i", file.read(16))
        frames = np.frombuffer(file.read(2 * time * width), "<f2").reshape(time, width)
        views.setdefault(clip, {})[view] = torch.from_numpy(frames.astype(np.float32))
clips = [clip for clip in views if len(views[clip]) > 1]


class Convolution(nn.Module):
    def __init__(self, width, stride):
        super().__init__()
        self.convolution = nn.Conv1d(width, WIDTH, 5, stride, padding=2, bias=False)
        self.bias = nn.Parameter(torch.zeros(WIDTH))
        self.stride = stride

    def forward(self, x, mask):
        x = self.convolution((x * mask.unsqueeze(2)).transpose(1, 2)).transpose(1, 2)
        return F.gelu(F.layer_norm(x, (WIDTH,)) + self.bias), mask[:, :: self.stride]


class Branch(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.width = width
        self.context = nn.ModuleList([Convolution(width, 2), Convolution(WIDTH, 2), Convolution(WIDTH, 1)])
        self.score = nn.Linear(WIDTH, 1, bias=False)
        self.normalization = nn.BatchNorm1d(2 * WIDTH)
        self.hidden = nn.Linear(2 * WIDTH, 256)
        self.output = nn.Linear(256, 8)
        self.dropout = nn.Dropout(0.3)

    def forward(self, x, mask):
        x = x[:, :, : self.width]
        for layer in self.context:
            x, mask = layer(x, mask)
        scores = self.score(x).masked_fill(mask.unsqueeze(2) == 0, -1e9).softmax(1)
        mean = (scores * x).sum(1)
        variance = (scores * (x - mean.unsqueeze(1)) ** 2).sum(1)
        pooled = self.normalization(torch.cat([mean, (variance + 1e-5).sqrt()], 1))
        return self.output(self.dropout(F.gelu(self.hidden(self.dropout(pooled)))))


def batches(epoch):
    """Views of similar length among those of the whole epoch, padded to a multiple of four frames."""
    view = {clip: views[clip][sorted(views[clip])[epoch % len(views[clip])]] for clip in clips}
    order = sorted(clips, key=lambda clip: len(view[clip]) + random.uniform(0, 50))
    starts = random.permutation(range(0, len(order), BATCH))
    for start in starts:
        some = [view[clip] for clip in order[start : start + BATCH]]
        time = (max(map(len, some)) + 3) // 4 * 4
        frames = torch.zeros(len(some), time, some[0].shape[1])
        mask = torch.zeros(len(some), time)
        for i, clip in enumerate(some):
            frames[i, : len(clip)] = clip
            mask[i, : len(clip)] = 1
        yield frames, mask, torch.tensor([labels[clip] for clip in order[start : start + BATCH]])


width = next(iter(views[clips[0]].values())).shape[1]
network = nn.ModuleList([Branch(width), Branch(width), Branch(width), Branch(PROSODY), Branch(PROSODY)])
optimizer = torch.optim.Adam(network.parameters(), 1e-3)
for epoch in range(epochs):
    for group in optimizer.param_groups:
        group["lr"] = 1e-3 * (1 - epoch / epochs)
    losses = []
    for frames, mask, target in batches(epoch):
        loss = sum(F.cross_entropy(branch(frames, mask), target, label_smoothing=0.1) for branch in network) / len(network)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
print(f"{len(clips)} clips, {epochs} epochs, loss {np.mean(losses):.3f}")
