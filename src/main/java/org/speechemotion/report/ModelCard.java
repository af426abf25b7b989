package org.speechemotion.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.speechemotion.metrics.ClassScores;
import org.speechemotion.metrics.Evaluation;
import org.speechemotion.metrics.Interval;
import org.speechemotion.metrics.ScoreIntervals;
import org.speechemotion.metrics.Scores;
import org.speechemotion.model.BundleManifest;

/**
 * The file {@code MODEL_CARD.md} of a model: its data, split, figures, intended use and limits, in the form of Mitchell et al.,
 * <i>Model Cards for Model Reporting</i> (2019).
 */
public final class ModelCard {
    public static final String FILE = "MODEL_CARD.md";

    private static final String USE =
            """

            ## Intended use

            Research, and statistics over many recordings that resemble the training data. An answer is a guess about how a voice
            sounds, not about how a person feels.

            ## It must not be used

            - to infer the emotions of people **at work or in education**: the European Union prohibits that, except for medical or
              safety reasons (AI Act, Regulation (EU) 2024/1689, Article 5(1)(f));
            - to judge, select, rank or monitor individual people, or for any decision about a person without a person;
            - without telling the people concerned: outside the prohibition, emotion recognition is a high-risk use, with duties of
              its own (Article 6 with Annex III, Article 50(3)).

            ## Limits

            - The figures hold for speakers and recordings like those of the test side. Other languages, ages, microphones, noise,
              telephone lines and spontaneous speech were measured only if a corpus above has them.
            - Acted speech is more distinct than everyday speech, so a model of acted speech does worse on everyday speech.
            - Confidence is calibrated on the validation side and can be wrong elsewhere. Measure the model on labelled recordings of
              your own before you rely on it: `emotion evaluate model=… corpora.manifest.path=…`.
            - A licence on the training data may restrict the use of the model.
            """;

    private ModelCard() {}

    /**
     * Returns the card.
     *
     * @param manifest the manifest of the model
     * @param sides the results of the sides with clips
     */
    public static String of(BundleManifest manifest, List<SideResult> sides) {
        StringBuilder card = new StringBuilder("# Model card\n\n");
        card.append("| | |\n|---|---|\n");
        row(card, "model", manifest.modelId());
        row(card, "trained", manifest.created());
        row(card, "code", "speech-emotion-spark, commit " + manifest.gitCommit());
        row(card, "input", "speech at " + manifest.sampleRate() + " Hz, encoded by " + manifest.encoder());
        row(card, "answers", String.join(", ", manifest.labels()));
        Object trained = manifest.metrics().get(BundleManifest.TRAINED_EMOTIONS);
        if (trained instanceof List<?> emotions
                && emotions.size() < manifest.labels().size()) {
            row(
                    card,
                    "trained on",
                    emotions.stream().map(Object::toString).collect(Collectors.joining(", ")) + " only");
        }
        row(card, "temperature", String.format(Locale.ROOT, "%.3f", manifest.temperature()));
        row(card, "settings", "`settings` in `model.json`");
        data(card, manifest);
        figures(card, sides);
        return card.append(USE).toString();
    }

    private static void data(StringBuilder card, BundleManifest manifest) {
        card.append("\n## Data\n\nWhole speakers are on one side. Clips by corpus:\n\n");
        List<String> names = List.of("train", "validation", "test");
        row(card, "corpus", names.toArray(String[]::new));
        card.append("|---|---|---|---|\n");
        manifest.clips()
                .forEach((corpus, clips) -> row(
                        card,
                        corpus,
                        names.stream()
                                .map(side -> Long.toString(clips.getOrDefault(side, 0L)))
                                .toArray(String[]::new)));
        Map<String, Long> speakers = manifest.split().values().stream()
                .collect(Collectors.groupingBy(side -> side, TreeMap::new, Collectors.counting()));
        row(
                card,
                "speakers",
                names.stream()
                        .map(side -> Long.toString(speakers.getOrDefault(side, 0L)))
                        .toArray(String[]::new));
    }

    private static void figures(StringBuilder card, List<SideResult> sides) {
        if (sides.isEmpty()) {
            card.append(
                    "\n## Figures\n\nNo clips were held out, so nothing is known about the quality of this model.\n");
            return;
        }
        SideResult shown = sides.get(sides.size() - 1);
        card.append("\n## Figures\n\n").append(Verdict.of(shown)).append("\n\n");
        if (shown.side().equals("validation")) {
            card.append("There is no test side, and the validation side influenced decisions: the figures are"
                    + " optimistic.\n\n");
        }
        row(card, "side", "UAR", "95 % interval", "chance", "accuracy", "macro F1", "ECE");
        card.append("|---|---|---|---|---|---|---|\n");
        for (SideResult side : sides) {
            Evaluation evaluation = side.evaluation();
            Scores scores = evaluation.scores();
            Optional<Interval> interval = evaluation.intervals().map(ScoreIntervals::unweightedAverageRecall);
            row(
                    card,
                    side.side(),
                    Percent.of(scores.unweightedAverageRecall()),
                    Percent.of(interval),
                    Percent.of(Chance.of(evaluation.matrix())),
                    Percent.of(scores.accuracy()),
                    Percent.of(scores.macroF1()),
                    String.format(Locale.ROOT, "%.3f", side.calibrated().expectedCalibrationError()));
        }
        card.append("\n");
        row(card, shown.side() + " side", "clips", "recall", "precision");
        card.append("|---|---|---|---|\n");
        for (ClassScores one : shown.evaluation().scores().classes()) {
            if (one.support() > 0) {
                row(
                        card,
                        one.emotion().id(),
                        Long.toString(one.support()),
                        Percent.of(one.recall()),
                        Percent.of(one.precision()));
            }
        }
    }

    private static void row(StringBuilder card, String name, String... values) {
        card.append("| ")
                .append(name)
                .append(" | ")
                .append(String.join(" | ", values))
                .append(" |\n");
    }
}
