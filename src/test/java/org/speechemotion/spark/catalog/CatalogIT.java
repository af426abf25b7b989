package org.speechemotion.spark.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.speechemotion.acoustics.AcousticMeasurer;
import org.speechemotion.acoustics.AcousticProperty;
import org.speechemotion.audio.AudioDecoder;
import org.speechemotion.audio.AudioSettings;
import org.speechemotion.audio.ClipReader;
import org.speechemotion.audio.PcmWav;
import org.speechemotion.audio.WavWriter;
import org.speechemotion.audio.Waveform;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.corpus.Entry;
import org.speechemotion.corpus.Ravdess;
import org.speechemotion.encoder.EncoderSettings;
import org.speechemotion.encoder.LogMelSettings;
import org.speechemotion.spark.DemoClips;
import org.speechemotion.spark.SparkTest;
import org.speechemotion.spark.clips.ClipAcoustics;
import org.speechemotion.spark.clips.ClipPipeline;
import org.speechemotion.spark.clips.DecodedClips;
import org.speechemotion.spark.io.HadoopAudio;
import org.speechemotion.spark.io.ParquetTable;
import org.speechemotion.split.Side;
import org.speechemotion.split.SpeakerSplit;
import org.speechemotion.train.ClipLoader;
import org.speechemotion.train.Example;
import org.speechemotion.train.ExampleBuilder;

class CatalogIT extends SparkTest {
    private static final String STEREO = "Actor_03/03-01-05-02-02-02-03.wav";
    private static final String CORRUPT = "Actor_03/03-01-06-01-01-01-03.wav";
    private static final String TOO_SHORT = "Actor_03/03-01-07-01-01-01-03.wav";
    private static final String BADLY_NAMED = "Actor_03/holiday.wav";

    @Test
    void everyFileIsARowWithItsLabelsOrItsReason() throws IOException {
        writeRavdess();

        Dataset<Row> catalog = catalog(folder);
        Map<String, Row> rows = byPath(catalog);

        assertThat(catalog.schema()).isEqualTo(Catalog.SCHEMA);
        assertThat(catalog.count()).isEqualTo(6);
        assertThat(rows)
                .containsOnlyKeys(
                        DemoClips.name(1, Emotion.NEUTRAL),
                        DemoClips.name(2, Emotion.HAPPY),
                        STEREO,
                        CORRUPT,
                        TOO_SHORT,
                        BADLY_NAMED);
        double seconds = DemoClips.samples(2, Emotion.HAPPY).length / 16_000.0;
        assertThat(values(rows.get(DemoClips.name(2, Emotion.HAPPY))))
                .containsExactly(
                        "file:" + folder.resolve(DemoClips.name(2, Emotion.HAPPY)),
                        "ravdess",
                        "ravdess:02",
                        "happy",
                        2,
                        "normal",
                        "Kids are talking by the door",
                        seconds,
                        16_000,
                        1,
                        sha256(DemoClips.name(2, Emotion.HAPPY)),
                        "ok",
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null);
        assertThat(values(rows.get(STEREO)))
                .containsExactly(
                        "file:" + folder.resolve(STEREO),
                        "ravdess",
                        "ravdess:03",
                        "angry",
                        4,
                        "strong",
                        "Dogs are sitting by the door",
                        1.5,
                        48_000,
                        2,
                        sha256(STEREO),
                        "ok",
                        null,
                        "the fmt chunk has a block align of 2 bytes, interpreted as samples of 16 bits in 2 channels",
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null);
    }

