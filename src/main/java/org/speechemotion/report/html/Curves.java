package org.speechemotion.report.html;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.speechemotion.report.Axis;
import org.speechemotion.train.EpochReport;
import org.speechemotion.train.KeptEpochs;

/** Training and validation over the epochs; a dashed line marks the epoch that was kept, or two the first and the last of a mean. */
final class Curves {
    private Curves() {}

    static Markup loss(List<EpochReport> history, KeptEpochs kept) {
        double greatest = history.stream()
                .flatMapToDouble(report -> DoubleStream.of(report.trainLoss(), report.validationLoss()))
                .filter(Double::isFinite)
                .max()
                .orElse(1);
        Plot plot = plot("Loss by epoch", history, Axis.upTo(greatest, "cross-entropy, nats", false), kept)
                .curve("two", points(history, EpochReport::trainLoss))
                .curve("one", points(history, EpochReport::validationLoss));
        return Figure.of("loss", "Loss", plot.svg(), Figure.legend("two", "training", "one", "validation"));
    }

    static Markup recall(List<EpochReport> history, KeptEpochs kept) {
        Plot plot = plot("Unweighted average recall by epoch", history, Axis.share("average recall"), kept)
                .curve("two", points(history, report -> report.training().unweightedAverageRecall()))
                .curve("one", points(history, Curves::validationRecall));
        return Figure.of(
                "recall",
                "Unweighted average recall",
                plot.svg(),
                Figure.legend("two", "training (a sample)", "one", "validation"));
    }

    private static double validationRecall(EpochReport report) {
        return report.validationMatrix().total() == 0
                ? Double.NaN
                : report.validation().unweightedAverageRecall();
    }

    private static Plot plot(String description, List<EpochReport> history, Axis y, KeptEpochs kept) {
        int last = history.isEmpty() ? 1 : history.get(history.size() - 1).epoch();
        Plot plot = new Plot(description, Axis.whole(1, last, "epoch"), y);
        IntStream.of(kept.first(), kept.last()).distinct().forEach(epoch -> plot.rule(epoch, y.low(), epoch, y.high()));
        return plot;
    }

    private static List<double[]> points(List<EpochReport> history, ToDoubleFunction<EpochReport> value) {
        return history.stream()
                .map(report -> new double[] {report.epoch(), value.applyAsDouble(report)})
                .toList();
    }
}
