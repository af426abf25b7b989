package org.speechemotion.augment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.speechemotion.random.KeyedRandom;

class FftConvolutionTest {
    @ParameterizedTest
    @CsvSource({
        "1, 1, 0",
        "100, 3000, 7",
        "5000, 1, 0",
        "4096, 4096, 0",
        "4097, 4097, 4096",
        "20000, 300, 299",
        "20000, 9000, 8999",
        "9000, 20000, 10000"
    })
    void isTheSumOfProducts(int length, int taps, int direct) {
        float[] signal = WhiteNoise.gaussian(length, 1, new KeyedRandom(1));
        float[] response = WhiteNoise.gaussian(taps, 1, new KeyedRandom(2));

        float[] convolved = FftConvolution.convolve(signal, response, direct);

        assertThat(convolved).hasSize(length);
        double error = 0;
        double power = 0;
        for (int i = 0; i < length; i += Math.max(1, length / 997)) {
            double sum = 0;
            for (int tap = Math.max(0, i + direct - length + 1); tap <= Math.min(taps - 1, i + direct); tap++) {
                sum += (double) response[tap] * signal[i + direct - tap];
            }
            error += (convolved[i] - sum) * (convolved[i] - sum);
            power += sum * sum;
        }
        assertThat(10 * Math.log10(error / power)).isLessThan(-110);
    }

    @Test
    void threadsDoNotDisturbEachOther() throws Exception {
        float[] signal = Speech.samples(1);
        float[] response = Room.response(0.8, 0, 16_000, new KeyedRandom(1));
        float[] expected = FftConvolution.convolve(signal, response, 0);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<float[]>> results = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                results.add(threads.submit(() -> FftConvolution.convolve(signal, response, 0)));
            }
            for (Future<float[]> result : results) {
                assertThat(result.get()).isEqualTo(expected);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** FloatFFT has its own pool, whose threads would stay and take the cores of other tasks. */
    @Test
    void startsNoThreads() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();

        FftConvolution.convolve(new float[100_000], new float[50_000], 0);

        assertThat(Thread.getAllStackTraces().keySet().stream().filter(thread -> !before.contains(thread)))
                .noneMatch(thread -> thread.getName().startsWith("pool-"));
    }
}
