package org.speechemotion.spark.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.speechemotion.train.BatchGroup;
import org.speechemotion.train.BatchKey;

class BatchPrefetchTest {
    private static final List<BatchGroup> GROUPS = List.of(group(0, 1), group(2, 3), group(4));

    private final BlockingQueue<Integer> made = new LinkedBlockingQueue<>();

    @Test
    void preparesTheNextGroup() throws Exception {
        try (BatchPrefetch prefetch = new BatchPrefetch(GROUPS, this::make)) {
            assertThat(value(prefetch.take(key(0)))).isEqualTo(0);
            assertThat(made.poll(10, TimeUnit.SECONDS)).isEqualTo(0);
            assertThat(made.poll(10, TimeUnit.SECONDS)).isEqualTo(2);
            assertThat(value(prefetch.take(key(1)))).isEqualTo(1);
            assertThat(made).isEmpty();
            assertThat(value(prefetch.take(key(2)))).isEqualTo(2);
            assertThat(made.poll(10, TimeUnit.SECONDS)).isEqualTo(4);
            assertThat(value(prefetch.take(key(3)))).isEqualTo(3);
            assertThat(value(prefetch.take(key(4)))).isEqualTo(4);
        }
    }

    @Test
    void failuresBelongToTheirGroup() throws IOException {
        List<BatchGroup> groups = List.of(group(0), group(7), group(2), group(8));
        try (BatchPrefetch prefetch = new BatchPrefetch(groups, this::make)) {
            assertThat(value(prefetch.take(key(0)))).isEqualTo(0);
            assertThatExceptionOfType(FileNotFoundException.class)
                    .isThrownBy(() -> prefetch.take(key(7)))
                    .withMessage("batch 7 is not there");
        }
        try (BatchPrefetch prefetch = new BatchPrefetch(groups.subList(2, 4), this::make)) {
            assertThat(value(prefetch.take(key(2)))).isEqualTo(2);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> prefetch.take(key(8)))
                    .withMessage("batch 8 is wrong");
        }
    }

    private static BatchGroup group(int... indices) {
        return new BatchGroup(
                Arrays.stream(indices).mapToObj(BatchPrefetchTest::key).toList());
    }

    private static BatchKey key(int index) {
        return new BatchKey(0, index, List.of(index));
    }

    private List<org.nd4j.linalg.dataset.api.MultiDataSet> make(BatchGroup group) throws IOException {
        int first = group.keys().get(0).index();
        if (first == 7) {
            throw new FileNotFoundException("batch 7 is not there");
        }
        if (first == 8) {
            throw new IllegalArgumentException("batch 8 is wrong");
        }
        made.add(first);
        List<org.nd4j.linalg.dataset.api.MultiDataSet> batches = new ArrayList<>();
        for (BatchKey key : group.keys()) {
            INDArray number = Nd4j.scalar(key.index());
            batches.add(new MultiDataSet(number, number));
        }
        return batches;
    }

    private static int value(org.nd4j.linalg.dataset.api.MultiDataSet batch) {
        return batch.getFeatures(0).getInt(0);
    }
}
