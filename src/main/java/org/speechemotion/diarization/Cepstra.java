package org.speechemotion.diarization;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.speechemotion.encoder.Frames;
import org.speechemotion.encoder.LogMelEncoder;
import org.speechemotion.encoder.LogMelSettings;
import org.speechemotion.encoder.Normalization;

/**
 * Mel-frequency cepstral coefficients of a signal that arrives piece by piece (Davis and Mermelstein 1980): the cosine transform
 * of log-mel energies. There are 100 frames for each second.
 */
final class Cepstra {
    /** The coefficient before the first is the level. */
    private static final int FIRST = 1;

    static final int WIDTH = 19;

    private static final int BANDS = 40;
    private static final double LOWEST_HERTZ = 20;
    private static final double HIGHEST_HERTZ = 8000;
    private static final int SECONDS_AT_ONCE = 10;

    private static final double[][] COSINES = cosines();

    private final LogMelEncoder encoder;
    private final int hop;
    private final List<float[]> frames = new ArrayList<>();
    private final float[] samples;
    private int filled;

    /** @param sampleRate the sample rate in Hz */
    Cepstra(int sampleRate) {
        encoder = new LogMelEncoder(
                LogMelSettings.defaults()
                        .withBands(BANDS)
                        .withRange(LOWEST_HERTZ, Math.min(HIGHEST_HERTZ, sampleRate / 2.0))
                        .withNormalization(Normalization.NONE)
                        .withFloor(0)
                        .withSpeech(0),
                sampleRate);
        hop = (int) Math.round(sampleRate / encoder.framesPerSecond());
        samples = new float[SECONDS_AT_ONCE * sampleRate];
    }

    /** Takes the next {@code count} samples. */
    void accept(float[] more, int count) {
        for (int from = 0; from < count; ) {
            int taken = Math.min(count - from, samples.length - filled);
            System.arraycopy(more, from, samples, filled, taken);
            filled += taken;
            from += taken;
            if (filled == samples.length) {
                transform();
            }
        }
    }

    /** Returns the frames {@code [time][WIDTH]}, at the end of the signal. */
    List<float[]> finish() {
        if (filled > 0) {
            transform();
        }
        return frames;
    }

    private void transform() {
        Frames energies =
                encoder.encode(List.of(Arrays.copyOf(samples, filled))).get(0);
        for (int t = 0; t < energies.time(); t++) {
            float[] frame = new float[WIDTH];
            for (int k = 0; k < WIDTH; k++) {
                double sum = 0;
                for (int band = 0; band < BANDS; band++) {
                    sum += energies.values()[t * BANDS + band] * COSINES[k][band];
                }
                frame[k] = (float) sum;
            }
            frames.add(frame);
        }
        int used = Math.min(filled, energies.time() * hop);
        System.arraycopy(samples, used, samples, 0, filled - used);
        filled -= used;
    }

    private static double[][] cosines() {
        double[][] cosines = new double[WIDTH][BANDS];
        for (int k = 0; k < WIDTH; k++) {
            for (int band = 0; band < BANDS; band++) {
                cosines[k][band] = Math.sqrt(2.0 / BANDS) * Math.cos(Math.PI * (k + FIRST) * (band + 0.5) / BANDS);
            }
        }
        return cosines;
    }
}
