package org.speechemotion.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.speechemotion.audio.ffmpeg.FfmpegSettings;

class HostileForeignAudioTest {

    /** Some of every format; {@code scripts/benchmark formats 2000} decodes more. */
    private static final int MUTANTS = 200;

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @Test
    void everyMutantIsDecodedOrRejected(@TempDir Path folder) {
        FfmpegSettings settings = new FfmpegSettings("", 10, 1L << 30, 1 << 20);
        AudioDecoder decoder = new AudioDecoder(AudioSettings.defaults().with(settings));
        assertTimeoutPreemptively(PATIENCE, () -> {
            Map<String, Integer> answers = FormatTable.answers(MUTANTS, decoder, folder);
            assertThat(answers.values().stream().mapToInt(Integer::intValue).sum())
                    .isEqualTo(MUTANTS);
            assertThat(answers.get("ok")).isBetween(MUTANTS / 10, MUTANTS * 9 / 10);
            assertThat(answers).containsKeys("unreadable", "unsupported");
        });
        ForeignFile.assertNoProcesses();
    }
}
