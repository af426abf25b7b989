package org.speechemotion.live;

import java.util.List;
import java.util.function.Consumer;

/** Recognises the words of live channels. Thread-safe. */
public interface Transcriber {
    /**
     * Begins a channel.
     *
     * @param sampleRate in Hz
     * @param words takes words as soon as they will not change, from any thread
     */
    Channel begin(int sampleRate, Consumer<List<Word>> words);

    /** A channel that is being transcribed. Its methods must not wait for the recognition. */
    interface Channel {
        /** Takes the next {@code count} samples, which are valid until this method returns. */
        void accept(float[] samples, int count);

        /** Ends the channel; the remaining words are passed on before this method returns. */
        void finish();
    }

    /**
     * A word.
     *
     * @param startSeconds the time of its beginning, in s from the beginning of the channel
     * @param endSeconds the time of its end, in s
     * @param confidence 0 to 1
     */
    record Word(String word, double startSeconds, double endSeconds, double confidence) {}
}
