package org.speechemotion.audio;

import org.speechemotion.common.Result;

/** What gives the audio of a path, or a rejection. */
@FunctionalInterface
public interface ClipSource {
    /** Never throws for what the file is or holds: a file that cannot be read is a rejection too. */
    Result<DecodedAudio> read(String path);
}
