package org.speechemotion.common;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Finds the known name that a mistyped one most resembles, ignoring case and all but the first 100 characters. */
public final class NearestName {
    /** Bounds the work, which grows with the product of both lengths, because names may come from untrusted files. */
    private static final int MAX_COMPARED = 100;

    private NearestName() {}

    /** Returns the nearest known name, provided that at most a third of the characters (but always one) differ. */
    public static Optional<String> find(String wanted, Collection<String> known) {
        return rank(wanted, known).stream()
                .limit(1)
                .filter(name -> distance(wanted, name) <= Math.max(1, Math.max(wanted.length(), name.length()) / 3))
                .findFirst();
    }

    /** Returns the known names without duplicates, ordered by edit distance and then alphabetically. */
    public static List<String> rank(String wanted, Collection<String> known) {
        Map<String, Integer> distances = new HashMap<>();
        known.forEach(name -> distances.computeIfAbsent(name, other -> distance(wanted, other)));
        return distances.keySet().stream()
                .sorted(Comparator.<String>comparingInt(distances::get).thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    /**
     * Returns the Damerau-Levenshtein distance: the least number of insertions, deletions, substitutions and
     * transpositions (Damerau 1964) in its unrestricted form, by the algorithm of Lowrance and Wagner (1975).
     */
    static int distance(String from, String to) {
        String a = normalized(from);
        String b = normalized(to);
        int farther = a.length() + b.length();
        int[][] cost = new int[a.length() + 2][b.length() + 2]; // cost[i + 1][j + 1]: first i of a to first j of b
        cost[0][0] = farther;
        for (int i = 0; i <= a.length(); i++) {
            cost[i + 1][0] = farther;
            cost[i + 1][1] = i;
        }
        for (int j = 0; j <= b.length(); j++) {
            cost[0][j + 1] = farther;
            cost[1][j + 1] = j;
        }
        Map<Character, Integer> lastRow = new HashMap<>();
        for (int i = 1; i <= a.length(); i++) {
            int lastColumn = 0;
            for (int j = 1; j <= b.length(); j++) {
                int row = lastRow.getOrDefault(b.charAt(j - 1), 0);
                int column = lastColumn;
                boolean same = a.charAt(i - 1) == b.charAt(j - 1);
                if (same) {
                    lastColumn = j;
                }
                int substituted = cost[i][j] + (same ? 0 : 1);
                int insertedOrDeleted = 1 + Math.min(cost[i + 1][j], cost[i][j + 1]);
                int transposed = cost[row][column] + (i - row - 1) + 1 + (j - column - 1);
                cost[i + 1][j + 1] = Math.min(Math.min(substituted, insertedOrDeleted), transposed);
            }
            lastRow.put(a.charAt(i - 1), i);
        }
        return cost[a.length() + 1][b.length() + 1];
    }

    private static String normalized(String name) {
        return name.substring(0, Math.min(name.length(), MAX_COMPARED)).toLowerCase(Locale.ROOT);
    }
}
