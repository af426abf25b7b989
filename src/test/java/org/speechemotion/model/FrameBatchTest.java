package org.speechemotion.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.speechemotion.encoder.Frames;

class FrameBatchTest {

    @Test
    void padsWithZerosAndReturnsTheMask() {
        List<Frames> clips = List.of(TinyNetwork.clip(2, 1), TinyNetwork.clip(33, 2));
        FrameBatch batch = FrameBatch.of(clips, 1);
        assertThat(batch.frames().shape()).containsExactly(2, 64, 3);
        assertThat(batch.mask().shape()).containsExactly(2, 64);
        for (int clip = 0; clip < 2; clip++) {
            Frames frames = clips.get(clip);
            for (int time = 0; time < 64; time++) {
                boolean valid = time < frames.time();
                assertThat(batch.mask().getFloat(clip, time)).isEqualTo(valid ? 1 : 0);
                for (int value = 0; value < 3; value++) {
                    assertThat(batch.frames().getFloat(clip, time, value))
                            .isEqualTo(valid ? frames.values()[time * 3 + value] : 0);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 32", "32, 1, 32", "33, 1, 64", "32, 4, 32", "1, 3, 96", "97, 3, 192", "1, 64, 64", "65, 64, 128"
    })
    void theTimeIsAMultipleOfTheBucketAndTheStride(int longest, int timeMultiple, int time) {
        INDArray frames = FrameBatch.of(List.of(TinyNetwork.clip(longest, 1)), timeMultiple)
                .frames();
        assertThat(frames.size(1)).isEqualTo(time);
    }

    @Test
    void clipsOfDifferentWidthsAreRejected() {
        List<Frames> clips = List.of(TinyNetwork.clip(2, 1), new Frames(new float[8], 2, 4));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FrameBatch.of(clips, 1))
                .withMessage("the width of a clip is 4; allowed: 3, the width of the batch");
    }

    @Test
    void emptyBatchesAreRejected() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FrameBatch.of(List.of(), 1))
                .withMessage("a batch has 0 clips; allowed: at least 1");
    }
}
