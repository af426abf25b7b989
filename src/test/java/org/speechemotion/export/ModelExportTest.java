package org.speechemotion.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.learning.config.Sgd;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.encoder.Encoder;
import org.speechemotion.encoder.EncoderSettings;
import org.speechemotion.encoder.Encoders;
import org.speechemotion.encoder.Frames;
import org.speechemotion.encoder.LogMelSettings;
import org.speechemotion.encoder.Lora;
import org.speechemotion.encoder.Lora.Projection;
import org.speechemotion.encoder.PretrainedSettings;
import org.speechemotion.encoder.PretrainedSettings.FineTuning;
import org.speechemotion.encoder.PretrainedSettings.Precision;
import org.speechemotion.encoder.transformer.Folders;
import org.speechemotion.metrics.Calibrator;
import org.speechemotion.model.BundleManifestBuilder;
import org.speechemotion.model.EmotionModel;
import org.speechemotion.model.EmotionNetwork;
import org.speechemotion.model.FrontEnd;
import org.speechemotion.model.ModelBundle;
import org.speechemotion.model.NetworkSettings;
import org.speechemotion.model.NetworkSettings.BranchSettings;
import org.speechemotion.model.NetworkSettings.ContextSettings;
import org.speechemotion.model.Optimization;
import org.speechemotion.model.TrainableEncoder;
import org.speechemotion.random.KeyedRandom;

/** Compares exported models, run by ONNX Runtime, with the models themselves. */
class ModelExportTest {
    private static final float TOLERANCE = 1e-4f;

    private static final int[] SAMPLES = {400, 1234, 8_000, 16_001, 40_000};

    private static final ContextSettings CONTEXT = new ContextSettings(6, List.of(5, 4), List.of(2, 1));
    private static final ContextSettings NO_CONTEXT = new ContextSettings(6, List.of(), List.of());

