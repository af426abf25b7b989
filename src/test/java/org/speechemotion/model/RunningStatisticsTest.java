package org.speechemotion.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.speechemotion.encoder.Frames;

/** The statistics of the batch normalisation after the pooling, in a network whose other parameters stay. */
class RunningStatisticsTest {
    private static final int BATCH_SIZE = 5;

    @ParameterizedTest
    @CsvSource({"1, 0", "3, 0", "4, 0.25", "30, 0.9", "300, 0.99", "1000000, 0.99"})
    void aStepKeepsMoreInLongEpochs(int stepsPerEpoch, double decay) {
        assertThat(optimization(stepsPerEpoch).statisticsDecay()).isCloseTo(decay, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"1", "4", "12", "45"})
    void anEpochForgetsTheInitialStatistics(int stepsPerEpoch) {
        ComputationGraph network = network(stepsPerEpoch);
        mean(network).assign(1e3);
        IntStream.range(0, stepsPerEpoch).forEach(step -> network.fit(batch(step)));
        double kept = mean(network).meanNumber().doubleValue() / 1e3;
        assertThat(kept).isBetween(-1e-3, 0.05);
    }

    @Test
    void theyAreMovingMeansOfThoseOfTheBatches() {
        int stepsPerEpoch = 10;
        double decay = 0.7;
        ComputationGraph network = network(stepsPerEpoch);
        EmotionModel model = new EmotionModel(network.clone(), TinyNetwork.TIME_MULTIPLE);
        int width = (int) mean(network).length();
        double[] mean = new double[width];
        double[] variance = new double[width];
        Arrays.fill(variance, 1);
        for (int step = 0; step < stepsPerEpoch; step++) {
            network.fit(batch(step));
            ComputationGraph ofBatch = network(stepsPerEpoch);
            model.poolingStatistics(clips(step)).writeTo(ofBatch);
            for (int i = 0; i < width; i++) {
                double deviation = Math.pow(10, logDeviation(ofBatch).getDouble(i));
                mean[i] = decay * mean[i] + (1 - decay) * mean(ofBatch).getDouble(i);
                variance[i] = decay * variance[i] + (1 - decay) * deviation * deviation;
            }
        }
        for (int i = 0; i < width; i++) {
            assertThat(mean(network).getDouble(i)).isCloseTo(mean[i], within(1e-4));
            assertThat(logDeviation(network).getDouble(i)).isCloseTo(0.5 * Math.log10(variance[i]), within(1e-3));
        }
    }

    /** A single clip has a variance of 0, whose logarithm would be infinite. */
    @ParameterizedTest
    @CsvSource({"1, 1", "4, 200", "45, 3000"})
    void batchesOfOneClipKeepThemFinite(int stepsPerEpoch, int steps) {
        ComputationGraph network = network(stepsPerEpoch);
        MultiDataSet clip = batch(List.of(TinyNetwork.clip(12, 7)), 0);
        for (int step = 0; step < steps; step++) {
            network.fit(clip);
            PopulationStatistics.bound(network);
        }
        assertThat(logDeviation(network).toFloatVector()).containsOnly(-5f);
        assertThat(mean(network).meanNumber().floatValue()).isFinite();
    }

    private static ComputationGraph network(int stepsPerEpoch) {
        ComputationGraph network = new ComputationGraph(EmotionNetwork.configuration(
                TinyNetwork.settings(true),
                new FrontEnd.None(TinyNetwork.FRAME_WIDTH),
                optimization(stepsPerEpoch),
                1));
        network.init();
        return network;
    }

    private static Optimization optimization(int stepsPerEpoch) {
        return new Optimization(new Sgd(0), Optional.empty(), List.of(), Optional.empty(), stepsPerEpoch);
    }

    private static INDArray mean(ComputationGraph network) {
        return network.getParam(EmotionNetwork.NORMALIZATION + "_mean");
    }

    private static INDArray logDeviation(ComputationGraph network) {
        return network.getParam(EmotionNetwork.NORMALIZATION + "_log10stdev");
    }

    private static List<Frames> clips(int step) {
        return IntStream.range(0, BATCH_SIZE)
                .mapToObj(clip -> TinyNetwork.clip(8 + 3 * clip, BATCH_SIZE * step + clip))
                .toList();
    }

    private static MultiDataSet batch(int step) {
        return batch(clips(step), step);
    }

    private static MultiDataSet batch(List<Frames> clips, int step) {
        FrameBatch frames = FrameBatch.of(clips, TinyNetwork.TIME_MULTIPLE);
        INDArray targets = Nd4j.zeros(clips.size(), 8);
        targets.getColumn(step % 8).assign(1);
        return new MultiDataSet(
                new INDArray[] {frames.frames()}, new INDArray[] {targets}, new INDArray[] {frames.mask()}, null);
    }
}
