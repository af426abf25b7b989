package org.speechemotion.spark.training;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.speechemotion.corpus.Clip;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.metrics.LabelMap;
import org.speechemotion.model.ModelBundle;
import org.speechemotion.report.CrossCorpusPlot;
import org.speechemotion.report.CrossCorpusTable;
import org.speechemotion.report.MetricsJson;
import org.speechemotion.report.PredictionTable;
import org.speechemotion.report.RunFigures;
import org.speechemotion.report.html.CrossCorpusPage;
import org.speechemotion.spark.catalog.CatalogClips;
import org.speechemotion.spark.clips.ClipPipeline;
import org.speechemotion.spark.clips.FrameSource;
import org.speechemotion.spark.clips.OnTheFlyFrames;
import org.speechemotion.spark.clips.RunEncoder;
import org.speechemotion.split.Side;
import org.speechemotion.train.Example;
import org.speechemotion.train.RunFolder;

/**
 * Trains on some of several corpora at a time and tests each model on all of them: on whole corpora that it was not trained on,
 * and on the held-out speakers of those that it was trained on. Each training is a complete run in its own folder.
 */
public final class CrossCorpus {
    /**
     * The settings of the evaluation.
     *
     * @param trainings the sets of corpora that are trained on
     * @param labels the emotions that count as others in every test
     */
    public record Settings(List<Training> trainings, LabelMap labels) {
        public Settings {
            trainings = List.copyOf(trainings);
            if (trainings.isEmpty()) {
                throw new IllegalArgumentException("cross-corpus.trainings is empty; allowed: each, all-but-one, all");
            }
        }
    }

    /** The sets of corpora that are trained on. */
    public enum Training {
        /** Each corpus alone. */
        EACH,
        /** All corpora but one, for each of them. */
        ALL_BUT_ONE,
        /** All corpora together. */
        ALL;

        /** Returns the corpora of each training by the name of its folder. */
        Map<String, Set<String>> of(Set<String> corpora) {
            Map<String, Set<String>> sets = new TreeMap<>();
            if (this == ALL) {
                return Map.of("all", corpora);
            }
            for (String corpus : corpora) {
                Set<String> others = new TreeSet<>(corpora);
                others.remove(corpus);
                if (this == EACH) {
                    sets.put(corpus, Set.of(corpus));
                } else {
                    sets.put("all-but-" + corpus, others);
                }
            }
            return sets;
        }
    }

    private final SparkSession session;
    private final RunSettings run;
    private final Settings settings;
    private final RunFolder folder;
    private final Consumer<String> console;

    /**
     * Prepares the evaluation.
     *
     * @param run the settings of every training
     * @param folder the folder of the results, with a folder for each training
     * @param console the consumer of lines about the progress
     */
    public CrossCorpus(
            SparkSession session, RunSettings run, Settings settings, RunFolder folder, Consumer<String> console) {
        this.session = session;
        this.run = run;
        this.settings = settings;
        this.folder = folder;
        this.console = console;
    }

    /**
     * Trains, tests and writes the results.
     *
     * @param clips the clips of all corpora
     * @throws IllegalArgumentException if there are fewer than two corpora, a recording is in two of them, or two of them
     *     share fewer than two emotions
     */
    public CrossCorpusTable run(CatalogClips clips) throws IOException {
        return folder.withLock(() -> train(clips));
    }

    private CrossCorpusTable train(CatalogClips clips) throws IOException {
        Map<String, List<Example>> corpora = corpora(clips.all());
        Map<String, Set<String>> trainings = trainings(corpora.keySet());
        requireComparable(corpora, trainings, settings.labels());
        folder.writeConfig(run.source().resolved());
        List<CrossCorpusTable.Cell> cells = new ArrayList<>();
        Map<String, List<String>> notes = new LinkedHashMap<>();
        for (Map.Entry<String, Set<String>> training : trainings.entrySet()) {
            ModelBundle model = model(training.getKey(), clips.within(training.getValue()), training.getValue());
            test(training.getKey(), training.getValue(), model, corpora, cells, notes);
        }
        CrossCorpusTable table =
                new CrossCorpusTable(List.copyOf(trainings.keySet()), List.copyOf(corpora.keySet()), cells);
        write(table, notes);
        return table;
    }

    private Map<String, Set<String>> trainings(Set<String> corpora) {
        Map<String, Set<String>> trainings = new LinkedHashMap<>();
        for (Training kind : settings.trainings()) {
            // Of two corpora, all but one are a single one, which may be trained on already.
            kind.of(corpora).forEach((name, set) -> {
                if (!trainings.containsValue(set)) {
                    trainings.put(name, set);
                }
            });
        }
        return trainings;
    }

