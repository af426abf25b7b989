package org.speechemotion.report;

import java.util.Arrays;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.metrics.Probabilities;
import org.speechemotion.train.ExampleBuilder;
import org.speechemotion.train.Trainer.Prediction;

/** Predictions that are made up. */
final class Predicted {
    private Predicted() {}

    /** The rest of the confidence is spread evenly. */
    static Prediction clip(String path, String speaker, Emotion truth, Emotion predicted, float confidence) {
        float[] probabilities = new float[EmotionSet.EIGHT.size()];
        Arrays.fill(probabilities, (1 - confidence) / (EmotionSet.EIGHT.size() - 1));
        probabilities[predicted.label()] = confidence;
        return of(path, speaker, truth, probabilities);
    }

    static Prediction of(String path, String speaker, Emotion truth, float... probabilities) {
        return new Prediction(
                ExampleBuilder.clip(path).speaker(speaker).emotion(truth).build(), new Probabilities(probabilities));
    }
}
