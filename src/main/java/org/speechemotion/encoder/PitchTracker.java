package org.speechemotion.encoder;

import java.util.Arrays;

/**
 * Finds the pitch of frames by the normalised autocorrelation method of Boersma, "Accurate short-term analysis of the
 * fundamental frequency and the harmonics-to-noise ratio of a sampled sound" (1993), which is Praat's: the autocorrelation
 * of a Hann-windowed frame is divided by that of the window, its highest peaks are candidates, and {@link PitchPath}
 * selects one in every frame. The signal is first reduced to about 8 kHz, which is enough for speech and makes a wide band
 * look like that of a telephone. Thread-safe.
 */
final class PitchTracker {

    private static final double REDUCED_HERTZ = 8000;
    private static final double WINDOW_SECONDS = 0.064;

    /** The number of samples whose products are added together. */
    private static final int BLOCK = 4;

    /** A lower peak of the autocorrelation is no candidate. */
    private static final float WEAKEST = 0.2f;

    private final int factor;
    private final float[] lowPass;
    private final double rate;
    private final float[] window;
    private final float[] windowCorrelation;
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
        lowPass = lowPass(factor);
        rate = (double) sampleRate / factor;
        int length = Math.max(2, (int) Math.round(WINDOW_SECONDS * rate));
        window = new float[length];
        for (int i = 0; i < length; i++) {
            window[i] = (float) (0.5 - 0.5 * Math.cos(2 * Math.PI * i / length));
        }
        shortestLag = (int) Math.max(2, Math.floor(rate / highestHertz));
        longestLag = (int) Math.min(length - 2.0, Math.ceil(rate / lowestHertz));
        windowCorrelation = new float[longestLag + 2];
        float[] padded = frameBuffer();
        System.arraycopy(window, 0, padded, 0, length);
        autocorrelate(padded, windowCorrelation);
    }

    /**
     * Tracks the pitch.
     *
     * @param frames the indices of the frames in ascending order, at least one; the others are not looked at
     * @param hop the hop length in samples
     * @param centre the centre of the first frame in samples
     */
    Track track(float[] waveform, int[] frames, int hop, int centre) {
        float[] reduced = reduced(waveform);
        PitchPath path = new PitchPath();
        float[] strength = new float[frames.length];
        float[] frame = frameBuffer();
        float[] correlation = new float[windowCorrelation.length];
        for (int i = 0; i < frames.length; i++) {
            long middle = (centre + (long) frames[i] * hop) / factor;
            boolean adjacent = i > 0 && frames[i] == frames[i - 1] + 1;
            correlate(reduced, (int) (middle - window.length / 2), frame, correlation);
            strength[i] = addCandidates(correlation, path.next(adjacent));
        }
        return new Track(strength, path.semitones());
    }

    /** Writes the normalised autocorrelation of the frame that starts at a sample of the reduced signal. */
    private void correlate(float[] reduced, int start, float[] frame, float[] correlation) {
        int from = Math.max(0, start);
        int end = Math.min(reduced.length, start + window.length);
        double sum = 0;
        for (int i = from; i < end; i++) {
            sum += reduced[i];
        }
        float mean = (float) (sum / window.length);
        for (int i = 0; i < window.length; i++) {
            int at = start + i;
            float sample = at >= from && at < end ? reduced[at] : 0;
            frame[i] = window[i] * (sample - mean);
        }
        autocorrelate(frame, correlation);
        float power = correlation[0];
        for (int lag = 0; lag < windowCorrelation.length; lag++) {
            correlation[lag] =
                    power > 0 ? correlation[lag] / power * (windowCorrelation[0] / windowCorrelation[lag]) : 0;
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

    /** Returns an array for the samples of a window and the zeros that follow them up to the longest lag. */
    private float[] frameBuffer() {
        return new float[window.length + BLOCK + windowCorrelation.length];
    }

    /**
     * Writes the autocorrelation of a window and of the zeros that follow it. For some hundred lags the sum itself takes less
     * time than two Fourier transforms, because the JIT vectorises the inner loop.
     */
    private void autocorrelate(float[] frame, float[] correlation) {
        Arrays.fill(correlation, 0);
        for (int i = 0; i < window.length; i += BLOCK) {
            float first = frame[i];
            float second = frame[i + 1];
            float third = frame[i + 2];
            float fourth = frame[i + 3];
            for (int lag = 0; lag < correlation.length; lag++) {
                correlation[lag] += first * frame[i + lag]
                        + second * frame[i + lag + 1]
                        + third * frame[i + lag + 2]
                        + fourth * frame[i + lag + 3];
            }
        }
    }

    private float[] reduced(float[] waveform) {
        if (factor == 1) {
            return waveform;
        }
        float[][] phases = phases(waveform);
        float[] reduced = new float[phases[0].length];
        for (int tap = 0; tap < lowPass.length; tap++) {
            int offset = tap - lowPass.length / 2;
            float[] phase = phases[Math.floorMod(offset, factor)];
            int shift = Math.floorDiv(offset, factor);
            float weight = lowPass[tap];
            int end = Math.min(reduced.length, reduced.length - shift);
            for (int i = Math.max(0, -shift); i < end; i++) {
                reduced[i] += weight * phase[i + shift];
            }
        }
        return reduced;
    }

    /** Divides a waveform into as many as the factor, each of every so manieth sample, with zeros at the end. */
    private float[][] phases(float[] waveform) {
        float[][] phases = new float[factor][(waveform.length + factor - 1) / factor];
        for (int i = 0; i < waveform.length; i++) {
            phases[i % factor][i / factor] = waveform[i];
        }
        return phases;
    }

    /** Returns a Hann-windowed sinc that ends at nine tenths of the reduced band. */
    private static float[] lowPass(int factor) {
        int side = 8 * factor;
        float[] taps = new float[2 * side + 1];
        double cutoff = 0.9 / factor;
        for (int i = -side; i <= side; i++) {
            double x = Math.PI * cutoff * i;
            double sinc = i == 0 ? 1 : Math.sin(x) / x;
            taps[i + side] = (float) (cutoff * sinc * (0.5 + 0.5 * Math.cos(Math.PI * i / (side + 1))));
        }
        return taps;
    }
}
