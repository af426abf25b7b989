package org.speechemotion.spark.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

class BatchPrefetchTest {
    private final BlockingQueue<String> made = new LinkedBlockingQueue<>();

    @Test
    void preparesTheNextBatches() throws Exception {
        try (BatchPrefetch prefetch = new BatchPrefetch(this::make)) {
            List<String> keys = List.of("1", "2", "3", "4", "5", "6");
            assertThat(value(prefetch.take("1", keys.subList(1, 6)))).isEqualTo(1);
            for (int i = 0; i < 4; i++) {
                assertThat(made.poll(10, TimeUnit.SECONDS)).isEqualTo(keys.get(i));
            }
            assertThat(value(prefetch.take("2", keys.subList(2, 6)))).isEqualTo(2);
            assertThat(made.poll(10, TimeUnit.SECONDS)).isEqualTo("5");
            assertThat(made).isEmpty();
        }
    }

    @Test
    void makesUnannouncedBatches() throws IOException {
        try (BatchPrefetch prefetch = new BatchPrefetch(this::make)) {
            prefetch.take("1", List.of("2"));
            assertThat(value(prefetch.take("7", List.of()))).isEqualTo(7);
            assertThat(value(prefetch.take("2", List.of()))).isEqualTo(2);
            assertThat(made).containsExactlyInAnyOrder("1", "2", "7");
        }
    }

    @Test
    void failuresBelongToTheirBatch() throws IOException {
        try (BatchPrefetch prefetch = new BatchPrefetch(this::make)) {
            prefetch.take("1", List.of("missing", "2", "wrong"));
            assertThat(value(prefetch.take("2", List.of()))).isEqualTo(2);
            assertThatExceptionOfType(FileNotFoundException.class)
                    .isThrownBy(() -> prefetch.take("missing", List.of()))
                    .withMessage("missing is not there");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> prefetch.take("wrong", List.of()))
                    .withMessage("wrong is wrong");
        }
    }

    private MultiDataSet make(String key) throws IOException {
        if (key.equals("missing")) {
            throw new FileNotFoundException("missing is not there");
        }
        if (key.equals("wrong")) {
            throw new IllegalArgumentException("wrong is wrong");
        }
        made.add(key);
        INDArray number = Nd4j.scalar(Integer.parseInt(key));
        return new MultiDataSet(number, number);
    }

    private static int value(org.nd4j.linalg.dataset.api.MultiDataSet batch) {
        return batch.getFeatures(0).getInt(0);
    }
}
