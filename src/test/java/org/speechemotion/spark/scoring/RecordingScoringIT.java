package org.speechemotion.spark.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.speechemotion.spark.scoring.RecordedCall.RATE;
import static org.speechemotion.spark.scoring.RecordedCall.call;
import static org.speechemotion.spark.scoring.RecordedCall.zip;
import static org.speechemotion.spark.scoring.TimelineAssertions.assertIsTheCall;
import static org.speechemotion.spark.scoring.TimelineAssertions.assertTellsWhoSpoke;
import static org.speechemotion.spark.scoring.TimelineAssertions.list;
import static org.speechemotion.spark.scoring.TimelineAssertions.sum;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.encoder.EncoderSettings;
import org.speechemotion.encoder.LogMelSettings;
import org.speechemotion.encoder.Normalization;
import org.speechemotion.scoring.RecordingSettings;
import org.speechemotion.scoring.SpeakerTurns;
import org.speechemotion.scoring.TableSettings;
import org.speechemotion.scoring.Timeline;
import org.speechemotion.spark.DemoClips;
import org.speechemotion.spark.TestModel;
import org.speechemotion.spark.TestTones;
import org.speechemotion.spark.clips.ClipPipeline;

/** Tests a call of two minutes: the agent talks first on one channel, and then the customer on the other. */
class RecordingScoringIT extends RecordingScoringFixture {
    private List<String> exports = List.of();

    @ParameterizedTest
    @ValueSource(strings = {"scores.parquet", "scores.jsonl"})
    void everyChannelOfACallHasATimeline(String output) throws IOException {
        Path file = write("in/call.wav", call());
        write("in/calls.zip", zip("call.wav", call()));
        exports = List.of("webvtt", "json");
        assertThat(run(output, EACH, true, TestModel.ENCODER).scored()).isEqualTo(2);
        Map<String, Row> rows = rows(output);
        List<Timeline> alone = alone(file);
        assertIsTheCall(rows.get("call.wav"), alone);
        assertIsTheCall(rows.get("calls.zip!/call.wav"), alone);

        assertTellsWhoSpoke(rows.get("call.wav"));
        assertAreExported(output, rows.get("call.wav"));
        assertAreExportedLater(output);

        // Scoring the copy would fail, because the encoder's frames are too narrow for the model.
        Files.move(file, folder.resolve("in/moved.wav"));
        EncoderSettings narrow = EncoderSettings.of(
                "log-mel",
                RATE,
                LogMelSettings.defaults()
                        .withBands(8)
                        .withNormalization(Normalization.CLIP)
                        .withFloor(0)
                        .withSpeech(0));
        assertThat(run(output, EACH, true, narrow)).satisfies(summary -> {
            assertThat(summary).hasToString("2 listed = 1 scored + 0 rejected + 1 skipped");
            assertThat(summary.answers().values()).as("by emotion").containsExactly(2L);
        });
        assertThat(result(rows(output).get("moved.wav")))
                .isIn(result(rows.get("call.wav")), result(rows.get("calls.zip!/call.wav")));
    }

    @Test
    void timelinesAreLeftOutOfCsvAndOnRequest() throws IOException {
        byte[] call = call();
        call[32] = 1; // a wrong block align
        write("in/call.wav", call);
        run("scores.csv", EACH, true, TestModel.ENCODER);
        run("scores", EACH, false, TestModel.ENCODER);

        Row csv = rows("scores.csv").get("call.wav");
        Row row = rows("scores").get("call.wav");
        assertThat(csv.schema().fieldNames()).doesNotContain("channels", "timeline");
        assertThat(row.schema().fieldNames()).contains("channels").doesNotContain("timeline");
        assertThat(row.<String>getAs("status")).isEqualTo("ok");
        assertThat(row.<String>getAs("message"))
                .isEqualTo(
                        "the fmt chunk has a block align of 1 bytes, interpreted as samples of 16 bits in 2 channels");
        for (String column :
                List.of("message", "duration_s", "speech_s", "emotion", "confidence", "entropy", "content")) {
            assertThat(csv.<Object>getAs(column)).as(column).isEqualTo(row.getAs(column));
        }
    }

