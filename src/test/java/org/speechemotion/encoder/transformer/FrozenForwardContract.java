package org.speechemotion.encoder.transformer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.speechemotion.encoder.Frames;
import org.speechemotion.random.KeyedRandom;

/** The contract of every frozen forward; the test of each one extends it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS) // a forward takes longer to open than to test
public abstract class FrozenForwardContract {
    /** The tolerance of the difference from Hugging Face. */
    private static final float TOLERANCE = 2e-5f;

    /** Makes the forward under test. It may read the tensors now, but not later: they are closed. */
    protected abstract FrozenForward open(TransformerConfig config, EncoderTensors tensors);

    private final Map<Path, Opened> forwards = new HashMap<>();

    private Opened opened(Path folder) {
        return forwards.computeIfAbsent(folder, Opened::new);
    }

    @AfterAll
    void closeAll() {
        forwards.values().forEach(Opened::close);
    }

    static Stream<Path> folders() {
        return Stream.concat(Folders.ALL.stream(), Folders.UNUSUAL.stream()).map(Folders::path);
    }

    @ParameterizedTest
    @MethodSource("folders")
    void hiddenStatesInABatchAreThoseOfHuggingFaceForSingleClips(Path path) {
        Opened opened = opened(path);
        TransformerConfig config = opened.config;
        List<Frames> results = opened.forward.run(opened.inputs, new Tap.AllHidden());
        assertThat(results).hasSameSizeAs(opened.inputs);
        for (int clip = 0; clip < results.size(); clip++) {
            assertShape(results.get(clip), opened.inputs.get(clip), new Tap.AllHidden(), config);
            for (int index = 0; index <= config.layers(); index++) {
                assertClose(
                        columns(results.get(clip), index * config.width(), config.width()),
                        opened.expected.hidden(clip, index),
                        "clip " + clip + ", hidden state " + index);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("folders")
    void aClipAloneHasTheSameResultAsInABatch(Path path) {
        Opened opened = opened(path);
        List<float[]> batch = new ArrayList<>(opened.inputs);
        Collections.reverse(batch);
        batch.add(opened.inputs.get(1));
        List<Frames> together = opened.forward.run(batch, new Tap.AllHidden());
        for (int i = 0; i < batch.size(); i++) {
            Frames alone = opened.forward
                    .run(List.of(batch.get(i)), new Tap.AllHidden())
                    .get(0);
            assertClose(together.get(i).values(), alone.values(), "clip " + i);
        }
    }

    @ParameterizedTest
    @MethodSource("folders")
    void eachTapReturnsItsPart(Path path) {
        Opened opened = opened(path);
        TransformerConfig config = opened.config;
        List<Frames> every = opened.forward.run(opened.inputs, new Tap.AllHidden());
        for (int index = 0; index <= config.layers(); index++) {
            Tap tap = new Tap.Hidden(index);
            List<Frames> hidden = opened.forward.run(opened.inputs, tap);
            for (int clip = 0; clip < hidden.size(); clip++) {
                assertShape(hidden.get(clip), opened.inputs.get(clip), tap, config);
                assertClose(
                        hidden.get(clip).values(),
                        columns(every.get(clip), index * config.width(), config.width()),
                        "clip " + clip + ", hidden state " + index);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("folders")
    void featuresAreThoseOfHuggingFace(Path path) {
        Opened opened = opened(path);
        List<Frames> features = opened.forward.run(opened.inputs, new Tap.Features());
        for (int clip = 0; clip < features.size(); clip++) {
            assertShape(features.get(clip), opened.inputs.get(clip), new Tap.Features(), opened.config);
            float[] known = opened.expected.features(clip);
            assertThat(known.length > 0)
                    .isEqualTo(Folders.UNUSUAL.contains(path.getFileName().toString()));
            if (known.length > 0) {
                assertClose(features.get(clip).values(), known, "clip " + clip);
            }
        }
    }

    @Test
    void earlierBatchesHaveNoInfluence() {
        Opened opened = opened(Folders.path("wavlm-large"));
        List<Frames> before = opened.forward.run(opened.inputs, new Tap.AllHidden());
        opened.forward.run(List.of(noise(40_000, 1000), noise(4_321, 1000)), new Tap.AllHidden());
        assertThat(opened.forward.run(opened.inputs, new Tap.AllHidden())).isEqualTo(before);
    }

    @Test
    void theShortestClipGivesOneFrameAndSilenceIsFinite() {
        Opened opened = opened(Folders.path("hubert-base"));
        int field = opened.config.receptiveField();
        List<Frames> frames = opened.forward.run(
                List.of(noise(field, 1), new float[field], new float[2 * field]), new Tap.AllHidden());
        assertThat(frames.get(0).time()).isEqualTo(1);
        for (Frames clip : frames) {
            for (float value : clip.values()) {
                assertThat(value).isFinite();
            }
        }
    }

    @Test
    void waveformsAreLeftUntouched() {
        Opened opened = opened(Folders.path("hubert-large"));
        List<float[]> copies = opened.inputs.stream().map(float[]::clone).toList();
        opened.forward.run(opened.inputs, new Tap.Hidden(1));
        assertThat(opened.inputs).usingRecursiveComparison().isEqualTo(copies);
    }

    @Test
    void resultsBelongToTheCaller() {
        Opened opened = opened(Folders.path("hubert-base"));
        List<Frames> first = opened.forward.run(opened.inputs, new Tap.Hidden(2));
        float[] copy = first.get(0).values().clone();
        Arrays.fill(opened.forward.run(opened.inputs, new Tap.Hidden(2)).get(0).values(), Float.NaN);
        assertThat(first.get(0).values()).isEqualTo(copy);
        assertThat(opened.forward.run(opened.inputs, new Tap.Hidden(2))).isEqualTo(first);
    }

    @Test
    void threadsShareAForward() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Opened opened = opened(Folders.path("wavlm-base"));
            List<List<Frames>> expected = new ArrayList<>();
            List<Callable<List<Frames>>> calls = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                List<float[]> batch = opened.inputs.subList(0, i % opened.inputs.size() + 1);
                Tap tap = new Tap.Hidden(i % (opened.config.layers() + 1));
                expected.add(opened.forward.run(batch, tap));
                calls.add(() -> opened.forward.run(batch, tap));
            }
            List<Future<List<Frames>>> results = threads.invokeAll(calls);
            for (int i = 0; i < expected.size(); i++) {
                assertThat(results.get(i).get()).as("call %d", i).isEqualTo(expected.get(i));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void assertShape(Frames frames, float[] input, Tap tap, TransformerConfig config) {
        assertThat(frames.time()).isEqualTo(config.frames(input.length));
        assertThat(frames.width()).isEqualTo(tap.width(config));
    }

    /** AssertJ's own comparison describes every value, which takes minutes of tens of thousands. */
    private static void assertClose(float[] actual, float[] expected, String what) {
        assertThat(actual).as(what).hasSameSizeAs(expected);
        double farthest = 0;
        for (int i = 0; i < actual.length; i++) {
            double distance = Math.abs((double) actual[i] - expected[i]);
            farthest = distance <= farthest ? farthest : distance;
        }
        assertThat(farthest)
                .as("%s: the farthest of %d values", what, actual.length)
                .isLessThanOrEqualTo(TOLERANCE);
    }

    private static float[] columns(Frames frames, int start, int width) {
        float[] columns = new float[frames.time() * width];
        for (int t = 0; t < frames.time(); t++) {
            System.arraycopy(frames.values(), t * frames.width() + start, columns, t * width, width);
        }
        return columns;
    }

    private static float[] noise(int samples, double amplitude) {
        KeyedRandom random = new KeyedRandom(samples);
        float[] noise = new float[samples];
        for (int i = 0; i < samples; i++) {
            noise[i] = (float) random.nextDouble(-amplitude, amplitude);
        }
        return noise;
    }

    /** The forward of a folder, whose checkpoint is closed again, with its expected outputs. */
    private final class Opened {
        final TransformerConfig config;
        final ExpectedStates expected;
        final List<float[]> inputs;
        final FrozenForward forward;

        Opened(Path path) {
            try (EncoderFolder folder = EncoderFolder.open(path)) {
                config = folder.config();
                expected = ExpectedStates.of(path, folder);
                inputs = expected.inputs(folder.normalizesInput());
                forward = open(config, folder.tensors());
            }
        }

        void close() {
            forward.close();
        }
    }
}
