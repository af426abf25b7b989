package org.speechemotion.spark.catalog;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.speechemotion.common.Sha256;
import org.speechemotion.corpus.Clip;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.corpus.SoftLabel;
import org.speechemotion.report.Rejections;
import org.speechemotion.split.ContentLeak;
import org.speechemotion.split.Side;
import org.speechemotion.split.SpeakerSplit;
import org.speechemotion.train.Example;

/** A catalog on the driver: its rows, and the clips among them that can be trained on and evaluated. */
public final class CatalogClips {
    private final List<Row> rows;
    private final List<Example> clips;
    private final Rejections rejections;
    private final EmotionSet emotions;

    private CatalogClips(EmotionSet emotions, List<Row> rows, List<Example> clips, Rejections rejections) {
        this.emotions = emotions;
        this.rows = rows;
        this.clips = clips;
        this.rejections = rejections;
    }

    /**
     * Collects a catalog, which is computed once.
     *
     * @throws IllegalArgumentException if the table is not a catalog, has no usable clip, or has shares that are not soft
     *     label
     */
    public static CatalogClips of(Dataset<Row> catalog) {
        EmotionSet emotions = Catalog.emotions(catalog);
        List<Row> rows = Catalog.complete(catalog).collectAsList();
        List<Example> clips = rows.stream()
                .filter(row -> Catalog.OK.equals(row.getAs("status")))
                .map(row -> clip(row, emotions))
                .sorted(Comparator.comparing(Example::contentSha256).thenComparing(Example::path))
                .toList();
        Rejections rejections = Catalog.rejections(rows);
        if (clips.isEmpty()) {
            throw new IllegalArgumentException("the catalog has no clip with status " + Catalog.OK
                    + (rejections.groups().isEmpty() ? "" : "; rejected: " + rejections.text()));
        }
        return new CatalogClips(emotions, rows, clips, rejections);
    }

    private static Example clip(Row row, EmotionSet emotions) {
        Emotion emotion = emotions.ofLabel(row.<Integer>getAs("label"));
        return new Example(
                row.getAs("path"),
                row.getAs("content_sha256"),
                row.getAs("actor_id"),
                emotion,
                row.<Double>getAs("duration_s"),
                softLabel(row, emotion));
    }

    private static SoftLabel softLabel(Row row, Emotion emotion) {
        List<String> shares = Catalog.shares(emotion.set());
        if (shares.stream().allMatch(name -> row.getAs(name) == null)) {
            return SoftLabel.of(emotion);
        }
        try {
            return new SoftLabel(shares.stream().map(name -> share(row, name)).toList());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the catalog's row of " + row.getAs("path") + ": " + e.getMessage(), e);
        }
    }

    private static double share(Row row, String column) {
        Double share = row.getAs(column);
        return share == null ? 0 : share;
    }

    /** Returns the part of the catalog that is of the given corpora. */
    public CatalogClips within(Set<String> corpora) {
        List<Row> own = rows.stream()
                .filter(row -> corpora.contains(row.<String>getAs("corpus")))
                .toList();
        return new CatalogClips(
                emotions,
                own,
                clips.stream()
                        .filter(clip -> corpora.contains(Clip.corpusOf(clip.speakerId())))
                        .toList(),
                Catalog.rejections(own));
    }

    /** Returns all rows in the order of the catalog, with the columns of {@link Catalog#schema}. */
    public List<Row> rows() {
        return rows;
    }

    /** Returns the emotions of the catalog. */
    public EmotionSet emotions() {
        return emotions;
    }

    /** Returns the reasons why the other files of the catalog are not among the clips. */
    public Rejections rejections() {
        return rejections;
    }

    /** Returns the ids of all speakers, sorted. */
    public Set<String> speakers() {
        return clips.stream().map(Example::speakerId).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns the clips of the speakers on a side, in an order that depends on their content only. */
    public List<Example> on(Side side, SpeakerSplit split) {
        return clips.stream()
                .filter(clip -> split.sideOf(clip.speakerId()) == side)
                .toList();
    }

    /** Returns all clips, in an order that depends on their content only. */
    public List<Example> all() {
        return clips;
    }

    /** Returns a hash of the values that training takes from the catalog: contents, speakers, labels, soft labels and durations. */
    public String fingerprint() {
        return Sha256.of(clips.stream()
                .map(clip -> clip.contentSha256() + " " + clip.speakerId() + " " + clip.label() + " " + clip.seconds()
                        + votes(clip))
                .collect(Collectors.joining("\n", names(), "")));
    }

    /** Returns the text of the emotions for a hash; "" for the eight, as for catalogs of builds that had no others. */
    private String names() {
        return emotions.equals(EmotionSet.EIGHT) ? "" : emotions + "\n";
    }

    /** Returns the text of a soft label for a hash; "" without votes, as for catalogs of builds that had no votes. */
    private static String votes(Example clip) {
        return clip.softLabel().equals(SoftLabel.of(clip.emotion()))
                ? ""
                : " " + clip.softLabel().shares();
    }

    /** Returns the number of clips: corpus → side → clips. */
    public Map<String, Map<String, Long>> counts(SpeakerSplit split) {
        Map<String, Map<String, Long>> counts = new TreeMap<>();
        clips.forEach(clip -> counts.computeIfAbsent(Clip.corpusOf(clip.speakerId()), corpus -> new TreeMap<>())
                .merge(split.sideOf(clip.speakerId()).id(), 1L, Long::sum));
        return counts;
    }

    /** Returns a hash of the contents, labels, speakers and soft labels of all clips, which does not depend on their paths. */
    public String sha256() {
        return Sha256.of(clips.stream()
                .map(clip -> clip.contentSha256() + " " + clip.label() + " " + clip.speakerId() + votes(clip) + "\n")
                .collect(Collectors.joining("", names(), "")));
    }

    /**
     * Checks that no recording is on two sides.
     *
     * @throws IllegalArgumentException if one recording is on two sides; the message names both files
     */
    public void requireNoLeak(SpeakerSplit split) {
        List<ContentLeak.Content> contents = clips.stream()
                .map(clip -> new ContentLeak.Content(clip.path(), clip.speakerId(), clip.contentSha256()))
                .toList();
        ContentLeak.find(contents, split).ifPresent(leak -> {
            throw new IllegalArgumentException(leak + "; split.allow-equal-content = true allows it");
        });
    }
}
