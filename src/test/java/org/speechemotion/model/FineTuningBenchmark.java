package org.speechemotion.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.speechemotion.encoder.Frames;
import org.speechemotion.encoder.Lora;
import org.speechemotion.encoder.PretrainedSettings.Precision;
import org.speechemotion.encoder.PretrainedSettings.Processor;
import org.speechemotion.encoder.graph.BaseWeights;
import org.speechemotion.encoder.graph.Cut;
import org.speechemotion.encoder.graph.EncoderSpan;
import org.speechemotion.encoder.onnx.OnnxForward;
import org.speechemotion.encoder.onnx.PytorchRival;
import org.speechemotion.encoder.onnx.RandomFolder;
import org.speechemotion.encoder.transformer.EncoderFolder;
import org.speechemotion.encoder.transformer.FrozenForward;
import org.speechemotion.encoder.transformer.Tap;
import org.speechemotion.encoder.transformer.TransformerConfig;
import org.speechemotion.model.NetworkSettings.ContextSettings;
import org.speechemotion.random.KeyedRandom;

/**
 * A training step of 8 clips of 3 s with HuBERT-base's sizes: of the head alone, of adapters in the last two layers, and of the weights of
 * these layers, by turns with PyTorch's step of the weights: {@code scripts/benchmark fine-tuning [REPETITIONS]}. One thread each, as a Spark task has it.
 */
public final class FineTuningBenchmark {
    private static final int LAYERS = 2;
    private static final int CLIPS = 8;
    private static final int SAMPLES = 3 * 16_000;

    private FineTuningBenchmark() {}

    /** A network and the frozen part below it, with the times of its steps in s. */
    private static final class Candidate {
        private final String name;
        private final Tap below;
        private final ComputationGraph network;
        private final List<Double> frozen = new ArrayList<>();
        private final List<Double> whole = new ArrayList<>();

        Candidate(String name, Tap below, FrontEnd frontEnd) {
            this.name = name;
            this.below = below;
            NetworkSettings head = NetworkSettings.of(new ContextSettings(1, List.of(), List.of()), 256)
                    .withPooling(false, false);
            network = new ComputationGraph(
                    EmotionNetwork.configuration(head, frontEnd, Optimization.of(new Adam(1e-5)), 1));
            network.init();
        }

        /** Returns when the frozen part was done, in ns. */
        long step(FrozenForward forward, List<float[]> clips) {
            List<Frames> frames = forward.run(clips, below);
            long done = System.nanoTime();
            FrameBatch batch = FrameBatch.of(frames, 1);
            network.fit(new MultiDataSet(
                    new INDArray[] {batch.frames()},
                    new INDArray[] {Nd4j.eye(CLIPS)},
                    new INDArray[] {batch.mask()},
                    null));
            return done;
        }
    }

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of("target", "encoder-folder");
        if (!Files.exists(folder.resolve("model.safetensors"))) {
            RandomFolder.write(folder);
        }
        try (EncoderFolder opened = EncoderFolder.open(folder);
                FrozenForward forward =
                        new OnnxForward(opened.config(), opened.tensors(), Precision.FLOAT32, Processor.CPU, 1);
                PytorchRival rival = PytorchRival.start(folder, 1)) {
            List<Candidate> candidates = candidates(opened, folder);
            List<float[]> clips = clips();
            rival.load(clips, forward.run(clips, new Tap.Hidden(opened.config().layers())));
            candidates.forEach(candidate -> candidate.step(forward, clips));
            rival.step(LAYERS);
            List<Double> theirs = new ArrayList<>();
            int repetitions = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 7;
            for (int i = 0; i < repetitions; i++) {
                for (Candidate candidate : candidates) {
                    long start = System.nanoTime();
                    candidate.frozen.add((candidate.step(forward, clips) - start) / 1e9);
                    candidate.whole.add((System.nanoTime() - start) / 1e9);
                }
                theirs.add(rival.step(LAYERS).clock());
            }
            for (Candidate candidate : candidates) {
                System.err.printf(
                        "%-30s %.3f s (of it frozen part %.3f s), %.2f of PyTorch's; %,d parameters%n",
                        candidate.name,
                        median(candidate.whole),
                        median(candidate.frozen),
                        median(candidate.whole) / median(theirs),
                        candidate.network.numParams());
            }
            System.err.printf(
                    "PyTorch, head and %d layers      %.3f s; medians of %d%n", LAYERS, median(theirs), repetitions);
        }
    }

    private static List<Candidate> candidates(EncoderFolder folder, Path path) {
        TransformerConfig config = folder.config();
        Tap below = new Tap.Hidden(config.layers() - LAYERS);
        EncoderSpan span = EncoderSpan.above(new Cut.Hidden(config.layers() - LAYERS), config);
        Adam updater = new Adam(1e-5);
        String fingerprint = folder.fingerprint();
        BaseWeights.note(fingerprint, path);
        Candidate weights =
                new Candidate("head and " + LAYERS + " layers", below, new FrontEnd.FineTuned(config, span, updater));
        FineTunedEncoder.initialize(weights.network, folder.tensors());
        return List.of(
                new Candidate("head", new Tap.Hidden(config.layers()), new FrontEnd.None(config.width())),
                new Candidate(
                        "head and adapters of " + LAYERS + " layers",
                        below,
                        new FrontEnd.Adapted(config, span, Lora.NONE.withRank(8), fingerprint, updater)),
                weights);
    }

    private static List<float[]> clips() {
        List<float[]> clips = new ArrayList<>();
        for (int clip = 0; clip < CLIPS; clip++) {
            KeyedRandom random = new KeyedRandom(clip, "fine-tuning-benchmark");
            float[] samples = new float[SAMPLES];
            for (int i = 0; i < samples.length; i++) {
                samples[i] = (float) (0.1 * random.nextGaussian() + 0.2 * Math.sin(0.05 * (clip + 1) * i));
            }
            clips.add(samples);
        }
        return clips;
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }
}
