package org.speechemotion.augment;

import be.tarsos.dsp.util.fft.FloatFFT;
import java.util.Arrays;

/**
 * Convolves by the fast Fourier transform with uniformly partitioned overlap-save (Stockham, "High-speed convolution and
 * correlation", AFIPS 1966; Gardner, "Efficient convolution without input–output delay", JAES 43, 1995). Memory grows with
 * the length of the response and not with that of the signal.
 */
final class FftConvolution {
    /** FloatFFT would start its own threads above this size. */
    private static final int SIZE = 8_192;

    private static final int BLOCK = SIZE / 2;

    /** It is thread-safe, because it holds only tables that its constructor has computed. */
    private static final FloatFFT TRANSFORM = new FloatFFT(SIZE);

    private FftConvolution() {}

    /**
     * Convolves a signal with an impulse response.
     *
     * @param signal {@code [time]}
     * @param response {@code [taps]}, at least one
     * @param direct the index of the tap that is the direct sound; it defines time zero
     * @return a new array {@code [time]}; output before the start and after the end of the signal is discarded
     */
    static float[] convolve(float[] signal, float[] response, int direct) {
        float[][] partitions = spectra(response);
        float[][] latest = new float[partitions.length][]; // ring buffer of the spectra of the latest blocks
        float[] sums = new float[SIZE];
        float[] result = new float[signal.length];
        for (int block = 0; block * (long) BLOCK - direct < signal.length; block++) {
            latest[block % latest.length] = spectrumOfTwoBlocks(signal, block);
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

    /** Scales here, because FloatFFT would use threads to scale. */
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

    private static float[] spectrumOfTwoBlocks(float[] signal, int block) {
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

    /** FloatFFT stores the real parts of the first and the middle frequency, and then pairs. */
    private static void addProduct(float[] sums, float[] left, float[] right) {
        sums[0] += left[0] * right[0];
        sums[1] += left[1] * right[1];
        for (int i = 2; i < SIZE; i += 2) {
            sums[i] += left[i] * right[i] - left[i + 1] * right[i + 1];
            sums[i + 1] += left[i] * right[i + 1] + left[i + 1] * right[i];
        }
    }
}
