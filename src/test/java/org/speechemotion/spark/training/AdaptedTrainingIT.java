package org.speechemotion.spark.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.encoder.EncoderSettings;
import org.speechemotion.encoder.LogMelSettings;
import org.speechemotion.encoder.Lora;
import org.speechemotion.encoder.PretrainedSettings;
import org.speechemotion.encoder.PretrainedSettings.FineTuning;
import org.speechemotion.encoder.transformer.Folders;
import org.speechemotion.features.FeatureSettings;
import org.speechemotion.features.ValueType;
import org.speechemotion.metrics.Evaluation;
import org.speechemotion.model.ModelBundle;
import org.speechemotion.report.SideResult;
import org.speechemotion.spark.TestModel;
import org.speechemotion.spark.catalog.CatalogClips;
import org.speechemotion.spark.clips.ClipPipeline;
import org.speechemotion.spark.clips.OnTheFlyFrames;
import org.speechemotion.split.Side;
import org.speechemotion.train.RunFolder;
import org.speechemotion.train.Trainings;

/** A run that trains adapters of an encoder. */
class AdaptedTrainingIT extends TrainingFixture {
    private static final EncoderSettings ENCODER = EncoderSettings.of("transformer", 16_000, LogMelSettings.defaults())
            .with(PretrainedSettings.at(Folders.path("hubert-base").toString())
                    .withFineTuning(new FineTuning(2, true, true, Lora.NONE.withRank(2))));

    private final List<String> console = new ArrayList<>();
    private Dataset<Row> catalog;

    @Test
    void aModelHasTheAdaptersAloneHoweverItWasTrained() throws IOException {
        catalog = catalog(EmotionSet.EIGHT);
        RunFolder whole = new RunFolder(folder.resolve("runs"), "test", "whole");
        Evaluation evaluation = train(whole, 2, FeatureSettings.onTheFly());
        ModelBundle model = ModelBundle.read(whole.model());

        assertThat(model.network().paramTable().keySet())
                .filteredOn(parameter -> parameter.startsWith("encoder_"))
                .hasSize(2 * 2 * 2)
                .allMatch(parameter -> parameter.matches(".*attention.[qv]-proj.lora-[AB].weight"));
        assertThat(model.network()
                        .getParam("encoder_encoder.layers.2.attention.q-proj.lora-B.weight")
                        .amaxNumber()
                        .doubleValue())
                .isPositive();
        assertThat(model.open().graph().paramTable())
                .containsKeys("encoder_encoder.layers.2.attention.q-proj.weight", "head_branch-0-hidden-weight");
        SideResult again = ModelEvaluation.of(
                JavaSparkContext.fromSparkContext(session.sparkContext()),
                model,
                CatalogClips.of(catalog),
                Side.TEST,
                new OnTheFlyFrames(new ClipPipeline(TestModel.AUDIO, ENCODER, hadoop()), 16),
                8);
        assertThat(again.evaluation().scores()).isEqualTo(evaluation.scores());

        train(new RunFolder(folder.resolve("runs"), "test", "halves"), 1, FeatureSettings.onTheFly());
        RunFolder halves = new RunFolder(folder.resolve("runs"), "test", "halves", true);
        train(halves, 2, FeatureSettings.onTheFly());
        assertThat(console).anyMatch(line -> line.startsWith("resumed after epoch 1"));
        assertThat(id(halves)).isEqualTo(model.manifest().modelId());

        RunFolder stored = new RunFolder(folder.resolve("runs"), "test", "stored");
        train(
                stored,
                2,
                new FeatureSettings(
                        FeatureSettings.Mode.VIEWS,
                        0,
                        Optional.of(folder.resolve("store").toString()),
                        ValueType.FP32));
        assertThat(id(stored)).isEqualTo(model.manifest().modelId());
    }

    private static String id(RunFolder run) {
        return ModelBundle.read(run.model()).manifest().modelId();
    }

    private Evaluation train(RunFolder run, int epochs, FeatureSettings features) throws IOException {
        return new TrainingRun(session, settings(epochs, features), run, console::add)
                .run(catalog)
                .shown()
                .orElseThrow()
                .evaluation();
    }

    private static RunSettings settings(int epochs, FeatureSettings features) {
        return settings(
                frames(ENCODER, features),
                SPLIT,
                new RunSettings.Model(
                        network(16, List.of(), List.of()),
                        Trainings.of(
                                "epochs=" + epochs,
                                "batch-size=8",
                                "learning-rate=0.003",
                                "encoder-learning-rate=0.003",
                                "schedule=constant",
                                "averaging-frequency=1",
                                "workers=2"),
                        NEW_WEIGHTS),
                Map.of());
    }
}
