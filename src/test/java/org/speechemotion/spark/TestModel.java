package org.speechemotion.spark;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.learning.config.Sgd;
import org.speechemotion.audio.AudioSettings;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.encoder.Encoder;
import org.speechemotion.encoder.EncoderSettings;
import org.speechemotion.encoder.Encoders;
import org.speechemotion.encoder.LogMelSettings;
import org.speechemotion.metrics.Calibrator;
import org.speechemotion.model.BundleManifestBuilder;
import org.speechemotion.model.EmotionNetwork;
import org.speechemotion.model.ModelBundle;
import org.speechemotion.model.NetworkSettings;
import org.speechemotion.spark.clips.ClipPipeline;

/** A small untrained network that distinguishes clips. */
public final class TestModel {
    public static final AudioSettings AUDIO = AudioSettings.defaults();
    public static final EncoderSettings ENCODER = EncoderSettings.of("log-mel", 16_000, LogMelSettings.defaults());

    private static final NetworkSettings NETWORK = NetworkSettings.of(
                    new NetworkSettings.ContextSettings(16, List.of(5, 5), List.of(2, 2)), 16)
            .withDropout(0.1);

    private TestModel() {}

    public static ModelBundle bundle() {
        return bundle(7);
    }

    public static ModelBundle bundle(long seed) {
        return bundle(seed, "");
    }

    /** Returns a model with the settings of a run, from which a command opens the encoder. */
    public static ModelBundle bundle(long seed, String settings) {
        return bundle(ENCODER, seed, settings);
    }

    /** Returns a model with another encoder and the settings from which a command opens it. */
    public static ModelBundle bundle(EncoderSettings settings, long seed, String runSettings) {
        try (Encoder encoder = Encoders.open(settings)) {
            ComputationGraph graph =
                    new ComputationGraph(EmotionNetwork.configuration(NETWORK, encoder.width(), new Sgd(0.1), seed));
            graph.init();
            return ModelBundle.of(
                    graph,
                    new BundleManifestBuilder(
                                    encoder, EmotionSet.EIGHT, NETWORK.context().totalStride())
                            .created("2026-01-01T00:00:00Z")
                            .encoderPath(settings.pretrained().path())
                            .calibrator(Calibrator.of(1.5))
                            .settings(runSettings)
                            .build());
        }
    }

    public static ClipPipeline pipeline(Configuration hadoop) {
        return new ClipPipeline(AUDIO, ENCODER, hadoop);
    }
}
