package org.speechemotion.augment;

import java.util.Arrays;
import org.speechemotion.random.KeyedRandom;

/** Cuts or loops a noise recording of any length to the length of a clip. */
final class NoiseSegment {
    private NoiseSegment() {}

    /**
     * Returns a random part of the recording. A recording that is too short becomes a loop, cross-faded at equal power, that
     * starts at a random position.
     *
     * @param recording at least one sample
     * @param fade the length of the cross-fade in samples; at most half of the recording is faded
     * @return a new array {@code [length]}
     */
    static float[] of(float[] recording, int length, int fade, KeyedRandom random) {
        if (recording.length >= length) {
            int from = random.nextInt(recording.length - length + 1);
            return Arrays.copyOfRange(recording, from, from + length);
        }
        int faded = Math.min(fade, recording.length / 2);
        float[] loop = Arrays.copyOf(recording, recording.length - faded);
        for (int i = 0; i < faded; i++) {
            double position = (i + 0.5) / faded;
            loop[i] =
                    (float) (Math.sqrt(position) * recording[i] + Math.sqrt(1 - position) * recording[loop.length + i]);
        }
        float[] segment = new float[length];
        int at = random.nextInt(loop.length);
        for (int i = 0; i < length; i++) {
            segment[i] = loop[at];
            at = at + 1 == loop.length ? 0 : at + 1;
        }
        return segment;
    }
}
