package org.speechemotion.spark.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.speechemotion.settings.Settings;
import org.speechemotion.spark.bindings.TrainingBindings;

class RunSettingsTest {
    @ParameterizedTest
    @CsvSource({
        "encoder.name=log-mel, 0, 1",
        "encoder.path=hubert, 0, 8",
        "encoder.name=log-mel, 3, 3",
        "encoder.path=hubert, 3, 3"
    })
    void withoutANumberOfWorkersTheEncoderDecides(String encoder, int configured, int workers) {
        assertThat(settings(encoder, "training.workers=" + configured).workers(8))
                .isEqualTo(workers);
    }

    @Test
    void stepsOfSingleClipsAreRefusedWithStatisticsOfTheStep() {
        assertThatThrownBy(() -> settings("training.batch-size=1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("training.batch-size is 1; allowed with network.pooling-normalization: at least 2");
        assertThat(settings("training.batch-size=1", "network.pooling-normalization=false")
                        .training()
                        .batchSize())
                .isEqualTo(1);
    }

    private static RunSettings settings(String... values) {
        return TrainingBindings.training(Settings.load(List.of(), List.of(values)));
    }
}