    @ParameterizedTest
    @CsvSource({
        "hubert-base, last, 0, true, true, true",
        "hubert-large, 2, 0, true, true, false",
        "wav2vec2-large, last, 0, true, true, false",
        "wavlm-base, weighted, 0, true, true, true",
        "wavlm-large, last, 1, true, true, false",
        "wav2vec2-base, last, 0, false, true, false",
        "hubert-base-bin, last, 0, false, false, false"
    })
    void waveformsGiveOurProbabilitiesAndEmbeddings(
            String folder, String layer, int unfrozen, boolean frozen, boolean extractorFrozen, boolean context)
            throws OrtException {
        PretrainedSettings settings = PretrainedSettings.at(Folders.path(folder).toString())
                .withLayer(layer)
                .withFineTuning(new FineTuning(unfrozen, frozen, extractorFrozen))
                .withTrim(0);
        assertWaveforms(settings, context ? CONTEXT : NO_CONTEXT, 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hubert-large", "wavlm-base"})
    void adaptersLeaveInsideTheWeights(String folder) throws OrtException {
        PretrainedSettings settings = PretrainedSettings.at(Folders.path(folder).toString())
                .withFineTuning(
                        new FineTuning(2, true, true, new Lora(4, 8, List.of(Projection.QUERY, Projection.OUTER))))
                .withTrim(0);
        assertWaveforms(settings, NO_CONTEXT, 2);
    }

    @Test
    void eightBitModelsAreExported() throws OrtException {
        assertWaveforms(
                PretrainedSettings.at(Folders.path("wavlm-base").toString())
                        .withPrecision(Precision.INT8)
                        .withTrim(0),
                NO_CONTEXT,
                1);
    }

    private static void assertWaveforms(PretrainedSettings pretrained, ContextSettings context, int batch)
            throws OrtException {
        EncoderSettings settings = EncoderSettings.of("transformer", 16_000, LogMelSettings.defaults())
                .with(pretrained);
        try (Encoder encoder = Encoders.open(settings)) {
            TrainableEncoder trainable = (TrainableEncoder) encoder;
            FrontEnd frontEnd = trainable.frontEnd(new Sgd(0.1));
            ModelBundle bundle = bundle(
                    network(NetworkSettings.of(context, 6), frontEnd, trainable), encoder, trainable.timeMultiple());
            EmotionModel model = bundle.open();
            try (OrtSession session = open(bundle, settings, encoder)) {
                for (int samples : SAMPLES) {
                    List<float[]> clips =
                            List.of(noise(samples, 1), noise(samples, 2)).subList(0, batch);
                    List<Frames> frames = encoder.encode(clips);
                    assertOutputs(session, ModelExport.WAVEFORM, clips, new long[] {batch, samples}, model, frames);
                }
            }
        }
    }

    /** Branches see all values of a frame, or those of its prosody. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void framesGiveOurProbabilitiesAndEmbeddings(int branches) throws OrtException {
        EncoderSettings settings = EncoderSettings.of("prosody", 16_000, LogMelSettings.defaults());
        try (Encoder encoder = Encoders.open(settings)) {
            FrontEnd frontEnd = new FrontEnd.None(encoder.width(), encoder.prosodyWidth());
            NetworkSettings network =
                    NetworkSettings.of(CONTEXT, 6).with(new BranchSettings(branches > 1 ? 2 : 1, branches > 1 ? 1 : 0));
            ModelBundle bundle = bundle(network(network, frontEnd, null), encoder, 2);
            EmotionModel model = bundle.open();
            try (OrtSession session = open(bundle, settings, encoder)) {
                for (int time : new int[] {1, 2, 9, 64, 333}) {
                    List<float[]> values = List.of(noise(time * encoder.width(), 1), noise(time * encoder.width(), 2));
                    List<Frames> frames = values.stream()
                            .map(clip -> new Frames(clip, time, encoder.width()))
                            .toList();
                    assertOutputs(
                            session, ModelExport.FRAMES, values, new long[] {2, time, encoder.width()}, model, frames);
                }
                Map<String, String> metadata = session.getMetadata().getCustomMetadata();
                assertThat(metadata)
                        .containsEntry("version", "1")
                        .containsEntry("sample_rate", "16000")
                        .containsEntry("frames_per_second", "100.0")
                        .containsEntry("encoder", "prosody")
                        .containsEntry("model_id", bundle.manifest().modelId())
                        .containsEntry("labels", "neutral,calm,happy,sad,angry,fearful,disgust,surprised");
            }
        }
    }

    private static OrtSession open(ModelBundle bundle, EncoderSettings settings, Encoder encoder) throws OrtException {
        return OrtEnvironment.getEnvironment()
                .createSession(ModelExport.graph(bundle, settings, encoder).toBytes());
    }

    private static void assertOutputs(
            OrtSession session,
            String input,
            List<float[]> clips,
            long[] shape,
            EmotionModel model,
            List<Frames> frames)
            throws OrtException {
        FloatBuffer together = FloatBuffer.allocate(clips.get(0).length * clips.size());
        clips.forEach(together::put);
        try (OnnxTensor tensor = OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), together.rewind(), shape);
                OrtSession.Result result = session.run(Map.of(input, tensor))) {
            assertRows(result, ModelExport.PROBABILITIES, model.probabilities(frames));
            assertRows(result, ModelExport.EMBEDDING, model.embeddings(frames));
        }
    }

    private static void assertRows(OrtSession.Result result, String output, List<float[]> expected)
            throws OrtException {
        float[][] rows = (float[][]) result.get(output).orElseThrow().getValue();
        assertThat(rows).hasDimensions(expected.size(), expected.get(0).length);
        for (int i = 0; i < rows.length; i++) {
            assertThat(rows[i]).as("%s of clip %d", output, i).containsExactly(expected.get(i), within(TOLERANCE));
        }
    }

    /** Returns a network whose parameters are neither those of its initialisation nor those of the encoder. */
    private static ComputationGraph network(NetworkSettings settings, FrontEnd frontEnd, TrainableEncoder encoder) {
        ComputationGraph network = new ComputationGraph(
                EmotionNetwork.configuration(settings, frontEnd, Optimization.of(new Sgd(0.1)), 7));
        network.init();
        if (encoder != null) {
            encoder.initialize(network);
        }
        network.paramTable().forEach((name, values) -> {
            // Training does not change parameters that the frozen layers share.
            if (!name.contains("rel-attn-embed")) {
                values.muli(1.1).addi(0.01);
            }
        });
        return network;
    }

    private static ModelBundle bundle(ComputationGraph network, Encoder encoder, int timeMultiple) {
        return ModelBundle.of(
                network,
                new BundleManifestBuilder(encoder, EmotionSet.EIGHT, timeMultiple)
                        .created("2026-01-01T00:00:00Z")
                        .calibrator(new Calibrator(
                                0.7,
                                Stream.of(0.5, 0.0, -0.5, 0.1, 0.0, 0.0, 0.2, 0.0)
                                        .toList()))
                        .build());
    }

    private static float[] noise(int count, long seed) {
        KeyedRandom random = new KeyedRandom(seed, "export");
        float[] noise = new float[count];
        for (int i = 0; i < count; i++) {
            noise[i] = (float) (0.3 * random.nextGaussian());
        }
        return noise;
    }
}
