package org.speechemotion.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.metrics.Probabilities;
import org.speechemotion.model.TinyNetwork;
import org.speechemotion.train.Trainer.Prediction;

/** Predicts as many of the first clips right as it is told for each epoch, and marks its network with the epoch. */
class FakeTrainer implements Trainer {
    private final int[] rightByEpoch;
    private long nanos;
    final List<List<BatchKey>> fitted = new ArrayList<>();
    int epochsBefore;
    int predictionsOf;
    private final ComputationGraph network = TinyNetwork.graph(false, 1);

    FakeTrainer(int... rightByEpoch) {
        this.rightByEpoch = rightByEpoch;
    }

    int epochs() {
        return rightByEpoch.length;
    }

    /** Returns the time in ns: a fit takes 2 s, and predicting 0.5 s. */
    long nanos() {
        return nanos;
    }

    boolean right(int epoch, int i) {
        return i < rightByEpoch[epoch - 1];
    }

    @Override
    public Pass fit(List<BatchKey> batches) {
        fitted.add(batches);
        network.getParam("head_branch-0-logits-bias").putScalar(0, fitted.size());
        nanos += 2_000_000_000L;
        return new Pass(0.5, 0.25, 2.5);
    }

    @Override
    public void normalize() {
        throw new AssertionError("its parameters were not set");
    }

    @Override
    public List<Prediction> predict(List<Example> examples) {
        nanos += 500_000_000L;
        List<Prediction> predictions = new ArrayList<>();
        for (int i = 0; i < examples.size(); i++) {
            float[] probabilities = new float[EmotionSet.EIGHT.size()];
            Arrays.fill(probabilities, 0.05f);
            int label = examples.get(i).label();
            probabilities[
                    right(predictionsOf > 0 ? predictionsOf : epochsBefore + fitted.size(), i)
                            ? label
                            : (label + 1) % EmotionSet.EIGHT.size()] = 0.65f;
            predictions.add(new Prediction(examples.get(i), new Probabilities(probabilities)));
        }
        return predictions;
    }

    @Override
    public ComputationGraph network() {
        return network;
    }
}
