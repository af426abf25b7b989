package org.speechemotion.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordErrorRateTest {

    /** Counted by hand: hits, substitutions, deletions, insertions. */
    @ParameterizedTest
    @CsvSource({
        "the cat sat,             the cat sat,             3, 0, 0, 0",
        "the cat sat,             the bat sat,             2, 1, 0, 0",
        "the cat sat on the mat,  the cat on mat,          4, 0, 2, 0",
        "the cat sat,             oh the cat just sat,     3, 0, 0, 2",
        "a b c d,                 b c x e,                 2, 1, 1, 1",
        "Hello world,             hello  world,            1, 1, 0, 0",
        "'',                      one two,                 0, 0, 0, 2",
        "one two,                 '',                      0, 0, 2, 0",
        "'',                      '',                      0, 0, 0, 0",
    })
    void countsTheFewestErrors(String said, String heard, long hits, long substituted, long deleted, long inserted) {
        assertThat(WordErrorRate.of(said, heard)).isEqualTo(new WordErrorRate(hits, substituted, deleted, inserted));
    }

    @Test
    void ratesOfRecordingsArePooled() {
        WordErrorRate both = WordErrorRate.none()
                .merge(WordErrorRate.of("the cat sat", "the bat sat"))
                .merge(WordErrorRate.of("on the mat today and tomorrow", "on mat today and tomorrow oh no"));
        assertThat(both.words()).isEqualTo(9);
        assertThat(both.errors()).isEqualTo(4);
        assertThat(both.rate()).isEqualTo(4.0 / 9);
        assertThat(WordErrorRate.of("one", "one two three").rate()).isEqualTo(2);
        assertThat(WordErrorRate.of("", "one").rate()).isInfinite();
        assertThat(WordErrorRate.none().rate()).isZero();
    }
}
