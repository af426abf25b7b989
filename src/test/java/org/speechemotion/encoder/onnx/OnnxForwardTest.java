package org.speechemotion.encoder.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.speechemotion.encoder.Frames;
import org.speechemotion.encoder.PretrainedSettings.ExecutionProvider;
import org.speechemotion.encoder.PretrainedSettings.Precision;
import org.speechemotion.encoder.PretrainedSettings.Processor;
import org.speechemotion.encoder.graph.GraphForward;
import org.speechemotion.encoder.transformer.EncoderFolder;
import org.speechemotion.encoder.transformer.EncoderTensors;
import org.speechemotion.encoder.transformer.ExpectedStates;
import org.speechemotion.encoder.transformer.Folders;
import org.speechemotion.encoder.transformer.FrozenForward;
import org.speechemotion.encoder.transformer.FrozenForwardContract;
import org.speechemotion.encoder.transformer.Tap;
import org.speechemotion.encoder.transformer.TensorNames;
import org.speechemotion.encoder.transformer.TransformerConfig;

class OnnxForwardTest extends FrozenForwardContract {

    @Override
    protected FrozenForward open(TransformerConfig config, EncoderTensors tensors) {
        return new OnnxForward(config, tensors, Precision.FLOAT32, Processor.CPU, 2);
    }

