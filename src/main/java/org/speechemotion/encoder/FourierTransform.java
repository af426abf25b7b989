package org.speechemotion.encoder;

/**
 * Computes the discrete Fourier transforms of many complex signals at once, in place (Cooley and Tukey 1965, radix 4 with
 * decimation in frequency). A row holds one sample of all signals, so every loop runs over signals at one step of the
 * transform, and the JIT vectorises it. It does so only if a loop is short: a butterfly is therefore three of them.
 */
final class FourierTransform {
    private final int size;
    private final double[] cosines;
    private final double[] sines;
    /** The row in which each frequency is found after the last pass. */
    private final int[] rows;

    /** @param size the number of samples of a signal, a power of two */
    FourierTransform(int size) {
        this.size = size;
        cosines = new double[size];
        sines = new double[size];
        for (int i = 0; i < size; i++) {
            cosines[i] = Math.cos(2 * Math.PI * i / size);
            sines[i] = -Math.sin(2 * Math.PI * i / size);
        }
        rows = new int[size];
        order(0, size, 0, 1);
    }

    /**
     * Replaces signals by their transforms.
     *
     * @param real the real parts, {@code [size][signals]}; the order of its rows changes
     * @param imaginary the imaginary parts
     * @param signals the number of signals that are transformed
     */
    void apply(double[][] real, double[][] imaginary, int signals) {
        pass(real, imaginary, 0, size, signals);
        reorder(real);
        reorder(imaginary);
    }

    private void order(int row, int length, int frequency, int step) {
        if (length == 1) {
            rows[frequency] = row;
            return;
        }
        int radix = length == 2 ? 2 : 4;
        for (int i = 0; i < radix; i++) {
            order(row + i * length / radix, length / radix, frequency + i * step, step * radix);
        }
    }

    private void reorder(double[][] signals) {
        double[][] before = signals.clone();
        for (int i = 0; i < size; i++) {
            signals[i] = before[rows[i]];
        }
    }

    /** Transforms some successive rows: first all of them, then each quarter, which is then in the cache. */
    private void pass(double[][] real, double[][] imaginary, int row, int length, int signals) {
        if (length == 2) {
            addAndSubtract(real[row], real[row + 1], signals);
            addAndSubtract(imaginary[row], imaginary[row + 1], signals);
        }
        if (length < 4) {
            return;
        }
        int quarter = length / 4;
        for (int i = 0; i < quarter; i++) {
            int angle = i * (size / length);
            double[] real1 = real[row + quarter + i];
            double[] real2 = real[row + 2 * quarter + i];
            double[] real3 = real[row + 3 * quarter + i];
            double[] imaginary1 = imaginary[row + quarter + i];
            double[] imaginary2 = imaginary[row + 2 * quarter + i];
            double[] imaginary3 = imaginary[row + 3 * quarter + i];
            addAndSubtract(real[row + i], real1, real2, real3, signals);
            addAndSubtract(imaginary[row + i], imaginary1, imaginary2, imaginary3, signals);
            turnOdd(
                    real1,
                    imaginary1,
                    cosines[angle],
                    sines[angle],
                    real3,
                    imaginary3,
                    cosines[3 * angle],
                    sines[3 * angle],
                    signals);
            turn(real2, imaginary2, cosines[2 * angle], sines[2 * angle], signals);
        }
        for (int i = 0; i < 4; i++) {
            pass(real, imaginary, row + i * quarter, quarter, signals);
        }
    }

    private static void addAndSubtract(double[] first, double[] second, int signals) {
        for (int i = 0; i < signals; i++) {
            double a = first[i];
            double b = second[i];
            first[i] = a + b;
            second[i] = a - b;
        }
    }

    private static void addAndSubtract(double[] first, double[] second, double[] third, double[] fourth, int signals) {
        for (int i = 0; i < signals; i++) {
            double even = first[i] + third[i];
            double evenDifference = first[i] - third[i];
            double odd = second[i] + fourth[i];
            double oddDifference = second[i] - fourth[i];
            first[i] = even + odd;
            second[i] = evenDifference;
            third[i] = even - odd;
            fourth[i] = oddDifference;
        }
    }

    /** Joins the differences of the even and the odd samples, and turns both results. */
    private static void turnOdd(
            double[] real1,
            double[] imaginary1,
            double cosine1,
            double sine1,
            double[] real3,
            double[] imaginary3,
            double cosine3,
            double sine3,
            int signals) {
        for (int i = 0; i < signals; i++) {
            double a = real1[i] + imaginary3[i];
            double b = imaginary1[i] - real3[i];
            double c = real1[i] - imaginary3[i];
            double d = imaginary1[i] + real3[i];
            real1[i] = a * cosine1 - b * sine1;
            imaginary1[i] = a * sine1 + b * cosine1;
            real3[i] = c * cosine3 - d * sine3;
            imaginary3[i] = c * sine3 + d * cosine3;
        }
    }

    private static void turn(double[] real, double[] imaginary, double cosine, double sine, int signals) {
        for (int i = 0; i < signals; i++) {
            double a = real[i];
            double b = imaginary[i];
            real[i] = a * cosine - b * sine;
            imaginary[i] = a * sine + b * cosine;
        }
    }
}
