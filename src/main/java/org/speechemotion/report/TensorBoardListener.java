package org.speechemotion.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.speechemotion.math.FloatArrays;
import org.speechemotion.model.EmotionNetwork;
import org.speechemotion.train.EpochReport;
import org.speechemotion.train.TrainingLoop;

/**
 * Writes each epoch for TensorBoard, with the epoch as the step: scalars {@code train/…} and {@code validation/…},
 * histograms {@code head/…} of the parameters after the encoder, and the confusion matrix as text and, about ten times in a
 * training, as an image.
 *
 * <p>{@code train/gradient-norm} is {@link EpochReport#gradientNorm}. {@code train/parameter-change-norm} is the
 * Euclidean norm of the change of all parameters in the epoch; the first epoch of a process has none.
 */
public final class TensorBoardListener implements TrainingLoop.Listener {
    /** The number of images of a tag that TensorBoard shows by default; it would draw a sample of more. */
    private static final int SHOWN_IMAGES = 10;

    private final TensorBoardWriter writer;
    private INDArray parameters;

    public TensorBoardListener(TensorBoardWriter writer) {
        this.writer = writer;
    }

    @Override
    public void epochEnded(EpochReport report, ComputationGraph network) {
        try {
            scalars(report);
            change(report.epoch(), network.params());
            for (Map.Entry<String, INDArray> parameter : network.paramTable().entrySet()) {
                if (EmotionNetwork.isHead(parameter.getKey())) {
                    writer.histogram(
                            "head/" + parameter.getKey(), FloatArrays.values(parameter.getValue()), report.epoch());
                }
            }
            confusion(report);
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the TensorBoard events could not be written", e);
        }
    }

    private void scalars(EpochReport report) throws IOException {
        writer.scalar("train/loss", report.trainLoss(), report.epoch());
        writer.scalar("train/accuracy", report.training().accuracy(), report.epoch());
        writer.scalar("train/uar", report.training().unweightedAverageRecall(), report.epoch());
        writer.scalar("train/learning-rate", report.learningRate(), report.epoch());
        writer.scalar("train/gradient-norm", report.gradientNorm(), report.epoch());
        writer.scalar("train/clips-per-second", report.clipsPerSecond(), report.epoch());
        if (report.validationMatrix().total() > 0) {
            writer.scalar("validation/loss", report.validationLoss(), report.epoch());
            writer.scalar("validation/accuracy", report.validation().accuracy(), report.epoch());
            writer.scalar("validation/uar", report.validation().unweightedAverageRecall(), report.epoch());
        }
    }

    private void change(int epoch, INDArray now) throws IOException {
        if (parameters == null) {
            parameters = now.dup();
            return;
        }
        double norm = parameters.subi(now).norm2Number().doubleValue();
        parameters.assign(now);
        writer.scalar("train/parameter-change-norm", norm, epoch);
    }

    private void confusion(EpochReport report) throws IOException {
        writer.text("confusion-counts", EpochConfusion.markdown(report), report.epoch());
        int every = (report.epochs() + SHOWN_IMAGES - 1) / SHOWN_IMAGES;
        if (report.epoch() % every != 0 && report.epoch() < report.epochs()) {
            return;
        }
        try {
            writer.image("confusion", EpochConfusion.of(report).toImage(), report.epoch());
        } catch (IllegalStateException noFonts) {
            // The report at the end of the run mentions the missing fonts; everything else does not need them.
        }
    }
}
