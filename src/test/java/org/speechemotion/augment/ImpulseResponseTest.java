package org.speechemotion.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.speechemotion.audio.Waveform;
import org.speechemotion.random.KeyedRandom;

class ImpulseResponseTest extends AugmentationContract {
    private final MemorySounds sounds = new MemorySounds()
            .with("hall.wav", Room.response(0.9, 3, RATE, new KeyedRandom(1)))
            .with("car.wav", Room.response(0.1, 3, RATE, new KeyedRandom(2)))
            .with("broken.wav", null);

    @Override
    String name() {
        return "impulse-response";
    }

    @Override
    List<String> given() {
        return List.of("path=sounds");
    }

    @Override
    Sounds sounds() {
        return sounds;
    }

    @Override
    List<String> refused() {
        return List.of("path=");
    }

    @Test
    void isAlignedToItsPeakAndKeepsTheEnergy() {
        float[] response = new float[200_000]; // a click after a second, an echo 0.1 s behind it, and no loud recording
        response[16_000] = -0.02f;
        response[17_600] = 0.01f;
        float[] clip = new float[20_000];
        clip[3_000] = 0.5f;

        float[] heard = augmentation()
                .apply(new Waveform(clip, RATE), new KeyedRandom(1), new MemorySounds().with("click.wav", response))
                .waveform()
                .samples();

        assertThat(heard).hasSameSizeAs(clip);
        assertThat(Speech.rms(heard)).isCloseTo(Speech.rms(clip), Percentage.withPercentage(0.01));
        assertThat(heard[3_000]).isCloseTo((float) (-0.5 / Math.sqrt(1.25)), within(1e-5f));
        assertThat(heard[4_600]).isCloseTo((float) (0.25 / Math.sqrt(1.25)), within(1e-5f));
        assertThat(Speech.rms(heard, 0, 2_999)).isLessThan(1e-7);
    }

    @Test
    void uselessRecordingsAreRefused() {
        Waveform clip = new Waveform(Speech.tone(200, 100), RATE);

        assertThatThrownBy(() -> augmentation()
                        .apply(clip, new KeyedRandom(1), new MemorySounds().with("zeros.wav", new float[100])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("augmentation.impulse-response", "sounds/zeros.wav is silent");
    }
}
