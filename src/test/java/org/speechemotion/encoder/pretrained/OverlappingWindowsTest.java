package org.speechemotion.encoder.pretrained;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.speechemotion.encoder.pretrained.OverlappingWindows.Window;
import org.speechemotion.encoder.transformer.EncoderFolder;
import org.speechemotion.encoder.transformer.Folders;
import org.speechemotion.encoder.transformer.TransformerConfig;

class OverlappingWindowsTest {
    private static final TransformerConfig CONFIG = config();

    @ParameterizedTest
    @CsvSource({
        "400, 50, 4",
        "16000, 50, 4",
        "16400, 50, 4",
        "16080, 50, 4",
        "163211, 50, 4",
        "163211, 50, 0",
        "163211, 50, 25",
        "163211, 2, 1",
        "160000, 3, 1",
        "9600000, 3000, 200"
    })
    void everyFrameIsReturnedOnceAtItsPosition(int samples, int length, int overlap) {
        List<Window> windows = OverlappingWindows.over(samples, CONFIG, length, overlap);
        int given = 0;
        for (Window window : windows) {
            assertThat(window.frames()).isPositive();
            assertThat(window.start() / CONFIG.hop() + window.skip()).isEqualTo(given);
            assertThat(window.start() % CONFIG.hop()).isZero();
            int frames = CONFIG.frames(window.samples());
            assertThat(frames).isBetween(window.skip() + window.frames(), length);
            assertThat(window.start() + window.samples()).isLessThanOrEqualTo(samples);
            given += window.frames();
        }
        assertThat(given).isEqualTo(CONFIG.frames(samples));
        for (int i = 0; i + 1 < windows.size(); i++) {
            Window window = windows.get(i);
            int unused = CONFIG.frames(window.samples()) - window.skip() - window.frames();
            assertThat(unused).as("frames before the window's end").isEqualTo(overlap / 2);
            assertThat(windows.get(i + 1).skip()).isEqualTo(overlap - overlap / 2);
        }
    }

    private static TransformerConfig config() {
        try (EncoderFolder folder = EncoderFolder.open(Folders.path("hubert-base"))) {
            return folder.config();
        }
    }
}
