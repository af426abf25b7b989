package org.speechemotion.metrics;

import org.speechemotion.corpus.Emotion;

/**
 * The scores of one emotion against all others. A ratio whose denominator is 0 is 0.
 *
 * @param precision the share of the clips predicted as this emotion whose true emotion it is
 * @param recall the share of this emotion's clips that were predicted as it
 * @param f1 the harmonic mean of precision and recall
 * @param support the number of clips whose true emotion it is
 */
public record ClassScores(Emotion emotion, double precision, double recall, double f1, long support) {
    static ClassScores of(ConfusionMatrix matrix, Emotion emotion) {
        long support = 0;
        long predicted = 0;
        for (Emotion other : matrix.emotions()) {
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
