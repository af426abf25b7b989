package org.speechemotion.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.speechemotion.report.Rejections;
import org.speechemotion.scoring.ScoringProgress.Amount;
import org.speechemotion.spark.scoring.BatchRunner;

/** Tests the division of inputs, the order of batches, and the end of a run. */
class ScoringPlanTest {
    private static final int MEGABYTE = 1 << 20;

    @Test
    void batchesKeepTheOrderAndTheLimits() {
        List<ScoringInput> inputs = inputs(1, 1, 1, 5, 1, 20, 1, 9, 1);

        List<List<ScoringInput>> batches = ScoringPlan.batches(inputs, 3, 10);

        assertThat(batches)
                .containsExactly(
                        inputs.subList(0, 3),
                        inputs.subList(3, 5),
                        inputs.subList(5, 6),
                        inputs.subList(6, 8),
                        inputs.subList(8, 9));
        assertThat(ScoringPlan.batches(List.of(), 3, 10)).isEmpty();
    }

    @Test
    void smallFilesArePackedByBytesAndLargeOnesAreAlone() {
        int[] sizes = new int[301];
        Arrays.fill(sizes, 100_000);
        sizes[150] = 40 * MEGABYTE;
        List<List<ScoringInput>> tasks = ScoringPlan.tasks(inputs(sizes), 2);

        assertThat(tasks.get(0)).hasSize(1);
        assertThat(tasks.subList(1, tasks.size())).hasSizeBetween(3, 7).allSatisfy(task -> assertThat(task)
                .hasSizeBetween(20, 100));
        assertThat(tasks.stream().flatMap(List::stream)).hasSize(301).doesNotHaveDuplicates();
    }

    @Test
    void coresHaveAFewTasksEach() {
        int[] sizes = new int[960];
        Arrays.fill(sizes, 130_000);
        assertThat(ScoringPlan.tasks(inputs(sizes), 2)).hasSize(8);
        assertThat(ScoringPlan.tasks(inputs(sizes).subList(0, 40), 2)).hasSize(2);
        Arrays.fill(sizes, MEGABYTE);
        assertThat(ScoringPlan.tasks(inputs(sizes), 2)).hasSize(32);
    }

    @Test
    void aTaskHasInputsOfSimilarSize() {
        List<ScoringInput> inputs =
                new ArrayList<>(inputs(IntStream.range(0, 1000).toArray()));
        Collections.reverse(inputs);

        List<List<ScoringInput>> tasks = ScoringPlan.tasks(inputs, 4);

        assertThat(tasks).hasSize(16);
        Collections.reverse(tasks);
        assertThat(tasks.stream().flatMap(List::stream))
                .isSortedAccordingTo(Comparator.comparingLong(ScoringInput::bytes));
    }

    @Test
    void noBatchHasMoreTasksThanInputs() {
        assertThat(ScoringPlan.tasks(inputs(1), 8)).hasSize(1);
        assertThat(ScoringPlan.tasks(inputs(0, 0, 0), 8)).hasSize(3);
        assertThat(ScoringPlan.tasks(inputs(1, 1L << 40), 8)).hasSize(2);
    }

    @Test
    void batchesAreNamedByInputsAndModel() {
        String name = ScoringPlan.name("model", inputs(1, 2));
        assertThat(name).matches("[0-9a-f]{24}").isEqualTo(ScoringPlan.name("model", inputs(1, 2)));
        assertThat(List.of(
                        ScoringPlan.name("other", inputs(1, 2)),
                        ScoringPlan.name("model", inputs(1, 3)),
                        ScoringPlan.name("model", inputs(1)),
                        ScoringPlan.name(
                                "model",
                                List.of(
                                        new ScoringInput.File("0", 1, 1),
                                        inputs(1, 2).get(1)))))
                .doesNotContain(name)
                .doesNotHaveDuplicates();
    }

