package org.speechemotion.spark.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.speechemotion.spark.io.FileTree;

/** Looks at a folder, at seconds that the test says. */
class StableFileDetectorTest {
    private final List<String> asked = new ArrayList<>();
    private final StableFileDetector detector = new StableFileDetector(Duration.ofSeconds(10));

    @Test
    void stableFilesAreReportedOnce() {
        FileTree.Entry file = file("a", 5, 1);

        assertThat(look(0, file)).isEmpty();
        assertThat(look(9, file)).isEmpty();
        assertThat(look(10, file)).containsExactly(file);
        assertThat(look(20, file)).isEmpty();
    }

    @Test
    void growingFilesWait() {
        for (int second = 0; second < 60; second += 9) {
            assertThat(look(second, file("a", second, 7))).isEmpty();
        }
        FileTree.Entry touched = file("a", 54, 8);
        assertThat(look(63, touched)).as("of the same size, written again").isEmpty();
        assertThat(look(72, touched)).isEmpty();
        assertThat(look(73, touched)).containsExactly(touched);
    }

    @Test
    void changedFilesAreReportedAgain() {
        FileTree.Entry other = file("b", 1, 1);
        look(0, file("a", 5, 1), other);
        assertThat(look(10, file("a", 5, 1), other)).hasSize(2);

        assertThat(look(20, file("a", 6, 2), other)).isEmpty();
        assertThat(look(30, file("a", 6, 2), other)).containsExactly(file("a", 6, 2));
    }

    @Test
    void recreatedFilesMustBeStableAgain() {
        FileTree.Entry file = file("a", 5, 1);
        look(0, file);
        assertThat(look(5)).isEmpty();
        assertThat(look(10, file)).isEmpty();
        assertThat(look(20, file)).containsExactly(file);
    }

    @Test
    void withoutADelayFilesAreReportedAtOnce() {
        assertThat(new StableFileDetector(Duration.ZERO).poll(List.of(file("a", 5, 1)), 0, file -> true))
                .hasSize(1);
    }

    @Test
    void openFilesWait() {
        FileTree.Entry file = file("open", 5, 1);
        look(0, file, file("a", 1, 1));
        assertThat(asked).isEmpty();
        assertThat(look(10, file, file("a", 1, 1))).containsExactly(file("a", 1, 1));
        look(20, file, file("a", 1, 1));
        assertThat(asked).containsExactly("open", "a", "open");
    }

    private boolean isClosed(FileTree.Entry file) {
        asked.add(file.path());
        return !file.path().equals("open");
    }

    private List<FileTree.Entry> look(int second, FileTree.Entry... files) {
        return detector.poll(List.of(files), Duration.ofSeconds(second).toNanos(), this::isClosed);
    }

    private static FileTree.Entry file(String path, long bytes, long modified) {
        return new FileTree.Entry(path, false, bytes, modified);
    }
}
