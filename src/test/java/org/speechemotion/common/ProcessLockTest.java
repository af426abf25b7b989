package org.speechemotion.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessLockTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("lock");
    }

    @Test
    void isHeldOnceAndReleased() throws IOException {
        try (ProcessLock lock = ProcessLock.tryTake(file).orElseThrow()) {
            assertThat(lock.isEnforced()).isTrue();
            assertThat(ProcessLock.tryTake(file)).isEmpty();
            assertThat(ProcessLock.tryTake(folder.resolve(".").resolve("lock"))).isEmpty();
            assertThat(ProcessLock.tryTake(folder.resolve("another"))).hasValueSatisfying(ProcessLockTest::close);
        }
        assertThat(ProcessLock.tryTake(file)).hasValueSatisfying(ProcessLockTest::close);
        assertThat(file).isEmptyFile();
    }

    @Test
    void closingTwiceReleasesNoOtherLock() throws IOException {
        ProcessLock first = ProcessLock.tryTake(file).orElseThrow();
        first.close();
        try (ProcessLock second = ProcessLock.tryTake(file).orElseThrow()) {
            first.close();
            assertThat(second.isEnforced()).isTrue();
            assertThat(ProcessLock.tryTake(file)).isEmpty();
        }
    }

    @Test
    void waitsForTheLockForALimitedTime() throws Exception {
        ProcessLock first = ProcessLock.tryTake(file).orElseThrow();
        assertThatThrownBy(() -> ProcessLock.take(file, Duration.ZERO))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(file.toString(), "still locked by another process after 0 s");
        CompletableFuture<ProcessLock> second = CompletableFuture.supplyAsync(() -> {
            try {
                return ProcessLock.take(file, Duration.ofMinutes(1));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        first.close();
        second.get(1, TimeUnit.MINUTES).close();
    }

    @Test
    void anotherProcessHoldsItUntilItDies() throws IOException {
        try (LockHolder holder = new LockHolder(file)) {
            assertThat(holder.holding()).isTrue();
            assertThat(ProcessLock.tryTake(file)).isEmpty();
        }
        assertThat(ProcessLock.tryTake(file)).hasValueSatisfying(ProcessLockTest::close);
    }

    /** Closing any channel to a file ends all locks that a process has on it, see fcntl(2). */
    @Test
    void anAttemptOfAnotherThreadDoesNotEndTheLockForOtherProcesses() throws IOException {
        try (ProcessLock lock = ProcessLock.tryTake(file).orElseThrow()) {
            assertThat(ProcessLock.tryTake(file)).isEmpty();
            try (LockHolder other = new LockHolder(file)) {
                assertThat(other.holding()).isFalse();
            }
            assertThat(lock.isEnforced()).isTrue();
        }
    }

    @Test
    void aFileThatCannotBeCreatedIsAnError() throws IOException {
        Path missing = folder.resolve("missing").resolve("lock");
        assertThatThrownBy(() -> ProcessLock.tryTake(missing)).isInstanceOf(NoSuchFileException.class);
        Files.createDirectories(missing.getParent());
        assertThat(ProcessLock.tryTake(missing)).hasValueSatisfying(ProcessLockTest::close);
    }

    private static void close(ProcessLock lock) {
        try {
            lock.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
