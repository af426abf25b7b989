package org.speechemotion.notebook;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.speechemotion.audio.AudioSource;
import org.speechemotion.audio.WavWriter;
import org.speechemotion.audio.Waveform;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.encoder.Encoder;
import org.speechemotion.encoder.EncoderSettings;
import org.speechemotion.encoder.Encoders;
import org.speechemotion.encoder.LogMelEncoder;
import org.speechemotion.encoder.LogMelSettings;
import org.speechemotion.encoder.Normalization;
import org.speechemotion.metrics.ConfusionMatrix;
import org.speechemotion.report.ClipPrediction;
import org.speechemotion.report.ConfusionPlot;
import org.speechemotion.report.CurvesPlot;
import org.speechemotion.report.EmbeddingPlot;
import org.speechemotion.report.RunComparison;
import org.speechemotion.report.RunSummary;
import org.speechemotion.report.ViewPlot;
import org.speechemotion.report.figure.Markup;
import org.speechemotion.spark.io.HadoopAudio;
import org.speechemotion.train.Example;

/**
 * The outputs of notebooks. Each function returns HTML, which Jupyter and Zeppelin show. Audio that cannot be decoded is shown
 * as its rejection, so that one bad file does not end a notebook.
 */
public final class Notebook {
    /** The longest audio that a player holds, in s: about 1.3 MB of a notebook. */
    public static final double MAX_SECONDS = 30;

    private static final int MAX_ROWS = TableHtml.MAX_ROWS;

    private Notebook() {}

    /** Returns a player of the first {@link #MAX_SECONDS} of a recording on any Hadoop file system. */
    public static Html audio(String path) {
        return audio(path, 0, MAX_SECONDS);
    }

    /**
     * Returns a player of a part of a recording. The audio, 16 kHz mono, is embedded.
     *
     * @param startSeconds the beginning of the part, in s, at least 0
     * @param seconds its length in s, above 0; more than {@link #MAX_SECONDS} are cut
     */
    public static Html audio(String path, double startSeconds, double seconds) {
        Excerpt excerpt = excerpt(path, startSeconds, seconds);
        String caption = excerpt.waveform()
                .map(part -> String.format(
                        Locale.ROOT,
                        part.durationSeconds() < excerpt.seconds() - 0.01
                                ? "%s: %.1f to %.1f of %.1f s"
                                : "%s: %4$.1f s",
                        path,
                        startSeconds,
                        startSeconds + part.durationSeconds(),
                        excerpt.seconds()))
                .orElse(path);
        Markup player = excerpt.waveform()
                .map(Notebook::player)
                .orElseGet(() -> Markup.of("strong", missing(excerpt, startSeconds)));
        return Html.of(player, Markup.of("small", " " + caption));
    }

    private static Markup player(Waveform waveform) {
        return Markup.of("audio")
                .with("controls", "controls")
                .with("preload", "metadata")
                .with("src", "data:audio/wav;base64," + Base64.getEncoder().encodeToString(WavWriter.write(waveform)));
    }

    private static String missing(Excerpt excerpt, double start) {
        return excerpt.rejection().isEmpty()
                ? String.format(Locale.ROOT, "no audio at %.1f s: the recording has %.1f s", start, excerpt.seconds())
                : excerpt.rejection();
    }

    /** Returns the waveform and the log-mel spectrogram of the first {@link #MAX_SECONDS} of a recording. */
    public static Html spectrogram(String path) {
        Excerpt excerpt = excerpt(path, 0, MAX_SECONDS);
        if (excerpt.waveform().isEmpty()) {
            return Html.of(Markup.of("strong", missing(excerpt, 0)), Markup.of("small", " " + path));
        }
        Waveform waveform = excerpt.waveform().get();
        LogMelSettings plain = LogMelSettings.defaults()
                .withNormalization(Normalization.NONE)
                .withFloor(0)
                .withSpeech(0);
        try (Encoder encoder = Encoders.open(EncoderSettings.of(LogMelEncoder.NAME, waveform.sampleRate(), plain))) {
            String name = path.substring(path.lastIndexOf('/') + 1);
            return Html.of(List.of(ViewPlot.of(
                    waveform, encoder.encode(List.of(waveform.samples())).get(0), name, "")));
        }
    }

    /**
     * Returns the timeline of a recording, a band for each channel.
     *
     * @param score a row that {@code score} wrote: path, status, duration_s and timeline
     */
    public static Html timeline(Row score) {
        String path = score.getAs("path");
        if (score.isNullAt(score.fieldIndex("timeline"))) {
            return Html.of(
                    Markup.of("strong", score.<String>getAs("reason") + ": " + score.<String>getAs("message")),
                    Markup.of("small", " " + path));
        }
        List<TimelinePlot.Segment> segments = score.<Row>getList(score.fieldIndex("timeline")).stream()
                .map(segment -> new TimelinePlot.Segment(
                        segment.<Integer>getAs("channel"),
                        segment.<Double>getAs("start_s"),
                        segment.<Double>getAs("end_s"),
                        segment.getAs("emotion"),
                        segment.<Float>getAs("confidence") == null ? 0 : segment.<Float>getAs("confidence")))
                .toList();
        return Html.of(List.of(TimelinePlot.of(segments, score.<Double>getAs("duration_s"), path)));
    }

    public static Html confusion(ConfusionMatrix matrix) {
        return Html.of(List.of(ConfusionPlot.of(matrix)));
    }

