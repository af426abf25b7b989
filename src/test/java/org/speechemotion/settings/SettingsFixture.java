package org.speechemotion.settings;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/** Settings on top of the reference of this test. */
abstract class SettingsFixture {
    static final Reference REFERENCE = Reference.load("settings/reference.conf");

    @TempDir
    Path folder;

    enum Kind {
        SMALL_FAST,
        LARGE
    }

    record Head(int hiddenUnits, long lastLayers) {
        Head {
            if (hiddenUnits < 1) {
                throw new IllegalArgumentException("hidden-units is " + hiddenUnits + "; allowed: at least 1");
            }
        }
    }

    record Model(
            Kind kind,
            List<Integer> rates,
            List<String> layers,
            double dropout,
            long seed,
            Optional<String> input,
            Optional<Integer> limit,
            Head head) {}

    record Audio(int sampleRate, boolean trim) {}

    static Settings load(String... assignments) {
        return Settings.load(REFERENCE, List.of(), List.of(assignments));
    }

    Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    static void assertRefused(Runnable action, String message) {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(action::run)
                .withMessage(message);
    }
}
