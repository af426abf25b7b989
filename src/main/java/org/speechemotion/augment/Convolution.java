package org.speechemotion.augment;

import be.tarsos.dsp.util.fft.FloatFFT;
import java.util.Arrays;

/**
 * Convolution by the fast Fourier transform, uniformly partitioned overlap-save (Stockham, "High-speed convolution and
 * correlation", AFIPS 1966; Gardner, "Efficient convolution without input–output delay", JAES 43, 1995): memory for the
 * response alone, whatever the signal's length.
 */
final class Convolution {
    /** FloatFFT starts threads of its own above this size. */
    private static final int SIZE = 8_192;

    private static final int BLOCK = SIZE / 2;

    /** Tables alone, which its constructor computes: safe for several threads. */
    private static final FloatFFT TRANSFORM = new FloatFFT(SIZE);

    private Convolution() {}

    /**
     * The signal as a room with this response gives it back.
     *
     * @param signal {@code [time]}
     * @param response {@code [taps]}, at least one
     * @param direct which tap is the direct sound: what it gives comes when the signal does
     * @return {@code [time]}, a new array: what would come before the signal's beginning or after its end is cut off
     */
    static float[] convolve(float[] signal, float[] response, int direct) {
        float[][] partitions = spectra(response);
        float[][] latest = new float[partitions.length][]; // a ring of the spectra of the signal's last blocks
        float[] sums = new float[SIZE];
        float[] result = new float[signal.length];
        for (int block = 0; block * (long) BLOCK - direct < signal.length; block++) {
            latest[block % latest.length] = blockAndTheOneBefore(signal, block);
            Arrays.fill(sums, 0);
            for (int partition = 0; partition < Math.min(partitions.length, block + 1); partition++) {
                addProduct(sums, latest[(block - partition) % latest.length], partitions[partition]);
            }
            TRANSFORM.realInverse(sums, false);
            int to = Math.toIntExact(block * (long) BLOCK - direct);
            int from = Math.max(0, -to);
            int count = Math.min(BLOCK, signal.length - to) - from;
            if (count > 0) {
                System.arraycopy(sums, BLOCK + from, result, to + from, count);
            }
        }
        return result;
    }

    /** Scaled, because FloatFFT would scale with threads. */
    private static float[][] spectra(float[] response) {
        float[][] spectra = new float[(response.length + BLOCK - 1) / BLOCK][SIZE];
        for (int i = 0; i < response.length; i++) {
            spectra[i / BLOCK][i % BLOCK] = response[i] * (2f / SIZE);
        }
        for (float[] spectrum : spectra) {
            TRANSFORM.realForward(spectrum);
        }
        return spectra;
    }

    private static float[] blockAndTheOneBefore(float[] signal, int block) {
        float[] spectrum = new float[SIZE];
        long start = (block - 1) * (long) BLOCK;
        int from = (int) Math.max(0, start);
        int count = (int) Math.min(signal.length - (long) from, start + SIZE - from);
        if (count > 0) {
            System.arraycopy(signal, from, spectrum, (int) (from - start), count);
        }
        TRANSFORM.realForward(spectrum);
        return spectrum;
    }

    /** In the order of FloatFFT: the real parts of the first and the middle frequency, then pairs. */
    private static void addProduct(float[] sums, float[] left, float[] right) {
        sums[0] += left[0] * right[0];
        sums[1] += left[1] * right[1];
        for (int i = 2; i < SIZE; i += 2) {
            sums[i] += left[i] * right[i] - left[i + 1] * right[i + 1];
            sums[i + 1] += left[i] * right[i + 1] + left[i + 1] * right[i];
        }
    }
}
