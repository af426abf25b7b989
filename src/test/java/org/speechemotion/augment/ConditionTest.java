package org.speechemotion.augment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.speechemotion.audio.Waveform;
import org.speechemotion.random.KeyedRandom;

class ConditionTest {
    private static final Waveform CLIP = new Waveform(Speech.samples(1), 16_000);

    @Test
    void everyRatioAndCodecIsAConditionAndTheCleanOneComesFirst() {
        Condition.Settings settings = new Condition.Settings(
                "sounds", List.of(20.0, 5.0), "sounds", List.of(Codec.A_LAW, Codec.IMA_ADPCM), 1);
        assertThat(settings.conditions())
                .extracting(Condition::name)
                .containsExactly(
                        "clean", "noise at 20 dB", "noise at 5 dB", "rooms", "telephone a-law", "telephone ima-adpcm");
        assertThat(settings.conditions().get(0).chain().isEmpty()).isTrue();
    }

    @Test
    void conditionsWithoutRecordingsAreLeftOut() {
        Condition.Settings settings = new Condition.Settings("", List.of(20.0), "", List.of(), 1);
        assertThat(settings.conditions()).extracting(Condition::name).containsExactly("clean");
    }

    @Test
    void noiseHasTheLevelOfTheConditionInEveryCategory() {
        float[] noise = WhiteNoise.gaussian(64_000, 0.2, new KeyedRandom(3));
        MemorySounds sounds = new MemorySounds().with("music/noise.wav", noise);
        Condition noisy = new Condition.Settings("sounds", List.of(5.0), "", List.of(), 1)
                .conditions()
                .get(1);
        float[] heard =
                noisy.chain().apply(CLIP, "epoch-0", "sha", sounds).waveform().samples();
        double clip = 0;
        double added = 0;
        for (int i = 0; i < heard.length; i++) {
            clip += (double) CLIP.samples()[i] * CLIP.samples()[i];
            added += Math.pow(heard[i] - CLIP.samples()[i], 2);
        }
        assertThat(10 * Math.log10(clip / added)).isBetween(4.9, 5.1);
    }
}
