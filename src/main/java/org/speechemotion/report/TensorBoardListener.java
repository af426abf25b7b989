package org.speechemotion.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.speechemotion.train.EpochReport;
import org.speechemotion.train.TrainingLoop;

/** Writes each epoch's scalars for TensorBoard: {@code train/…} and {@code validation/…}, the step being the epoch. */
public final class TensorBoardListener implements TrainingLoop.Listener {
    private final TensorBoardWriter writer;

    public TensorBoardListener(TensorBoardWriter writer) {
        this.writer = writer;
    }

    @Override
    public void epochEnded(EpochReport report, ComputationGraph network) {
        try {
            writer.scalar("train/loss", report.trainLoss(), report.epoch());
            writer.scalar("train/accuracy", report.training().accuracy(), report.epoch());
            writer.scalar("train/uar", report.training().unweightedAverageRecall(), report.epoch());
            writer.scalar("train/learning-rate", report.learningRate(), report.epoch());
            writer.scalar("train/clips-per-second", report.clipsPerSecond(), report.epoch());
            if (report.validationMatrix().total() > 0) {
                writer.scalar("validation/loss", report.validationLoss(), report.epoch());
                writer.scalar("validation/accuracy", report.validation().accuracy(), report.epoch());
                writer.scalar("validation/uar", report.validation().unweightedAverageRecall(), report.epoch());
            }
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("TensorBoard's events could not be written", e);
        }
    }
}
