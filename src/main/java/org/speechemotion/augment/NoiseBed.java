package org.speechemotion.augment;

import java.util.Arrays;
import org.speechemotion.random.KeyedRandom;

/** Noise as long as a clip, out of a recording of any length. */
final class NoiseBed {
    private NoiseBed() {}

    /**
     * Cut at a drawn place where the recording is long enough. A shorter one is made into a loop, whose end is faded into
     * its beginning at equal power, and begins at a drawn place.
     *
     * @param recording of at least one sample
     * @param fade of loops, in samples; at most half of the recording is faded
     * @return {@code [length]}, a new array
     */
    static float[] of(float[] recording, int length, int fade, KeyedRandom random) {
        if (recording.length >= length) {
            int from = random.nextInt(recording.length - length + 1);
            return Arrays.copyOfRange(recording, from, from + length);
        }
        int faded = Math.min(fade, recording.length / 2);
        float[] loop = Arrays.copyOf(recording, recording.length - faded);
        for (int i = 0; i < faded; i++) {
            double place = (i + 0.5) / faded;
            loop[i] = (float) (Math.sqrt(place) * recording[i] + Math.sqrt(1 - place) * recording[loop.length + i]);
        }
        float[] bed = new float[length];
        int at = random.nextInt(loop.length);
        for (int i = 0; i < length; i++) {
            bed[i] = loop[at];
            at = at + 1 == loop.length ? 0 : at + 1;
        }
        return bed;
    }
}
