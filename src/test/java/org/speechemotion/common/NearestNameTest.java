package org.speechemotion.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {
    @ParameterizedTest
    @CsvSource({
        // Published examples: Wagner and Fischer's edit distance, and the pair that tells the unrestricted
        // Damerau-Levenshtein distance (2) from the restricted one (3).
        "kitten, sitting, 3",
        "saturday, sunday, 3",
        "CA, ABC, 2",
        "abcd, acbd, 1",
        "'', abc, 3",
        "same, SAME, 0"
    })
    void distanceIsDamerauLevenshtein(String from, String to, int expected) {
        assertThat(NearestName.distance(from, to)).isEqualTo(expected);
        assertThat(NearestName.distance(to, from)).isEqualTo(expected);
    }

    @Test
    void findsTheNameBehindATypo() {
        List<String> known = List.of("ravdess", "crema-d", "manifest");

        assertThat(NearestName.find("ravdes", known)).contains("ravdess");
        assertThat(NearestName.find("CREMAD", known)).contains("crema-d");
        assertThat(NearestName.find("imagenet", known)).isEmpty();
        assertThat(NearestName.find("x", List.of())).isEmpty();
    }

    @Test
    void ordersByDistanceThenAlphabetically() {
        assertThat(NearestName.rank("test", List.of("zest", "best", "test-ratio", "best")))
                .containsExactly("best", "zest", "test-ratio");
    }

    @Test
    void onlyTheBeginningOfALongNameCounts() {
        String end = "x".repeat(1_000_000);

        assertThat(NearestName.distance("ab" + end, "ba" + end)).isEqualTo(1);
    }
}
