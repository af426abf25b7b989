package org.speechemotion.report;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.speechemotion.report.figure.Axis;
import org.speechemotion.report.figure.Box;
import org.speechemotion.report.figure.Canvas;
import org.speechemotion.report.figure.Chart;
import org.speechemotion.report.figure.Figure;
import org.speechemotion.report.figure.Legend;
import org.speechemotion.report.figure.Paint;
import org.speechemotion.report.figure.Stroke;
import org.speechemotion.train.EpochReport;
import org.speechemotion.train.KeptEpochs;

/**
 * Plots loss and recall of one run by epoch on the train and validation sides. A dashed vertical line marks the kept
 * epoch; if the model is a mean of epochs, two lines mark the first and the last of them.
 */
public final class TrainingPlot {
    private static final double WIDTH = 380;
    private static final Box AREA = new Box(58, 10, 310, 200);
    private static final Stroke VALIDATION = Stroke.solid(Paint.series(0), 1.8);
    private static final Stroke TRAINING = Stroke.solid(Paint.series(1), 1.8);

    private TrainingPlot() {}

    /** Draws the mean cross-entropy. */
    public static Figure loss(List<EpochReport> history, KeptEpochs kept) {
        double max = history.stream()
                .flatMapToDouble(report -> DoubleStream.of(report.trainLoss(), report.validationLoss()))
                .filter(Double::isFinite)
                .max()
                .orElse(1);
        Canvas canvas = new Canvas();
        chart(canvas, history, Axis.upTo(max, "cross-entropy, nats", false), kept)
                .curve(TRAINING, points(history, EpochReport::trainLoss))
                .curve(VALIDATION, points(history, EpochReport::validationLoss));
        return withLegend(canvas, "train side", "Loss by epoch");
    }

    /** Draws the unweighted average recall with the chance level. */
    public static Figure recall(List<EpochReport> history, KeptEpochs kept) {
        Canvas canvas = new Canvas();
        Chart chart = chart(canvas, history, Axis.share("UAR"), kept);
        history.stream().findFirst().ifPresent(first -> chart.level(Chance.of(EpochConfusion.matrix(first)), "chance"));
        chart.curve(TRAINING, points(history, report -> report.training().unweightedAverageRecall()))
                .curve(VALIDATION, points(history, TrainingPlot::validationRecall));
        return withLegend(canvas, "train side (a sample)", "Unweighted average recall by epoch");
    }

    private static double validationRecall(EpochReport report) {
        return report.validationMatrix().total() == 0
                ? Double.NaN
                : report.validation().unweightedAverageRecall();
    }

    private static Chart chart(Canvas canvas, List<EpochReport> history, Axis y, KeptEpochs kept) {
        int last = history.isEmpty() ? 1 : history.get(history.size() - 1).epoch();
        Chart chart = new Chart(canvas, AREA, Axis.whole(1, last, "epoch"), y);
        IntStream.of(kept.first(), kept.last())
                .distinct()
                .forEach(epoch -> chart.rule(epoch, y.low(), epoch, y.high()));
        return chart;
    }

    private static Figure withLegend(Canvas canvas, String training, String description) {
        double bottom = new Legend()
                .line(VALIDATION, "validation side")
                .line(TRAINING, training)
                .line(new Stroke(Paint.FAINT, 1, Stroke.Dash.DASHED), "kept")
                .draw(canvas, AREA.x(), AREA.bottom() + 40, AREA.width());
        return canvas.toFigure(WIDTH, bottom + 4, description);
    }

    private static List<double[]> points(List<EpochReport> history, ToDoubleFunction<EpochReport> value) {
        return history.stream()
                .map(report -> new double[] {report.epoch(), value.applyAsDouble(report)})
                .toList();
    }
}
