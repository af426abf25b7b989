package org.speechemotion.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PowerSpectrumTest {

    /** Lengths whose transforms take radix-4 passes alone, a radix-2 pass too, or padding. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 8, 9, 16, 31, 32, 33, 64, 200, 400, 512, 1000})
    void agreesWithTheDefinitionOfTheFourierTransform(int length) {
        SplittableRandom random = new SplittableRandom(length);
        float[] signal = new float[length + 3];
        for (int i = 0; i < signal.length; i++) {
            signal[i] = (float) random.nextDouble(-1, 1);
        }
        PowerSpectrum spectrum = new PowerSpectrum(length, length);
        PowerSpectrum.Buffers buffers = spectrum.new Buffers();
        buffers.transform(signal, new int[] {0, 3, 3}, new float[] {0, 0, 0.1f});
        int size = 2 * (spectrum.bins() - 1);
        assertThat(size).isGreaterThanOrEqualTo(length);
        for (int bin = 0; bin < spectrum.bins(); bin++) {
            for (int frame = 1; frame <= 2; frame++) {
                double real = 0;
                double imaginary = 0;
                for (int i = 0; i < length; i++) {
                    double sample = window(i, length) * (signal[3 + i] - (frame == 1 ? 0 : 0.1f));
                    real += sample * Math.cos(2 * Math.PI * i * bin / size);
                    imaginary += sample * Math.sin(2 * Math.PI * i * bin / size);
                }
                assertThat(buffers.get(frame, bin))
                        .isCloseTo(real * real + imaginary * imaginary, within(1e-9 * length));
            }
        }
    }

    @Test
    void theAutocorrelationAgreesWithItsDefinition() {
        int length = 50;
        int size = 128;
        SplittableRandom random = new SplittableRandom(1);
        float[] signal = new float[200];
        for (int i = 0; i < signal.length; i++) {
            signal[i] = (float) random.nextDouble(-1, 1);
        }
        // More than one vector of frames, and an odd number.
        int[] starts = IntStream.range(0, 63).map(i -> 2 * i).toArray();
        PowerSpectrum.Buffers buffers = new PowerSpectrum(length, 2 * length).new Buffers();
        buffers.transform(signal, starts, new float[starts.length]);
        buffers.correlate();
        for (int frame = 0; frame < starts.length; frame++) {
            for (int lag = 0; lag < length; lag++) {
                double sum = 0;
                for (int i = 0; i + lag < length; i++) {
                    sum += window(i, length)
                            * signal[starts[frame] + i]
                            * window(i + lag, length)
                            * signal[starts[frame] + i + lag];
                }
                assertThat(buffers.get(frame, lag)).isCloseTo(size * sum, within(1e-9));
            }
        }
    }

    private static double window(int sample, int length) {
        return 0.5 - 0.5 * Math.cos(2 * Math.PI * sample / length);
    }
}
