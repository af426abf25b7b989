package org.speechemotion.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.speechemotion.audio.AudioDecoder;
import org.speechemotion.audio.AudioSettings;
import org.speechemotion.audio.ClipReader;
import org.speechemotion.audio.WavWriter;
import org.speechemotion.audio.Waveform;
import org.speechemotion.common.Result;
import org.speechemotion.model.EmotionModel;
import org.speechemotion.model.TinyNetwork;
import org.speechemotion.random.KeyedRandom;

class ClipScorerTest {
    private static final int RATE = 8000;

    /** Good ones of 0.1 to 1.5 s, and every fifth one bad in one of three ways. */
    private static final List<String> PATHS = IntStream.range(0, 30)
            .mapToObj(i -> i % 5 == 4 ? List.of("gone-", "empty-", "text-").get(i % 3) + i : "good-" + i)
            .toList();

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 100})
    void everyPathHasOneScoreInOrder(int batchSize) {
        List<Result<ClipScore>> scores = drain(scorer(batchSize).score(PATHS.iterator()));
        assertThat(scores).hasSameSizeAs(PATHS);
        for (int i = 0; i < scores.size(); i++) {
            String path = PATHS.get(i);
            if (scores.get(i) instanceof Result.Rejected<ClipScore> rejected) {
                assertThat(rejected.rejection().code())
                        .isEqualTo(
                                switch (path.replaceAll("\\d", "")) {
                                    case "gone-" -> "unreadable";
                                    case "empty-" -> "empty";
                                    default -> "unsupported";
                                });
                assertThat(rejected.rejection().message()).isNotBlank().doesNotContain("\n");
            } else {
                assertThat(path).startsWith("good-");
            }
        }
    }

    @Test
    void probabilitiesDoNotDependOnTheBatch() {
        Map<String, float[]> alone = probabilities(1);
        assertThat(alone).hasSize(24);
        for (int batchSize : new int[] {3, 100}) {
            Map<String, float[]> found = probabilities(batchSize);
            assertThat(found.keySet()).isEqualTo(alone.keySet());
            alone.forEach(
                    (path, expected) -> assertThat(found.get(path)).as(path).containsExactly(expected, within(1e-5f)));
        }
    }

    @Test
    void readsPathsLazily() {
        AtomicInteger taken = new AtomicInteger();
        Iterator<Result<ClipScore>> scores = scorer(2).score(counted("good-", taken));
        assertThat(taken).hasValue(0);
        scores.next();
        assertThat(taken.get()).isBetween(1, 8);
        for (int i = 0; i < 20; i++) {
            scores.next();
        }
        assertThat(taken.get()).isBetween(21, 28);
    }

    @Test
    void rejectionsArePassedOnAtOnce() {
        AtomicInteger taken = new AtomicInteger();
        Iterator<Result<ClipScore>> scores = scorer(2).score(counted("gone-", taken));
        assertThat(scores.next()).isInstanceOf(Result.Rejected.class);
        assertThat(taken.get()).isBetween(1, 8);
    }

    @Test
    @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
    void everyBatchSizeWorks() {
        assertThat(drain(scorer(Integer.MAX_VALUE).score(PATHS.iterator()))).hasSize(PATHS.size());
    }

    @Test
    void followsTheContractOfIterators() {
        Iterator<Result<ClipScore>> none = scorer(2).score(List.<String>of().iterator());
        assertThat(none.hasNext()).isFalse();
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(none::next);
    }

    @Test
    void longClipsMakeSmallBatches() {
        RecordingGraph graph = new RecordingGraph();
        ClipReader reader = new ClipReader(ClipScorerTest::read, decoder());
        // 20,000 frames a second: clips of 0.5 s and more are too long for a batch of 16.
        ClipScorer scorer = new ClipScorer(
                reader,
                new LoudnessEncoder(RATE, 20_000),
                new EmotionModel(graph, TinyNetwork.TIME_MULTIPLE),
                16,
                false);
        assertThat(drain(scorer.score(PATHS.iterator()))).hasSize(PATHS.size());
        assertThat(graph.shapes.stream().mapToLong(shape -> shape[0]).sum()).isEqualTo(24);
        assertThat(graph.shapes).allSatisfy(shape -> {
            assertThat(shape[0]).isBetween(1L, 16L);
            assertThat(shape[0] == 1 || shape[0] * shape[1] <= 60_000).isTrue();
        });
        assertThat(graph.shapes).anySatisfy(shape -> assertThat(shape[0]).isBetween(2L, 15L));
    }

    @Test
    void batchesHaveAtLeastOneClip() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scorer(0))
                .withMessage("batch-size is 0; allowed: 1 or more");
    }

    private static Map<String, float[]> probabilities(int batchSize) {
        Map<String, float[]> probabilities = new HashMap<>();
        List<Result<ClipScore>> scores = drain(scorer(batchSize).score(PATHS.iterator()));
        for (int i = 0; i < scores.size(); i++) {
            if (scores.get(i) instanceof Result.Accepted<ClipScore> score) {
                probabilities.put(PATHS.get(i), score.value().probabilities().values());
            }
        }
        return probabilities;
    }

    /** Finite weights can still overflow. */
    @Test
    void nonFiniteScoresAreRejected() {
        ComputationGraph graph = TinyNetwork.graph(true, 1);
        graph.params().assign(Float.MAX_VALUE);
        ClipScorer scorer = new ClipScorer(
                new ClipReader(ClipScorerTest::read, decoder()),
                new LoudnessEncoder(RATE, 100),
                new EmotionModel(graph, TinyNetwork.TIME_MULTIPLE),
                3,
                true);
        List<Result<ClipScore>> scores = drain(scorer.score(PATHS.iterator()));
        assertThat(scores).hasSameSizeAs(PATHS);
        assertThat(scores)
                .filteredOn(score -> score.equals(Result.rejected(ClipBatches.NOT_FINITE)))
                .hasSize(24);
        assertThat(scores).allMatch(Result::isRejected);
    }

    private static ClipScorer scorer(int batchSize) {
        return new ClipScorer(
                new ClipReader(ClipScorerTest::read, decoder()),
                new LoudnessEncoder(RATE, 100),
                new EmotionModel(TinyNetwork.graph(true, 1), TinyNetwork.TIME_MULTIPLE),
                batchSize,
                false);
    }

    private static AudioDecoder decoder() {
        return new AudioDecoder(new AudioSettings(RATE, 0.05, 10, 1 << 20));
    }

    /** A thousand paths, counted as they are taken. */
    private static Iterator<String> counted(String prefix, AtomicInteger taken) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return taken.get() < 1000;
            }

            @Override
            public String next() {
                return prefix + taken.getAndIncrement();
            }
        };
    }

    private static List<Result<ClipScore>> drain(Iterator<Result<ClipScore>> scores) {
        List<Result<ClipScore>> all = new ArrayList<>();
        scores.forEachRemaining(all::add);
        return all;
    }

    private static double seconds(String path) {
        return new KeyedRandom(1, path).nextDouble(0.1, 1.5);
    }

    private static byte[] read(String path, long maxBytes) throws IOException {
        Optional<byte[]> broken = NamedRecordings.broken(path);
        if (broken.isPresent()) {
            return broken.get();
        }
        float[] samples = new float[(int) (seconds(path) * RATE)];
        double hertz = new KeyedRandom(2, path).nextDouble(100, 1000);
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) (0.5 * Math.sin(2 * Math.PI * hertz * i / RATE));
        }
        return WavWriter.write(new Waveform(samples, RATE));
    }

    /** Remembers the shapes that it was given. */
    private static final class RecordingGraph extends ComputationGraph {
        private final List<long[]> shapes = new ArrayList<>();

        RecordingGraph() {
            super(TinyNetwork.graph(false, 1).getConfiguration());
            init();
        }

        @Override
        public INDArray[] output(boolean train, INDArray[] input, INDArray[] inputMasks) {
            shapes.add(input[0].shape());
            return super.output(train, input, inputMasks);
        }
    }
}
