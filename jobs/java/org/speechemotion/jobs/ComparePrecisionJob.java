package org.speechemotion.jobs;

import com.google.auto.service.AutoService;
import java.util.Collection;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.speechemotion.archive.ArchiveLimits;
import org.speechemotion.common.Result;
import org.speechemotion.encoder.Encoder;
import org.speechemotion.encoder.Encoders;
import org.speechemotion.encoder.PretrainedSettings.Precision;
import org.speechemotion.scoring.ClipBatches;
import org.speechemotion.scoring.RecordingScorer;
import org.speechemotion.scoring.RecordingSettings;
import org.speechemotion.scoring.ScoreComparison;
import org.speechemotion.scoring.ScoredRecording;
import org.speechemotion.settings.Settings;
import org.speechemotion.settings.SettingsException;
import org.speechemotion.spark.bindings.TrainedModel;
import org.speechemotion.spark.clips.EncoderFolders;
import org.speechemotion.spark.scoring.LocalInputs;
import org.speechemotion.spark.scoring.LocalInputs.Input;

/** Scores recordings in 32-bit floats and another precision of the encoder, and reports how far they differ. */
@AutoService(Job.class)
public final class ComparePrecisionJob extends Job {
    @Override
    public String name() {
        return "compare-precision";
    }

    @Override
    String purpose() {
        return "scores recordings in 32-bit floats and another precision and reports how far they differ";
    }

    @Override
    Collection<String> keys() {
        return KeyGroups.and(KeyGroups.MODEL, KeyGroups.RECORDINGS, "input", "score.archive", "score.batch-size");
    }

    @Override
    Usage usage() {
        return Usage.requiring("model", "input").meaning("input", "A file, a folder or an archive on this machine.");
    }

    @Override
    Launcher launcher() {
        return Launcher.JAVA;
    }

    @Override
    int run(Settings settings) throws Exception {
        TrainedModel model = TrainedModel.open(settings);
        RecordingSettings recordings = settings.bind("score", RecordingSettings.class);
        ArchiveLimits limits = settings.bind("score.archive", ArchiveLimits.class);
        int batchSize = settings.integer("score.batch-size");
        String path = settings.required("input");
        if (model.encoder().pretrained().path().isEmpty()) {
            throw new SettingsException(
                    "the encoder of the model is " + model.encoder().name()
                            + ", which multiplies no matrices; allowed: a model with an encoder from a folder");
        }
        Precision chosen = model.encoder().pretrained().execution().precision();
        Precision other = chosen == Precision.FLOAT32 ? Precision.INT8 : chosen;
        ScoreComparison comparison = new ScoreComparison();
        int rejected = 0;
        try (LocalInputs inputs = new LocalInputs(limits, new Configuration(), System.in);
                TimedScorer exact = new TimedScorer(model, Precision.FLOAT32, inputs, recordings, batchSize);
                TimedScorer approximate = new TimedScorer(model, other, inputs, recordings, batchSize)) {
            for (Input input : inputs.list(path, recordings.maximumBytes())) {
                Result<ScoredRecording> ours = exact.score(input);
                if (ours instanceof Result.Rejected<ScoredRecording> refused) {
                    System.err.println(refused.rejection().line(input.name()));
                    rejected++;
                } else {
                    comparison.add(
                            input.name(),
                            ours.orElseThrow(),
                            approximate.score(input).orElseThrow());
                }
            }
            comparison.lines().forEach(this::say);
            say(String.format(
                    Locale.ROOT,
                    "time        float32 %.1f s, %s %.1f s, ratio %.2f",
                    exact.seconds,
                    name(other),
                    approximate.seconds,
                    approximate.seconds / exact.seconds));
            say(verdict(other, comparison));
        }
        return rejected > 0 || comparison.recordings() == 0 ? WRONG_INPUT : DONE;
    }

    private static String name(Precision precision) {
        return precision.name().toLowerCase(Locale.ROOT);
    }

    private static String verdict(Precision other, ScoreComparison comparison) {
        if (comparison.recordings() == 0) {
            return "no recording with speech was scored in both precisions";
        }
        return String.format(
                Locale.ROOT,
                "%s is %s for this audio; the limits are %.1f %% of equal labels and a difference of %.2f",
                name(other),
                comparison.isClose() ? "close enough" : "not close enough",
                100 * ScoreComparison.MIN_EQUAL_SHARE,
                ScoreComparison.MAX_DIFFERENCE);
    }

    /** Scores recordings with the encoder in one precision, and measures the time. */
    private static final class TimedScorer implements AutoCloseable {
        private final Encoder encoder;
        private final RecordingScorer<Input> scorer;
        private double seconds;

        TimedScorer(
                TrainedModel model,
                Precision precision,
                LocalInputs inputs,
                RecordingSettings recordings,
                int batchSize) {
            encoder = Encoders.open(
                    EncoderFolders.onThisMachine(model.withPrecision(precision).encoder(), new Configuration()));
            scorer = new RecordingScorer<>(
                    inputs.reader(recordings, model.audio()),
                    ClipBatches.predicting(encoder, model.bundle().open(), batchSize, false),
                    recordings);
        }

        Result<ScoredRecording> score(Input input) {
            long start = System.nanoTime();
            Result<ScoredRecording> result = input.score(scorer);
            seconds += (System.nanoTime() - start) / 1e9;
            return result;
        }

        @Override
        public void close() {
            encoder.close();
        }
    }
}
