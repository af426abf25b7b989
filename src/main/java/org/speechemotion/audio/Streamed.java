package org.speechemotion.audio;

/** What became of a file that was decoded as a stream: it went to its end, or was rejected on the way. */
public sealed interface Streamed permits Streamed.Whole, Decoding.Rejection {

    /**
     * All of the file's audio went to the consumer.
     *
     * @param source the file as it was
     */
    record Whole(SourceFormat source) implements Streamed {}
}
