"""The rival of `scripts/benchmark scoring`: what one would write today to score a folder of clips.

    pip install torch transformers safetensors soundfile soxr
    python scoring_rival.py ENCODER HEAD THREADS OUTPUT < PATHS

soundfile reads, soxr resamples to 16 kHz, Hugging Face's transformers encode padded batches of 8 with their mask, and the
head of HeadExport, on PyTorch, predicts. With THREADS 0 every clip goes by itself, unpadded, on two threads: for what the
right answers are. Writes a CSV of paths and emotions; prints the seconds of audio.
"""

import csv
import sys

import soundfile
import soxr
import torch
from safetensors.torch import load_file
from torch.nn import functional as F
from transformers import AutoModel
from transformers.utils import logging

EMOTIONS = ["neutral", "calm", "happy", "sad", "angry", "fearful", "disgust", "surprised"]
RATE = 16_000

encoder_folder, head_file, threads, output = sys.argv[1:]
paths = sys.stdin.read().splitlines()
alone = threads == "0"
logging.set_verbosity_error()
logging.disable_progress_bar()
torch.set_num_threads(2 if alone else int(threads))

encoder = AutoModel.from_pretrained(encoder_folder, attn_implementation="sdpa", dtype=torch.float32).eval()
head = load_file(head_file)


def read(path):
    samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    return torch.from_numpy(soxr.resample(samples.mean(axis=1), rate, RATE))


def logits(frames, valid):
    scores = (frames @ head["pooling_branch-0-score"])[..., 0].masked_fill(~valid, -1e9)
    weights = torch.softmax(scores, dim=1)[..., None]
    mean = (weights * frames).sum(1, keepdim=True)
    variance = (weights * (frames - mean) ** 2).sum(1)
    pooled = torch.cat([mean[:, 0], torch.sqrt(variance + 1e-5)], dim=1)
    statistics = [head[f"pooling-normalization_{name}"].flatten() for name in ["mean", "log10stdev", "gamma", "beta"]]
    mean, deviation, gamma, beta = statistics
    pooled = (pooled - mean) / torch.sqrt(10 ** (2 * deviation) + 1e-5) * gamma + beta
    hidden = F.gelu(pooled @ head["head_branch-0-hidden-weight"] + head["head_branch-0-hidden-bias"])
    logits = hidden @ head["head_branch-0-logits-weight"] + head["head_branch-0-logits-bias"]
    return logits / head["calibration_temperature"] + head["calibration_bias"]


seconds = 0.0
answers = []
size = 1 if alone else 8
with torch.inference_mode():
    for start in range(0, len(paths), size):
        clips = [read(path) for path in paths[start : start + size]]
        seconds += sum(len(clip) for clip in clips) / RATE
        batch = torch.nn.utils.rnn.pad_sequence(clips, batch_first=True)
        lengths = torch.tensor([len(clip) for clip in clips])
        mask = (torch.arange(batch.shape[1]) < lengths[:, None]).long()
        frames = encoder(batch, attention_mask=None if alone else mask).last_hidden_state
        valid = torch.arange(frames.shape[1]) < encoder._get_feat_extract_output_lengths(lengths)[:, None]
        answers += logits(frames, valid).argmax(1).tolist()

with open(output, "w", newline="") as file:
    writer = csv.writer(file)
    writer.writerow(["path", "emotion"])
    writer.writerows((path, EMOTIONS[answer]) for path, answer in zip(paths, answers))
print(f"{seconds:.1f}")