    @Test
    void allBatchesRunAFewAtATime() throws IOException {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger max = new AtomicInteger();
        List<List<ScoringInput>> done = Collections.synchronizedList(new ArrayList<>());
        List<List<ScoringInput>> batches = ScoringPlan.batches(inputs(new int[20]), 1, 1);

        BatchRunner.run(
                batches,
                2,
                batch -> {
                    max.accumulateAndGet(running.incrementAndGet(), Math::max);
                    done.add(batch);
                    running.decrementAndGet();
                    return new BatchRunner.Counts(1, Rejections.NONE);
                },
                new RejectionLimit(1, 20));

        assertThat(done).containsExactlyInAnyOrderElementsOf(batches);
        assertThat(max.get()).isBetween(1, 2);
    }

    @Test
    void theFirstFailureEndsTheRun() {
        List<List<ScoringInput>> done = Collections.synchronizedList(new ArrayList<>());
        BatchRunner.Work work = batch -> {
            done.add(batch);
            throw new IOException("no space left");
        };

        assertThatThrownBy(() -> BatchRunner.run(
                        ScoringPlan.batches(inputs(new int[20]), 1, 1), 2, work, new RejectionLimit(1, 20)))
                .isInstanceOf(IOException.class)
                .hasMessage("no space left");
        assertThat(done.size()).isBetween(1, 2);
    }

    @Test
    void tooManyRejectionsStopARunFromTheHundredthOn() throws IOException {
        RejectionLimit guard = new RejectionLimit(0.1, 1000);
        guard.add(99, rejected(99));
        assertThatThrownBy(() -> guard.add(1, Rejections.NONE))
                .hasMessageStartingWith("99 of the first 100 files (99.0 %) were rejected")
                .hasMessageEndingWith("Rejected: 99 empty, such as a.wav: there are no bytes");
        RejectionLimit fine = new RejectionLimit(0.1, 1000);
        fine.add(100, rejected(10));
        assertThatThrownBy(() -> fine.add(1, rejected(1))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> new RejectionLimit(0, 3).add(3, rejected(1))).isInstanceOf(IOException.class);
        new RejectionLimit(1, 3).add(3, rejected(3));
    }

    private static Rejections rejected(long count) {
        return new Rejections(List.of(new Rejections.Group("empty", count, "a.wav", "there are no bytes")));
    }

    @Test
    void progressShowsTheRemainder() {
        assertThat(new ScoringProgress(
                        new Amount(4000, 800),
                        new Amount(1000, 200),
                        Duration.ofMinutes(90),
                        3,
                        Duration.ofSeconds(54)))
                .hasToString(
                        "scored 1,000 of 4,000 files, 1.50 h of audio, real-time factor 0.010, 3 rejected, 3 min left");
        assertThat(new ScoringProgress(new Amount(10, 0), new Amount(0, 0), Duration.ZERO, 0, Duration.ofSeconds(1)))
                .hasToString("scored 0 of 10 files, 0.00 h of audio, 0 rejected");
        assertThat(new ScoringProgress(
                        new Amount(10, 7), new Amount(12, 9), Duration.ofHours(1), 0, Duration.ofHours(2)))
                .as("retried tasks are counted twice")
                .hasToString("scored 10 of 10 files, 1.00 h of audio, real-time factor 2.000, 0 rejected");
        assertThat(ScoringProgress.inWords(Duration.ofSeconds(99))).isEqualTo("99 s");
        assertThat(ScoringProgress.inWords(Duration.ofMinutes(99))).isEqualTo("99 min");
        assertThat(ScoringProgress.inWords(Duration.ofMinutes(150))).isEqualTo("2.5 h");
    }

    private static List<ScoringInput> inputs(int... sizes) {
        return inputs(IntStream.of(sizes).asLongStream().toArray());
    }

    private static List<ScoringInput> inputs(long... sizes) {
        return IntStream.range(0, sizes.length)
                .<ScoringInput>mapToObj(i -> new ScoringInput.File("%05d".formatted(i), sizes[i], 0))
                .toList();
    }
}
