"""The other rival of `scripts/benchmark-scoring`: the same folder of clips by ONNX Runtime, on a file of `scripts/emotion export`.

    pip install onnxruntime numpy soundfile soxr
    python scoring_rival_onnx.py MODEL.onnx THREADS OUTPUT < PATHS

soundfile reads, soxr resamples to 16 kHz, and ONNX Runtime computes the probabilities clip by clip, because the graph has no
mask for padding. Writes a CSV of paths and emotions; prints the seconds of audio.
"""

import csv
import sys

import numpy
import onnxruntime
import soundfile
import soxr

model, threads, output = sys.argv[1:]
options = onnxruntime.SessionOptions()
options.intra_op_num_threads = int(threads)
session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
metadata = session.get_modelmeta().custom_metadata_map
labels, rate = metadata["labels"].split(","), int(metadata["sample_rate"])

seconds = 0.0
with open(output, "w", newline="") as file:
    writer = csv.writer(file)
    writer.writerow(["path", "emotion"])
    for path in sys.stdin.read().splitlines():
        samples, own = soundfile.read(path, dtype="float32", always_2d=True)
        clip = soxr.resample(samples.mean(axis=1), own, rate)
        seconds += len(clip) / rate
        clip = numpy.pad(clip, (0, max(0, int(metadata["minimum_samples"]) - len(clip))))
        [probabilities] = session.run(["probabilities"], {"waveform": clip[None]})
        writer.writerow((path, labels[probabilities[0].argmax()]))
print(f"{seconds:.1f}")
