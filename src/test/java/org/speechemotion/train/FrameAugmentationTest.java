package org.speechemotion.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.speechemotion.augment.FrameMasking;
import org.speechemotion.augment.Mixup;
import org.speechemotion.encoder.Frames;

class FrameAugmentationTest {
    private static final int CLIPS = 6;
    private static final List<Example> EXAMPLES = IntStream.range(0, CLIPS)
            .mapToObj(i -> ExampleBuilder.clip("clip-" + i).label(i).build())
            .toList();
    /** Clip i is full of i + 1. */
    private static final List<Frames> FRAMES = IntStream.range(0, CLIPS)
            .mapToObj(i -> {
                float[] values = new float[20 * 8];
                Arrays.fill(values, i + 1);
                return new Frames(values, 20, 8);
            })
            .toList();

    @Test
    void withoutAugmentationFramesAreUnchanged() {
        assertThat(FrameAugmentation.none().apply(FRAMES, EXAMPLES, 0).frames()).isEqualTo(FRAMES);
    }

    @Test
    void masksFollowTheClipAndTheEpoch() {
        FrameAugmentation masks = new FrameAugmentation(new FrameMasking(1, 1, 5, 1, 3), new Mixup(0), 7);
        List<Frames> first = masks.apply(FRAMES, EXAMPLES, 0).frames();
        assertThat(first).doesNotContainAnyElementsOf(FRAMES);
        assertThat(masks.apply(FRAMES.subList(2, 4), EXAMPLES.subList(2, 4), 0).frames())
                .containsExactly(first.get(2), first.get(3));
        assertThat(masks.apply(FRAMES, EXAMPLES, 1).frames()).doesNotContainAnyElementsOf(first);
    }

    @Test
    void targetsAreMixedAsTheFramesAre() {
        FrameAugmentation mixing = new FrameAugmentation(new FrameMasking(0, 0, 1, 0, 1), new Mixup(1), 7);
        FrameAugmentation.Batch batch = mixing.apply(FRAMES, EXAMPLES, 0);
        INDArray targets = batch.mixed(Nd4j.eye(CLIPS));
        for (int i = 0; i < CLIPS; i++) {
            // The frames show the share of each clip; the targets must have the same shares.
            double fromTargets = 0;
            for (int j = 0; j < CLIPS; j++) {
                fromTargets += (j + 1) * targets.getDouble(i, j);
            }
            assertThat((double) batch.frames().get(i).values()[0]).isCloseTo(fromTargets, within(1e-5));
            assertThat(targets.getRow(i).sumNumber().doubleValue()).isCloseTo(1, within(1e-6));
        }
        assertThat(IntStream.range(0, CLIPS).filter(i -> targets.getDouble(i, i) < 0.99))
                .hasSizeGreaterThan(1);
    }
}
