package org.speechemotion.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.speechemotion.audio.Waveform;
import org.speechemotion.random.KeyedRandom;

class BackgroundNoiseTest extends AugmentationContract {
    private final MemorySounds sounds = new MemorySounds()
            .with("musan/noise/free-sound/short.wav", noise(4_000, 1))
            .with("musan/noise/long.wav", noise(200_000, 2))
            .with("elsewhere.wav", noise(1, 3))
            .with("musan/speech/a/noise/talk.wav", noise(20_000, 4))
            .with("musan/music/song.wav", noise(20_000, 5));

    @Override
    String name() {
        return "background-noise";
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
        return List.of("lowest-signal-to-noise=-61", "highest-signal-to-noise=4", "noise-weight=0", "music-weight=-1");
    }

    @Test
    void theRatioIsTheDrawnRatio() {
        float[] speech = Speech.samples(4);
        for (int draw = 0; draw < 50; draw++) {
            Augmented augmented = apply(augmentation(), speech, draw);

            double drawn = Double.parseDouble(augmented.caption().replaceAll(".* at (.*) dB", "$1"));
            assertThat(signalToNoise(speech, augmented)).isCloseTo(drawn, within(0.06)); // captions have one digit
            assertThat(drawn).isBetween(5.0, 20.0);
        }
        assertThat(signalToNoise(speech, apply(augmentation("highest-signal-to-noise=5"), speech, 1)))
                .isCloseTo(5, within(1e-3));
    }

    @Test
    void categoriesAreDrawnByTheirWeights() {
        Augmentation augmentation = augmentation("noise-weight=1", "speech-weight=2", "music-weight=1");
        Map<String, Integer> counts = new HashMap<>();
        float[] clip = Speech.tone(200, 100);
        for (int draw = 0; draw < 4_000; draw++) {
            counts.merge(file(apply(augmentation, clip, draw)), 1, Integer::sum);
        }

        // Binomial: the limits are four standard errors.
        assertThat(counts.get("talk.wav")).isCloseTo(2_000, within(127));
        assertThat(counts.get("song.wav")).isCloseTo(1_000, within(110));
        assertThat(counts).containsOnlyKeys("talk.wav", "song.wav", "short.wav", "long.wav", "elsewhere.wav");
        assertThat(counts.get("elsewhere.wav")).isCloseTo(333, within(70));
    }

    @Test
    void theCategoryIsTheFirstFolderOfThatNameBelowTheRoot() {
        assertThat(NoiseCategory.of("file:/music/set/speech/music/a.wav", "/music/set"))
                .isEqualTo(NoiseCategory.SPEECH);
        assertThat(NoiseCategory.of("file:/music/set/speech/a.wav", "file:///music/set/"))
                .isEqualTo(NoiseCategory.SPEECH);
        assertThat(NoiseCategory.of("hdfs://node:8020/music/noise/a.wav", "hdfs://node:8020/music"))
                .isEqualTo(NoiseCategory.NOISE);
        assertThat(NoiseCategory.of("/data/set/speeches/music.wav", "/data/set/"))
                .isEqualTo(NoiseCategory.NOISE);
        assertThat(NoiseCategory.of("/data/music/a.wav", "/lists/all.txt")).isEqualTo(NoiseCategory.MUSIC);
    }

    @Test
    void categoriesWithoutRecordingsAreLeftOut() {
        MemorySounds onlyMusic = new MemorySounds().with("music/song.wav", noise(100, 1));
        Waveform clip = new Waveform(Speech.tone(200, 100), RATE);

        assertThat(augmentation("music-weight=0.1")
                        .apply(clip, new KeyedRandom(1), onlyMusic)
                        .caption())
                .contains("song.wav");
        assertThatThrownBy(() -> augmentation().apply(clip, new KeyedRandom(1), onlyMusic))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("sounds has no recordings", "music-weight 0.0");
    }

    @Test
    void unusableRecordingsAreDrawnAgain() {
        float[] dither = noise(1_000, 6);
        Levels.scale(dither, 1e-5);
        MemorySounds mixed = new MemorySounds()
                .with("a.wav", null)
                .with("b.wav", new float[500])
                .with("c.wav", dither)
                .with("good.wav", noise(50, 7))
                .with("good-too.wav", noise(5_000, 8));
        Waveform clip = new Waveform(Speech.tone(200, 100), RATE);

        for (int draw = 0; draw < 40; draw++) {
            assertThat(augmentation().apply(clip, new KeyedRandom(draw), mixed).caption())
                    .contains("good");
        }
    }

    @Test
    void sixteenUnusableRecordingsAreAnError() {
        Waveform clip = new Waveform(Speech.tone(200, 100), RATE);

        assertThatThrownBy(
                        () -> augmentation().apply(clip, new KeyedRandom(1), new MemorySounds().with("bad.wav", null)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("augmentation.background-noise: 16 recordings in a row cannot be used, the last because"
                        + " sounds/bad.wav cannot be decoded");
        assertThatThrownBy(() -> augmentation()
                        .apply(clip, new KeyedRandom(1), new MemorySounds().with("quiet.wav", new float[500])))
                .hasMessageContaining("sounds/quiet.wav is silent");
    }

    @Test
    void aMissingPathNamesTheSetting() {
        assertThatThrownBy(() -> augmentation("path="))
                .hasMessageContainingAll("augmentation.background-noise.path is not set", "augmentation.chain");
    }

    @Test
    void shortNoiseIsLoopedWithoutClicks() {
        float[] recording = Speech.tone(333, 5_000); // no whole number of periods
        float[] bed = NoiseSegment.of(recording, 40_000, 320, new KeyedRandom(1));

        assertThat(Speech.largestJump(bed)).isLessThan(1.5f * Speech.largestJump(recording));
        float[] loopOfNoise = NoiseSegment.of(noise(5_000, 8), 40_000, 320, new KeyedRandom(1));
        for (int at = 0; at + 320 <= bed.length; at += 320) {
            assertThat(Speech.rms(loopOfNoise, at, at + 320)).isBetween(0.07, 0.13);
        }
    }

    @Test
    void longNoiseIsCutAnywhere() {
        float[] ramp = new float[1_000];
        for (int i = 0; i < ramp.length; i++) {
            ramp[i] = i;
        }
        boolean first = false;
        boolean last = false;
        for (int draw = 0; draw < 200; draw++) {
            float[] bed = NoiseSegment.of(ramp, 980, 320, new KeyedRandom(draw));
            assertThat(bed).hasSize(980);
            assertThat(bed[979] - bed[0]).isEqualTo(979f);
            first |= bed[0] == 0;
            last |= bed[0] == 20;
        }
        assertThat(first && last).isTrue();
    }

    private static double signalToNoise(float[] speech, Augmented augmented) {
        float[] noise = augmented.waveform().samples().clone();
        for (int i = 0; i < noise.length; i++) {
            noise[i] -= speech[i];
        }
        return Speech.decibels(Speech.rms(speech) / Speech.rms(noise));
    }

    private static String file(Augmented augmented) {
        return augmented.caption().replaceAll("background noise (.*) at .*", "$1");
    }

    private static float[] noise(int length, long seed) {
        return WhiteNoise.gaussian(length, 0.1, new KeyedRandom(seed, "noise"));
    }
}
