package org.speechemotion.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.speechemotion.metrics.Interval;
import org.speechemotion.metrics.ScoreIntervals;

/**
 * The results of models that were trained on some corpora each and tested on all of them.
 *
 * @param trainings the names of the trainings, which are the rows
 * @param corpora the names of the corpora, which are the columns
 * @param cells the results, at most one for each row and column
 */
public record CrossCorpusTable(List<String> trainings, List<String> corpora, List<Cell> cells) {
    /**
     * The result of a training on a corpus.
     *
     * @param training the name of the training
     * @param corpus the name of the corpus
     * @param heldOut whether the training used other speakers of the corpus; otherwise it used none
     * @param result the scores over the emotions that the model and the corpus share
     */
    public record Cell(String training, String corpus, boolean heldOut, SideResult result) {
        /** Returns the unweighted average recall. */
        public double recall() {
            return result.evaluation().scores().unweightedAverageRecall();
        }

        /** Returns the 95 % interval over speakers of the unweighted average recall; empty with too few speakers. */
        public Optional<Interval> interval() {
            return result.evaluation().intervals().map(ScoreIntervals::unweightedAverageRecall);
        }

        /** Returns the unweighted average recall that guessing reaches. */
        public double chance() {
            return Chance.of(result.evaluation().matrix());
        }
    }

    public CrossCorpusTable {
        trainings = List.copyOf(trainings);
        corpora = List.copyOf(corpora);
        cells = List.copyOf(cells);
    }

    /** Returns the result of a training on a corpus; empty if the training held no speaker of it out. */
    public Optional<Cell> cell(String training, String corpus) {
        return cells.stream()
                .filter(cell ->
                        cell.training().equals(training) && cell.corpus().equals(corpus))
                .findFirst();
    }

    /** Returns {@code results.csv}: a line for each cell, with the columns of the {@code results.csv} of a run. */
    public String csv() {
        StringBuilder csv = new StringBuilder("trained_on,tested_on,held_out,")
                .append(String.join(",", ResultTable.SCORES))
                .append('\n');
        for (Cell cell : cells) {
            List<String> fields =
                    new ArrayList<>(List.of(cell.training(), cell.corpus(), Boolean.toString(cell.heldOut())));
            fields.addAll(ResultTable.scores(cell.result()));
            csv.append(String.join(",", fields)).append('\n');
        }
        return csv.toString();
    }

    /** Returns the content of {@code metrics.json}: training → corpus → metrics. */
    public Map<String, Object> metrics() {
        Map<String, Object> metrics = new TreeMap<>();
        for (String training : trainings) {
            Map<String, Object> row = new TreeMap<>();
            for (Cell cell : cells) {
                if (cell.training().equals(training)) {
                    row.put(cell.corpus(), MetricsJson.of(cell.result()));
                }
            }
            metrics.put(training, row);
        }
        return metrics;
    }

    /** Returns the UAR in percent as text in aligned columns, a row for each training; {@code *} marks held-out speakers. */
    public String text() {
        int first = width(trainings, "trained on");
        int column = Math.max(22, width(corpora, ""));
        StringBuilder text = new StringBuilder(("%-" + first + "s").formatted("trained on"));
        corpora.forEach(corpus -> text.append(("  %" + column + "s").formatted(corpus)));
        for (String training : trainings) {
            text.append(("%n%-" + first + "s").formatted(training));
            for (String corpus : corpora) {
                text.append(("  %" + column + "s")
                        .formatted(cell(training, corpus)
                                .map(CrossCorpusTable::score)
                                .orElse("–")));
            }
        }
        text.append("\n%-".concat(Integer.toString(first)).concat("s").formatted("chance"));
        for (String corpus : corpora) {
            text.append(("  %" + column + "s").formatted(chances(corpus)));
        }
        return text.append(
                        "\nUAR in percent with 95 % intervals over speakers; * other speakers of a corpus trained on")
                .toString();
    }

    /** Returns the chance levels of a column in percent, such as {@code 25.0} or {@code 16.7 to 25.0}. */
    private String chances(String corpus) {
        double[] chances = cells.stream()
                .filter(cell -> cell.corpus().equals(corpus))
                .mapToDouble(Cell::chance)
                .sorted()
                .toArray();
        if (chances.length == 0) {
            return "–";
        }
        String low = percent(chances[0]);
        String high = percent(chances[chances.length - 1]);
        return low.equals(high) ? low : low + " to " + high;
    }

    private static String score(Cell cell) {
        return percent(cell.recall())
                + cell.interval()
                        .map(one -> " [" + percent(one.low()) + ", " + percent(one.high()) + "]")
                        .orElse("")
                + (cell.heldOut() ? "*" : " ");
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f", 100 * share);
    }

    private static int width(List<String> names, String title) {
        return names.stream().mapToInt(String::length).reduce(title.length(), Math::max);
    }
}
