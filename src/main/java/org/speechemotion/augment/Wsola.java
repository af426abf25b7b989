package org.speechemotion.augment;

/**
 * Changes the duration of speech and keeps its pitch (WSOLA: Verhelst and Roelands, "An overlap-add technique based on
 * waveform similarity for high quality time-scale modification of speech", ICASSP 1993).
 *
 * <p>Segments of the input are joined by cross-fades. Each segment is searched around its proportional position: the best
 * one continues the previous segment with the highest normalised cross-correlation. The search runs on averages of a few
 * samples first and then on the samples around the best of them. All segments lie within the input and the last one ends
 * with it, so the result neither fades into silence nor loses the end.
 */
final class Wsola {
    private static final double SEGMENT_SECONDS = 0.028;
    private static final double OVERLAP_SECONDS = 0.012;
    /** Longer than a period of the lowest voices. */
    private static final double SEARCH_SECONDS = 0.015;

    private static final double COMPARED_SECONDS = 0.016;
    private static final int COARSE_RATE = 4_000;

    private final float[] samples;
    private final float[] means;
    private final int downsampling;
    private final int hop;
    private final int overlap;
    private final int search;
    private final int compared;

    private Wsola(float[] samples, int sampleRate) {
        this.samples = samples;
        hop = (int) (SEGMENT_SECONDS * sampleRate);
        overlap = (int) (OVERLAP_SECONDS * sampleRate);
        search = (int) (SEARCH_SECONDS * sampleRate);
        compared = (int) (COMPARED_SECONDS * sampleRate);
        downsampling = Math.max(1, sampleRate / COARSE_RATE);
        means = means(samples, downsampling);
    }

    /** Returns the least number of samples before and after stretching: two segments and the search range. */
    static int minLength(int sampleRate) {
        return (int) (0.1 * sampleRate);
    }

    /**
     * Stretches a signal to a length.
     *
     * @param samples {@code [time]}, at least {@link #minLength}
     * @param sampleRate the sample rate in Hz, at least 1000
     * @param length the length of the result, at least {@link #minLength}
     * @return a new array {@code [length]}
     */
    static float[] stretch(float[] samples, int sampleRate, int length) {
        return new Wsola(samples, sampleRate).stretch(length);
    }

    private float[] stretch(int length) {
        float[] fade = new float[overlap];
        for (int i = 0; i < overlap; i++) {
            fade[i] = (float) (0.5 - 0.5 * StrictMath.cos(StrictMath.PI * (i + 0.5) / overlap));
        }
        int segments = (length - overlap) / hop; // the last segment is longer by less than a hop
        float[] stretched = new float[length];
        System.arraycopy(samples, 0, stretched, 0, hop + overlap);
        int from = 0;
        for (int segment = 1; segment < segments; segment++) {
            int to = segment * hop;
            boolean last = segment == segments - 1;
            int size = last ? length - to : hop + overlap;
            int latest = samples.length - size;
            int proportional = (int) ((long) to * samples.length / length);
            int highest = last ? latest : Math.max(0, Math.min(latest, proportional + search / 2));
            from = mostSimilar(from + hop, Math.max(0, highest - search), highest);
            for (int i = 0; i < overlap; i++) {
                stretched[to + i] += fade[i] * (samples[from + i] - stretched[to + i]);
            }
            System.arraycopy(samples, from + overlap, stretched, to + overlap, size - overlap);
        }
        return stretched;
    }

    /** Returns the start, from lowest to highest, whose continuation is most similar to that of {@code natural}. */
    private int mostSimilar(int natural, int lowest, int highest) {
        int coarse = best(
                        means,
                        natural / downsampling,
                        lowest / downsampling,
                        highest / downsampling,
                        compared / downsampling)
                * downsampling;
        return best(
                samples,
                natural,
                Math.max(lowest, Math.min(highest, coarse - downsampling)),
                Math.max(lowest, Math.min(highest, coarse + downsampling)),
                compared);
    }

    private static int best(float[] signal, int natural, int lowest, int highest, int longest) {
        int length = Math.min(longest, signal.length - Math.max(natural, highest));
        int best = (lowest + highest) / 2;
        double max = similarity(signal, natural, best, length);
        for (int start = lowest; start <= highest; start++) {
            double similarity = similarity(signal, natural, start, length);
            if (similarity > max) {
                max = similarity;
                best = start;
            }
        }
        return best;
    }

    /** Returns the cross-correlation divided by the norm of the second part; that of the first is the same for all candidates. */
    private static double similarity(float[] signal, int first, int second, int length) {
        float product0 = 0;
        float product1 = 0;
        float product2 = 0;
        float product3 = 0;
        float square0 = 0;
        float square1 = 0;
        float square2 = 0;
        float square3 = 0;
        int i = 0;
        for (; i + 3 < length; i += 4) {
            float other0 = signal[second + i];
            float other1 = signal[second + i + 1];
            float other2 = signal[second + i + 2];
            float other3 = signal[second + i + 3];
            product0 = Math.fma(signal[first + i], other0, product0);
            product1 = Math.fma(signal[first + i + 1], other1, product1);
            product2 = Math.fma(signal[first + i + 2], other2, product2);
            product3 = Math.fma(signal[first + i + 3], other3, product3);
            square0 = Math.fma(other0, other0, square0);
            square1 = Math.fma(other1, other1, square1);
            square2 = Math.fma(other2, other2, square2);
            square3 = Math.fma(other3, other3, square3);
        }
        for (; i < length; i++) {
            product0 = Math.fma(signal[first + i], signal[second + i], product0);
            square0 = Math.fma(signal[second + i], signal[second + i], square0);
        }
        double squares = (double) square0 + square1 + square2 + square3;
        return squares == 0 ? 0 : ((double) product0 + product1 + product2 + product3) / Math.sqrt(squares);
    }

    private static float[] means(float[] samples, int of) {
        float[] means = new float[samples.length / of];
        for (int i = 0; i < means.length; i++) {
            float sum = 0;
            for (int j = i * of; j < (i + 1) * of; j++) {
                sum += samples[j];
            }
            means[i] = sum / of;
        }
        return means;
    }
}
