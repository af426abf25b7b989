package org.speechemotion.audio;

import org.speechemotion.common.Result;

/** A source of audio by path. */
@FunctionalInterface
public interface ClipSource {
    /** Reads a file. The content of a file never causes an exception; a file that cannot be read is rejected. */
    Result<DecodedAudio> read(String path);
}
