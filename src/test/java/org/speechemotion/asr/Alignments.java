package org.speechemotion.asr;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The definition of CTC, by enumeration of every alignment: the second implementation that searches are compared with. */
final class Alignments {
    /** The alignments of one label sequence: their summed probability, and the most probable one. */
    static final class Sum {
        double probability;
        double best;
        int[] alignment;
    }

    private final double[][] probabilities;
    private final int blank;
    final Map<List<Integer>, Sum> sums = new HashMap<>();

    /** @param logits {@code [frames, tokens]} */
    Alignments(float[][] logits, int blank) {
        this.blank = blank;
        probabilities = new double[logits.length][];
        for (int t = 0; t < logits.length; t++) {
            probabilities[t] = softmax(logits[t]);
        }
        enumerate(new int[logits.length], 0, 1);
    }

    private static double[] softmax(float[] logits) {
        double[] exponentials = new double[logits.length];
        double sum = 0;
        for (int i = 0; i < logits.length; i++) {
            exponentials[i] = Math.exp(logits[i]);
            sum += exponentials[i];
        }
        for (int i = 0; i < logits.length; i++) {
            exponentials[i] /= sum;
        }
        return exponentials;
    }

    private void enumerate(int[] alignment, int frame, double probability) {
        if (frame == alignment.length) {
            Sum sum = sums.computeIfAbsent(labels(alignment), absent -> new Sum());
            sum.probability += probability;
            if (probability > sum.best) {
                sum.best = probability;
                sum.alignment = alignment.clone();
            }
            return;
        }
        for (int id = 0; id < probabilities[frame].length; id++) {
            alignment[frame] = id;
            enumerate(alignment, frame + 1, probability * probabilities[frame][id]);
        }
    }

    private List<Integer> labels(int[] alignment) {
        List<Integer> labels = new ArrayList<>();
        int last = blank;
        for (int id : alignment) {
            if (id != last && id != blank) {
                labels.add(id);
            }
            last = id;
        }
        return labels;
    }

    /** Returns the sequence with the greatest sum of its log-probability and its score. */
    List<Integer> best(ToDoubleFunction<List<Integer>> score) {
        return sums.entrySet().stream()
                .max((a, b) -> Double.compare(
                        Math.log(a.getValue().probability) + score.applyAsDouble(a.getKey()),
                        Math.log(b.getValue().probability) + score.applyAsDouble(b.getKey())))
                .orElseThrow()
                .getKey();
    }

    /** The tokens of the most probable alignment of a sequence. */
    List<CtcToken> aligned(List<Integer> labels) {
        int[] alignment = sums.get(labels).alignment;
        List<CtcToken> tokens = new ArrayList<>();
        for (int t = 0; t < alignment.length; t++) {
            int id = alignment[t];
            if (id == blank) {
                continue;
            }
            float logProbability = (float) Math.log(probabilities[t][id]);
            if (t > 0 && alignment[t - 1] == id) {
                CtcToken begun = tokens.remove(tokens.size() - 1);
                tokens.add(new CtcToken(id, begun.start(), t + 1, Math.max(begun.logProbability(), logProbability)));
            } else {
                tokens.add(new CtcToken(id, t, t + 1, logProbability));
            }
        }
        return tokens;
    }
}