    /** Returns the clips of each corpus, and checks that no recording is in two of them. */
    static Map<String, List<Example>> corpora(List<Example> clips) {
        Map<String, List<Example>> corpora = clips.stream()
                .collect(Collectors.groupingBy(
                        clip -> Clip.corpusOf(clip.speakerId()), TreeMap::new, Collectors.toList()));
        if (corpora.size() < 2) {
            throw new IllegalArgumentException("there are clips of the corpora " + corpora.keySet()
                    + " only; at least two are needed: add cross-corpus.corpora.<name>=<manifest.csv>, or"
                    + " corpora.<corpus>.path=…");
        }
        Map<String, Example> firstOfHash = new HashMap<>();
        for (Example clip : clips) {
            Example first = firstOfHash.putIfAbsent(clip.contentSha256(), clip);
            if (first != null && !Clip.corpusOf(first.speakerId()).equals(Clip.corpusOf(clip.speakerId()))) {
                throw new IllegalArgumentException("the same recording is in two corpora: %s (%s) and %s (%s)"
                        .formatted(first.path(), first.speakerId(), clip.path(), clip.speakerId()));
            }
        }
        return corpora;
    }

    /** Checks before any training that each model shares enough emotions with each corpus that it is tested on. */
    static void requireComparable(
            Map<String, List<Example>> corpora, Map<String, Set<String>> trainings, LabelMap labels) {
        trainings.forEach((name, trained) -> {
            Set<Emotion> emotions = trained.stream()
                    .flatMap(corpus -> corpora.get(corpus).stream())
                    .map(clip -> clip.emotion())
                    .collect(Collectors.toSet());
            corpora.forEach((corpus, clips) -> {
                try {
                    CorpusEvaluation.Shared.of(emotions, clips, labels, corpus);
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException("training " + name + ": " + e.getMessage(), e);
                }
            });
        });
    }

    private ModelBundle model(String name, CatalogClips clips, Set<String> corpora) throws IOException {
        RunFolder own = new RunFolder(folder.path().getParent(), folder.label(), name, folder.isResumed());
        new TrainingRun(session, run.within(corpora), own, line -> say("training " + name + ": " + line)).run(clips);
        return ModelBundle.read(own.model());
    }

    private void test(
            String training,
            Set<String> trained,
            ModelBundle model,
            Map<String, List<Example>> corpora,
            List<CrossCorpusTable.Cell> cells,
            Map<String, List<String>> notes) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
        Map<String, String> split = model.manifest().split();
        try (RunEncoder encoder =
                new RunEncoder(context, run.frames().encoder(), run.frames().distributeEncoder())) {
            FrameSource frames = new OnTheFlyFrames(
                    new ClipPipeline(run.frames().audio(), encoder.everywhere(), context.hadoopConfiguration())
                            .requiring(model.manifest().encoderFingerprint()),
                    run.training().cacheMegabytes());
            corpora.forEach((corpus, all) -> {
                boolean heldOut = trained.contains(corpus);
                List<Example> clips = all.stream()
                        .filter(clip -> !heldOut || Side.TEST.id().equals(split.get(clip.speakerId())))
                        .toList();
                String name = training + " to " + corpus;
                if (clips.isEmpty()) {
                    say(name + ": no speaker is held out");
                    return;
                }
                CorpusEvaluation evaluation = CorpusEvaluation.of(
                        context,
                        model,
                        name,
                        clips,
                        settings.labels(),
                        frames,
                        run.training().batchSize());
                say(name + (heldOut ? " (held-out speakers): " : ": ") + evaluation.line());
                notes.put(name, evaluation.notes());
                cells.add(new CrossCorpusTable.Cell(training, corpus, heldOut, evaluation.result()));
            });
        }
    }

    private void write(CrossCorpusTable table, Map<String, List<String>> notes) throws IOException {
        folder.write("results.csv", table.csv());
        folder.write("metrics.json", MetricsJson.render(table.metrics()));
        folder.write(
                "predictions.csv",
                PredictionTable.csv(table.cells().stream()
                        .map(CrossCorpusTable.Cell::result)
                        .toList()));
        new RunFigures(Map.of("cross-corpus", CrossCorpusPlot.of(table)))
                .write(folder.path().resolve("figures"), this::say);
        folder.write("report.html", CrossCorpusPage.render(folder.experiment() + " / " + folder.label(), table, notes));
        say(table.text());
    }

    private void say(String line) {
        console.accept(line);
        folder.log(line);
    }
}
