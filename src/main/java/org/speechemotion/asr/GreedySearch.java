package org.speechemotion.asr;

import java.util.ArrayList;
import java.util.List;

/**
 * Best-path decoding: the most probable token of each frame, without repetitions and blanks (Graves et al., 2006). Of equally
 * probable tokens the first one wins.
 */
final class GreedySearch implements CtcSearch {
    private final int blank;
    private final List<CtcToken> labels = new ArrayList<>();
    private int frame;
    private int last;

    GreedySearch(CtcVocabulary vocabulary) {
        blank = vocabulary.blank();
        last = blank;
    }

    @Override
    public void accept(float[] logits) {
        int best = 0;
        for (int id = 1; id < logits.length; id++) {
            if (logits[id] > logits[best]) {
                best = id;
            }
        }
        if (best != blank) {
            float logProbability = (float) (logits[best] - CtcSearch.logSumExp(logits));
            if (best == last) {
                CtcToken begun = labels.remove(labels.size() - 1);
                labels.add(
                        new CtcToken(best, begun.start(), frame + 1, Math.max(begun.logProbability(), logProbability)));
            } else {
                labels.add(new CtcToken(best, frame, frame + 1, logProbability));
            }
        }
        last = best;
        frame++;
    }

    @Override
    public List<CtcToken> best() {
        return List.copyOf(labels);
    }
}
