package org.speechemotion.spark.catalog;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.speechemotion.common.Sha256;
import org.speechemotion.corpus.Clip;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.corpus.SoftLabel;
import org.speechemotion.report.Rejections;
import org.speechemotion.split.ContentLeak;
import org.speechemotion.split.Side;
import org.speechemotion.split.SpeakerSplit;
import org.speechemotion.train.Example;

/** The sound clips of a catalog, on the driver: what is trained on and evaluated. */
public final class CatalogClips {
    private static final List<String> CLIP = List.of("path", "actor_id", "label", "duration_s", "content_sha256");

    /** The column of the first of {@link Catalog#SHARES}. */
    private static final int FIRST_SHARE = CLIP.size();

    private final List<Row> rows;
    private final Rejections rejections;

    private CatalogClips(List<Row> rows, Rejections rejections) {
        this.rows = rows;
        this.rejections = rejections;
    }

    /**
     * Takes the sound clips of a catalog.
     *
     * @throws IllegalArgumentException where the table is not a catalog, or has no sound clip
     */
    public static CatalogClips of(Dataset<Row> catalog) {
        Dataset<Row> complete = Catalog.complete(catalog);
        // All of it at once: the table may be one that is decoded on the way.
        List<Row> all = complete.select(Stream.of(CLIP, Catalog.SHARES, List.of("status", "reason"))
                        .flatMap(List::stream)
                        .map(complete::col)
                        .toArray(Column[]::new))
                .collectAsList();
        List<Row> rows = all.stream()
                .filter(row -> Catalog.OK.equals(row.getAs("status")))
                .map(row -> RowFactory.create(IntStream.range(0, FIRST_SHARE + Catalog.SHARES.size())
                        .mapToObj(row::get)
                        .toArray()))
                .sorted(Comparator.<Row, String>comparing(row -> row.getString(4))
                        .thenComparing(row -> row.getString(0)))
                .toList();
        Rejections rejections = Catalog.rejections(all);
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("the catalog has no clip with status " + Catalog.OK
                    + (rejections.groups().isEmpty() ? "" : "; rejected: " + rejections.text()));
        }
        return new CatalogClips(rows, rejections);
    }

    /** Why the catalog's other files are no clips. */
    public Rejections rejections() {
        return rejections;
    }

    public Set<String> actors() {
        Set<String> actors = new TreeSet<>();
        rows.forEach(row -> actors.add(row.getString(1)));
        return actors;
    }

    /** The clips of the actors on a side, in an order that only their content decides. */
    public List<Example> on(Side side, SpeakerSplit split) {
        return all().stream()
                .filter(example -> split.sideOf(example.actorId()) == side)
                .toList();
    }

    /** All clips, in an order that only their content decides. */
    public List<Example> all() {
        return rows.stream().map(CatalogClips::example).toList();
    }

    /** Of all that training takes from the catalog: the clips' contents, actors, labels, soft or not, and lengths. */
    public String fingerprint() {
        return Sha256.of(rows.stream()
                .map(row -> row.getString(4) + " " + row.getString(1) + " " + row.getInt(2) + " " + row.getDouble(3)
                        + votes(row))
                .collect(Collectors.joining("\n")));
    }

    private static Example example(Row row) {
        return new Example(
                row.getString(0), row.getString(4), row.getString(1), row.getInt(2), row.getDouble(3), softLabel(row));
    }

    private static SoftLabel softLabel(Row row) {
        if (!isRated(row)) {
            return SoftLabel.of(Emotion.ofLabel(row.getInt(2)));
        }
        try {
            return new SoftLabel(shares(row));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the catalog's row of " + row.getString(0) + ": " + e.getMessage(), e);
        }
    }

    private static boolean isRated(Row row) {
        return IntStream.range(FIRST_SHARE, row.size()).anyMatch(i -> !row.isNullAt(i));
    }

    private static List<Double> shares(Row row) {
        return IntStream.range(FIRST_SHARE, row.size())
                .mapToObj(i -> row.isNullAt(i) ? 0 : row.getDouble(i))
                .toList();
    }

    /** For a hash: nothing where nobody voted, as in catalogs of earlier builds. */
    private static String votes(Row row) {
        return isRated(row) ? " " + shares(row) : "";
    }

    /** Corpus → side → number of clips. */
    public Map<String, Map<String, Long>> counts(SpeakerSplit split) {
        Map<String, Map<String, Long>> counts = new TreeMap<>();
        rows.forEach(row -> counts.computeIfAbsent(Clip.corpusOf(row.getString(1)), corpus -> new TreeMap<>())
                .merge(split.sideOf(row.getString(1)).id(), 1L, Long::sum));
        return counts;
    }

    /** Of what is trained on and evaluated, wherever it lies: every clip's contents, actor, emotion and votes. */
    public String sha256() {
        StringBuilder text = new StringBuilder();
        rows.forEach(row -> text.append(row.getString(4))
                .append(' ')
                .append(row.getInt(2))
                .append(' ')
                .append(row.getString(1))
                .append(votes(row))
                .append('\n'));
        return Sha256.of(text.toString());
    }

    /**
     * Checks that no recording is on two sides.
     *
     * @throws IllegalArgumentException where one recording is on two sides; the message names both files
     */
    public void requireNoLeak(SpeakerSplit split) {
        List<ContentLeak.Content> contents = rows.stream()
                .map(row -> new ContentLeak.Content(row.getString(0), row.getString(1), row.getString(4)))
                .toList();
        ContentLeak.find(contents, split).ifPresent(leak -> {
            throw new IllegalArgumentException(leak + "; split.allow-equal-content = true allows it");
        });
    }
}
