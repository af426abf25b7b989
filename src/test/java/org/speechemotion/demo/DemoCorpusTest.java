package org.speechemotion.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.speechemotion.corpus.Clip;
import org.speechemotion.corpus.Corpus;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.corpus.Entry;
import org.speechemotion.corpus.LocalFiles;
import org.speechemotion.plugin.Plugins;

class DemoCorpusTest {
    private static final long SEED = 42;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void write() throws IOException {
        DemoCorpus.write(folder, SEED);
    }

    @Test
    void ravdessReadsEveryFile() throws IOException {
        List<Entry> entries = Plugins.find(Corpus.class, "ravdess").read(new LocalFiles(folder), Map.of());
        List<Clip> clips =
                entries.stream().map(entry -> ((Entry.Labelled) entry).clip()).toList();

        assertThat(clips).hasSize(DemoSettings.clips());
        assertThat(clips.stream().map(Clip::speakerId).distinct()).hasSize(DemoSettings.SPEAKERS);
        assertThat(clips.stream().collect(Collectors.groupingBy(Clip::emotion, Collectors.counting())))
                .hasSize(8)
                .allSatisfy((emotion, count) -> assertThat(count).isEqualTo(DemoSettings.clips() / 8));
    }

    @Test
    void isSmall() throws IOException {
        long bytes = 0;
        for (String path : new LocalFiles(folder).audioFiles()) {
            bytes += Files.size(Path.of(path));
        }

        assertThat(bytes).isBetween(4_000_000L, 5_000_000L);
    }

    @Test
    void everyFileIsSixteenKilohertzMonoSixteenBits() throws IOException, UnsupportedAudioFileException {
        for (String path : new LocalFiles(folder).audioFiles()) {
            try (AudioInputStream audio =
                    AudioSystem.getAudioInputStream(Path.of(path).toFile())) {
                assertThat(audio.getFormat().matches(new AudioFormat(16_000, 16, 1, true, false)))
                        .isTrue();
                assertThat(audio.getFrameLength()).isBetween(6_000L, 24_000L);
            }
        }
    }

    @Test
    void theSeedDecidesEveryByte(@TempDir Path again) throws IOException {
        DemoCorpus.write(again, SEED);

        for (String path : new LocalFiles(folder).audioFiles()) {
            assertThat(again.resolve(folder.relativize(Path.of(path)))).hasSameBinaryContentAs(Path.of(path));
        }
        float[] other = DemoCorpus.utterance(DemoSpeaker.of(1, 43), Emotion.SAD, 1, 1, 43);
        assertThat(other).isNotEqualTo(DemoCorpus.utterance(DemoSpeaker.of(1, SEED), Emotion.SAD, 1, 1, SEED));
    }

    @Test
    void samplesAreAudibleAndUnclippedForAnySeed() {
        for (long seed = 0; seed < 3; seed++) {
            for (Emotion emotion : EmotionSet.EIGHT) {
                float[] samples = DemoCorpus.utterance(DemoSpeaker.of(1 + (int) seed, seed), emotion, 1, 1, seed);
                double power = IntStream.range(0, samples.length)
                        .mapToDouble(i -> samples[i] * samples[i])
                        .average()
                        .orElseThrow();

                assertThat(Math.sqrt(power)).isBetween(0.005, 0.5);
                assertThat(samples).satisfies(all -> assertThat(
                                IntStream.range(0, all.length).allMatch(i -> Math.abs(all[i]) <= 0.951))
                        .isTrue());
            }
        }
    }

    /** The pitch is measured by autocorrelation, which knows nothing of how it was made. */
    @Test
    void anUtteranceHasThePitchOfItsSpeaker() {
        for (int number = 1; number <= DemoSettings.SPEAKERS; number++) {
            DemoSpeaker speaker = DemoSpeaker.of(number, SEED);
            double semitones = 12 * log2(pitch(speaker, Emotion.NEUTRAL) / speaker.pitch());

            assertThat(semitones).as("speaker %d", number).isBetween(-4.0, 3.5);
        }
    }

