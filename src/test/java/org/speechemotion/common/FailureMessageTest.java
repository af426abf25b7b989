package org.speechemotion.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.hadoop.security.AccessControlException;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FailureMessageTest {
    static Stream<Arguments> failures() {
        IOException denied = new AccessDeniedException("/a/b.wav");
        IOException full = new FileSystemException("/a/b.part", null, "No space left on device");
        return Stream.of(
                arguments(denied, "/a/b.wav: permission denied"),
                arguments(full, "/a/b.part: no space left on device"),
                arguments(new NoSuchFileException("/a"), "/a: no such file or directory"),
                arguments(new NoSuchFileException("/a", null, "no such folder"), "/a: no such folder"),
                arguments(new FileAlreadyExistsException("/a"), "/a: the file exists already"),
                arguments(new DirectoryNotEmptyException("/a"), "/a: the directory is not empty"),
                arguments(new NotDirectoryException("/a"), "/a: not a directory"),
                arguments(
                        new FileSystemException("/a", "/b", "Invalid cross-device link"),
                        "/a -> /b: invalid cross-device link"),
                arguments(
                        new AccessDeniedException("s3a://b/k", null, "getFileStatus: Forbidden"),
                        "s3a://b/k: permission denied: getFileStatus: Forbidden"),
                arguments(new IOException("No space left on device"), "no space left on device"),
                arguments(new IOException("Is a directory"), "is a directory"),
                arguments(new FileNotFoundException("/a/b (Permission denied)"), "/a/b: permission denied"),
                arguments(new FileNotFoundException("/a/b (Is a directory)"), "/a/b: is a directory"),
                arguments(new FileNotFoundException("File file:/a does not exist"), "File file:/a does not exist"),
                arguments(new FileNotFoundException(), "no such file or directory"),
                arguments(
                        new AccessControlException("Permission denied: user=me, access=READ, inode=\"/a\""),
                        "permission denied: user=me, access=READ, inode=\"/a\""),
                arguments(new UnknownHostException("namenode"), "namenode: unknown host"),
                arguments(new ConnectException(), "no connection"),
                arguments(new EOFException(), "unexpected end of the file"),
                arguments(new OutOfMemoryError("Java heap space"), "out of memory: Java heap space"),
                arguments(
                        new NoSuchMethodError("'void a.B.c()'"),
                        "the class path has another version of a library before that of the jar: no 'void a.B.c()'"),
                arguments(new IllegalStateException(), "IllegalStateException"),
                arguments(new IllegalArgumentException("run.label is ''\nmore"), "run.label is ''"),
                // wrappers
                arguments(new UncheckedIOException(denied), "/a/b.wav: permission denied"),
                arguments(new ExecutionException(new RuntimeException(full)), "/a/b.part: no space left on device"),
                arguments(
                        new UncheckedIOException("the model could not be saved: /a/b.part", full),
                        "the model could not be saved: /a/b.part: no space left on device"),
                arguments(
                        new IOException("encoder.path /a cannot be read", denied),
                        "encoder.path /a cannot be read (/a/b.wav: permission denied)"),
                arguments(
                        new IOException("the catalog was not written", new IllegalStateException("x", full)),
                        "the catalog was not written (/a/b.part: no space left on device)"),
                arguments(new IOException("/a/b.wav: Permission denied", denied), "/a/b.wav: Permission denied"),
                arguments(
                        new IllegalArgumentException("line 3 is no number", new NumberFormatException("For input: x")),
                        "line 3 is no number"),
                // Spark
                arguments(
                        new SparkException("Job aborted due to stage failure: Task 0 …\n\tat x", denied),
                        "/a/b.wav: permission denied"),
                arguments(
                        new SparkException(
                                """
                                Job aborted due to stage failure: Task 0 in stage 1.0 failed 1 times, most recent failure: \
                                Lost task 0.0 in stage 1.0 (TID 1) (host executor 1): java.nio.file.AccessDeniedException: /a
                                \tat java.base/sun.nio.fs.UnixException.translateToIOException(UnixException.java:90)
                                """),
                        "/a: permission denied"),
                arguments(
                        new SparkException(
                                """
                                Job aborted due to stage failure: … (host executor 1): java.lang.RuntimeException: odd
                                \tat x
                                Caused by: java.io.IOException: No space left on device
                                \tat y
                                """),
                        "No space left on device"),
                arguments(
                        new SparkException(
                                "[FAILED_READ_FILE] Encountered error while reading file file:///t/scores-1.parquet."
                                        + " Details:",
                                new RuntimeException("scores-1.parquet is not a Parquet file")),
                        "Encountered error while reading file file:///t/scores-1.parquet"
                                + " (scores-1.parquet is not a Parquet file)"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void describesTheCause(Throwable failure, String expected) {
        assertThat(FailureMessage.of(failure)).isEqualTo(expected);
    }

    @Test
    void aCycleOfCausesEnds() {
        IOException one = new IOException("one");
        IOException other = new IOException("other", one);
        one.initCause(other);

        assertThat(FailureMessage.of(one)).isEqualTo("one");
    }

    /** The exceptions come from the JDK itself, whose texts may change. */
    @Test
    void realFailuresHaveACause(@TempDir Path folder) throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThat(failure(() -> Files.readAllBytes(folder))).isEqualTo("is a directory");
        assertThat(failure(() -> Files.readAllBytes(folder.resolve("gone"))))
                .isEqualTo(folder.resolve("gone") + ": no such file or directory");
        assertThat(failure(() -> Files.readAllBytes(file.resolve("below"))))
                .isEqualTo(file.resolve("below") + ": not a directory");
        assertThat(failure(() -> Files.write(Path.of("/dev/full"), new byte[1])))
                .isEqualTo("no space left on device");
        assertThat(failure(() -> list(file))).isEqualTo(file + ": not a directory");
    }

    private static void list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            files.forEach(file -> {});
        }
    }

    private interface Attempt {
        void run() throws IOException;
    }

    private static String failure(Attempt attempt) {
        try {
            attempt.run();
        } catch (IOException e) {
            return FailureMessage.of(e);
        }
        throw new AssertionError("nothing failed");
    }
}
