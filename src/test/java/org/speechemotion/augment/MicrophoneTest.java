package org.speechemotion.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class MicrophoneTest extends AugmentationContract {
    @Override
    String name() {
        return "microphone";
    }

    @Override
    List<String> refused() {
        return List.of("lowest-decibels=-25", "highest-decibels=25", "lowest-decibels=7");
    }

    @Test
    void filtersAreThoseOfSox() throws IOException {
        double quality = Math.sqrt(0.5);
        List<Biquad> filters = List.of(
                Biquad.lowShelf(200, quality, 6, RATE),
                Biquad.peak(1_000, 0.8, -6, RATE),
                Biquad.highShelf(3_000, quality, 4, RATE),
                Biquad.highPass(300, Biquad.BUTTERWORTH_4[0], RATE),
                Biquad.lowPass(3_400, Biquad.BUTTERWORTH_4[1], RATE));
        FloatBuffer reference = TelephoneTest.resource("/augment/equalizer.f32").asFloatBuffer();
        for (Biquad filter : filters) {
            float[] expected = new float[512];
            reference.get(expected);
            float[] response = new float[512];
            response[0] = 0.25f;

            filter.filter(response);

            assertThat(response).containsExactly(expected, within(1e-6f));
        }
        assertThat(reference.hasRemaining()).isFalse();
    }

    @Test
    void tonesMoveNoMoreThanAllFiltersTogether() {
        for (int draw = 0; draw < 30; draw++) {
            for (double hertz : new double[] {100, 700, 3_000, 7_000}) {
                float[] tone = Speech.tone(hertz, 8_000);
                float[] heard = apply(augmentation(), tone, draw).waveform().samples();
                assertThat(Speech.decibels(Speech.rms(heard, 4_000, 8_000) / Speech.rms(tone)))
                        .isBetween(-24.0, 24.0);
            }
        }
        float[] tone = Speech.tone(700, 8_000);
        float[] flat = apply(new Microphone(0, 0), tone, 1).waveform().samples();
        assertThat(flat).containsExactly(tone, within(1e-6f));
    }
}
