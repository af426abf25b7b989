package org.speechemotion.jobs;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.speechemotion.audio.AudioDecoder;
import org.speechemotion.audio.RecordingReader;
import org.speechemotion.common.Rejection;
import org.speechemotion.common.Result;
import org.speechemotion.encoder.Encoder;
import org.speechemotion.encoder.Encoders;
import org.speechemotion.report.Rejections;
import org.speechemotion.scoring.LocalAudio;
import org.speechemotion.scoring.Recording;
import org.speechemotion.scoring.RecordingScorer;
import org.speechemotion.scoring.RecordingSettings;
import org.speechemotion.scoring.RecordingText;
import org.speechemotion.scoring.ScoredRecording;
import org.speechemotion.settings.Settings;
import org.speechemotion.settings.SettingsException;
import org.speechemotion.spark.bindings.TrainedModel;
import org.speechemotion.spark.clips.EncoderFolders;
import org.speechemotion.spark.scoring.ScoringSettings;

/** Scores single files without Spark. */
@AutoService(Job.class)
public final class InferJob extends Job {
    @Override
    public String name() {
        return "infer";
    }

    @Override
    String purpose() {
        return "scores single files on this machine, long recordings as timelines";
    }

    @Override
    Collection<String> keys() {
        return List.of(
                "model",
                "score.abstain-below",
                "score.batch-size",
                "score.window-seconds",
                "score.hop-seconds",
                "score.smoothing-seconds",
                "score.silence-decibels",
                "score.channels",
                "score.maximum-seconds",
                "score.maximum-bytes",
                "audio.minimum-seconds",
                "encoder.path",
                "encoder.engine",
                "encoder.threads");
    }

    @Override
    Launcher launcher() {
        return Launcher.QUICK_JAVA;
    }

    @Override
    String operandNames() {
        return "FILE…";
    }

    @Override
    int run(Settings settings) throws Exception {
        TrainedModel model = TrainedModel.open(settings);
        if (operands().isEmpty()) {
            throw new SettingsException("no file is given: add one or more");
        }
        ScoringSettings scoring = new ScoringSettings(
                settings.integer("score.batch-size"), settings.number("score.abstain-below"), false, false, false);
        RecordingSettings recordings = settings.bind("score", RecordingSettings.class);
        int exit = DONE;
        RecordingReader<String> reader = new RecordingReader<>(
                new LocalAudio(), new AudioDecoder(recordings.audio(model.audio())), recordings.channels());
        try (Encoder encoder = Encoders.open(EncoderFolders.onThisMachine(model.encoder(), new Configuration()))) {
            RecordingScorer<String> scorer = new RecordingScorer<>(
                    reader, encoder, model.bundle().open(), recordings, scoring.batchSize(), false);
            List<Rejections.Group> rejections = new ArrayList<>();
            for (String clip : operands()) {
                Recording<String> recording =
                        scorer.score(List.of(clip).iterator()).next();
                Result<ScoredRecording> result = ((Recording.Finished<String>) recording).result();
                if (result instanceof Result.Rejected<ScoredRecording> rejected) {
                    Rejection rejection = rejected.rejection();
                    System.err.println(clip + ": rejected (" + rejection.code() + "): " + rejection.message());
                    rejections.add(Rejections.of(clip, rejection));
                    exit = WRONG_INPUT;
                } else {
                    new RecordingText(scoring.abstainBelow())
                            .lines(clip, result.orElseThrow())
                            .forEach(this::say);
                }
            }
            if (operands().size() > 1) {
                Rejections.of(rejections).lines().forEach(System.err::println);
            }
        }
        return exit;
    }
}
