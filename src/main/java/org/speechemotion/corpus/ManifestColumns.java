package org.speechemotion.corpus;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.speechemotion.common.NearestName;
import org.speechemotion.common.RejectedException;
import org.speechemotion.common.Rejection;

/**
 * The columns of a manifest by their standard names.
 *
 * @param written the header in the file
 * @param names the header with the standard names of the columns that are read
 * @param missing the required columns that are missing
 */
record ManifestColumns(List<String> written, List<String> names, List<String> missing) {
    static final String PATH = "path";
    static final String ACTOR = "actor_id";
    static final String EMOTION = "emotion";

    /** The alternative names of the required columns. */
    private static final Map<String, List<String>> OTHER_NAMES = otherNames();

    private static final Pattern JOINTS = Pattern.compile("[ \\-]+");

    /** Returns the number of required columns in a header, which is low if the separator is wrong. */
    static long recognised(List<String> header) {
        List<String> names = header.stream().map(ManifestColumns::folded).toList();
        return OTHER_NAMES.entrySet().stream()
                .filter(column -> names.contains(column.getKey())
                        || column.getValue().stream().anyMatch(names::contains))
                .count();
    }

    private static String folded(String name) {
        return JOINTS.matcher(Folding.fold(name)).replaceAll("_");
    }

    /**
     * Interprets a header.
     *
     * @throws IllegalArgumentException if two columns have the same meaning, or a column of votes has no emotion
     */
    static ManifestColumns of(List<String> header, VoteColumns votes) {
        List<String> written = header.stream().map(String::strip).toList();
        List<String> names = new ArrayList<>(
                written.stream().map(name -> votes.usual(folded(name))).toList());
        requireDistinct(written, names);
        List<String> missing = new ArrayList<>();
        OTHER_NAMES.forEach((column, others) -> {
            if (names.contains(column)) {
                return;
            }
            List<Integer> found = IntStream.range(0, names.size())
                    .filter(i -> others.contains(names.get(i)))
                    .boxed()
                    .toList();
            if (found.size() > 1) {
                throw new IllegalArgumentException(
                        "both \"%s\" and \"%s\" could be the column \"%s\"; give one of them that name"
                                .formatted(written.get(found.get(0)), written.get(found.get(1)), column));
            }
            found.forEach(i -> names.set(i, column));
            if (found.isEmpty()) {
                missing.add(column);
            }
        });
        return new ManifestColumns(written, List.copyOf(names), List.copyOf(missing));
    }

    /** Returns the error message for a missing column. */
    String complaint() {
        String column = missing.get(0);
        List<String> allowed = new ArrayList<>(List.of(column));
        allowed.addAll(OTHER_NAMES.get(column));
        String nearest = allowed.stream()
                .flatMap(name -> NearestName.find(name, written).stream())
                .filter(name -> !name.isEmpty())
                .findFirst()
                .map("; the nearest is \"%s\""::formatted)
                .orElse("");
        return "there is no column \"%s\"; the columns are: %s%s. Allowed names: %s; allowed separators: commas, semicolons and tabs"
                .formatted(column, String.join(", ", written), nearest, String.join(", ", allowed));
    }

    /** Returns the trimmed values of a row by the names of their columns. */
    Map<String, String> values(Csv.Row row) throws RejectedException {
        if (row.fields().size() != names.size()) {
            throw new RejectedException(new Rejection(
                    "row",
                    "the row has %d value(s); allowed: %d, the header's: %s"
                            .formatted(row.fields().size(), names.size(), String.join(",", written))));
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            values.put(names.get(i), row.fields().get(i).strip());
        }
        return values;
    }

    /**
     * Checks that the names are distinct. There may be several columns without a name, which spreadsheets leave behind.
     */
    private static void requireDistinct(List<String> written, List<String> names) {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!name.isEmpty() && !seen.add(name)) {
                throw new IllegalArgumentException("the column \"%s\" occurs twice; the columns are: %s"
                        .formatted(name, String.join(", ", written)));
            }
        }
    }

    private static Map<String, List<String>> otherNames() {
        Map<String, List<String>> names = new LinkedHashMap<>();
        names.put(
                PATH,
                List.of(
                        "file",
                        "filename",
                        "file_name",
                        "filepath",
                        "file_path",
                        "wav",
                        "wav_path",
                        "audio",
                        "audio_path",
                        "audio_file"));
        names.put(ACTOR, List.of("actor", "speaker", "speaker_id", "spk", "spk_id"));
        names.put(EMOTION, List.of("emo", "label"));
        return names;
    }
}
