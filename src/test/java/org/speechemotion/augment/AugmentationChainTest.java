package org.speechemotion.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.speechemotion.audio.Waveform;
import org.speechemotion.augment.AugmentationChain.Step;
import org.speechemotion.augment.AugmentationChain.View;

class AugmentationChainTest {
    private static final Step GAIN = new Step("gain", 0.3, new Gain(-6, 6));
    private static final Step NOISE = new Step("gaussian-noise", 0.8, new GaussianNoise(0.001, 0.01));
    private static final Step REVERSE = new Step("reverse", 0.5, new Reverse());

    @Test
    void aViewDependsOnSeedViewAndClipAlone() {
        AugmentationChain chain = new AugmentationChain(List.of(GAIN, NOISE, REVERSE), 7);
        Map<String, float[]> forwards = new HashMap<>();
        for (int clip = 0; clip < 20; clip++) {
            forwards.put(
                    "clip" + clip, view(chain, "3", "clip" + clip).waveform().samples());
        }
        for (int clip = 19; clip >= 0; clip--) {
            view(chain, "4", "clip" + clip);
            assertThat(view(chain, "3", "clip" + clip).waveform().samples()).isEqualTo(forwards.get("clip" + clip));
        }
    }

    @Test
    void seedViewAndClipEachChangeTheView() {
        AugmentationChain always = new AugmentationChain(List.of(new Step("gain", 1, new Gain(-6, 6))), 7);
        AugmentationChain otherSeed = new AugmentationChain(always.steps(), 8);

        assertThat(List.of(
                        view(always, "1", "a").captions(),
                        view(always, "2", "a").captions(),
                        view(always, "1", "b").captions(),
                        view(otherSeed, "1", "a").captions()))
                .doesNotHaveDuplicates();
    }

    @Test
    void otherStepsDoNotChangeTheDrawsOfAStep() {
        AugmentationChain alone = new AugmentationChain(List.of(GAIN), 7);
        AugmentationChain among = new AugmentationChain(List.of(REVERSE, NOISE, GAIN), 7);
        for (int clip = 0; clip < 50; clip++) {
            List<String> expected = view(alone, "1", "clip" + clip).captions();
            assertThat(view(among, "1", "clip" + clip).captions().stream().filter(c -> c.startsWith("gain")))
                    .containsExactlyElementsOf(expected);
        }
    }

    @Test
    void probabilitiesAreHonouredIndependently() {
        AugmentationChain chain = new AugmentationChain(List.of(GAIN, NOISE, REVERSE), 7);
        Map<String, Integer> counts = new HashMap<>();
        int clips = 10_000;
        for (int clip = 0; clip < clips; clip++) {
            List<String> captions = view(chain, "1", "clip" + clip).captions();
            captions.forEach(caption -> counts.merge(caption.substring(0, 4), 1, Integer::sum));
            if (captions.stream().anyMatch(c -> c.startsWith("gain")) && captions.contains("reverse")) {
                counts.merge("both", 1, Integer::sum);
            }
        }

        // Binomial: the limits are four standard errors.
        assertThat(counts.get("gain")).isCloseTo(3_000, within(184));
        assertThat(counts.get("gaus")).isCloseTo(8_000, within(160));
        assertThat(counts.get("reve")).isCloseTo(5_000, within(200));
        assertThat(counts.get("both")).isCloseTo(1_500, within(143));
    }

    @Test
    void stepsAreAppliedInTheirOrder() {
        Step crop = new Step("crop", 1, new Crop(1, 1));
        Step place = new Step("place", 1, new RandomPadding(1, 1));
        Waveform clip = new Waveform(Speech.tone(200, 24_000), 16_000);

        assertThat(new AugmentationChain(List.of(crop, place), 1)
                        .apply(clip, "1", "a", new MemorySounds())
                        .waveform()
                        .samples())
                .hasSize(32_000);
        assertThat(new AugmentationChain(List.of(place, crop), 1)
                        .apply(clip, "1", "a", new MemorySounds())
                        .waveform()
                        .samples())
                .hasSize(16_000);
    }

    @Test
    void signalsThatWouldClipAreAttenuated() {
        Waveform clip = new Waveform(new float[] {0.8f, -0.4f, 0.2f}, 16_000);
        AugmentationChain loud = new AugmentationChain(List.of(new Step("gain", 1, new Gain(12, 12))), 1);
        AugmentationChain quiet = new AugmentationChain(List.of(new Step("gain", 1, new Gain(-6, -6))), 1);

        assertThat(loud.apply(clip, "1", "a", new MemorySounds()).waveform().samples())
                .containsExactly(new float[] {1, -0.5f, 0.25f}, within(1e-6f));
        assertThat(quiet.apply(clip, "1", "a", new MemorySounds()).waveform().samples())
                .containsExactly(new float[] {0.40095f, -0.20047f, 0.10024f}, within(1e-5f));
    }

    @Test
    void anEmptyChainReturnsTheClip() {
        Waveform clip = new Waveform(new float[] {2, -3}, 16_000);

        View view = AugmentationChain.none().apply(clip, "1", "a", new MemorySounds());

        assertThat(view.waveform()).isSameAs(clip);
        assertThat(view.captions()).isEmpty();
        assertThat(AugmentationChain.none().isEmpty()).isTrue();
        assertThat(new AugmentationChain(List.of(new Step("gain", 0, new Gain(1, 1))), 1).isEmpty())
                .isTrue();
        assertThat(new AugmentationChain(List.of(GAIN), 1).isEmpty()).isFalse();
    }

    @Test
    void listsTheFoldersOfItsSteps() {
        AugmentationChain chain = new AugmentationChain(
                List.of(
                        new Step("impulse-response", 1, new ImpulseResponse("rooms")),
                        GAIN,
                        new Step("background-noise", 1, new BackgroundNoise("musan", 5, 20, 1, 0, 0))),
                1);

        assertThat(chain.folders()).containsExactly("musan", "rooms");
    }

    @Test
    void rejectsInvalidChains() {
        assertThatThrownBy(() -> new AugmentationChain(List.of(GAIN, GAIN), 1))
                .hasMessage("augmentation.chain names gain twice; allowed: each augmentation once");
        assertThatThrownBy(() -> new Step("gain", 1.5, new Gain(1, 1)))
                .hasMessage("augmentation.gain.probability is 1.5; allowed: 0 to 1");
    }

    private static View view(AugmentationChain chain, String view, String clip) {
        return chain.apply(new Waveform(Speech.tone(200, 100), 16_000), view, clip, new MemorySounds());
    }
}
