package org.speechemotion.spark.bindings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.speechemotion.encoder.Lora;
import org.speechemotion.encoder.Lora.Projection;
import org.speechemotion.settings.Settings;
import org.speechemotion.settings.SettingsException;

/** The section {@code training.lora}. */
class AdapterSettingsTest {

    @Test
    void itIsReadAsItIsWritten() {
        assertThat(
                        lora(
                                "training { unfreeze-last-n-layers = 2, lora { rank = 4, alpha = 8, projections = [key, inner] } }"))
                .isEqualTo(new Lora(4, 8, List.of(Projection.KEY, Projection.INNER)));
        assertThat(lora("training.unfreeze-last-n-layers = 2")).isEqualTo(Lora.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            training.lora.rank = 4 | training: lora.rank is 4, and no layer has adapters; set unfreeze-last-n-layers above 0
            training { lora.rank = 4, freeze-encoder = false, freeze-feature-extractor = false } | allowed with adapters: true
            training.lora.rank = 2000 | training.lora: rank is 2000; allowed: 0 to 1024
            training.lora.alpha = 0 | training.lora: alpha is 0.0; allowed: finite and above 0
            training.lora.projections = [] | projections is []; allowed: at least one
            training.lora.projections = [key, key] | projections is [key, key]; allowed: at least one, and each one once
            training.lora.projections = [gate] | projections[0] is "gate"; allowed: one of query, key, value, output, inner, outer
            """)
    void anythingElseIsRefused(String settings, String message) {
        assertThatThrownBy(() -> lora(settings))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(message);
    }

    private static Lora lora(String settings) {
        return EncoderBindings.encoder(Settings.ofTexts(settings))
                .pretrained()
                .fineTuning()
                .lora();
    }
}