    @Test
    void rejectedFilesHaveAReason() throws IOException {
        writeRavdess();

        Map<String, Row> rows = byPath(catalog(folder));

        assertThat(rows.get(BADLY_NAMED).<String>getAs("reason")).contains("file name", "modality");
        assertThat(rows.get(CORRUPT).<String>getAs("reason")).startsWith("unreadable: wav: ");
        assertThat(rows.get(TOO_SHORT).<String>getAs("reason")).startsWith("too-short: ");
        for (String rejected : List.of(BADLY_NAMED, CORRUPT, TOO_SHORT)) {
            assertThat(rows.get(rejected).<String>getAs("status")).isEqualTo("rejected");
            assertThat(rows.get(rejected).<Double>getAs("duration_s")).isNull();
        }
        for (String decoded : List.of(CORRUPT, TOO_SHORT)) {
            assertThat(rows.get(decoded).<String>getAs("actor_id")).isEqualTo("ravdess:03");
            assertThat(rows.get(decoded).<String>getAs("content_sha256")).isEqualTo(sha256(decoded));
        }
    }

    @Test
    void aClipOfDigitalSilenceIsRejected() throws IOException {
        write(DemoClips.name(1, Emotion.NEUTRAL), DemoClips.wav(1, Emotion.NEUTRAL));
        float[] offset = new float[16_000];
        Arrays.fill(offset, 0.25f);
        write(DemoClips.name(1, Emotion.HAPPY), WavWriter.write(new Waveform(offset, 16_000)));
        write(DemoClips.name(1, Emotion.SAD), WavWriter.write(new Waveform(new float[16_000], 16_000)));
        write(TOO_SHORT, WavWriter.write(new Waveform(new float[800], 16_000)));

        CatalogClips clips = CatalogClips.of(catalog(folder));

        assertThat(clips.all()).hasSize(1);
        assertThat(clips.rejections()).hasToString("{silent=2, too-short=1}");
        assertThat(clips.rejections().lines())
                .contains("  2 silent, such as file:" + folder.resolve(DemoClips.name(1, Emotion.HAPPY))
                        + ": digital silence from beginning to end, labelled happy");
    }

    @Test
    void missingAndIrregularFilesAreRejected() throws IOException {
        writeRavdess();
        Path gone = folder.resolve(DemoClips.name(1, Emotion.NEUTRAL));
        var entries = Catalog.entries(new Ravdess(), folder.toString(), Map.of(), hadoop());
        Files.delete(gone);

        Row row =
                byPath(Catalog.of(session, entries, AudioSettings.defaults())).get(DemoClips.name(1, Emotion.NEUTRAL));

        assertThat(row.<String>getAs("reason")).startsWith("unreadable: ").contains(gone.toString());
    }

    @Test
    void aTrainingNeedNotDecodeTheClipsAgain() throws IOException {
        writeRavdess();
        String name = DemoClips.name(2, Emotion.HAPPY);
        List<Entry> entries = Catalog.entries(new Ravdess(), folder.toString(), Map.of(), hadoop());
        Row row = byPath(Catalog.of(session, entries, EmotionSet.EIGHT, AudioSettings.defaults(), 17))
                .get(name);
        ClipReader reader = new ClipReader(new HadoopAudio(hadoop()), new AudioDecoder(AudioSettings.defaults()));
        Example clip = ExampleBuilder.clip(row.getAs("path")).build();
        float[] decoded = new ClipLoader(reader).load(clip).samples();

        Files.delete(folder.resolve(name));

        assertThat(new ClipLoader(reader, DecodedClips.cache(17)).load(clip).samples())
                .isEqualTo(decoded);
        ClipPipeline pipeline = new ClipPipeline(
                AudioSettings.defaults(), EncoderSettings.of("log-mel", 16_000, LogMelSettings.defaults()), hadoop());
        JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
        assertThat(ClipAcoustics.of(context, pipeline, 17, List.of(clip)))
                .extracting(profile -> profile.value(AcousticProperty.LEVEL))
                .containsExactly(AcousticMeasurer.measure(decoded, 16_000).value(AcousticProperty.LEVEL));
        assertThat(ClipAcoustics.of(context, pipeline, 18, List.of(clip))).isEmpty();
    }

