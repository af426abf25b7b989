package org.speechemotion.metrics;

import org.speechemotion.corpus.Emotion;

/**
 * One emotion against all others. A ratio with nothing below the line is 0.
 *
 * @param precision share of the clips taken for this emotion that are it
 * @param recall share of this emotion's clips that were taken for it
 * @param f1 harmonic mean of precision and recall
 * @param support how many clips have this emotion
 */
public record ClassScores(Emotion emotion, double precision, double recall, double f1, long support) {
    static ClassScores of(ConfusionMatrix matrix, Emotion emotion) {
        long support = 0;
        long predicted = 0;
        for (Emotion other : Emotion.values()) {
            support += matrix.count(emotion, other);
            predicted += matrix.count(other, emotion);
        }
        long correct = matrix.count(emotion, emotion);
        return new ClassScores(
                emotion,
                Scores.ratio(correct, predicted),
                Scores.ratio(correct, support),
                Scores.ratio(2 * correct, support + predicted),
                support);
    }
}
