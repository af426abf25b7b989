package org.speechemotion.augment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CropTest extends AugmentationContract {
    @Override
    String name() {
        return "crop";
    }

    @Override
    List<String> refused() {
        return List.of("lowest-seconds=0.05", "highest-seconds=4000", "lowest-seconds=5");
    }

    @Test
    void cutsAPartFromAnyPosition() {
        float[] clip = new float[RATE + 10];
        for (int i = 0; i < clip.length; i++) {
            clip[i] = i;
        }
        boolean[] begins = new boolean[11];
        for (int draw = 0; draw < 300; draw++) {
            float[] part = apply(new Crop(1, 1), clip, draw).waveform().samples();
            int from = (int) part[0];
            assertThat(part).isEqualTo(Arrays.copyOfRange(clip, from, from + RATE));
            begins[from] = true;
        }
        assertThat(begins).containsOnly(true);
    }

    @Test
    void shorterClipsStayWhole() {
        float[] clip = Speech.tone(200, RATE);

        assertThat(apply(new Crop(1, 3), clip, 1).waveform().samples()).isEqualTo(clip);
    }
}
