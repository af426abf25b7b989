package org.speechemotion.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DropoutsTest extends AugmentationContract {
    private static final int PACKET = RATE / 50;
    private static final int PACKETS = 20_000;

    @Override
    String name() {
        return "dropouts";
    }

    @Override
    List<String> refused() {
        return List.of("lowest-loss=-0.1", "highest-loss=0.6", "lowest-loss=0.2", "mean-burst=0.5");
    }

    @Test
    void losesTheShareInBursts() {
        float[] ones = new float[PACKETS * PACKET];
        Arrays.fill(ones, 1);
        float[] heard = apply(new Dropouts(0.1, 0.1, 3), ones, 1).waveform().samples();

        List<Integer> bursts = new ArrayList<>();
        int lost = 0;
        int burst = 0;
        for (int packet = 0; packet <= PACKETS; packet++) {
            if (packet < PACKETS && heard[packet * PACKET + PACKET / 2] == 0) {
                lost++;
                burst++;
            } else if (burst > 0) {
                bursts.add(burst);
                burst = 0;
            }
        }

        // About 670 bursts, geometric of mean 3: deviation √6, so 0.095 of the mean; the limits are four of them.
        double mean = bursts.stream().mapToInt(Integer::intValue).average().orElseThrow();
        assertThat(mean).isCloseTo(3, within(0.38));
        assertThat(lost / (double) PACKETS).isCloseTo(0.1, within(0.02));
        long alone = bursts.stream().filter(length -> length == 1).count();
        assertThat(alone / (double) bursts.size()).isCloseTo(1 / 3.0, within(0.075));
    }

    @Test
    void burstsFadeAndOtherSamplesStay() {
        float[] tone = Speech.tone(200, 200 * PACKET);

        float[] heard = apply(new Dropouts(0.3, 0.3, 2), tone, 2).waveform().samples();

        assertThat(Speech.largestJump(heard)).isLessThan(1.5f * Speech.largestJump(tone));
        int kept = 0;
        for (int packet = 0; packet < 200; packet++) {
            float[] before = Arrays.copyOfRange(tone, packet * PACKET, (packet + 1) * PACKET);
            float[] after = Arrays.copyOfRange(heard, packet * PACKET, (packet + 1) * PACKET);
            boolean lost = after[PACKET / 2] == 0 && after[PACKET / 2 + 1] == 0;
            if (!lost) {
                assertThat(after).isEqualTo(before);
                kept++;
            }
        }
        assertThat(kept).isBetween(80, 190);
    }

    @Test
    void withoutLossNothingChanges() {
        float[] tone = Speech.tone(200, RATE);

        assertThat(apply(new Dropouts(0, 0, 2), tone, 1).waveform().samples()).isEqualTo(tone);
    }
}
