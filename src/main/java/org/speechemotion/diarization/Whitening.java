package org.speechemotion.diarization;

import java.util.List;

/**
 * Scales vectors so that differences within one voice are equally large in all directions. The two halves of a piece of speech by one
 * speaker differ by their sounds and not by the voice; dividing by the covariance of these differences leaves the voices (within-class
 * covariance normalisation, Hatch, Kajarekar and Stolcke 2006, without labels).
 */
final class Whitening {
    /** The variances are added to themselves with this weight, because few pieces estimate a covariance badly. */
    private static final double RIDGE = 1;

    private static final double MIN_VARIANCE = 1e-6;

    private final double[][] factor;

    /** @param differences the differences between the halves of each piece, {@code [piece][dimension]}, at least one */
    Whitening(List<double[]> differences) {
        int width = differences.get(0).length;
        factor = new double[width][width];
        for (int i = 0; i < width; i++) {
            for (int j = 0; j <= i; j++) {
                double rest = 0;
                for (double[] difference : differences) {
                    rest += difference[i] * difference[j] / differences.size();
                }
                if (i == j) {
                    rest += RIDGE * rest + MIN_VARIANCE;
                }
                for (int k = 0; k < j; k++) {
                    rest -= factor[i][k] * factor[j][k];
                }
                factor[i][j] = i == j ? Math.sqrt(rest) : rest / factor[j][j];
            }
        }
    }

    /** Returns a vector in the scaled space. */
    double[] of(double[] vector) {
        double[] white = new double[vector.length];
        for (int i = 0; i < vector.length; i++) {
            double rest = vector[i];
            for (int k = 0; k < i; k++) {
                rest -= factor[i][k] * white[k];
            }
            white[i] = rest / factor[i][i];
        }
        return white;
    }
}
