package org.speechemotion.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.speechemotion.encoder.Frames;
import org.speechemotion.random.KeyedRandom;
import org.speechemotion.settings.Settings;

class FrameMaskingTest {
    private static final int TIME = 40;
    private static final int WIDTH = 64;

    @Test
    void masksOneSpanOfEachKind() {
        FrameMasking masking = new FrameMasking(1, 1, 10, 1, 20);
        boolean[] lengths = new boolean[11];
        boolean[] widths = new boolean[21];
        for (int draw = 0; draw < 500; draw++) {
            Frames masked = masking.apply(ones(TIME, WIDTH), new KeyedRandom(draw));
            int length = 0;
            int width = 0;
            for (int frame = 0; frame < TIME; frame++) {
                length += row(masked, frame) == 0 ? 1 : 0;
            }
            for (int value = 0; value < WIDTH; value++) {
                width += column(masked, value) == 0 ? 1 : 0;
            }
            float sum = sum(masked);
            assertThat(sum).isEqualTo((TIME - length) * (WIDTH - width)); // nothing but a cross is 0
            lengths[length] = true;
            widths[width] = true;
        }
        assertThat(Arrays.copyOfRange(lengths, 1, 11)).containsOnly(true);
        assertThat(Arrays.copyOfRange(widths, 1, 21)).containsOnly(true);
        assertThat(lengths[0] || widths[0]).isFalse();
    }

    @Test
    void atMostHalfIsCovered() {
        FrameMasking masking = new FrameMasking(1, 5, 1_000, 5, 1_000);
        for (int time : new int[] {1, 2, 3, 7, 40}) {
            for (int draw = 0; draw < 200; draw++) {
                Frames masked = masking.apply(ones(time, WIDTH), new KeyedRandom(draw));
                assertThat(sum(masked)).isGreaterThanOrEqualTo((time - time / 2) * (WIDTH / 2));
            }
        }
    }

    @Test
    void theSameDrawMasksTheSameAndTheInputStays() {
        Frames frames = ones(TIME, WIDTH);
        FrameMasking masking = new FrameMasking(1, 2, 10, 2, 20);

        assertThat(masking.apply(frames, new KeyedRandom(1))).isEqualTo(masking.apply(frames, new KeyedRandom(1)));
        assertThat(masking.apply(frames, new KeyedRandom(1))).isNotEqualTo(masking.apply(frames, new KeyedRandom(2)));
        assertThat(frames).isEqualTo(ones(TIME, WIDTH));
    }

    @Test
    void theProbabilityIsHonoured() {
        FrameMasking masking = new FrameMasking(0.3, 1, 10, 1, 20);
        Frames frames = ones(TIME, WIDTH);
        int masked = 0;
        for (int draw = 0; draw < 10_000; draw++) {
            masked += masking.apply(frames, new KeyedRandom(draw)).equals(frames) ? 0 : 1;
        }
        assertThat(masked).isCloseTo(3_000, within(184)); // four standard errors
    }

    @Test
    void isBoundFromItsSection() {
        Settings settings = Settings.load(List.of(), List.of());

        assertThat(settings.bind("augmentation.frame-masking", FrameMasking.class))
                .isEqualTo(new FrameMasking(0, 1, 10, 1, 20));
        assertThatThrownBy(() -> new FrameMasking(2, 1, 10, 1, 20))
                .hasMessage("augmentation.frame-masking.probability is 2.0; allowed: 0.0 to 1.0");
        assertThatThrownBy(() -> new FrameMasking(1, -1, 10, 1, 20)).hasMessageContaining("time-masks");
        assertThatThrownBy(() -> new FrameMasking(1, 1, 0, 1, 20)).hasMessageContaining("longest-time-mask");
        assertThatThrownBy(() -> new FrameMasking(1, 1, 10, 101, 20)).hasMessageContaining("width-masks");
        assertThatThrownBy(() -> new FrameMasking(1, 1, 10, 1, 0)).hasMessageContaining("widest-width-mask");
    }

    private static Frames ones(int time, int width) {
        float[] values = new float[time * width];
        Arrays.fill(values, 1);
        return new Frames(values, time, width);
    }

    private static float row(Frames frames, int frame) {
        float sum = 0;
        for (int value = 0; value < frames.width(); value++) {
            sum += frames.values()[frame * frames.width() + value];
        }
        return sum;
    }

    private static float column(Frames frames, int value) {
        float sum = 0;
        for (int frame = 0; frame < frames.time(); frame++) {
            sum += frames.values()[frame * frames.width() + value];
        }
        return sum;
    }

    private static float sum(Frames frames) {
        float sum = 0;
        for (int frame = 0; frame < frames.time(); frame++) {
            sum += row(frames, frame);
        }
        return sum;
    }
}
