package org.speechemotion.audio;

import java.io.IOException;
import org.speechemotion.common.RejectedException;

/** Reads one audio format from a stream. Stateless. */
sealed interface ContainerReader permits WavReader, FlacReader, Mp3Reader {

    /** Returns the name of the format in {@link SourceFormat#container}. */
    String container();

    /** Returns whether the file begins with this format after its ID3 tags; nothing is read. */
    boolean recognises(ByteInput input) throws IOException;

    /** Returns whether this format certainly begins here, although unknown data precedes it; nothing is read. */
    default boolean recognisesBehindJunk(ByteInput input) throws IOException {
        return recognises(input);
    }

    /**
     * Decodes the file into the sink.
     *
     * @throws IOException if it cannot be read, or the file ends unexpectedly
     * @throws RejectedException if the file is damaged, is of an unsupported variant, or exceeds a limit
     */
    void read(ByteInput input, SampleSink sink) throws IOException, RejectedException;
}
