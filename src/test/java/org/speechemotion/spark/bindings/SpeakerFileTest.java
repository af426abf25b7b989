package org.speechemotion.spark.bindings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.speechemotion.scoring.SpeakerTurns;
import org.speechemotion.settings.Settings;
import org.speechemotion.settings.SettingsException;

class SpeakerFileTest {
    @TempDir
    Path folder;

    @Test
    void speakersAreThoseOfAFileOrOfClusteringOrNone() throws IOException {
        Path file = Files.writeString(folder.resolve("calls.rttm"), "SPEAKER a 1 0 1 <NA> <NA> anna <NA> <NA>\n");

        assertThat(read("score.speakers=" + file).of("a.wav")).hasSize(1);
        assertThat(read("score.speakers=" + file).clusters()).isZero();
        assertThat(read("score.speakers=cluster").clusters()).isEqualTo(2);
        assertThat(read("score.speakers=cluster", "score.speaker-count=3").clusters())
                .isEqualTo(3);
        assertThat(read("score.speaker-count=3").isEmpty()).isTrue();
    }

    @Test
    void whatIsNeitherIsAnError() {
        assertThatThrownBy(() -> read("score.speakers=" + folder.resolve("absent.rttm")))
                .isInstanceOf(FileNotFoundException.class)
                .hasMessageContaining("absent.rttm");
        assertThatThrownBy(() -> read("score.speakers=cluster", "score.speaker-count=9"))
                .isInstanceOf(SettingsException.class)
                .hasMessage("score.speaker-count is 9; allowed: 1 to 8");
    }

    private static SpeakerTurns read(String... settings) throws IOException {
        return SpeakerFile.read(Settings.load(List.of(), List.of(settings)), new Configuration());
    }
}
