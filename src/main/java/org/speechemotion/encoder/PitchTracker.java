package org.speechemotion.encoder;

import java.util.Arrays;
import org.speechemotion.math.Reductions;

/**
 * Finds the pitch of frames by the normalised autocorrelation method of Boersma, "Accurate short-term analysis of the
 * fundamental frequency and the harmonics-to-noise ratio of a sampled sound" (1993), which is Praat's: the autocorrelation
 * of a Hann-windowed frame is divided by that of the window, its highest peaks are candidates, and {@link PitchPath}
 * selects one in every frame. The signal is first reduced to about 8 kHz, which is enough for speech and makes a wide band
 * look like that of a telephone. It is thread-safe.
 */
final class PitchTracker {

    private static final double REDUCED_HERTZ = 8000;
    private static final double WINDOW_SECONDS = 0.064;

    /** A lower peak of the autocorrelation is not a candidate. */
    private static final float WEAKEST = 0.2f;

    private final int factor;
    private final Decimator decimator;
    private final double rate;
    private final int length;
    private final PowerSpectrum spectrum;
    private final double[] windowCorrelation;
    private final int shortestLag;
    private final int longestLag;

    /**
     * The pitch of the frames of a clip.
     *
     * @param strength the highest peak of the normalised autocorrelation in each frame, 0 to 1
     * @param semitones the pitch of each frame in semitones above 100 Hz; NaN in unvoiced frames
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Track(float[] strength, float[] semitones) {}

    /** The range is in Hz, as is the sample rate. */
    PitchTracker(int sampleRate, double lowestHertz, double highestHertz) {
        factor = Math.max(1, (int) (sampleRate / REDUCED_HERTZ));
        decimator = new Decimator(factor);
        rate = (double) sampleRate / factor;
        length = Math.max(2, (int) Math.round(WINDOW_SECONDS * rate));
        spectrum = new PowerSpectrum(length, 2 * length);
        shortestLag = (int) Math.max(2, Math.floor(rate / highestHertz));
        longestLag = (int) Math.min(length - 2.0, Math.ceil(rate / lowestHertz));
        float[] ones = new float[length];
        Arrays.fill(ones, 1);
        PowerSpectrum.Buffers frames = spectrum.new Buffers();
        frames.transform(ones, new int[] {0}, new float[] {0});
        frames.correlate();
        windowCorrelation = new double[longestLag + 2];
        Arrays.setAll(windowCorrelation, lag -> frames.get(0, lag));
    }

    /**
     * Tracks the pitch.
     *
     * @param frames the indices of the frames in ascending order, at least one; the others are not looked at
     * @param hop the hop length in samples
     * @param centre the centre of the first frame in samples
     */
    Track track(float[] waveform, int[] frames, int hop, int centre) {
        float[] reduced = decimator.apply(waveform, length);
        PowerSpectrum.Buffers buffers = spectrum.new Buffers();
        float[] correlation = new float[windowCorrelation.length];
        PitchPath path = new PitchPath();
        float[] strength = new float[frames.length];
        for (int first = 0; first < frames.length; first += PowerSpectrum.Buffers.CAPACITY) {
            int count = Math.min(PowerSpectrum.Buffers.CAPACITY, frames.length - first);
            int[] starts = new int[count];
            float[] means = new float[count];
            for (int i = 0; i < count; i++) {
                starts[i] = (int) ((centre + (long) frames[first + i] * hop) / factor) + length - length / 2;
                means[i] = (float) (Reductions.sum(reduced, starts[i], starts[i] + length) / length);
            }
            buffers.transform(reduced, starts, means);
            buffers.correlate();
            for (int i = 0; i < count; i++) {
                normalize(buffers, i, isSilent(reduced, starts[i]), correlation);
                int at = first + i;
                boolean adjacent = at > 0 && frames[at] == frames[at - 1] + 1;
                strength[at] = addCandidates(correlation, path.next(adjacent));
            }
        }
        return new Track(strength, path.semitones());
    }

    /** Returns whether all squares are 0; for sound, the first few show that they are not. */
    private boolean isSilent(float[] samples, int start) {
        for (int i = start; i < start + length; i++) {
            if (samples[i] * samples[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /** Writes the autocorrelation of a frame, divided by that of the window; 0 if it is silent. */
    private void normalize(PowerSpectrum.Buffers buffers, int frame, boolean silent, float[] correlation) {
        double power = buffers.get(frame, 0);
        for (int lag = 0; lag < correlation.length; lag++) {
            correlation[lag] = silent || power <= 0
                    ? 0
                    : (float) (buffers.get(frame, lag) / power * (windowCorrelation[0] / windowCorrelation[lag]));
        }
    }

    /** Adds the peaks to a step of the path, and returns the height of the highest, 0 to 1. */
    private float addCandidates(float[] correlation, PitchPath.Step step) {
        float highest = 0;
        for (int lag = shortestLag; lag <= longestLag; lag++) {
            float before = correlation[lag - 1];
            float here = correlation[lag];
            float after = correlation[lag + 1];
            if (here >= before && here > after && here > 0) {
                float shift = 0.5f * (before - after) / (before - 2 * here + after);
                float height = Math.min(1, here - 0.25f * (before - after) * shift);
                highest = Math.max(highest, height);
                if (height > WEAKEST) {
                    step.add(rate / (lag + shift), height);
                }
            }
        }
        return highest;
    }
}
