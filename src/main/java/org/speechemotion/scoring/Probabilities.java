package org.speechemotion.scoring;

import org.speechemotion.corpus.Emotion;

/**
 * A distribution over the emotions.
 *
 * @param values one for each emotion in label order, summing to 1; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // a part of a row on its way out: compared by nobody
public record Probabilities(float[] values) {
    /** The answer that is none. */
    public static final String UNCERTAIN = "uncertain";

    /** The likeliest emotion, the first in label order of equals. */
    public Emotion emotion() {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            if (values[i] > values[best]) {
                best = i;
            }
        }
        return Emotion.ofLabel(best);
    }

    /** The likeliest emotion's probability. */
    public float confidence() {
        return values[emotion().label()];
    }

    /** The likeliest emotion's id, or {@value #UNCERTAIN} where its probability is below what is asked for. */
    public String answer(double abstainBelow) {
        return confidence() < abstainBelow ? UNCERTAIN : emotion().id();
    }

    /** Shannon's entropy, in bits: 0 where one emotion is certain, 3 where all eight are alike. */
    public double entropyBits() {
        double entropy = 0;
        for (float value : values) {
            entropy -= value > 0 ? value * Math.log(value) / Math.log(2) : 0;
        }
        return entropy;
    }
}
