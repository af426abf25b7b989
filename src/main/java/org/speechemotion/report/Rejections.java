package org.speechemotion.report;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.speechemotion.common.Counted;
import org.speechemotion.common.Rejection;

/**
 * The rejected files by reason, with a count and an example for each.
 *
 * @param groups the groups in descending order of frequency, equally frequent ones by their codes
 */
public record Rejections(List<Group> groups) implements Serializable {
    public static final Rejections NONE = new Rejections(List.of());

    /** The code for reasons without a code, as in catalogs of earlier builds. */
    private static final String OTHER = "other";

    private static final Pattern CODE = Pattern.compile("([a-z]+(?:-[a-z]+)*): (.*)", Pattern.DOTALL);
    private static final int MAX_LENGTH = 300;

    /**
     * The files that were rejected for the same reason.
     *
     * @param code the code of the reason in kebab-case
     * @param count the number of files
     * @param path the path of the example
     * @param message the value found in the example, and the allowed values
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

    /** Merges groups with the same code; the example is that with the first path. */
    public static Rejections of(List<Group> found) {
        Map<String, Group> byCode = new TreeMap<>();
        found.forEach(group -> byCode.merge(group.code(), group, Group::and));
        return new Rejections(byCode.values().stream()
                .sorted(Comparator.comparingLong(Group::count).reversed())
                .toList());
    }

    /** Returns the group of a single file. */
    public static Group of(String path, String code, String message) {
        return new Group(code, 1, path, message);
    }

    /** Returns the group of a single file. */
    public static Group of(String path, Rejection rejection) {
        return of(path, rejection.code(), rejection.message());
    }

    /** Returns the group of a single file whose reason is a text that begins with a code and a colon. */
    public static Group of(String path, String reason) {
        var parts = CODE.matcher(reason);
        return parts.matches() ? of(path, parts.group(1), parts.group(2)) : of(path, OTHER, reason);
    }

    /** Merges these rejections with others. */
    public Rejections and(Rejections others) {
        List<Group> all = new ArrayList<>(groups);
        all.addAll(others.groups);
        return of(all);
    }

    public long total() {
        return groups.stream().mapToLong(Group::count).sum();
    }

    /** Returns a line with the number of files and a line for each group; empty without rejections. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (!groups.isEmpty()) {
            lines.add(Counted.of(total(), "file") + " rejected:");
            groups.forEach(group -> lines.add("  " + group));
        }
        return lines;
    }

    /** Returns all groups in one line. */
    public String text() {
        return groups.stream().map(Group::toString).collect(Collectors.joining("; "));
    }

    /** Returns the counts by code, such as {@code {too-short=9, unreadable=3}}. */
    @Override
    public String toString() {
        return groups.stream()
                .sorted(Comparator.comparing(Group::code))
                .map(group -> group.code() + "=" + group.count())
                .collect(Collectors.joining(", ", "{", "}"));
    }

    /** Replaces the control characters of a text, which may come from a file name, and limits its length. */
    private static String plain(String text) {
        String line = text.replaceAll("\\p{Cntrl}", "\uFFFD");
        return line.length() > MAX_LENGTH ? line.substring(0, MAX_LENGTH) + "…" : line;
    }
}
