package org.speechemotion.spark.scoring;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.StructType;
import org.speechemotion.asr.Transcript;
import org.speechemotion.asr.Word;
import org.speechemotion.common.Sha256;
import org.speechemotion.plugin.Plugins;
import org.speechemotion.scoring.ScoredRecording;
import org.speechemotion.scoring.export.ExportedTimeline;
import org.speechemotion.scoring.export.ExportedTimeline.Channel;
import org.speechemotion.scoring.export.ExportedTimeline.Span;
import org.speechemotion.scoring.export.TimelineFormat;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * Writes the timelines of rows into files, {@code <format>/<name of the recording>-<hash of its path>.<extension>} in a folder. For
 * {@code score.export} that is the folder {@code _exports} of the table, whose files are written before the rows are committed, and
 * again if the commit fails, so a committed row has its files.
 */
final class TimelineExport {
    static final String FOLDER = "_exports";
    private static final String TIMELINE = "timeline";
    private static final String WORDS = "words";
    private static final String SPEAKERS = "speakers";
    private static final int HASH_DIGITS = 8;

    /** The fields of a segment, in the order of {@link ScoreColumns}; those of a word begin in the same way. */
    private static final int CHANNEL = 0;

    private static final int START = 1;
    private static final int END = 2;
    private static final int ANSWER = 3;
    private static final int CONFIDENCE = 4;

    /** The first fields of a speaker, whose last one is the timeline. */
    private static final int SPEAKER = 0;

    private static final int SPEAKER_CHANNEL = 1;

    private static final int WORD = 1;
    private static final int WORD_START = 2;
    private static final int WORD_END = 3;
    private static final int WORD_CONFIDENCE = 4;

    private final FileSystem files;
    private final Path folder;
    private final List<TimelineFormat> formats;
    private final StructType schema;
    /** The ids of the emotions, in label order. */
    private final List<String> emotions;

    /**
     * Creates an export.
     *
     * @param folder the folder, which is created when the first file is written
     * @param schema the schema of the rows: the columns of a table or some of them
     * @param formats the names of formats
     * @throws IllegalArgumentException if there is no such format, or the rows have no timelines
     */
    TimelineExport(FileSystem files, Path folder, StructType schema, List<String> formats) {
        this.files = files;
        this.schema = schema;
        this.folder = folder;
        this.formats = formats.stream()
                .map(name -> Plugins.find(TimelineFormat.class, name))
                .toList();
        if (!formats.isEmpty() && !List.of(schema.fieldNames()).contains(TIMELINE)) {
            throw new IllegalArgumentException("a table without timelines cannot be written as "
                    + String.join(", ", formats) + "; allowed: Parquet or JSON lines with score.timeline=true");
        }
        emotions = formats.isEmpty()
                ? List.of()
                : emotions((ArrayType) schema.apply(TIMELINE).dataType());
    }

    private static List<String> emotions(ArrayType timeline) {
        return Stream.of(((StructType) timeline.elementType()).fieldNames())
                .filter(name -> name.startsWith(ScoreColumns.PROBABILITY))
                .map(name -> name.substring(ScoreColumns.PROBABILITY.length()))
                .toList();
    }

    /** Returns the columns of a table that an export reads. */
    static String[] columns(StructType table) {
        return Stream.of(ScoreColumns.PATH, ScoreColumns.STATUS, ScoreColumns.DURATION, TIMELINE, WORDS, SPEAKERS)
                .filter(List.of(table.fieldNames())::contains)
                .toArray(String[]::new);
    }

    /** Writes the files of all rows that are not rejected. */
    void write(List<Row> rows) throws IOException {
        for (Row row : rows) {
            write(row);
        }
    }

