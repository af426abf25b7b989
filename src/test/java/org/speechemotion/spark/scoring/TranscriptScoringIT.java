package org.speechemotion.spark.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.speechemotion.spark.scoring.RecordedCall.call;
import static org.speechemotion.spark.scoring.TimelineAssertions.list;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.speechemotion.asr.RecognizerSettings;
import org.speechemotion.asr.SpeechRecognizer;
import org.speechemotion.asr.Word;
import org.speechemotion.asr.pretrained.CtcModel;
import org.speechemotion.encoder.EncoderSettings;
import org.speechemotion.encoder.Encoders;
import org.speechemotion.encoder.PretrainedSettings;
import org.speechemotion.encoder.transformer.Folders;
import org.speechemotion.scoring.ScoredRecording;
import org.speechemotion.spark.TestModel;
import org.speechemotion.spark.clips.ClipPipeline;

/** Tests the words of recordings in tables and subtitles. */
class TranscriptScoringIT extends RecordingScoringFixture {
    /** A recogniser of random weights writes letters at random, but the same ones on the cluster and alone. */
    @Test
    void wordsEqualThoseOfTheRecognizer() throws IOException {
        Path file = write("in/call.wav", call());
        RecognizerSettings settings =
                RecognizerSettings.at(Folders.path("hubert-ctc").toString()).withWindows(20, 4);
        CtcModel model = CtcModel.open(settings);
        EncoderSettings encoder = model.encoder(PretrainedSettings.Engine.ONNX, 1);
        for (String output : List.of("scores", "scores.jsonl", "scores.csv")) {
            JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
            try (ScoringRun run = new ScoringRun(
                    session,
                    bundle,
                    new ClipPipeline(TestModel.AUDIO, TestModel.ENCODER, hadoop()),
                    ScoringOptions.defaults()
                            .with(EACH)
                            .with(BroadcastRecognizer.of(
                                    context, model, new ClipPipeline(TestModel.AUDIO, encoder, hadoop()))),
                    line -> {})) {
                run.score(file.toString(), folder.resolve(output).toString());
            }
        }
        ScoredRecording alone;
        try (SpeechRecognizer recognizer = model.with(Encoders.open(encoder))) {
            alone = scored(file, Optional.of(recognizer));
        }
        String text = alone.transcripts().get(0).text() + "\n"
                + alone.transcripts().get(1).text();
        assertThat(text).hasSizeGreaterThan(100);
        assertThat(rows("scores.csv").get("call.wav").<String>getAs("text")).isEqualTo(text);
        for (String output : List.of("scores", "scores.jsonl")) {
            Row row = rows(output).get("call.wav");
            assertThat(row.<String>getAs("text")).isEqualTo(text);
            List<Row> words = list(row, "words");
            List<Row> ofSegments = list(row, "timeline").stream()
                    .flatMap(segment -> list(segment, "words").stream())
                    .toList();
            assertThat(ofSegments).isEqualTo(words);
            List<Row> expected = new ArrayList<>();
            for (int channel = 0; channel < 2; channel++) {
                for (Word word : alone.transcripts().get(channel).words()) {
                    expected.add(
                            RowFactory.create(channel + 1, word.text(), word.startSeconds(), word.endSeconds(), (float)
                                    word.confidence()));
                }
            }
            assertThat(words).isEqualTo(expected);
            assertThat(subtitles(output)).contains(text.replaceAll("\\s+", ""));
        }
    }

    /** The texts of the subtitles without white space and tags; those of the first channel come first. */
    private String subtitles(String output) throws IOException {
        String folder = this.folder.resolve(output + "-subtitles").toString();
        TableExport.write(session, this.folder.resolve(output).toString(), "", "webvtt", folder);
        try (Stream<Path> files = Files.list(Path.of(folder, "webvtt"))) {
            return Files.readAllLines(files.findFirst().orElseThrow()).stream()
                    .filter(line -> line.startsWith("<v Channel"))
                    .sorted(Comparator.comparing(line -> line.substring(0, "<v Channel 1".length())))
                    .map(line -> line.replaceAll("<[^>]*>|\\s", "")
                            .replace("&lt;", "<")
                            .replace("&gt;", ">"))
                    .collect(Collectors.joining());
        }
    }
}
