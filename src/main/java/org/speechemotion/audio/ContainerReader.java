package org.speechemotion.audio;

import java.io.IOException;
import org.speechemotion.common.RejectedException;

/** Reads one audio format from a stream; stateless. */
sealed interface ContainerReader permits WavReader, FlacReader, Mp3Reader {

    /** The format's name, as in {@link SourceFormat#container}. */
    String container();

    /** Whether the file, from behind its ID3 tags on, begins as this format does; nothing is read. */
    boolean recognises(ByteInput input) throws IOException;

    /** Whether this format begins here for certain, though something else came before it; nothing is read. */
    default boolean recognisesBehindJunk(ByteInput input) throws IOException {
        return recognises(input);
    }

    /**
     * Decodes the file into the sink.
     *
     * @throws IOException if it cannot be read, or the file ends where the reader does not expect it
     * @throws RejectedException if the file is damaged, is of a variant that is not decoded, or breaks a limit
     */
    void read(ByteInput input, SampleSink sink) throws IOException, RejectedException;
}
