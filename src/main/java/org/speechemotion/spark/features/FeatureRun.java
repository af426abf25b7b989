package org.speechemotion.spark.features;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.speechemotion.common.Counted;
import org.speechemotion.spark.catalog.Catalog;
import org.speechemotion.spark.catalog.CatalogClips;
import org.speechemotion.spark.clips.ClipPipeline;
import org.speechemotion.spark.clips.OnTheFlyFrames;
import org.speechemotion.spark.clips.RunEncoder;
import org.speechemotion.spark.clips.SoundListing;
import org.speechemotion.split.Side;
import org.speechemotion.split.SimilarSpeakers;
import org.speechemotion.split.SpeakerSplitter;
import org.speechemotion.split.SplitSettings;
import org.speechemotion.train.Example;
import org.speechemotion.train.RunFolder;

/** Builds the feature store of a catalog without training, for notebooks and for later runs. */
public final class FeatureRun {
    /**
     * The settings that decide a store.
     *
     * @param frames the computation of the frames
     * @param split the split whose training side may be the only one with views
     * @param allowSimilarSpeakers whether ids that differ only in case, spaces or leading zeros may be different speakers
     * @param cacheMegabytes the memory for decoded audio on each executor, in MiB
     */
    public record Settings(
            FrameSettings frames, SplitSettings split, boolean allowSimilarSpeakers, int cacheMegabytes) {}

    private FeatureRun() {}

    /**
     * Builds the missing rows of a store.
     *
     * @param settings the settings; they must equal those of a training run that reads the store
     * @param runs the directory of all runs
     * @param catalog the {@link Catalog}
     * @param trainingSideAlone whether only clips of the split's training side have augmented views
     * @param console the consumer of lines about the progress
     * @throws IllegalArgumentException if the catalog, the store and the settings do not fit
     * @throws IOException as {@link FeatureBuild#build}
     */
    public static FeatureBuild.Summary run(
            SparkSession session,
            Settings settings,
            Path runs,
            Dataset<Row> catalog,
            boolean trainingSideAlone,
            Consumer<String> console)
            throws IOException {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
        try (RunEncoder encoder = new RunEncoder(
                context, settings.frames().encoder(), settings.frames().distributeEncoder())) {
            CatalogClips clips = CatalogClips.of(catalog);
            if (!settings.allowSimilarSpeakers()) {
                SimilarSpeakers.requireNone(clips.speakers());
            }
            List<Example> augmented = trainingSideAlone
                    ? clips.on(Side.TRAIN, SpeakerSplitter.split(clips.speakers(), settings.split()))
                    : clips.all();
            console.accept(Counted.of(clips.all().size(), "clip") + ", " + augmented.size() + " of them with views; "
                    + Counted.of(clips.rejections().total(), "file") + " rejected");
            clips.rejections().lines().forEach(console);
            OnTheFlyFrames frames = new OnTheFlyFrames(
                    new ClipPipeline(settings.frames().audio(), encoder.everywhere(), context.hadoopConfiguration())
                            .requiring(encoder.encoder().fingerprint()),
                    settings.cacheMegabytes(),
                    settings.frames().augmentation().chain(),
                    SoundListing.of(settings.frames().augmentation().chain().folders(), context.hadoopConfiguration()),
                    1);
            return new FeatureBuild(
                            context,
                            frames,
                            encoder.encoder(),
                            settings.frames().features(),
                            RunFolder.features(runs),
                            console)
                    .build(clips.all(), augmented);
        }
    }
}
