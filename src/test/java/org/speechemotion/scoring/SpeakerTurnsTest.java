package org.speechemotion.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpeakerTurnsTest {
    private static final String RTTM =
            """
            ;; written by a diariser
            SPKR-INFO call-1 1 <NA> <NA> <NA> unknown anna <NA> <NA>
            SPEAKER call-1 1 2.5 1.25 <NA> <NA> ben <NA> <NA>
            SPEAKER call-1 1 0.0 2.5 <NA> <NA> anna 0.98 <NA>

            SPEAKER call-2.wav 2 1 1 <NA> <NA> cleo
            """;

    @Test
    void sortsTurnsByTime() {
        SpeakerTurns turns = SpeakerTurns.parse(RTTM, "calls.rttm");
        assertThat(turns.of("file:/archive/call-1.wav"))
                .containsExactly(new SpeakerTurn("anna", 1, 0, 2.5), new SpeakerTurn("ben", 1, 2.5, 3.75))
                .isEqualTo(turns.of("s3a://b/calls.zip!/monday/call-1.opus"));
        assertThat(turns.of("call-2.wav")).containsExactly(new SpeakerTurn("cleo", 2, 1, 2));
        assertThat(turns.of("call-2")).isEmpty();
        assertThat(turns.of("call-3.wav")).isEmpty();
        assertThat(turns.isEmpty()).isFalse();
        assertThat(SpeakerTurns.parse(";; nothing", "x").isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SPEAKER a 1 0 1 | there are 5 fields; allowed: at least 8",
                "SPEAKER a 1 x 1 <NA> <NA> b | the start is x; allowed: a number of seconds of 0 or more",
                "SPEAKER a 1 -1 1 <NA> <NA> b | the start is -1; allowed: a number of seconds of 0 or more",
                "SPEAKER a 1 0 0 <NA> <NA> b | the duration is 0; allowed: a number of seconds above 0",
                "SPEAKER a 1 0 NaN <NA> <NA> b | the duration is NaN; allowed: a number of seconds above 0",
                "SPEAKER a 9 0 1 <NA> <NA> b | the channel is 9; allowed: 1 to 8",
                "SPEAKER a 1 0 1 <NA> <NA> <NA> | the speaker is <NA>; allowed: a name"
            })
    void aMalformedLineIsAnError(String line, String message) {
        assertThatThrownBy(() -> SpeakerTurns.parse("\n" + line, "calls.rttm"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("calls.rttm, line 2: " + message);
    }
}
