package org.speechemotion.report;

import java.util.List;

/** The principal components of vectors (Pearson 1901), computed by power iteration. The result is deterministic. */
final class PrincipalComponents {
    private static final int MAX_ITERATIONS = 1000;
    private static final double TOLERANCE = 1e-14;

    private final double[][] coordinates;
    private final double[] explained;

    private PrincipalComponents(double[][] coordinates, double[] explained) {
        this.coordinates = coordinates;
        this.explained = explained;
    }

    /**
     * Computes principal components.
     *
     * @param vectors the vectors {@code [vectors][width]}, all of one width
     * @param count the number of components; those beyond the rank of the vectors are 0
     */
    static PrincipalComponents of(List<float[]> vectors, int count) {
        double[][] rest = centred(vectors);
        double total = energy(rest);
        double[][] coordinates = new double[rest.length][count];
        double[] explained = new double[count];
        for (int component = 0; component < count; component++) {
            double before = energy(rest);
            if (before <= 1e-12 * total || total == 0) {
                break;
            }
            double[] direction = direction(rest);
            for (int i = 0; i < rest.length; i++) {
                double position = dot(rest[i], direction);
                coordinates[i][component] = position;
                for (int j = 0; j < direction.length; j++) {
                    rest[i][j] -= position * direction[j];
                }
            }
            explained[component] = (before - energy(rest)) / total;
        }
        return new PrincipalComponents(coordinates, explained);
    }

    /** Returns the coordinate of a vector along a component. */
    double coordinate(int vector, int component) {
        return coordinates[vector][component];
    }

    /** Returns the share of the variance that a component explains, 0 to 1. */
    double explained(int component) {
        return explained[component];
    }

    private static double[][] centred(List<float[]> vectors) {
        int width = vectors.isEmpty() ? 0 : vectors.get(0).length;
        double[] mean = new double[width];
        for (float[] vector : vectors) {
            for (int j = 0; j < width; j++) {
                mean[j] += (double) vector[j] / vectors.size();
            }
        }
        double[][] centred = new double[vectors.size()][width];
        for (int i = 0; i < centred.length; i++) {
            for (int j = 0; j < width; j++) {
                centred[i][j] = vectors.get(i)[j] - mean[j];
            }
        }
        return centred;
    }

    /**
     * Finds a component by power iteration from the longest vector. Its sign makes the value of the greatest magnitude
     * positive.
     */
    private static double[] direction(double[][] vectors) {
        double[] direction = normalized(longest(vectors).clone());
        for (int iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
            double[] next = new double[direction.length];
            for (double[] vector : vectors) {
                double weight = dot(vector, direction);
                for (int j = 0; j < next.length; j++) {
                    next[j] += weight * vector[j];
                }
            }
            normalized(next);
            double change = 1 - dot(next, direction);
            direction = next;
            if (change < TOLERANCE) {
                break;
            }
        }
        int max = 0;
        for (int j = 1; j < direction.length; j++) {
            max = Math.abs(direction[j]) > Math.abs(direction[max]) ? j : max;
        }
        if (direction[max] < 0) {
            for (int j = 0; j < direction.length; j++) {
                direction[j] = -direction[j];
            }
        }
        return direction;
    }

    private static double[] longest(double[][] vectors) {
        double[] longest = vectors[0];
        for (double[] vector : vectors) {
            longest = dot(vector, vector) > dot(longest, longest) ? vector : longest;
        }
        return longest;
    }

    private static double[] normalized(double[] vector) {
        double length = Math.sqrt(dot(vector, vector));
        for (int j = 0; j < vector.length; j++) {
            vector[j] /= length;
        }
        return vector;
    }

    private static double energy(double[][] vectors) {
        double sum = 0;
        for (double[] vector : vectors) {
            sum += dot(vector, vector);
        }
        return sum;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            sum += a[j] * b[j];
        }
        return sum;
    }
}