    /**
     * Returns the confusion matrix of a table of predictions.
     *
     * @param truth the column of the true emotion's name
     * @param predicted the column of the predicted emotion's name; rows in which it is null or {@code uncertain} are left out
     */
    public static Html confusion(Dataset<Row> table, String truth, String predicted) {
        List<Row> pairs = table.where(table.col(predicted)
                        .isNotNull()
                        .and(table.col(predicted).notEqual("uncertain")))
                .groupBy(truth, predicted)
                .count()
                .collectAsList();
        EmotionSet emotions = emotions(pairs.stream().flatMap(row -> Stream.of(row.getString(0), row.getString(1))));
        long[][] counts = new long[emotions.size()][emotions.size()];
        pairs.forEach(row -> counts[emotions.parse(row.getString(0)).label()][
                        emotions.parse(row.getString(1)).label()] +=
                row.getLong(2));
        return confusion(ConfusionMatrix.of(emotions, counts));
    }

    /**
     * Returns the confusion matrix of a run's test side, or of its validation side if it has no test side.
     *
     * @param run the folder of a run that has ended
     * @throws IOException if the folder is not a run's, or one of its files is damaged
     */
    public static Html confusion(String run) throws IOException {
        List<ClipPrediction> predictions = run(run).predictions();
        EmotionSet emotions = emotions(predictions.stream().flatMap(one -> Stream.of(one.emotion(), one.predicted())));
        boolean tested = predictions.stream().anyMatch(one -> one.side().equals("test"));
        ConfusionMatrix matrix = ConfusionMatrix.empty(emotions);
        for (ClipPrediction one : predictions) {
            if (one.side().equals("test") || !tested) {
                matrix = matrix.plus(emotions.parse(one.emotion()), emotions.parse(one.predicted()));
            }
        }
        return confusion(matrix);
    }

    /** Returns the eight emotions if they include all names, or else the names in alphabetical order. */
    private static EmotionSet emotions(Stream<String> names) {
        List<String> distinct = names.distinct().sorted().toList();
        return distinct.stream().allMatch(EmotionSet.EIGHT::isName) ? EmotionSet.EIGHT : EmotionSet.ofCorpus(distinct);
    }

    /**
     * Returns the curves of runs, one colour for each.
     *
     * @param runs folders of runs
     * @throws IOException if a folder is not a run's, or one of its files is damaged
     */
    public static Html curves(String... runs) throws IOException {
        return Html.of(List.of(CurvesPlot.of(runs(runs))));
    }

    /**
     * Returns the report of {@code emotion compare}: scores, paired tests and the settings that differ.
     *
     * @param runs folders of runs
     * @throws IOException as for {@link #curves}
     */
    public static Html comparison(String... runs) throws IOException {
        return Html.of(Markup.of("pre", RunComparison.text(runs(runs))));
    }

    /**
     * Returns two maps of clips by the first two principal components of their vectors: coloured by emotion and by speaker.
     *
     * @param table the table, of at most 1000 rows
     * @param vector the column of a Spark ML vector
     * @param emotion the column of an emotion's name
     * @param speaker the column of a speaker's name
     */
    public static Html maps(Dataset<Row> table, String vector, String emotion, String speaker) {
        List<Example> clips = new ArrayList<>();
        List<float[]> vectors = new ArrayList<>();
        List<Row> rows = table.select(vector, emotion, speaker).limit(MAX_ROWS).collectAsList();
        EmotionSet emotions = emotions(rows.stream().map(row -> row.getString(1)));
        for (Row row : rows) {
            double[] values = row.<Vector>getAs(0).toArray();
            float[] floats = new float[values.length];
            for (int i = 0; i < floats.length; i++) {
                floats[i] = (float) values[i];
            }
            vectors.add(floats);
            clips.add(new Example("", "", String.valueOf(row.get(2)), emotions.parse(row.getString(1)), 0));
        }
        EmbeddingPlot plot = new EmbeddingPlot(clips, vectors);
        return Html.of(List.of(plot.byEmotion(), plot.bySpeaker()));
    }

    /**
     * Returns a bar for each row of a table, in the order of the table.
     *
     * @param table its first column holds names, its second one numbers; at most 1000 rows are shown
     */
    public static Html bars(Dataset<Row> table, String title) {
        List<BarPlot.Bar> bars = table.limit(MAX_ROWS).collectAsList().stream()
                .map(row -> new BarPlot.Bar(
                        String.valueOf(row.get(0)), row.isNullAt(1) ? 0 : ((Number) row.get(1)).doubleValue()))
                .toList();
        return Html.of(List.of(BarPlot.of(bars, title)));
    }

    /**
     * Returns the first rows of a table.
     *
     * @param rows the number of rows, 1 to 1000
     */
    public static Html table(Dataset<Row> table, int rows) {
        return TableHtml.of(table, rows);
    }

    private static List<RunSummary> runs(String... folders) throws IOException {
        List<RunSummary> runs = new ArrayList<>();
        for (String folder : folders) {
            runs.add(run(folder));
        }
        return runs;
    }

    private static RunSummary run(String folder) throws IOException {
        return RunSummary.read(Path.of(folder))
                .orElseThrow(() -> new IOException(folder + " is not a folder of a run: it has no history.csv"));
    }

    private static Excerpt excerpt(String path, double start, double seconds) {
        if (!(start >= 0 && seconds > 0)) {
            throw new IllegalArgumentException("audio from " + start + " s, of " + seconds
                    + " s; allowed: a start of at least 0 and a length above 0");
        }
        return Excerpt.read(source(), path, start, Math.min(seconds, MAX_SECONDS));
    }

    /** The session knows the file systems that it was set up with; without one, Hadoop's defaults do. */
    private static AudioSource source() {
        return new HadoopAudio(
                SparkSession.getDefaultSession().isDefined()
                        ? SparkSession.getDefaultSession().get().sessionState().newHadoopConf()
                        : new Configuration());
    }
}
