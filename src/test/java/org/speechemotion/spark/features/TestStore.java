package org.speechemotion.spark.features;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.speechemotion.audio.AudioSettings;
import org.speechemotion.augment.AugmentationChain;
import org.speechemotion.augment.AugmentationChain.Step;
import org.speechemotion.augment.Gain;
import org.speechemotion.encoder.Encoder;
import org.speechemotion.encoder.EncoderSettings;
import org.speechemotion.encoder.Encoders;
import org.speechemotion.encoder.LogMelSettings;
import org.speechemotion.encoder.Normalization;
import org.speechemotion.features.FeatureSettings;
import org.speechemotion.features.StoreDescription;
import org.speechemotion.features.ValueType;
import org.speechemotion.spark.clips.ClipPipeline;
import org.speechemotion.spark.clips.FrameSource;
import org.speechemotion.spark.clips.OnTheFlyFrames;
import org.speechemotion.spark.clips.SoundListing;
import org.speechemotion.train.Example;

/** A store of log-mel frames and two views, in single precision, unless something else is asked for. */
final class TestStore {
    static final long SEED = 5;

    final Path folder;
    private final SparkSession session;
    private final String path;
    private final EncoderSettings encoder;
    private final AugmentationChain chain;
    private final FeatureSettings settings;

    TestStore(SparkSession session, Path folder) {
        this(
                session,
                folder,
                folder.toString(),
                EncoderSettings.of("log-mel", 16_000, raw()),
                gain(6, 11),
                settings(2, ValueType.FP32));
    }

    private TestStore(
            SparkSession session,
            Path folder,
            String path,
            EncoderSettings encoder,
            AugmentationChain chain,
            FeatureSettings settings) {
        this.session = session;
        this.folder = folder;
        this.path = path;
        this.encoder = encoder;
        this.chain = chain;
        this.settings = settings;
    }

    /** Describes a store without views whose frames no encoder has made. */
    static StoreDescription described(int width, ValueType values) {
        return new StoreDescription(StoreDescription.FORMAT_VERSION, "made", "-", 16_000, width, values, 0, "", "");
    }

    TestStore at(String other) {
        return new TestStore(session, folder, other, encoder, chain, settings);
    }

    TestStore with(int views) {
        return new TestStore(session, folder, path, encoder, chain, settings(views, settings.values()));
    }

    TestStore with(ValueType values) {
        return new TestStore(session, folder, path, encoder, chain, settings(settings.views(), values));
    }

    TestStore with(AugmentationChain other) {
        return new TestStore(session, folder, path, encoder, other, settings);
    }

    TestStore with(EncoderSettings other) {
        return new TestStore(session, folder, path, other, chain, settings);
    }

    FeatureBuild.Summary build(List<Example> clean, List<Example> training) throws IOException {
        try (Encoder opened = Encoders.open(encoder)) {
            return builder(opened).build(clean, training);
        }
    }

    FrameSource frames(List<Example> clean, List<Example> training) throws IOException {
        try (Encoder opened = Encoders.open(encoder)) {
            return builder(opened).frames(clean, training, SEED);
        }
    }

    private FeatureBuild builder(Encoder opened) throws IOException {
        FeatureSettings here =
                new FeatureSettings(settings.mode(), settings.views(), Optional.of(path), settings.values());
        return new FeatureBuild(
                JavaSparkContext.fromSparkContext(session.sparkContext()), made(), opened, here, folder, line -> {});
    }

    /** Returns the source of the store's frames. */
    OnTheFlyFrames made() {
        return new OnTheFlyFrames(
                new ClipPipeline(
                        AudioSettings.defaults(),
                        encoder,
                        session.sparkContext().hadoopConfiguration()),
                0,
                chain,
                SoundListing.none(),
                1);
    }

    static AugmentationChain gain(double decibels, long seed) {
        return new AugmentationChain(List.of(new Step("gain", 1, new Gain(-decibels, decibels))), seed);
    }

    private static FeatureSettings settings(int views, ValueType values) {
        return new FeatureSettings(FeatureSettings.Mode.VIEWS, views, Optional.empty(), values);
    }

    /** Returns settings without normalisation, which would remove a gain. */
    private static LogMelSettings raw() {
        return LogMelSettings.defaults()
                .withNormalization(Normalization.NONE)
                .withFloor(0)
                .withSpeech(0);
    }
}
