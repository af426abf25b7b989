package org.speechemotion.spark.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.optimize.listeners.ScoreIterationListener;
import org.junit.jupiter.api.Test;
import org.speechemotion.model.EmotionModel;
import org.speechemotion.model.ModelBundle;
import org.speechemotion.spark.SparkTest;
import org.speechemotion.spark.TestModel;

/** Tasks one after the other use one model, unless one failed; tasks at a time have one each. */
class ModelPoolIT extends SparkTest {
    private static final AtomicInteger OPENED = new AtomicInteger();
    private static final AtomicInteger SHARED = new AtomicInteger();
    private static final List<EmotionModel> FAILED = new CopyOnWriteArrayList<>();

    @Test
    void modelsAreOpenedOncePerConcurrentTask() {
        OPENED.set(0);
        List<Integer> models = models("one", 12);
        assertThat(OPENED.get()).isBetween(1, 2);
        assertThat(models).hasSize(12);
        assertThat(models.stream().distinct().count()).isEqualTo(OPENED.get());
        assertThat(SHARED).hasValue(0);

        assertThat(models).doesNotContainAnyElementsOf(models("another", 2));
    }

    @Test
    void modelsOfFailedTasksAreDiscarded() {
        ModelBundle bundle = TestModel.bundle();
        byte[][] bytes = {bundle.manifestBytes(), bundle.weightBytes()};
        assertThatExceptionOfType(SparkException.class)
                .isThrownBy(() -> JavaSparkContext.fromSparkContext(session.sparkContext())
                        .parallelize(List.of(1), 1)
                        .foreachPartition(part -> {
                            FAILED.add(ModelPool.forTask("failing", () -> ModelBundle.of(bytes[0], bytes[1])
                                    .open()));
                            throw new IllegalStateException("the task fails");
                        }));
        assertThat(FAILED).isNotEmpty();
        assertThat(models("failing", 4))
                .doesNotContainAnyElementsOf(
                        FAILED.stream().map(System::identityHashCode).toList());
    }

    /** The identities of the models that so many tasks were given. */
    private List<Integer> models(String id, int tasks) {
        ModelBundle bundle = TestModel.bundle();
        byte[][] bytes = {bundle.manifestBytes(), bundle.weightBytes()};
        return JavaSparkContext.fromSparkContext(session.sparkContext())
                .parallelize(IntStream.range(0, tasks).boxed().toList(), tasks)
                .mapPartitions(part -> {
                    EmotionModel model = ModelPool.forTask(id, () -> {
                        OPENED.incrementAndGet();
                        return ModelBundle.of(bytes[0], bytes[1]).open();
                    });
                    // A user changes the network's listeners for a while, which no other user may see.
                    SHARED.addAndGet(model.graph().getListeners().size());
                    model.graph().setListeners(new ScoreIterationListener(1));
                    Thread.sleep(20);
                    model.graph().setListeners();
                    return Collections.singletonList(System.identityHashCode(model))
                            .iterator();
                })
                .collect();
    }
}
