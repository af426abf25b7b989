package org.speechemotion.spark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.speechemotion.split.Side;
import org.speechemotion.split.SimilarSpeakers;
import org.speechemotion.split.SpeakerSplitter;
import org.speechemotion.train.Example;
import org.speechemotion.train.RunFolder;

/** Builds the store of a catalog's clips without training on it: for notebooks, and for later runs. */
public final class FeatureRun {
    private FeatureRun() {}

    /**
     * Builds what is missing of a store.
     *
     * @param settings those that a training run would have
     * @param runs the directory of all runs
     * @param catalog see {@link Catalog}
     * @param trainingSideAlone whether only clips of the split's training side have augmented views
     * @param console is told how the build goes, line by line
     * @throws IllegalArgumentException where the catalog, the store and the settings do not fit
     * @throws IOException as {@link FeatureBuild#build}
     */
    public static FeatureBuild.Summary run(
            SparkSession session,
            TrainingRun.Settings settings,
            Path runs,
            Dataset<Row> catalog,
            boolean trainingSideAlone,
            Consumer<String> console)
            throws IOException {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
        catalog.cache();
        CatalogClips clips = CatalogClips.of(catalog);
        if (!settings.allowSimilarSpeakers()) {
            SimilarSpeakers.requireNone(clips.actors());
        }
        List<Example> augmented = trainingSideAlone
                ? clips.on(Side.TRAIN, SpeakerSplitter.split(clips.actors(), settings.split()))
                : clips.all();
        console.accept(clips.all().size() + " clips, " + augmented.size() + " of them with views; "
                + clips.rejections().total() + " files rejected");
        clips.rejections().lines().forEach(console);
        try (RunEncoder encoder = new RunEncoder(context, settings.encoder(), settings.distributeEncoder())) {
            OnTheFlyFrames frames = new OnTheFlyFrames(
                    new ClipPipeline(settings.audio(), encoder.everywhere(), context.hadoopConfiguration()),
                    settings.training().cacheMegabytes(),
                    settings.augmentation().chain(),
                    SoundListing.of(settings.augmentation().chain().folders(), context.hadoopConfiguration()),
                    1);
            return new FeatureBuild(
                            context, frames, encoder.encoder(), settings.features(), RunFolder.features(runs), console)
                    .build(clips.all(), augmented);
        } finally {
            catalog.unpersist();
        }
    }
}
