package org.speechemotion.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.speechemotion.random.KeyedRandom;

class RoomTest extends AugmentationContract {
    @Override
    String name() {
        return "room";
    }

    @Override
    List<String> refused() {
        return List.of(
                "lowest-reverberation-seconds=0.01",
                "highest-reverberation-seconds=6",
                "lowest-direct-to-reverberant=-21",
                "highest-direct-to-reverberant=-11");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.2, 0.4, 0.8, 2})
    void reverberationHasTheDrawnDecayTime(double seconds) {
        double mean = 0;
        for (int room = 0; room < 10; room++) {
            mean += reverberationTime(Room.response(seconds, 0, RATE, new KeyedRandom(room))) / 10;
        }

        assertThat(mean).isCloseTo(seconds, Percentage.withPercentage(3));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-6, 0, 12})
    void theDirectSoundHasItsShareOfTheEnergy(double decibels) {
        float[] response = Room.response(0.5, decibels, RATE, new KeyedRandom(1));

        double reverberant = Speech.rms(response, 1, response.length) * Math.sqrt(response.length - 1);
        assertThat(response[0]).isEqualTo(1);
        assertThat(-Speech.decibels(reverberant)).isCloseTo(decibels, within(1e-4));
        assertThat(Speech.rms(response, 1, 40)).isZero();
    }

    @Test
    void keepsLengthEnergyAndDirectSound() {
        float[] clicks = new float[30_000];
        clicks[5_000] = 0.5f;
        clicks[20_000] = -0.5f;

        float[] reverberant =
                apply(new Room(0.4, 0.4, 10, 10), clicks, 1).waveform().samples();

        assertThat(reverberant).hasSameSizeAs(clicks);
        assertThat(Speech.rms(reverberant)).isCloseTo(Speech.rms(clicks), Percentage.withPercentage(0.01));
        assertThat(reverberant[5_000]).isCloseTo(Levels.peak(reverberant), within(0.05f));
        assertThat(Speech.rms(reverberant, 0, 4_999)).isLessThan(1e-7);
    }

    /** RT60 by Schroeder's backward integration, from the slope between −5 and −35 dB (ISO 3382, T30), in s. */
    private static double reverberationTime(float[] response) {
        double[] energy = new double[response.length];
        double sum = 0;
        for (int i = response.length - 1; i >= 1; i--) {
            sum += (double) response[i] * response[i];
            energy[i] = sum;
        }
        int fallen5 = 1;
        while (10 * Math.log10(energy[fallen5] / sum) > -5) {
            fallen5++;
        }
        int fallen35 = fallen5;
        while (10 * Math.log10(energy[fallen35] / sum) > -35) {
            fallen35++;
        }
        return 2.0 * (fallen35 - fallen5) / RATE;
    }
}
