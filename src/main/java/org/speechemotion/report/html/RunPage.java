package org.speechemotion.report.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.speechemotion.report.ClassScoresPlot;
import org.speechemotion.report.ConfusionPlot;
import org.speechemotion.report.EmbeddingPlot;
import org.speechemotion.report.Percent;
import org.speechemotion.report.Rejections;
import org.speechemotion.report.ReliabilityPlot;
import org.speechemotion.report.RiskCoveragePlot;
import org.speechemotion.report.RunResult;
import org.speechemotion.report.SideResult;
import org.speechemotion.report.TrainingPlot;
import org.speechemotion.report.Verdict;
import org.speechemotion.report.figure.Markup;
import org.speechemotion.settings.FlatSettings;
import org.speechemotion.train.EpochReport;

/** The HTML page of a run or of an evaluation. Everything but the results of the sides is optional. */
public final class RunPage {
    private final String title;
    private final List<SideResult> sides;
    private final List<Markup> curves;
    private List<PlayableError> errors = List.of();
    private Map<String, String> facts = Map.of();
    private Optional<EmbeddingPlot> embeddings = Optional.empty();
    private Optional<String> warning = Optional.empty();
    private Rejections rejections = Rejections.NONE;
    private List<SideResult> folds = List.of();
    private String settings = "";

    /**
     * Creates the page of a run.
     *
     * @param title the title, which names the run
     * @param result the result of the run
     * @param history the reports of all epochs in order
     */
    public RunPage(String title, RunResult result, List<EpochReport> history) {
        this(title, result.sides(), curves(result, history));
    }

    /**
     * Creates the page of an evaluation or a cross-validation, which has no training curves.
     *
     * @param title the title, which names the model or the run
     */
    public RunPage(String title, SideResult side) {
        this(title, List.of(side), List.of());
    }

    private RunPage(String title, List<SideResult> sides, List<Markup> curves) {
        this.title = title;
        this.sides = sides;
        this.curves = curves;
    }

    /** Adds the most confident errors on the last side, which represents the run. */
    public RunPage withErrors(List<PlayableError> mostConfident) {
        errors = List.copyOf(mostConfident);
        return this;
    }

    /** Adds facts about the run below its title: names and values, in the order of the map. */
    public RunPage withFacts(Map<String, String> namesAndValues) {
        facts = namesAndValues;
        return this;
    }

    /** Adds maps of the clips of the side that represents the run. */
    public RunPage withEmbeddings(EmbeddingPlot map) {
        embeddings = Optional.of(map);
        return this;
    }

    /** Adds the table of the folds of a cross-validation. */
    public RunPage withFolds(List<SideResult> results) {
        folds = List.copyOf(results);
        return this;
    }

    /** Adds a warning above the figures. */
    public RunPage withWarning(Optional<String> text) {
        warning = text;
        return this;
    }

    /** Adds the reasons why files of the catalog were rejected. */
    public RunPage withRejections(Rejections reasons) {
        rejections = reasons;
        return this;
    }

    /** Adds all settings as HOCON. */
    public RunPage withSettings(String hocon) {
        settings = hocon;
        return this;
    }

    /** Returns the page as self-contained HTML that is well-formed XML. */
    public String render() {
        return Document.render(title, main());
    }

    private Markup main() {
        Markup main = Markup.of("main").add(header());
        warning.ifPresent(
                text -> main.add(Markup.of("p", text).with("id", "warning").with("role", "alert")));
        if (!rejections.groups().isEmpty()) {
            main.add(rejected());
        }
        // The side that represents the run comes first.
        for (int i = sides.size() - 1; i >= 0; i--) {
            main.add(Headline.of(sides.get(i)));
        }
        main.add(Markup.of("div").with("class", "figures").add(figures()));
        main.add(Glossary.of());
        if (!settings.isEmpty()) {
            main.add(settings());
        }
        return main;
    }

    private Markup header() {
        Markup header = Markup.of("header").add(Markup.of("h1", title));
        shown().ifPresent(side -> header.add(Markup.of("p", Verdict.of(side)).with("class", "verdict")));
        return header.add(pairs("facts", facts));
    }

