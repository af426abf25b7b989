"""Writes pitch_*.s16, a synthetic voice as it is, with white noise at 10 dB and in the telephone band (16 kHz, 16 bits, little
endian), and the pitch that librosa's pyin 0.11.0 finds in each, in semitones above 100 Hz every 10 ms (NaN: unvoiced)."""

import librosa
import numpy as np
from scipy.signal import butter, lfilter, sosfiltfilt

RATE = 16000
random = np.random.default_rng(3)
samples = int(0.7 * RATE)
time = np.arange(samples) / RATE
falling = 300 * 2 ** (-(time - 0.4) / 0.3 * 1.2)
hertz = np.where(time < 0.3, 130 * 2 ** (time / 0.3 * 0.8), np.where(time > 0.4, falling, 100.0))
pulses = np.diff(np.floor(np.cumsum(hertz / RATE)), prepend=0) * ((time < 0.3) | (time > 0.4))
voice = pulses + random.normal(size=samples) * 0.12 * ((time >= 0.31) & (time < 0.39))
voice = lfilter([1], [1, -0.95], voice)
for formant, width in ((600, 80), (1300, 110), (2600, 160)):
    radius = np.exp(-np.pi * width / RATE)
    voice = lfilter([1 - radius], [1, -2 * radius * np.cos(2 * np.pi * formant / RATE), radius * radius], voice)
voice = voice / np.abs(voice).max() * 0.5
noise = random.normal(size=samples)
noise *= np.std(voice) / np.std(noise) * 10 ** (-10 / 20)
telephone = sosfiltfilt(butter(4, [300, 3400], "band", fs=RATE, output="sos"), voice)

for name, signal in (("clean", voice), ("noise", voice + noise), ("telephone", telephone)):
    np.round(np.clip(signal, -1, 1) * 32767).astype("<i2").tofile(f"pitch_{name}.s16")
    padded = np.pad(signal, (312, 1024))
    pitch, _, _ = librosa.pyin(padded, fmin=60, fmax=500, sr=RATE, frame_length=1024, hop_length=160, center=False)
    semitones = 12 * np.log2(pitch[: 1 + (samples - 400) // 160] / 100)
    semitones.astype("<f4").tofile(f"pitch_{name}_pyin.f32")
