package org.speechemotion.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.speechemotion.features.FeatureSettings.Mode;
import org.speechemotion.settings.Settings;
import org.speechemotion.settings.SettingsException;

class FeatureSettingsTest {
    @Test
    void byDefaultNothingIsStored() {
        assertThat(bound()).isEqualTo(new FeatureSettings(Mode.ON_THE_FLY, 4, Optional.empty(), ValueType.FP16));
    }

    @Test
    void everyKeyIsBound() {
        assertThat(bound("features.mode=views", "features.views=2", "features.path=/s", "features.values=fp32"))
                .isEqualTo(new FeatureSettings(Mode.VIEWS, 2, Optional.of("/s"), ValueType.FP32));
    }

    @Test
    void negativeViewsAreRejected() {
        assertThatThrownBy(() -> bound("features.views=-1"))
                .isInstanceOf(SettingsException.class)
                .hasMessage("features: views is -1; allowed: at least 0");
    }

    private static FeatureSettings bound(String... assignments) {
        return Settings.load(List.of(), List.of(assignments)).bind("features", FeatureSettings.class);
    }
}
