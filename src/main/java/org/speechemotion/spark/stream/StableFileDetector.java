package org.speechemotion.spark.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.speechemotion.spark.io.FileTree;

/**
 * Detects which files of a folder are complete, by listing the folder again and again: a file is stable once its size and time
 * have not changed for a while. Only this machine's clock measures that while, because the clocks of file systems may differ
 * from it, and copies keep the times of their originals. A file that changes later counts as a new file.
 */
final class StableFileDetector {
    private final long patienceNanos;
    private Map<String, Observation> observations = new HashMap<>();

    /** A file, the time at which it was first seen in its present state, and whether it has been returned. */
    private record Observation(FileTree.Entry file, long sinceNanos, boolean returned) {}

    StableFileDetector(Duration patience) {
        patienceNanos = patience.toNanos();
    }

    /**
     * Returns the files that are stable and have not been returned before. Files that are no longer listed are forgotten.
     *
     * @param listing the files that the folder has now
     * @param nanoseconds the time of the listing, from {@link System#nanoTime}
     * @param closed whether a file's writer has closed it, as far as the file system knows; only stable files are asked about
     */
    List<FileTree.Entry> poll(List<FileTree.Entry> listing, long nanoseconds, Predicate<FileTree.Entry> closed) {
        Map<String, Observation> now = new HashMap<>();
        List<FileTree.Entry> stable = new ArrayList<>();
        for (FileTree.Entry file : listing) {
            Observation seen = observations.get(file.path());
            if (seen == null || !seen.file().equals(file)) {
                seen = new Observation(file, nanoseconds, false);
            }
            if (!seen.returned() && nanoseconds - seen.sinceNanos() >= patienceNanos && closed.test(file)) {
                stable.add(file);
                seen = new Observation(file, seen.sinceNanos(), true);
            }
            now.put(file.path(), seen);
        }
        observations = now;
        return stable;
    }
}
