"""What SoX makes of an impulse by its biquads at 16 kHz.

    python equalizer.py     needs sox; writes equalizer.f32, [effect, 512], little endian
"""
import struct
import subprocess

EFFECTS = ["bass +6 200 0.7071067811865476q", "equalizer 1000 0.8q -6", "treble +4 3000 0.7071067811865476q",
           "highpass -2 300 0.5411961q", "lowpass -2 3400 1.30656296q"]
RAW = "-t f32 -r 16000 -c 1 -".split()
impulse = struct.pack("<512f", 0.25, *[0.0] * 511)
with open("equalizer.f32", "wb") as file:
    for effect in EFFECTS:
        command = ["sox", "-D", *RAW, *RAW, *effect.split()]
        file.write(subprocess.run(command, input=impulse, capture_output=True, check=True).stdout)
