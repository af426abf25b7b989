package org.speechemotion.jobs;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.speechemotion.audio.AudioDecoder;
import org.speechemotion.audio.RecordingReader;
import org.speechemotion.encoder.Encoder;
import org.speechemotion.encoder.Encoders;
import org.speechemotion.report.Rejections;
import org.speechemotion.scoring.LocalAudio;
import org.speechemotion.scoring.Recording;
import org.speechemotion.scoring.RecordingScorer;
import org.speechemotion.scoring.RecordingSettings;
import org.speechemotion.scoring.RecordingText;
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
                settings.integer("score.batch-size"), settings.number("score.abstain-below"), false, false);
        RecordingSettings recordings = settings.bind("score", RecordingSettings.class);
        int exit = DONE;
        RecordingReader reader = new RecordingReader(
                new LocalAudio(), new AudioDecoder(recordings.audio(model.audio())), recordings.channels());
        try (Encoder encoder = Encoders.open(EncoderFolders.onThisMachine(model.encoder(), new Configuration()))) {
            RecordingScorer scorer =
                    new RecordingScorer(reader, encoder, model.bundle().open(), recordings, scoring.batchSize(), false);
            List<Rejections.Group> rejections = new ArrayList<>();
            for (String clip : operands()) {
                Recording recording = scorer.score(List.of(clip).iterator()).next();
                if (recording instanceof Recording.Rejected rejected) {
                    rejections.add(Rejections.of(clip, rejected.rejection()));
                }
                exit = Math.max(exit, print(recording, scoring.abstainBelow()));
            }
            if (operands().size() > 1) {
                Rejections.of(rejections).lines().forEach(System.err::println);
            }
        }
        return exit;
    }

    private int print(Recording recording, double abstainBelow) {
        if (recording instanceof Recording.Rejected rejected) {
            System.err.println(rejected.path() + ": rejected ("
                    + rejected.rejection().code() + "): " + rejected.rejection().message());
            return WRONG_INPUT;
        }
        new RecordingText(abstainBelow).lines((Recording.Scored) recording).forEach(this::say);
        return DONE;
    }
}
