package org.speechemotion.asr;

import java.io.Serializable;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Decodes the outputs of a CTC model: greedily, or by a beam search that may have a language model. It is thread-safe. */
public final class CtcDecoder implements Serializable {
    private static final long serialVersionUID = 1L;

    private final CtcVocabulary vocabulary;
    private final int beamWidth;
    /** Null without a language model, because an Optional cannot be serialised. */
    private final WordScorer scorer;

    /**
     * @param beamWidth the number of label sequences that a beam search keeps; 1 for greedy decoding
     * @param scorer scores words in a beam search
     * @throws IllegalArgumentException if the tokens cannot write a single word of the language model
     */
    public CtcDecoder(CtcVocabulary vocabulary, int beamWidth, Optional<WordScorer> scorer) {
        this.vocabulary = vocabulary;
        this.beamWidth = beamWidth;
        this.scorer = scorer.orElse(null);
        scorer.ifPresent(words -> requireSpelling(vocabulary, words.model().words()));
    }

    private static void requireSpelling(CtcVocabulary vocabulary, Set<String> words) {
        Set<Integer> characters = IntStream.range(0, vocabulary.size())
                .mapToObj(vocabulary::text)
                .filter(token -> token.codePointCount(0, token.length()) == 1 || !token.matches("[<\\[].*"))
                .flatMap(token -> token.codePoints().boxed())
                .collect(Collectors.toSet());
        if (words.stream()
                .noneMatch(word -> !word.startsWith("<") && word.codePoints().allMatch(characters::contains))) {
            throw new IllegalArgumentException("asr.language-model has no word that the tokens of the model in asr.path"
                    + " can write; allowed: a language model with the same letters, in the same case");
        }
    }

    /** Begins a recording. */
    public Decoding begin() {
        return new Decoding(
                beamWidth == 1
                        ? new GreedySearch(vocabulary)
                        : new PrefixBeamSearch(vocabulary, beamWidth, Optional.ofNullable(scorer)));
    }

    /** The decoding of one recording. Its memory grows with the text, not with the frames. It is not thread-safe. */
    public final class Decoding {
        private final CtcSearch search;

        private Decoding(CtcSearch search) {
            this.search = search;
        }

        /**
         * Accepts the next frame.
         *
         * @param logits finite outputs of the model before the softmax, {@code [tokens]}; they are not modified
         */
        public void accept(float[] logits) {
            search.accept(logits);
        }

        /**
         * Returns the transcript of the frames so far.
         *
         * @param secondsPerFrame the hop from one frame to the next, in s
         */
        public Transcript transcript(double secondsPerFrame) {
            return vocabulary.transcript(search.best(), secondsPerFrame);
        }
    }
}
