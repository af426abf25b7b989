package org.speechemotion.audio;

import java.io.IOException;

/** Reads a format that this project decodes itself, and recognises it anywhere in a file. */
sealed interface OwnReader extends ContainerReader permits WavReader, FlacReader, Mp3Reader {

    /** Returns whether the file begins with this format after its ID3 tags; nothing is read. */
    boolean recognises(ByteInput input) throws IOException;

    /** Returns whether this format certainly begins here, although unknown data precedes it; nothing is read. */
    default boolean recognisesBehindJunk(ByteInput input) throws IOException {
        return recognises(input);
    }
}
