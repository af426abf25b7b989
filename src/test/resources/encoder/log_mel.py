"""Writes log_mel.f32 and log_mel_normalized.f32: what Hugging Face transformers computes for LogMelEncoderTest's signal."""

from pathlib import Path

import numpy as np
from transformers import Wav2Vec2FeatureExtractor
from transformers.audio_utils import mel_filter_bank, spectrogram, window_function

RATE = 16000
i = np.arange(4800)
t = i / RATE
signal = (
    0.4 * np.sin(2 * np.pi * (200 * t + 6000 * t * t))
    + 0.2 * np.sin(2 * np.pi * 1234.5 * t)
    + 0.02 * ((i * 7919) % 1009 / 1009 - 0.5)
)
signal[4000:] = 0  # digital silence: the floor
signal = signal.astype(np.float32)

filters = mel_filter_bank(257, 64, 20, 8000, RATE, norm="slaney", mel_scale="slaney")
log_mel = spectrogram(
    signal,
    window_function(400, "hann", periodic=True),
    frame_length=400,
    hop_length=160,
    fft_length=512,
    power=2.0,
    center=False,
    mel_filters=filters,
    mel_floor=1e-10,
    log_mel="log",
    dtype=np.float64,
)  # [bands, time]
normalized = np.stack(Wav2Vec2FeatureExtractor.zero_mean_unit_var_norm(list(log_mel), None))

folder = Path(__file__).parent
log_mel.T.astype("<f4").tofile(folder / "log_mel.f32")
normalized.T.astype("<f4").tofile(folder / "log_mel_normalized.f32")
print(log_mel.T.shape, log_mel.min(), log_mel.max())