    @Test
    void sparkReadsTheFilesOfTheDriver() throws IOException {
        writeRavdess();
        Dataset<Row> catalog = catalog(folder);
        Path file = folder.resolve("catalog é.parquet");

        ParquetTable.write(catalog.collectAsList(), Catalog.SCHEMA, file);

        Dataset<Row> read = session.read().parquet(file.toString());
        assertThat(read.schema()).isEqualTo(Catalog.SCHEMA.asNullable());
        assertThat(read.collectAsList()).containsExactlyElementsOf(catalog.collectAsList());
        assertThat(CatalogClips.of(read).speakers()).containsExactly("ravdess:01", "ravdess:02", "ravdess:03");
    }

    @Test
    void oneRecordingOnTwoSidesIsAnErrorThatNamesBothFiles() throws IOException {
        byte[] recording = DemoClips.wav(1, Emotion.FEARFUL);
        write(DemoClips.name(1, Emotion.FEARFUL), recording);
        write(DemoClips.name(2, Emotion.FEARFUL), recording);
        write(DemoClips.name(3, Emotion.FEARFUL), DemoClips.wav(3, Emotion.FEARFUL));
        CatalogClips clips = CatalogClips.of(catalog(folder));

        assertThatThrownBy(() -> clips.requireNoLeak(SpeakerSplit.of(
                        Map.of("ravdess:01", Side.TRAIN, "ravdess:02", Side.TEST, "ravdess:03", Side.TEST))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(DemoClips.name(1, Emotion.FEARFUL))
                .hasMessageContaining(DemoClips.name(2, Emotion.FEARFUL));
        assertThatCode(() -> clips.requireNoLeak(SpeakerSplit.of(
                        Map.of("ravdess:01", Side.TRAIN, "ravdess:02", Side.TRAIN, "ravdess:03", Side.TEST))))
                .doesNotThrowAnyException();
    }

    @Test
    void otherTablesAreRejected() throws IOException {
        write(BADLY_NAMED, DemoClips.wav(1, Emotion.SAD));

        assertThatThrownBy(() -> CatalogClips.of(session.range(3).toDF()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("content_sha256");
        assertThatThrownBy(() -> CatalogClips.of(catalog(folder)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("no clip", "; rejected: 1 file-name, such as file:", BADLY_NAMED);
    }

    private void writeRavdess() throws IOException {
        write(DemoClips.name(1, Emotion.NEUTRAL), DemoClips.wav(1, Emotion.NEUTRAL));
        write(DemoClips.name(2, Emotion.HAPPY), DemoClips.wav(2, Emotion.HAPPY));
        byte[] stereo = stereo(1.5);
        stereo[32] = 2; // a wrong block align
        write(STEREO, stereo);
        write(CORRUPT, Arrays.copyOf(DemoClips.wav(1, Emotion.SAD), 30));
        write(TOO_SHORT, WavWriter.write(new Waveform(new float[800], 16_000)));
        write(BADLY_NAMED, DemoClips.wav(1, Emotion.SAD));
        write("readme.txt", new byte[10]);
    }

    /** 48 kHz, two channels. */
    private static byte[] stereo(double seconds) {
        return PcmWav.interleaved(alternating((int) (2 * 48_000 * seconds)), 48_000, 2);
    }

    private static float[] alternating(int length) {
        float[] samples = new float[length];
        for (int i = 0; i < length; i++) {
            samples[i] = i / 2 % 2 == 0 ? 0.1f : -0.1f;
        }
        return samples;
    }

    private Dataset<Row> catalog(Path root) throws IOException {
        return Catalog.of(
                session, Catalog.entries(new Ravdess(), root.toString(), Map.of(), hadoop()), AudioSettings.defaults());
    }

    /** Returns the rows by their path below the test's folder. */
    private Map<String, Row> byPath(Dataset<Row> catalog) {
        int prefix = ("file:" + folder + "/").length();
        return catalog.collectAsList().stream()
                .collect(Collectors.toMap(row -> row.<String>getAs("path").substring(prefix), Function.identity()));
    }

    private static Object[] values(Row row) {
        Object[] values = new Object[row.size()];
        Arrays.setAll(values, row::get);
        return values;
    }

    private String sha256(String name) throws IOException {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(folder.resolve(name))));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
