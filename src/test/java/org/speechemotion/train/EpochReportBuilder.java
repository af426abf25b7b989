package org.speechemotion.train;

import org.speechemotion.metrics.ConfusionMatrix;

/** Builds the report of an epoch, which at first has no clips. */
public final class EpochReportBuilder {
    private final int epoch;
    private final int epochs;
    private double learningRate;
    private double trainLoss;
    private double gradientNorm;
    private ConfusionMatrix trainMatrix = ConfusionMatrix.empty();
    private double validationLoss = Double.NaN;
    private ConfusionMatrix validationMatrix = ConfusionMatrix.empty();
    private boolean best;
    private double clipsPerSecond;
    private double seconds;

    public EpochReportBuilder(int epoch, int epochs) {
        this.epoch = epoch;
        this.epochs = epochs;
    }

    public EpochReportBuilder training(double rate, double loss, double norm, ConfusionMatrix matrix) {
        learningRate = rate;
        trainLoss = loss;
        gradientNorm = norm;
        trainMatrix = matrix;
        return this;
    }

    public EpochReportBuilder validation(double loss, ConfusionMatrix matrix) {
        validationLoss = loss;
        validationMatrix = matrix;
        return this;
    }

    public EpochReportBuilder best(boolean isBest) {
        best = isBest;
        return this;
    }

    public EpochReportBuilder speed(double clips, double duration) {
        clipsPerSecond = clips;
        seconds = duration;
        return this;
    }

    public EpochReport build() {
        return new EpochReport(
                epoch,
                epochs,
                learningRate,
                trainLoss,
                gradientNorm,
                trainMatrix,
                validationLoss,
                validationMatrix,
                best,
                clipsPerSecond,
                seconds);
    }
}
