package org.speechemotion.spark.scoring;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.speechemotion.common.Sha256;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.plugin.Plugins;
import org.speechemotion.scoring.ScoredRecording;
import org.speechemotion.scoring.export.ExportedTimeline;
import org.speechemotion.scoring.export.ExportedTimeline.Channel;
import org.speechemotion.scoring.export.ExportedTimeline.Span;
import org.speechemotion.scoring.export.TimelineFormat;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * Writes the timelines of rows into files, {@code _exports/<format>/<name of the recording>-<hash of its path>.<extension>} in
 * the folder of the table. They are written before the rows are committed, and again if the commit fails, so a committed row has
 * its files.
 */
final class TimelineExport {
    private static final String FOLDER = "_exports";
    private static final int HASH_DIGITS = 8;

    /** The fields of a segment, in the order of {@link ScoreColumns}. */
    private static final int CHANNEL = 0;

    private static final int START = 1;
    private static final int END = 2;
    private static final int ANSWER = 3;
    private static final int CONFIDENCE = 4;

    private final FileSystem files;
    private final Path folder;
    private final List<TimelineFormat> formats;
    private final ScoreColumns columns;

    /**
     * Creates an export.
     *
     * @param table the folder of the table
     * @param names the names of formats
     * @throws IllegalArgumentException if there is no such format, or the table has no timelines
     */
    TimelineExport(FileSystem files, Path table, ScoreColumns columns, List<String> names) {
        this.files = files;
        this.columns = columns;
        folder = new Path(table, FOLDER);
        formats = names.stream()
                .map(name -> Plugins.find(TimelineFormat.class, name))
                .toList();
        if (!names.isEmpty() && !columns.timeline()) {
            throw new IllegalArgumentException("score.export is " + names
                    + ", but the table has no timelines; allowed: Parquet or JSON lines with score.timeline=true");
        }
    }

    /** Writes the files of all rows that are not rejected. */
    void write(List<Row> rows) throws IOException {
        if (formats.isEmpty()) {
            return;
        }
        int status = columns.table().fieldIndex(ScoreColumns.STATUS);
        for (Row row : rows) {
            if (row.getString(status).equals(ScoreColumns.OK)) {
                write(timeline(row));
            }
        }
    }

    private void write(ExportedTimeline timeline) throws IOException {
        String hash = Sha256.of(timeline.recording()).substring(0, HASH_DIGITS);
        String name = timeline.fileName().replaceAll("[^\\p{L}\\p{N}._ -]", "_") + "-" + hash + ".";
        for (TimelineFormat format : formats) {
            Path file = new Path(new Path(folder, format.name()), name + format.extension());
            try (OutputStream stream = files.create(file, true)) {
                stream.write(format.text(timeline).getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private ExportedTimeline timeline(Row row) {
        Map<Integer, List<Span>> channels = new TreeMap<>();
        for (Row segment : segments(row.get(columns.table().fieldIndex("timeline")))) {
            channels.computeIfAbsent(segment.getInt(CHANNEL), first -> new ArrayList<>())
                    .add(span(segment));
        }
        return new ExportedTimeline(
                row.getString(columns.table().fieldIndex(ScoreColumns.PATH)),
                row.getDouble(columns.table().fieldIndex(ScoreColumns.DURATION)),
                channels.entrySet().stream()
                        .map(channel -> new Channel(channel.getKey(), channel.getValue()))
                        .toList());
    }

    /** Returns an array's elements: a row that was just made has an array of Java, one that was read has one of Scala. */
    @SuppressWarnings("unchecked")
    private static List<Row> segments(Object array) {
        return array instanceof Row[] made
                ? Arrays.asList(made)
                : JavaConverters.seqAsJavaListConverter((Seq<Row>) array).asJava();
    }

    private Span span(Row segment) {
        boolean speech = !segment.getString(ANSWER).equals(ScoredRecording.SILENCE);
        Map<String, Double> probabilities = new LinkedHashMap<>();
        for (Emotion emotion : columns.emotions()) {
            if (speech) {
                probabilities.put(emotion.id(), (double) segment.getFloat(CONFIDENCE + 1 + emotion.label()));
            }
        }
        return new Span(
                segment.getDouble(START),
                segment.getDouble(END),
                segment.getString(ANSWER),
                speech,
                speech ? segment.getFloat(CONFIDENCE) : 0,
                probabilities);
    }
}
