package org.speechemotion.encoder;

import java.util.Arrays;

/**
 * Computes the power spectra and the autocorrelations of Hann-windowed, zero-padded frames, many at once. Two frames, which
 * are real, share a complex transform as its real and imaginary parts. The computation is in double precision because a
 * logarithm follows: single precision is visible in bands that are 50 dB below the loudest.
 */
final class PowerSpectrum {
    private final int size;
    private final double[] window;
    private final FourierTransform transform;

    /**
     * @param windowLength the frame length in samples, at least 1
     * @param size the least transform size, which is the next power of two from there, from the window length and from 4
     */
    PowerSpectrum(int windowLength, int size) {
        int least = Math.max(4, Math.max(windowLength, size));
        this.size = 2 * Integer.highestOneBit(least - 1);
        window = new double[windowLength];
        for (int i = 0; i < windowLength; i++) {
            // The window is periodic, as usual for spectra.
            window[i] = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / windowLength);
        }
        transform = new FourierTransform(this.size);
    }

    /** Returns the number of frequencies, from 0 to half the sample rate inclusive. */
    int bins() {
        return size / 2 + 1;
    }

    /** The frames that one thread transforms together, of which there are at most {@value #CAPACITY}. */
    final class Buffers {
        static final int CAPACITY = 64;

        /** The frames of even indices, {@code [size][CAPACITY / 2]}: samples, then powers or autocorrelations. */
        private final double[][] even = new double[size][CAPACITY / 2];

        private final double[][] odd = new double[size][CAPACITY / 2];

        /**
         * Computes the squared magnitudes of frames of a signal at each frequency.
         *
         * @param starts the first sample of each frame, which ends inside the signal; at most {@value #CAPACITY}
         * @param offsets the offset that is subtracted from the samples of each frame
         */
        void transform(float[] signal, int[] starts, float[] offsets) {
            for (int i = 0; i < size; i++) {
                Arrays.fill(even[i], 0);
                Arrays.fill(odd[i], 0);
                if (i < window.length) {
                    set(even[i], 0, window[i], i, signal, starts, offsets);
                    set(odd[i], 1, window[i], i, signal, starts, offsets);
                }
            }
            transform.apply(even, odd, CAPACITY / 2);
            square(even[0], odd[0]);
            square(even[size / 2], odd[size / 2]);
            for (int i = 1; i < size / 2; i++) {
                separate(even[i], odd[i], even[size - i], odd[size - i]);
            }
        }

        /** Replaces the powers by the circular autocorrelations of the frames, times the transform size. */
        void correlate() {
            // The transform of a real, even sequence is real and even, too.
            transform.apply(even, odd, CAPACITY / 2);
        }

        /** Returns the value of a frame at a frequency or a lag. */
        double get(int frame, int index) {
            return (frame % 2 == 0 ? even : odd)[index][frame / 2];
        }

        /** Returns the weighted sum of values from an index on, for each frame. */
        double[] sums(int first, double[] weights) {
            double[] ofEven = new double[CAPACITY / 2];
            double[] ofOdd = new double[CAPACITY / 2];
            for (int i = 0; i < weights.length; i++) {
                add(even[first + i], weights[i], ofEven);
                add(odd[first + i], weights[i], ofOdd);
            }
            double[] sums = new double[CAPACITY];
            for (int i = 0; i < CAPACITY / 2; i++) {
                sums[2 * i] = ofEven[i];
                sums[2 * i + 1] = ofOdd[i];
            }
            return sums;
        }
    }

    /** Sets a sample of every second frame. */
    private static void set(
            double[] row, int first, double weight, int sample, float[] signal, int[] starts, float[] offsets) {
        for (int frame = first; frame < starts.length; frame += 2) {
            row[frame >> 1] = weight * (signal[starts[frame] + sample] - offsets[frame]);
        }
    }

    private static void square(double[] even, double[] odd) {
        for (int i = 0; i < odd.length; i++) {
            even[i] *= even[i];
            odd[i] *= odd[i];
        }
    }

    /** Replaces a frequency of complex transforms, and its negative, by the powers of the two frames. */
    private static void separate(double[] real, double[] imaginary, double[] negativeReal, double[] negativeImaginary) {
        for (int i = 0; i < real.length; i++) {
            double a = real[i] + negativeReal[i];
            double b = imaginary[i] - negativeImaginary[i];
            double c = imaginary[i] + negativeImaginary[i];
            double d = real[i] - negativeReal[i];
            double even = 0.25 * (a * a + b * b);
            double odd = 0.25 * (c * c + d * d);
            real[i] = even;
            imaginary[i] = odd;
            negativeReal[i] = even;
            negativeImaginary[i] = odd;
        }
    }

    private static void add(double[] values, double weight, double[] sums) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += weight * values[i];
        }
    }
}
