package org.speechemotion.audio;

/** What became of a file: its audio, or why there is none. */
public sealed interface Decoding {

    /**
     * The audio.
     *
     * @param waveform mono, at the decoder's sample rate
     * @param source the file as it was
     */
    record Audio(Waveform waveform, SourceFormat source) implements Decoding {}

    /**
     * No audio.
     *
     * @param reason the kind of failure
     * @param message what was found, where, and what would have been allowed
     */
    record Rejection(RejectionReason reason, String message) implements Decoding, Streamed {}
}
