package org.speechemotion.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class FetchProgressTest {
    private static final OptionalLong TOTAL = OptionalLong.of(400_000_000);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private long seconds;

    @Test
    void redrawsOneLineOfATerminal() {
        follow(progress(true));
        assertThat(text())
                .contains("\rm.bin: [############............] 50 %, 200.0 MB of 400.0 MB, 10.0 MB/s, 0:20 left\033[K")
                .contains("\r\033[Km.bin: broke; again in 2.0 s\n");
    }

    @Test
    void writesPlainLinesElsewhere() {
        follow(progress(false));
        assertThat(text())
                .isEqualTo("m.bin: resumes after 100.0 MB\n"
                        + "m.bin: 50 %, 200.0 MB of 400.0 MB, 10.0 MB/s, 0:20 left\n"
                        + "m.bin: broke; again in 2.0 s\n"
                        + "m.bin: fetched, 400.0 MB, checked\n"
                        + "c.json: already complete, 1.3 kB, checked\n");
    }

    @Test
    void showsNoPercentageWithoutASize() {
        FetchProgress progress = progress(false);
        progress.begun("m.bin", 0, OptionalLong.empty());
        seconds += 10;
        progress.received("m.bin", 50_000_000, OptionalLong.empty());
        assertThat(text()).isEqualTo("m.bin: 50.0 MB, 5.0 MB/s\n");
    }

    private void follow(FetchProgress progress) {
        progress.begun("m.bin", 100_000_000, TOTAL);
        seconds += 10;
        progress.received("m.bin", 200_000_000, TOTAL);
        progress.received("m.bin", 200_000_001, TOTAL);
        progress.retrying("m.bin", "broke", Duration.ofSeconds(2));
        progress.fetched("m.bin", 400_000_000);
        progress.kept("c.json", 1_300);
    }

    private FetchProgress progress(boolean terminal) {
        return new FetchProgress(
                new PrintStream(out, true, StandardCharsets.UTF_8), terminal, () -> seconds * 1_000_000_000);
    }

    private String text() {
        return out.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
