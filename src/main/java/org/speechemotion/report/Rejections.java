package org.speechemotion.report;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.speechemotion.common.Rejection;

/**
 * Why files were rejected: each kind of reason with its count and an example.
 *
 * @param groups the most frequent first, equally frequent ones by their codes
 */
public record Rejections(List<Group> groups) implements Serializable {
    public static final Rejections NONE = new Rejections(List.of());

    /** The code of reasons without one, as in catalogs of earlier builds. */
    private static final String OTHER = "other";

    private static final Pattern CODE = Pattern.compile("([a-z]+(?:-[a-z]+)*): (.*)", Pattern.DOTALL);
    private static final int LONGEST = 300;

    /**
     * The files that were rejected for one kind of reason.
     *
     * @param code the kind, in kebab-case
     * @param path of the example
     * @param message what was found in the example, and what is allowed
     */
    public record Group(String code, long count, String path, String message) implements Serializable {
        private Group and(Group other) {
            Group first = path.compareTo(other.path) <= 0 ? this : other;
            return new Group(code, count + other.count, first.path, first.message);
        }

        @Override
        public String toString() {
            return "%,d %s, such as %s".formatted(count, code, plain(path.isEmpty() ? message : path + ": " + message));
        }
    }

    public Rejections {
        groups = List.copyOf(groups);
    }

    /** Counts groups, several of which may have one code; the example is that with the first path. */
    public static Rejections of(List<Group> found) {
        Map<String, Group> byCode = new TreeMap<>();
        found.forEach(group -> byCode.merge(group.code(), group, Group::and));
        return new Rejections(byCode.values().stream()
                .sorted(Comparator.comparingLong(Group::count).reversed())
                .toList());
    }

    /** One file. */
    public static Group of(String path, String code, String message) {
        return new Group(code, 1, path, message);
    }

    /** One file. */
    public static Group of(String path, Rejection rejection) {
        return of(path, rejection.code(), rejection.message());
    }

    /** One file whose reason is a text that begins with a code and a colon. */
    public static Group of(String path, String reason) {
        var parts = CODE.matcher(reason);
        return parts.matches() ? of(path, parts.group(1), parts.group(2)) : of(path, OTHER, reason);
    }

    /** These and others. */
    public Rejections and(Rejections others) {
        List<Group> all = new ArrayList<>(groups);
        all.addAll(others.groups);
        return of(all);
    }

    public long total() {
        return groups.stream().mapToLong(Group::count).sum();
    }

    /** A line with the number of files, and one for each group; none where nothing was rejected. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (!groups.isEmpty()) {
            lines.add("%,d %s rejected:".formatted(total(), total() == 1 ? "file" : "files"));
            groups.forEach(group -> lines.add("  " + group));
        }
        return lines;
    }

    /** All groups in one line. */
    public String text() {
        return groups.stream().map(Group::toString).collect(Collectors.joining("; "));
    }

    /** The counts, such as {@code {too-short=9, unreadable=3}}, by code. */
    @Override
    public String toString() {
        return groups.stream()
                .sorted(Comparator.comparing(Group::code))
                .map(group -> group.code() + "=" + group.count())
                .collect(Collectors.joining(", ", "{", "}"));
    }

    /** In one line that a terminal can show, whatever a file is called. */
    private static String plain(String text) {
        String line = text.replaceAll("\\p{Cntrl}", "\uFFFD");
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }
}
