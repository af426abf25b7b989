"""The rivals of EncoderBenchmark: the folder with Hugging Face's transformers, PyTorch eager float32, sdpa attention, and the file
that `torch.onnx.export` makes of it on ONNX Runtime.

    pip install torch transformers safetensors onnx onnxruntime
    python encoder_rival.py FOLDER THREADS

Reads requests from standard input, one a line, and answers each with numbers:
    load FILE LENGTH…   clips of so many samples and our last hidden states, by turns, raw float32:
                        the largest difference of ours to its own, clip by clip
    time pytorch        seconds of one run over all clips, on the clock and of all processors; of different lengths, as
                        a padded batch with its mask
    time onnxruntime    the same of ONNX Runtime; of different lengths, clip by clip; the first request exports the model
    step LAYERS         the same of a training step of so many of the last layers and an attention-pooling head
"""
import os
import sys
import tempfile
import time

import numpy as np
import torch
from transformers import AutoModel
from transformers.utils import logging

folder, threads = sys.argv[1], int(sys.argv[2])
answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)  # whatever else prints does not answer
logging.set_verbosity_error()
logging.disable_progress_bar()
torch.set_num_threads(threads)


def load():
    return AutoModel.from_pretrained(folder, attn_implementation="sdpa", dtype=torch.float32).eval()


model = load()
batch = mask = None
clips = []
session = None


def run(**inputs):
    with torch.inference_mode():
        return model(**inputs).last_hidden_state


class LastHiddenState(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.model = load()  # exporting changes a model

    def forward(self, waveform):
        return self.model(waveform).last_hidden_state


def export():
    import onnxruntime
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    with tempfile.TemporaryDirectory() as temporary, torch.inference_mode():
        path = os.path.join(temporary, "model.onnx")
        torch.onnx.export(LastHiddenState(), (torch.randn(1, 80_000),), path, input_names=["waveform"], opset_version=17, dynamo=False,
                          output_names=["frames"], dynamic_axes={name: {0: "batch", 1: "time"} for name in ("waveform", "frames")})
        return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


def run_session():
    for clip in [batch.numpy()] if mask is None else clips:
        session.run(None, {"waveform": clip})


head = optimizer = None


def step(layers):
    global head, optimizer
    if head is None:
        model.requires_grad_(False)
        trained = list(model.encoder.layers[-layers:].parameters())
        for parameter in trained:
            parameter.requires_grad_(True)
        width = model.config.hidden_size
        head = torch.nn.ModuleList([torch.nn.Linear(width, 1), torch.nn.Linear(width, 256), torch.nn.Linear(256, 8)])
        optimizer = torch.optim.Adam(trained + list(head.parameters()), lr=1e-5)
    hidden = model(input_values=batch).last_hidden_state
    weights = torch.softmax(head[0](hidden), dim=1)
    pooled = (weights * hidden).sum(1)
    logits = head[2](torch.nn.functional.gelu(head[1](pooled)))
    labels = torch.arange(len(batch)) % 8
    optimizer.zero_grad()
    torch.nn.functional.cross_entropy(logits, labels).backward()
    optimizer.step()


for line in sys.stdin:
    command, *arguments = line.split()
    if command == "load":
        data = torch.from_numpy(np.fromfile(arguments[0], np.float32))
        lengths = [int(length) for length in arguments[1:]]
        batch = torch.zeros(len(lengths), max(lengths))
        mask = torch.zeros(len(lengths), max(lengths), dtype=torch.long)
        clips = []
        farthest = 0.0
        at = 0
        for clip, length in enumerate(lengths):
            batch[clip, :length] = data[at:at + length]
            mask[clip, :length] = 1
            clips.append(data[at:at + length][None].numpy())
            at += length
            theirs = run(input_values=batch[clip:clip + 1, :length])[0]
            ours = data[at:at + theirs.numel()].view_as(theirs)
            at += theirs.numel()
            farthest = max(farthest, (ours - theirs).abs().max().item())
        if min(lengths) == max(lengths):
            mask = None
        inputs = {"input_values": batch} if mask is None else {"input_values": batch, "attention_mask": mask}
        run(**inputs)
        print(farthest, file=answers, flush=True)
    else:
        if command == "step":
            call = lambda: step(int(arguments[0]))
        elif arguments[0] == "pytorch":
            call = lambda: run(**inputs)
        else:
            session = session or export()
            call = run_session
        clock, processor = time.perf_counter(), time.process_time()
        call()
        print(time.perf_counter() - clock, time.process_time() - processor, file=answers, flush=True)
