package org.speechemotion.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimilarSpeakersTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "a:1|a:01",
                "a:1|a:1.0",
                "a:01|a:1.00",
                "a:Spk01|a:spk01",
                "a:spk1|a:spk01",
                "a:spk1|a: spk1",
                "a:spk1|a:spk1\u00A0",
                "a:spk1|a:ｓｐｋ１",
                "a:sp\u200Bk1|a:spk1",
                "a:Zo\u00EB|a:zoe\u0308",
                "a:STRASSE|a:straße",
                "a:ann  lee|a:Ann Lee",
                "a:s01_ses002|a:s1_ses2",
                "radio:ann|Radio:ann",
            })
    void oneSpeakerUnderTwoIdsIsFound(String one, String other) {
        assertThat(SimilarSpeakers.find(List.of(one, other, "a:somebody else")))
                .hasValueSatisfying(message -> assertThat(message).contains('"' + one + '"', '"' + other + '"'));
    }

    @ParameterizedTest
    @CsvSource({"a:1, a:2", "a:1, a:10", "a:1, b:1", "a:1.5, a:1.05", "a:1.1, a:1.10", "a:spk1, a:spk11", "a:x_1, a:x1"
    })
    void otherIdsAreDifferentSpeakers(String one, String other) {
        assertThat(SimilarSpeakers.find(List.of(one, other, one))).isEmpty();
    }

    @Test
    void theErrorNamesTheFirstTwoAndSaysHowManyThereAre() {
        assertThatThrownBy(() -> SimilarSpeakers.requireNone(List.of("m:2", "m:1", "m:01", "m:1.0", "m:02")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("speakers \"m:01\" and \"m:1\" have ids that differ only in case, spaces or zeros (and 2"
                        + " more); each person must have one id. If they are two people, set"
                        + " split.allow-similar-speakers=true");
    }
}
