package org.speechemotion.augment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RandomPaddingTest extends AugmentationContract {
    @Override
    String name() {
        return "place";
    }

    @Override
    List<String> refused() {
        return List.of("lowest-seconds=-1", "highest-seconds=61", "lowest-seconds=2");
    }

    @Test
    void theClipIsSomewhereInSilence() {
        float[] clip = {0.1f, 0.2f, 0.3f};
        boolean[] begins = new boolean[5];
        for (int draw = 0; draw < 200; draw++) {
            float[] window = apply(new RandomPadding(0.00025, 0.00025), clip, draw)
                    .waveform()
                    .samples();
            int at = 0;
            while (window[at] == 0) {
                at++;
            }
            begins[at] = true;
            float[] expected = new float[7];
            System.arraycopy(clip, 0, expected, at, 3);
            assertThat(window).isEqualTo(expected);
        }
        assertThat(begins).containsOnly(true);
    }
}
