package org.speechemotion.audio;

import java.io.IOException;
import org.speechemotion.common.RejectedException;

/** Reads one audio format from a stream. A reader has no state. */
sealed interface ContainerReader permits OwnReader, HeaderlessReader, FfmpegReader {

    /** Returns the name of the format in {@link SourceFormat#container}. */
    String container();

    /**
     * Decodes the file into the sink.
     *
     * @throws IOException if it cannot be read, or the file ends unexpectedly
     * @throws RejectedException if the file is damaged, is of an unsupported variant, or exceeds a limit
     */
    void read(ByteInput input, SampleSink sink) throws IOException, RejectedException;
}