    @Test
    void clipsAreOneSegmentAndSilenceHasNoEmotion() throws IOException {
        write("in/clip.wav", DemoClips.wav(1, Emotion.SAD));
        write("in/silent.wav", TestTones.wav(0, 7));
        run("scores", RecordingSettings.defaults(), true, TestModel.ENCODER);
        Row clip = rows("scores").get("clip.wav");
        Row silent = rows("scores").get("silent.wav");

        Row only = list(clip, "timeline").get(0);
        assertThat(list(clip, "timeline")).hasSize(1);
        assertThat(only.<Double>getAs("start_s")).isZero();
        assertThat(only.<Double>getAs("end_s"))
                .isEqualTo(clip.<Double>getAs("duration_s"))
                .isEqualTo(clip.<Double>getAs("speech_s"));
        assertThat(only.<String>getAs("emotion")).isEqualTo(clip.<String>getAs("emotion"));
        assertThat(only.<Float>getAs("confidence")).isEqualTo(clip.<Float>getAs("confidence"));

        assertThat(silent.<String>getAs("status")).isEqualTo("ok");
        assertThat(silent.<String>getAs("emotion")).isEqualTo("silence");
        assertThat(silent.<Double>getAs("speech_s")).isZero();
        for (String column : List.of("confidence", "entropy", "probability_neutral")) {
            assertThat(silent.<Object>getAs(column)).as(column).isNull();
        }
        assertThat(list(silent, "timeline")).hasSize(3);
        assertThat(sum(list(silent, "channels").get(0), "share_")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"scores", "scores.jsonl"})
    void speakersAreThoseOfTheFile(String output) throws IOException {
        write("in/clip.wav", DemoClips.wav(1, Emotion.SAD));
        write("in/other.wav", DemoClips.wav(2, Emotion.SAD));
        SpeakerTurns turns = SpeakerTurns.parse(
                """
                SPEAKER clip 1 0 0.2 <NA> <NA> anna <NA> <NA>
                SPEAKER clip 1 0.2 0.3 <NA> <NA> ben <NA> <NA>
                """,
                "calls.rttm");
        try (ScoringRun run = new ScoringRun(
                session,
                bundle,
                TestModel.pipeline(hadoop()),
                ScoringOptions.defaults()
                        .with(ScoringSettings.defaults().withCalls(true))
                        .with(TableSettings.defaults().withExport(List.of("webvtt")))
                        .with(turns),
                line -> {})) {
            run.score(folder.resolve("in").toString(), folder.resolve(output).toString());
        }
        Row clip = rows(output).get("clip.wav");
        List<Row> speakers = list(clip, "speakers");
        assertThat(speakers).extracting(speaker -> speaker.getString(0)).containsExactly("anna", "ben");
        assertThat(speakers).allSatisfy(speaker -> {
            // There is one window, which both are in.
            assertThat(speaker.<Float>getAs("confidence")).isCloseTo(clip.<Float>getAs("confidence"), within(1e-6f));
            assertThat(speaker.<String>getAs("last_emotion")).isIn(clip.<String>getAs("emotion"), "silence");
            assertThat(sum(speaker, "share_")).isCloseTo(1, within(1e-6));
            assertThat(list(speaker, "timeline")).hasSize(1);
        });
        assertThat(speakers.get(1).<Double>getAs("speech_s")).isEqualTo(0.3);
        assertThat(speakers.get(1).<Double>getAs("talk_share")).isCloseTo(0.6, within(1e-9));
        Row call = clip.getStruct(clip.fieldIndex("call"));
        assertThat(call.<Double>getAs("silence_s")).isCloseTo(clip.<Double>getAs("duration_s") - 0.5, within(0.01));
        List<Row> sides = list(call, "sides");
        assertThat(sides).extracting(side -> side.<String>getAs("speaker")).containsExactly("anna", "ben");
        for (int i = 0; i < sides.size(); i++) {
            for (String column : List.of("channel", "talk_share", "turns", "loudness_db", "first_emotion")) {
                assertThat(sides.get(i).<Object>getAs(column))
                        .as(column)
                        .isEqualTo(speakers.get(i).getAs(column));
            }
        }
        assertThat(exported(output, "clip.wav")).contains("<v anna>", "<v ben>", "00:00:00.200 --> 00:00:00.500");

        Row other = rows(output).get("other.wav");
        assertThat(list(other, "speakers")).isEmpty();
        assertThat(list(other.getStruct(other.fieldIndex("call")), "sides"))
                .singleElement()
                .satisfies(side -> assertThat(side.<String>getAs("speaker")).isNull());
        assertThat(exported(output, "other.wav")).doesNotContain("<v ");
    }