    @Test
    void invalidInputIsRejectedAndTheForwardStaysUsable() {
        try (EncoderFolder folder = EncoderFolder.open(Folders.path("hubert-base"));
                FrozenForward forward =
                        new OnnxForward(folder.config(), folder.tensors(), Precision.FLOAT32, Processor.CPU, 1)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> forward.run(List.of(new float[500], new float[399]), new Tap.Features()))
                    .withMessage("clip 1 has 399 samples; allowed: at least 400");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> forward.run(List.of(new float[400]), new Tap.Hidden(4)))
                    .withMessage("the hidden state is 4; allowed: 0 to 3");
            assertThatIllegalArgumentException()
                    .isThrownBy(() ->
                            new OnnxForward(folder.config(), folder.tensors(), Precision.FLOAT32, Processor.CPU, 0))
                    .withMessageContaining("threads is 0");
            assertThat(forward.run(List.of(), new Tap.Features())).isEmpty();
            assertThat(forward.run(List.of(new float[400]), new Tap.Features())).hasSize(1);
        }
    }

    /** The build of the tests has no GPUs. */
    @Test
    void aGpuWithoutItsProviderIsRefusedInOneLine() {
        try (EncoderFolder folder = EncoderFolder.open(Folders.path("hubert-base"));
                FrozenForward forward = new OnnxForward(
                        folder.config(),
                        folder.tensors(),
                        Precision.FLOAT32,
                        new Processor(ExecutionProvider.CUDA, 0),
                        1)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> forward.run(List.of(new float[400]), new Tap.Hidden(0)))
                    .withMessage(
                            "encoder.provider is cuda, but this build has ONNX Runtime for CPUs; allowed: cpu, or a"
                                    + " build with -Ponnxruntime-cuda");
        }
    }

    @Test
    void aClosedForwardRejectsCalls() {
        try (EncoderFolder folder = EncoderFolder.open(Folders.path("hubert-base"))) {
            FrozenForward forward =
                    new OnnxForward(folder.config(), folder.tensors(), Precision.FLOAT32, Processor.CPU, 2);
            forward.run(List.of(new float[400]), new Tap.Hidden(0));
            forward.close();
            forward.close();
            assertThatIllegalStateException()
                    .isThrownBy(() -> forward.run(List.of(new float[400]), new Tap.Hidden(0)))
                    .withMessage("the encoder is closed");
        }
    }

    /** Halves have 11 bits, and the values of these encoders are up to about 4. */
    @ParameterizedTest
    @ValueSource(strings = {"hubert-base", "wavlm-large", "wav2vec2-ctc", "unusual-relu", "hubert-base-bin"})
    void sixteenBitFloatsAreCloseToHuggingFace(String name) {
        try (EncoderFolder folder = EncoderFolder.open(Folders.path(name));
                FrozenForward half =
                        new OnnxForward(folder.config(), folder.tensors(), Precision.FLOAT16, Processor.CPU, 1)) {
            ExpectedStates expected = ExpectedStates.of(Folders.path(name));
            List<float[]> clips = expected.inputs(folder.normalizesInput());
            int last = folder.config().layers();
            List<Frames> results = half.run(clips, new Tap.Hidden(last));
            for (int clip = 0; clip < clips.size(); clip++) {
                assertThat(results.get(clip).values())
                        .containsExactly(expected.hidden(clip, last), within(1e-2f))
                        .isNotEqualTo(expected.hidden(clip, last));
            }
        }
    }

    /** Tiny random encoders are the worst case: their values are as large as the rounding errors. */
    @ParameterizedTest
    @ValueSource(strings = {"hubert-base", "wavlm-large", "wav2vec2-ctc", "unusual-relu", "hubert-base-bin"})
    void eightBitIntegersAreCloseButNotEqual(String name) {
        try (EncoderFolder folder = EncoderFolder.open(Folders.path(name));
                FrozenForward exact =
                        new OnnxForward(folder.config(), folder.tensors(), Precision.FLOAT32, Processor.CPU, 1);
                FrozenForward approximate =
                        new OnnxForward(folder.config(), folder.tensors(), Precision.INT8, Processor.CPU, 1)) {
            List<float[]> clips = ExpectedStates.of(Folders.path(name)).inputs(folder.normalizesInput());
            Tap tap = new Tap.Hidden(folder.config().layers());
            double product = 0;
            double squares = 0;
            double otherSquares = 0;
            for (int clip = 0; clip < clips.size(); clip++) {
                float[] values = exact.run(clips, tap).get(clip).values();
                float[] others = approximate.run(clips, tap).get(clip).values();
                assertThat(others).hasSameSizeAs(values).isNotEqualTo(values);
                for (int i = 0; i < values.length; i++) {
                    product += (double) values[i] * others[i];
                    squares += (double) values[i] * values[i];
                    otherSquares += (double) others[i] * others[i];
                }
            }
            assertThat(product / Math.sqrt(squares * otherSquares)).isGreaterThan(0.995);
        }
    }

    /** The moments of such clips are large compared with the variances that follow from them. */
    @ParameterizedTest
    @ValueSource(strings = {"hubert-base", "wav2vec2-ctc", "unusual-relu"})
    void anOffsetAndHumAtFullScaleDoNotTouchThePrecision(String name) {
        float[] clip = new float[16_000];
        for (int i = 0; i < clip.length; i++) {
            clip[i] = (float)
                    (0.6 + 0.9 * Math.sin(2 * Math.PI * 50 * i / 16_000) + 0.01 * Math.sin(0.3 * i * i / 16_000));
        }
        try (EncoderFolder folder = EncoderFolder.open(Folders.path(name));
                FrozenForward graph = new GraphForward(folder.config(), folder.tensors());
                FrozenForward forward =
                        new OnnxForward(folder.config(), folder.tensors(), Precision.FLOAT32, Processor.CPU, 1)) {
            float[] expected =
                    graph.run(List.of(clip), new Tap.Features()).get(0).values();
            assertThat(forward.run(List.of(clip), new Tap.Features()).get(0).values())
                    .containsExactly(expected, within(2e-5f));
        }
    }

    @Test
    void weightsOfSafetensorsAreMappedAndOthersAreInMemory() {
        try (EncoderFolder mapped = EncoderFolder.open(Folders.path("hubert-base"));
                EncoderFolder pickled = EncoderFolder.open(Folders.path("hubert-base-bin"))) {
            MappedWeights weights = new MappedWeights(mapped.config(), mapped.tensors(), Precision.FLOAT32);
            // The weight norm of the positional convolution has to be applied.
            assertThat(weights.inMemory()).containsOnlyKeys(TensorNames.POSITION + ".weight");
            assertThat(weights.folder()).isPresent();
            MappedWeights others = new MappedWeights(pickled.config(), pickled.tensors(), Precision.FLOAT32);
            assertThat(others.folder()).isEmpty();
            assertThat(others.inMemory().keySet())
                    .isEqualTo(TensorNames.all(pickled.config()).keySet());
        }
    }

    /** The cache of Hugging Face consists of links to files elsewhere. */
    @Test
    void aLinkedFileIsMappedWhereItIs(@TempDir Path cache) throws IOException {
        Path original = Folders.path("hubert-base");
        for (String file : List.of("config.json", "preprocessor_config.json", "model.safetensors")) {
            Files.createSymbolicLink(cache.resolve(file), original.resolve(file));
        }
        try (EncoderFolder folder = EncoderFolder.open(cache);
                FrozenForward forward =
                        new OnnxForward(folder.config(), folder.tensors(), Precision.FLOAT32, Processor.CPU, 1)) {
            assertThat(forward.run(List.of(new float[400]), new Tap.Hidden(1))).hasSize(1);
        }
    }
}
