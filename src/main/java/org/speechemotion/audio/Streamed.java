package org.speechemotion.audio;

/** What became of a file that was to be decoded as a stream: it went to its end, was rejected on the way, or left alone. */
public sealed interface Streamed permits Streamed.Whole, Streamed.Seen, Decoding.Rejection {

    /**
     * All of the file's audio went to the consumer.
     *
     * @param source the file as it was
     */
    record Whole(SourceFormat source) implements Streamed {}

    /** The file was read and not decoded: its content is one of {@link SeenContent}. */
    record Seen() implements Streamed {}
}
