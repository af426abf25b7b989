package org.speechemotion.audio;

/** What gives the audio of a path, or a rejection. */
@FunctionalInterface
public interface ClipSource {
    /** Never throws for what the file is or holds: a file that cannot be read is a rejection too. */
    Decoding read(String path);
}
