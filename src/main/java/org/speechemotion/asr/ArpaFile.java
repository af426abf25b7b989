package org.speechemotion.asr;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.speechemotion.common.FailureMessage;
import org.speechemotion.weights.WeightsException;

/**
 * Reads an n-gram model from an ARPA file (Doug Paul's format, which SRILM, KenLM and others write), UTF-8, also compressed
 * with gzip. The file is not trusted: its lines, its n-grams and its order are bounded, and every count must be right.
 */
public final class ArpaFile {
    private static final int MAX_ORDER = 6;
    private static final long MAX_NGRAMS = 1L << 26;
    private static final int MAX_WORDS = 1 << 22;
    private static final int MAX_LINE = 8192;
    /** The maximum number of lines without content between sections, and of lines of comment before the data. */
    private static final int MAX_IDLE_LINES = 1000;
    /** The memory of an n-gram with its place in the hash table, and of a word, in bytes; generous. */
    private static final long BYTES_PER_NGRAM = 60;

    private static final long BYTES_PER_WORD = 150;

    private static final Pattern COUNT = Pattern.compile("ngram ([0-9]{1,2}) ?= ?([0-9]{1,10})");

    private final Path file;
    private final BufferedReader text;
    private final Map<String, Integer> words = new HashMap<>();
    private final NgramTable table = new NgramTable();
    private int line;

    private ArpaFile(Path file, BufferedReader text) {
        this.file = file;
        this.text = text;
    }

    /**
     * Reads a file.
     *
     * @throws WeightsException if it is missing, not an ARPA file, or too large; the message names the line
     */
    public static NgramModel read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new WeightsException("asr.language-model " + file + " is missing; allowed: an ARPA file, also .gz");
        }
        try (InputStream bytes = decompressed(Files.newInputStream(file));
                BufferedReader text =
                        new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8.newDecoder()))) {
            return new ArpaFile(file, text).model();
        } catch (CharacterCodingException e) {
            throw new WeightsException("asr.language-model " + file + " is not UTF-8 text", e);
        } catch (IOException e) {
            throw new WeightsException("asr.language-model " + file + " cannot be read: " + FailureMessage.of(e), e);
        }
    }

    private static InputStream decompressed(InputStream raw) throws IOException {
        PushbackInputStream in = new PushbackInputStream(raw, 2);
        byte[] magic = in.readNBytes(2);
        in.unread(magic);
        boolean gzip = magic.length == 2 && magic[0] == (byte) 0x1f && magic[1] == (byte) 0x8b;
        return gzip ? new GZIPInputStream(in, 1 << 16) : in;
    }

    private NgramModel model() throws IOException {
        String next = content();
        for (int comments = 0; !next.equals("\\data\\"); comments++) {
            if (comments == MAX_IDLE_LINES) {
                throw wrong("there is no line \\data\\ at the beginning");
            }
            next = content();
        }
        List<Long> counts = new ArrayList<>();
        for (next = content(); next.startsWith("ngram "); next = content()) {
            counts.add(count(next, counts.size() + 1));
        }
        requireMemory(counts);
        for (int n = 1; n <= counts.size(); n++) {
            if (!next.equals("\\" + n + "-grams:")) {
                throw wrong("there is \"" + next + "\"; expected: \\" + n + "-grams:");
            }
            for (long i = 0; i < counts.get(n - 1); i++) {
                add(content(), n, n == counts.size());
            }
            next = content();
        }
        if (!next.equals("\\end\\")) {
            throw wrong("there is \"" + next + "\"; expected: \\end\\ after the last of the "
                    + counts.get(counts.size() - 1) + " n-grams that the header counts");
        }
        return new NgramModel(counts.size(), words, table);
    }

    private long count(String header, int order) {
        Matcher matcher = COUNT.matcher(header);
        if (!matcher.matches() || Integer.parseInt(matcher.group(1)) != order || order > MAX_ORDER) {
            throw wrong("there is \"" + header + "\"; expected: ngram " + order + "=<count>, of at most " + MAX_ORDER
                    + " orders");
        }
        long count = Long.parseLong(matcher.group(2));
        long max = order == 1 ? MAX_WORDS : MAX_NGRAMS;
        if (count > max) {
            throw wrong("there are " + count + " n-grams of order " + order + "; allowed: at most " + max);
        }
        return count;
    }

    private void requireMemory(List<Long> counts) {
        if (counts.isEmpty() || counts.get(0) == 0) {
            throw wrong("the header counts no words; expected: ngram 1=<count>");
        }
        long total = counts.stream().mapToLong(Long::longValue).sum();
        if (total > MAX_NGRAMS) {
            throw wrong("there are " + total + " n-grams; allowed: at most " + MAX_NGRAMS);
        }
        long bytes = total * BYTES_PER_NGRAM + counts.get(0) * BYTES_PER_WORD;
        long memory = Runtime.getRuntime().maxMemory();
        if (bytes > memory / 2) {
            throw wrong("the model takes about " + (bytes >> 20) + " MiB of memory; allowed: half of this JVM's "
                    + (memory >> 20) + " MiB");
        }
    }

    private void add(String entry, int n, boolean longest) {
        String[] fields = entry.split("[ \t]+", -1);
        if (fields.length != n + 1 && (longest || fields.length != n + 2)) {
            throw wrong("there is \"" + entry + "\"; expected: a log-probability, " + n + (n == 1 ? " word" : " words")
                    + (longest ? "" : ", and possibly a back-off weight"));
        }
        float probability = number(fields[0]);
        if (probability > 0) {
            throw wrong("the log-probability is " + fields[0] + "; allowed: at most 0");
        }
        float backoff = fields.length == n + 2 ? number(fields[n + 1]) : 0;
        if (n == 1) {
            if (words.put(fields[1], table.add(probability, backoff)) != null) {
                throw wrong("the word " + fields[1] + " is there twice");
            }
            return;
        }
        int node = index(fields[1]);
        for (int i = 2; i < n; i++) {
            node = table.child(node, index(fields[i]));
            if (node < 0) {
                throw wrong("the first words of \"" + entry + "\" are not among the shorter n-grams");
            }
        }
        if (!table.add(node, index(fields[n]), probability, backoff)) {
            throw wrong("the n-gram of \"" + entry + "\" is there twice");
        }
    }

    private int index(String word) {
        Integer index = words.get(word);
        if (index == null) {
            throw wrong("the word " + word + " is not among the unigrams");
        }
        return index;
    }

    private float number(String field) {
        try {
            float value = Float.parseFloat(field);
            if (Float.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // reported below, like a value that is not finite
        }
        throw wrong("there is \"" + field + "\"; expected: a finite number");
    }

    /** Returns the next line with content. */
    private String content() throws IOException {
        for (int empty = 0; empty < MAX_IDLE_LINES; empty++) {
            String next = line().strip();
            if (!next.isEmpty()) {
                return next;
            }
        }
        throw wrong("there are " + MAX_IDLE_LINES + " empty lines");
    }

    private String line() throws IOException {
        line++;
        StringBuilder characters = new StringBuilder();
        for (int c = text.read(); c != '\n'; c = text.read()) {
            if (c < 0) {
                if (characters.isEmpty()) {
                    throw wrong("the file ends; expected: \\end\\");
                }
                return characters.toString();
            }
            if (characters.length() == MAX_LINE) {
                throw wrong("the line has more than " + MAX_LINE + " characters");
            }
            characters.append((char) c);
        }
        return characters.toString();
    }

    private WeightsException wrong(String problem) {
        return new WeightsException("asr.language-model " + file + ": line " + line + ": " + problem);
    }
}
