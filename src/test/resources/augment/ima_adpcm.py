"""Python's own IMA ADPCM (audioop, until Python 3.12) on a sweep that grows beyond full scale, and what it decodes to.

    python ima_adpcm.py     writes ima_adpcm.s16: the samples, then the decoded ones, little endian
"""
import audioop
import math
import struct

COUNT = 2000
samples = [max(-32768, min(32767, round(20 * i * math.sin(0.0003 * i * i)))) for i in range(COUNT)]
pcm = struct.pack(f"<{COUNT}h", *samples)
codes, _ = audioop.lin2adpcm(pcm, 2, None)
decoded, _ = audioop.adpcm2lin(codes, 2, None)
with open("ima_adpcm.s16", "wb") as file:
    file.write(pcm + decoded)
