package org.speechemotion.spark.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.speechemotion.spark.io.FileTree;

/**
 * Tells which files of a folder are whole, by looking at it again and again: those that kept their size and time for a while.
 * Only this machine's clock is asked for how long, for those of file systems may differ from it, and copies keep the times of
 * their originals. A file that changes after all is another file, and told of again.
 */
final class Settling {
    private final long patience;
    private Map<String, Sight> sights = new HashMap<>();

    /** A file as it was found at first, when that was, and whether it has been told of. */
    private record Sight(FileTree.Entry file, long since, boolean told) {}

    Settling(Duration patience) {
        this.patience = patience.toNanos();
    }

    /**
     * Looks.
     *
     * @param listing what is there; what was there before, and is no more, is forgotten
     * @param nanoseconds when it was listed, as {@link System#nanoTime} gives it
     * @param closed whether nobody writes a file any more, as far as its file system knows; asked of those alone that seem whole
     * @return the files of the listing that are whole, and were not told of before
     */
    List<FileTree.Entry> look(List<FileTree.Entry> listing, long nanoseconds, Predicate<FileTree.Entry> closed) {
        Map<String, Sight> now = new HashMap<>();
        List<FileTree.Entry> whole = new ArrayList<>();
        for (FileTree.Entry file : listing) {
            Sight sight = sights.get(file.path());
            if (sight == null || !sight.file().equals(file)) {
                sight = new Sight(file, nanoseconds, false);
            }
            if (!sight.told() && nanoseconds - sight.since() >= patience && closed.test(file)) {
                whole.add(file);
                sight = new Sight(file, sight.since(), true);
            }
            now.put(file.path(), sight);
        }
        sights = now;
        return whole;
    }
}
