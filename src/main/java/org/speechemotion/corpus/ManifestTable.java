package org.speechemotion.corpus;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;

/**
 * A manifest's columns, and its rows without the header.
 *
 * @param separator the character between the fields
 */
record ManifestTable(ManifestColumns columns, List<Csv.Row> rows, char separator) {
    private static final List<Character> SEPARATORS = List.of(',', ';', '\t');

    /**
     * Reads a manifest and detects its separator.
     *
     * @param votes the columns of votes that it may have
     * @throws IllegalArgumentException if it is empty, malformed, lacks a required column, or has no rows
     */
    static ManifestTable read(CorpusFiles files, VoteColumns votes) throws IOException {
        String file = files.root();
        String text = ManifestText.read(files, file);
        try {
            char separator = separator(text, file);
            List<Csv.Row> rows = Csv.parse(new StringReader(text), file, separator);
            ManifestColumns columns = columns(rows.get(0), file, votes);
            if (!columns.missing().isEmpty()) {
                throw new IllegalArgumentException(file + ": " + columns.complaint());
            }
            if (rows.size() == 1) {
                throw new IllegalArgumentException(file + " has a header and no rows");
            }
            return new ManifestTable(columns, rows.subList(1, rows.size()), separator);
        } catch (IOException malformed) { // there is nothing else: the text is in memory
            throw new IllegalArgumentException(malformed.getMessage(), malformed);
        }
    }

    /** Returns whether numbers may have a decimal comma, as where spreadsheets separate fields by semicolons. */
    boolean allowsDecimalComma() {
        return separator != ',';
    }

    /** Returns the separator that gives the header the most known columns. */
    private static char separator(String text, String file) throws IOException {
        char best = SEPARATORS.get(0);
        long max = -1;
        for (char separator : SEPARATORS) {
            Optional<Csv.Row> header;
            try {
                header = Csv.first(new StringReader(text), file, separator);
            } catch (IOException malformed) {
                continue; // the quotes may fit another separator; otherwise the whole text is rejected
            }
            if (header.isEmpty()) {
                throw new IllegalArgumentException(
                        file + " is empty; allowed: a manifest with a header such as path,actor_id,emotion");
            }
            long recognised = ManifestColumns.recognised(header.get().fields());
            if (recognised > max) {
                best = separator;
                max = recognised;
            }
        }
        return best;
    }

    private static ManifestColumns columns(Csv.Row header, String file, VoteColumns votes) {
        try {
            return ManifestColumns.of(header.fields(), votes);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }
}
