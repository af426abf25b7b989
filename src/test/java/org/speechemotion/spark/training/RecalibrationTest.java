package org.speechemotion.spark.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.metrics.Calibration;
import org.speechemotion.metrics.Calibrator;
import org.speechemotion.metrics.LabelMap;
import org.speechemotion.metrics.LabelledPrediction;
import org.speechemotion.metrics.Probabilities;
import org.speechemotion.model.BundleManifest;
import org.speechemotion.model.BundleManifestBuilder;
import org.speechemotion.random.KeyedRandom;
import org.speechemotion.split.Side;
import org.speechemotion.train.ExampleBuilder;
import org.speechemotion.train.Trainer.Prediction;

/** Tests a network that is overconfident and predicts anger too often. */
class RecalibrationTest {
    private static final Calibrator PRESENT = Calibrator.of(1.5);

    @Test
    void theFitImprovesClipsOfUnseenSpeakers() {
        Recalibration fit = Recalibration.of(predictions(60, 6), PRESENT);
        assertThat(fit.speakers()).isEqualTo(6);
        assertThat(fit.clips()).isEqualTo(Map.of(Emotion.NEUTRAL, 30L, Emotion.ANGRY, 30L));
        assertThat(fit.after().negativeLogLikelihood()).isLessThan(fit.before().negativeLogLikelihood() - 0.1);
        assertThat(fit.after().expectedCalibrationError())
                .isLessThan(fit.before().expectedCalibrationError());
        assertThat(fit.calibrator().temperature()).isGreaterThan(1.5);
        assertThat(fit.calibrator().bias().get(Emotion.NEUTRAL.label())).isPositive();
        assertThat(fit.calibrator().bias().get(Emotion.ANGRY.label())).isNegative();
        assertThat(fit.calibrator().bias().get(Emotion.SAD.label())).isZero();
        assertThat(fit.warnings()).isEmpty();
        assertThat(fit.lines()).anyMatch(line -> line.startsWith("after, without a clip's own speaker:"));
    }

    @Test
    void theFiguresBeforeUseThePresentCalibration() {
        List<Prediction> predictions = predictions(20, 2);
        LabelMap labels = LabelMap.identity().restrictedTo(Set.of(Emotion.NEUTRAL, Emotion.ANGRY));
        List<LabelledPrediction> present = predictions.stream()
                .map(one -> one.calibrated(PRESENT).mapped(labels).labelled())
                .toList();
        assertThat(Recalibration.of(predictions, PRESENT).before().negativeLogLikelihood())
                .isCloseTo(Calibration.of(present).negativeLogLikelihood(), within(1e-9));
    }

    @Test
    void fewClipsOrSpeakersCauseAWarning() {
        Recalibration fit = Recalibration.of(predictions(8, 1), PRESENT);
        assertThat(fit.warnings())
                .anyMatch(line -> line.startsWith("WARNING: there are 8 labelled clips"))
                .anyMatch(line -> line.contains("fewer than 5 clips: neutral 4, angry 4"))
                .anyMatch(line -> line.contains("by 1 speaker;"));
        assertThat(fit.lines()).anyMatch(line -> line.startsWith("after, without a clip's own fold:"));
    }

    @Test
    void oneEmotionIsNotEnough() {
        List<Prediction> angry = predictions(20, 2).stream()
                .filter(one -> one.example().label() == Emotion.ANGRY.label())
                .toList();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Recalibration.of(angry, PRESENT))
                .withMessageContaining("labelled clips of [angry] only");
    }

    @Test
    void clipsOfTrainingSpeakersAreRejected() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Recalibration.requireUntrained(
                        CorpusEvaluationTest.MANIFEST,
                        List.of(ExampleBuilder.clip("a").speaker("ravdess:01").build())))
                .withMessageStartingWith("the model was trained on 1 of the speakers, such as ravdess:01");
        Recalibration.requireUntrained(
                CorpusEvaluationTest.MANIFEST,
                List.of(
                        ExampleBuilder.clip("a").speaker("ravdess:02").build(),
                        ExampleBuilder.clip("a").speaker("calls:01").build()));
    }

    @Test
    void speakersThatTrainedAfterTheyHadCalibratedAreRejected() {
        BundleManifest refit = new BundleManifestBuilder("log-mel", "", 16_000, EmotionSet.EIGHT, 4)
                .split(Map.of("ravdess:01", "train", "ravdess:02", "validation"))
                .metrics(Map.of(BundleManifest.REFIT_EPOCHS, 15))
                .build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Recalibration.requireUntrained(
                        refit,
                        List.of(ExampleBuilder.clip("a").speaker("ravdess:02").build())))
                .withMessageStartingWith("the model was trained on 1 of the speakers, such as ravdess:02");
        assertThat(ModelEvaluation.heading(Side.VALIDATION, refit)).endsWith("the scores are too good");
        assertThat(ModelEvaluation.heading(Side.VALIDATION, CorpusEvaluationTest.MANIFEST))
                .isEqualTo("validation side of model " + CorpusEvaluationTest.MANIFEST.modelId());
    }

    /** Half of the clips are neutral. The network's logit of anger is random with a mean that leans to anger. */
    private static List<Prediction> predictions(int count, int speakers) {
        KeyedRandom random = new KeyedRandom(1, "recalibration");
        List<Prediction> predictions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Emotion truth = i % 2 == 0 ? Emotion.NEUTRAL : Emotion.ANGRY;
            double logit = 4 * random.nextGaussian() + 3 + (truth.equals(Emotion.ANGRY) ? 2 : -2);
            float angry = (float) (0.9 / (1 + Math.exp(-logit)));
            float[] values = new float[8];
            values[Emotion.ANGRY.label()] = angry;
            values[Emotion.NEUTRAL.label()] = 0.9f - angry;
            values[Emotion.SAD.label()] = 0.1f;
            predictions.add(new Prediction(
                    ExampleBuilder.clip("clip" + i)
                            .speaker("x:" + i / 2 % speakers)
                            .emotion(truth)
                            .build(),
                    new Probabilities(values)));
        }
        return predictions;
    }
}
