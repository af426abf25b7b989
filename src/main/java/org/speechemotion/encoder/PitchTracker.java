package org.speechemotion.encoder;

import be.tarsos.dsp.util.fft.FloatFFT;
import java.util.Arrays;

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
    private final float[] lowPass;
    private final double rate;
    private final int size;
    private final FloatFFT transform;
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
        size = 4 * Integer.highestOneBit(length - 1);
        transform = new FloatFFT(size);
        window = new float[length];
        for (int i = 0; i < length; i++) {
            window[i] = (float) (0.5 - 0.5 * Math.cos(2 * Math.PI * i / length));
        }
        shortestLag = (int) Math.max(2, Math.floor(rate / highestHertz));
        longestLag = (int) Math.min(length - 2.0, Math.ceil(rate / lowestHertz));
        float[] correlation = new float[size];
        System.arraycopy(window, 0, correlation, 0, length);
        autocorrelate(correlation);
        windowCorrelation = Arrays.copyOf(correlation, longestLag + 2);
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
        float[] correlation = new float[size];
        for (int i = 0; i < frames.length; i++) {
            long middle = (centre + (long) frames[i] * hop) / factor;
            boolean adjacent = i > 0 && frames[i] == frames[i - 1] + 1;
            correlate(reduced, (int) (middle - window.length / 2), correlation);
            strength[i] = addCandidates(correlation, path.next(adjacent));
        }
        return new Track(strength, path.semitones());
    }

    /** Writes the normalised autocorrelation of the frame that starts at a sample of the reduced signal. */
    private void correlate(float[] reduced, int start, float[] correlation) {
        Arrays.fill(correlation, 0);
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
            correlation[i] = window[i] * (sample - mean);
        }
        autocorrelate(correlation);
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

    /** Replaces {@code [size]} samples, of which the second half is 0, by their autocorrelation. */
    private void autocorrelate(float[] samples) {
        transform.realForward(samples);
        // The first two values are the real parts at 0 and at half the sample rate.
        samples[0] *= samples[0];
        samples[1] *= samples[1];
        for (int i = 2; i < size; i += 2) {
            samples[i] = samples[i] * samples[i] + samples[i + 1] * samples[i + 1];
            samples[i + 1] = 0;
        }
        transform.realInverse(samples, false);
    }

    private float[] reduced(float[] waveform) {
        if (factor == 1) {
            return waveform;
        }
        int side = lowPass.length / 2;
        float[] reduced = new float[(waveform.length + factor - 1) / factor];
        for (int i = 0; i < reduced.length; i++) {
            int first = i * factor - side;
            int from = Math.max(0, -first);
            int end = Math.min(lowPass.length, waveform.length - first);
            float sum = 0;
            for (int tap = from; tap < end; tap++) {
                sum += lowPass[tap] * waveform[first + tap];
            }
            reduced[i] = sum;
        }
        return reduced;
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
