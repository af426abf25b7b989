package org.speechemotion.asr;

import java.util.Optional;

/**
 * A label sequence, which shares its beginning with others. Two prefixes are equal if they have the same tokens; the score of
 * the language model depends on the tokens alone.
 */
final class Prefix {
    private final Prefix previous;
    private final int token;
    private final int length;
    private final int hash;
    private final double score;
    private final int[] context;

    private Prefix(Prefix previous, int token, double score, int[] context) {
        this.previous = previous;
        this.token = token;
        this.score = score;
        this.context = context;
        length = previous == null ? 0 : previous.length + 1;
        hash = previous == null ? 1 : 31 * previous.hash + token;
    }

    /** Returns the prefix without tokens. */
    static Prefix empty(Optional<WordScorer> scorer) {
        return new Prefix(null, -1, 0, scorer.map(WordScorer::start).orElseGet(() -> new int[0]));
    }

    boolean isEmpty() {
        return previous == null;
    }

    /** Returns the last token. */
    int token() {
        return token;
    }

    /** Returns the score of the complete words. */
    double score() {
        return score;
    }

    /** Returns this prefix with one more token. If the token ends a word, the word is scored. */
    Prefix plus(int id, CtcVocabulary vocabulary, Optional<WordScorer> scorer) {
        if (scorer.isPresent() && vocabulary.isDelimiter(id)) {
            String word = lastWord(vocabulary);
            if (!word.isEmpty()) {
                return new Prefix(
                        this,
                        id,
                        score + scorer.get().score(context, word),
                        scorer.get().next(context, word));
            }
        }
        return new Prefix(this, id, score, context);
    }

    /** Returns the score of all words and of the end of the sentence. */
    double finalScore(CtcVocabulary vocabulary, Optional<WordScorer> scorer) {
        if (scorer.isEmpty()) {
            return score;
        }
        String word = lastWord(vocabulary);
        WordScorer words = scorer.get();
        return word.isEmpty()
                ? score + words.end(context)
                : score + words.score(context, word) + words.end(words.next(context, word));
    }

    /** Returns the word that the last tokens are the beginning of; "" after a delimiter. */
    private String lastWord(CtcVocabulary vocabulary) {
        StringBuilder reversed = new StringBuilder();
        for (Prefix at = this; !at.isEmpty() && !vocabulary.isDelimiter(at.token); at = at.previous) {
            reversed.insert(0, vocabulary.text(at.token));
        }
        return reversed.toString();
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof Prefix prefix) || length != prefix.length || hash != prefix.hash) {
            return false;
        }
        Prefix mine = this;
        while (mine != prefix) {
            if (mine.token != prefix.token) {
                return false;
            }
            mine = mine.previous;
            prefix = prefix.previous;
        }
        return true;
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
