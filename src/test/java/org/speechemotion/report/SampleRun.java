package org.speechemotion.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import java.util.ArrayList;
import java.util.List;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.metrics.ConfusionMatrix;
import org.speechemotion.random.KeyedRandom;
import org.speechemotion.train.EpochReport;
import org.speechemotion.train.EpochReportBuilder;
import org.speechemotion.train.EpochSelection;
import org.speechemotion.train.Example;
import org.speechemotion.train.KeptEpochs;
import org.speechemotion.train.Trainer.Prediction;

/** A made-up run of three epochs, with a validation side of two speakers and a test side of three. */
public final class SampleRun {
    public static final double TEMPERATURE = 1.6;

    private SampleRun() {}

    public static RunResult result() {
        return new RunResult(
                KeptEpochs.best(2),
                TEMPERATURE,
                List.of(
                        SideResult.of("validation", predictions("made:1", "made:2"), TEMPERATURE),
                        SideResult.of("test", predictions("made:3", "made:5", "other:<4>"), TEMPERATURE)));
    }

    /** The same sides, by a model that is the mean of two epochs. */
    public static RunResult meanResult() {
        return new RunResult(new KeptEpochs(EpochSelection.MEAN_OF_LAST, 2, 3, 2), TEMPERATURE, result().sides());
    }

    /** Returns predictions of which every fourth is wrong. */
    private static List<Prediction> predictions(String... speakers) {
        List<Prediction> predictions = new ArrayList<>();
        KeyedRandom random = new KeyedRandom(7, speakers[0]);
        for (String speaker : speakers) {
            for (Emotion emotion : EmotionSet.EIGHT) {
                for (int i = 0; i < 4; i++) {
                    Emotion predicted = i == 0 ? EmotionSet.EIGHT.ofLabel(7 - emotion.label()) : emotion;
                    predictions.add(Predicted.clip(
                            "/data/<b>&\"'/%s-%d.wav".formatted(emotion.id(), i),
                            speaker,
                            emotion,
                            predicted,
                            0.3f + 0.69f * (float) random.nextDouble()));
                }
            }
        }
        return predictions;
    }

    public static List<EpochReport> history() {
        List<EpochReport> history = new ArrayList<>();
        for (int epoch = 1; epoch <= 3; epoch++) {
            ConfusionMatrix matrix = ConfusionMatrix.empty()
                    .plus(Emotion.HAPPY, epoch == 2 ? Emotion.HAPPY : Emotion.SAD)
                    .plus(Emotion.SAD, Emotion.SAD);
            history.add(new EpochReportBuilder(epoch, 3)
                    .training(0.001, 2.0 / epoch, 8.0 / epoch, matrix)
                    .validation(2.5 / epoch, matrix)
                    .best(epoch == 2)
                    .speed(100.5, 7.5)
                    .build());
        }
        return history;
    }

    /** A map of the test clips, whose vectors are their labels and the position among the clips. */
    public static EmbeddingPlot embeddings() {
        List<Example> clips = result().shown().orElseThrow().predictions().stream()
                .map(Prediction::example)
                .toList();
        List<float[]> vectors = new ArrayList<>();
        for (int i = 0; i < clips.size(); i++) {
            vectors.add(new float[] {clips.get(i).label(), i / 10f, 1});
        }
        return new EmbeddingPlot(clips, vectors);
    }

    /** Trained on all emotions but surprise. */
    static TrainedEmotions trained() {
        return new TrainedEmotions(EmotionSet.EIGHT, List.of(1L, 1L, 1L, 1L, 1L, 1L, 1L, 0L));
    }

    public static Provenance provenance() {
        return provenance("2026-01-02T03:04:05Z", 61.4);
    }

    static Provenance provenance(String created, double seconds) {
        String json =
                """
                {"created": "%s", "seconds": %s, "git_commit": "0123abcd", "seed": 42, "encoder": "log-mel",
                 "encoder_fingerprint": "00ff", "catalog_sha256": "11ee", "trained_classes": 8, "kept_epochs": [2, 2],
                 "clips": {"made": {"train": 100, "test": 20}, "other": {"test": 3}},
                 "versions": {"spark": "3.5.7", "dl4j": "1.0.0-M2.1", "nd4j": "1.0.0-M2.1", "java": "17"},
                 "topology": {"master": "local[2]", "cores": 2, "workers": 2, "executors": ["127.0.0.1"],
                  "executor_memory": "1g", "driver_memory_mebibytes": 4096, "system": "Linux"},
                 "settings": {"training": {"epochs": 3}}}
                """
                        .formatted(created, seconds);
        try {
            return new ObjectMapper()
                    .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .readValue(json, Provenance.class);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
