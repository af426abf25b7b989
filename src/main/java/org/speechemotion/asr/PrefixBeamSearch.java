package org.speechemotion.asr;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Prefix beam search: sums the probabilities of all alignments of a label sequence, and keeps the best sequences of each frame
 * (Hannun et al., arXiv 1408.2873, algorithm 1). With a beam that is wide enough, the result is the most probable sequence.
 * The times of the tokens are those of the most probable alignment among the ones that the beam has seen.
 */
final class PrefixBeamSearch implements CtcSearch {
    /** The natural logarithm of the probability below which a token does not extend a prefix, 6e-6. */
    private static final double MIN_LOG_PROBABILITY = -12;

    private static final Comparator<Hypothesis> BEST_FIRST = Comparator.<Hypothesis>comparingDouble(
                    hypothesis -> hypothesis.score)
            .reversed();

    private final CtcVocabulary vocabulary;
    private final int beamWidth;
    private final Optional<WordScorer> scorer;
    private List<Hypothesis> beam;
    private int frame;

    /**
     * Begins a recording.
     *
     * @param beamWidth the number of label sequences that are kept, at least 1
     * @param scorer scores the words of a sequence, if there is a language model
     */
    PrefixBeamSearch(CtcVocabulary vocabulary, int beamWidth, Optional<WordScorer> scorer) {
        this.vocabulary = vocabulary;
        this.beamWidth = beamWidth;
        this.scorer = scorer;
        Hypothesis empty = new Hypothesis(Prefix.empty(scorer));
        empty.addBlank(0, new Path(0, null));
        beam = List.of(empty);
    }

    @Override
    public void accept(float[] logits) {
        double total = CtcSearch.logSumExp(logits);
        double blank = logits[vocabulary.blank()] - total;
        Map<Prefix, Hypothesis> next = new LinkedHashMap<>();
        for (Hypothesis hypothesis : beam) {
            Prefix prefix = hypothesis.prefix;
            double either = hypothesis.logProbability();
            Path path = hypothesis.path();
            hypothesis(next, prefix).addBlank(either + blank, path.plus(blank));
            if (!prefix.isEmpty()) {
                double repeated = logits[prefix.token()] - total;
                hypothesis(next, prefix)
                        .addToken(hypothesis.endingInToken + repeated, hypothesis.tokenPath.repeated(repeated, frame));
            }
            for (int id = 0; id < logits.length; id++) {
                double extended = logits[id] - total;
                if (id == vocabulary.blank() || extended < MIN_LOG_PROBABILITY) {
                    continue;
                }
                // Without a blank in between, the same token would be a repetition.
                boolean doubled = !prefix.isEmpty() && id == prefix.token();
                Path before = doubled ? hypothesis.blankPath : path;
                double probability = doubled ? hypothesis.endingInBlank : either;
                if (probability > Double.NEGATIVE_INFINITY) {
                    hypothesis(next, prefix.plus(id, vocabulary, scorer))
                            .addToken(probability + extended, before.extended(id, extended, frame));
                }
            }
        }
        List<Hypothesis> ranked = new ArrayList<>(next.values());
        ranked.forEach(Hypothesis::rate);
        ranked.sort(BEST_FIRST);
        beam = List.copyOf(ranked.subList(0, Math.min(beamWidth, ranked.size())));
        frame++;
    }

    private static Hypothesis hypothesis(Map<Prefix, Hypothesis> all, Prefix prefix) {
        return all.computeIfAbsent(prefix, Hypothesis::new);
    }

    @Override
    public List<CtcToken> best() {
        Hypothesis best = beam.get(0);
        double max = Double.NEGATIVE_INFINITY;
        for (Hypothesis hypothesis : beam) {
            double score = hypothesis.logProbability() + hypothesis.prefix.finalScore(vocabulary, scorer);
            if (score > max) {
                max = score;
                best = hypothesis;
            }
        }
        Deque<CtcToken> labels = new ArrayDeque<>();
        for (Aligned token = best.path().last; token != null; token = token.previous) {
            labels.addFirst(token.label);
        }
        return List.copyOf(labels);
    }

    /** A prefix, with the log-probabilities of its alignments that end in a blank and in its last token. */
    private static final class Hypothesis {
        private final Prefix prefix;
        private double endingInBlank = Double.NEGATIVE_INFINITY;
        private double endingInToken = Double.NEGATIVE_INFINITY;
        private Path blankPath = Path.NONE;
        private Path tokenPath = Path.NONE;
        private double score;

        Hypothesis(Prefix prefix) {
            this.prefix = prefix;
        }

        void addBlank(double logProbability, Path path) {
            endingInBlank = CtcSearch.logAdd(endingInBlank, logProbability);
            blankPath = blankPath.better(path);
        }

        void addToken(double logProbability, Path path) {
            endingInToken = CtcSearch.logAdd(endingInToken, logProbability);
            tokenPath = tokenPath.better(path);
        }

        double logProbability() {
            return CtcSearch.logAdd(endingInBlank, endingInToken);
        }

        /** Computes the score once for all comparisons. */
        void rate() {
            score = logProbability() + prefix.score();
        }

        Path path() {
            return tokenPath.better(blankPath);
        }
    }

    /** The most probable alignment of a prefix, and its log-probability. */
    private record Path(double logProbability, Aligned last) {
        static final Path NONE = new Path(Double.NEGATIVE_INFINITY, null);

        Path better(Path other) {
            return other.logProbability > logProbability ? other : this;
        }

        Path plus(double more) {
            return new Path(logProbability + more, last);
        }

        Path repeated(double more, int frame) {
            if (last == null) {
                return NONE;
            }
            CtcToken label = last.label;
            return new Path(
                    logProbability + more,
                    new Aligned(
                            last.previous,
                            new CtcToken(label.id(), label.start(), frame + 1, Math.max(label.logProbability(), (float)
                                    more))));
        }

        Path extended(int id, double more, int frame) {
            return new Path(logProbability + more, new Aligned(last, new CtcToken(id, frame, frame + 1, (float) more)));
        }
    }

    /** A token of an alignment, and those before it. */
    private record Aligned(Aligned previous, CtcToken label) {}
}
