package org.speechemotion.asr;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The tokens of a CTC model: the text that each of its outputs stands for. One token is the blank; tokens of white space
 * delimit words.
 */
public final class CtcVocabulary implements Serializable {
    private static final long serialVersionUID = 1L;
    /** The maximum number of tokens: many times that of any known character vocabulary. */
    public static final int MAX_SIZE = 1 << 16;

    private final List<String> tokens;
    private final int blank;

    /**
     * @param tokens the text of each output, in order
     * @param blank the index of the blank
     * @throws IllegalArgumentException if there are too few or too many tokens, or the blank is not among them
     */
    public CtcVocabulary(List<String> tokens, int blank) {
        if (tokens.size() < 2 || tokens.size() > MAX_SIZE) {
            throw new IllegalArgumentException(
                    "the vocabulary has " + tokens.size() + " tokens; allowed: 2 to " + MAX_SIZE);
        }
        if (blank < 0 || blank >= tokens.size()) {
            throw new IllegalArgumentException("the blank is token " + blank + "; allowed: 0 to " + (tokens.size() - 1)
                    + ", the tokens of the model's outputs");
        }
        this.tokens = List.copyOf(tokens);
        this.blank = blank;
    }

    /** Returns the number of tokens. */
    public int size() {
        return tokens.size();
    }

    /** Returns the index of the blank. */
    public int blank() {
        return blank;
    }

    /** Returns the text of a token. */
    public String text(int id) {
        return tokens.get(id);
    }

    /** Returns whether a token ends a word. */
    public boolean isDelimiter(int id) {
        return id != blank && !tokens.get(id).isEmpty() && tokens.get(id).isBlank();
    }

    /**
     * Joins tokens to words. The times of a word are those of its first and its last token.
     *
     * @param labels a label sequence, without blanks
     * @param secondsPerFrame the hop from one frame to the next, in s
     */
    Transcript transcript(List<CtcToken> labels, double secondsPerFrame) {
        List<Word> words = new ArrayList<>();
        int first = 0;
        for (int i = 0; i <= labels.size(); i++) {
            if (i == labels.size() || isDelimiter(labels.get(i).id())) {
                if (i > first) {
                    words.add(word(labels.subList(first, i), secondsPerFrame));
                }
                first = i + 1;
            }
        }
        return new Transcript(words);
    }

    private Word word(List<CtcToken> labels, double secondsPerFrame) {
        StringBuilder text = new StringBuilder();
        double logProbability = 0;
        for (CtcToken label : labels) {
            text.append(text(label.id()));
            logProbability += label.logProbability();
        }
        return new Word(
                text.toString(),
                labels.get(0).start() * secondsPerFrame,
                labels.get(labels.size() - 1).end() * secondsPerFrame,
                Math.exp(logProbability / labels.size()));
    }
}
