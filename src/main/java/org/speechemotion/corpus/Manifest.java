package org.speechemotion.corpus;

import com.google.auto.service.AutoService;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Anybody's recordings, listed in a CSV file (UTF-8, RFC 4180) whose header names at least {@code path}, {@code actor_id}
 * and {@code emotion}; {@code intensity}, {@code statement} and {@code votes_<emotion>} are read if they are there, other
 * columns are not. Where there are votes, their shares are the soft label, and if the emotion is empty, it is that with
 * the most votes.
 *
 * <p>Relative paths are relative to the manifest. Option {@code name} is the corpus's name, {@code manifest} unless
 * given: speakers of two manifests are told apart by it.
 */
@AutoService(Corpus.class)
public final class Manifest implements Corpus {
    private static final String NAME = "manifest";
    private static final String NAME_OPTION = "name";
    private static final List<String> REQUIRED = List.of("path", "actor_id", "emotion");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<String> options() {
        return Set.of(NAME_OPTION);
    }

    @Override
    public List<Entry> read(CorpusFiles files, Map<String, String> options) throws IOException {
        String corpus = CorpusOptions.of(this, options).text(NAME_OPTION, NAME);
        if (corpus.isBlank() || corpus.contains(":")) {
            throw new IllegalArgumentException(
                    "option name of corpus manifest is \"%s\"; allowed: not blank, no colon".formatted(corpus));
        }
        List<Csv.Row> rows = rows(files);
        List<String> header = header(files.root(), rows);
        List<Entry> entries = new ArrayList<>();
        Map<String, Integer> lineOfPath = new HashMap<>();
        for (Csv.Row row : rows.subList(1, rows.size())) {
            String path = "";
            try {
                Map<String, String> values = values(header, row);
                path = path(files, values);
                Clip clip = label(files, path, corpus, values);
                Integer first = lineOfPath.putIfAbsent(path, row.line());
                if (first != null) {
                    throw new RejectionException("the path is listed on line %d already".formatted(first));
                }
                entries.add(new Entry.Labelled(clip));
            } catch (RejectionException rejection) {
                String reason = "%s, line %d: %s".formatted(files.root(), row.line(), rejection.getMessage());
                entries.add(new Entry.Rejected(path, corpus, reason));
            }
        }
        return List.copyOf(entries);
    }

    private static List<Csv.Row> rows(CorpusFiles files) throws IOException {
        try (Reader reader = files.open(files.root())) {
            return Csv.parse(reader, files.root());
        } catch (CharacterCodingException e) {
            throw new IOException(files.root() + " is not UTF-8 text", e);
        }
    }

    private static List<String> header(String manifest, List<Csv.Row> rows) throws IOException {
        List<String> header = rows.isEmpty()
                ? List.of()
                : rows.get(0).fields().stream().map(String::strip).toList();
        for (String column : REQUIRED) {
            if (!header.contains(column)) {
                throw new IOException("%s has no column \"%s\"; its header is: %s"
                        .formatted(manifest, column, String.join(",", header)));
            }
        }
        if (Set.copyOf(header).size() < header.size()) {
            throw new IOException(
                    "%s names a column twice; its header is: %s".formatted(manifest, String.join(",", header)));
        }
        VoteColumns.check(manifest, header);
        return header;
    }

    private static Map<String, String> values(List<String> header, Csv.Row row) throws RejectionException {
        if (row.fields().size() != header.size()) {
            throw new RejectionException("the row has %d value(s); the header has %d: %s"
                    .formatted(row.fields().size(), header.size(), String.join(",", header)));
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < header.size(); i++) {
            values.put(header.get(i), row.fields().get(i).strip());
        }
        return values;
    }

    private static String path(CorpusFiles files, Map<String, String> values) throws RejectionException {
        String written = values.get("path");
        if (written.isEmpty()) {
            throw new RejectionException("path is empty");
        }
        try {
            return files.resolve(files.root(), written);
        } catch (IllegalArgumentException e) {
            throw new RejectionException("path is \"%s\": %s".formatted(written, e.getMessage()));
        }
    }

    private static Clip label(CorpusFiles files, String path, String corpus, Map<String, String> values)
            throws RejectionException, IOException {
        String actor = values.get("actor_id");
        if (actor.isEmpty()) {
            throw new RejectionException("actor_id is empty");
        }
        List<Double> votes = VoteColumns.read(values);
        Emotion emotion = emotion(values.get("emotion"), votes);
        if (!files.exists(path)) {
            throw new RejectionException("there is no file at " + path);
        }
        return new Clip(
                path,
                corpus,
                Clip.actorId(corpus, actor),
                emotion,
                values.getOrDefault("intensity", ""),
                values.getOrDefault("statement", ""),
                VoteColumns.any(votes) ? SoftLabel.ofVotes(votes) : SoftLabel.of(emotion));
    }

    private static Emotion emotion(String written, List<Double> votes) throws RejectionException {
        if (written.isEmpty() && VoteColumns.any(votes)) {
            return VoteColumns.winner(votes);
        }
        try {
            return Emotion.parse(written);
        } catch (IllegalArgumentException e) {
            throw new RejectionException(e.getMessage());
        }
    }
}
