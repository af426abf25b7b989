package org.speechemotion.audio.ffmpeg;

import java.io.Serializable;

/**
 * The program that decodes the formats without a decoder of our own, and the limits of its processes.
 *
 * @param program "" for the program in the jar; a path, or a name that is looked up in {@code PATH}; or {@value #NONE}
 * @param stallSeconds the time in s without progress after which a process is killed
 * @param maximumMemoryBytes the maximum address space of a process in bytes
 * @param maximumTemporaryBytes the maximum size in bytes of a file that is copied to a temporary file, because its index
 *     follows its audio
 */
public record FfmpegSettings(String program, double stallSeconds, long maximumMemoryBytes, long maximumTemporaryBytes)
        implements Serializable {

    /** The program that rejects all files which only ffmpeg can decode. */
    public static final String NONE = "none";

    /** The libraries of the program take about 100 MiB of address space. */
    private static final long MIN_MEMORY_BYTES = 256L << 20;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    public FfmpegSettings {
        require(stallSeconds > 0 && stallSeconds <= 3600, "stall-seconds", stallSeconds, "more than 0, at most 3600");
        require(
                maximumMemoryBytes >= MIN_MEMORY_BYTES,
                "maximum-memory-bytes",
                maximumMemoryBytes,
                "at least " + MIN_MEMORY_BYTES);
        require(maximumTemporaryBytes >= 0, "maximum-temporary-bytes", maximumTemporaryBytes, "at least 0");
    }

    /** Returns the defaults: the program in the jar, 60 s, 1 GiB of memory, and temporary files of up to 1 GiB. */
    public static FfmpegSettings defaults() {
        return new FfmpegSettings("", 60, 1L << 30, 1L << 30);
    }

    private static void require(boolean valid, String key, Number value, String allowed) {
        if (!valid) {
            throw new IllegalArgumentException("audio.ffmpeg." + key + " is " + value + "; allowed: " + allowed);
        }
    }
}
