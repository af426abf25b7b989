package org.speechemotion.metrics;

/**
 * Counts of the word errors of transcripts, by the alignment with the fewest errors (Levenshtein, 1966). Words are separated by
 * white space and compared exactly, so case and punctuation count.
 *
 * @param hits the words that are right
 * @param substitutions the words of the reference that are replaced by others
 * @param deletions the words of the reference that are missing
 * @param insertions the words that the reference does not have
 */
public record WordErrorRate(long hits, long substitutions, long deletions, long insertions) {
    private static final WordErrorRate NONE = new WordErrorRate(0, 0, 0, 0);

    /** Returns the counts of no transcripts. */
    public static WordErrorRate none() {
        return NONE;
    }

    /** Compares a transcript with the spoken words. Of several alignments with equally few errors, one has the most hits. */
    public static WordErrorRate of(String reference, String transcript) {
        String[] said = words(reference);
        String[] heard = words(transcript);
        Cell[] row = new Cell[heard.length + 1];
        for (int j = 0; j <= heard.length; j++) {
            row[j] = new Cell(0, 0, 0, j);
        }
        for (int i = 1; i <= said.length; i++) {
            Cell diagonal = row[0];
            row[0] = new Cell(0, 0, i, 0);
            for (int j = 1; j <= heard.length; j++) {
                Cell matched = said[i - 1].equals(heard[j - 1]) ? diagonal.hit() : diagonal.substituted();
                diagonal = row[j];
                row[j] = matched.better(row[j].deleted()).better(row[j - 1].inserted());
            }
        }
        Cell best = row[heard.length];
        return new WordErrorRate(best.hits, best.substitutions, best.deletions, best.insertions);
    }

    /** Returns the sum of both counts, from which the rate over several recordings is computed. */
    public WordErrorRate merge(WordErrorRate other) {
        return new WordErrorRate(
                hits + other.hits,
                substitutions + other.substitutions,
                deletions + other.deletions,
                insertions + other.insertions);
    }

    /** Returns the number of words in the reference. */
    public long words() {
        return hits + substitutions + deletions;
    }

    /** Returns the number of errors. */
    public long errors() {
        return substitutions + deletions + insertions;
    }

    /** Returns errors per word of the reference, which may exceed 1; infinite if there are errors but no such words. */
    public double rate() {
        return errors() == 0 ? 0 : (double) errors() / words();
    }

    private static String[] words(String text) {
        return text.isBlank() ? new String[0] : text.strip().split("\\s+", -1);
    }

    /** The counts of the best alignment of two beginnings. */
    private record Cell(int hits, int substitutions, int deletions, int insertions) {
        Cell hit() {
            return new Cell(hits + 1, substitutions, deletions, insertions);
        }

        Cell substituted() {
            return new Cell(hits, substitutions + 1, deletions, insertions);
        }

        Cell deleted() {
            return new Cell(hits, substitutions, deletions + 1, insertions);
        }

        Cell inserted() {
            return new Cell(hits, substitutions, deletions, insertions + 1);
        }

        private int errors() {
            return substitutions + deletions + insertions;
        }

        Cell better(Cell other) {
            boolean fewer = other.errors() < errors();
            return fewer || (other.errors() == errors() && other.hits > hits) ? other : this;
        }
    }
}
