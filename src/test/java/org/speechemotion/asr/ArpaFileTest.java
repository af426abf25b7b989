package org.speechemotion.asr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.speechemotion.weights.WeightsException;

class ArpaFileTest {
    static final String TRIGRAMS =
            """
            \\data\\
            ngram 1=6
            ngram 2=4
            ngram 3=2

            \\1-grams:
            -1.5\t<unk>
            -99\t<s>\t-0.4
            -0.9\t</s>
            -0.5\ta\t-0.3
            -0.8\tb\t-0.2
            -1.1\tab\t-0.1

            \\2-grams:
            -0.2\t<s> a\t-0.05
            -0.6\ta b\t-0.15
            -0.7\tb a
            -0.3\ta </s>

            \\3-grams:
            -0.1\t<s> a b
            -0.4\ta b a

            \\end\\
            """;

    @TempDir
    Path temporary;

    private Path file;

    @BeforeEach
    void file() {
        file = temporary.resolve("lm.arpa");
    }

    /** Each number is the sum that the back-off equation gives by hand. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''     | a    | -0.2", // the bigram <s> a
                "a      | b    | -0.1", // the trigram <s> a b
                "a b    | a    | -0.4", // the trigram a b a
                "a b    | b    | -1.15", // back-off of a b -0.15, of b -0.2, unigram b -0.8
                "a      | </s> | -0.35", // back-off of <s> a -0.05, bigram a </s> -0.3
                "''     | b    | -1.2", // back-off of <s> -0.4, unigram b -0.8
                "b      | a    | -0.7", // <s> b is no bigram, bigram b a
                "b      | ab   | -1.3", // back-off of b -0.2, unigram ab -1.1
                "b      | x    | -1.7", // back-off of b -0.2, unknown word -1.5
                "x      | b    | -0.8", // an unknown context has no back-off weight
                "x a    | b    | -0.6", // the bigram a b
            })
    void probabilitiesBackOffToShorterContexts(String before, String word, double expected) throws IOException {
        NgramModel model = ArpaFile.read(Files.writeString(file, TRIGRAMS));
        assertThat(model.order()).isEqualTo(3);
        assertThat(model.words()).containsExactlyInAnyOrder("<unk>", "<s>", "</s>", "a", "b", "ab");
        int[] context = model.start();
        for (String earlier : before.isEmpty() ? new String[0] : before.split(" ", -1)) {
            context = model.next(context, earlier);
        }
        assertThat(model.log10(context, word)).isCloseTo(expected, within(1e-6));
    }

    @Test
    void filesMayBeCompressedAndHaveCommentsAndWindowsLines() throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(("made by hand\n" + TRIGRAMS.replace("\n", "\r\n")).getBytes(StandardCharsets.UTF_8));
        }
        NgramModel model = ArpaFile.read(file);
        assertThat(model.log10(model.start(), "a")).isCloseTo(-0.2, within(1e-6));
    }

    @Test
    void unknownWordsHaveTheProbabilityOfKenLmWithoutAnEntry() throws IOException {
        NgramModel model =
                ArpaFile.read(Files.writeString(file, "\\data\\\nngram 1=1\n\\1-grams:\n-0.5\ta\n\\end\\\n"));
        assertThat(model.order()).isEqualTo(1);
        assertThat(model.log10(model.start(), "x")).isEqualTo(-100);
        assertThat(model.log10(model.next(model.start(), "x"), "a")).isCloseTo(-0.5, within(1e-6));
        assertThat(model.end(model.start())).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ngram 1=6 | ngram 1=7 | line 14: there is \"\\2-grams:\"; expected: a log-probability, 1 word",
                "ngram 1=6 | ngram 1=5 | line 12: there is \"-1.1\tab\t-0.1\"; expected: \\2-grams:",
                "ngram 3=2 | ngram 3=1 | expected: \\end\\ after the last of the 1 n-grams",
                "ngram 1=6 | ngram 1=99999999 | there are 99999999 n-grams of order 1; allowed: at most 4194304",
                "ngram 2=4 | ngram 7=4 | expected: ngram 2=<count>",
                "-0.5 | NaN | line 10: there is \"NaN\"; expected: a finite number",
                "-0.5 | x | line 10: there is \"x\"; expected: a finite number",
                "-0.5 | 0.5 | the log-probability is 0.5; allowed: at most 0",
                "b a | b c | line 17: the word c is not among the unigrams",
                "-0.4\ta b a | -0.4\tb b a | the first words of \"-0.4\tb b a\" are not among the shorter n-grams",
                "-0.7\tb a | -0.7\ta b | the n-gram of \"-0.7\ta b\" is there twice",
                "-0.8\tb | -0.8\ta | the word a is there twice",
                "-0.4\ta b a | -0.4\ta b a\t-1 | expected: a log-probability, 3 words",
                "\\end\\ | x | there is \"x\"; expected: \\end\\",
                "\\data\\ | x | the file ends",
            })
    void rejectsInconsistentFiles(String from, String to, String reason) throws IOException {
        String changed = TRIGRAMS.replace(
                from.replace("\\t", "\t").strip(), to.replace("\\t", "\t").strip());
        assertThat(changed).isNotEqualTo(TRIGRAMS);
        Files.writeString(file, changed);
        assertRefused(reason.replace("\\t", "?").replace("\t", "?"));
    }

    @Test
    void rejectsFilesThatAreNoModel() throws IOException {
        assertRefused("is missing");
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
        assertRefused("is not UTF-8");
        Files.writeString(file, "\n".repeat(2000));
        assertRefused("1000 empty lines");
        Files.writeString(file, "comment\n".repeat(2000));
        assertRefused("no line \\data\\");
        Files.writeString(file, "x".repeat(10_000));
        assertRefused("more than 8192 characters");
        Files.write(file, new byte[] {0x1f, (byte) 0x8b, 1, 2});
        assertRefused("cannot be read");
        Files.writeString(file, "\\data\\\nngram 1=0\n\\1-grams:\n\\end\\\n");
        assertRefused("counts no words");
    }

    @Test
    void aModelWithOtherLettersIsRejected() throws IOException {
        WordScorer scorer = new WordScorer(ArpaFile.read(Files.writeString(file, TRIGRAMS)), 1, 0);
        assertThatThrownBy(() ->
                        new CtcDecoder(new CtcVocabulary(List.of("<pad>", "A", "B", " "), 0), 10, Optional.of(scorer)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("in the same case");
    }

    private void assertRefused(String reason) {
        assertThatThrownBy(() -> ArpaFile.read(file))
                .isInstanceOf(WeightsException.class)
                .hasMessageStartingWith("asr.language-model " + file)
                .hasMessageContaining(reason)
                .hasMessageNotContaining("\n");
    }
}
