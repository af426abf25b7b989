"""The rival of AugmentationSpeed: the same effects by numpy, scipy and soxr, on one thread.

    pip install numpy scipy soxr
    python augmentation_rival.py

Reads requests from standard input, one a line, and answers each with numbers:
    load FILE LENGTH…   clips of so many samples at 16 kHz, raw float32: 0
    time NAME           seconds of processor time of one run over all clips; NaN where there is no rival of that name
"""
import os
import sys
import time

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"

import numpy as np
import soxr
from scipy import signal

RATE = 16_000
random = np.random.default_rng(1)
recording = random.standard_normal(20 * RATE, dtype=np.float32) * np.float32(0.1)
hall = random.standard_normal(RATE // 2, dtype=np.float32) * np.exp(-13.8 * np.arange(RATE // 2) / RATE).astype(np.float32)
line = np.concatenate([signal.butter(4, 300, "highpass", fs=8000, output="sos"),
                       signal.butter(4, 3400, "lowpass", fs=8000, output="sos")])
clips = []


def rms(samples):
    return np.sqrt(np.mean(np.square(samples)))


def gain(clip):
    return clip * np.float32(10 ** (random.uniform(-6, 6) / 20))


def gaussian_noise(clip):
    sigma = np.float32(random.uniform(0.0005, 0.005))
    return clip + random.standard_normal(len(clip), dtype=np.float32) * sigma


def background_noise(clip):
    start = random.integers(len(recording) - len(clip))
    noise = recording[start:start + len(clip)]
    return clip + noise * np.float32(rms(clip) / rms(noise) * 10 ** (-random.uniform(5, 20) / 20))


def reverberant(clip, response):
    wet = signal.oaconvolve(clip, response)[:len(clip)]
    return wet * (rms(clip) / rms(wet))


def room(clip):
    seconds = random.uniform(0.2, 0.8)
    taps = int(seconds * RATE)
    tail = random.standard_normal(taps, dtype=np.float32)
    tail *= np.exp(np.arange(taps, dtype=np.float32) * np.float32(-6.9078 / taps))
    tail *= 10 ** (-random.uniform(0, 15) / 20) / np.sqrt(np.sum(np.square(tail)))
    tail[0] = 1
    return reverberant(clip, tail)


def impulse_response(clip):
    return reverberant(clip, hall)


def pitch_shift(clip):
    """soxr alone, from a signal that would have to be stretched first: there is no WSOLA here."""
    return soxr.resample(clip, RATE * 2 ** (random.uniform(-4, 4) / 12), RATE, "HQ")


def telephone(clip):
    narrow = signal.sosfilt(line, soxr.resample(clip, RATE, 8000, "HQ")).astype(np.float32)
    clipped = np.clip(narrow, -1, 1)
    code = np.round(127 * np.sign(clipped) * np.log1p(255 * np.abs(clipped)) / np.log(256))
    decoded = (np.sign(code) * np.expm1(np.abs(code) / 127 * np.log(256)) / 255).astype(np.float32)
    return soxr.resample(decoded, 8000, RATE, "HQ")[:len(clip)]


def equalizer(clip):
    """Four second-order sections; any coefficients cost the same."""
    sections = np.tile([0.9, -1.6, 0.8, 1.0, -1.6, 0.75], (4, 1))
    return signal.sosfilt(sections, clip).astype(np.float32)


def clipping(clip):
    limit = random.uniform(0.3, 0.9) * np.max(np.abs(clip))
    return np.clip(clip, -limit, limit)


rivals = {"gain": gain, "gaussian-noise": gaussian_noise, "background-noise": background_noise, "room": room,
          "impulse-response": impulse_response, "pitch-shift": pitch_shift, "telephone": telephone,
          "microphone": equalizer, "clipping": clipping}

for request in sys.stdin:
    command, *arguments = request.split()
    if command == "load":
        data = np.fromfile(arguments[0], np.float32)
        clips = np.split(data, np.cumsum([int(length) for length in arguments[1:]])[:-1])
        print(0, flush=True)
    elif arguments[0] not in rivals:
        print("NaN", flush=True)
    else:
        rival = rivals[arguments[0]]
        start = time.thread_time()
        for clip in clips:
            rival(clip)
        print(time.thread_time() - start, flush=True)
