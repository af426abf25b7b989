package org.speechemotion.diarization;

import java.util.ArrayList;
import java.util.List;

/**
 * Merges vectors until a number of clusters is left, each time the two clusters whose vectors have the largest mean cosine (average
 * linkage, Sokal and Michener 1958). The sum of a cluster's vectors of length 1 is all that the mean needs.
 */
final class SpeakerClusters {
    private SpeakerClusters() {}

    private static final class Cluster {
        private final double[] sum;
        private final List<Integer> members;
        /** The cluster after this one that is most similar. */
        private Cluster nearest;

        private double similarity;

        Cluster(double[] sum, List<Integer> members) {
            this.sum = sum;
            this.members = members;
        }

        Cluster merged(Cluster other) {
            List<Integer> all = new ArrayList<>(members);
            all.addAll(other.members);
            double[] both = new double[sum.length];
            for (int i = 0; i < both.length; i++) {
                both[i] = sum[i] + other.sum[i];
            }
            return new Cluster(both, all);
        }

        double similarity(Cluster other) {
            double product = 0;
            for (int i = 0; i < sum.length; i++) {
                product += sum[i] * other.sum[i];
            }
            return product / members.size() / other.members.size();
        }
    }

    /**
     * Clusters vectors.
     *
     * @param vectors {@code [vector][dimension]}
     * @param count the number of clusters, from 1
     * @return the cluster of each vector, counted from 0 in the order of their first vectors
     */
    static int[] of(double[][] vectors, int count) {
        List<Cluster> clusters = new ArrayList<>();
        for (int i = 0; i < vectors.length; i++) {
            clusters.add(new Cluster(unit(vectors[i]), List.of(i)));
        }
        for (int i = 0; i < clusters.size(); i++) {
            findNearest(clusters, i);
        }
        while (clusters.size() > count) {
            int first = 0;
            for (int i = 1; i < clusters.size() - 1; i++) {
                first = clusters.get(i).similarity > clusters.get(first).similarity ? i : first;
            }
            merge(clusters, first);
        }
        int[] numbers = new int[vectors.length];
        for (int i = 0; i < clusters.size(); i++) {
            for (int member : clusters.get(i).members) {
                numbers[member] = i;
            }
        }
        return numbers;
    }

    /** Returns the vector with length 1; a vector of zeros stays as it is. */
    private static double[] unit(double[] vector) {
        double squares = 0;
        for (double value : vector) {
            squares += value * value;
        }
        double[] unit = new double[vector.length];
        for (int i = 0; squares > 0 && i < unit.length; i++) {
            unit[i] = vector[i] / Math.sqrt(squares);
        }
        return unit;
    }

    /** Merges a cluster with its nearest one. The union takes its place, so that the order is that of the first vectors. */
    private static void merge(List<Cluster> clusters, int first) {
        Cluster one = clusters.get(first);
        Cluster other = one.nearest;
        Cluster union = one.merged(other);
        clusters.set(first, union);
        clusters.remove(other);
        for (int i = 0; i < clusters.size(); i++) {
            Cluster cluster = clusters.get(i);
            if (cluster == union || cluster.nearest == one || cluster.nearest == other) {
                findNearest(clusters, i);
            } else if (i < first) {
                consider(cluster, union);
            }
        }
    }

    private static void findNearest(List<Cluster> clusters, int i) {
        Cluster cluster = clusters.get(i);
        cluster.nearest = null;
        cluster.similarity = Double.NEGATIVE_INFINITY;
        clusters.subList(i + 1, clusters.size()).forEach(other -> consider(cluster, other));
    }

    private static void consider(Cluster cluster, Cluster other) {
        double similarity = cluster.similarity(other);
        if (cluster.nearest == null || similarity > cluster.similarity) {
            cluster.similarity = similarity;
            cluster.nearest = other;
        }
    }
}
