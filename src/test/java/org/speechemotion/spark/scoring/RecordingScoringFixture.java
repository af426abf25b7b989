package org.speechemotion.spark.scoring;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.speechemotion.asr.SpeechRecognizer;
import org.speechemotion.audio.AudioDecoder;
import org.speechemotion.audio.Channels;
import org.speechemotion.audio.RecordingReader;
import org.speechemotion.encoder.Encoder;
import org.speechemotion.encoder.Encoders;
import org.speechemotion.model.ModelBundle;
import org.speechemotion.scoring.Analyses;
import org.speechemotion.scoring.ClipBatches;
import org.speechemotion.scoring.LocalAudio;
import org.speechemotion.scoring.Recording;
import org.speechemotion.scoring.RecordingScorer;
import org.speechemotion.scoring.RecordingSettings;
import org.speechemotion.scoring.ScoredRecording;
import org.speechemotion.spark.SparkTest;
import org.speechemotion.spark.TestModel;

/** Scores recordings with a small model, on Spark and alone. */
abstract class RecordingScoringFixture extends SparkTest {
    static final RecordingSettings EACH =
            RecordingSettings.defaults().withChannels(Channels.EACH).withLimits(3600, 1L << 30);

    final ModelBundle bundle = TestModel.bundle();

    ScoredRecording scored(Path file, Optional<SpeechRecognizer> recognizer) {
        RecordingReader<String> reader =
                new RecordingReader<>(new LocalAudio(), new AudioDecoder(EACH.audio(TestModel.AUDIO)), EACH.channels());
        try (Encoder encoder = Encoders.open(TestModel.ENCODER)) {
            RecordingScorer<String> scorer = new RecordingScorer<>(
                    reader,
                    ClipBatches.predicting(encoder, bundle.open(), 1, false),
                    EACH,
                    Analyses.<String>none().withRecognizer(recognizer));
            Recording<String> recording =
                    scorer.score(List.of(file.toString()).iterator()).next();
            return ((Recording.Finished<String>) recording).result().orElseThrow();
        }
    }

    Map<String, Row> rows(String output) {
        Map<String, Row> rows = new TreeMap<>();
        for (Row row :
                BatchScoring.read(session, folder.resolve(output).toString()).collectAsList()) {
            rows.put(row.<String>getAs("path").replaceFirst("^.*?/in/", ""), row);
        }
        return rows;
    }
}
