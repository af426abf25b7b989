package org.speechemotion.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.speechemotion.encoder.Frames;
import org.speechemotion.encoder.graph.Cut;
import org.speechemotion.encoder.graph.EncoderSpan;
import org.speechemotion.encoder.kernel.KernelForward;
import org.speechemotion.encoder.kernel.PytorchRival;
import org.speechemotion.encoder.kernel.RandomFolder;
import org.speechemotion.encoder.transformer.EncoderFolder;
import org.speechemotion.encoder.transformer.FrozenForward;
import org.speechemotion.encoder.transformer.Tap;
import org.speechemotion.encoder.transformer.TransformerConfig;
import org.speechemotion.model.NetworkSettings.ContextSettings;
import org.speechemotion.random.KeyedRandom;

/**
 * A training step of the head and the last two layers of HuBERT-base's sizes, 8 clips of 3 s, against PyTorch's, by
 * turns: {@code scripts/benchmark fine-tuning}. One thread each, as a Spark task has it.
 */
public final class FineTuningBenchmark {
    private static final int LAYERS = 2;
    private static final int CLIPS = 8;
    private static final int SAMPLES = 3 * 16_000;
    private static final int REPETITIONS = 7;

    private FineTuningBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of("target", "encoder-folder");
        if (!Files.exists(folder.resolve("model.safetensors"))) {
            RandomFolder.write(folder);
        }
        try (EncoderFolder opened = EncoderFolder.open(folder);
                FrozenForward forward = new KernelForward(opened.config(), opened.tensors(), 1);
                PytorchRival rival = PytorchRival.start(folder, 1)) {
            Tap below = new Tap.Hidden(opened.config().layers() - LAYERS);
            ComputationGraph network = network(opened);
            List<float[]> clips = clips();
            rival.load(clips, forward.run(clips, new Tap.Hidden(opened.config().layers())));
            step(forward, below, network, clips);
            rival.step(LAYERS);
            double[] frozen = new double[REPETITIONS];
            double[] ours = new double[REPETITIONS];
            double[] theirs = new double[REPETITIONS];
            for (int i = 0; i < REPETITIONS; i++) {
                long start = System.nanoTime();
                frozen[i] = (step(forward, below, network, clips) - start) / 1e9;
                ours[i] = (System.nanoTime() - start) / 1e9;
                theirs[i] = rival.step(LAYERS).clock();
            }
            System.err.printf(
                    "ours %.3f s (of it frozen part %.3f s), PyTorch %.3f s, ratio %.2f; medians of %d%n",
                    median(ours), median(frozen), median(theirs), median(ours) / median(theirs), REPETITIONS);
        }
    }

    /** When the frozen part was done, in ns. */
    private static long step(FrozenForward forward, Tap below, ComputationGraph network, List<float[]> clips) {
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

    private static ComputationGraph network(EncoderFolder folder) {
        TransformerConfig config = folder.config();
        EncoderSpan span = EncoderSpan.above(new Cut.Hidden(config.layers() - LAYERS), config);
        Adam updater = new Adam(1e-5);
        NetworkSettings head = new NetworkSettings(new ContextSettings(1, List.of(), List.of()), false, false, 256, 0);
        ComputationGraph network = new ComputationGraph(EmotionNetwork.configuration(
                head, new FrontEnd.FineTuned(config, span, updater), Optimization.of(updater), 1));
        network.init();
        FineTunedEncoder.initialize(network, folder.tensors());
        return network;
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

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
