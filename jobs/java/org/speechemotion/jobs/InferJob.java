package org.speechemotion.jobs;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.speechemotion.archive.ArchiveLimits;
import org.speechemotion.asr.SpeechRecognizer;
import org.speechemotion.common.Result;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.encoder.Encoder;
import org.speechemotion.encoder.Encoders;
import org.speechemotion.report.Rejections;
import org.speechemotion.scoring.Analyses;
import org.speechemotion.scoring.ClipBatches;
import org.speechemotion.scoring.RecordingScorer;
import org.speechemotion.scoring.RecordingSettings;
import org.speechemotion.scoring.RecordingText;
import org.speechemotion.scoring.ScoredRecording;
import org.speechemotion.settings.Settings;
import org.speechemotion.settings.SettingsException;
import org.speechemotion.spark.bindings.RecognizerModel;
import org.speechemotion.spark.bindings.TrainedModel;
import org.speechemotion.spark.clips.EncoderFolders;
import org.speechemotion.spark.scoring.LocalInputs;
import org.speechemotion.spark.scoring.LocalInputs.Input;
import org.speechemotion.spark.scoring.ResultLines;
import org.speechemotion.spark.scoring.ScoringSettings;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;

/** Scores files without Spark and prints the results. */
@AutoService(Job.class)
public final class InferJob extends Job {
    @Option(names = "--json", description = "prints a JSON object per file, with the columns of score")
    private boolean json;

    @Option(names = "--csv", description = "prints CSV, with the columns of score")
    private boolean csv;

    @Override
    public String name() {
        return "infer";
    }

    @Override
    String purpose() {
        return "scores single files on this machine and prints the results";
    }

    @Override
    Collection<String> keys() {
        return KeyGroups.and(
                KeyGroups.MODEL,
                KeyGroups.RECORDINGS,
                "asr",
                "score.abstain-below",
                "score.archive",
                "score.batch-size",
                "score.views");
    }

    @Override
    Usage usage() {
        return Usage.requiring("model")
                .first(
                        "score.abstain-below",
                        "score.channels",
                        "score.window-seconds",
                        "score.hop-seconds",
                        "score.smoothing-seconds",
                        "score.silence-decibels");
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
        if (json && csv) {
            throw new SettingsException("--json and --csv exclude each other");
        }
        TrainedModel model = TrainedModel.open(settings);
        if (operands().isEmpty()) {
            throw new SettingsException("no file is given: add one or more, or - for the standard input");
        }
        ScoringSettings scoring = ScoringSettings.defaults()
                .withBatchSize(settings.integer("score.batch-size"))
                .withAbstainBelow(settings.number("score.abstain-below"))
                .withViews(settings.integer("score.views"));
        RecordingSettings recordings = settings.bind("score", RecordingSettings.class);
        ArchiveLimits limits = settings.bind("score.archive", ArchiveLimits.class);
        Optional<RecognizerModel> words =
                RecognizerModel.open(settings, model.audio().sampleRate());
        Output output = output(model, scoring.abstainBelow(), words.isPresent());
        try (Encoder encoder = Encoders.open(EncoderFolders.onThisMachine(model.encoder(), new Configuration()));
                SpeechRecognizer recognizer =
                        words.map(RecognizerModel::onThisMachine).orElse(null);
                LocalInputs inputs = new LocalInputs(limits, new Configuration(), System.in)) {
            RecordingScorer<Input> scorer = new RecordingScorer<>(
                    inputs.reader(recordings, model.audio()),
                    ClipBatches.predicting(
                            encoder, model.bundle().open(), scoring.batchSize(), false, scoring.speeds()),
                    recordings,
                    Analyses.<Input>none().withRecognizer(Optional.ofNullable(recognizer)));
            int files = 0;
            List<Rejections.Group> rejections = new ArrayList<>();
            for (String operand : operands()) {
                for (Input input : inputs.list(operand, recordings.maximumBytes())) {
                    Result<ScoredRecording> result = input.score(scorer);
                    output.print(input.name(), result);
                    result.fold(value -> null, rejection -> rejections.add(Rejections.of(input.name(), rejection)));
                    files++;
                }
            }
            if (files > 1) {
                Rejections.of(rejections).lines().forEach(System.err::println);
            }
            return rejections.isEmpty() ? DONE : WRONG_INPUT;
        }
    }

    /** Prints results. */
    private interface Output {
        void print(String name, Result<ScoredRecording> result);
    }

    private Output output(TrainedModel model, double abstainBelow, boolean transcripts) {
        String modelId = model.bundle().manifest().modelId();
        EmotionSet emotions = model.bundle().manifest().emotions();
        if (json || csv) {
            ResultLines lines = json
                    ? ResultLines.json(modelId, emotions, abstainBelow, transcripts)
                    : ResultLines.csv(modelId, emotions, abstainBelow, transcripts);
            lines.header().ifPresent(this::say);
            return (name, result) -> say(lines.line(name, result));
        }
        RecordingText text = new RecordingText(abstainBelow, answer -> Ansi.AUTO.string("@|bold " + answer + "|@"));
        return (name, result) -> {
            if (result instanceof Result.Rejected<ScoredRecording> rejected) {
                System.err.println(rejected.rejection().line(name));
            } else {
                text.lines(name, result.orElseThrow()).forEach(this::say);
            }
        };
    }
}
