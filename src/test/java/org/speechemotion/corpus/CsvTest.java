package org.speechemotion.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.speechemotion.random.KeyedRandom;

class CsvTest {
    @Test
    void readsTheExamplesOfRfc4180() throws IOException {
        assertThat(parse("aaa,bbb,ccc\r\nzzz,yyy,xxx\r\n"))
                .containsExactly(
                        new Csv.Row(1, List.of("aaa", "bbb", "ccc")), new Csv.Row(2, List.of("zzz", "yyy", "xxx")));
        assertThat(parse("aaa,bbb,ccc\r\nzzz,yyy,xxx")).hasSize(2);
        assertThat(parse("\"aaa\",\"b\r\nbb\",\"ccc\"\r\nzzz,yyy,xxx"))
                .containsExactly(
                        new Csv.Row(1, List.of("aaa", "b\r\nbb", "ccc")), new Csv.Row(3, List.of("zzz", "yyy", "xxx")));
        assertThat(parse("\"aaa\",\"b\"\"bb\",\"ccc\""))
                .containsExactly(new Csv.Row(1, List.of("aaa", "b\"bb", "ccc")));
    }

    @Test
    void skipsAByteOrderMarkAndBlankLines() throws IOException {
        assertThat(parse("\uFEFFa,b\n\n\r\n1,\n"))
                .containsExactly(new Csv.Row(1, List.of("a", "b")), new Csv.Row(4, List.of("1", "")));
        assertThat(parse("")).isEmpty();
    }

    @Test
    void everyLineEndingCounts() throws IOException {
        assertThat(parse("a\rb\nc\r\nd").stream().map(Csv.Row::line)).containsExactly(1, 2, 3, 4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "a,b~1,\"open~2,x | list.csv, line 2: a quote opens and is never closed",
                "a,b~\"x\"y,2 | list.csv, line 2: text follows a closing quote",
            })
    void malformedQuotesAreErrorsWithTheirLine(String text, String message) {
        assertThatThrownBy(() -> parse(text.replace('~', '\n')))
                .isInstanceOf(IOException.class)
                .hasMessage(message);
    }

    @Test
    void aFieldIsBounded() throws IOException {
        String longest = "x".repeat(Csv.MAX_FIELD);

        assertThat(parse(longest)).hasSize(1);
        assertThatThrownBy(() -> parse("a\n\"" + longest + "x\""))
                .hasMessage("list.csv, line 2: a field is longer than 32768 characters");
    }

    @Test
    void writtenFieldsAreReadBack() throws IOException {
        String alphabet = "a,\"\n\r \uFEFFé;";
        StringBuilder csv = new StringBuilder();
        List<List<String>> written = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            KeyedRandom random = new KeyedRandom(1, "csv", Integer.toString(i));
            List<String> fields = new ArrayList<>();
            for (int field = 1 + random.nextInt(4); field > 0; field--) {
                StringBuilder text = new StringBuilder();
                for (int length = random.nextInt(6); length > 0; length--) {
                    text.append(alphabet.charAt(random.nextInt(alphabet.length())));
                }
                fields.add(text.toString());
            }
            written.add(fields);
            csv.append(Csv.format(fields));
        }

        assertThat(parse(csv.toString()).stream().map(Csv.Row::fields)).containsExactlyElementsOf(written);
    }

    @Test
    void everyTextIsReadOrRejected() {
        String alphabet = "a,\"\n\r";
        int refused = 0;
        for (int i = 0; i < 3000; i++) {
            KeyedRandom random = new KeyedRandom(2, "csv", Integer.toString(i));
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(12); length > 0; length--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            try {
                int lines = text.toString().split("\r\n|\r|\n", -1).length;
                assertThat(parse(text.toString())).allSatisfy(row -> {
                    assertThat(row.line()).isBetween(1, lines);
                    assertThat(row.fields()).isNotEmpty();
                });
            } catch (IOException e) {
                refused++;
                assertThat(e).hasMessageStartingWith("list.csv, line ");
            }
        }
        assertThat(refused).isBetween(1, 2999);
    }

    private static List<Csv.Row> parse(String text) throws IOException {
        return Csv.parse(new StringReader(text), "list.csv");
    }
}
