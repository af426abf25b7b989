package org.speechemotion.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.learning.config.Adam;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.encoder.Frames;
import org.speechemotion.metrics.Calibrator;
import org.speechemotion.model.NetworkSettings.ContextSettings;
import org.speechemotion.random.KeyedRandom;

/** The smallest network with all of its parts, and clips for it: the one that {@code model/README.md} describes. */
public final class TinyNetwork {
    public static final int FRAME_WIDTH = 3;
    public static final int TIME_MULTIPLE = 2;

    private TinyNetwork() {}

    static NetworkSettings settings(boolean normalization) {
        return NetworkSettings.of(new ContextSettings(4, List.of(5, 3), List.of(2, 1)), 5)
                .withPooling(true, normalization);
    }

    public static ComputationGraph graph(boolean normalization, long seed) {
        ComputationGraph graph = new ComputationGraph(
                EmotionNetwork.configuration(settings(normalization), FRAME_WIDTH, new Adam(0.01), seed));
        graph.init();
        return graph;
    }

    public static Frames clip(int time, long seed) {
        KeyedRandom random = new KeyedRandom(seed);
        float[] values = new float[time * FRAME_WIDTH];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return new Frames(values, time, FRAME_WIDTH);
    }

    /** Returns a manifest as a run drafts it, without the bundle's own files and id. */
    public static BundleManifest draft(Map<String, Object> metrics) {
        return draft(metrics, 1.5);
    }

    static BundleManifest draft(Map<String, Object> metrics, double temperature) {
        return draft(metrics, temperature, EmotionSet.EIGHT);
    }

    static BundleManifest draft(Map<String, Object> metrics, EmotionSet emotions) {
        return draft(metrics, 1.5, emotions);
    }

    private static BundleManifest draft(Map<String, Object> metrics, double temperature, EmotionSet emotions) {
        return new BundleManifestBuilder("tiny", "00ff", 16_000, emotions, TIME_MULTIPLE)
                .created(Instant.EPOCH.toString())
                .calibrator(Calibrator.of(temperature))
                .settings("network { hidden-width = 5 }")
                .split(Map.of("ravdess:01", "train", "ravdess:02", "test"))
                .clips(Map.of("ravdess", Map.of("train", 60L, "test", 60L)))
                .metrics(metrics)
                .build();
    }
}
