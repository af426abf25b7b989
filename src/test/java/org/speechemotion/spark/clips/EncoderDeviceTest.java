package org.speechemotion.spark.clips;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.apache.spark.resource.ResourceInformation;
import org.junit.jupiter.api.Test;
import org.speechemotion.encoder.EncoderSettings;
import org.speechemotion.encoder.LogMelSettings;
import org.speechemotion.encoder.PretrainedSettings;
import org.speechemotion.encoder.PretrainedSettings.ExecutionProvider;
import org.speechemotion.encoder.PretrainedSettings.Processor;

class EncoderDeviceTest {

    @Test
    void theFirstAddressOfSparksResourceIsTheDevice() {
        assertThat(EncoderFolders.on(new ResourceInformation("gpu", new String[] {"3", "1"})))
                .isEqualTo(new Processor(ExecutionProvider.CUDA, 3));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EncoderFolders.on(new ResourceInformation("gpu", new String[] {"GPU-7a"})))
                .withMessage("the address of Spark's resource gpu is GPU-7a; allowed: the index of a GPU, from 0");
    }

    @Test
    void outsideTasksTheSettingsNameTheDevice() {
        EncoderSettings settings = EncoderSettings.of("transformer", 16_000, LogMelSettings.defaults())
                .with(PretrainedSettings.at("folder").withProcessor(new Processor(ExecutionProvider.CUDA, 2)));
        assertThat(EncoderFolders.onItsDevice(settings)).isEqualTo(settings);
    }
}
