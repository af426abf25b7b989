package org.speechemotion.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClippingTest extends AugmentationContract {
    @Override
    String name() {
        return "clipping";
    }

    @Override
    List<String> refused() {
        return List.of("lowest-share=0", "highest-share=1.1", "lowest-share=0.95");
    }

    @Test
    void cutsOffAboveAShareOfThePeak() {
        float[] clipped = apply(new Clipping(0.5, 0.5), new float[] {0.1f, -0.8f, 0.4f, 0.41f, -0.3f}, 1)
                .waveform()
                .samples();

        assertThat(clipped).containsExactly(new float[] {0.1f, -0.4f, 0.4f, 0.4f, -0.3f}, within(1e-7f));
    }
}
