package org.speechemotion.spark;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.speechemotion.corpus.Clip;
import org.speechemotion.split.ContentLeak;
import org.speechemotion.split.Side;
import org.speechemotion.split.SpeakerSplit;
import org.speechemotion.train.Example;
import org.speechemotion.weights.Sha256;

/** The sound clips of a catalog, on the driver: what is trained on and evaluated. */
public final class CatalogClips {
    private final List<Row> rows;

    private CatalogClips(List<Row> rows) {
        this.rows = rows;
    }

    /**
     * Takes the sound clips of a catalog.
     *
     * @throws IllegalArgumentException where the table is not a catalog, or has no sound clip
     */
    public static CatalogClips of(Dataset<Row> catalog) {
        List<String> missing = Arrays.stream(Catalog.SCHEMA.fieldNames())
                .filter(name -> !Arrays.asList(catalog.columns()).contains(name))
                .toList();
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("not a catalog: it lacks the columns " + missing + "; a catalog has "
                    + Arrays.toString(Catalog.SCHEMA.fieldNames()));
        }
        List<Row> rows = catalog
                .filter(catalog.col("status").equalTo(Catalog.OK))
                .select("path", "actor_id", "label", "duration_s", "content_sha256")
                .collectAsList()
                .stream()
                .sorted(Comparator.<Row, String>comparing(row -> row.getString(4))
                        .thenComparing(row -> row.getString(0)))
                .toList();
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("the catalog has no clip with status " + Catalog.OK);
        }
        return new CatalogClips(rows);
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
        return rows.stream()
                .map(row -> new Example(
                        row.getString(0), row.getString(4), row.getString(1), row.getInt(2), row.getDouble(3)))
                .toList();
    }

    /** Of all that training takes from the catalog: the clips' contents, actors, labels and lengths. */
    public String fingerprint() {
        return Sha256.of(rows.stream()
                .map(row -> row.getString(4) + " " + row.getString(1) + " " + row.getInt(2) + " " + row.getDouble(3))
                .collect(Collectors.joining("\n")));
    }

    /** Corpus → side → number of clips. */
    public Map<String, Map<String, Long>> counts(SpeakerSplit split) {
        Map<String, Map<String, Long>> counts = new TreeMap<>();
        rows.forEach(row -> counts.computeIfAbsent(Clip.corpusOf(row.getString(1)), corpus -> new TreeMap<>())
                .merge(split.sideOf(row.getString(1)).id(), 1L, Long::sum));
        return counts;
    }

    /** Of what is trained on and evaluated, wherever it lies: every clip's contents, actor and emotion. */
    public String sha256() {
        StringBuilder text = new StringBuilder();
        rows.forEach(row -> text.append(row.getString(4))
                .append(' ')
                .append(row.getInt(2))
                .append(' ')
                .append(row.getString(1))
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
