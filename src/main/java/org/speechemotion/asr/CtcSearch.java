package org.speechemotion.asr;

import java.util.List;

/** A search for the label sequence of one recording. It accepts the outputs of a CTC model frame by frame. It is not thread-safe. */
sealed interface CtcSearch permits GreedySearch, PrefixBeamSearch {

    /**
     * Accepts the next frame.
     *
     * @param logits finite outputs of the model before the softmax, {@code [tokens]}; they are not modified
     */
    void accept(float[] logits);

    /** Returns the best label sequence of the frames so far, without blanks. */
    List<CtcToken> best();

    /** Returns the natural logarithm of the sum of the exponentials, which turns logits into log-probabilities. */
    static double logSumExp(float[] logits) {
        double max = Double.NEGATIVE_INFINITY;
        for (float logit : logits) {
            max = Math.max(max, logit);
        }
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit - max);
        }
        return max + Math.log(sum);
    }

    /** Returns the natural logarithm of the sum of two probabilities that are given by their logarithms. */
    static double logAdd(double a, double b) {
        double greater = Math.max(a, b);
        return greater == Double.NEGATIVE_INFINITY ? greater : greater + Math.log1p(Math.exp(Math.min(a, b) - greater));
    }
}
