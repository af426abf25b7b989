package org.speechemotion.audio;

import org.speechemotion.common.Result;

/** Reads and decodes the file at a path. */
@FunctionalInterface
public interface ClipSource {
    /** Reads a file. Nothing about the file makes it throw: a file that cannot be read is a rejection too. */
    Result<DecodedAudio> read(String path);
}
