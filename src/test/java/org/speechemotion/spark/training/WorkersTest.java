package org.speechemotion.spark.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.speechemotion.settings.Settings;
import org.speechemotion.spark.bindings.TrainingBindings;

class WorkersTest {
    @ParameterizedTest
    @CsvSource({
        "encoder.name=log-mel, 0, 1",
        "encoder.path=hubert, 0, 8",
        "encoder.name=log-mel, 3, 3",
        "encoder.path=hubert, 3, 3"
    })
    void withoutANumberTheEncoderDecides(String encoder, int configured, int workers) {
        Settings settings = Settings.load(List.of(), List.of(encoder, "training.workers=" + configured));
        assertThat(TrainingBindings.training(settings).workers(8)).isEqualTo(workers);
    }
}