    @Test
    void voicesDifferByMoreThanEmotions() {
        double[] usual = IntStream.rangeClosed(1, DemoSettings.SPEAKERS)
                .mapToDouble(number -> DemoSpeaker.of(number, SEED).pitch())
                .toArray();
        double voices = log2(Arrays.stream(usual).max().orElseThrow()
                / Arrays.stream(usual).min().orElseThrow());
        double[] levels = EmotionSet.EIGHT.stream()
                .mapToDouble(emotion -> DemoProsody.of(emotion).level())
                .toArray();
        double emotions = (Arrays.stream(levels).max().orElseThrow()
                        - Arrays.stream(levels).min().orElseThrow())
                / 12;

        assertThat(voices).isGreaterThan(1).isGreaterThan(emotions);
    }

    @Test
    void emotionsMoveTheVoice() {
        int higher = 0;
        int livelier = 0;
        for (int number = 1; number <= DemoSettings.SPEAKERS; number++) {
            DemoSpeaker speaker = DemoSpeaker.of(number, SEED);
            higher += pitch(speaker, Emotion.FEARFUL) > pitch(speaker, Emotion.SAD) ? 1 : 0;
            livelier += length(speaker, Emotion.ANGRY) < length(speaker, Emotion.SAD) ? 1 : 0;
        }

        assertThat(higher).isEqualTo(DemoSettings.SPEAKERS);
        assertThat(livelier).isEqualTo(DemoSettings.SPEAKERS);
    }

    @Test
    void unknownSpeakersAndStatementsAreRefused() {
        assertThatThrownBy(() -> DemoSpeaker.of(13, SEED)).hasMessage("demo speaker is 13; allowed: 1 to 12");
        assertThatThrownBy(() -> DemoCorpus.utterance(DemoSpeaker.of(1, SEED), Emotion.SAD, 3, 1, SEED))
                .hasMessage("demo statement is 3; allowed: 1 to 2");
    }

    private static int length(DemoSpeaker speaker, Emotion emotion) {
        return DemoCorpus.utterance(speaker, emotion, 1, 1, SEED).length;
    }

    /** Median over frames of 50 ms, Hz. */
    private static double pitch(DemoSpeaker speaker, Emotion emotion) {
        float[] samples = DemoCorpus.utterance(speaker, emotion, 1, 1, SEED);
        double[] pitches = IntStream.iterate(0, start -> start + 800 < samples.length, start -> start + 400)
                .mapToDouble(start -> autocorrelationPitch(samples, start))
                .filter(pitch -> pitch > 0)
                .sorted()
                .toArray();
        return pitches[pitches.length / 2];
    }

    /** 0 where there is no clear period between 60 and 500 Hz. */
    private static double autocorrelationPitch(float[] samples, int start) {
        double[] correlation = new double[270];
        for (int lag = 0; lag < correlation.length; lag++) {
            double product = 0;
            double power = 1e-9;
            for (int i = start; i < start + 800 - lag; i++) {
                product += samples[i] * samples[i + lag];
                power += (samples[i] * samples[i] + samples[i + lag] * samples[i + lag]) / 2.0;
            }
            correlation[lag] = product / power;
        }
        double best = IntStream.range(32, 270)
                .mapToDouble(lag -> correlation[lag])
                .max()
                .orElseThrow();
        if (best < 0.6) {
            return 0;
        }
        // The shortest lag that is nearly as good: twice the period correlates as well as the period.
        for (int lag = 33; lag < 269; lag++) {
            boolean peak = correlation[lag] >= correlation[lag - 1] && correlation[lag] >= correlation[lag + 1];
            if (peak && correlation[lag] > 0.92 * best) {
                return (double) DemoSettings.SAMPLE_RATE / lag;
            }
        }
        return 0;
    }

    private static double log2(double ratio) {
        return Math.log(ratio) / Math.log(2);
    }
}
