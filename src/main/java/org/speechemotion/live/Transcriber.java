package org.speechemotion.live;

import java.util.List;
import java.util.function.Consumer;
import org.speechemotion.asr.Word;

/** Recognises the words of live channels. Thread-safe. */
public interface Transcriber {
    /**
     * Begins a channel.
     *
     * @param sampleRate in Hz
     * @param words takes words as soon as they will not change, from any thread; their times are in s from the beginning of the channel
     */
    Channel begin(int sampleRate, Consumer<List<Word>> words);

    /** A channel that is being transcribed. Its methods must not wait for the recognition. */
    interface Channel {
        /** Takes the next {@code count} samples, which are valid until this method returns. */
        void accept(float[] samples, int count);

        /** Ends the channel; the remaining words are passed on before this method returns. */
        void finish();
    }
}