    private static Markup pairs(String id, Map<String, String> values) {
        Markup list = Markup.of("dl").with("id", id);
        values.forEach((name, value) -> list.add(Markup.of("div").add(Markup.of("dt", name), Markup.of("dd", value))));
        return list;
    }

    private Markup rejected() {
        List<String> lines = rejections.lines();
        Markup list = Markup.of("ul");
        lines.subList(1, lines.size()).forEach(line -> list.add(Markup.of("li", line.strip())));
        return Markup.of("section").with("id", "rejected").add(Markup.of("p", lines.get(0)), list);
    }

    private Optional<SideResult> shown() {
        return sides.isEmpty() ? Optional.empty() : Optional.of(sides.get(sides.size() - 1));
    }

    private List<Markup> figures() {
        List<Markup> figures = new ArrayList<>(curves);
        shown().ifPresent(side -> figures.addAll(figures(side)));
        return figures;
    }

    private static List<Markup> curves(RunResult result, List<EpochReport> history) {
        String sides = "train and validation sides";
        return List.of(
                Block.of(
                        "recall",
                        "UAR by epoch",
                        sides,
                        TrainingPlot.recall(history, result.kept()).toMarkup()),
                Block.of(
                        "loss",
                        "Loss by epoch",
                        sides,
                        TrainingPlot.loss(history, result.kept()).toMarkup()));
    }

    private List<Markup> figures(SideResult side) {
        String name = side.title();
        List<Markup> figures = new ArrayList<>(List.of(
                Block.of(
                        "confusion",
                        "Confusion matrix",
                        name,
                        ConfusionPlot.of(side.evaluation().matrix()),
                        "A row for each true emotion, a column for each predicted one: the share of the row above the"
                                + " count."),
                Block.of(
                        "classes",
                        "Recall and precision",
                        name,
                        ClassScoresPlot.of(side.evaluation().matrix()),
                        "Recall is the share of an emotion's clips that are recognised; precision is the share of the"
                                + " predictions of an emotion that are right."),
                Block.of(
                        "reliability",
                        "Reliability",
                        name,
                        ReliabilityPlot.of(side),
                        "Where a bar ends on the diagonal, confidence and accuracy agree."),
                Block.of("risk-coverage", "Risk and coverage", name, RiskCoveragePlot.of(side), accuracies(side))));
        embeddings.ifPresent(map -> {
            String note = "Clips with similar embeddings are close together.";
            figures.add(Block.of("embeddings-emotion", "Clips by emotion", name, map.byEmotion(), note));
            figures.add(Block.of(
                    "embeddings-speaker",
                    "Clips by speaker",
                    name,
                    map.bySpeaker(),
                    note + " Clusters of one speaker mean that the network distinguishes voices, not only emotions."));
        });
        if (!folds.isEmpty()) {
            figures.add(FoldTable.of(folds));
        }
        figures.add(SpeakerTable.of(side));
        // Without a list of errors, the block would claim that there are none.
        if (!errors.isEmpty()
                || side.predictions().stream()
                        .allMatch(one -> one.label() == one.example().label())) {
            figures.add(ErrorList.of(name, errors));
        }
        return figures;
    }

    private static String accuracies(SideResult side) {
        return RiskCoveragePlot.COVERAGES.stream()
                .map(coverage -> "%s of the most confident %.0f %%"
                        .formatted(Percent.of(side.calibrated().riskCoverage().accuracyAt(coverage)), 100 * coverage))
                .collect(Collectors.joining(", ", "Accuracy: ", "."));
    }

    private Markup settings() {
        SortedMap<String, String> changed = FlatSettings.changed(settings);
        Markup block =
                Markup.of("details").with("id", "settings").with("open", "open").add(Markup.of("summary", "Settings"));
        block.add(Block.note(changed.isEmpty() ? "All settings are the defaults." : "These differ from the defaults:"));
        return block.add(
                pairs("changed", changed),
                Markup.of("details").add(Markup.of("summary", "All settings"), Markup.of("pre", settings)));
    }
}
