package org.speechemotion.corpus;

import com.google.auto.service.AutoService;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.speechemotion.common.RejectedException;
import org.speechemotion.common.Rejection;

/**
 * A corpus of the user's own recordings, listed in a CSV file. It has at least the columns {@code path}, {@code actor_id}
 * and {@code emotion}, or alternative names of these. The columns {@code intensity}, {@code statement} and
 * {@code votes_<emotion>} are optional, and others are ignored. If there are votes, their shares are the soft label, and
 * an empty emotion is the one with the most votes.
 *
 * <p>Relative paths are relative to the manifest. The option {@code name} is the name of the corpus, by default
 * {@code manifest}; it distinguishes the speakers of several manifests. The options {@code labels.<label>} map labels to
 * emotions; an empty emotion excludes the rows of the label.
 */
@AutoService(Corpus.class)
public final class Manifest implements Corpus {
    private static final String NAME = "manifest";
    private static final String NAME_OPTION = "name";
    private static final String LABELS_OPTION = "labels.";

    private final EmotionSet emotions;

    /** Creates the reader of manifests that label {@link EmotionSet#EIGHT}. */
    public Manifest() {
        this(EmotionSet.EIGHT);
    }

    /** Creates the reader of manifests that label other emotions. */
    public Manifest(EmotionSet emotions) {
        this.emotions = emotions;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<String> options() {
        return Set.of(NAME_OPTION, LABELS_OPTION);
    }

    @Override
    public List<Entry> read(CorpusFiles files, Map<String, String> options) throws IOException {
        CorpusOptions given = CorpusOptions.of(this, options);
        String corpus = given.text(NAME_OPTION, NAME);
        if (corpus.isBlank() || corpus.contains(":")) {
            throw new IllegalArgumentException(
                    "option name of corpus manifest is \"%s\"; allowed: names that are not blank and have no colon"
                            .formatted(corpus));
        }
        ManifestLabels labels = new ManifestLabels(emotions, given.section(LABELS_OPTION));
        ManifestTable table = ManifestTable.read(files, new VoteColumns(emotions));
        int emotion = table.columns().names().indexOf(ManifestColumns.EMOTION);
        labels.requireKnown(
                files.root(),
                table.rows().stream()
                        .filter(row ->
                                row.fields().size() == table.columns().names().size())
                        .map(row -> row.fields().get(emotion).strip())
                        .filter(label -> !label.isEmpty())
                        .toList());
        return new Reading(files, corpus, labels, new VoteColumns(emotions)).entries(table);
    }

    /** The content of a row. */
    private record RowContent(int line, String speaker, Optional<Emotion> emotion, List<Double> votes) {
        boolean agrees(RowContent other) {
            return speaker.equals(other.speaker) && emotion.equals(other.emotion) && votes.equals(other.votes);
        }

        @Override
        public String toString() {
            return "%s by %s%s"
                    .formatted(
                            emotion.map(Emotion::id).orElse("left out"),
                            speaker,
                            VoteColumns.any(votes) ? " with the votes " + votes : "");
        }
    }

    /** Reads the rows of one manifest. */
    private static final class Reading {
        private final CorpusFiles files;
        private final String corpus;
        private final ManifestLabels labels;
        private final VoteColumns columns;
        private final Map<String, RowContent> contentOfFile = new HashMap<>();

        Reading(CorpusFiles files, String corpus, ManifestLabels labels, VoteColumns columns) {
            this.files = files;
            this.corpus = corpus;
            this.labels = labels;
            this.columns = columns;
        }

        List<Entry> entries(ManifestTable table) throws IOException {
            List<Entry> entries = new ArrayList<>();
            for (Csv.Row row : table.rows()) {
                String path = "";
                try {
                    Map<String, String> values = table.columns().values(row);
                    path = path(values.get(ManifestColumns.PATH));
                    List<Double> votes = columns.read(values, table.allowsDecimalComma());
                    entries.add(new Entry.Labelled(clip(path, row.line(), values, votes)));
                } catch (RejectedException e) {
                    String place = "%s, line %d".formatted(files.root(), row.line());
                    entries.add(new Entry.Rejected(path, corpus, e.rejection().at(place)));
                }
            }
            return List.copyOf(entries);
        }

        private String path(String written) throws RejectedException, IOException {
            if (written.isEmpty()) {
                throw new RejectedException(new Rejection("row", "path is empty"));
            }
            try {
                String path = files.resolve(files.root(), written);
                if (written.indexOf('\\') < 0 || files.exists(path)) {
                    return path;
                }
                // Windows separators, unless there is a file whose name contains the back-slashes.
                return files.resolve(files.root(), written.replace('\\', '/'));
            } catch (IllegalArgumentException e) {
                throw new RejectedException(
                        new Rejection("row", "path is \"%s\": %s".formatted(written, e.getMessage())));
            }
        }

        private Clip clip(String path, int line, Map<String, String> values, List<Double> votes)
                throws RejectedException, IOException {
            String speaker = values.get(ManifestColumns.ACTOR);
            if (speaker.isEmpty()) {
                throw new RejectedException(new Rejection("row", "actor_id is empty"));
            }
            Optional<Emotion> emotion = emotion(values.get(ManifestColumns.EMOTION), votes);
            if (!files.exists(path)) {
                throw new RejectedException(new Rejection("missing", "there is no file at " + path));
            }
            requireAgreement(path, new RowContent(line, speaker, emotion, votes));
            Emotion label = emotion.orElseThrow(() -> new RejectedException(new Rejection(
                    "left-out",
                    "the label \"%s\" is left out by %s"
                            .formatted(values.get(ManifestColumns.EMOTION), ManifestLabels.KEY))));
            Clip clip = Clip.of(path, Clip.speakerId(corpus, speaker), label)
                    .withIntensity(values.getOrDefault("intensity", ""))
                    .withStatement(values.getOrDefault("statement", ""));
            return VoteColumns.any(votes) ? clip.withSoftLabel(SoftLabel.ofVotes(votes)) : clip;
        }

        private Optional<Emotion> emotion(String written, List<Double> votes) throws RejectedException {
            if (!written.isEmpty()) {
                return labels.emotion(written);
            }
            if (!VoteColumns.any(votes)) {
                throw new RejectedException(new Rejection("no-label", "emotion is empty, and there are no votes"));
            }
            return Optional.of(columns.winner(votes));
        }

        /**
         * Checks that all rows of a file have the same speaker, emotion and votes. A further row with the same content is
         * rejected as a copy.
         */
        private void requireAgreement(String path, RowContent content) throws RejectedException, IOException {
            RowContent first = contentOfFile.putIfAbsent(files.identity(path), content);
            if (first == null) {
                return;
            }
            if (first.agrees(content)) {
                throw new RejectedException(
                        new Rejection("copy", "the path is listed on line %d already".formatted(first.line())));
            }
            throw new IllegalArgumentException("%s, lines %d and %d: %s is listed as %s and as %s"
                    .formatted(files.root(), first.line(), content.line(), path, first, content));
        }
    }
}