    /**
     * Writes the files of a row.
     *
     * @return the last one; empty if the row is rejected or there is no format
     */
    Optional<Path> write(Row row) throws IOException {
        Optional<Path> written = Optional.empty();
        if (!formats.isEmpty() && value(row, ScoreColumns.STATUS).equals(ScoreColumns.OK)) {
            ExportedTimeline timeline = timeline(row);
            String hash = Sha256.of(timeline.recording()).substring(0, HASH_DIGITS);
            String name = timeline.fileName().replaceAll("[^\\p{L}\\p{N}._ -]", "_") + "-" + hash + ".";
            for (TimelineFormat format : formats) {
                Path file = new Path(new Path(folder, format.name()), name + format.extension());
                try (OutputStream stream = files.create(file, true)) {
                    stream.write(format.text(timeline).getBytes(StandardCharsets.UTF_8));
                }
                written = Optional.of(file);
            }
        }
        return written;
    }

    private ExportedTimeline timeline(Row row) {
        double seconds = (Double) value(row, ScoreColumns.DURATION);
        Map<Integer, List<Word>> words = words(row);
        List<Row> speakers = has(SPEAKERS) ? rows(value(row, SPEAKERS)) : List.of();
        List<Channel> channels = new ArrayList<>();
        if (speakers.isEmpty()) {
            Map<Integer, List<Span>> spans = new TreeMap<>();
            for (Row segment : rows(value(row, TIMELINE))) {
                spans.computeIfAbsent(segment.getInt(CHANNEL), first -> new ArrayList<>())
                        .add(span(segment));
            }
            spans.forEach((number, own) ->
                    channels.add(new Channel(number, "", own, new Transcript(words.getOrDefault(number, List.of())))));
        }
        for (Row speaker : speakers) {
            List<Span> turns = rows(speaker.get(speaker.size() - 1)).stream()
                    .map(this::span)
                    .toList();
            int number = speaker.getInt(SPEAKER_CHANNEL);
            Transcript said = new Transcript(words.getOrDefault(number, List.of()).stream()
                    .filter(word -> turns.stream()
                            .anyMatch(
                                    turn -> turn.start() <= word.middleSeconds() && word.middleSeconds() < turn.end()))
                    .toList());
            channels.add(new Channel(number, speaker.getString(SPEAKER), withSilence(turns, seconds), said));
        }
        return new ExportedTimeline((String) value(row, ScoreColumns.PATH), seconds, channels);
    }

    private Map<Integer, List<Word>> words(Row row) {
        Map<Integer, List<Word>> words = new TreeMap<>();
        if (has(WORDS)) {
            for (Row word : rows(value(row, WORDS))) {
                words.computeIfAbsent(word.getInt(CHANNEL), first -> new ArrayList<>())
                        .add(word(word));
            }
        }
        return words;
    }

    /** Fills the gaps between the turns of a speaker. */
    private static List<Span> withSilence(List<Span> turns, double seconds) {
        List<Span> spans = new ArrayList<>();
        double last = 0;
        for (Span turn : turns) {
            if (turn.start() > last) {
                spans.add(silence(last, turn.start()));
            }
            spans.add(turn);
            last = turn.end();
        }
        if (seconds > last) {
            spans.add(silence(last, seconds));
        }
        return spans;
    }

    private static Span silence(double start, double end) {
        return new Span(start, end, ScoredRecording.SILENCE, false, 0, Map.of());
    }

    private boolean has(String column) {
        return List.of(schema.fieldNames()).contains(column);
    }

    private Object value(Row row, String column) {
        return row.get(schema.fieldIndex(column));
    }

    /** Returns an array's elements: a row that was just made has an array of Java, one that was read has one of Scala. */
    @SuppressWarnings("unchecked")
    private static List<Row> rows(Object array) {
        return array instanceof Row[] made
                ? Arrays.asList(made)
                : JavaConverters.seqAsJavaListConverter((Seq<Row>) array).asJava();
    }

    private static Word word(Row word) {
        return new Word(
                word.getString(WORD),
                word.getDouble(WORD_START),
                word.getDouble(WORD_END),
                word.getFloat(WORD_CONFIDENCE));
    }

    private Span span(Row segment) {
        boolean speech = !segment.getString(ANSWER).equals(ScoredRecording.SILENCE);
        Map<String, Double> probabilities = new LinkedHashMap<>();
        for (int i = 0; speech && i < emotions.size(); i++) {
            probabilities.put(emotions.get(i), (double) segment.getFloat(CONFIDENCE + 1 + i));
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
