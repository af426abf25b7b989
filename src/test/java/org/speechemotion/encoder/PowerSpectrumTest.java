package org.speechemotion.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
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
        PowerSpectrum spectrum = new PowerSpectrum(length);
        PowerSpectrum.Buffers buffers = spectrum.new Buffers();
        buffers.transform(signal, 3);
        int size = 2 * (spectrum.bins() - 1);
        assertThat(size).isGreaterThanOrEqualTo(length);
        for (int bin = 0; bin < spectrum.bins(); bin++) {
            double real = 0;
            double imaginary = 0;
            for (int i = 0; i < length; i++) {
                double window = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / length);
                real += window * signal[3 + i] * Math.cos(2 * Math.PI * i * bin / size);
                imaginary += window * signal[3 + i] * Math.sin(2 * Math.PI * i * bin / size);
            }
            assertThat(buffers.power[bin]).isCloseTo(real * real + imaginary * imaginary, within(1e-9 * length));
        }
    }
}
