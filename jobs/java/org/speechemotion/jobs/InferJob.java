package org.speechemotion.jobs;

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

/** {@code emotion infer}: without Spark. */
public final class InferJob extends Job {
    private final List<String> clips = new ArrayList<>();

    public static void main(String[] arguments) {
        main(new InferJob(), arguments);
    }

    @Override
    String name() {
        return "infer";
    }

    @Override
    String purpose() {
        return "scores single files of this machine at once, long ones as a timeline: emotion infer model=… clip.wav"
                + " call.mp3";
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
    List<String> assignments(List<String> arguments) {
        return withoutFiles(arguments, clips);
    }

    /** The {@code key=value} arguments; the others, which are files, go into the list. */
    static List<String> withoutFiles(List<String> arguments, List<String> files) {
        List<String> assignments = new ArrayList<>();
        for (String argument : arguments) {
            (argument.matches("[a-z][a-z0-9.-]*=.*") ? assignments : files).add(argument);
        }
        return assignments;
    }

    @Override
    int run(Settings settings) throws Exception {
        TrainedModel model = TrainedModel.open(settings);
        if (clips.isEmpty()) {
            throw new SettingsException("no file is given: add one or more");
        }
        ScoringSettings scoring = settings.bind("score", ScoringSettings.class);
        RecordingSettings recordings = settings.bind("score", RecordingSettings.class);
        int exit = DONE;
        RecordingReader reader = new RecordingReader(
                new LocalAudio(), new AudioDecoder(recordings.audio(model.audio())), recordings.channels());
        try (Encoder encoder = Encoders.open(EncoderFolders.onThisMachine(model.encoder(), new Configuration()))) {
            RecordingScorer scorer =
                    new RecordingScorer(reader, encoder, model.bundle().open(), recordings, scoring.batchSize(), false);
            List<Rejections.Group> rejections = new ArrayList<>();
            for (String clip : clips) {
                Recording recording = scorer.score(List.of(clip).iterator()).next();
                if (recording instanceof Recording.Rejected rejected) {
                    rejections.add(Rejections.of(clip, rejected.rejection()));
                }
                exit = Math.max(exit, print(recording, scoring.abstainBelow()));
            }
            if (clips.size() > 1) {
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
