package org.speechemotion.report.html;

import java.util.Map;
import java.util.TreeMap;
import org.speechemotion.report.figure.Markup;

/** The terms of the page in a sentence each. */
final class Glossary {
    private static final Map<String, String> TERMS = new TreeMap<>(Map.of(
            "UAR",
            "Unweighted average recall, also called balanced accuracy: the share of an emotion's clips that are"
                    + " recognised, averaged over the emotions that have clips. Frequent emotions count no more than rare"
                    + " ones.",
            "Chance",
            "The UAR that guessing reaches: one divided by the number of emotions that have clips.",
            "95 % interval",
            "The range in which the score of other speakers like these is expected. It is computed over speakers,"
                    + " because the clips of one speaker are similar.",
            "ECE",
            "Expected calibration error: the mean difference between confidence and accuracy. Of the clips with a"
                    + " confidence of 70 %, a calibrated model predicts 70 % correctly, and its ECE is 0.",
            "Brier score",
            "The mean squared distance between the probabilities and the truth, from 0 (certain and correct) to 2"
                    + " (certain and wrong).",
            "Temperature",
            "A number that the network's outputs are divided by before they become probabilities. Above 1 it makes"
                    + " them less certain. It is fitted on the validation side, shrunk towards 1 by the number of clips,"
                    + " and never changes which emotion is the likeliest.",
            "Risk and coverage",
            "The share of errors (risk) if only the most confident clips are answered, as a function of"
                    + " the share of clips that are answered (coverage).",
            "Train, validation, test side",
            "Every speaker is on one side. The network learns from the train side; epochs and the temperature are"
                    + " chosen on the validation side, which then helps to train the model anew, unless training.refit forbids it; the test side"
                    + " is predicted once, after every choice."));

    private Glossary() {}

    static Markup of() {
        Markup list = Markup.of("dl").with("class", "terms");
        TERMS.forEach((term, text) -> list.add(Markup.of("div").add(Markup.of("dt", term), Markup.of("dd", text))));
        return Markup.of("details").with("id", "glossary").add(Markup.of("summary", "Glossary"), list);
    }
}
