package org.speechemotion.augment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReverseTest extends AugmentationContract {
    @Override
    String name() {
        return "reverse";
    }

    @Override
    List<String> refused() {
        return List.of(); // it has no settings
    }

    @Override
    boolean draws() {
        return false;
    }

    @Test
    void reversesTheSamples() {
        assertThat(apply(new Reverse(), new float[] {1, 2, 3}, 1).waveform().samples())
                .containsExactly(3, 2, 1);
    }
}
