package org.speechemotion.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.speechemotion.audio.AudioSettings;

class RecordingSettingsTest {

    @ParameterizedTest
    @CsvSource({
        "61, 2, 25, 9, score.window-seconds is 61.0; allowed: 0.1 to 60.0",
        "NaN, 2, 25, 9, score.window-seconds is NaN; allowed: 0.1 to 60.0",
        "5, 5.5, 25, 9, score.hop-seconds is 5.5; allowed: 0.1 to 5.0",
        "5, 0, 25, 9, score.hop-seconds is 0.0; allowed: 0.1 to 5.0",
        "5, 2, -1, 9, score.smoothing-seconds is -1.0; allowed: 0.0 to 3600.0",
        "5, 2, 25, 61, score.silence-decibels is 61.0; allowed: 0.0 to 60.0"
    })
    void rejectsValuesOutOfRange(double window, double hop, double smoothing, double silence, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecordingSettings.defaults()
                        .withWindows(window, hop)
                        .withSmoothing(smoothing)
                        .withSilence(silence))
                .withMessage(message);
    }

    @Test
    void itsLimitsReplaceThoseOfClips() {
        assertThat(RecordingSettings.defaults().audio(new AudioSettings(8000, 0.5, 600, 1000)))
                .isEqualTo(new AudioSettings(8000, 0.5, 43_200, 16L << 30));
    }
}
