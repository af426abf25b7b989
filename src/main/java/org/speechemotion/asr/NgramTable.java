package org.speechemotion.asr;

import java.io.Serializable;
import java.util.Arrays;

/**
 * The n-grams of a model as a tree: an n-gram is a child of its first n − 1 words. Unigrams have the index of their word.
 * Children are in a hash table with open addressing, whose keys are exact.
 */
final class NgramTable implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int NONE = -1;
    private static final long FREE = -1;

    private float[] probabilities = new float[1024];
    private float[] backoffs = new float[1024];
    private int size;
    private long[] keys = new long[1024];
    private int[] children = new int[1024];
    private int used;

    NgramTable() {
        Arrays.fill(keys, FREE);
    }

    /** Returns the number of n-grams. */
    int size() {
        return size;
    }

    /** Adds a unigram, whose index is the number of n-grams before. */
    int add(float probability, float backoff) {
        if (size == probabilities.length) {
            int larger = size + (size >> 1);
            probabilities = Arrays.copyOf(probabilities, larger);
            backoffs = Arrays.copyOf(backoffs, larger);
        }
        probabilities[size] = probability;
        backoffs[size] = backoff;
        return size++;
    }

    /** Adds a longer n-gram. Returns whether it is new. */
    boolean add(int parent, int word, float probability, float backoff) {
        if (used * 2 >= keys.length) {
            grow();
        }
        long key = key(parent, word);
        int slot = slot(key);
        if (keys[slot] != FREE) {
            return false;
        }
        keys[slot] = key;
        children[slot] = add(probability, backoff);
        used++;
        return true;
    }

    /** Returns the n-gram that extends a shorter one by a word; -1 if there is none. */
    int child(int parent, int word) {
        int slot = slot(key(parent, word));
        return keys[slot] == FREE ? NONE : children[slot];
    }

    float probability(int ngram) {
        return probabilities[ngram];
    }

    float backoff(int ngram) {
        return backoffs[ngram];
    }

    private static long key(int parent, int word) {
        return (long) parent << 32 | word;
    }

    private int slot(long key) {
        long mixed = key * 0x9e3779b97f4a7c15L;
        int slot = (int) (mixed ^ mixed >>> 32) & keys.length - 1;
        while (keys[slot] != FREE && keys[slot] != key) {
            slot = slot + 1 & keys.length - 1;
        }
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldChildren = children;
        keys = new long[oldKeys.length * 2];
        children = new int[keys.length];
        Arrays.fill(keys, FREE);
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != FREE) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                children[slot] = oldChildren[i];
            }
        }
    }
}
