package org.speechemotion.scoring;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.speechemotion.metrics.Probabilities;

/**
 * Compares the scores of the same recordings by two ways of computing them: whole recordings, and all their segments of speech.
 * It is not thread-safe.
 */
public final class ScoreComparison {
    /** The share of equal labels from which a way replaces the other. */
    public static final double MIN_EQUAL_SHARE = 0.995;
    /** The greatest difference of a probability up to which a way replaces the other. */
    public static final double MAX_DIFFERENCE = 0.03;

    private final Part recordings = new Part();
    private final Part segments = new Part();

    /** The pairs of one kind. */
    private static final class Part {
        private long pairs;
        private long equal;
        private double max;
        private String where = "";

        void add(Probabilities first, Probabilities second, String name) {
            pairs++;
            equal += first.label() == second.label() ? 1 : 0;
            for (int label = 0; label < first.values().length; label++) {
                double difference = Math.abs((double) first.of(label) - second.of(label));
                if (difference > max) {
                    max = difference;
                    where = name;
                }
            }
        }

        double equalShare() {
            return pairs == 0 ? 1 : (double) equal / pairs;
        }
    }

    /**
     * Adds a recording.
     *
     * @param name the name of the recording, for the report
     * @throws IllegalArgumentException if the two have other segments, so that they are not of one recording
     */
    public void add(String name, ScoredRecording first, ScoredRecording second) {
        add(recordings, name, first.summary().probabilities(), second.summary().probabilities());
        for (int channel = 0; channel < first.channels().size(); channel++) {
            List<Segment> ours = first.channels().get(channel).segments();
            List<Segment> others = second.channels().get(channel).segments();
            if (ours.size() != others.size()) {
                throw new IllegalArgumentException(
                        name + " has " + ours.size() + " segments in one way and " + others.size() + " in the other");
            }
            for (int i = 0; i < ours.size(); i++) {
                add(
                        segments,
                        String.format(
                                Locale.ROOT, "%s at %.2f s", name, ours.get(i).startSeconds()),
                        ours.get(i).probabilities(),
                        others.get(i).probabilities());
            }
        }
    }

    private static void add(Part part, String name, Optional<Probabilities> first, Optional<Probabilities> second) {
        if (first.isPresent() && second.isPresent()) {
            part.add(first.get(), second.get(), name);
        }
    }

    /** Returns the number of recordings with speech. */
    public long recordings() {
        return recordings.pairs;
    }

    /** Returns the share of segments with equal labels, 0 to 1. */
    public double equalShare() {
        return segments.equalShare();
    }

    /** Returns the greatest difference of a probability of a recording or of a segment. */
    public double greatestDifference() {
        return Math.max(recordings.max, segments.max);
    }

    /** Returns whether at least {@link #MIN_EQUAL_SHARE} of the labels are equal and no probability differs by more than {@link #MAX_DIFFERENCE}. */
    public boolean isClose() {
        return recordings.pairs > 0
                && Math.min(recordings.equalShare(), segments.equalShare()) >= MIN_EQUAL_SHARE
                && greatestDifference() <= MAX_DIFFERENCE;
    }

    /** Describes the comparison for people. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(line("recordings", recordings));
        lines.add(line("segments", segments));
        return lines;
    }

    private static String line(String kind, Part part) {
        return String.format(
                Locale.ROOT,
                "%-10s  %6d  equal labels %6.2f %%  greatest difference of a probability %.4f%s",
                kind,
                part.pairs,
                100 * part.equalShare(),
                part.max,
                part.where.isEmpty() ? "" : " in " + part.where);
    }
}
