package org.speechemotion.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.speechemotion.settings.Settings;
import org.speechemotion.spark.bindings.TrainingBindings;
import org.speechemotion.train.EpochSelection;

/** The files of {@code conf/} against {@code reference.conf}: there is one set of defaults. */
class ShippedSettingsTest {
    private static final Settings DEFAULTS = Settings.load(List.of(), List.of());

    @ParameterizedTest
    @ValueSource(strings = {"train.conf", "score.conf"})
    void editableFilesKeepTheDefaults(String name) {
        assertThat(Settings.load(List.of(conf(name)), List.of()).render()).isEqualTo(DEFAULTS.render());
    }

    /** Comments such as {@code # batch-size = 16} must be valid settings without the sign. */
    @ParameterizedTest
    @ValueSource(strings = {"train.conf", "score.conf"})
    void commentsOfEditableFilesHaveKnownKeys(String name) throws IOException {
        String text = Files.readString(conf(name)).replaceAll("(?m)^(\\s+)# (?=[a-z.-]+ = )", "$1");
        assertThat(text).doesNotContain("# epochs").doesNotContain("# batch-size");
        assertThat(Settings.ofTexts(text).render()).isNotEqualTo(DEFAULTS.render());
    }

    @Test
    void theDefaultsOfTrainingAreTheBestKnownSettings() {
        assertThat(DEFAULTS.choice("training.keep", EpochSelection.class)).isEqualTo(EpochSelection.LAST);
        assertThat(DEFAULTS.number("training.loss.label-smoothing")).isEqualTo(0.1);
        for (String name : List.of("pitch-shift", "time-stretch", "gain")) {
            assertThat(DEFAULTS.config().getStringList("augmentation.chain")).contains(name);
            assertThat(DEFAULTS.number("augmentation." + name + ".probability"))
                    .as(name)
                    .isEqualTo(0.85);
        }
    }

    @Test
    void theDefaultChainNeedsNoRecordings() {
        assertThat(TrainingBindings.augmentation(DEFAULTS).folders()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"demo.conf", "augmentation-full.conf", "augmentation-none.conf", "augmentation-original.conf"})
    void otherFilesChangeSettings(String name) {
        assertThat(Settings.load(List.of(conf(name)), List.of()).render()).isNotEqualTo(DEFAULTS.render());
    }

    private static Path conf(String name) {
        return Path.of("conf", name);
    }
}
