package org.speechemotion.asr;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/**
 * A back-off n-gram model of words (Katz, 1987), as ARPA files hold it. A context is the indices of the last words, at most
 * order − 1. Immutable and thread-safe.
 */
public final class NgramModel implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The begin of a sentence, which is context only. */
    static final String BEGIN = "<s>";
    /** The end of a sentence. */
    static final String END = "</s>";
    /** The word that represents all unknown words. */
    static final String UNKNOWN = "<unk>";
    /** The decimal log-probability of an unknown word in a model without {@value #UNKNOWN}; KenLM has the same one. */
    private static final double UNKNOWN_LOG10 = -100;

    private static final int NONE = -1;

    private final int order;
    private final Map<String, Integer> words;
    private final NgramTable table;

    NgramModel(int order, Map<String, Integer> words, NgramTable table) {
        this.order = order;
        this.words = words;
        this.table = table;
    }

    /** Returns the length of the longest n-grams in words. */
    public int order() {
        return order;
    }

    /** Returns the words that the model knows, including those in angle brackets. */
    public Set<String> words() {
        return words.keySet();
    }

    /** Returns the context at the begin of a sentence. */
    int[] start() {
        return words.containsKey(BEGIN) ? next(new int[0], BEGIN) : new int[0];
    }

    /** Returns the decimal logarithm of the probability that a sentence ends; 0 if the model knows no end. */
    double end(int[] context) {
        return words.containsKey(END) ? log10(context, END) : 0;
    }

    /** Returns the context after a word. */
    int[] next(int[] context, String word) {
        int kept = Math.min(context.length, Math.max(0, order - 2));
        if (order == 1) {
            return new int[0];
        }
        int[] next = Arrays.copyOfRange(context, context.length - kept, context.length + 1);
        next[kept] = index(word);
        return next;
    }

    /** Returns the decimal logarithm of the probability of a word after a context. */
    double log10(int[] context, String word) {
        int index = index(word);
        if (index == NONE) {
            return UNKNOWN_LOG10;
        }
        double backoff = 0;
        for (int from = 0; from < context.length; from++) {
            int node = node(context, from);
            if (node != NONE) {
                int ngram = table.child(node, index);
                if (ngram != NONE) {
                    return backoff + table.probability(ngram);
                }
                backoff += table.backoff(node);
            }
        }
        return backoff + table.probability(index);
    }

    /** Returns the n-gram of the context from a word on. */
    private int node(int[] context, int from) {
        int node = context[from];
        for (int i = from + 1; i < context.length && node != NONE; i++) {
            node = context[i] == NONE ? NONE : table.child(node, context[i]);
        }
        return node;
    }

    private int index(String word) {
        Integer index = words.get(word);
        return index != null ? index : words.getOrDefault(UNKNOWN, NONE);
    }
}
