package org.speechemotion.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResamplerTest {

    private static final int TARGET = 16_000;

    @ParameterizedTest
    @ValueSource(
            ints = {
                1_000, 8_000, 11_025, 11_127, 15_999, 22_050, 24_000, 32_000, 44_056, 44_100, 48_000, 96_000, 192_000
            })
    void keepsTonesUpToNineTenthsOfTheLowerNyquistFrequency(int rate) {
        for (double fraction : new double[] {0.02, 0.31, 0.62, 0.9}) {
            double frequency = fraction * Math.min(rate, TARGET) / 2;
            Tone tone = settledTone(rate, TARGET, frequency, frequency);
            String what = rate + " Hz, tone of " + frequency + " Hz";
            assertThat(tone.signalToNoise()).as(what).isGreaterThan(90);
            assertThat(Tone.decibels(tone.amplitude() / 0.5)).as(what).isCloseTo(0, within(0.05));
            double delaySeconds = tone.phase() / (2 * Math.PI * frequency);
            assertThat(delaySeconds * TARGET).as(what + ", delay in samples").isCloseTo(0, within(1e-4));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {22_050, 24_000, 32_000, 44_056, 44_100, 48_000, 96_000, 768_000})
    void removesFrequenciesThatWouldAlias(int rate) {
        for (double frequency = TARGET / 2.0; frequency < rate / 2.0; frequency += (rate - TARGET) / 14.9) {
            float[] output = Resampler.of(rate, TARGET).resample(Tone.generate(frequency, rate, rate / 4, 0.5));
            int settled = output.length / 5;
            double peak = 0;
            for (int i = settled; i < output.length - settled; i++) {
                peak = Math.max(peak, Math.abs(output[i]));
            }
            assertThat(Tone.decibels(peak / 0.5))
                    .as(rate + " Hz, tone of " + frequency + " Hz")
                    .isLessThan(-80);
        }
    }

    @ParameterizedTest
    @CsvSource({"16000, 48000", "16000, 44100", "16000, 15103", "16000, 17317"})
    void convertsToAnyRate(int from, int to) {
        assertThat(settledTone(from, to, 1_234.5, 1_234.5).signalToNoise()).isGreaterThan(90);
    }

    @ParameterizedTest
    @CsvSource({
        "48000, 0, 0",
        "48000, 1, 1",
        "48000, 3, 1",
        "48000, 48000, 16000",
        "44100, 44100, 16000",
        "44100, 1, 1",
        "44056, 44056, 16000",
        "8000, 100, 200",
        "16000, 17, 17",
        "11025, 11026, 16002"
    })
    void returnsEverySampleBeforeTheEnd(int rate, int length, int expected) {
        Resampler resampler = Resampler.of(rate, TARGET);
        assertThat(resampler.outputLength(length)).isEqualTo(expected);
        assertThat(resampler.resample(new float[length])).hasSize(expected);
    }

    @Test
    void refusesMoreSamplesThanAnArrayHolds() {
        assertThatThrownBy(() -> Resampler.of(1_000, 2_000).outputLength(1 << 30))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1073741824 samples from 1000 to 2000 Hz are 2147483648");
    }

    @ParameterizedTest
    @ValueSource(ints = {8_000, 48_000})
    void theImpulseResponseIsSymmetric(int rate) {
        float[] impulse = new float[rate / 4];
        int at = rate / 8;
        impulse[at] = 1;
        float[] answer = Resampler.of(rate, TARGET).resample(impulse);
        int centre = at * TARGET / rate;
        for (int i = 1; i < centre; i++) {
            assertThat(answer[centre - i]).isEqualTo(answer[centre + i], within(1e-8f));
            assertThat(Math.abs(answer[centre - i])).isLessThan(answer[centre]);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 8_000, 11_025, 16_000, 22_050, 44_056, 44_100, 48_000, 768_000})
    void keepsAConstant(int rate) {
        float[] constant = new float[rate / 2];
        Arrays.fill(constant, 0.5f);
        float[] output = Resampler.of(rate, TARGET).resample(constant);
        for (int i = output.length / 4; i < output.length * 3 / 4; i++) {
            assertThat(output[i]).isCloseTo(0.5f, within(1e-6f));
        }
    }

    @Test
    void copiesAtTheSameRate() {
        float[] samples = Tone.generate(440, TARGET, 1_000, 0.5);
        assertThat(Resampler.of(TARGET, TARGET).resample(samples))
                .isNotSameAs(samples)
                .containsExactly(samples);
    }

    @ParameterizedTest
    @ValueSource(ints = {11_025, 44_100})
    void agreesWithSox(int rate) {
        float[] sweep = Fixtures.unlimited(rate)
                .decode(Fixtures.bytes("sweep-" + rate + ".wav"))
                .orElseThrow()
                .waveform()
                .samples();
        float[] expected = Fixtures.floats("sweep-" + rate + "-to-16000.f32");
        float[] actual = Resampler.of(rate, TARGET).resample(sweep);
        // SoX rounds the length. The filters differ between 0.9 and 1.0 of the Nyquist frequency, where the sweep is
        // weak.
        assertThat(actual).hasSizeBetween(expected.length, expected.length + 1);
        assertThat(Arrays.copyOf(actual, expected.length)).containsExactly(expected, within(2e-4f));
    }

    /** The outputs one by one are those of the ratios that are not simple. */
    @ParameterizedTest
    @CsvSource({"48000, 16000", "16000, 8000", "8000, 16000", "32000, 24000", "24000, 32000", "8000, 48000"})
    void manyOutputsAtOnceAreThoseOneByOne(int from, int to) {
        float[] samples = Tone.generate(440, from, 20_000, 0.5);
        Resampler resampler = Resampler.of(from, to);
        assertThat(resampler.polyphase()).isPresent();
        int before = resampler.taps() / 2 - 1;
        float[] window = new float[before + samples.length + resampler.taps()];
        System.arraycopy(samples, 0, window, before, samples.length);
        float[] actual = resampler.resample(samples);
        for (int i = 0; i < actual.length; i++) {
            assertThat(actual[i]).isCloseTo(resampler.output(i, window, (int) resampler.inputIndex(i)), within(1e-6f));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {44_100, 48_000, 8_000, 24_000})
    void theSizesOfPiecesDoNotMatter(int rate) {
        float[] samples = Tone.generate(440, rate, 30_000, 0.5);
        Resampler resampler = Resampler.of(rate, TARGET);
        for (int piece : new int[] {1, 17, 8_192, 9_001}) {
            SampleCollector collector = new SampleCollector();
            ResamplingStream stream = resampler.stream(collector);
            for (int i = 0; i < samples.length; i += piece) {
                stream.accept(Arrays.copyOfRange(samples, i, i + piece), Math.min(piece, samples.length - i));
            }
            stream.finish();
            assertThat(collector.samples()).as("pieces of " + piece).containsExactly(resampler.resample(samples));
        }
    }

    @Test
    void tablesAreShared() {
        assertThat(Resampler.of(44_100, TARGET)).isSameAs(Resampler.of(44_100, TARGET));
    }

    @ParameterizedTest
    @CsvSource({"999, 16000, from is 999", "768001, 16000, from is 768001", "16000, 0, to is 0", "-5, 16000, from is -5"
    })
    void refusesRatesOutsideItsRange(int from, int to, String found) {
        assertThatThrownBy(() -> Resampler.of(from, to))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(found + " Hz; allowed: 1000 to 768000 Hz");
    }

    private static Tone settledTone(int from, int to, double frequency, double expected) {
        float[] output = Resampler.of(from, to).resample(Tone.generate(frequency, from, from * 2 / 5, 0.5));
        int settled = output.length / 5;
        return Tone.fit(output, settled, output.length - settled, expected, to);
    }
}
