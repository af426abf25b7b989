package org.speechemotion.jobs;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** The groups of keys that several commands read. */
final class KeyGroups {
    /** The keys of a trained model and its encoder. */
    static final List<String> MODEL = List.of(
            "model", "encoder.path", "encoder.engine", "encoder.precision", "encoder.provider", "encoder.threads");

    /** The keys of recordings that are decoded and cut into windows. */
    static final List<String> RECORDINGS = List.of(
            "score.window-seconds",
            "score.hop-seconds",
            "score.smoothing-seconds",
            "score.silence-decibels",
            "score.channels",
            "score.maximum-seconds",
            "score.maximum-bytes",
            "audio.minimum-seconds",
            "audio.ffmpeg");

    /** The keys of labelled clips that a model on the executors of a cluster predicts. */
    static final List<String> LABELLED_CLIPS = List.of(
            "catalog",
            "corpora",
            "split.allow-similar-speakers",
            "audio",
            "encoder.distribute",
            "training.batch-size",
            "training.cache-megabytes");

    private KeyGroups() {}

    /** Returns a group with more keys. */
    static List<String> and(Collection<String> group, String... keys) {
        return and(group, List.of(), keys);
    }

    /** Returns two groups with more keys. */
    static List<String> and(Collection<String> first, Collection<String> second, String... keys) {
        return Stream.of(first, second, List.of(keys))
                .flatMap(Collection::stream)
                .toList();
    }
}
