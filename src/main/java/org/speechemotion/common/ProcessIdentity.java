package org.speechemotion.common;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Identifies a process among all processes of all machines, so that another process can find out whether it has ended.
 *
 * @param machine the host, and the space in which its process numbers are valid
 * @param pid the process number, which the system uses again after the process has ended
 * @param start a number that tells the process from others with the same number; 0 if the system does not say
 */
public record ProcessIdentity(String machine, long pid, long start) {
    /** The field {@code starttime} of {@code /proc/<pid>/stat}, counted from the end of the name, see proc(5). */
    private static final int START_FIELD = 20;

    private static final ProcessIdentity CURRENT = of(ProcessHandle.current(), machineName());

    /** Returns the identity of this process. */
    public static ProcessIdentity current() {
        return CURRENT;
    }

    /** Returns whether the process runs, or ran, on this machine, so that {@link #isAlive} knows. */
    public boolean isOnThisMachine() {
        return machine.equals(CURRENT.machine);
    }

    /** Returns whether a process of this machine is still running. */
    public boolean isAlive() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .map(handle -> of(handle, machine))
                .filter(found -> found.start == start || found.start == 0 || start == 0)
                .isPresent();
    }

    private static ProcessIdentity of(ProcessHandle process, String machine) {
        return new ProcessIdentity(machine, process.pid(), start(process));
    }

    /** Linux counts clock ticks since the boot, which do not change when the clock is set, unlike Java's start instant. */
    private static long start(ProcessHandle process) {
        try {
            String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
            return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 1).split(" ", -1)[START_FIELD]);
        } catch (IOException | RuntimeException notLinux) {
            return process.info()
                    .startInstant()
                    .map(instant -> instant.toEpochMilli())
                    .orElse(0L);
        }
    }

    /** Process numbers are unique only within a container and a boot. */
    private static String machineName() {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (IOException unnamed) {
            host = "localhost";
        }
        try {
            return host + " " + Files.readSymbolicLink(Path.of("/proc/self/ns/pid")) + " "
                    + Files.readString(Path.of("/proc/sys/kernel/random/boot_id"))
                            .strip();
        } catch (IOException | RuntimeException notLinux) {
            return host;
        }
    }
}
