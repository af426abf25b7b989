package org.speechemotion.encoder;

/**
 * Computes the power spectrum of a Hann-windowed frame.
 *
 * <p>The frame is zero-padded to a power of two. A complex transform of half that size takes the even samples as real and
 * the odd ones as imaginary parts (Sorensen et al., "Real-valued fast Fourier transform algorithms", 1987). It is the
 * Stockham transform, which needs no bit reversal and has a contiguous inner loop. The computation is in double precision
 * because a logarithm follows: single precision is visible in bands that are 50 dB below the loudest.
 */
final class PowerSpectrum {

    private final int half;
    private final double[] window;
    private final double[] cosines;
    private final double[] sines;

    /** @param windowLength the frame length in samples, at least 1; the transform size is the next power of two from 4 */
    PowerSpectrum(int windowLength) {
        half = Math.max(2, Integer.highestOneBit(Math.max(1, windowLength - 1)));
        window = new double[windowLength];
        for (int i = 0; i < windowLength; i++) {
            // The window is periodic, as usual for spectra.
            window[i] = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / windowLength);
        }
        cosines = new double[2 * half];
        sines = new double[2 * half];
        for (int i = 0; i < 2 * half; i++) {
            cosines[i] = Math.cos(Math.PI * i / half);
            sines[i] = Math.sin(Math.PI * i / half);
        }
    }

    /** Returns the number of frequencies, from 0 to half the sample rate inclusive. */
    int bins() {
        return half + 1;
    }

    /** The scratch space of one thread. */
    final class Buffers {
        private double[] real = new double[half];
        private double[] imaginary = new double[half];
        private double[] nextReal = new double[half];
        private double[] nextImaginary = new double[half];

        /** The squared magnitudes {@code [bins]} of the latest {@link #transform}. */
        final double[] power = new double[half + 1];

        /** Computes {@link #power} of the frame that starts at a sample; the signal is zero beyond its end. */
        void transform(float[] signal, int start) {
            pack(signal, start);
            int stride = 1;
            for (; stride <= half / 4; stride *= 4) {
                radix4Pass(stride, real, imaginary, nextReal, nextImaginary);
                swap();
            }
            if (stride < half) {
                lastRadix2Pass(real, imaginary, nextReal, nextImaginary);
                swap();
            }
            power[0] = square(real[0] + imaginary[0]);
            power[half] = square(real[0] - imaginary[0]);
            for (int k = 1; k < half; k++) {
                double evenReal = 0.5 * (real[k] + real[half - k]);
                double evenImaginary = 0.5 * (imaginary[k] - imaginary[half - k]);
                double oddReal = 0.5 * (imaginary[k] + imaginary[half - k]);
                double oddImaginary = 0.5 * (real[half - k] - real[k]);
                power[k] = square(evenReal + cosines[k] * oddReal + sines[k] * oddImaginary)
                        + square(evenImaginary + cosines[k] * oddImaginary - sines[k] * oddReal);
            }
        }

        private void pack(float[] signal, int start) {
            int length = Math.min(window.length, signal.length - start);
            for (int i = 0; i < half; i++) {
                int even = 2 * i;
                int odd = even + 1;
                real[i] = even < length ? window[even] * signal[start + even] : 0;
                imaginary[i] = odd < length ? window[odd] * signal[start + odd] : 0;
            }
        }

        private void swap() {
            double[] oldReal = real;
            double[] oldImaginary = imaginary;
            real = nextReal;
            imaginary = nextImaginary;
            nextReal = oldReal;
            nextImaginary = oldImaginary;
        }
    }

    /** Runs one radix-4 pass with butterflies of {@code stride} elements. */
    private void radix4Pass(int stride, double[] real, double[] imaginary, double[] toReal, double[] toImaginary) {
        int quarter = half / 4;
        for (int group = 0; group < quarter; group += stride) {
            double cosine1 = cosines[2 * group];
            double sine1 = sines[2 * group];
            double cosine2 = cosines[4 * group];
            double sine2 = sines[4 * group];
            double cosine3 = cosines[6 * group];
            double sine3 = sines[6 * group];
            for (int i = 0; i < stride; i++) {
                int from = group + i;
                int to = 4 * group + i;
                double sumReal = real[from] + real[from + 2 * quarter];
                double sumImaginary = imaginary[from] + imaginary[from + 2 * quarter];
                double differenceReal = real[from] - real[from + 2 * quarter];
                double differenceImaginary = imaginary[from] - imaginary[from + 2 * quarter];
                double oddSumReal = real[from + quarter] + real[from + 3 * quarter];
                double oddSumImaginary = imaginary[from + quarter] + imaginary[from + 3 * quarter];
                double oddDifferenceReal = real[from + quarter] - real[from + 3 * quarter];
                double oddDifferenceImaginary = imaginary[from + quarter] - imaginary[from + 3 * quarter];
                toReal[to] = sumReal + oddSumReal;
                toImaginary[to] = sumImaginary + oddSumImaginary;
                double real1 = differenceReal + oddDifferenceImaginary;
                double imaginary1 = differenceImaginary - oddDifferenceReal;
                toReal[to + stride] = real1 * cosine1 + imaginary1 * sine1;
                toImaginary[to + stride] = imaginary1 * cosine1 - real1 * sine1;
                double real2 = sumReal - oddSumReal;
                double imaginary2 = sumImaginary - oddSumImaginary;
                toReal[to + 2 * stride] = real2 * cosine2 + imaginary2 * sine2;
                toImaginary[to + 2 * stride] = imaginary2 * cosine2 - real2 * sine2;
                double real3 = differenceReal - oddDifferenceImaginary;
                double imaginary3 = differenceImaginary + oddDifferenceReal;
                toReal[to + 3 * stride] = real3 * cosine3 + imaginary3 * sine3;
                toImaginary[to + 3 * stride] = imaginary3 * cosine3 - real3 * sine3;
            }
        }
    }

    /** Runs the remaining radix-2 pass if half the size is not a power of four; its twiddle factors are all 1. */
    private void lastRadix2Pass(double[] real, double[] imaginary, double[] toReal, double[] toImaginary) {
        int stride = half / 2;
        for (int i = 0; i < stride; i++) {
            toReal[i] = real[i] + real[i + stride];
            toImaginary[i] = imaginary[i] + imaginary[i + stride];
            toReal[i + stride] = real[i] - real[i + stride];
            toImaginary[i + stride] = imaginary[i] - imaginary[i + stride];
        }
    }

    private static double square(double x) {
        return x * x;
    }
}
