package org.speechemotion.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The errors of turns that were found, compared with the true ones, as NIST's md-eval counts them (<em>The 2009 Rich Transcription
 * Meeting Recognition Evaluation Plan</em>). Names of speakers mean nothing: they are mapped so that the common time is the longest.
 * If several speak at once, each of them counts.
 *
 * @param total the true time of all speakers, in s
 * @param missed the time of speakers where fewer were found, in s
 * @param falseAlarm the time of found speakers where fewer speak, in s
 * @param confused the time in which a speaker was taken for another, in s
 */
public record DiarizationError(double total, double missed, double falseAlarm, double confused) {
    /** The collar of NIST's evaluations, in s. */
    public static final double COLLAR = 0.25;

    /**
     * A turn.
     *
     * @param start the time of its beginning in s
     * @param end the time of its end in s
     */
    public record Turn(String speaker, double start, double end) {}

    /** A time without a change, and the numbers of the true and of the found speakers. */
    private record Span(double seconds, List<Integer> truth, List<Integer> found) {}

    /**
     * Compares turns.
     *
     * @param collar the time before and after the beginnings and ends of true turns that does not count, in s
     */
    public static DiarizationError of(List<Turn> truth, List<Turn> found, double collar) {
        List<String> speakers = names(truth);
        List<String> clusters = names(found);
        List<Span> spans = spans(truth, found, collar, speakers, clusters);
        int size = Math.max(speakers.size(), clusters.size());
        double[][] common = new double[size][size];
        for (Span span : spans) {
            for (int speaker : span.truth) {
                for (int cluster : span.found) {
                    common[speaker][cluster] += span.seconds;
                }
            }
        }
        int[] clusterOf = assignment(common);
        double total = 0;
        double missed = 0;
        double falseAlarm = 0;
        double confused = 0;
        for (Span span : spans) {
            int speaking = span.truth.size();
            int heard = span.found.size();
            long correct = span.truth.stream()
                    .filter(speaker -> span.found.contains(clusterOf[speaker]))
                    .count();
            total += span.seconds * speaking;
            missed += span.seconds * Math.max(0, speaking - heard);
            falseAlarm += span.seconds * Math.max(0, heard - speaking);
            confused += span.seconds * (Math.min(speaking, heard) - correct);
        }
        return new DiarizationError(total, missed, falseAlarm, confused);
    }

    /** Returns the errors of several recordings together. */
    public DiarizationError plus(DiarizationError other) {
        return new DiarizationError(
                total + other.total, missed + other.missed, falseAlarm + other.falseAlarm, confused + other.confused);
    }

    /** Returns the diarisation error rate: all errors, divided by the true time; NaN without speech. */
    public double rate() {
        return total == 0 ? Double.NaN : (missed + falseAlarm + confused) / total;
    }

    private static List<String> names(List<Turn> turns) {
        return turns.stream().map(Turn::speaker).distinct().toList();
    }

    private static List<Span> spans(
            List<Turn> truth, List<Turn> found, double collar, List<String> speakers, List<String> clusters) {
        double[] edges = truth.stream()
                .flatMap(turn -> Stream.of(turn.start, turn.end))
                .mapToDouble(edge -> edge)
                .toArray();
        double[] times = Stream.concat(
                        Arrays.stream(edges).boxed().flatMap(edge -> Stream.of(edge - collar, edge, edge + collar)),
                        found.stream().flatMap(turn -> Stream.of(turn.start, turn.end)))
                .mapToDouble(time -> time)
                .sorted()
                .distinct()
                .toArray();
        List<Span> spans = new ArrayList<>();
        for (int i = 1; i < times.length; i++) {
            double middle = (times[i - 1] + times[i]) / 2;
            if (Arrays.stream(edges).noneMatch(edge -> Math.abs(middle - edge) < collar)) {
                spans.add(new Span(
                        times[i] - times[i - 1],
                        at(middle, truth, turn -> speakers.indexOf(turn.speaker)),
                        at(middle, found, turn -> clusters.indexOf(turn.speaker))));
            }
        }
        return spans;
    }

    private static List<Integer> at(double time, List<Turn> turns, Function<Turn, Integer> number) {
        return turns.stream()
                .filter(turn -> turn.start <= time && time < turn.end)
                .map(number)
                .distinct()
                .toList();
    }

    /**
     * Assigns each row a column of its own so that the sum of the values is the largest, by the Hungarian method with potentials in
     * cubic time (Kuhn 1955; Jonker and Volgenant 1987).
     */
    static int[] assignment(double[][] values) {
        int n = values.length;
        double[] rowPotential = new double[n + 1];
        double[] columnPotential = new double[n + 1];
        int[] rowOf = new int[n + 1]; // of each column, from 1; 0 for none
        int[] previous = new int[n + 1];
        for (int row = 1; row <= n; row++) {
            double[] min = new double[n + 1];
            Arrays.fill(min, Double.POSITIVE_INFINITY);
            boolean[] used = new boolean[n + 1];
            rowOf[0] = row;
            int column = 0;
            while (rowOf[column] != 0) {
                used[column] = true;
                int current = rowOf[column];
                double delta = Double.POSITIVE_INFINITY;
                int next = 0;
                for (int j = 1; j <= n; j++) {
                    if (!used[j]) {
                        double reduced = -values[current - 1][j - 1] - rowPotential[current] - columnPotential[j];
                        if (reduced < min[j]) {
                            min[j] = reduced;
                            previous[j] = column;
                        }
                        if (min[j] < delta) {
                            delta = min[j];
                            next = j;
                        }
                    }
                }
                for (int j = 0; j <= n; j++) {
                    if (used[j]) {
                        rowPotential[rowOf[j]] += delta;
                        columnPotential[j] -= delta;
                    } else {
                        min[j] -= delta;
                    }
                }
                column = next;
            }
            while (column != 0) {
                rowOf[column] = rowOf[previous[column]];
                column = previous[column];
            }
        }
        int[] columnOf = new int[n];
        for (int j = 1; j <= n; j++) {
            columnOf[rowOf[j] - 1] = j - 1;
        }
        return columnOf;
    }
}
