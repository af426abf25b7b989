package org.speechemotion.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlidingWindowsTest {

    /** Windows of 10 samples every 4, as start+length. */
    @ParameterizedTest
    @CsvSource({
        "0, ''",
        "1, 0+1",
        "9, 0+9",
        "10, 0+10",
        "11, 0+10 1+10",
        "13, 0+10 3+10",
        "14, 0+10 4+10",
        "17, 0+10 4+10 7+10",
        "18, 0+10 4+10 8+10",
        "30, 0+10 4+10 8+10 12+10 16+10 20+10"
    })
    void windowsHaveOneLengthAndCoverEverything(int length, String expected) {
        assertThat(windows(length, 4, 100)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4, 10, 11, 14, 29})
    void piecesDoNotMatter(int piece) {
        assertThat(windows(29, 4, piece)).isEqualTo(windows(29, 4, 100));
    }

    @Test
    void aHopMayBeAWindow() {
        assertThat(windows(25, 10, 100)).isEqualTo("0+10 10+10 15+10");
    }

    private static String windows(int length, int hop, int piece) {
        List<String> found = new ArrayList<>();
        SlidingWindows windows = new SlidingWindows(10, hop, (start, samples) -> {
            for (int i = 0; i < samples.length; i++) {
                assertThat(samples[i]).isEqualTo((float) (start + i));
            }
            found.add(start + "+" + samples.length);
        });
        for (int i = 0; i < length; i += piece) {
            float[] samples = new float[piece];
            for (int j = 0; j < piece; j++) {
                samples[j] = i + j;
            }
            windows.accept(samples, Math.min(piece, length - i));
        }
        windows.finish();
        assertThat(windows.length()).isEqualTo(length);
        return String.join(" ", found);
    }
}
