package org.speechemotion.common;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;

/** Another process that tries to take a lock and, if it succeeds, has it until it is killed. */
public final class LockHolder implements AutoCloseable {
    private final Process process;
    private final boolean holding;

    public LockHolder(Path file) throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        location(LockHolder.class) + File.pathSeparator + location(ProcessLock.class),
                        LockHolder.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out = process.inputReader();
        holding = "true".equals(out.readLine());
    }

    private static String location(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .toString();
    }

    public static void main(String[] arguments) throws IOException {
        boolean taken = ProcessLock.tryTake(Path.of(arguments[0])).isPresent();
        System.out.println(taken);
        if (taken) {
            System.in.read();
        }
    }

    /** Returns whether it has the lock. */
    public boolean holding() {
        return holding;
    }

    /** Kills it. */
    @Override
    public void close() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
