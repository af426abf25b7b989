package org.speechemotion.asr;

import java.io.Serializable;

/**
 * Scores words for a beam search (shallow fusion): the log-probability of a language model, weighted, and a bonus for each
 * word, which offsets that a language model favours few words.
 *
 * @param model the language model
 * @param weight the factor on its natural log-probabilities, at least 0
 * @param bonus the bonus of each word, added to natural log-probabilities
 */
public record WordScorer(NgramModel model, double weight, double bonus) implements Serializable {
    private static final double LN_10 = Math.log(10);

    public WordScorer {
        if (!(weight >= 0 && weight <= 100) || !(Math.abs(bonus) <= 100)) {
            throw new IllegalArgumentException("asr.language-model-weight is " + weight + " and asr.word-bonus is "
                    + bonus + "; allowed: a weight from 0 to 100 and a bonus from -100 to 100");
        }
    }

    int[] start() {
        return model.start();
    }

    int[] next(int[] context, String word) {
        return model.next(context, word);
    }

    double score(int[] context, String word) {
        return weight * LN_10 * model.log10(context, word) + bonus;
    }

    double end(int[] context) {
        return weight * LN_10 * model.end(context);
    }
}
