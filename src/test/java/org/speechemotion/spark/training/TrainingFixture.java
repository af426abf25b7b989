package org.speechemotion.spark.training;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.speechemotion.augment.AugmentationChain;
import org.speechemotion.augment.AugmentationSettings;
import org.speechemotion.augment.FrameMasking;
import org.speechemotion.augment.Mixup;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.corpus.Ravdess;
import org.speechemotion.encoder.EncoderSettings;
import org.speechemotion.features.FeatureSettings;
import org.speechemotion.model.NetworkSettings;
import org.speechemotion.model.NetworkSettings.ContextSettings;
import org.speechemotion.model.PretrainedWeights;
import org.speechemotion.spark.DemoClips;
import org.speechemotion.spark.SparkTest;
import org.speechemotion.spark.TestModel;
import org.speechemotion.spark.catalog.Catalog;
import org.speechemotion.spark.features.FrameSettings;
import org.speechemotion.split.SplitSettings;

/** Trains on a corpus of four speakers. */
abstract class TrainingFixture extends SparkTest {
    static final PretrainedWeights.Settings NEW_WEIGHTS =
            new PretrainedWeights.Settings(Optional.empty(), PretrainedWeights.Part.WHOLE);
    /** Speakers 1 and 2 train, 3 validates and 4 tests. */
    static final SplitSettings SPLIT = SplitSettings.defaults()
            .withRatios(0, 0)
            .withLists(List.of("ravdess:03"), List.of("ravdess:04"))
            .withSeed(1);

    /** Writes a clip of each speaker and emotion, and returns the catalog of them. */
    Dataset<Row> catalog(Iterable<Emotion> emotions) throws IOException {
        for (int speaker = 1; speaker <= 4; speaker++) {
            for (Emotion emotion : emotions) {
                write("corpus/" + DemoClips.name(speaker, emotion), DemoClips.wav(speaker, emotion));
            }
        }
        return Catalog.of(
                session,
                Catalog.entries(new Ravdess(), folder.resolve("corpus").toString(), Map.of(), hadoop()),
                TestModel.AUDIO);
    }

    static FrameSettings frames(EncoderSettings encoder, FeatureSettings features) {
        AugmentationSettings none =
                new AugmentationSettings(AugmentationChain.none(), new FrameMasking(0, 0, 1, 0, 1), new Mixup(0));
        return new FrameSettings(TestModel.AUDIO, encoder, false, none, features);
    }

    static NetworkSettings network(int width, List<Integer> kernels, List<Integer> strides) {
        return NetworkSettings.of(new ContextSettings(width, kernels, strides), width);
    }

    static RunSettings settings(
            FrameSettings frames, SplitSettings split, RunSettings.Model model, Map<String, String> decided) {
        return new RunSettings(
                frames,
                new RunSettings.Sides(split, false, false),
                model,
                new RunSettings.Output(false, 1, 5),
                new RunSettings.Source(decided, "training { epochs = 2 }", "0123abcd"));
    }
}