    /** The subtitles of a recording. */
    private String exported(String output, String recording) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(output + "/_exports/webvtt"))) {
            return Files.readString(
                    files.filter(file -> file.getFileName().toString().startsWith(recording))
                            .findFirst()
                            .orElseThrow());
        }
    }

    /** The files of the call and of its copy in the archive, in both formats. */
    private void assertAreExported(String output, Row row) throws IOException {
        for (String format : exports) {
            try (Stream<Path> files = Files.list(folder.resolve(output + "/_exports/" + format))) {
                List<Path> found = files.filter(
                                file -> !file.getFileName().toString().startsWith("."))
                        .toList();
                assertThat(found).hasSize(2);
                String text = Files.readString(found.get(0));
                assertThat(text).contains(format.equals("json") ? "\"channel\" : 2" : "<v Channel 2>");
                if (format.equals("json")) {
                    assertThat(text.split("\"start\"", -1))
                            .hasSize(list(row, "timeline").size() + 1);
                }
            }
        }
    }

    /** Exports the same files from the table, and then those of the archive alone. */
    private void assertAreExportedLater(String output) throws IOException {
        String table = folder.resolve(output).toString();
        for (String format : exports) {
            String later = folder.resolve(output + "-later").toString();
            assertThat(TableExport.write(session, table, "", format, later)).isEqualTo(2);
            Path before = folder.resolve(output + "/_exports/" + format);
            try (Stream<Path> files = Files.list(before)) {
                assertThat(files).hasSize(2).allSatisfy(file -> assertThat(
                                Path.of(later, format).resolve(file.getFileName()))
                        .hasSameTextualContentAs(file));
            }
            String archive = folder.resolve("in/calls.zip").toString();
            assertThat(TableExport.write(session, table, archive, format, later + "-archive"))
                    .isEqualTo(1);
        }
        assertThatThrownBy(() -> TableExport.write(session, table, "", "srt", table + "-later"))
                .hasMessageContaining("no TimelineFormat is named \"srt\"; allowed: ");
    }

    /** Scores as {@code infer} does. */
    private List<Timeline> alone(Path file) {
        return scored(file, Optional.empty()).channels();
    }

    private ScoringSummary run(String output, RecordingSettings recordings, boolean timeline, EncoderSettings encoder)
            throws IOException {
        ClipPipeline pipeline = new ClipPipeline(TestModel.AUDIO, encoder, hadoop());
        return new ScoringRun(
                        session,
                        bundle,
                        pipeline,
                        ScoringOptions.defaults()
                                .with(recordings)
                                .with(ScoringSettings.defaults()
                                        .withBatchSize(4)
                                        .withTimeline(timeline)
                                        .withCalls(timeline))
                                .with(TableSettings.defaults().withExport(exports)),
                        line -> {})
                .score(folder.resolve("in").toString(), folder.resolve(output).toString());
    }

    /** A row without its path and without where it comes from. */
    private static List<Object> result(Row row) {
        return List.of(
                list(row, "channels"), list(row, "timeline"), row.getAs("confidence"), row.<String>getAs("content"));
    }
}
