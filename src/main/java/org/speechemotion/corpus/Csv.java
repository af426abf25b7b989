package org.speechemotion.corpus;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reads and writes comma-separated values by RFC 4180: quoted fields with doubled quotes and line breaks inside. The
 * reader also accepts other separators.
 */
public final class Csv {
    /**
     * The maximum length of a field in characters. Without a limit, a missing quote would turn the rest of the file into
     * one field.
     */
    static final int MAX_FIELD = 32_768;

    private final Reader reader;
    private final String source;
    private final char separator;
    private int next;
    private int line = 1;

    private Csv(Reader reader, String source, char separator) throws IOException {
        this.reader = new BufferedReader(reader);
        this.source = source;
        this.separator = separator;
        next = this.reader.read();
        if (next == '\uFEFF') { // byte order mark
            next = this.reader.read();
        }
    }

    /**
     * A record.
     *
     * @param line the line at which it begins, from 1
     */
    public record Row(int line, List<String> fields) {}

    /**
     * Parses all records except blank lines. A byte order mark is skipped. Lines end with LF, CR LF or CR.
     *
     * @param source the name of the text for messages
     * @throws IOException if a quote is not closed, text follows a closing quote, or a field has more than 32,768
     *     characters
     */
    public static List<Row> parse(Reader reader, String source) throws IOException {
        return parse(reader, source, ',');
    }

    /** Parses all records with another separator. */
    static List<Row> parse(Reader reader, String source, char separator) throws IOException {
        return new Csv(reader, source, separator).rows(Integer.MAX_VALUE);
    }

    /** Returns the first record; empty if the text is blank. */
    static Optional<Row> first(Reader reader, String source, char separator) throws IOException {
        return new Csv(reader, source, separator).rows(1).stream().findFirst();
    }

    /** Formats a record as one line with a line feed, with quotes where they are necessary. */
    public static String format(List<String> fields) {
        return fields.stream().map(Csv::quote).collect(Collectors.joining(",", "", "\n"));
    }

    private static String quote(String field) {
        boolean plain = field.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r' || c == '\uFEFF');
        return plain && !field.isEmpty() ? field : '"' + field.replace("\"", "\"\"") + '"';
    }

    private List<Row> rows(int max) throws IOException {
        List<Row> rows = new ArrayList<>();
        while (next != -1 && rows.size() < max) {
            if (endsLine()) {
                take();
            } else {
                rows.add(new Row(line, fields()));
            }
        }
        return rows;
    }

    private List<String> fields() throws IOException {
        List<String> fields = new ArrayList<>();
        fields.add(field());
        while (next == separator) {
            take();
            fields.add(field());
        }
        return List.copyOf(fields);
    }

    private String field() throws IOException {
        StringBuilder text = new StringBuilder();
        if (next == '"') {
            readQuoted(text);
        } else {
            while (!endsField()) {
                append(text, take());
            }
        }
        return text.toString();
    }

    private void readQuoted(StringBuilder text) throws IOException {
        int opened = line;
        take();
        while (next != -1) {
            int character = take();
            if (character != '"') {
                append(text, character);
            } else if (next == '"') {
                append(text, take());
            } else if (endsField()) {
                return;
            } else {
                throw malformed(line, "text follows a closing quote");
            }
        }
        throw malformed(opened, "a quote opens and is never closed");
    }

    private void append(StringBuilder text, int character) throws IOException {
        if (text.length() == MAX_FIELD) {
            throw malformed(line, "a field is longer than %d characters".formatted(MAX_FIELD));
        }
        text.append((char) character);
    }

    private boolean endsField() {
        return next == separator || endsLine();
    }

    private boolean endsLine() {
        return next == '\n' || next == '\r' || next == -1;
    }

    private int take() throws IOException {
        int taken = next;
        next = reader.read();
        if (taken == '\n' || (taken == '\r' && next != '\n')) {
            line++;
        }
        return taken;
    }

    private IOException malformed(int where, String problem) {
        return new IOException("%s, line %d: %s".formatted(source, where, problem));
    }
}
