package org.speechemotion.jobs;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.speechemotion.audio.AudioDecoder;
import org.speechemotion.audio.ClipReader;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.encoder.Encoder;
import org.speechemotion.encoder.Encoders;
import org.speechemotion.infer.ClipScorer;
import org.speechemotion.infer.LocalAudio;
import org.speechemotion.infer.Score;
import org.speechemotion.settings.Settings;
import org.speechemotion.settings.SettingsException;
import org.speechemotion.spark.EncoderFolders;
import org.speechemotion.spark.ScoringSettings;
import org.speechemotion.spark.bindings.TrainedModel;

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
        return "scores single files of this machine at once: emotion infer model=… clip.wav another.mp3";
    }

    @Override
    Collection<String> keys() {
        return List.of("model", "score.abstain-below", "audio", "encoder.path", "encoder.engine", "encoder.threads");
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
        double abstainBelow = settings.bind("score", ScoringSettings.class).abstainBelow();
        int exit = DONE;
        ClipReader reader = new ClipReader(new LocalAudio(), new AudioDecoder(model.audio()));
        try (Encoder encoder = Encoders.open(EncoderFolders.onThisMachine(model.encoder(), new Configuration()))) {
            ClipScorer scorer = new ClipScorer(reader, encoder, model.bundle().open(), 1, false);
            for (String clip : clips) {
                Iterator<Score> score = scorer.score(List.of(clip).iterator());
                exit = Math.max(exit, print(score.next(), abstainBelow));
            }
        }
        return exit;
    }

    private int print(Score score, double abstainBelow) {
        if (score instanceof Score.Rejected rejected) {
            System.err.println(
                    rejected.path() + ": rejected (" + rejected.reason().code() + "): " + rejected.message());
            return WRONG_INPUT;
        }
        Score.Scored scored = (Score.Scored) score;
        StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT,
                "%s  %s  %.3f  (%.2f s:",
                scored.path(),
                scored.answer(abstainBelow),
                scored.confidence(),
                scored.durationSeconds()));
        for (Emotion emotion : Emotion.values()) {
            line.append(String.format(Locale.ROOT, " %s %.6f", emotion.id(), scored.probabilities()[emotion.label()]));
        }
        say(line.append(')'));
        return DONE;
    }
}
