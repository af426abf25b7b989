package org.speechemotion.asr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class TranscriptTest {
    private static final Transcript THREE = new Transcript(
            List.of(new Word("one", 0, 1, 1), new Word("two", 1.5, 2.5, 0.5), new Word("three", 3, 4, 1)));

    @Test
    void adjacentSpansShareNoWord() {
        assertThat(THREE.text()).isEqualTo("one two three");
        assertThat(THREE.between(0, 2).text()).isEqualTo("one");
        assertThat(THREE.between(2, 4).text()).isEqualTo("two three");
        assertThat(THREE.between(4, 9)).isEqualTo(Transcript.EMPTY);
    }

    @Test
    void segmentsAreShiftedToTheirTimes() {
        assertThat(THREE.shifted(10).words().get(1)).isEqualTo(new Word("two", 11.5, 12.5, 0.5));
    }

    @Test
    void settingsOutOfRangeAreRejectedWithTheRange() {
        RecognizerSettings settings = RecognizerSettings.at("x");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.withBeamWidth(1001))
                .withMessage("asr.beam-width is 1001; allowed: 1 to 1000");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.withWindows(121, 4))
                .withMessageContaining("allowed: windows of 1 s to 120.0 s");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RecognizerSettings("x", 1, "lm.arpa", 0.5, 1.5, 30, 4))
                .withMessageContaining("asr.beam-width is 1, which is greedy decoding");
    }
}
