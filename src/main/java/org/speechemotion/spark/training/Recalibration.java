package org.speechemotion.spark.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.metrics.Calibration;
import org.speechemotion.metrics.Calibrator;
import org.speechemotion.metrics.LabelMap;
import org.speechemotion.metrics.LabelledPrediction;
import org.speechemotion.model.BundleManifest;
import org.speechemotion.model.ModelBundle;
import org.speechemotion.spark.clips.FrameSource;
import org.speechemotion.split.Side;
import org.speechemotion.train.Example;
import org.speechemotion.train.Trainer.Prediction;

/**
 * A new calibration of a model, fitted to a few labelled clips of its user.
 *
 * @param calibrator the calibration of the network's own probabilities
 * @param clips the number of clips of each emotion that the fit used
 * @param speakers the number of their speakers
 * @param before the measures with the model's present calibration, over the emotions of the clips
 * @param after the measures of clips that were calibrated by a fit without their own speaker, or without their fold
 */
public record Recalibration(
        Calibrator calibrator, Map<Emotion, Long> clips, int speakers, Calibration before, Calibration after) {
    /** The number of clips below which a fit is hardly more than the prior. */
    private static final int FEW_CLIPS = 50;

    private static final int FEW_OF_AN_EMOTION = 5;
    private static final int FEW_SPEAKERS = 3;
    private static final int FOLDS = 5;

    /**
     * Fits temperature and bias. Clips of emotions that the model was not trained on are left out.
     *
     * @param batchSize the number of clips that are predicted together
     * @throws IllegalArgumentException if the model was trained on a speaker of the clips, or if fewer than two of its
     *     emotions have clips
     */
    public static Recalibration of(
            JavaSparkContext context, ModelBundle bundle, List<Example> clips, FrameSource frames, int batchSize) {
        requireUntrained(bundle.manifest(), clips);
        LabelMap trained = LabelMap.identity(bundle.manifest().emotions())
                .restrictedTo(bundle.manifest().trainedEmotions());
        List<Example> usable = clips.stream()
                .flatMap(clip -> trained.of(clip.emotion()).map(clip::labelled).stream())
                .toList();
        List<Prediction> predictions = DistributedInference.predict(
                context,
                bundle.open().graph(),
                frames,
                batchSize,
                usable,
                bundle.manifest().timeMultiple());
        return of(predictions, bundle.manifest().calibrator());
    }

    /** Checks that the predictions for the clips are not too sure because the model was trained on their speakers. */
    static void requireUntrained(BundleManifest manifest, List<Example> clips) {
        List<String> known = clips.stream()
                .map(Example::speakerId)
                .distinct()
                .sorted()
                .filter(manifest.split()::containsKey)
                .filter(speaker ->
                        ModelEvaluation.hasTrained(Side.parse(manifest.split().get(speaker)), manifest))
                .toList();
        if (!known.isEmpty()) {
            throw new IllegalArgumentException(
                    "the model was trained on %d of the speakers, such as %s, so its probabilities for their clips are too high; give clips of other speakers, or another corpora.manifest.name if they are others"
                            .formatted(known.size(), known.get(0)));
        }
    }

    /** Fits to predictions of the network without any calibration. */
    static Recalibration of(List<Prediction> predictions, Calibrator present) {
        Map<Emotion, Long> counts = predictions.stream()
                .collect(Collectors.groupingBy(one -> one.example().emotion(), TreeMap::new, Collectors.counting()));
        if (counts.size() < 2) {
            throw new IllegalArgumentException(
                    "there are labelled clips of %s only, among the emotions that the model was trained on; at least two emotions are needed"
                            .formatted(counts.keySet().stream().map(Emotion::id).toList()));
        }
        LabelMap labels =
                LabelMap.identity(predictions.get(0).probabilities().emotions()).restrictedTo(counts.keySet());
        Map<String, List<LabelledPrediction>> bySpeaker = new TreeMap<>();
        predictions.forEach(one -> bySpeaker
                .computeIfAbsent(one.example().speakerId(), speaker -> new ArrayList<>())
                .add(one.calibrated(present).mapped(labels).labelled()));
        List<LabelledPrediction> all =
                bySpeaker.values().stream().flatMap(List::stream).toList();
        return new Recalibration(
                Calibrator.fit(all).after(present),
                counts,
                bySpeaker.size(),
                Calibration.of(all),
                Calibration.of(restricted(Calibrator.crossFit(bySpeaker.size() > 1 ? bySpeaker : folds(all)), labels)));
    }

    private static List<LabelledPrediction> restricted(List<LabelledPrediction> predictions, LabelMap labels) {
        return predictions.stream()
                .map(one -> new LabelledPrediction(one.label(), labels.apply(one.probabilities())))
                .toList();
    }

    /** Deals clips out, which are in an order that does not depend on their labels. */
    private static Map<String, List<LabelledPrediction>> folds(List<LabelledPrediction> clips) {
        Map<String, List<LabelledPrediction>> folds = new TreeMap<>();
        for (int i = 0; i < clips.size(); i++) {
            folds.computeIfAbsent(Integer.toString(i % FOLDS), fold -> new ArrayList<>())
                    .add(clips.get(i));
        }
        return folds;
    }

    /** Returns the measures before and after, the fit and the warnings, one in each line. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("fitted to %d clips by %d speakers: %s"
                .formatted(
                        total(),
                        speakers,
                        clips.entrySet().stream()
                                .map(entry -> entry.getKey().id() + " " + entry.getValue())
                                .collect(Collectors.joining(", "))));
        lines.add(measures("before", before));
        lines.add(measures(
                speakers > 1 ? "after, without a clip's own speaker" : "after, without a clip's own fold", after));
        lines.add(String.format(Locale.ROOT, "temperature %.3f; bias: %s", calibrator.temperature(), bias()));
        lines.addAll(warnings());
        return lines;
    }

    private long total() {
        return clips.values().stream().mapToLong(count -> count).sum();
    }

    private String bias() {
        return clips.keySet().stream()
                .map(emotion -> String.format(
                        Locale.ROOT,
                        "%s %+.2f",
                        emotion.id(),
                        calibrator.bias().isEmpty() ? 0 : calibrator.bias().get(emotion.label())))
                .collect(Collectors.joining(", "));
    }

    private static String measures(String when, Calibration calibration) {
        return String.format(
                Locale.ROOT,
                "%-36s negative log-likelihood %.3f, expected calibration error %.3f, Brier score %.3f",
                when + ":",
                calibration.negativeLogLikelihood(),
                calibration.expectedCalibrationError(),
                calibration.brier());
    }

    /** Returns why the fit may not hold, one reason in each line. */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (total() < FEW_CLIPS) {
            warnings.add(
                    "WARNING: there are %d labelled clips; with fewer than %d the fit is hardly more than its prior"
                            .formatted(total(), FEW_CLIPS));
        }
        List<String> rare = clips.entrySet().stream()
                .filter(entry -> entry.getValue() < FEW_OF_AN_EMOTION)
                .map(entry -> entry.getKey().id() + " " + entry.getValue())
                .toList();
        if (!rare.isEmpty()) {
            warnings.add("WARNING: some emotions have fewer than %d clips: %s"
                    .formatted(FEW_OF_AN_EMOTION, String.join(", ", rare)));
        }
        if (speakers < FEW_SPEAKERS) {
            warnings.add(
                    "WARNING: the clips are by %d speaker%s; at least %d are needed to tell whether the fit holds for others"
                            .formatted(speakers, speakers == 1 ? "" : "s", FEW_SPEAKERS));
        }
        if (after.negativeLogLikelihood() >= before.negativeLogLikelihood()) {
            warnings.add(
                    "WARNING: the fit does not lower the negative log-likelihood of clips that it has not seen; keep"
                            + " the old model, or label more clips");
        }
        return warnings;
    }
}
